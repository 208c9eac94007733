/** The pure door of votes: matters, gates, policies, rolls, the tally and its verdict, and the leaves of a poll. */
export { type LoggedPoll, type PollArchive, publicRollBytes, readLoggedPolls } from './archive-poll.ts'
export { checkPollArchive, POLL_FACTS, type PollFact, type PollFactName } from './archive-poll-facts.ts'
export type { Exclusion, Reason } from './ballot.ts'
export { type Board, type BoardQuestion, type OpenedBallot, parseBoard, type QuestionForm } from './board.ts'
export { type BoardInput, type CountedBallot, type CountedQuestion, makeBoard } from './board-count.ts'
export {
  BOARD_FACTS,
  type BoardEvidence,
  type BoardFact,
  type BoardFactName,
  checkBoard,
  possibleOutcomes,
} from './board-facts.ts'
export { annulmentEnds, deadlinesOf, type PollState } from './course.ts'
export { isOpeningOf, parseVoteLeaf, sealDigest, type VoteLeaf } from './leaf.ts'
export { classOf, type Matter } from './matter.ts'
export { DEFAULT_POLICY, type Policy, parsePolicy, policyBytes, policyDigest } from './policy.ts'
export { parsePolls } from './poll-file.ts'
export { formatResults, resultOf } from './poll-result.ts'
export { tallyElection, tallyPlans } from './question.ts'
export { publicRoll, type Roll, rollDigest } from './roll.ts'
export { type Poll, type Tally, tally, tallyDigest } from './tally.ts'
export { legalTextsOf } from './threshold.ts'
export { verdictOf } from './verdict.ts'
export {
  checkWeightRoll,
  isWeightOf,
  makeWeightRoll,
  parseWeightRoll,
  type UnitWeight,
  type WeightRoll,
} from './weights.ts'
