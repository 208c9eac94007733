/** The pure door of the voice: the course of a challenge and of a request, what may be asked about, and what a text may hold. */
export {
  type CaseDocument,
  type CaseView,
  type ChallengeMark,
  type EventView,
  possibleActs,
  type SupervisionOrder,
} from './case-view.ts'
export { type Clocks, DEFAULT_CLOCKS, LONGEST_TURN_DAYS, termOf } from './clocks.ts'
export {
  ACTS,
  type Act,
  type CaseKind,
  type CaseState,
  CHALLENGE_STATES,
  type ChallengeState,
  dueStates,
  isOver,
  isOverdue,
  nextState,
  REQUEST_STATES,
  type RequestState,
  replay,
  requestStep,
  turnOf,
} from './course.ts'
export { caseDigest } from './leaf.ts'
export { daysTaken, type MonthFigures } from './month.ts'
export { PRIVATE_KINDS, type PrivateKind, plainText, type Redaction, redact } from './redaction.ts'
export { LONGEST_PLACE, LONGEST_TEXT, MOST_DOCUMENTS, RULES } from './rules.ts'
export {
  ASPECTS,
  type Aspect,
  type Count,
  LEAST_ANSWERS,
  LEAST_OWNERS,
  type Scores,
  type SurveyFigures,
} from './satisfaction.ts'
export {
  LONGEST_SENTENCE,
  SERVICE_ASPECTS,
  SERVICE_DAYS,
  type ServiceAspect,
  type ServiceFigures,
} from './service.ts'
export { similarity } from './similar.ts'
export {
  budgetLineKey,
  CATEGORIES,
  type Category,
  isCategory,
  officesOfSeat,
  parseSubject,
  type Seat,
  SUBJECT_KINDS,
  type Subject,
  type SubjectKind,
  seatOf,
  subjectPath,
} from './subject.ts'
