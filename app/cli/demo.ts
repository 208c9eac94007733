/**
 * `demo`: seeds the fictional community `demo` through the same doors its officers use, with its own clock and seed, so
 * that it is the same on every machine: a whole closed year and the running one up to the middle of a month.
 */
import {
  addMonths,
  assert,
  type CivilDate,
  civilDate,
  fen,
  firstDayOf,
  instantOf,
  type Period,
  period,
} from '#kernel'
import type { VoucherKey } from '#ledger'
import {
  adoptBudget,
  closePeriod,
  draftProposals,
  draftReversal,
  draftVoucher,
  type LedgerCommunity,
  openLedger,
  readBankImports,
  readBench,
  readCommunity,
  readOpenDrafts,
  teachMatchingRule,
} from '#ledger/server'
import { createPeopleKey } from '#people/server'
import type { Portal } from '#platform'
import { movableClock, seededRandom } from '#platform/process'
import { createStatementKeys, requestStatement } from '#statements/server'
import { createLogKey, openPublisher, publishCheckpoint } from '#tlog/server'
import { consoleBookkeeper } from './command-line.ts'
import {
  approveThrough,
  draftPayment,
  importFile,
  PAYMENT_STEPS,
  paymentsAtBank,
  postOpening,
  postReceipts,
  storeContracts,
} from './demo-books.ts'
import {
  choicesOf,
  DEMO_ACCOUNT_NUMBER,
  DEMO_MAINTENANCE_NUMBER,
  DEMO_MAINTENANCE_OPENING_FEN,
  DEMO_OPENING_FEN,
  DEMO_REMUNERATION,
  DEMO_RULES,
  type DemoMonth,
  demoBankFile,
  demoMonth,
} from './demo-community.ts'
import { adoptControls, answerOneSignal, noteInvoice } from './demo-controls.ts'
import { demoCouncil } from './demo-council.ts'
import { adoptFirstFees, raiseFees } from './demo-fees.ts'
import {
  addOfficers,
  DEMO_FIRST_PERIOD,
  DEMO_SLUG,
  type Demo,
  giveAuthenticator,
  giveAuthenticators,
  must,
} from './demo-officers.ts'
import { checkDemo, seedOversight } from './demo-oversight.ts'
import { addOwners, importRoll } from './demo-owners.ts'
import { demoProjects } from './demo-projects.ts'
import { seedSecondDemo } from './demo-second.ts'
import { demoVoice } from './demo-voice.ts'
import { demoPolls } from './demo-votes.ts'
import { documentTexts } from './document-texts.ts'
import { runDueJobs } from './job-handlers.ts'
import { prepareKeys } from './prepare-keys.ts'

const FIRST_PERIOD = DEMO_FIRST_PERIOD
const LAST_CLOSED = period('2026-10')
/** After this month was closed, people ask. */
const VOICE_AFTER = period('2026-09')
const RUNNING = period('2026-11')
/** When this month's books are taken in, the second standard of fees has been agreed on. */
const FEES_RAISED_BEFORE = period('2025-12')
const RUNNING_UNTIL = civilDate('2026-11-15')

async function openCommunity(portal: Portal): Promise<LedgerCommunity> {
  const bank = (fund: string, nameZh: string, nameEn: string, bankName: string, number: string) => ({
    fund,
    kind: 'bank' as const,
    nameZh,
    nameEn,
    bankName,
    holderName: '清和苑小区业主大会',
    number,
    openedOn: civilDate('2024-12-20'),
  })
  must(
    await openLedger(portal, {
      slug: DEMO_SLUG,
      name: '清和苑小区（演示）',
      nameEn: 'Qinghe Court (demo)',
      district: '成都市武侯区',
      firstPeriod: FIRST_PERIOD,
      funds: [
        { code: 'maintenance', kind: 'maintenance-fund', nameZh: '维修资金', nameEn: 'Maintenance fund' },
        { code: 'trust', kind: 'trust-fund', nameZh: '共有基金', nameEn: 'Trust fund' },
      ],
      remuneration: DEMO_REMUNERATION,
      bankAccounts: [
        bank('trust', '银行存款：共管账户', 'Bank, co-managed account', '中国工商银行', DEMO_ACCOUNT_NUMBER),
        bank(
          'maintenance',
          '银行存款：维修资金专户',
          'Bank, maintenance account',
          '中国建设银行',
          DEMO_MAINTENANCE_NUMBER,
        ),
      ],
    }),
    'open',
  )
  const community = await readCommunity(portal.db, DEMO_SLUG)
  assert(community !== null, 'the demo community did not open')
  return community
}

async function adoptBudgets(portal: Portal, communityId: number): Promise<void> {
  const yuan = (account: string, direction: 'in' | 'out', amount: number) => ({ account, direction, amount })
  const lines = [
    yuan('410101', 'in', 690_000),
    yuan('410201', 'in', 198_000),
    yuan('410202', 'in', 585_000),
    yuan('410401', 'in', 72_000),
    yuan('510102', 'out', 408_000),
    yuan('5102', 'out', 122_000),
    yuan('5103', 'out', 216_000),
    yuan('5104', 'out', 25_600),
    yuan('510601', 'out', 16_000),
    yuan('510602', 'out', 160_000),
    yuan('5107', 'out', 105_600),
    yuan('5108', 'out', 15_000),
    yuan('5110', 'out', 20_000),
    yuan('5111', 'out', 62_000),
    yuan('5114', 'out', 16_000),
    yuan('5115', 'out', 9_200),
  ]
  for (const fiscalYear of [2025, 2026]) {
    await adoptBudget(
      portal,
      communityId,
      fiscalYear,
      1,
      lines.map(({ account, direction, amount }) => ({
        fiscalYear,
        fund: 'trust',
        account,
        direction,
        amountFen: fen(BigInt(amount) * 100n),
      })),
    )
  }
}

/** A receipt booked on the wrong account, taken back in red and booked again: what a correction looks like. */
async function correctOne(demo: Demo, month: Period): Promise<void> {
  const { portal, community, officers } = demo
  const bench = await readBench(portal, officers.bookkeeper, community)
  const line = bench?.lines.find(candidate => candidate.purpose.includes('充电'))
  if (line === undefined) return
  const content = (account: string, narration: string, replaces: VoucherKey | null) => ({
    occurredOn: line.bookedOn,
    narration,
    postings: [
      { fund: 'trust', account: '100201', side: 'debit' as const, amountFen: line.amountFen },
      { fund: 'trust', account, side: 'credit' as const, amountFen: line.amountFen },
    ],
    documents: [],
    bankLines: [line.bankLine],
    replaces,
  })
  const wrong = await draftVoucher(
    portal,
    officers.bookkeeper,
    community,
    content('410202', '收临时停车费', null),
  )
  const wrongKey = await approveThrough(demo, must(wrong, 'wrong'), ['review'])
  assert(wrongKey !== null, 'the wrong voucher is posted')
  const reversal = await draftReversal(portal, officers.bookkeeper, community, {
    reverses: wrongKey,
    occurredOn: line.bookedOn,
    narration: '冲销：充电收入误记为停车费',
  })
  await approveThrough(demo, must(reversal, 'reversal'), ['review'])
  const right = content('4103', '收充电服务收入（更正）', wrongKey)
  const replacement = await draftVoucher(portal, officers.bookkeeper, community, right)
  await approveThrough(demo, must(replacement, `replacement in ${month}`), ['review'])
}

async function closeMonth(demo: Demo, month: Period): Promise<void> {
  const { portal, community, officers } = demo
  portal.clock.moveTo(instantOf(`${addMonths(month, 1)}-06` as CivilDate, 15 * 3600))
  const leaves = { leavesUnanswered: month === LAST_CLOSED }
  must(await closePeriod(portal, officers.manager, community, month, leaves), `close ${month}`)
  const input = { period: month, reason: null }
  must(await requestStatement(portal, officers.manager, community, input), `statement ${month}`)
  await runDueJobs(portal)
}

async function liveClosedMonth(demo: Demo, month: DemoMonth, file: string): Promise<void> {
  demo.portal.clock.moveTo(instantOf(`${addMonths(month.period, 1)}-03` as CivilDate, 10 * 3600))
  await importFile(demo, '100201', demoFileName(month.period), file)
  if (month.period === '2026-03') await correctOne(demo, month.period)
  if (month.period === LAST_CLOSED) await adoptControls(demo)
  await postReceipts(demo)
  for (const { payment, bankLine } of await paymentsAtBank(demo, month)) {
    const draft = await draftPayment(demo, payment, bankLine)
    await noteInvoice(demo, month.period, payment.contract, draft.draftId)
    await approveThrough(demo, draft, PAYMENT_STEPS)
  }
  if (month.period === LAST_CLOSED) await answerOneSignal(demo)
  await closeMonth(demo, month.period)
}

/** The running month: some posted, some waiting for the next officer, some not yet matched. */
async function liveRunningMonth(demo: Demo, month: DemoMonth, file: string): Promise<void> {
  const { portal, community, officers } = demo
  portal.clock.moveTo(instantOf(civilDate('2026-11-16'), 9 * 3600))
  await importFile(demo, '100201', demoFileName(month.period), file)
  const { drafted } = must(
    await draftProposals(portal, officers.bookkeeper, community, null),
    'running receipts',
  )
  for (const draft of drafted.slice(0, -2)) await approveThrough(demo, draft, ['review'])
  for (const { payment, bankLine } of await paymentsAtBank(demo, month)) {
    await approveThrough(demo, await draftPayment(demo, payment, bankLine), ['review', 'release_company'])
  }
  const waiting = await readOpenDrafts(portal, officers.manager, community, 50)
  assert((waiting?.length ?? 0) > 0, 'something waits for an officer in the demo')
}

/** How much of the demo is there: a start killed while seeding leaves a part, which no later start can finish. */
export async function demoState(portal: Portal): Promise<'absent' | 'partial' | 'complete'> {
  const community = await readCommunity(portal.db, DEMO_SLUG)
  if (community === null) return 'absent'
  const console = consoleBookkeeper(community.communityId)
  // The running month's bank file is the last thing seeded that nobody can take away again.
  const imports = await readBankImports(portal, console, community, 10_000)
  const last = imports?.some(row => row.fileName === demoFileName(RUNNING) && row.state === 'stored')
  return last ? 'complete' : 'partial'
}

function demoFileName(month: Period): string {
  return `HISTORYDETAIL-${month}.csv`
}

/**
 * Seeds the demo. Its clock and randomness are its own, so a portal that runs on the machine's is not disturbed; `report`
 * hears of every month.
 */
export async function seedDemo(running: Portal, report: (month: Period) => void = () => {}): Promise<void> {
  const clock = movableClock(instantOf(civilDate('2025-01-02'), 9 * 3600))
  const portal = { ...running, clock, random: seededRandom('mingzhang-demo') }
  await createLogKey(running)
  await createStatementKeys({ ...running, clock }, documentTexts)
  await createPeopleKey(running)
  const community = await openCommunity(portal)
  const officers = await addOfficers(portal, community.communityId)
  await giveAuthenticators({ ...running, clock }, officers)
  await adoptBudgets(portal, community.communityId)
  const documents = await storeContracts(portal, officers.bookkeeper, community)
  const demo: Demo = { portal, community, officers, documents }
  await adoptFirstFees(demo, FIRST_PERIOD)
  await importRoll(demo)
  const owners = await addOwners(demo)
  const pollsAfter = demoPolls(demo, owners)
  const councilAfter = demoCouncil(demo, owners)
  const projectsAfter = demoProjects(demo, owners)
  await postOpening(demo, firstDayOf(FIRST_PERIOD), 'trust', '100201', DEMO_OPENING_FEN)
  await postOpening(demo, firstDayOf(FIRST_PERIOD), 'maintenance', '100202', DEMO_MAINTENANCE_OPENING_FEN)
  for (const rule of DEMO_RULES) {
    must(
      await teachMatchingRule(portal, officers.bookkeeper, community, {
        ...rule,
        direction: 'in',
        fund: 'trust',
      }),
      rule.contains,
    )
    clock.advance(1000)
  }
  const choices = choicesOf(length => portal.random.bytes(length))
  let balance = DEMO_OPENING_FEN
  for (let month = FIRST_PERIOD; month <= RUNNING; month = addMonths(month, 1)) {
    if (month === FEES_RAISED_BEFORE) await raiseFees(demo)
    const plan = demoMonth(choices, month)
    const lines = [...plan.receipts, ...plan.payments].filter(
      line => month < RUNNING || line.on <= RUNNING_UNTIL,
    )
    const file = demoBankFile(DEMO_ACCOUNT_NUMBER, balance, lines)
    balance = file.closingFen
    if (month <= LAST_CLOSED) await liveClosedMonth(demo, plan, file.text)
    else await liveRunningMonth(demo, plan, file.text)
    if (month <= LAST_CLOSED) {
      await pollsAfter(month)
      await councilAfter(month)
      await projectsAfter(month)
    }
    if (month === VOICE_AFTER) await demoVoice(demo, owners)
    report(month)
  }
  const overseers = await seedOversight(demo)
  const published = await publishCheckpoint(openPublisher(portal), community.communityId)
  must(published, 'checkpoint')
  await checkDemo(demo)
  await seedSecondDemo(running)
  // The demo's clock may be ahead of the machine's: codes that it used up must not be missing afterwards.
  await giveAuthenticators(running, officers)
  for (const user of overseers) await giveAuthenticator(running, user)
  await prepareKeys(running)
}
