/** The bookkeeping of a demo community through the doors its officers use: papers, bank files, drafts, steps. */
import { assert, type CivilDate, fen, utf8 } from '#kernel'
import { isRelease, type VoucherKey } from '#ledger'
import {
  approveVoucher,
  attachSourceDocument,
  confirmBankImport,
  draftProposals,
  draftVoucher,
  type LedgerCommunity,
  publishRedactedCopy,
  readBankImport,
  readBench,
  uploadBankStatement,
} from '#ledger/server'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import { renderNotice } from '#statements/server'
import { DEMO_CONTRACTS, type DemoMonth, type DemoPayment } from './demo-community.ts'
import { type Demo, factorOf, must } from './demo-officers.ts'
import { runDueJobs } from './job-handlers.ts'

/** Puts the papers behind payments into the store; gives the digest of each. */
export async function storeContracts(
  portal: Portal,
  officer: Actor,
  community: LedgerCommunity,
  contracts: readonly string[] = Object.keys(DEMO_CONTRACTS),
): Promise<Map<string, string>> {
  const digests = new Map<string, string>()
  for (const contract of contracts) {
    const { payee, subject } = DEMO_CONTRACTS[contract]!
    const bytes = await renderNotice({
      title: subject,
      lines: [
        { label: '收款单位', value: payee },
        { label: '付款单位', value: `${community.name}业主大会` },
      ],
      remark: '演示用原始凭证：单位与内容均为虚构。',
      lang: 'zh-CN',
      createdAt: portal.clock.now(),
    })
    const stored = must(
      await attachSourceDocument(portal, officer, community, { name: `${subject}.pdf`, bytes }),
      contract,
    )
    must(await publishRedactedCopy(portal, officer, community, stored.sha256, { bytes }), contract)
    digests.set(contract, stored.sha256)
  }
  return digests
}

/** Takes the steps on a draft; gives the voucher's key when the last one posted it. */
export async function approveThrough(
  demo: Demo,
  draft: { readonly draftId: string; readonly contentDigest: string },
  steps: readonly ('review' | 'release_company' | 'release_committee')[],
): Promise<VoucherKey | null> {
  const keys = { review: 'reviewer', release_company: 'manager', release_committee: 'treasurer' } as const
  let posted: VoucherKey | null = null
  for (const step of steps) {
    demo.portal.clock.advance(37_000)
    const factor = isRelease(step) ? factorOf(demo, keys[step]) : undefined
    const request = { draftId: draft.draftId, step, seenDigest: draft.contentDigest, factor }
    posted = must(await approveVoucher(demo.portal, demo.officers[keys[step]], demo.community, request), step)
  }
  return posted
}

/** The steps of a payment. */
export const PAYMENT_STEPS = ['review', 'release_company', 'release_committee'] as const

/** Posts what an account held on the first day of the books. */
export async function postOpening(
  demo: Demo,
  on: CivilDate,
  fund: string,
  account: string,
  amountFen: ReturnType<typeof fen>,
): Promise<void> {
  const draft = await draftVoucher(demo.portal, demo.officers.bookkeeper, demo.community, {
    occurredOn: on,
    narration: '期初余额（由业主大会接管，附银行询证）',
    postings: [
      { fund, account, side: 'debit', amountFen },
      { fund, account: '3101', side: 'credit', amountFen },
    ],
    documents: [],
    bankLines: [],
    replaces: null,
    opening: true,
  })
  await approveThrough(demo, must(draft, 'opening'), ['review'])
}

/** Takes a bank's file in, through reading and confirming. */
export async function importFile(demo: Demo, account: string, name: string, text: string): Promise<void> {
  const { portal, community } = demo
  const { bookkeeper } = demo.officers
  const file = { account, name, bytes: utf8(`\ufeff${text}`) }
  const { importId } = must(await uploadBankStatement(portal, bookkeeper, community, file), name)
  await runDueJobs(portal)
  const read = await readBankImport(portal, bookkeeper, community, importId)
  if (read?.state !== 'ready')
    throw new Error(`demo: ${name} is ${read?.state}: ${JSON.stringify(read?.reading?.problems)}`)
  const confirmation = { importId, confirmsDiscrepancies: false, reason: '' }
  must(await confirmBankImport(portal, bookkeeper, community, confirmation), name)
  await runDueJobs(portal)
}

/** Drafts a payment of the month from its line at the bank. */
export async function draftPayment(demo: Demo, payment: DemoPayment, bankLine: string) {
  const amountFen = fen(-payment.amountFen)
  return must(
    await draftVoucher(demo.portal, demo.officers.bookkeeper, demo.community, {
      occurredOn: payment.on,
      narration: `${payment.narration}，付${payment.counterparty}`,
      postings: [
        { fund: 'trust', account: payment.account, side: 'debit', amountFen },
        { fund: 'trust', account: '100201', side: 'credit', amountFen },
      ],
      payee: payment.counterparty,
      documents: [demo.documents.get(payment.contract)!],
      bankLines: [bankLine],
      replaces: null,
    }),
    payment.narration,
  )
}

/** The payments of the month with the bank line of each, as the bench shows them. */
export async function paymentsAtBank(
  demo: Demo,
  month: DemoMonth,
): Promise<{ payment: DemoPayment; bankLine: string }[]> {
  const bench = await readBench(demo.portal, demo.officers.bookkeeper, demo.community)
  assert(bench !== null, 'the bookkeeper may read the bench')
  return month.payments.flatMap(payment => {
    const line = bench.lines.find(
      candidate => candidate.bookedOn === payment.on && candidate.amountFen === payment.amountFen,
    )
    return line === undefined ? [] : [{ payment, bankLine: line.bankLine }]
  })
}

/** Posts every receipt that a taught rule explains. */
export async function postReceipts(demo: Demo): Promise<void> {
  const { portal, community, officers } = demo
  const { drafted } = must(await draftProposals(portal, officers.bookkeeper, community, null), 'receipts')
  for (const draft of drafted) await approveThrough(demo, draft, ['review'])
}
