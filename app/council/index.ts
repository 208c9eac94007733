/** The pure door of the council: seats, topics, notices, attendance, minutes and their course, the diff, the calendar file. */
export {
  type ActionEventKind,
  type ActionItem,
  type ActionState,
  actionState,
  inActionOrder,
} from './action.ts'
export {
  type Attendance,
  type AttendanceProblem,
  buildAttendance,
  encodeAttendance,
  PRESENCES,
  type Presence,
  parseAttendance,
  type SeatAttendance,
  type SignInCounts,
  signedInTotal,
  takingPart,
} from './attendance.ts'
export { type CalendarEvent, calendarOf } from './calendar.ts'
export { cleanLine, cleanText, LONGEST_TEXT, type TextProblem } from './clean-text.ts'
export {
  BEGINNING,
  CORRECTION_DAYS,
  type CourseProblem,
  type CourseStanding,
  type CourseStep,
  replayCourse,
  type SignOffMethod,
  type Stance,
  takeCourseStep,
} from './course.ts'
export { type DiffLine, diffLines, isUnchanged } from './diff.ts'
export { withoutEmptyHeadings } from './headings.ts'
export {
  actionEventDigest,
  type CouncilLeaf,
  encodeCouncilLeaf,
  parseCouncilLeaf,
  topicDigest,
  topicEventDigest,
} from './leaf.ts'
export {
  buildMinutes,
  encodeMinutes,
  type Minutes,
  type MinutesItem,
  type MinutesLine,
  type MinutesProblem,
  type MinutesSeat,
  minutesLines,
  parseMinutes,
  requiredSeats,
} from './minutes.ts'
export {
  type AgendaItem,
  buildNotice,
  earliestCommitteeDay,
  encodeNotice,
  MOST_ITEMS,
  type Notice,
  type NoticeInput,
  type NoticeProblem,
  type Paper,
  parseNotice,
} from './notice.ts'
export { hasStructure, textOfHtml } from './pasted-html.ts'
export {
  COMMITTEE_NOTICE_DAYS,
  COMMITTEE_POSTING_DAYS,
  committeeDecides,
  isQuorate,
  MEETING_KINDS,
  type MeetingKind,
  QUORUM_RULES,
  type QuorumRule,
  quorumChoices,
  quorumOf,
} from './quorum.ts'
export {
  BODIES,
  type Body,
  isSeated,
  SEAT_KINDS,
  type Seat,
  type SeatKind,
  seatsOn,
  shapeOf,
} from './seat.ts'
export {
  buildSection,
  EMPTY_SECTION,
  encodeRawRecord,
  encodeSection,
  parseRawRecord,
  parseSection,
  type SeatText,
  type Section,
  type SectionAction,
  type SectionInput,
  type SectionProblem,
  type SectionQuestion,
} from './section.ts'
export { signOffPurpose } from './sign-off.ts'
export { type TextBlock, textBlocks } from './text-blocks.ts'
export {
  isReference,
  needsReference,
  OPINIONS,
  type Opinion,
  STAGES,
  type Stage,
  TOPIC_EVENT_KINDS,
  TOPIC_SOURCES,
  type TopicEventKind,
  type TopicMinutes,
  type TopicSource,
  type TopicStage,
  type TopicStanding,
  topicStages,
  topicStanding,
  whoDecides,
} from './topic.ts'
