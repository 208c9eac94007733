/** The payee of a draft who is a private person: kept beside the draft, which holds a salted digest, so that it can be erased. */
import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  `create table draft_payee (
    community_id integer not null,
    draft_id text not null,
    revision integer not null,
    salt bytea not null check (octet_length(salt) = 32),
    name text not null,
    primary key (community_id, draft_id, revision),
    foreign key (community_id, draft_id, revision) references voucher_draft_revision
  )`,
  'grant select, insert, delete on draft_payee to mingzhang_app',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
