/** Signing in by a code sent to a verified telephone, and by a passkey alone. Frozen. */
import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  // A verified number of a person who wants it. Sealed; the hash is keyed and finds the account again.
  `create table sms_factor (
    user_id text primary key references portal_user,
    sealed_phone text not null,
    phone_hash text not null unique check (phone_hash ~ '^[0-9a-f]{64}$'),
    verified_at timestamptz not null
  )`,
  // One row for every code that was asked for, also where nobody has the number: both cost the same work.
  `create table sms_code (
    code_id text primary key,
    purpose text not null check (purpose in ('verify', 'sign-in')),
    -- Null where no account has the number: nothing is sent then.
    user_id text references portal_user,
    phone_hash text not null,
    sealed_phone text not null,
    code_digest text not null,
    -- Gone once it was sent.
    sealed_code text,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    tries integer not null default 0,
    send_attempts integer not null default 0,
    sent_at timestamptz,
    used_at timestamptz
  )`,
  'create index sms_code_of_phone on sms_code (phone_hash, created_at)',
  'create index sms_code_to_send on sms_code (created_at) where sealed_code is not null',
  // Challenges of a passkey before anybody is known.
  `create table sign_in_challenge (
    challenge_digest text primary key,
    created_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  'grant select, insert, delete on sms_factor, sms_code, sign_in_challenge to mingzhang_app',
  'grant update (tries, send_attempts, sealed_code, sent_at, used_at) on sms_code to mingzhang_app',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
