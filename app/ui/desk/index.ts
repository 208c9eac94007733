/** The door of the officers' views of votes: what the routes below /c/:slug/office/polls show. */
export { type AgentKind, Agents, type AgentsView, type EnteredAgent, NO_AGENT } from './agents.tsx'
export { AnnounceForm, type FrozenFigures } from './announce-form.tsx'
export { CERTIFICATE_REFRESH_SECONDS, type CertificateView } from './certificate.tsx'
export { Count, type CountedView, type CountView, SealForm, SIGNERS, type Signer } from './count.tsx'
export { COURSE_STEPS, type CourseStep, type NextAct, type PollRow } from './course-words.ts'
export { DoneNotice } from './done-notice.tsx'
export {
  type EnteredExtension,
  type EnteredFigures,
  ExtensionForm,
  OFFICIAL_FIGURES,
  OFFICIAL_OUTCOMES,
  OfficialResultForm,
} from './extension.tsx'
export type { EnteredMinutes, MinutesField } from './minutes-fields.tsx'
export { type EnteredMoney, NO_MONEY, type PayerChoices } from './money-fields.tsx'
export { type EnteredMotion, MotionForm, type MotionFormProps } from './motion-form.tsx'
export { type EnteredAnswer, Objections, type ObjectionView } from './objections.tsx'
export { type EnteredReading, NO_READING, type ReadableQuestion } from './paper-fields.tsx'
export {
  PaperQueue,
  type PaperQueueView,
  PaperSheet,
  type PaperSheetView,
  type WaitingPaper,
} from './paper-queue.tsx'
export { type EnteredPolicy, enteredSwitches } from './policy-fields.tsx'
export { type CourseStepView, PollCourse, type PollCourseView } from './poll-course.tsx'
export { PollList } from './poll-list.tsx'
export { PollPage } from './poll-page.tsx'
export { PrintForm } from './print-form.tsx'
export { type EnteredQuestion, NO_QUESTION } from './question-fields.tsx'
export type { EnteredScope, ScopeBuilding, ScopePart } from './scope-fields.tsx'
export type { TextChoice } from './text-choice.ts'
export { RemindForm, SilentUnits } from './turnout.tsx'
export { DELIVERY_METHODS, UnitDesk, type UnitDeskView } from './unit-desk.tsx'
export { type DeskPlace, type DeskState, type DeskUnit, UnitGrid } from './unit-grid.tsx'
