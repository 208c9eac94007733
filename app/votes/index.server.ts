/** The server door of votes: the course of a poll, casting, the desk, the count and its reads, each with its refusals. */
export { type AnnounceRefusal, announcePoll } from './announce-poll.server.ts'
export {
  type CastInput,
  type CastReceipt,
  type CastRefusal,
  castPapers,
  withdrawPaper,
} from './cast-papers.server.ts'
export { checkVotes, VOTE_INVARIANTS, type VoteFinding } from './check-votes.server.ts'
export {
  draftPoll,
  draftPollWithin,
  type PollDraft,
  type PollDraftRefusal,
  revisePoll,
} from './draft-poll.server.ts'
export {
  type EntryOutcome,
  type EntryRefusal,
  enterPaper,
  type PaperEntry,
  type PaperReference,
  type PaperRefusal,
  receivePaper,
} from './enter-papers.server.ts'
export {
  type AnswerRefusal,
  answerObjection,
  type ObjectionRefusal,
  type ObjectionView,
  objectTo,
  readObjections,
} from './object-to-poll.server.ts'
export type { OfficialFigures } from './official-result.ts'
export type { PollRefusal, VotingCommunity } from './poll-access.server.ts'
export { attachPollDocument, type PollDocumentRefusal, readPollDocument } from './poll-document.server.ts'
export { CLOSE_POLL, OPEN_POLL, TALLY_POLL } from './poll-jobs.server.ts'
export { type Desk, type DeskPaper, type DeskUnit, readDesk } from './read-desk.server.ts'
export { type MyPoll, type MyUnit, readMyPoll } from './read-my-poll.server.ts'
export {
  type MyBallot,
  type MyPollRefusal,
  type MyVoting,
  readMyVoting,
  type VotingUnit,
} from './read-my-voting.server.ts'
export {
  type PaperToRead,
  type PrintedPaper,
  readPapersToPrint,
  readPaperToRead,
} from './read-papers.server.ts'
export {
  type PollStepView,
  type PollSummary,
  type PollView,
  readPoll,
  readPolls,
  readPublicRoll,
  readTurnout,
  type Turnout,
} from './read-polls.server.ts'
export {
  type HouseholdNotice,
  markNoticesRead,
  type Receipt,
  readNotices,
  readReceipt,
} from './read-receipt.server.ts'
export {
  type CertificateSource,
  type PollResult,
  type QuestionResult,
  readBoard,
  readCertificateSource,
  readPollArchive,
  readResult,
} from './read-result.server.ts'
export { readVoterNames } from './read-voter-names.server.ts'
export {
  type DeliveryMethod,
  nameRepresentative,
  type RegisterRefusal,
  recordDelivery,
  registerProxy,
  registerTransfer,
  remindUnits,
} from './register-voices.server.ts'
export {
  closePollJob,
  type ExtendRefusal,
  extendPoll,
  type OpenRefusal,
  openPoll,
  openPollJob,
  type SealRefusal,
  sealPoll,
} from './run-poll.server.ts'
export {
  type FinalizeRefusal,
  finalizePoll,
  importOfficialResult,
  type OfficialResultRefusal,
  type PostingRefusal,
  recordPosting,
  SIGN_OFF_STEPS,
  type SignOffRefusal,
  type SignOffStep,
  signOffTally,
  tallyPoll,
  tallyPollJob,
} from './tally-poll.server.ts'
export type { VoteDocumentRefusal } from './vote-document.server.ts'
