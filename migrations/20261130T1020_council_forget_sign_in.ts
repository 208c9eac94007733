/** A sign-in to an assembly may lose whose it was and still be counted: its column names an account or nobody. Frozen. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table council_sign_in drop constraint council_sign_in_user_id_fkey`.execute(db)
  await sql`create index council_sign_in_by_user on council_sign_in (user_id)`.execute(db)
}
