/** Tables of people: users, offices, sessions, invitations, sign-in attempts. Types only. */
import type { Role } from '#people'
import type { Defaulted, Written, WrittenByDefault } from './columns.ts'

export interface PortalUserTable {
  user_id: Written<string>
  login: Written<string>
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
}

export interface SignInAttemptTable {
  attempt_id: Written<string>
  /** Keyed digests: neither the name nor the address can be read back. */
  login_digest: Written<string>
  address_digest: Written<string>
  attempted_at: Written<Date>
  succeeded: Defaulted<boolean>
}

export interface PeopleTables {
  portal_user: PortalUserTable
  office_term: OfficeTermTable
  user_session: UserSessionTable
  invitation: InvitationTable
  sign_in_attempt: SignInAttemptTable
}
