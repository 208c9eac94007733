/**
 * The council of the demo through the doors its clerks and seats use: two meetings with published minutes, one called, topics on their
 * way, action items of which one is overdue.
 */
import { EMPTY_SECTION, type NoticeInput, type Section, type SectionInput } from '#council'
import {
  answerCorrection,
  circulateMinutes,
  enterSeat,
  enterSignInSheet,
  followTopic,
  openTopic,
  postNotice,
  publishMinutes,
  recordAttendance,
  reportAction,
  requestCorrection,
  saveSection,
  signOffMinutes,
} from '#council/server'
import { assert, civilDate, instantOf, type Period, period } from '#kernel'
import { formatVoucherKey } from '#ledger'
import { readVouchersOfPeriod } from '#ledger/server'
import type { Actor } from '#people'
import { requestMinutesCopy } from '#statements/server'
import { type ActRequest, actOnCase, listRequest } from '#voice/server'
import { type Demo, factorOf, must, type Officers } from './demo-officers.ts'
import { runDueJobs } from './job-handlers.ts'

const at = (day: string, hours: number) => instantOf(civilDate(day), hours * 3600)
const HOUR_MS = 3_600_000

/** One white pixel: every signed sheet of the demo. */
const SCAN = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg=='),
  character => character.charCodeAt(0),
)

const SEATS = [
  { key: 'overseer', kind: 'party', organisation: '小区党支部', office: '书记', name: '何书记' },
  {
    key: 'residents',
    kind: 'residents-committee',
    organisation: '居民委员会',
    office: '主任',
    name: '马居委',
  },
  { key: 'chair', kind: 'owners-committee', organisation: '业主委员会', office: '主任', name: '刘主任' },
  { key: 'manager', kind: 'property-company', organisation: '和顺物业', office: '项目经理', name: '王经理' },
  { key: null, kind: 'other', organisation: '明理律师事务所', office: '律师', name: '钱律师' },
] as const

interface Called {
  readonly meetingId: string
  readonly seats: readonly string[]
}

function section(text: Partial<Section>): Section {
  return { ...EMPTY_SECTION, opinion: 'unanimous', ...text }
}

/** As the clerk's form sends it. */
function entered({ vote, ...rest }: Section): SectionInput {
  return { ...rest, clause: vote?.clause ?? null }
}

async function enterSeats({ portal, community, officers }: Demo): Promise<readonly string[]> {
  portal.clock.moveTo(at('2026-01-10', 10))
  const ids: string[] = []
  for (const { key, kind, organisation, office, name } of SEATS) {
    portal.clock.advance(60_000)
    const seat = {
      body: 'council',
      kind,
      organisation,
      office,
      holderName: name,
      deputyName: kind === 'property-company' ? '李会计' : '',
      userId: key === null ? '' : officers[key].userId,
      isVoting: true,
      termFrom: '2026-01-01',
      termUntil: '2028-12-31',
      contact: '',
    }
    ids.push(must(await enterSeat(portal, officers.residents, community, seat), organisation).seatId)
  }
  return ids
}

async function call(
  { portal, community, officers }: Demo,
  input: NoticeInput,
  postedAt: Date,
): Promise<string> {
  portal.clock.moveTo(postedAt)
  return must(await postNotice(portal, officers.residents, community, input), input.title).meetingId
}

/** The four officers sign with their codes, the lawyer on paper. */
async function signAll(demo: Demo, called: Called, version: number, seenDigest: string): Promise<void> {
  const { portal, community, officers } = demo
  for (const [index, { key, organisation }] of SEATS.entries()) {
    portal.clock.advance(2 * HOUR_MS)
    const signer: keyof Officers = key ?? 'residents'
    const signOff = {
      meetingId: called.meetingId,
      version,
      seat: called.seats[index]!,
      seenDigest,
      stance: 'agrees' as const,
      reason: '',
      factor: key === null ? null : factorOf(demo, signer),
      scan: key === null ? SCAN : null,
    }
    must(await signOffMinutes(portal, officers[signer], community, signOff), organisation)
  }
}

async function hold(demo: Demo, called: Called, sections: readonly Section[], heldAt: Date): Promise<void> {
  const { portal, community, officers } = demo
  const { meetingId, seats } = called
  portal.clock.moveTo(new Date(heldAt.getTime() + 3 * HOUR_MS))
  const rows = seats.map(seat => ({ seat, presence: 'present' as const, interest: '', isRecused: false }))
  const record = { meetingId, revision: 0, seats: rows }
  must(await recordAttendance(portal, officers.residents, community, record), 'attendance')
  for (const [index, text] of sections.entries()) {
    const input = { meetingId, item: index + 1, revision: 0, text: entered(text) }
    must(await saveSection(portal, officers.residents, community, input), `item ${index + 1}`)
  }
}

/** Circulates, signs and publishes what is saved. */
async function conclude(demo: Demo, called: Called, reason: string): Promise<void> {
  const { portal, community, officers } = demo
  const { meetingId } = called
  const circulated = await circulateMinutes(portal, officers.residents, community, { meetingId, reason })
  const { version, digest } = must(circulated, 'circulated')
  await signAll(demo, called, version, digest)
  portal.clock.advance(HOUR_MS)
  const publication = { meetingId, version, seenDigest: digest }
  must(await publishMinutes(portal, officers.residents, community, publication), 'published')
  must(await requestMinutesCopy(portal, officers.residents, community, meetingId), 'copy')
  await runDueJobs(portal)
}

const item = (
  no: number,
  topicId: string | null,
  title: string,
  source: NoticeInput['agenda'][number]['source'],
) => ({
  no,
  topicId,
  title,
  source,
  minutes: 30,
})

/** What a resident asks for in June, and what the residents' committee and the resident do about it. */
async function askForLights({ portal, community }: Demo, owner: Actor): Promise<string> {
  portal.clock.moveTo(at('2026-06-08', 8))
  const request = {
    category: 'repair',
    text: '北区好几盏路灯不亮，老人晚上不敢出门。',
    place: '6 栋到 9 栋之间',
    spotId: null,
    isPrivate: false,
    isOnBehalf: false,
    documents: [],
  }
  return must(await listRequest(portal, owner, community, request), 'lights').caseId
}

async function actOn({ portal, community }: Demo, actor: Actor, request: ActRequest): Promise<void> {
  portal.clock.advance(60_000)
  must(await actOnCase(portal, actor, community, request), request.act)
}

async function openTopics(demo: Demo, asked: string) {
  const { portal, community, officers } = demo
  portal.clock.moveTo(at('2026-06-08', 10))
  await actOn(demo, officers.residents, { caseId: asked, act: 'take', text: '列为议题，请大家一起商量。' })
  const open = async (source: string, title: string, summary: string, reference: string) => {
    portal.clock.advance(60_000)
    const topic = { source, title, summary, reference }
    return must(await openTopic(portal, officers.residents, community, topic), title).topicId
  }
  return {
    lights: await open('request', '北区路灯不亮', '6 栋到 9 栋之间有四盏路灯不亮，老人晚上不敢出门。', asked),
    parking: await open('committee', '夜间停车占用消防通道', '晚上十点以后东门通道常被占用。', ''),
    lift: await open('check', '3 栋电梯年检提示部件老化', '年检报告建议两年内更换曳引机。', 'J2026-06'),
  }
}

/** Summer: a council meeting about lights and parking; its action items, one done with proof. */
async function summerMeeting(
  demo: Demo,
  seats: readonly string[],
  topics: { lights: string; parking: string },
) {
  const { portal, community, officers } = demo
  const heldAt = at('2026-06-18', 19)
  const input: NoticeInput = {
    kind: 'council',
    title: '六月议事协商会',
    place: '小区党群服务站一楼',
    startsAt: heldAt,
    endsAt: new Date(heldAt.getTime() + 2 * HOUR_MS),
    quorum: 'more-than-half',
    agenda: [
      item(1, topics.lights, '北区路灯不亮', 'request'),
      item(2, topics.parking, '夜间停车占用消防通道', 'committee'),
    ],
    papers: [],
    cancelledBecause: null,
  }
  const called = { meetingId: await call(demo, input, at('2026-06-10', 9)), seats }
  const [, , , company = ''] = seats
  const lights = section({
    background: '物业查过线路，四盏灯里三盏是灯头坏，一盏是电缆进水。',
    positions: [{ seat: company, text: '灯头一周内换好，电缆要开挖，需要两周。' }],
    conclusion: '物业两周内全部修好，费用在日常维修预算里列支，不另收钱。',
    money: { amountFen: '186000', ceilingFen: '250000' },
    actions: [{ no: 1, text: '修好北区四盏路灯', seat: company, dueOn: '2026-07-05' }],
    questions: [{ question: '修路灯要不要每户再交钱？', answer: '不用，日常维修预算里有这一项。' }],
  })
  const parking = section({
    opinion: 'majority',
    conclusion: '东门通道晚十点后禁停，物业值班员劝离；先试行两个月。',
    dissents: [{ seat: seats[4] ?? '', text: '建议同时和交警联系，劝离没有执法权。' }],
    actions: [{ no: 1, text: '东门通道画黄线、装提示牌', seat: company, dueOn: '2026-10-31' }],
  })
  await hold(demo, called, [lights, parking], heldAt)
  const { meetingId } = called
  const reason = { meetingId, reason: '' }
  must(await circulateMinutes(portal, officers.residents, community, reason), 'first version')
  const correction = { meetingId, version: 1, item: 2, seat: company, text: '禁停时间应为晚十点到早六点' }
  const asked = must(await requestCorrection(portal, officers.manager, community, correction), 'correction')
  const answer = { meetingId, no: asked.no, isAccepted: true, answer: '已补上到早六点' }
  must(await answerCorrection(portal, officers.residents, community, answer), 'answer')
  const conclusion = '东门通道晚十点到早六点禁停，物业值班员劝离；先试行两个月。'
  const revised = { meetingId, item: 2, revision: 1, text: entered({ ...parking, conclusion }) }
  must(await saveSection(portal, officers.residents, community, revised), 'revised')
  await conclude(demo, called, '按物业提出的更正补上禁停到几点')
  portal.clock.moveTo(at('2026-07-01', 16))
  const report = {
    meetingId,
    item: 1,
    no: 1,
    kind: 'done' as const,
    text: '四盏灯全部修好，夜间已检查。',
    proof: SCAN,
  }
  must(await reportAction(portal, officers.residents, community, report), 'lights')
  await follow(demo, topics.lights, '2026-06-19', [['budget', '5110', '在今年的公共区域维修里列支。']])
  await follow(demo, topics.lights, '2026-06-22', [
    ['contract', '', '与维修单位签订维修单，验收满两个月后付款。'],
  ])
  await follow(demo, topics.lights, '2026-07-01', [
    ['acceptance', '', '居委会和业委会晚八点现场看过，四盏全亮。'],
    ['answer', '', '已回单答复提出的居民。'],
  ])
}

async function follow(
  { portal, community, officers }: Demo,
  topicId: string,
  happenedOn: string,
  events: readonly (readonly [kind: string, reference: string, text: string])[],
): Promise<void> {
  for (const [kind, reference, text] of events) {
    const event = { topicId, kind, reference, text, happenedOn }
    must(await followTopic(portal, officers.residents, community, event), kind)
  }
}

/** The payment of autumn belongs to the lights of summer; with it the matter is over. */
async function payForLights(demo: Demo, lights: string): Promise<void> {
  const { portal, community } = demo
  const vouchers = await readVouchersOfPeriod(portal.db, community.communityId, period('2026-09'))
  const repair = vouchers.find(voucher => voucher.narration.includes('公共区域维修'))
  assert(repair !== undefined, 'the demo pays for repairs in September')
  portal.clock.advance(60_000)
  await follow(demo, lights, repair.occurredOn, [
    ['voucher', formatVoucherKey(repair.key), ''],
    ['closed', '', '款已付清，办结。'],
  ])
}

/** Autumn: an open-air assembly about the lift, with twelve residents. */
async function openAirMeeting(demo: Demo, seats: readonly string[], lift: string): Promise<void> {
  const { portal, community, officers } = demo
  const heldAt = at('2026-09-19', 18)
  const input: NoticeInput = {
    kind: 'open-air',
    title: '电梯更换坝坝会',
    place: '3 栋楼下小广场',
    startsAt: heldAt,
    endsAt: new Date(heldAt.getTime() + 2 * HOUR_MS),
    quorum: 'none',
    agenda: [item(1, lift, '3 栋电梯曳引机更换', 'check')],
    papers: [],
    cancelledBecause: null,
  }
  const called = { meetingId: await call(demo, input, at('2026-09-10', 9)), seats }
  const text = section({
    background: '年检报告建议两年内更换曳引机，三家厂商报价在 8 万到 11 万之间。',
    options: ['更换曳引机', '整梯更换', '先观察一年'],
    conclusion: '建议更换曳引机，动用维修资金，由 3 栋业主投票决定。',
    vote: { clause: 5, class: 'ordinary' },
    money: { amountFen: '9500000', ceilingFen: '11000000' },
    actions: [{ no: 1, text: '起草表决议题，附三家报价', seat: seats[2] ?? '', dueOn: '2026-12-10' }],
    questions: [
      { question: '一楼要不要出钱？', answer: '按维修资金账户各自分摊，一楼怎么分摊写进表决议题里。' },
      { question: '更换要停几天？', answer: '五天左右，物业提前一周通知，安排人帮老人上下楼。' },
    ],
  })
  await hold(demo, called, [text], heldAt)
  const { meetingId } = called
  for (const [count, scan] of [
    ['9', SCAN],
    ['3', null],
  ] as const) {
    must(await enterSignInSheet(portal, officers.residents, community, { meetingId, count, scan }), 'sheet')
  }
  await conclude(demo, called, '')
}

/** Called, not yet held. */
async function winterMeeting(demo: Demo, topics: { parking: string; lift: string }): Promise<void> {
  const heldAt = at('2026-12-12', 15)
  await call(
    demo,
    {
      kind: 'council',
      title: '十二月议事协商会',
      place: '小区党群服务站一楼',
      startsAt: heldAt,
      endsAt: new Date(heldAt.getTime() + 2 * HOUR_MS),
      quorum: 'more-than-half',
      agenda: [
        item(1, topics.parking, '夜间停车试行两个月后怎么办', 'committee'),
        item(2, topics.lift, '3 栋电梯表决议题初稿', 'check'),
      ],
      papers: [],
      cancelledBecause: null,
    },
    at('2026-11-16', 8),
  )
}

/** What the council does once a month is closed; called for every month, in order. */
export function demoCouncil(demo: Demo, owners: readonly Actor[]): (closed: Period) => Promise<void> {
  const [owner] = owners as readonly [Actor]
  let seats: readonly string[] = []
  let topics = { lights: '', parking: '', lift: '' }
  return async closed => {
    if (closed === '2025-12') seats = await enterSeats(demo)
    if (closed === '2026-05') {
      const asked = await askForLights(demo, owner)
      topics = await openTopics(demo, asked)
      await summerMeeting(demo, seats, topics)
      const { residents } = demo.officers
      await actOn(demo, residents, { caseId: asked, act: 'reply', text: '四盏路灯都修好了，晚上请看看。' })
      await actOn(demo, owner, { caseId: asked, act: 'rate', stars: 5, text: '亮了，谢谢。' })
    }
    if (closed === '2026-08') await openAirMeeting(demo, seats, topics.lift)
    if (closed === '2026-09') await payForLights(demo, topics.lights)
    if (closed === '2026-10') await winterMeeting(demo, topics)
  }
}
