/** Accounts, offices with terms, sessions, invitations and counted sign-in attempts. Frozen. */
import { type Kysely, sql } from 'kysely'

/** People who sign in, the offices they hold, their sessions and invitations, and the attempts that limit guessing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table portal_user (
      user_id text primary key,
      login text not null unique,
      display_name text not null,
      password_hash text not null,
      created_at timestamptz not null,
      disabled_at timestamptz
    )`.execute(db)
  await sql`
    create table office_term (
      community_id integer not null references community,
      user_id text not null references portal_user,
      role text not null check (role in (
        'owner', 'committee_member', 'committee_treasurer', 'committee_chair', 'bookkeeper', 'manager',
        'overseer', 'residents_committee', 'auditor', 'operator')),
      term_from date not null,
      term_until date,
      granted_by text not null,
      granted_at timestamptz not null,
      primary key (community_id, user_id, role, term_from)
    )`.execute(db)
  await sql`create index office_term_of_user on office_term (user_id)`.execute(db)
  // Only digests of secrets are stored: a copy of this table signs nobody in.
  await sql`
    create table user_session (
      token_digest text primary key,
      session_id text not null unique,
      user_id text not null references portal_user,
      started_at timestamptz not null,
      seen_at timestamptz not null,
      expires_at timestamptz not null
    )`.execute(db)
  await sql`create index user_session_of_user on user_session (user_id)`.execute(db)
  await sql`create index user_session_expiry on user_session (expires_at)`.execute(db)
  await sql`
    create table invitation (
      community_id integer not null references community,
      invitation_id text not null,
      code_digest text not null unique,
      display_name text not null,
      role text not null,
      term_from date not null,
      term_until date,
      invited_by text not null,
      invited_at timestamptz not null,
      expires_at timestamptz not null,
      accepted_by text references portal_user,
      accepted_at timestamptz,
      primary key (community_id, invitation_id)
    )`.execute(db)
  // Login names and addresses as keyed digests: what was typed may be a password, and an address is personal.
  await sql`
    create table sign_in_attempt (
      attempt_id text primary key,
      login_digest text not null,
      address_digest text not null,
      attempted_at timestamptz not null,
      succeeded boolean not null default false
    )`.execute(db)
  await sql`create index sign_in_attempt_by_login on sign_in_attempt (login_digest, attempted_at)`.execute(db)
  await sql`create index sign_in_attempt_by_address on sign_in_attempt (address_digest, attempted_at)`.execute(
    db,
  )
  await sql`
    grant select, insert on portal_user, office_term, user_session, invitation, sign_in_attempt
    to mingzhang_app`.execute(db)
  await sql`grant update (display_name, password_hash, disabled_at) on portal_user to mingzhang_app`.execute(
    db,
  )
  await sql`grant update (term_until) on office_term to mingzhang_app`.execute(db)
  await sql`grant update (seen_at), delete on user_session to mingzhang_app`.execute(db)
  await sql`grant update (accepted_by, accepted_at) on invitation to mingzhang_app`.execute(db)
  await sql`grant update (succeeded), delete on sign_in_attempt to mingzhang_app`.execute(db)
}
