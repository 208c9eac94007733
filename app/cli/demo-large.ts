/**
 * The demo's large payments: a ceiling that owners voted, an instalment that the chair released as the fifth person, another that still
 * waits for the chair; and a bank whose file nobody knew, read by columns that both sides agreed to, with a new header that waits.
 */
import { assert, civilDate, fen, utf8 } from '#kernel'
import {
  approveVoucher,
  confirmBankImport,
  decideControlChange,
  draftVoucher,
  mapBankImport,
  proposeColumnMapping,
  proposeControlChange,
  readBankImport,
  readBench,
  readControlChange,
  uploadBankStatement,
} from '#ledger/server'
import { readPolls, readResult } from '#votes/server'
import { approveThrough, draftPayment, PAYMENT_STEPS } from './demo-books.ts'
import { DEMO_CONTRACTS, type DemoPayment } from './demo-community.ts'
import { withOwnChance } from './demo-controls.ts'
import { FIRE_POLL } from './demo-motions.ts'
import { type Demo, factorOf, must } from './demo-officers.ts'
import { runDueJobs } from './job-handlers.ts'

const FIRE = { account: '5108', contract: 'fire', counterparty: DEMO_CONTRACTS.fire!.payee } as const

/** Three tenths of the voted sum, paid in the running month. */
export const FIRE_INSTALMENT: DemoPayment = {
  ...FIRE,
  on: civilDate('2026-11-10'),
  time: '14:20:00',
  amountFen: fen(-5_580_000n),
  counterpartyAccount: '440288120088',
  purpose: '消防设施改造首期款',
  narration: '消防设施改造首期款（三成）',
}

/** What owners voted for the fire equipment becomes a ceiling beside the budget line, with the digest of their vote. */
export async function recordFireCeiling(seed: Demo): Promise<void> {
  const demo = withOwnChance(seed)
  const { portal, community, officers } = demo
  const polls = await readPolls(portal, community, null)
  const poll = polls.find(each => each.title === FIRE_POLL.motion.title)
  assert(poll?.state === 'final', 'the demo voted on its fire equipment')
  const result = await readResult(portal.db, community, poll.pollId)
  const change = {
    kind: 'ceiling',
    reason: '业主表决通过消防设施改造',
    ceiling: { fiscalYear: 2026, fund: 'trust', account: FIRE.account, amountFen: fen(18_600_000n) },
    poll: poll.pollId,
    digest: result!.questions[0]!.digest,
  } as const
  const changeId = must(await proposeControlChange(portal, officers.treasurer, community, change), 'ceiling')
  await confirm(demo, changeId, 'manager')
}

async function confirm(demo: Demo, changeId: string, by: 'manager' | 'treasurer'): Promise<void> {
  const { portal, community, officers } = demo
  portal.clock.advance(600_000)
  const shown = await readControlChange(portal, officers[by], community, changeId)
  const decision = { changeId, decision: 'confirmed', seenDigest: shown!.contentDigest } as const
  must(await decideControlChange(portal, officers[by], community, decision), by)
}

/** The first instalment goes through the chair; the second has everybody's word but the chair's. */
export async function payForFire(seed: Demo): Promise<void> {
  const demo = withOwnChance(seed)
  const { portal, community, officers } = demo
  const bench = await readBench(portal, officers.bookkeeper, community)
  const line = bench?.lines.find(each => each.amountFen === FIRE_INSTALMENT.amountFen)
  assert(line !== undefined, 'the bank shows the instalment')
  const first = await draftPayment(demo, FIRE_INSTALMENT, line.bankLine)
  await approveThrough(demo, first, PAYMENT_STEPS)
  portal.clock.advance(3_600_000)
  const release = {
    draftId: first.draftId,
    step: 'release_chair',
    seenDigest: first.contentDigest,
    factor: factorOf(demo, 'chair'),
  } as const
  const posted = must(await approveVoucher(portal, officers.chair, community, release), 'chair')
  assert(posted !== null, 'the chair is the last')
  const amountFen = fen(7_440_000n)
  const second = await draftVoucher(portal, officers.bookkeeper, community, {
    occurredOn: civilDate('2026-11-16'),
    narration: `消防设施改造二期款（四成），付${FIRE.counterparty}`,
    postings: [
      { fund: 'trust', account: FIRE.account, side: 'debit', amountFen },
      { fund: 'trust', account: '100201', side: 'credit', amountFen },
    ],
    payee: FIRE.counterparty,
    documents: [demo.documents.get(FIRE.contract)!],
    bankLines: [],
    replaces: null,
  })
  await approveThrough(demo, must(second, 'second instalment'), PAYMENT_STEPS)
}

const MAPPING = {
  headerRow: 0,
  columns: { date: [0], narration: [1], out: 2, in: 3, balance: 4, counterpartyName: 5 },
  amountSign: null,
  directionWords: { in: [], out: [], neutral: [] },
  dayFirst: false,
  yearInTitle: false,
} as const

async function proposeColumns(demo: Demo, name: string, text: string, reason: string) {
  const { portal, community, officers } = demo
  const file = { account: '100202', name, bytes: utf8(text) }
  const { importId } = must(await uploadBankStatement(portal, officers.bookkeeper, community, file), name)
  await runDueJobs(portal)
  must(await mapBankImport(portal, officers.bookkeeper, community, importId, MAPPING), name)
  await runDueJobs(portal)
  const input = { importId, reason }
  return {
    importId,
    changeId: must(await proposeColumnMapping(portal, officers.bookkeeper, community, input), name),
  }
}

/** The maintenance account's bank has headers of its own: one agreed to and stored, the next one changed and waiting. */
export async function mapMaintenanceFiles(seed: Demo): Promise<void> {
  const demo = withOwnChance(seed)
  const { portal, community, officers } = demo
  const { importId, changeId } = await proposeColumns(
    demo,
    '维修资金专户-11月.csv',
    '日子,事由,付出,存入,结存,往来单位\n2026-11-01,结息,,1204.55,3188604.55,中国建设银行\n',
    '维修资金专户的对账单，第 3 列付出、第 4 列存入',
  )
  await confirm(demo, changeId, 'treasurer')
  const confirmation = { importId, confirmsDiscrepancies: false, reason: '' }
  must(await confirmBankImport(portal, officers.bookkeeper, community, confirmation), 'interest')
  await runDueJobs(portal)
  assert(
    (await readBankImport(portal, officers.bookkeeper, community, importId))?.state === 'stored',
    'stored',
  )
  const bench = await readBench(portal, officers.bookkeeper, community)
  const line = bench!.lines.find(each => each.amountFen === 120_455n)!
  const posting = { fund: 'maintenance', amountFen: fen(120_455n) }
  const draft = await draftVoucher(portal, officers.bookkeeper, community, {
    occurredOn: line.bookedOn,
    narration: '收维修资金专户利息',
    postings: [
      { ...posting, account: '100202', side: 'debit' },
      { ...posting, account: '4108', side: 'credit' },
    ],
    documents: [],
    bankLines: [line.bankLine],
    replaces: null,
  })
  await approveThrough(demo, must(draft, 'interest'), ['review'])
  await proposeColumns(
    demo,
    '维修资金专户-新版.csv',
    '日子,事由,付出,存入,结存,往来户名\n2026-11-12,对账单工本费,20.00,,3188584.55,中国建设银行\n',
    '银行换了新版对账单，最后一列改了名',
  )
}
