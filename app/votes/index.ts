/** The pure door of votes: matters, gates, policies, rolls, ballots, the tally, and the leaves of a poll. */
export type {
  Ballot,
  Exclusion,
  PlainChoice,
  Reason,
  Register,
} from './ballot.ts'
export { annulmentEnds, canFollow, deadlinesOf, earliestOpening, type PollState } from './course.ts'
export {
  type BallotLeaf,
  commitBallot,
  encodeVoteLeaf,
  isOpeningOf,
  parseVoteLeaf,
  type VoteLeaf,
} from './leaf.ts'
export { classOf, type Matter } from './matter.ts'
export { DEFAULT_POLICY, type Policy, parsePolicy, policyDigest } from './policy.ts'
export { parsePolls } from './poll-file.ts'
export { formatResults, resultOf } from './poll-result.ts'
export { tallyElection, tallyPlans } from './question.ts'
export { publicRoll, type Roll, rollDigest, type Unit } from './roll.ts'
export { type Poll, type Tally, tally, tallyDigest } from './tally.ts'
export { legalTextsOf } from './threshold.ts'
export { type VerdictGate, verdictOf } from './verdict.ts'
