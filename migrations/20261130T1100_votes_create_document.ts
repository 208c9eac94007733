/** Which papers a community uploaded for its motions: no motion names a file that another community, or another room, keeps. Frozen. */
import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  `create table poll_document (
    community_id integer not null references community,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    uploaded_by text not null,
    uploaded_at timestamptz not null,
    primary key (community_id, sha256)
  )`,
  'grant select, insert on poll_document to mingzhang_app',
  `create trigger poll_document_is_appended before update or delete or truncate on poll_document
    for each statement execute function forbid_change()`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
