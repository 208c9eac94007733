/** A standard of service fees is one more change that takes two people; the kept check of a night says what was due and what came in. Frozen. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table control_change
      drop constraint control_change_kind_check,
      add constraint control_change_kind_check check (kind in ('controls', 'ceiling', 'emergency', 'teach-rule',
        'retire-rule', 'add-account', 'reissue', 'fee-standard'))`.execute(db)
  await sql`
    alter table community_check
      add column fee_due_fen bigint,
      add column fee_collected_fen bigint,
      add column fee_advance_fen bigint,
      add column fee_past_fen bigint,
      add constraint community_check_collection check (
        num_nulls(fee_due_fen, fee_collected_fen, fee_advance_fen, fee_past_fen) in (0, 4)
        and fee_due_fen >= 0)`.execute(db)
}
