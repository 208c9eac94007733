/** Those who only look read the rules' decisions, signals and answers too; what a proposal says may hold a name and stays out. Frozen. */
import { type Kysely, sql } from 'kysely'

const READABLE = [
  'control_decision',
  'emergency_review',
  'draft_recusal',
  'payment_note',
  'payment_signal',
  'signal_answer',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(`grant select on ${READABLE.join(', ')} to mingzhang_reader`).execute(db)
}
