/** The index of public texts: the pairs of characters of each, and how far the index has come with each log. */
import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  `create table search_document (
    community_id integer not null references community,
    kind text not null,
    document_key text not null,
    title text not null,
    body text not null,
    folded text not null,
    grams text[] not null,
    happened_on date not null,
    primary key (community_id, kind, document_key)
  )`,
  'create index search_document_by_gram on search_document using gin (grams)',
  `create table search_progress (
    community_id integer primary key references community,
    next_index bigint not null check (next_index >= 0)
  )`,
  'grant select, insert, update, delete on search_document, search_progress to mingzhang_app',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
