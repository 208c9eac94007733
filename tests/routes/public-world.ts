/**
 * A community with everything that public pages show: receipts over several pages, payments with documents, private and public
 * payers, a reversal, a budget, unmatched bank lines, a signed log. All names are made up.
 */
import { readFileSync } from 'node:fs'
import { civilDate, fen } from '#kernel'
import type { Posting, VoucherKey } from '#ledger'
import {
  adoptBudget,
  attachSourceDocument,
  confirmBankImport,
  type DraftInput,
  draftReversal,
  draftVoucher,
  publishRedactedCopy,
  READ_BANK_IMPORT,
  readBankImportJob,
  readUnmatchedLines,
  STORE_BANK_IMPORT,
  storeBankImportJob,
  uploadBankStatement,
} from '#ledger/server'
import type { Actor } from '#people'
import { runNextJob } from '#platform/process'
import { createLogKey, openPublisher, publishCheckpoint } from '#tlog/server'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import type { TestDatabase } from '../support/database.ts'
import { pngOf } from '../support/pictures.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { approveWithFactor } from '../support/second-factor.ts'
import { openPublicSite, type PublicSite } from './public-site.ts'

/** The holder's own number in the generated bank file. */
export const HOLDER_NUMBER = '4402010009200123456'

/** Private persons of the generated bank file, with their cards and flats: none of this may ever be public. */
export const PRIVATE_TEXTS = [
  ...['蒋萍晨', '石志远', '罗慧春', '曾娜秀', '顾梅玲', '秦春芳'],
  ...['6217992742550573880', '6249036303868704159', '6299181461591068784', '6217654567906966912'],
  ...['3-2-1004', '2-3-1703', '3-3-1104', '2-3-1804', '5-3-1204', '6-2-1603'],
  HOLDER_NUMBER,
] as const

/** A narration that a spreadsheet would run, with all that CSV must quote. */
export const HOSTILE_NARRATION = '=HYPERLINK("http://evil.example","点我"),+1'

/** A picture whose bytes are the original's alone. */
export const ORIGINAL = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 7, 7, 7])
export const REDACTED = pngOf()

export interface PublicWorld extends SampleCommunity {
  readonly portal: TestPortal
  readonly site: PublicSite
  readonly payment: VoucherKey
  readonly originalSha: string
  readonly publicSha: string
  readonly reversal: VoucherKey
  /** Receipts of January, one per page row. */
  readonly receipts: number
  post(input: DraftInput): Promise<VoucherKey>
  /** Signs what was appended. */
  publish(): Promise<void>
}

const posting = (account: string, side: Posting['side'], amount: bigint): Posting => ({
  fund: 'trust',
  account,
  side,
  amountFen: fen(amount),
})

/** What a voucher says when nothing else matters. */
export function receiptOf(amount: bigint, narration: string, on = '2025-01-10'): DraftInput {
  return {
    occurredOn: civilDate(on),
    narration,
    postings: [posting('100201', 'debit', amount), posting('410101', 'credit', amount)],
    documents: [],
    bankLines: [],
    replaces: null,
  }
}

function accepted<Value>(result: { ok: true; value: Value } | { ok: false; error: unknown }): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

function actsOf(portal: TestPortal, sample: SampleCommunity) {
  const approve = async (draft: { draftId: string; contentDigest: string }): Promise<VoucherKey> => {
    const steps: readonly [Actor, 'review' | 'release_company' | 'release_committee'][] = [
      [sample.reviewer, 'review'],
      [sample.manager, 'release_company'],
      [sample.treasurer, 'release_committee'],
    ]
    for (const [actor, step] of steps) {
      const key = accepted(
        await approveWithFactor(portal, actor, sample.community, {
          draftId: draft.draftId,
          step,
          seenDigest: draft.contentDigest,
        }),
      )
      if (key !== null) return key
    }
    throw new Error('three approvals posted nothing')
  }
  return {
    post: async (input: DraftInput) =>
      approve(accepted(await draftVoucher(portal, sample.bookkeeper, sample.community, input))),
    reverse: async (reverses: VoucherKey) =>
      approve(
        accepted(
          await draftReversal(portal, sample.bookkeeper, sample.community, {
            reverses,
            occurredOn: civilDate('2025-03-31'),
            narration: '冲销重复入账',
          }),
        ),
      ),
  }
}

async function importBankFile(portal: TestPortal, sample: SampleCommunity): Promise<void> {
  const file = new URL('../vectors/bank/00-base-valid-gb18030.csv', import.meta.url)
  const uploaded = accepted(
    await uploadBankStatement(portal, sample.bookkeeper, sample.community, {
      account: '100201',
      name: 'march.csv',
      bytes: new Uint8Array(readFileSync(file)),
    }),
  )
  const handlers = { [READ_BANK_IMPORT]: readBankImportJob, [STORE_BANK_IMPORT]: storeBankImportJob }
  while (await runNextJob(portal, handlers)) portal.clock.advance(1)
  accepted(
    await confirmBankImport(portal, sample.bookkeeper, sample.community, {
      importId: uploaded.importId,
      confirmsDiscrepancies: false,
      reason: '',
    }),
  )
  while (await runNextJob(portal, handlers)) portal.clock.advance(1)
}

/** Opens the world on a database. `receipts` is how many rows January has. */
export async function openPublicWorld(database: TestDatabase, receipts = 3): Promise<PublicWorld> {
  const portal = openTestPortal(database, { now: new Date('2025-04-10T02:00:00Z') })
  await createLogKey(portal)
  const sample = await openSampleCommunity(portal, 'sample', { accountNumber: HOLDER_NUMBER })
  const { community, bookkeeper } = sample
  const { post, reverse } = actsOf(portal, sample)
  await importBankFile(portal, sample)
  const lines = await readUnmatchedLines(portal, community, 100)
  const lineOf = (amount: bigint) => lines.find(line => line.amountFen === amount)!.bankLine
  await adoptBudget(portal, community.communityId, 2025, 1, [
    { fiscalYear: 2025, fund: 'trust', account: '5107', direction: 'out', amountFen: fen(4_000_000n) },
  ])
  const first = await post(receiptOf(100_00n, HOSTILE_NARRATION))
  for (let number = 2; number <= receipts; number++) {
    await post(receiptOf(BigInt(number) * 100n, `收物业服务费第${number}批`))
  }
  const original = accepted(
    await attachSourceDocument(portal, bookkeeper, community, { name: 'fapiao.png', bytes: ORIGINAL }),
  )
  const copy = accepted(
    await publishRedactedCopy(portal, bookkeeper, community, original.sha256, { bytes: REDACTED }),
  )
  const payment = await post({
    ...receiptOf(1n, '三月电梯维保费', '2025-03-17'),
    postings: [posting('5107', 'debit', 3_141_438n), posting('100201', 'credit', 3_141_438n)],
    payee: '四川蓉安电梯工程有限公司',
    documents: [original.sha256],
    bankLines: [lineOf(-3_141_438n)],
  })
  await post({
    ...receiptOf(519_250n, '收物业服务费两户', '2025-03-09'),
    bankLines: [lineOf(340_570n), lineOf(178_680n)],
  })
  const reversal = await reverse(first)
  const publish = async () => {
    accepted(await publishCheckpoint(openPublisher(portal), community.communityId))
  }
  await publish()
  return {
    ...sample,
    portal,
    site: openPublicSite(portal),
    payment,
    originalSha: original.sha256,
    publicSha: copy.sha256,
    reversal,
    receipts,
    post,
    publish,
  }
}
