/** SQL of what the voice is arranged by: the clocks in force, and the spots with a code on their wall. */
import type { Insertable, Selectable } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

export type ClockRow = Selectable<Schema['voice_clock']>
export type SpotRow = Selectable<Schema['voice_spot']>

/** The clocks in force; undefined before a community set any. */
export async function findClocks(tx: Tx, communityId: number): Promise<ClockRow | undefined> {
  return tx
    .selectFrom('voice_clock')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('clock_no', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** All clocks there ever were, for the re-deriver. */
export async function listClocks(tx: Tx, communityId: number): Promise<readonly ClockRow[]> {
  return tx
    .selectFrom('voice_clock')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('clock_no')
    .execute()
}

/** Sets new clocks. */
export async function insertClocks(tx: Tx, row: Insertable<Schema['voice_clock']>): Promise<void> {
  await tx.insertInto('voice_clock').values(row).execute()
}

/** Enters a spot. */
export async function insertSpot(tx: Tx, row: Insertable<Schema['voice_spot']>): Promise<void> {
  await tx.insertInto('voice_spot').values(row).execute()
}

/** The spots in use, by name. */
export async function listSpots(tx: Tx, communityId: number): Promise<readonly SpotRow[]> {
  return tx
    .selectFrom('voice_spot')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('retired_at', 'is', null)
    .orderBy('name')
    .orderBy('spot_id')
    .execute()
}

/** Takes a spot out of use; cases that were opened there keep it. False when there is none. */
export async function retireSpot(tx: Tx, communityId: number, spotId: string, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable('voice_spot')
    .set({ retired_at: at })
    .where('community_id', '=', communityId)
    .where('spot_id', '=', spotId)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}
