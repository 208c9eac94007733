/** Who may take which act on a proposal, and what an act must bring with it. One table: the use case asks it, pages show what it allows. Pure. */
import type { Action } from '#people'
import type { ProposalAct } from './course.ts'

/** What an act may carry: `must` has to, `may` can, absent cannot. */
type Need = 'must' | 'may'

export interface ProposalRule {
  /** Who proposed it, an owner for a home of theirs, or an officer: never one's own proposal. */
  readonly by: 'proposer' | 'home' | 'officer'
  readonly needs: Action
  readonly text?: Need
  readonly documents?: Need
  /** Money: a sum that was secured, or what it has cost. */
  readonly amount?: Need
  readonly source?: Need
}

/** Acts that the one form of acts takes; a motion is made by its own form, because it makes a poll as well. */
export type FormedAct = Exclude<ProposalAct, 'propose' | 'motion'>

export const PROPOSAL_RULES: Readonly<Record<FormedAct | 'motion', ProposalRule>> = {
  shortlist: { by: 'officer', needs: 'project:arrange', text: 'must' },
  decline: { by: 'officer', needs: 'project:arrange', text: 'must' },
  motion: { by: 'officer', needs: 'poll:draft' },
  fund: {
    by: 'officer',
    needs: 'project:arrange',
    text: 'must',
    documents: 'may',
    amount: 'must',
    source: 'must',
  },
  report: { by: 'officer', needs: 'project:arrange', text: 'must', documents: 'may', amount: 'must' },
  accept: { by: 'officer', needs: 'project:arrange', text: 'must' },
  refuse: { by: 'officer', needs: 'project:arrange', text: 'must' },
  withdraw: { by: 'proposer', needs: 'project:propose', text: 'may' },
  support: { by: 'home', needs: 'project:propose' },
  unsupport: { by: 'home', needs: 'project:propose' },
  hide: { by: 'officer', needs: 'voice:hide', text: 'must' },
  show: { by: 'officer', needs: 'voice:hide', text: 'must' },
}

export const LONGEST_PROPOSAL_TITLE = 40
export const LONGEST_PROPOSAL_TEXT = 1000
export const LONGEST_PROPOSAL_PLACE = 80
/** Proposals that one person may make within a day: nobody floods the list. */
export const MOST_PROPOSALS_A_DAY = 5
/** A round is open for at most so many days. */
export const LONGEST_ROUND_DAYS = 120
