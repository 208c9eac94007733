/** Topics, what happens to them, and what became of action items get a leaf each; a challenge may be where a topic comes from. Frozen. */
import { type Kysely, sql } from 'kysely'

const LOGGED = ['council_topic', 'council_topic_event', 'council_action_event']

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of LOGGED) {
    await sql.raw(`alter table ${table} add column leaf_index bigint`).execute(db)
    await sql
      .raw(`alter table ${table} add foreign key (community_id, leaf_index)
        references tlog_entry (community_id, leaf_index)`)
      .execute(db)
    // Not valid: what was written before has none and stays; whatever is written from now on has one.
    await sql
      .raw(`alter table ${table} add constraint ${table}_is_logged check (leaf_index is not null) not valid`)
      .execute(db)
  }
  await sql`alter table council_topic drop constraint council_topic_source_check`.execute(db)
  await sql`alter table council_topic add constraint council_topic_source_check
    check (source in ('request', 'challenge', 'committee', 'company', 'branch', 'check'))`.execute(db)
  await sql`create index council_topic_by_reference on council_topic (community_id, source_reference)
    where source_reference is not null`.execute(db)
}
