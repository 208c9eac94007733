/** Tables of invitation letters: batches, letters, hand-overs, proofs and attempts, codes issued by two people. Types only. */
import type { ClaimProof, CodeReason } from '#people'
import type { Defaulted, Written } from './columns.ts'

export interface ClaimSettingTable {
  community_id: Written<number>
  /** The largest is the one in force. */
  setting_no: Written<number>
  proof: Written<ClaimProof>
  set_by: Written<string>
  set_at: Written<Date>
}

export interface LetterBatchTable {
  community_id: Written<number>
  batch_id: Written<string>
  /** Empty for all. */
  building: Written<string>
  proof: Written<ClaimProof>
  /** Where help is to be had, as printed. */
  help: Written<string>
  requested_by: Written<string>
  requested_at: Written<Date>
}

export interface LetterBatchFileTable {
  community_id: Written<number>
  batch_id: Written<string>
  sealed: Written<Uint8Array>
  made_at: Written<Date>
  fetched_at: Defaulted<Date | null>
}

export interface LetterTable {
  community_id: Written<number>
  batch_id: Written<string>
  unit_id: Written<string>
  /** How many one-time codes lie in it. */
  codes: Written<number>
}

export interface LetterHandoverTable {
  community_id: Written<number>
  batch_id: Written<string>
  unit_id: Written<string>
  handed_by: Written<string>
  handed_at: Written<Date>
}

export interface ClaimProofTable {
  community_id: Written<number>
  invitation_id: Written<string>
  proof: Written<Exclude<ClaimProof, 'none'>>
  proof_hash: Written<Uint8Array>
}

export interface ClaimAttemptTable {
  community_id: Written<number>
  attempt_id: Written<string>
  invitation_id: Written<string>
  is_right: Written<boolean>
  attempted_at: Written<Date>
}

export interface CodeRequestTable {
  community_id: Written<number>
  request_id: Written<string>
  kind: Written<'owner' | 'tenant'>
  unit_id: Written<string>
  person_id: Written<string | null>
  term_until: Written<string | null>
  reason: Written<CodeReason>
  requested_by: Written<string>
  requested_at: Written<Date>
}

export interface CodeRequestDecisionTable {
  community_id: Written<number>
  request_id: Written<string>
  decision: Written<'confirmed' | 'refused'>
  decided_by: Written<string>
  decided_at: Written<Date>
  invitation_id: Written<string | null>
}

export interface LetterTables {
  claim_setting: ClaimSettingTable
  letter_batch: LetterBatchTable
  letter_batch_file: LetterBatchFileTable
  letter: LetterTable
  letter_handover: LetterHandoverTable
  claim_proof: ClaimProofTable
  claim_attempt: ClaimAttemptTable
  code_request: CodeRequestTable
  code_request_decision: CodeRequestDecisionTable
}
