/** The pure door of votes: matters, gates, policies, rolls, the tally and its verdict, and the leaves of a poll. */
export {
  type AnswerProblem,
  choicesOf,
  encodeAnswers,
  LONGEST_ANSWERS,
  marksOf,
  parseAnswers,
} from './answers.ts'
export { type LoggedPoll, type PollArchive, publicRollBytes, readLoggedPolls } from './archive-poll.ts'
export { checkPollArchive, POLL_FACTS, type PollFact, type PollFactName } from './archive-poll-facts.ts'
export { type Channel, type Exclusion, type Fate, type PlainChoice, REASONS, type Reason } from './ballot.ts'
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
export { annulmentEnds, deadlinesOf, earliestOpening, POLL_STATES, type PollState } from './course.ts'
export { isOpeningOf, parseVoteLeaf, sealDigest, type VoteLeaf } from './leaf.ts'
export {
  CLAUSES,
  type Clause,
  classOf,
  isClause,
  type Matter,
  type MatterClass,
  notesOf,
  type Scope,
} from './matter.ts'
export {
  type Course,
  checkMotion,
  DEFAULT_COURSE,
  type Motion,
  type MotionInput,
  type MotionProblem,
  type OfficialVoting,
  parseMotion,
  type Question,
} from './motion.ts'
export {
  DEFAULT_POLICY,
  POLICY_WORDS,
  type Policy,
  type PolicyProblem,
  parsePolicy,
  policyBytes,
  policyDigest,
} from './policy.ts'
export { parsePolls } from './poll-file.ts'
export { formatResults, resultOf } from './poll-result.ts'
export { fillSeats, NONE_OF_THEM, type Seats, tallyElection, tallyPlans } from './question.ts'
export {
  type AreaSource,
  type HeadShares,
  headKeyOf,
  headShares,
  isDeveloperStock,
  measureUnits,
  type PublicRollRow,
  publicRoll,
  type Roll,
  rollDigest,
  type Unit,
  type UnitKind,
  unitsInBase,
  votersOf,
} from './roll.ts'
export { type ClauseResult, type Figures, type Poll, type Tally, tally, tallyDigest } from './tally.ts'
export { judge, legalTextsOf, type Measure, type Outcome } from './threshold.ts'
export {
  approvalOnBothBases,
  gatesOf,
  turnoutGates,
  type Verdict,
  type VerdictGate,
  verdictOf,
} from './verdict.ts'
export {
  checkWeightRoll,
  isWeightOf,
  makeWeightRoll,
  parseWeightRoll,
  type UnitWeight,
  type WeightRoll,
} from './weights.ts'
