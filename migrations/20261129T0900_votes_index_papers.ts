/** An owner's page asks for the papers of one person; without this, each such page read every paper of the poll. */
import { type Kysely, sql } from 'kysely'

const STATEMENTS = ['create index poll_paper_by_person on poll_paper (community_id, poll_id, by_person)']

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
