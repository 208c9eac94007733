/** SQL of minutes: their versions, corrections, sign-offs and publications; and of the action items that follow from them. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

export type MinutesRow = Selectable<Schema['council_minutes']>
export type CorrectionRow = Selectable<Schema['council_correction']>
export type CorrectionAnswerRow = Selectable<Schema['council_correction_answer']>
export type SignOffRow = Selectable<Schema['council_sign_off']>
export type PublicationRow = Selectable<Schema['council_publication']>
export type ActionRow = Selectable<Schema['council_action']>
export type ActionEventRow = Selectable<Schema['council_action_event']>

export async function insertMinutes(tx: Tx, row: Insertable<Schema['council_minutes']>): Promise<void> {
  await tx.insertInto('council_minutes').values(row).execute()
}

export async function insertCorrection(tx: Tx, row: Insertable<Schema['council_correction']>): Promise<void> {
  await tx.insertInto('council_correction').values(row).execute()
}

export async function insertCorrectionAnswer(
  tx: Tx,
  row: Insertable<Schema['council_correction_answer']>,
): Promise<void> {
  await tx.insertInto('council_correction_answer').values(row).execute()
}

export async function insertSignOff(tx: Tx, row: Insertable<Schema['council_sign_off']>): Promise<void> {
  await tx.insertInto('council_sign_off').values(row).execute()
}

export async function insertPublication(
  tx: Tx,
  row: Insertable<Schema['council_publication']>,
): Promise<void> {
  await tx.insertInto('council_publication').values(row).execute()
}

export async function insertActions(
  tx: Tx,
  rows: readonly Insertable<Schema['council_action']>[],
): Promise<void> {
  if (rows.length > 0) await tx.insertInto('council_action').values(rows).execute()
}

/** Everything that was written in the course of minutes: of one meeting, or of all. Each list in its order. */
export async function readMinutesRows(tx: Tx, communityId: number, meetingId: string | null) {
  const only = sql<boolean>`(${meetingId}::text is null or meeting_id = ${meetingId}::text)`
  return {
    minutes: await tx
      .selectFrom('council_minutes')
      .selectAll()
      .where('community_id', '=', communityId)
      .where(only)
      .orderBy('meeting_id')
      .orderBy('version')
      .execute(),
    corrections: await tx
      .selectFrom('council_correction')
      .selectAll()
      .where('community_id', '=', communityId)
      .where(only)
      .orderBy('meeting_id')
      .orderBy('correction_no')
      .execute(),
    answers: await tx
      .selectFrom('council_correction_answer')
      .selectAll()
      .where('community_id', '=', communityId)
      .where(only)
      .orderBy('meeting_id')
      .orderBy('correction_no')
      .execute(),
    signOffs: await tx
      .selectFrom('council_sign_off')
      .selectAll()
      .where('community_id', '=', communityId)
      .where(only)
      .orderBy('meeting_id')
      .orderBy('leaf_index')
      .execute(),
    publications: await tx
      .selectFrom('council_publication')
      .selectAll()
      .where('community_id', '=', communityId)
      .where(only)
      .orderBy('meeting_id')
      .orderBy('issue')
      .execute(),
  }
}

export type MinutesRows = Awaited<ReturnType<typeof readMinutesRows>>

/** The published texts of some meetings that stand: of each the newest publication, newest first. */
export async function listPublishedMinutes(tx: Tx, communityId: number, meetingIds: readonly string[]) {
  if (meetingIds.length === 0) return []
  return tx
    .selectFrom('council_publication as p')
    .innerJoin('council_minutes as m', join =>
      join
        .onRef('m.community_id', '=', 'p.community_id')
        .onRef('m.meeting_id', '=', 'p.meeting_id')
        .onRef('m.version', '=', 'p.version'),
    )
    .select([
      'p.meeting_id',
      'p.issue',
      'p.version',
      'p.digest',
      'p.published_at',
      'p.leaf_index',
      'm.content',
    ])
    .where('p.community_id', '=', communityId)
    .where('p.meeting_id', 'in', [...meetingIds])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('council_publication as q')
            .select('q.issue')
            .whereRef('q.community_id', '=', 'p.community_id')
            .whereRef('q.meeting_id', '=', 'p.meeting_id')
            .whereRef('q.issue', '>', 'p.issue'),
        ),
      ),
    )
    .orderBy('p.published_at', 'desc')
    .execute()
}

/** What became of every action item, in its order; for the checker. */
export async function listActionEvents(tx: Tx, communityId: number): Promise<ActionEventRow[]> {
  return tx
    .selectFrom('council_action_event')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('meeting_id')
    .orderBy('item_no')
    .orderBy('action_no')
    .orderBy('event_no')
    .execute()
}

/** Adds what became of an action item. Call under the council's lock. */
export async function insertActionEvent(
  tx: Tx,
  row: Insertable<Schema['council_action_event']>,
): Promise<void> {
  await tx.insertInto('council_action_event').values(row).execute()
}

/** Action items of every publication, also of those that were superseded. */
export async function readAllActions(tx: Tx, communityId: number): Promise<ActionRow[]> {
  return tx.selectFrom('council_action').selectAll().where('community_id', '=', communityId).execute()
}
