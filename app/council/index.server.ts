/** The server door of the council: seats, topics, meetings, minutes, action items; each use case with its refusals. */
export { COUNCIL_INVARIANTS, type CouncilFinding, checkCouncil } from './check-council.server.ts'
export {
  answerCorrection,
  type CirculateRefusal,
  type CorrectionRefusal,
  circulateMinutes,
  requestCorrection,
} from './circulate-minutes.server.ts'
export type { CouncilCommunity, CouncilRefusal } from './council-access.server.ts'
export {
  type ActionRefusal,
  countOverdue,
  type OwedAction,
  readActionProof,
  readDoneActions,
  readOpenActions,
  readOverdueActions,
  reportAction,
} from './finish-action.server.ts'
export {
  type CouncilDocumentRefusal,
  keepCouncilDocument,
} from './keep-document.server.ts'
export { endSeat, enterSeat, type SeatInput, type SeatRefusal } from './keep-seats.server.ts'
export {
  followTopic,
  openTopic,
  openTopicWithin,
  type TopicEventInput,
  type TopicInput,
  type TopicRefusal,
} from './keep-topics.server.ts'
export { type NoticeRefusal, postNotice } from './post-notice.server.ts'
export {
  countDecisions,
  type Decision,
  type DecisionFilter,
  type Listed,
  type MeetingSummary,
  readComingMeetings,
  readDecisions,
  readOverduePostings,
  readPastMeetings,
  readSeatsToday,
  readTopic,
  readTopicFrom,
  readTopics,
  readTopicsNamed,
  type TopicEventView,
  type TopicOpinion,
  type TopicSummary,
  type TopicView,
} from './read-council.server.ts'
export {
  type CirculatedVersion,
  type CorrectionView,
  type MeetingDesk,
  type MeetingView,
  type MinutesSignOff,
  type PublishedMinutes,
  readMeeting,
  readMeetingDesk,
  readMeetingPaper,
  readPublishedMinutes,
} from './read-meeting.server.ts'
export {
  type AttendanceRefusal,
  enterSignInSheet,
  forgetSignIns,
  isSignedIn,
  isSignInOpen,
  recordAttendance,
  type SignInRefusal,
  signInToMeeting,
} from './record-attendance.server.ts'
export {
  type RawRecordRefusal,
  type SavedSection,
  type SectionRefusal,
  saveRawRecord,
  saveSection,
} from './save-section.server.ts'
export {
  type MinutesSignOffRefusal,
  type PublishRefusal,
  publishMinutes,
  signOffMinutes,
} from './sign-off-minutes.server.ts'
export { remindOfMeetings, tellOverdueActions, tendCouncil } from './tend-council.server.ts'
