/** Second factors: TOTP secrets, passkeys with their challenges, recovery codes, every use of them; and what a session knows of it. Frozen. */
import { type Kysely, sql } from 'kysely'

/** What a person proves beside the password, and the kind of device a session was begun on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // A session is begun anew when the second factor is given, so both are written once.
  await sql`
    alter table user_session
      add column second_factor_at timestamptz,
      add column device text not null default 'unknown'
        check (device in ('phone', 'tablet', 'computer', 'unknown'))`.execute(db)
  // The secret is sealed with a key outside the database: a copy of this table makes no codes.
  await sql`
    create table totp_factor (
      user_id text not null references portal_user,
      factor_id text not null,
      sealed_secret text not null,
      created_at timestamptz not null,
      confirmed_at timestamptz,
      last_step integer not null default 0,
      primary key (user_id, factor_id)
    )`.execute(db)
  await sql`create unique index totp_factor_in_use on totp_factor (user_id) where confirmed_at is not null`.execute(
    db,
  )
  await sql`
    create table passkey (
      credential_id text primary key,
      user_id text not null references portal_user,
      public_key bytea not null,
      transports text not null,
      name text not null,
      created_at timestamptz not null,
      sign_count bigint not null,
      last_used_at timestamptz
    )`.execute(db)
  await sql`create index passkey_of_user on passkey (user_id)`.execute(db)
  // Answered once: whoever takes the row answers for it. Only a digest is kept, with what the answer may be used for.
  await sql`
    create table passkey_challenge (
      challenge_digest text primary key,
      user_id text not null references portal_user,
      session_id text not null,
      purpose text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null
    )`.execute(db)
  await sql`create index passkey_challenge_expiry on passkey_challenge (expires_at)`.execute(db)
  await sql`
    create table recovery_code (
      user_id text not null references portal_user,
      code_digest text not null,
      created_at timestamptz not null,
      used_at timestamptz,
      primary key (user_id, code_digest)
    )`.execute(db)
  // Every use, good or bad: the limit on guesses counts it, and it says which release was confirmed how.
  await sql`
    create table second_factor_use (
      use_number bigint generated always as identity primary key,
      user_id text not null references portal_user,
      session_id text not null,
      method text not null check (method in ('totp', 'passkey', 'recovery')),
      purpose text not null,
      outcome text not null check (outcome in ('accepted', 'wrong', 'used')),
      used_at timestamptz not null
    )`.execute(db)
  await sql`create index second_factor_use_of_user on second_factor_use (user_id, used_at)`.execute(db)
  await sql`
    create trigger second_factor_use_is_appended before update or delete or truncate on second_factor_use
    for each statement execute function forbid_change()`.execute(db)
  await sql`
    grant select, insert
    on totp_factor, passkey, passkey_challenge, recovery_code, second_factor_use to mingzhang_app`.execute(db)
  await sql`grant update (confirmed_at, last_step), delete on totp_factor to mingzhang_app`.execute(db)
  await sql`grant update (sign_count, last_used_at), delete on passkey to mingzhang_app`.execute(db)
  await sql`grant delete on passkey_challenge to mingzhang_app`.execute(db)
  await sql`grant update (used_at), delete on recovery_code to mingzhang_app`.execute(db)
}
