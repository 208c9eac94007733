/** Tables of the residents' voice: requests, challenges, what was done with them, and the surveys. Types only. */
import type { CaseKind, CaseState, SubjectKind } from '#voice'
import type { Defaulted, Written } from './columns.ts'

interface VoiceClockTable {
  community_id: Written<number>
  /** The largest is the one in force. */
  clock_no: Written<number>
  answer_days: Written<number>
  take_days: Written<number>
  reply_days: Written<number>
  judge_days: Written<number>
  set_by: Written<string>
  set_at: Written<Date>
  leaf_index: Written<bigint>
}

interface VoiceSpotTable {
  community_id: Written<number>
  spot_id: Written<string>
  name: Written<string>
  /** The micro-grid (网格) it lies in; may be empty. */
  grid: Written<string>
  made_by: Written<string>
  made_at: Written<Date>
  retired_at: Defaulted<Date | null>
}

interface VoiceCaseTable {
  community_id: Written<number>
  case_id: Written<string>
  kind: Written<CaseKind>
  is_private: Written<boolean>
  category: Written<string | null>
  subject_kind: Written<SubjectKind | null>
  subject_key: Written<string | null>
  spot_id: Written<string | null>
  seat: Written<string>
  /** Who opened it: an owner, or with `is_on_behalf` the officer who wrote it down for somebody. Never shown. */
  opened_by: Written<string>
  is_on_behalf: Written<boolean>
  opened_at: Written<Date>
}

interface VoiceEventTable {
  community_id: Written<number>
  case_id: Written<string>
  event_no: Written<number>
  act: Written<string>
  at: Written<Date>
  by_user: Written<string>
  by_office: Written<string>
  detail: Written<string>
  text_digest: Written<string | null>
  leaf_index: Written<bigint>
}

interface VoiceTextTable {
  community_id: Written<number>
  case_id: Written<string>
  event_no: Written<number>
  salt: Written<Uint8Array>
  value: Written<string>
}

interface VoiceStateTable {
  community_id: Written<number>
  case_id: Written<string>
  state: CaseState
  due_on: string | null
  acted_at: Date
}

interface VoiceDocumentTable {
  community_id: Written<number>
  sha256: Written<string>
  uploaded_by: Written<string>
  media_type: Written<string>
  byte_count: Written<number>
  uploaded_at: Written<Date>
}

interface SurveyTable {
  community_id: Written<number>
  survey_id: Written<string>
  year: Written<number>
  closes_on: Written<string>
  opened_by: Written<string>
  opened_at: Written<Date>
  leaf_index: Written<bigint>
}

interface SurveyUnitTable {
  community_id: Written<number>
  survey_id: Written<string>
  unit_id: Written<string>
}

/** No time and no unit: nothing leads from an answer to a home. */
interface SurveyAnswerTable {
  community_id: Written<number>
  survey_id: Written<string>
  answer_id: Written<string>
  building: Written<string>
  scores: Written<string>
}

interface SurveyResultTable {
  community_id: Written<number>
  survey_id: Written<string>
  result: Written<Uint8Array>
  closed_by: Written<string>
  closed_at: Written<Date>
  leaf_index: Written<bigint>
}

interface ServiceHomeTable {
  community_id: Written<number>
  case_id: Written<string>
  unit_id: Written<string>
  period: Written<string>
}

/** No time, no case and no home. */
interface ServiceAnswerTable {
  community_id: Written<number>
  answer_id: Written<string>
  period: Written<string>
  category: Written<string>
  scores: Written<string>
}

interface ServiceSentenceTable {
  community_id: Written<number>
  sentence_id: Written<string>
  period: Written<string>
  category: Written<string>
  value: Written<string>
}

interface ServiceRoundTable {
  community_id: Written<number>
  round_no: Written<number>
  /** The last month whose answers are in it. */
  through: Written<string>
  result: Written<Uint8Array>
  published_at: Written<Date>
  leaf_index: Written<bigint>
}

export interface VoiceTables {
  voice_clock: VoiceClockTable
  voice_spot: VoiceSpotTable
  voice_case: VoiceCaseTable
  voice_event: VoiceEventTable
  voice_text: VoiceTextTable
  voice_state: VoiceStateTable
  voice_document: VoiceDocumentTable
  survey: SurveyTable
  survey_unit: SurveyUnitTable
  survey_answer: SurveyAnswerTable
  survey_result: SurveyResultTable
  service_home: ServiceHomeTable
  service_answer: ServiceAnswerTable
  service_sentence: ServiceSentenceTable
  service_round: ServiceRoundTable
}
