/** The door of the council's views: what its public pages and its office pages show. */

export { AutosaveBar, Sides } from './autosave.tsx'
export {
  ActionForm,
  AttendanceForm,
  EndSeatForm,
  SeatForm,
  SheetForm,
  TopicEventForm,
  TopicForm,
  TopicLinkForms,
} from './desk-forms.tsx'
export {
  ActionTable,
  DecisionList,
  type ListedAction,
  type ListedDecision,
  type ListedMeeting,
  MeetingFacts,
  MeetingPill,
  MeetingTable,
  SeatTable,
  type ShownSeat,
  TopicTable,
} from './lists.tsx'
export {
  CirculatedText,
  CirculateForm,
  CopyForm,
  Corrections,
  type MinutesDeskView,
  SignOffs,
} from './minutes-desk.tsx'
export { ChangesText, MinutesText } from './minutes-text.tsx'
export {
  AGENDA_ROWS,
  type EnteredNotice,
  NoticeForm,
  TemplateLinks,
  type TopicChoice,
} from './notice-form.tsx'
export { EMPTY_ENTERED, type EnteredSection, type SeatChoice, SectionForm } from './section-form.tsx'
export { StageList, TopicOfCase, WhatItIsWorth, WhoDecides } from './words.tsx'
