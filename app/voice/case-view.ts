/** A case as people see it: what was asked, every act on it, whose turn it is; and which acts somebody could take now. Pure. */
import type { CivilDate } from '#kernel'
import { type Actor, can, officesFor, type Role } from '#people'
import { ACTS, type Act, type CaseKind, type CaseState, isOverdue, nextState } from './course.ts'
import { officeOf, RULES } from './rules.ts'
import { type Category, officesOfSeat, type Seat, type Subject } from './subject.ts'

/** A photograph or paper of an act. */
export interface CaseDocument {
  readonly sha256: string
  readonly mediaType: string
}

/** One act as everybody sees it. */
export interface EventView {
  readonly eventNo: number
  readonly act: Act
  readonly at: Date
  /** `owner` for askers, whose names are never given. */
  readonly office: Role
  /** Of an office holder. */
  readonly name: string | null
  /** Null for an act without one, and for one that is hidden or was erased. */
  readonly text: string | null
  readonly isHidden: boolean
  /** The digest that the log holds of the text: it stays when the text goes. */
  readonly textDigest: string | null
  readonly documents: readonly CaseDocument[]
  readonly dueOn: CivilDate | null
  readonly stars: number | null
  readonly leafIndex: number
}

/** A case with all its acts. */
export interface CaseView {
  readonly caseId: string
  readonly kind: CaseKind
  readonly state: CaseState
  readonly isPrivate: boolean
  readonly category: Category | null
  readonly subject: Subject | null
  readonly seat: Seat
  readonly isOnBehalf: boolean
  readonly openedAt: Date
  /** What was asked; null when it is hidden or erased. */
  readonly text: string | null
  readonly place: string | null
  readonly spot: string | null
  readonly documents: readonly CaseDocument[]
  /** Why the first text is hidden. */
  readonly hiddenBecause: string | null
  /** The day by which whoever has the turn should act. */
  readonly dueOn: CivilDate | null
  readonly isOverdue: boolean
  /** False when that day was reckoned in a year whose holidays are not known. */
  readonly isCalendarKnown: boolean
  readonly supports: number
  readonly stars: number | null
  readonly events: readonly EventView[]
}

/** A challenge that is not over, as a mark on the row of what it is about. */
export interface ChallengeMark {
  readonly caseId: string
  readonly subject: Subject
  readonly state: CaseState
  readonly dueOn: CivilDate | null
  readonly isOverdue: boolean
}

/** A supervision order (督办) with its answer. Public. */
export interface SupervisionOrder {
  readonly caseId: string
  readonly subject: Subject
  readonly seat: Seat
  readonly orderedAt: Date
  readonly orderedBy: { readonly office: Role; readonly name: string | null }
  readonly text: string | null
  readonly dueOn: CivilDate | null
  readonly isOverdue: boolean
  /** Null until the seat has answered it. */
  readonly answeredAt: Date | null
  readonly answer: string | null
  readonly isSettled: boolean
}

/**
 * The acts on a case that the actor could take now, in the order of `ACTS`; what stands in the way of one only its use case
 * knows. `today` decides whether something may be urged.
 */
export function possibleActs(
  view: Pick<CaseView, 'kind' | 'state' | 'seat' | 'dueOn' | 'isOnBehalf' | 'isPrivate'>,
  reader: { readonly actor: Actor; readonly communityId: number; readonly isOwn: boolean },
  today: CivilDate,
): readonly Exclude<Act, 'ask' | 'list'>[] {
  const { actor, communityId, isOwn } = reader
  const held = actor.roles.filter(each => each.communityId === communityId).map(each => each.role)
  return ACTS.filter((act): act is Exclude<Act, 'ask' | 'list'> => {
    if (act === 'ask' || act === 'list' || nextState(view.kind, view.state, act) === null) return false
    const rule = RULES[act]
    if (rule.by === 'asker') {
      const needs = view.isOnBehalf ? 'request:handle' : rule.needs
      return isOwn && can(actor, needs, communityId)
    }
    if (!can(actor, rule.needs, communityId) || (isOwn && !view.isOnBehalf)) return false
    if (act === 'support') return view.state === 'listed' || view.state === 'taken'
    if (act === 'order' && view.state === 'asked') return isOverdue(view.state, view.dueOn, today)
    if (act === 'lapse') return view.dueOn !== null && today > view.dueOn
    return officeOf(held, rule.by === 'seat' ? officesOfSeat(view.seat) : officesFor(rule.needs)) !== null
  })
}
