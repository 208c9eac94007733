/** Tables of votes. Types only. `Written` columns are never updated: not by the types, the grants or the triggers. */
import type { PollState } from '#votes'
import type { Defaulted, Written } from './columns.ts'

export interface PollTable {
  community_id: Written<number>
  poll_id: Written<string>
  /** One step on at a time; the trigger sees to it. */
  state: Defaulted<PollState>
  /** Frozen from the notice on, as are motion, policy, rules and opening. */
  title: string
  motion: Uint8Array
  /** Canonical JSON of every switch. */
  policy: string
  rules_version: string | null
  opens_at: Date
  /** An extension moves it, only later and only before the close. */
  closes_at: Date
  created_by: Written<string>
  created_at: Written<Date>
  revision: Defaulted<number>
}

export interface PollCounterTable {
  community_id: Written<number>
  poll_id: Written<string>
  last_seq: Defaulted<number>
  last_paper: Defaulted<number>
}

export interface PollStepTable {
  community_id: Written<number>
  poll_id: Written<string>
  step_no: Written<number>
  kind: Written<
    | 'notice'
    | 'open'
    | 'extension'
    | 'close'
    | 'seal'
    | 'tally'
    | 'objection'
    | 'answer'
    | 'signoff'
    | 'final'
    | 'posted'
  >
  at: Written<Date>
  by_user: Written<string>
  /** Canonical JSON without personal data. */
  detail: Written<string>
  leaf_index: Written<bigint | null>
}

/** What the community uploaded for its motions, by digest. */
export interface PollDocumentTable {
  community_id: Written<number>
  sha256: Written<string>
  uploaded_by: Written<string>
  uploaded_at: Written<Date>
}

export interface PollNoticeTable {
  community_id: Written<number>
  poll_id: Written<string>
  motion: Written<Uint8Array>
  policy: Written<string>
  rules_version: Written<string | null>
  /** The frozen roll with person ids, as it was digested. */
  roll: Written<Uint8Array>
  roll_salt: Written<Uint8Array>
  roll_digest: Written<string>
  weight_roll: Written<Uint8Array>
  course_days: Written<string>
  announced_at: Written<Date>
}

export interface PollUnitTable {
  community_id: Written<number>
  poll_id: Written<string>
  unit_id: Written<string>
  /** The unit's credential in this poll; public, its unit is not. */
  token: Written<string>
  paper_number: Written<number>
  paper_code_digest: Written<string>
  building: Written<string>
  entrance: Written<string>
  area: Written<bigint>
  /** Units of one head have one number. */
  head_no: Written<number>
  in_base: Written<boolean>
  area_blinding: Written<Uint8Array>
}

export interface PollVoterTable {
  community_id: Written<number>
  poll_id: Written<string>
  unit_id: Written<string>
  person_id: Written<string>
}

export interface PollRepresentativeTable {
  community_id: Written<number>
  poll_id: Written<string>
  unit_id: Written<string>
  person_id: Written<string>
  named_at: Written<Date>
  document_sha256: Written<string>
  by_user: Written<string>
  leaf_index: Written<bigint>
}

export interface PollProxyTable {
  community_id: Written<number>
  poll_id: Written<string>
  unit_id: Written<string>
  proxy_person: Written<string>
  registered_at: Written<Date>
  document_sha256: Written<string>
  by_user: Written<string>
  leaf_index: Written<bigint>
}

export interface PollTransferTable {
  community_id: Written<number>
  poll_id: Written<string>
  transfer_no: Written<number>
  unit_id: Written<string>
  from_person: Written<string>
  to_person: Written<string>
  at: Written<Date>
  document_sha256: Written<string>
  by_user: Written<string>
  leaf_index: Written<bigint>
}

export interface PollDeliveryTable {
  community_id: Written<number>
  poll_id: Written<string>
  unit_id: Written<string>
  delivered_at: Written<Date>
  method: Written<'handed' | 'posted-at-door' | 'registered-mail' | 'message'>
  by_user: Written<string>
  evidence_sha256: Written<string | null>
  leaf_index: Written<bigint>
}

export interface PollPaperReceiptTable {
  community_id: Written<number>
  poll_id: Written<string>
  paper_number: Written<number>
  received_at: Written<Date>
  received_by: Written<string>
}

export interface PollPaperEntryTable {
  community_id: Written<number>
  poll_id: Written<string>
  paper_number: Written<number>
  entry_no: Written<number>
  entered_by: Written<string>
  signed_by: Written<string>
  as_proxy: Written<boolean>
  answers: Written<string>
  signed_on: Written<string>
  scan_sha256: Written<string>
  entered_at: Written<Date>
}

export interface PollPaperTable {
  community_id: Written<number>
  poll_id: Written<string>
  paper_no: Written<number>
  by_person: Written<string>
  as_proxy: Written<boolean>
  channel: Written<'online' | 'paper' | 'proxy'>
  /** The printed ballot it was read from; null for what was cast on screen. */
  paper_number: Written<number | null>
  withdraws: Written<boolean>
  received_at: Written<Date>
  recorded_by: Written<string>
  evidence_sha256: Written<string | null>
}

export interface PollBallotTable {
  community_id: Written<number>
  poll_id: Written<string>
  seq: Written<number>
  paper_no: Written<number>
  unit_id: Written<string>
  cc: Written<string>
  leaf_index: Written<bigint>
}

export interface PollBallotSecretTable {
  community_id: Written<number>
  poll_id: Written<string>
  seq: Written<number>
  answers: Written<string>
  salt: Written<Uint8Array>
}

export interface PollRefusedPaperTable {
  community_id: Written<number>
  poll_id: Written<string>
  refusal_no: Written<number>
  paper_number: Written<number>
  reason: Written<string>
  signed_on: Written<string | null>
  offered_at: Written<Date>
  recorded_by: Written<string>
  leaf_index: Written<bigint>
}

export interface PollLeafSecretTable {
  community_id: Written<number>
  poll_id: Written<string>
  leaf_index: Written<bigint>
  name: Written<string>
  salt: Written<Uint8Array>
  value: Written<string>
}

export interface PollObjectionTable {
  community_id: Written<number>
  poll_id: Written<string>
  objection_id: Written<string>
  unit_id: Written<string>
  by_person: Written<string>
  stage: Written<'roll' | 'count'>
  made_at: Written<Date>
  leaf_index: Written<bigint>
}

export interface PollObjectionTextTable {
  community_id: Written<number>
  poll_id: Written<string>
  objection_id: Written<string>
  text: Written<string>
  answer: string | null
}

export interface PollObjectionAnswerTable {
  community_id: Written<number>
  poll_id: Written<string>
  objection_id: Written<string>
  is_upheld: Written<boolean>
  answered_by: Written<string>
  answered_at: Written<Date>
  leaf_index: Written<bigint>
}

export interface PollTallyTable {
  community_id: Written<number>
  poll_id: Written<string>
  question_id: Written<string>
  result: Written<Uint8Array>
  digest: Written<string>
  leaf_index: Written<bigint>
}

export interface PollBoardTable {
  community_id: Written<number>
  poll_id: Written<string>
  bytes: Written<Uint8Array>
  digest: Written<string>
}

export interface PollSignoffTable {
  community_id: Written<number>
  poll_id: Written<string>
  step: Written<'teller-1' | 'teller-2' | 'party-branch'>
  by_user: Written<string>
  digest: Written<string>
  at: Written<Date>
  leaf_index: Written<bigint>
}

export interface HouseholdNoticeTable {
  community_id: Written<number>
  notice_id: Written<string>
  person_id: Written<string>
  kind: Written<string>
  /** Canonical JSON; never a choice. */
  detail: Written<string>
  at: Written<Date>
  read_at: Defaulted<Date | null>
}

export interface VoteTables {
  poll: PollTable
  poll_counter: PollCounterTable
  poll_step: PollStepTable
  poll_document: PollDocumentTable
  poll_notice: PollNoticeTable
  poll_unit: PollUnitTable
  poll_voter: PollVoterTable
  poll_representative: PollRepresentativeTable
  poll_proxy: PollProxyTable
  poll_transfer: PollTransferTable
  poll_delivery: PollDeliveryTable
  poll_paper_receipt: PollPaperReceiptTable
  poll_paper_entry: PollPaperEntryTable
  poll_paper: PollPaperTable
  poll_ballot: PollBallotTable
  poll_ballot_secret: PollBallotSecretTable
  poll_refused_paper: PollRefusedPaperTable
  poll_leaf_secret: PollLeafSecretTable
  poll_objection: PollObjectionTable
  poll_objection_text: PollObjectionTextTable
  poll_objection_answer: PollObjectionAnswerTable
  poll_tally: PollTallyTable
  poll_board: PollBoardTable
  poll_signoff: PollSignoffTable
  household_notice: HouseholdNoticeTable
}
