/** Tables of the council: seats, topics, meetings, minutes and action items. Types only. */
import type {
  ActionEventKind,
  Body,
  MeetingKind,
  Opinion,
  SeatKind,
  SignOffMethod,
  Stance,
  TopicEventKind,
  TopicSource,
} from '#council'
import type { Written, WrittenByDefault } from './columns.ts'

interface CouncilSeatTable {
  community_id: Written<number>
  seat_id: Written<string>
  body: Written<Body>
  kind: Written<SeatKind>
  organisation: Written<string>
  office: Written<string>
  holder_name: Written<string>
  deputy_name: Written<string | null>
  user_id: Written<string | null>
  is_voting: Written<boolean>
  term_from: Written<string>
  term_until: Written<string | null>
  entered_by: Written<string>
  entered_at: Written<Date>
}

interface CouncilSeatContactTable {
  community_id: Written<number>
  seat_id: Written<string>
  sealed: Written<Uint8Array>
}

interface CouncilSeatEndTable {
  community_id: Written<number>
  seat_id: Written<string>
  ended_on: Written<string>
  reason: Written<string>
  ended_by: Written<string>
  ended_at: Written<Date>
}

interface CouncilTopicTable {
  community_id: Written<number>
  topic_id: Written<string>
  number: Written<number>
  title: Written<string>
  summary: Written<string>
  source: Written<TopicSource>
  source_reference: Written<string | null>
  opened_by: Written<string>
  opened_at: Written<Date>
  /** Null on rows of before topics were logged. */
  leaf_index: Written<bigint | null>
}

interface CouncilTopicEventTable {
  community_id: Written<number>
  topic_id: Written<string>
  event_no: Written<number>
  kind: Written<TopicEventKind>
  reference: Written<string | null>
  text: Written<string>
  happened_on: Written<string>
  entered_by: Written<string>
  entered_at: Written<Date>
  leaf_index: Written<bigint | null>
}

interface CouncilMeetingTable {
  community_id: Written<number>
  meeting_id: Written<string>
  kind: Written<MeetingKind>
  opened_by: Written<string>
  opened_at: Written<Date>
}

interface CouncilNoticeTable {
  community_id: Written<number>
  meeting_id: Written<string>
  version: Written<number>
  /** Canonical bytes; the leaf holds their digest. */
  content: Written<Uint8Array>
  digest: Written<string>
  starts_at: Written<Date>
  leaf_index: Written<bigint>
  posted_by: Written<string>
  posted_at: Written<Date>
}

interface CouncilAttendanceTable {
  community_id: Written<number>
  meeting_id: Written<string>
  revision: Written<number>
  content: Written<Uint8Array>
  recorded_by: Written<string>
  recorded_at: Written<Date>
}

interface CouncilSignInTable {
  community_id: Written<number>
  meeting_id: Written<string>
  user_id: Written<string>
  signed_at: Written<Date>
}

interface CouncilSignInSheetTable {
  community_id: Written<number>
  meeting_id: Written<string>
  sheet_no: Written<number>
  method: Written<'paper' | 'voice'>
  people_count: Written<number>
  scan_sha256: Written<string | null>
  entered_by: Written<string>
  entered_at: Written<Date>
}

interface CouncilSectionTable {
  community_id: Written<number>
  meeting_id: Written<string>
  item_no: Written<number>
  revision: Written<number>
  content: Written<Uint8Array>
  saved_by: Written<string>
  saved_at: Written<Date>
}

interface CouncilMinutesTable {
  community_id: Written<number>
  step_no: WrittenByDefault<bigint>
  meeting_id: Written<string>
  version: Written<number>
  /** Canonical bytes: what the seats sign off. */
  content: Written<Uint8Array>
  digest: Written<string>
  raw_salt: Written<Uint8Array>
  reason: Written<string | null>
  corrections_until: Written<Date>
  leaf_index: Written<bigint>
  circulated_by: Written<string>
  circulated_at: Written<Date>
}

interface CouncilCorrectionTable {
  community_id: Written<number>
  step_no: WrittenByDefault<bigint>
  meeting_id: Written<string>
  correction_no: Written<number>
  version: Written<number>
  item_no: Written<number>
  seat_id: Written<string>
  text: Written<string>
  made_by: Written<string>
  made_at: Written<Date>
}

interface CouncilCorrectionAnswerTable {
  community_id: Written<number>
  step_no: WrittenByDefault<bigint>
  meeting_id: Written<string>
  correction_no: Written<number>
  version: Written<number>
  is_accepted: Written<boolean>
  answer: Written<string>
  answered_by: Written<string>
  answered_at: Written<Date>
}

interface CouncilSignOffTable {
  community_id: Written<number>
  step_no: WrittenByDefault<bigint>
  meeting_id: Written<string>
  version: Written<number>
  seat_id: Written<string>
  digest: Written<string>
  stance: Written<Stance>
  reason: Written<string | null>
  method: Written<SignOffMethod>
  scan_sha256: Written<string | null>
  signed_by: Written<string>
  signed_at: Written<Date>
  leaf_index: Written<bigint>
}

interface CouncilPublicationTable {
  community_id: Written<number>
  step_no: WrittenByDefault<bigint>
  meeting_id: Written<string>
  issue: Written<number>
  version: Written<number>
  digest: Written<string>
  leaf_index: Written<bigint>
  published_by: Written<string>
  published_at: Written<Date>
}

interface CouncilActionTable {
  community_id: Written<number>
  meeting_id: Written<string>
  version: Written<number>
  item_no: Written<number>
  action_no: Written<number>
  topic_id: Written<string | null>
  seat_id: Written<string>
  text: Written<string>
  due_on: Written<string>
}

interface CouncilActionEventTable {
  community_id: Written<number>
  meeting_id: Written<string>
  item_no: Written<number>
  action_no: Written<number>
  event_no: Written<number>
  kind: Written<ActionEventKind>
  text: Written<string>
  proof_sha256: Written<string | null>
  entered_by: Written<string>
  entered_at: Written<Date>
  leaf_index: Written<bigint | null>
}

/** Made from the published minutes that stand, one row a topic; made again when a later issue supersedes them. */
interface CouncilOutcomeTable {
  community_id: number
  meeting_id: string
  item_no: number
  topic_id: string | null
  kind: MeetingKind
  held_on: string
  title: string
  conclusion: string
  opinion: Opinion
  clause: number | null
  published_at: Date
}

/** Made from the action items that stand and are not done. */
interface CouncilOpenActionTable {
  community_id: number
  meeting_id: string
  item_no: number
  action_no: number
  version: number
  due_on: string
}

export interface CouncilTables {
  council_seat: CouncilSeatTable
  council_seat_contact: CouncilSeatContactTable
  council_seat_end: CouncilSeatEndTable
  council_topic: CouncilTopicTable
  council_topic_event: CouncilTopicEventTable
  council_meeting: CouncilMeetingTable
  council_notice: CouncilNoticeTable
  council_attendance: CouncilAttendanceTable
  council_sign_in: CouncilSignInTable
  council_sign_in_sheet: CouncilSignInSheetTable
  council_section: CouncilSectionTable
  council_minutes: CouncilMinutesTable
  council_correction: CouncilCorrectionTable
  council_correction_answer: CouncilCorrectionAnswerTable
  council_sign_off: CouncilSignOffTable
  council_publication: CouncilPublicationTable
  council_action: CouncilActionTable
  council_action_event: CouncilActionEventTable
  council_outcome: CouncilOutcomeTable
  council_open_action: CouncilOpenActionTable
}
