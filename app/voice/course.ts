/**
 * The course of a challenge (质询) and of a request (居民列单): which act leads from which state to which, and whose turn it is.
 * The tables are all there is; who may take a turn and by when is said beside them. Pure.
 */
import type { CivilDate } from '#kernel'

export type CaseKind = 'challenge' | 'request'

export type ChallengeState =
  | 'asked'
  | 'answered'
  | 'proved'
  | 'not-proved'
  | 'ordered'
  | 'reported'
  | 'referred'
  | 'settled'
  | 'lapsed'
  | 'withdrawn'
export type RequestState = 'listed' | 'taken' | 'replied' | 'rated' | 'merged' | 'withdrawn'
export type CaseState = ChallengeState | RequestState

export const CHALLENGE_STATES: readonly ChallengeState[] = [
  'asked',
  'answered',
  'proved',
  'not-proved',
  'ordered',
  'reported',
  'referred',
  'settled',
  'lapsed',
  'withdrawn',
]
export const REQUEST_STATES: readonly RequestState[] = [
  'listed',
  'taken',
  'replied',
  'rated',
  'merged',
  'withdrawn',
]

/**
 * ask 提出; answer 答复并举证; prove 提问人认可; doubt 提问人不认可; order 督办; report 答复督办; refer 提交议事; settle 办结; lapse 逾期未评价而结束;
 * list 列单; take 接单; reply 回单; rate 评价; reopen 没有解决, 重办; merge 并入; withdraw 撤回. Beside the course: support 我也有同样问题,
 * hide 隐去文字 and show 恢复文字.
 */
export const ACTS = [
  'ask',
  'answer',
  'prove',
  'doubt',
  'order',
  'report',
  'refer',
  'settle',
  'lapse',
  'list',
  'take',
  'reply',
  'rate',
  'reopen',
  'merge',
  'withdraw',
  'support',
  'hide',
  'show',
] as const
export type Act = (typeof ACTS)[number]

type Course = { readonly [From in CaseState | 'none']?: { readonly [Name in Act]?: CaseState } }

const CHALLENGE: Course = {
  none: { ask: 'asked' },
  asked: { answer: 'answered', order: 'ordered', withdraw: 'withdrawn' },
  answered: { prove: 'proved', doubt: 'not-proved', lapse: 'lapsed', withdraw: 'withdrawn' },
  'not-proved': { order: 'ordered', refer: 'referred' },
  ordered: { report: 'reported' },
  reported: { settle: 'settled', order: 'ordered', refer: 'referred' },
  referred: { settle: 'settled' },
}

const REQUEST: Course = {
  none: { list: 'listed' },
  listed: { take: 'taken', merge: 'merged', withdraw: 'withdrawn' },
  taken: { reply: 'replied', merge: 'merged', withdraw: 'withdrawn' },
  replied: { rate: 'rated', reopen: 'taken' },
}

const COURSES: Readonly<Record<CaseKind, Course>> = { challenge: CHALLENGE, request: REQUEST }

/** Acts that say something about a case and move it nowhere. */
const BESIDE: readonly Act[] = ['support', 'hide', 'show']

/** Where an act leads; null when it cannot be done there. `null` as state is a case that does not exist yet. */
export function nextState(kind: CaseKind, state: CaseState | null, act: Act): CaseState | null {
  if (BESIDE.includes(act)) return state
  return COURSES[kind][state ?? 'none']?.[act] ?? null
}

/** The state after all acts in their order; null when one of them could not have been done. */
export function replay(kind: CaseKind, acts: readonly Act[]): CaseState | null {
  let state: CaseState | null = null
  for (const act of acts) {
    state = nextState(kind, state, act)
    if (state === null) return null
  }
  return state
}

/** Whose turn a state is: the asker, the answering seat, or those who watch (branch and residents' committee); null when it is over. */
export function turnOf(state: CaseState): 'asker' | 'seat' | 'watch' | null {
  switch (state) {
    case 'asked':
    case 'ordered':
    case 'listed':
    case 'taken':
      return 'seat'
    case 'answered':
    case 'replied':
      return 'asker'
    case 'not-proved':
    case 'reported':
    case 'referred':
      return 'watch'
    default:
      return null
  }
}

/** True once nothing more is to be done. */
export function isOver(state: CaseState): boolean {
  return turnOf(state) === null
}

/** States in which the answering seat has a day by which to act. */
const DUE_STATES: readonly CaseState[] = ['asked', 'ordered', 'listed', 'taken']

/** True when the seat should have acted before today: the due day itself is still in time. */
export function isOverdue(state: CaseState, dueOn: CivilDate | null, today: CivilDate): boolean {
  return DUE_STATES.includes(state) && dueOn !== null && today > dueOn
}

/** The states in which something can be overdue, for whoever looks for them. */
export function dueStates(): readonly CaseState[] {
  return DUE_STATES
}

/** The word that residents know for where their request stands: 列单, 接单, 回单; null for one that was merged or withdrawn. */
export function requestStep(state: RequestState): 'listed' | 'taken' | 'replied' | null {
  if (state === 'rated') return 'replied'
  return state === 'merged' || state === 'withdrawn' ? null : state
}
