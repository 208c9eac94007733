/** The daily work of a community's office in a few words, for tests of use cases. */
import { expect } from 'vitest'
import { civilDate, fen, utf8 } from '#kernel'
import { postingsAgainst, type VoucherKey } from '#ledger'
import {
  attachSourceDocument,
  checkLedger,
  confirmBankImport,
  type DraftInput,
  draftVoucher,
  READ_BANK_IMPORT,
  readBankImport,
  readBankImportJob,
  readBench,
  STORE_BANK_IMPORT,
  storeBankImportJob,
  uploadBankStatement,
} from '#ledger/server'
import type { Actor } from '#people'
import { runNextJob } from '#platform/process'
import { checkLog } from '#tlog/server'
import type { SampleCommunity } from '../support/community.ts'
import type { TestPortal } from '../support/portal.ts'
import { approveWithFactor } from '../support/second-factor.ts'

export const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
export const ACCOUNT = '100201'

/** The value, or an error that says which refusal stood in the way. */
export function must<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (result.ok) return result.value
  throw new Error(`refused: ${JSON.stringify(result.error, (_, v) => (typeof v === 'bigint' ? `${v}` : v))}`)
}

const HANDLERS = { [READ_BANK_IMPORT]: readBankImportJob, [STORE_BANK_IMPORT]: storeBankImportJob }

/** Runs what is due; a failed attempt waits until the clock is moved. */
export async function runJobs(portal: TestPortal): Promise<void> {
  while (await runNextJob(portal, HANDLERS));
}

/** A statement in a layout that is read without asking: `day, amount, balance or empty, counterparty, purpose`. */
export function statementOf(
  rows: readonly (readonly [day: string, amount: string, balance: string, who: string, what: string])[],
  account = '',
): Uint8Array {
  const lines = rows.map(([day, amount, balance, who, what]) => {
    const [received, paid] = amount.startsWith('-') ? ['', amount.slice(1)] : [amount, '']
    return [day, received, paid, balance, who, what].join(',')
  })
  const head = account === '' ? [] : [`账号,${account}`]
  return utf8(`${[...head, '交易日期,收入金额,支出金额,余额,对方户名,摘要', ...lines].join('\n')}\n`)
}

/** Uploads a file and has it read; gives the import's id. */
export async function upload(
  portal: TestPortal,
  sample: SampleCommunity,
  bytes: Uint8Array,
  name = '流水.csv',
): Promise<string> {
  const { importId } = must(
    await uploadBankStatement(portal, sample.bookkeeper, sample.community, { account: ACCOUNT, name, bytes }),
  )
  await runJobs(portal)
  return importId
}

export function confirm(portal: TestPortal, sample: SampleCommunity, importId: string, changes: object = {}) {
  return confirmBankImport(portal, sample.bookkeeper, sample.community, {
    importId,
    confirmsDiscrepancies: false,
    reason: '',
    ...changes,
  })
}

/** Takes a file all the way in; gives how many lines were new and how many were there. */
export async function takeIn(
  portal: TestPortal,
  sample: SampleCommunity,
  bytes: Uint8Array,
): Promise<string> {
  const importId = await upload(portal, sample, bytes)
  must(await confirm(portal, sample, importId))
  await runJobs(portal)
  return importId
}

/** The import as its page shows it. */
export async function importOf(portal: TestPortal, sample: SampleCommunity, importId: string) {
  const found = await readBankImport(portal, sample.bookkeeper, sample.community, importId)
  if (found === null) throw new Error('no such import')
  return found
}

export async function benchOf(portal: TestPortal, sample: SampleCommunity) {
  const bench = await readBench(portal, sample.bookkeeper, sample.community)
  if (bench === null) throw new Error('the bookkeeper may read the bench')
  return bench
}

/** A receipt of this many fen, or, negative, a payment. */
export function entry(amount: bigint, changes: Partial<DraftInput> = {}): DraftInput {
  return {
    occurredOn: civilDate('2025-01-10'),
    narration: amount < 0n ? '付保洁费' : '收物业服务费',
    postings: postingsAgainst(
      { cashAccount: ACCOUNT, fund: 'trust', amountFen: fen(amount) },
      amount < 0n ? '5103' : '410101',
    ),
    payee: amount < 0n ? '净邻保洁服务有限公司' : '',
    documents: [],
    bankLines: [],
    replaces: null,
    ...changes,
  }
}

export async function attach(portal: TestPortal, sample: SampleCommunity, bytes = PNG): Promise<string> {
  const file = { name: 'a.png', bytes }
  return must(await attachSourceDocument(portal, sample.bookkeeper, sample.community, file)).sha256
}

const STEPS = ['review', 'release_company', 'release_committee'] as const

/** Has a draft go through all the steps it needs. */
export async function approveAll(
  portal: TestPortal,
  sample: SampleCommunity,
  draft: { readonly draftId: string; readonly contentDigest: string },
): Promise<VoucherKey> {
  const actors: Record<(typeof STEPS)[number], Actor> = {
    review: sample.reviewer,
    release_company: sample.manager,
    release_committee: sample.treasurer,
  }
  for (const step of STEPS) {
    const request = { draftId: draft.draftId, step, seenDigest: draft.contentDigest }
    const key = must(await approveWithFactor(portal, actors[step], sample.community, request))
    if (key !== null) return key
  }
  throw new Error('not posted after the last step')
}

export async function post(
  portal: TestPortal,
  sample: SampleCommunity,
  input: DraftInput,
): Promise<VoucherKey> {
  return approveAll(
    portal,
    sample,
    must(await draftVoucher(portal, sample.bookkeeper, sample.community, input)),
  )
}

/** Re-derives every figure of the books and every hash of the log: run after every step of a flow. */
export async function expectSound(portal: TestPortal, sample: SampleCommunity): Promise<void> {
  expect((await checkLedger(portal, sample.community)).findings).toEqual([])
  expect(await checkLog(portal.db, sample.community.communityId, [])).toEqual([])
}
