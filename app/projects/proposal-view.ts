/** A proposal as people see it: what is wanted, where it stands, who pays, what came of it; and which acts somebody could take now. Pure. */
import type { CivilDate, Fen } from '#kernel'
import { type Actor, can, type Role } from '#people'
import {
  nextProposalState,
  PROPOSAL_ACTS,
  type ProposalAct,
  type ProposalState,
  takesSupport,
} from './course.ts'
import type { Funding, FundingSource } from './funding.ts'
import { type FormedAct, PROPOSAL_RULES } from './rules.ts'

/** A round of the contest. Open on its first and its last day. */
export interface RoundView {
  readonly roundId: string
  readonly title: string
  readonly opensOn: CivilDate
  readonly closesOn: CivilDate
  readonly isOpen: boolean
}

export interface ProposalDocument {
  readonly sha256: string
  readonly mediaType: string
}

/** One act as everybody sees it. Supports are counted, never listed. */
export interface ProposalEventView {
  readonly eventNo: number
  readonly act: ProposalAct
  readonly at: Date
  /** `owner` for whoever proposed, whose name is never given. */
  readonly office: Role
  /** Of an office holder. */
  readonly name: string | null
  readonly text: string | null
  readonly documents: readonly ProposalDocument[]
  readonly amountFen: Fen | null
  readonly source: FundingSource | null
  readonly pollId: string | null
  readonly leafIndex: number
}

export interface ProposalView {
  readonly proposalId: string
  readonly number: number
  readonly roundId: string | null
  readonly state: ProposalState
  readonly proposedAt: Date
  /** Null when hidden or erased, as are text, place and documents. */
  readonly title: string | null
  readonly text: string | null
  readonly place: string | null
  readonly documents: readonly ProposalDocument[]
  readonly isHidden: boolean
  readonly hiddenBecause: string | null
  /** The digest that the log holds of what was written: it stays when the text goes. */
  readonly textDigest: string | null
  readonly wantedFen: Fen
  /** Homes, not people. */
  readonly supports: number
  readonly funding: readonly Funding[]
  /** Of the newest report; null before there is one. */
  readonly costFen: Fen | null
  /** The newest motion that was made of it; its page exists once it is announced. */
  readonly pollId: string | null
  readonly events: readonly ProposalEventView[]
}

/**
 * The acts of the form that the actor could take now, in the order of `PROPOSAL_ACTS`; what stands in the way of one only its
 * use case knows.
 */
export function possibleProposalActs(
  view: Pick<ProposalView, 'state' | 'isHidden'>,
  reader: { readonly actor: Actor; readonly communityId: number; readonly isOwn: boolean },
): readonly FormedAct[] {
  const { actor, communityId, isOwn } = reader
  return PROPOSAL_ACTS.filter((act): act is FormedAct => {
    if (act === 'propose' || act === 'motion' || nextProposalState(view.state, act) === null) return false
    if (act === 'hide' || act === 'show') {
      if (view.isHidden !== (act === 'show')) return false
    }
    const { by, needs } = PROPOSAL_RULES[act]
    if (!can(actor, needs, communityId)) return false
    if (by === 'proposer') return isOwn
    return by === 'home' ? takesSupport(view.state) : !isOwn
  })
}

/** True when the actor may make a motion of it now. */
export function mayMakeMotion(
  view: Pick<ProposalView, 'state'>,
  reader: { readonly actor: Actor; readonly communityId: number; readonly isOwn: boolean },
): boolean {
  const isNext = nextProposalState(view.state, 'motion') !== null
  return isNext && !reader.isOwn && can(reader.actor, 'poll:draft', reader.communityId)
}

/** What a list is narrowed to: who still decides, what is under way, what is finished, what came to nothing. */
export const PROPOSAL_GROUPS = {
  open: ['proposed', 'shortlisted'],
  'under-way': ['in-motion', 'funded', 'done'],
  accepted: ['accepted'],
  ended: ['declined', 'withdrawn'],
} as const satisfies Readonly<Record<string, readonly ProposalState[]>>
export type ProposalGroup = keyof typeof PROPOSAL_GROUPS

/** True when the text names a group. */
export function isProposalGroup(text: string): text is ProposalGroup {
  return Object.hasOwn(PROPOSAL_GROUPS, text)
}
