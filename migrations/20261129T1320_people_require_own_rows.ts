/** Keys that were missing: what stands beside a leaf, a poll's units and its people are of the same community. Frozen. */
import { type Kysely, sql } from 'kysely'

const KEYS = [
  ['leaf_secret', 'community_id, leaf_index', 'tlog_entry (community_id, leaf_index)'],
  ['poll_leaf_secret', 'community_id, leaf_index', 'tlog_entry (community_id, leaf_index)'],
  ['poll_unit', 'community_id, unit_id', 'unit'],
  ['poll_voter', 'community_id, person_id', 'person'],
  ['poll_representative', 'community_id, person_id', 'person'],
  ['poll_proxy', 'community_id, proxy_person', 'person'],
  ['household_notice', 'community_id, person_id', 'person'],
] as const

/** A row of one community cannot name a leaf, a unit or a person of another. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, columns, target] of KEYS) {
    await sql.raw(`alter table ${table} add foreign key (${columns}) references ${target}`).execute(db)
  }
}
