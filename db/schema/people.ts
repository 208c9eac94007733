/** Tables of people: users, offices, sessions, invitations, sign-in attempts; the owners' register. Types only. */
import type { AddressClass, AreaSource, PersonKind, Role, UnitKind, UnitStatus } from '#people'
import type { Defaulted, Written, WrittenByDefault } from './columns.ts'

export interface PortalUserTable {
  user_id: Written<string>
  /** Changed by erasure alone. */
  login: string
  display_name: string
  /** argon2id in PHC form. */
  password_hash: string
  created_at: Written<Date>
  disabled_at: Defaulted<Date | null>
}

export interface OfficeTermTable {
  community_id: Written<number>
  user_id: Written<string>
  role: Written<Role>
  term_from: Written<string>
  /** Last day in office; null is open-ended. */
  term_until: string | null
  granted_by: Written<string>
  granted_at: Written<Date>
  is_deputy: WrittenByDefault<boolean>
}

export interface UserSessionTable {
  /** SHA-256 of the cookie's token. */
  token_digest: Written<string>
  session_id: Written<string>
  user_id: Written<string>
  started_at: Written<Date>
  seen_at: Date
  expires_at: Written<Date>
  /** When the second factor was given for this session; giving one begins a new session. */
  second_factor_at: WrittenByDefault<Date | null>
  device: WrittenByDefault<'phone' | 'tablet' | 'computer' | 'unknown'>
  address_class: WrittenByDefault<AddressClass>
}

export interface InvitationTable {
  community_id: Written<number>
  invitation_id: Written<string>
  /** SHA-256 of the one-time code. */
  code_digest: Written<string>
  display_name: Written<string>
  role: Written<Role>
  term_from: Written<string>
  term_until: Written<string | null>
  invited_by: Written<string>
  invited_at: Written<Date>
  expires_at: Written<Date>
  accepted_by: Defaulted<string | null>
  accepted_at: Defaulted<Date | null>
  is_deputy: WrittenByDefault<boolean>
  /** The level and the post of an invitation to oversee one; null for an office of the community. */
  jurisdiction_code: WrittenByDefault<string | null>
  jurisdiction_title: WrittenByDefault<string | null>
}

export interface SignInAttemptTable {
  attempt_id: Written<string>
  /** Keyed digests: neither the name nor the address can be read back. */
  login_digest: Written<string>
  address_digest: Written<string>
  attempted_at: Written<Date>
  succeeded: Defaulted<boolean>
}

export interface PersonTable {
  community_id: Written<number>
  person_id: Written<string>
  kind: Written<PersonKind>
  recorded_at: Written<Date>
}

export interface PersonPrivateTable {
  community_id: Written<number>
  person_id: Written<string>
  /** Canonical JSON {name, phone}, sealed for this person. */
  sealed: Uint8Array
  /** Keyed hashes: for finding the same person again, not for reading anything back. */
  name_hash: Uint8Array
  phone_hash: Uint8Array | null
  identity_hash: Uint8Array | null
  identity_last4: string | null
}

export interface PersonUserTable {
  community_id: Written<number>
  person_id: Written<string>
  user_id: Written<string>
  bound_at: Written<Date>
  ended_at: Defaulted<Date | null>
}

export interface OwnerInvitationTable {
  community_id: Written<number>
  invitation_id: Written<string>
  person_id: Written<string>
}

export type RollImportState = 'reading' | 'rejected' | 'unknown' | 'ready' | 'stored' | 'discarded'

export interface RollImportTable {
  community_id: Written<number>
  import_id: Written<string>
  file_name: Written<string>
  /** Of the file as uploaded. */
  file_sha256: Written<string>
  file_bytes: Written<number>
  /** The day that the file describes (基准日). */
  effective_on: Written<string>
  /** Where areas come from when the file does not say. */
  area_source: Written<AreaSource>
  uploaded_by: Written<string>
  uploaded_at: Written<Date>
  state: Defaulted<RollImportState>
  column_mapping: Defaulted<string | null>
  /** Canonical JSON of what was read, sealed; null before and after. */
  sealed_reading: Defaulted<Uint8Array | null>
  /** Canonical JSON of the importer's answers, sealed. */
  sealed_answers: Defaulted<Uint8Array | null>
}

export interface RollImportFileTable {
  community_id: Written<number>
  import_id: Written<string>
  sealed: Written<Uint8Array>
}

export interface RollImportConfirmationTable {
  community_id: Written<number>
  import_id: Written<string>
  confirmation_no: Written<number>
  confirmed_by: Written<string>
  confirmed_at: Written<Date>
  effective_on: Written<string>
  developer_person_id: Written<string | null>
  units_new: Written<number>
  units_changed: Written<number>
  units_unchanged: Written<number>
  units_removed: Written<number>
}

export interface RollColumnMappingTable {
  community_id: Written<number>
  header_signature: Written<string>
  /** The largest is the one in force. */
  mapping_no: Written<number>
  mapping: Written<string>
  taught_by: Written<string>
  taught_at: Written<Date>
}

export interface UnitTable {
  community_id: Written<number>
  unit_id: Written<string>
  building: Written<string>
  entrance: Written<string>
  number: Written<string>
  recorded_at: Written<Date>
}

export interface UnitRecordTable {
  community_id: Written<number>
  unit_id: Written<string>
  record_no: Written<number>
  effective_on: Written<string>
  recorded_at: Written<Date>
  recorded_by: Written<string>
  import_id: Written<string>
  is_removed: Written<boolean>
  kind: Written<UnitKind>
  area_centi_m2: Written<bigint>
  area_source: Written<AreaSource>
  status: Written<UnitStatus>
}

export interface UnitOwnerTable {
  community_id: Written<number>
  unit_id: Written<string>
  record_no: Written<number>
  person_id: Written<string>
}

export interface PeopleTables {
  portal_user: PortalUserTable
  office_term: OfficeTermTable
  user_session: UserSessionTable
  invitation: InvitationTable
  sign_in_attempt: SignInAttemptTable
  person: PersonTable
  person_private: PersonPrivateTable
  person_user: PersonUserTable
  owner_invitation: OwnerInvitationTable
  roll_import: RollImportTable
  roll_import_file: RollImportFileTable
  roll_import_confirmation: RollImportConfirmationTable
  roll_column_mapping: RollColumnMappingTable
  unit: UnitTable
  unit_record: UnitRecordTable
  unit_owner: UnitOwnerTable
}
