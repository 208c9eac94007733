/**
 * The demo's rules for money: a second version that two sides agreed on, a third that waits, an emergency that was witnessed and
 * reviewed; one payment with a signal that was answered, and one with a signal that was not.
 */
import { assert, fen, type Period } from '#kernel'
import type { ControlChange } from '#ledger'
import {
  answerSignal,
  decideControlChange,
  notePaymentMarks,
  proposeControlChange,
  readControlChanges,
  readControls,
  readOpenSignals,
  reviewEmergency,
} from '#ledger/server'
import type { Actor } from '#people'
import { seededRandom } from '#platform/process'
import { type Demo, factorOf, must } from './demo-officers.ts'

/** Invoices that two months share, and a payee whose account is another one in the second. */
const MARKS: Readonly<
  Record<string, Readonly<Record<string, { invoice?: string; 'bank-account'?: string }>>>
> = {
  '2026-09': { cleaning: { invoice: '25-088410' }, power: { 'bank-account': '4402 8812 3400 1122' } },
  '2026-10': { cleaning: { invoice: '25-088410' }, power: { 'bank-account': '4402 8812 3400 5566' } },
}

/** Chance of its own: what the rules draw does not change the figures of the months. */
export function withOwnChance(demo: Demo): Demo {
  return {
    ...demo,
    portal: { ...demo.portal, random: seededRandom(`demo rules ${demo.portal.clock.now().getTime()}`) },
  }
}

/** Notes what identifies some payments of the last months. */
export async function noteInvoice(
  demo: Demo,
  month: Period,
  contract: string,
  draftId: string,
): Promise<void> {
  const marks = MARKS[month]?.[contract]
  if (marks === undefined) return
  const { portal, officers, community } = withOwnChance(demo)
  must(await notePaymentMarks(portal, officers.bookkeeper, community, draftId, marks), contract)
}

async function propose(
  demo: Demo,
  actor: Actor,
  change: ControlChange,
): Promise<{ changeId: string; seenDigest: string }> {
  const { portal, community } = demo
  const changeId = must(await proposeControlChange(portal, actor, community, change), change.reason)
  const changes = await readControlChanges(portal, actor, community)
  const waiting = changes?.find(each => each.changeId === changeId)
  assert(waiting !== undefined, 'what was proposed waits')
  portal.clock.advance(600_000)
  return { changeId, seenDigest: waiting.contentDigest }
}

/** The second version of the rules, an emergency, and a proposal that waits for the other side. */
export async function adoptControls(seed: Demo): Promise<void> {
  const demo = withOwnChance(seed)
  const { portal, officers, community } = demo
  const { controls: before } = await readControls(portal.db, community)
  const controls = {
    ...before,
    chairFromFen: fen(5_000_000n),
    tellFromFen: fen(1_000_000n),
    showsSignals: true,
    statementDays: 10,
    yearDays: 60,
    procedure: '2026 年业主大会议事规则',
    volunteerPoints: true,
  }
  const reason = '业主大会要求大额付款由主任加签，付款提示要有答复，并开通志愿积分'
  const second = await propose(demo, officers.treasurer, { kind: 'controls', reason, before, controls })
  must(
    await decideControlChange(portal, officers.manager, community, { ...second, decision: 'confirmed' }),
    reason,
  )
  const ceiling = { fiscalYear: 2026, fund: 'trust', account: '5110', amountFen: fen(2_000_000n) }
  const emergency = await propose(demo, officers.manager, {
    kind: 'emergency',
    reason: '3 栋顶层屋面连日漏雨，两户天花板掉皮，先搭防雨布再修补',
    ceiling,
    emergency: 'roof-leak',
  })
  const factor = factorOf(demo, 'overseer')
  const witnessed = { ...emergency, decision: 'confirmed', factor } as const
  must(await decideControlChange(portal, officers.overseer, community, witnessed), 'witness')
  portal.clock.advance(3_600_000)
  const review = {
    changeId: emergency.changeId,
    outcome: 'justified',
    note: '现场看过，漏点和照片一致，属实',
  } as const
  must(await reviewEmergency(portal, officers.chair, community, review), 'review')
  await propose(demo, officers.chair, {
    kind: 'controls',
    reason: '下一年度起无预算不支出',
    before: controls,
    controls: { ...controls, needsBudgetLine: true },
  })
}

/** The bookkeeper answers one signal; the other stays as it is. */
export async function answerOneSignal(seed: Demo): Promise<void> {
  const { portal, officers, community } = withOwnChance(seed)
  const open = await readOpenSignals(portal, community)
  const shared = open.find(signal => signal.kind === 'same-invoice')
  assert(shared !== undefined && open.length > 1, 'the demo has a signal to answer and one that is not')
  const answer = '九、十两个月合开一张发票，分两次付清，见合同第四条'
  const { draftId, kind } = shared
  must(await answerSignal(portal, officers.bookkeeper, community, { draftId, kind, answer }), kind)
}
