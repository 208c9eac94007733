/** The kept check of a night says what the newest survey found, too: the page over several communities reads one row of each. Frozen. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table community_check
      add column satisfaction_year integer,
      add column satisfaction_content integer,
      add column satisfaction_counted integer,
      add constraint community_check_satisfaction check (
        num_nulls(satisfaction_year, satisfaction_content, satisfaction_counted) in (0, 3)
        and satisfaction_content between 0 and satisfaction_counted)`.execute(db)
}
