/**
 * The residents' voice of the demo, through the doors that owners and officers use: requests in every state, a challenge that
 * was answered and proved, one that is overdue, and one that became a supervision order.
 */
import { assert, type CivilDate, civilDate, instantOf } from '#kernel'
import { formatVoucherKey } from '#ledger'
import { readVoucherPage } from '#ledger/server'
import type { Actor } from '#people'
import { renderNotice } from '#statements/server'
import {
  type ActRequest,
  actOnCase,
  addSpot,
  answerSurvey,
  askChallenge,
  attachCaseDocument,
  closeSurvey,
  listRequest,
  openSurvey,
  readSurveyHomes,
} from '#voice/server'
import { type Demo, must } from './demo-officers.ts'

type Act = Omit<ActRequest, 'caseId'>

/** At ten in the morning of a day, or later if the demo is. */
function moveTo({ portal }: Demo, day: CivilDate): void {
  const morning = instantOf(day, 10 * 3600)
  if (portal.clock.now() < morning) portal.clock.moveTo(morning)
  else portal.clock.advance(60_000)
}

async function act(demo: Demo, actor: Actor, day: string, caseId: string, request: Act): Promise<void> {
  moveTo(demo, civilDate(day))
  must(await actOnCase(demo.portal, actor, demo.community, { caseId, ...request }), request.act)
}

/** The numbers of the last payments, newest first. */
async function lastPayments({ portal, community }: Demo): Promise<readonly string[]> {
  const { vouchers } = await readVoucherPage(portal, community, { direction: 'out' }, null, 3)
  assert(vouchers.length === 3, 'the demo has payments to ask about')
  return vouchers.map(voucher => formatVoucherKey(voucher.key))
}

async function ask(demo: Demo, owner: Actor, key: string, text: string): Promise<string> {
  demo.portal.clock.advance(60_000)
  const subject = { kind: 'voucher', key } as const
  return must(await askChallenge(demo.portal, owner, demo.community, { subject, text }), text).caseId
}

/** A page that shows what was done, as evidence. */
async function evidence(demo: Demo, title: string, lines: readonly string[]): Promise<string> {
  const bytes = await renderNotice({
    title,
    lines: lines.map((value, index) => ({ label: `${index + 1}`, value })),
    remark: '演示用证明材料：单位与内容均为虚构。',
    lang: 'zh-CN',
    createdAt: demo.portal.clock.now(),
  })
  const { portal, community, officers } = demo
  return must(await attachCaseDocument(portal, officers.manager, community, { bytes }), title).sha256
}

async function list(demo: Demo, actor: Actor, wish: Partial<Parameters<typeof listRequest>[3]>) {
  demo.portal.clock.advance(60_000)
  const request = {
    category: 'repair',
    text: '',
    place: '',
    spotId: null,
    isPrivate: false,
    isOnBehalf: false,
    documents: [],
    ...wish,
  }
  return must(await listRequest(demo.portal, actor, demo.community, request), request.text).caseId
}

/** Spots with a code on their wall; gives the one from which a request comes. */
async function addSpots({ portal, community, officers }: Demo): Promise<string> {
  const add = async (name: string, grid: string) =>
    must(await addSpot(portal, officers.residents, community, { name, grid }), name).spotId
  await add('东门岗亭', '第一网格')
  return add('3栋1单元电梯口', '第二网格')
}

/** Three challenges: one proved, one that nobody answers, one that is doubted and ordered. Gives what happens to them. */
async function demoChallenges(demo: Demo, owners: readonly Actor[]): Promise<() => Promise<void>> {
  const { manager, overseer } = demo.officers
  const [owner, couple, , several] = owners as readonly [Actor, Actor, Actor, Actor]
  const [first, second, third] = await lastPayments(demo)
  const proved = await ask(demo, owner, first!, '这笔钱付的是哪几个月的？合同约定的单价是多少？')
  await ask(demo, several, second!, '这一项比去年同月多了不少，是加了什么项目，谁定的？')
  const doubted = await ask(demo, couple, third!, '这家单位这个月来了几次？有没有签到和工作记录？')
  return async () => {
    const paper = await evidence(demo, '付款期间与单价说明', [
      '付款期间：2026年9月1日至9月30日',
      '单价按合同第四条，每月固定金额',
      '发票与合同的遮盖件在凭证页面上',
    ])
    await act(demo, manager, '2026-10-27', proved, {
      act: 'answer',
      text: '付的是 2026 年 9 月一个月的费用，单价按合同第四条，每月固定。说明见材料，发票和合同在这张凭证的页面上。',
      documents: [paper],
    })
    await act(demo, manager, '2026-10-27', doubted, { act: 'answer', text: '单位按合同上门，一切正常。' })
    await act(demo, couple, '2026-10-28', doubted, {
      act: 'doubt',
      text: '没有说来了几次，也没有签到和工作记录。',
    })
    await act(demo, owner, '2026-10-28', proved, { act: 'prove', text: '看了合同，对得上。' })
    await act(demo, overseer, '2026-10-28', doubted, {
      act: 'order',
      text: '请物业公司公开本月每一次上门的日期、人员和记录。',
      dueOn: '2026-11-12',
    })
  }
}

/** Requests in every state. Gives what happens to them. */
async function demoRequests(
  demo: Demo,
  owners: readonly Actor[],
  spotId: string,
): Promise<() => Promise<void>> {
  const { manager, residents } = demo.officers
  const [owner, , wife, several] = owners as readonly [Actor, Actor, Actor, Actor]
  const lamp = await list(demo, owner, { text: '3栋1单元电梯口的灯一闪一闪的，晚上看不清按钮。', spotId })
  const drain = await list(demo, wife, {
    category: 'cleaning',
    text: '2栋后面的雨水口堵了，一下雨就积水。',
    place: '2栋后面',
  })
  return async () => {
    await act(demo, residents, '2026-10-29', lamp, { act: 'take', text: '工程部今天去看。' })
    await act(demo, manager, '2026-10-29', drain, { act: 'take', text: '安排疏通。' })
    await act(demo, manager, '2026-10-29', lamp, { act: 'reply', text: '换了镇流器和灯管，当晚已经正常。' })
    await act(demo, owner, '2026-10-29', lamp, { act: 'rate', stars: 5, text: '修得快，谢谢。' })
    moveTo(demo, civilDate('2026-11-02'))
    const parking = await list(demo, several, {
      category: 'parking',
      text: '消防通道上晚上总停着车，救护车进不来。',
      place: '东门到5栋的路上',
    })
    await act(demo, owner, '2026-11-02', parking, { act: 'support' })
    const rail = await list(demo, residents, {
      category: 'safety',
      text: '1栋有位老人说楼道扶手松了，走楼梯不放心。',
      place: '1栋2单元2楼',
      isOnBehalf: true,
    })
    await act(demo, manager, '2026-11-02', rail, { act: 'take', text: '今天下午去紧固。' })
    await act(demo, manager, '2026-11-02', rail, {
      act: 'reply',
      text: '全楼扶手查了一遍，松的三处都紧固了。',
    })
    await list(demo, wife, {
      category: 'neighbours',
      text: '楼上夜里拖桌椅，想请居委会帮忙说一说。',
      isPrivate: true,
    })
  }
}

/** What happened between the 26th of October and the second of November, after the books of September were closed. */
export async function demoVoice(demo: Demo, owners: readonly Actor[]): Promise<void> {
  const { portal, community, officers } = demo
  moveTo(demo, civilDate('2026-10-26'))
  const spotId = await addSpots(demo)
  const { surveyId } = must(await openSurvey(portal, officers.residents, community, '2026-10-28'), 'survey')
  await answerAll(demo, owners, surveyId)
  const judge = await demoChallenges(demo, owners)
  const handle = await demoRequests(demo, owners, spotId)
  await judge()
  moveTo(demo, civilDate('2026-10-29'))
  must(await closeSurvey(portal, officers.residents, community, surveyId), 'result')
  await handle()
}

/** Every home of the owners with accounts, once each; seven of them, so most buildings are withheld. */
async function answerAll(demo: Demo, owners: readonly Actor[], surveyId: string): Promise<void> {
  const { portal, community } = demo
  let index = 0
  for (const owner of owners) {
    for (const unit of await readSurveyHomes(portal, owner, community, surveyId)) {
      portal.clock.advance(60_000)
      const scores = {
        overall: 5 - (index % 3),
        cleaning: 4,
        safety: 3,
        repair: 5 - (index % 4),
        greenery: 4,
        money: 5,
      }
      must(await answerSurvey(portal, owner, community, { surveyId, unit, scores }), unit)
      index += 1
    }
  }
}
