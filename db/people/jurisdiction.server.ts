/** Queries of the levels above communities: the tree, where a community lies, who oversees which part, and micro-grids. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Tx } from '../schema/index.ts'
import type {
  JurisdictionTable,
  MicroGridPlaceTable,
  MicroGridTable,
  OverseerTermTable,
} from '../schema/jurisdiction.ts'

export type JurisdictionRow = Selectable<JurisdictionTable>

/** Enters a jurisdiction; false when its code is taken. */
export async function insertJurisdiction(tx: Tx, row: Insertable<JurisdictionTable>): Promise<boolean> {
  const done = await tx
    .insertInto('jurisdiction')
    .values(row)
    .onConflict(conflict => conflict.column('jurisdiction_code').doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** The whole tree: a province has a few thousand rows. */
export function listJurisdictions(tx: Tx): Promise<JurisdictionRow[]> {
  return tx.selectFrom('jurisdiction').selectAll().orderBy('jurisdiction_code').execute()
}

/** Where communities lie, by community. */
export function listCommunityPlaces(
  tx: Tx,
): Promise<{ community_id: number; slug: string; jurisdiction_code: string }[]> {
  return tx
    .selectFrom('community_place')
    .innerJoin('community', 'community.community_id', 'community_place.community_id')
    .select(['community_place.community_id', 'community.slug', 'community_place.jurisdiction_code'])
    .orderBy('community.slug')
    .execute()
}

/** Puts a community into a neighbourhood, or moves it. */
export async function upsertCommunityPlace(
  tx: Tx,
  place: {
    readonly communityId: number
    readonly code: string
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  const change = { jurisdiction_code: place.code, placed_by: place.by, placed_at: place.at }
  await tx
    .insertInto('community_place')
    .values({ community_id: place.communityId, ...change })
    .onConflict(conflict => conflict.column('community_id').doUpdateSet(change))
    .execute()
}

/** Enters a term of an overseer of a level; the same one twice is entered once. */
export async function insertOverseerTerm(tx: Tx, term: Insertable<OverseerTermTable>): Promise<void> {
  await tx
    .insertInto('overseer_term')
    .values(term)
    .onConflict(conflict => conflict.columns(['jurisdiction_code', 'user_id', 'term_from']).doNothing())
    .execute()
}

/** Ends the terms of an overseer of a level that run on a day; the number ended. */
export async function endOverseerTerms(
  tx: Tx,
  term: { readonly code: string; readonly userId: string; readonly on: string; readonly lastDay: string },
): Promise<number> {
  const done = await tx
    .updateTable('overseer_term')
    .set({ term_until: term.lastDay })
    .where('jurisdiction_code', '=', term.code)
    .where('user_id', '=', term.userId)
    .where(running => running.or([running('term_until', 'is', null), running('term_until', '>=', term.on)]))
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

/** The communities below every level that a user oversees on a day. */
export async function readOverseenCommunities(
  tx: Tx,
  userIds: readonly string[],
  on: string,
): Promise<{ user_id: string; community_id: number }[]> {
  const { rows } = await sql<{ user_id: string; community_id: number }>`
    with recursive overseen (user_id, code) as (
      select user_id, jurisdiction_code from overseer_term
      where user_id = any(${[...userIds]}::text[])
        and term_from <= ${on}::date and (term_until is null or term_until >= ${on}::date)
      union
      select overseen.user_id, j.jurisdiction_code from jurisdiction j join overseen on j.parent_code = overseen.code
    )
    select overseen.user_id, p.community_id from community_place p join overseen on p.jurisdiction_code = overseen.code
    order by overseen.user_id, p.community_id`.execute(tx)
  return rows
}

/** The overseers in office on a day at the given levels, with their names. */
export async function listOverseers(
  tx: Tx,
  codes: readonly string[],
  on: string,
): Promise<
  {
    jurisdiction_code: string
    title: string
    term_from: string
    term_until: string | null
    display_name: string
  }[]
> {
  if (codes.length === 0) return []
  return tx
    .selectFrom('overseer_term')
    .innerJoin('portal_user', 'portal_user.user_id', 'overseer_term.user_id')
    .select([
      'overseer_term.jurisdiction_code',
      'overseer_term.title',
      'overseer_term.term_from',
      'overseer_term.term_until',
      'portal_user.display_name',
    ])
    .where('jurisdiction_code', 'in', [...codes])
    .where('term_from', '<=', on)
    .where(term => term.or([term('term_until', 'is', null), term('term_until', '>=', on)]))
    .where('portal_user.disabled_at', 'is', null)
    .orderBy('jurisdiction_code')
    .orderBy('term_from')
    .orderBy('overseer_term.user_id')
    .execute()
}

/** Enters a micro-grid, or names it anew. */
export async function upsertMicroGrid(tx: Tx, grid: Insertable<MicroGridTable>): Promise<void> {
  await tx
    .insertInto('micro_grid')
    .values(grid)
    .onConflict(conflict => conflict.columns(['community_id', 'grid_id']).doUpdateSet({ name: grid.name }))
    .execute()
}

/** Puts a building or an entrance into a grid, or moves it. */
export async function upsertMicroGridPlace(tx: Tx, place: Insertable<MicroGridPlaceTable>): Promise<void> {
  await tx
    .insertInto('micro_grid_place')
    .values(place)
    .onConflict(conflict =>
      conflict.columns(['community_id', 'building', 'entrance']).doUpdateSet({ grid_id: place.grid_id }),
    )
    .execute()
}

/** The micro-grids of a community with the buildings and entrances of each; a grid without any has one row of nulls. */
export function listMicroGrids(
  tx: Tx,
  communityId: number,
): Promise<{ grid_id: string; name: string; building: string | null; entrance: string | null }[]> {
  return tx
    .selectFrom('micro_grid as g')
    .leftJoin('micro_grid_place as p', join =>
      join.onRef('p.community_id', '=', 'g.community_id').onRef('p.grid_id', '=', 'g.grid_id'),
    )
    .select(['g.grid_id', 'g.name', 'p.building', 'p.entrance'])
    .where('g.community_id', '=', communityId)
    .orderBy('g.grid_id')
    .orderBy('p.building')
    .orderBy('p.entrance')
    .execute()
}
