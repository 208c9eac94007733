/**
 * The second community of the demo: twelve flats under a lump of remuneration (酬金制), whose single payments its own people see and
 * nobody else. One closed month and the running one; fictional throughout. It has a log, a clock and chance of its own.
 */
import { assert, type CivilDate, civilDate, fen, firstDayOf, instantOf, period, utf8 } from '#kernel'
import {
  adoptBudget,
  closePeriod,
  decideControlChange,
  type LedgerCommunity,
  openLedger,
  proposeControlChange,
  readCommunity,
  readControlChanges,
  readControls,
  teachMatchingRule,
} from '#ledger/server'
import type { Actor } from '#people'
import {
  acceptInvite,
  addJurisdiction,
  confirmRoll,
  issueOwnerCode,
  placeCommunity,
  readRollImport,
  readUnit,
  settleRoll,
  uploadRoll,
} from '#people/server'
import type { Portal } from '#platform'
import { movableClock, seededRandom } from '#platform/process'
import { requestStatement } from '#statements/server'
import { openPublisher, publishCheckpoint } from '#tlog/server'
import { listRequest } from '#voice/server'
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
import { type DemoBankLine, type DemoMonth, type DemoPayment, demoBankFile } from './demo-community.ts'
import { adoptSecondFees } from './demo-fees.ts'
import {
  addOfficers,
  DEMO_PASSWORD,
  DEMO_SECOND_OWNER,
  DEMO_SECOND_PREFIX,
  DEMO_SECOND_SLUG,
  type Demo,
  giveAuthenticators,
  must,
} from './demo-officers.ts'
import { checkDemo } from './demo-oversight.ts'
import { runDueJobs } from './job-handlers.ts'

const CLOSED = period('2026-10')
const RUNNING = period('2026-11')
const ACCOUNT_NUMBER = '4402010009200778899'
const OPENING_FEN = fen(8_640_000n)
const NAMES = '田秀兰 卢志远 汪桂珍 范文博 石玉梅 廖建华 贾春燕 姚国强 邹思远 熊淑芳 方德明 白雅琴'.split(' ')
const FEE_PRICE_FEN = 180n
/** 88.20 m² at that price a month. */
const FEE_FEN = 15_876n

async function openCommunity(portal: Portal): Promise<LedgerCommunity> {
  const opening = {
    slug: DEMO_SECOND_SLUG,
    name: '竹影里小区（演示）',
    nameEn: 'Bamboo Lane (demo)',
    district: '成都市武侯区',
    firstPeriod: CLOSED,
    funds: [{ code: 'trust', kind: 'trust-fund' as const, nameZh: '共有资金', nameEn: 'Common fund' }],
    remuneration: { kind: 'fixed' as const, amountFen: fen(20_000n) },
    bankAccounts: [
      {
        fund: 'trust',
        kind: 'bank' as const,
        nameZh: '银行存款：共有资金账户',
        nameEn: 'Bank, common fund account',
        bankName: '成都银行',
        holderName: '竹影里小区业主大会',
        number: ACCOUNT_NUMBER,
        openedOn: civilDate('2026-09-20'),
      },
    ],
  }
  must(await openLedger(portal, opening), 'open')
  const community = await readCommunity(portal.db, DEMO_SECOND_SLUG)
  assert(community !== null, 'the second demo community did not open')
  return community
}

/** Two sides agree that remuneration is paid and that single payments are for the community's own people. */
async function closeTheBooksToOthers({ portal, community, officers }: Demo): Promise<LedgerCommunity> {
  const { controls: before } = await readControls(portal.db, community)
  const controls = { ...before, chargingModel: 'remuneration' as const, publishesDetail: false }
  const reason = '业主大会决定：酬金制；单笔收支只给本小区的人看'
  const change = { kind: 'controls' as const, reason, before, controls }
  const changeId = must(await proposeControlChange(portal, officers.treasurer, community, change), 'controls')
  const waiting = (await readControlChanges(portal, officers.manager, community))?.find(
    each => each.changeId === changeId,
  )
  assert(waiting !== undefined, 'what was proposed waits')
  const decision = { changeId, seenDigest: waiting.contentDigest, decision: 'confirmed' } as const
  must(await decideControlChange(portal, officers.manager, community, decision), 'controls')
  const changed = await readCommunity(portal.db, DEMO_SECOND_SLUG)
  assert(changed !== null && !changed.publishesDetail, 'the second demo community shows totals')
  return changed
}

/** Twelve flats with an owner each, and the account of the first. */
async function addOwner({ portal, community, officers }: Demo): Promise<Actor> {
  const rows = NAMES.map(
    (name, at) => `1栋,,${1 + Math.floor(at / 2)}0${1 + (at % 2)},住宅,88.20,${name},,已交付`,
  )
  const text = `\ufeff楼栋,单元,房号,房屋类型,建筑面积,业主姓名,联系电话,交付状态\r\n${rows.join('\r\n')}\r\n`
  const file = { name: '业主名册.csv', bytes: utf8(text), areaSource: 'register' as const }
  const effectiveOn = civilDate('2026-09-20')
  const uploaded = await uploadRoll(portal, officers.chair, community, { ...file, effectiveOn })
  const { importId } = must(uploaded, 'roll')
  await runDueJobs(portal)
  const answers = { samePersons: {}, developerName: '', removesMissing: false }
  must(await settleRoll(portal, officers.chair, community, importId, answers), 'roll')
  const seenDigest = (await readRollImport(portal, officers.chair, community, importId))?.plan?.digest ?? ''
  must(await confirmRoll(portal, officers.chair, community, { importId, seenDigest }), 'roll')
  const page = await readUnit(portal, officers.chair, community, '1栋-101')
  const personId = page?.unit.owners[0] ?? ''
  const { code } = must(await issueOwnerCode(portal, officers.chair, community, { personId }), 'code')
  const { login } = DEMO_SECOND_OWNER
  const { userId } = must(await acceptInvite(portal, { code, login, password: DEMO_PASSWORD }), login)
  const roles = [{ communityId: community.communityId, role: 'owner' as const }]
  return { userId, displayName: login, roles, sessionId: 'demo' }
}

const RULES = [
  { contains: '物业费', account: '410101', narration: '收物业服务费（本期）' },
  { contains: '停车费', account: '410202', narration: '收临时停车费' },
]

async function teachAndPlan({ portal, community, officers }: Demo): Promise<void> {
  for (const rule of RULES) {
    const taught = { ...rule, direction: 'in' as const, fund: 'trust' }
    must(await teachMatchingRule(portal, officers.bookkeeper, community, taught), rule.contains)
    portal.clock.advance(1000)
  }
  const lines = [
    ['410101', 'in', 2_286_144n],
    ['5103', 'out', 1_440_000n],
    ['5111', 'out', 240_000n],
  ] as const
  await adoptBudget(
    portal,
    community.communityId,
    2026,
    1,
    lines.map(([account, direction, amount]) => ({
      fiscalYear: 2026,
      fund: 'trust',
      account,
      direction,
      amountFen: fen(amount),
    })),
  )
}

/** A month: three of four homes pay their fees, the car park pays in, cleaning and remuneration are paid. */
function monthOf(month: typeof CLOSED, homes: readonly number[]): DemoMonth {
  const on = (day: number) => civilDate(`${month}-${String(day).padStart(2, '0')}`)
  const receipts = homes.map(
    (home, at): DemoBankLine => ({
      on: on(4 + at),
      time: `10:0${at}:00`,
      amountFen: fen(FEE_FEN),
      counterparty: NAMES[home]!,
      counterpartyAccount: `62220011${String(home).padStart(8, '0')}`,
      purpose: `1栋-${1 + Math.floor(home / 2)}0${1 + (home % 2)}物业费`,
    }),
  )
  const parking: DemoBankLine = {
    on: on(11),
    time: '09:30:00',
    amountFen: fen(86_500n),
    counterparty: '财付通支付科技有限公司',
    counterpartyAccount: '243811223344',
    purpose: '停车费结算',
  }
  const pay = (day: number, amount: bigint, account: string, contract: string, narration: string) =>
    ({
      on: on(day),
      time: '14:00:00',
      amountFen: fen(-amount),
      counterparty: contract === 'cleaning' ? '成都净邻保洁服务有限公司' : '蓉和物业服务有限公司',
      counterpartyAccount: '440255667788',
      purpose: narration,
      account,
      narration,
      contract,
    }) satisfies DemoPayment
  return {
    period: month,
    receipts: [...receipts, parking],
    payments: [
      pay(12, 118_000n, '5103', 'cleaning', '保洁服务费'),
      pay(13, 20_000n, '5111', 'trustee', '管理酬金'),
    ],
  }
}

/** Imports the month's file, posts its receipts and releases its payments. Gives the balance at its end. */
async function liveMonth(demo: Demo, month: DemoMonth, openingFen: typeof OPENING_FEN) {
  const lines = [...month.receipts, ...month.payments]
  const { text, closingFen } = demoBankFile(ACCOUNT_NUMBER, openingFen, lines)
  await importFile(demo, '100201', `ZHUYING-${month.period}.csv`, text)
  await postReceipts(demo)
  for (const { payment, bankLine } of await paymentsAtBank(demo, month)) {
    await approveThrough(demo, await draftPayment(demo, payment, bankLine), PAYMENT_STEPS)
  }
  return closingFen
}

async function closeMonth({ portal, community, officers }: Demo): Promise<void> {
  const leaves = { leavesUnanswered: false }
  must(await closePeriod(portal, officers.manager, community, CLOSED, leaves), `close ${CLOSED}`)
  const input = { period: CLOSED, reason: null }
  must(await requestStatement(portal, officers.manager, community, input), `statement ${CLOSED}`)
  await runDueJobs(portal)
}

/** Seeds it, after the first: its level overseer is there already. */
export async function seedSecondDemo(running: Portal): Promise<void> {
  const clock = movableClock(instantOf(civilDate('2026-09-21'), 9 * 3600))
  const moveTo = (day: string, hour = 10) => clock.moveTo(instantOf(day as CivilDate, hour * 3600))
  const portal = { ...running, clock, random: seededRandom('mingzhang-demo-zhuying') }
  const opened = await openCommunity(portal)
  const prefix = DEMO_SECOND_PREFIX
  const officers = await addOfficers(portal, opened.communityId, prefix)
  await giveAuthenticators({ ...running, clock }, officers, prefix)
  const first: Demo = { portal, community: opened, officers, documents: new Map(), prefix }
  const community = await closeTheBooksToOthers(first)
  const documents = await storeContracts(portal, officers.bookkeeper, community, ['cleaning', 'trustee'])
  const demo: Demo = { ...first, community, documents }
  const owner = await addOwner(demo)
  await teachAndPlan(demo)
  await adoptSecondFees(demo, CLOSED, FEE_PRICE_FEN)
  moveTo('2026-10-01')
  await postOpening(demo, firstDayOf(CLOSED), 'trust', '100201', OPENING_FEN)
  moveTo('2026-11-03')
  const closing = await liveMonth(demo, monthOf(CLOSED, [0, 1, 2, 4, 6, 7, 8, 9, 10]), OPENING_FEN)
  await closeMonth(demo)
  moveTo('2026-11-14')
  await liveMonth(demo, monthOf(RUNNING, [3, 5]), closing)
  const request = { category: 'repair', text: '单元门的门禁时好时坏。', place: '1栋门口', spotId: null }
  const flags = { isPrivate: false, isOnBehalf: false, documents: [] }
  must(await listRequest(portal, owner, community, { ...request, ...flags }), 'request')
  const level = { code: 'zhuying', level: 'neighbourhood', name: '竹影社区', nameEn: 'Zhuying Neighbourhood' }
  must(
    await addJurisdiction(portal, { ...level, level: 'neighbourhood', parent: 'qinghe-street' }),
    level.code,
  )
  must(await placeCommunity(portal, community.communityId, level.code), 'place')
  must(await publishCheckpoint(openPublisher(portal), community.communityId), 'checkpoint')
  await checkDemo(demo)
  await giveAuthenticators(running, officers, prefix)
}
