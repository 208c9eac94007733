/**
 * Sets the levels above communities up and says who oversees at which of them. Done by the operator at the console, audited
 * in every community it concerns; what an overseer of a level may do is in the table of permissions.
 */
import type { Tx } from '#db'
import {
  endOverseerTerms,
  insertJurisdiction,
  insertOverseerTerm,
  listCommunityPlaces,
  listJurisdictions,
  listMicroGrids,
  listOverseers,
  readUserByLogin,
  upsertCommunityPlace,
  upsertMicroGrid,
  upsertMicroGridPlace,
} from '#db/people'
import { insertAuditEvent } from '#db/platform'
import {
  addDays,
  type CanonicalValue,
  type CivilDate,
  canonicalText,
  civilDate,
  dateOf,
  err,
  isSlug,
  ok,
  type Result,
} from '#kernel'
import type { Portal } from '#platform'
import type { AuditAct } from './audit-act.ts'
import { enterInvitation, type Invited } from './invite-user.server.ts'
import { type Jurisdiction, levelAbove, type MicroGrid, pathTo } from './jurisdiction.ts'

export type JurisdictionRefusal = {
  readonly code:
    | 'code-malformed'
    | 'code-taken'
    | 'name-missing'
    | 'parent-unfit'
    | 'jurisdiction-unknown'
    /** Only a neighbourhood holds communities. */
    | 'not-a-neighbourhood'
    /** Nothing below it yet, so there is nothing to oversee. */
    | 'jurisdiction-empty'
    | 'login-unknown'
    | 'term-malformed'
    | 'term-unknown'
    | 'grid-malformed'
}

const CONSOLE = 'console'
const NAME_LENGTH_MAX = 60
const GRID_ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,19}$/

/** An overseer of a level, as the public sees one. */
export interface LevelOverseer {
  readonly jurisdiction: string
  readonly displayName: string
  readonly title: string
  readonly from: CivilDate
  readonly until: CivilDate | null
}

/** The tree of all levels, with the communities in each neighbourhood. */
export async function readJurisdictions(
  portal: Portal,
): Promise<readonly (Jurisdiction & { readonly communities: readonly string[] })[]> {
  const places = await listCommunityPlaces(portal.db)
  return (await readTree(portal.db)).map(each => ({
    ...each,
    communities: places.filter(place => place.jurisdiction_code === each.code).map(place => place.slug),
  }))
}

async function readTree(tx: Tx): Promise<Jurisdiction[]> {
  return (await listJurisdictions(tx)).map(row => ({
    code: row.jurisdiction_code,
    level: row.level,
    name: row.name,
    nameEn: row.name_en,
    parent: row.parent_code,
  }))
}

/** The way from the district down to a community's neighbourhood, with who oversees at each level today. */
export async function readLevelsAbove(
  portal: Portal,
  communityId: number,
): Promise<{ readonly path: readonly Jurisdiction[]; readonly overseers: readonly LevelOverseer[] }> {
  const place = (await listCommunityPlaces(portal.db)).find(each => each.community_id === communityId)
  if (place === undefined) return { path: [], overseers: [] }
  const path = pathTo(await readTree(portal.db), place.jurisdiction_code)
  const rows = await listOverseers(
    portal.db,
    path.map(each => each.code),
    dateOf(portal.clock.now()),
  )
  return {
    path,
    overseers: rows.map(row => ({
      jurisdiction: row.jurisdiction_code,
      displayName: row.display_name,
      title: row.title,
      from: civilDate(row.term_from),
      until: row.term_until === null ? null : civilDate(row.term_until),
    })),
  }
}

/** The micro-grids of a community. */
export async function readMicroGrids(portal: Portal, communityId: number): Promise<readonly MicroGrid[]> {
  const rows = await listMicroGrids(portal.db, communityId)
  return [...new Set(rows.map(row => row.grid_id))].map(gridId => {
    const own = rows.filter(row => row.grid_id === gridId)
    return {
      gridId,
      name: own[0]!.name,
      places: own.flatMap(({ building, entrance }) =>
        building === null || entrance === null ? [] : [{ building, entrance }],
      ),
    }
  })
}

/** Enters a jurisdiction under its parent. */
export async function addJurisdiction(
  portal: Portal,
  entry: Jurisdiction,
): Promise<Result<void, JurisdictionRefusal>> {
  if (!isSlug(entry.code)) return err({ code: 'code-malformed' })
  const [name, nameEn] = [entry.name.normalize('NFC').trim(), entry.nameEn.normalize('NFC').trim()]
  if ([name, nameEn].some(text => text === '' || text.length > NAME_LENGTH_MAX)) {
    return err({ code: 'name-missing' })
  }
  return portal.db.transaction().execute(async tx => {
    const wanted = levelAbove(entry.level)
    const parent = (await readTree(tx)).find(each => each.code === entry.parent)
    if ((parent?.level ?? null) !== wanted || (wanted === null && entry.parent !== null)) {
      return err({ code: 'parent-unfit' })
    }
    const isNew = await insertJurisdiction(tx, {
      jurisdiction_code: entry.code,
      level: entry.level,
      name,
      name_en: nameEn,
      parent_code: entry.parent,
      parent_level: wanted,
      created_at: portal.clock.now(),
    })
    return isNew ? ok(undefined) : err({ code: 'code-taken' })
  })
}

/** Puts a community into a neighbourhood, or moves it to another one. */
export async function placeCommunity(
  portal: Portal,
  communityId: number,
  code: string,
): Promise<Result<void, JurisdictionRefusal>> {
  return portal.db.transaction().execute(async tx => {
    const found = (await readTree(tx)).find(each => each.code === code)
    if (found === undefined) return err({ code: 'jurisdiction-unknown' })
    if (found.level !== 'neighbourhood') return err({ code: 'not-a-neighbourhood' })
    await upsertCommunityPlace(tx, { communityId, code, by: CONSOLE, at: portal.clock.now() })
    await audit(portal, tx, [communityId], 'place-community', code, {})
    return ok(undefined)
  })
}

/** Enters or renames a micro-grid and puts buildings and entrances into it. */
export async function setMicroGrid(
  portal: Portal,
  communityId: number,
  grid: MicroGrid,
): Promise<Result<void, JurisdictionRefusal>> {
  const name = grid.name.normalize('NFC').trim()
  if (!GRID_ID.test(grid.gridId)) return err({ code: 'grid-malformed' })
  if (name === '' || name.length > NAME_LENGTH_MAX) return err({ code: 'name-missing' })
  return portal.db.transaction().execute(async tx => {
    const { gridId } = grid
    await upsertMicroGrid(tx, {
      community_id: communityId,
      grid_id: gridId,
      name,
      created_at: portal.clock.now(),
    })
    for (const place of grid.places) {
      await upsertMicroGridPlace(tx, { community_id: communityId, grid_id: gridId, ...place })
    }
    const places = grid.places.map(({ building, entrance }) => `${building}/${entrance}`)
    await audit(portal, tx, [communityId], 'set-micro-grid', gridId, { name, places })
    return ok(undefined)
  })
}

export interface LevelAppointment {
  readonly code: string
  /** The post as the public reads it. */
  readonly title: string
  readonly from: CivilDate
  readonly until: CivilDate | null
}

/** Invites somebody without an account to oversee a level; the term begins when the invitation is accepted, at the earliest on its first day. */
export async function inviteLevelOverseer(
  portal: Portal,
  appointment: LevelAppointment & { readonly displayName: string },
): Promise<Result<Invited, JurisdictionRefusal>> {
  const { code, title, from, until, displayName } = appointment
  return portal.db.transaction().execute(async tx => {
    const below = await checkAppointment(tx, appointment)
    if (!below.ok) return below
    return enterInvitation(portal, tx, CONSOLE, {
      communityId: below.value[0]!,
      role: 'district_overseer',
      displayName,
      from,
      until,
      jurisdiction: { code, title: title.normalize('NFC').trim() },
    })
  })
}

/** Appoints somebody who has an account to oversee a level. */
export async function appointLevelOverseer(
  portal: Portal,
  appointment: LevelAppointment & { readonly login: string },
): Promise<Result<void, JurisdictionRefusal>> {
  return portal.db.transaction().execute(async tx => {
    const below = await checkAppointment(tx, appointment)
    if (!below.ok) return below
    const user = await readUserByLogin(tx, appointment.login)
    if (user === null) return err({ code: 'login-unknown' })
    await grantLevel(portal, tx, user.user_id, { ...appointment, grantedBy: CONSOLE })
    return ok(undefined)
  })
}

/** Enters the term of an overseer of a level, audited in every community below. The caller has checked who may grant it. */
export async function grantLevel(
  portal: Portal,
  tx: Tx,
  userId: string,
  term: LevelAppointment & { readonly grantedBy: string },
): Promise<void> {
  const { code, from, until, grantedBy } = term
  const title = term.title.normalize('NFC').trim()
  await insertOverseerTerm(tx, {
    jurisdiction_code: code,
    user_id: userId,
    title,
    term_from: from,
    term_until: until,
    granted_by: grantedBy,
    granted_at: portal.clock.now(),
  })
  const below = await communitiesBelow(tx, code)
  await audit(portal, tx, below, 'appoint-level-overseer', userId, { code, title, from, until })
}

/** Ends an overseer's term with its last day, yesterday at the earliest: what was done stays done. */
export async function endLevelOverseer(
  portal: Portal,
  term: { readonly code: string; readonly login: string; readonly lastDay: CivilDate },
): Promise<Result<void, JurisdictionRefusal>> {
  const { code, lastDay } = term
  const today = dateOf(portal.clock.now())
  if (lastDay < addDays(today, -1)) return err({ code: 'term-malformed' })
  return portal.db.transaction().execute(async tx => {
    const user = await readUserByLogin(tx, term.login)
    if (user === null) return err({ code: 'login-unknown' })
    const ended = await endOverseerTerms(tx, { code, userId: user.user_id, on: today, lastDay })
    if (ended === 0) return err({ code: 'term-unknown' })
    const below = await communitiesBelow(tx, code)
    await audit(portal, tx, below, 'end-level-overseer', user.user_id, { code, lastDay })
    return ok(undefined)
  })
}

async function checkAppointment(
  tx: Tx,
  appointment: LevelAppointment,
): Promise<Result<readonly number[], JurisdictionRefusal>> {
  const { code, title, from, until } = appointment
  const text = title.normalize('NFC').trim()
  if (text === '' || text.length > NAME_LENGTH_MAX) return err({ code: 'name-missing' })
  if (until !== null && until < from) return err({ code: 'term-malformed' })
  if (!(await readTree(tx)).some(each => each.code === code)) return err({ code: 'jurisdiction-unknown' })
  const below = await communitiesBelow(tx, code)
  return below.length === 0 ? err({ code: 'jurisdiction-empty' }) : ok(below)
}

async function communitiesBelow(tx: Tx, code: string): Promise<readonly number[]> {
  const tree = await readTree(tx)
  const places = await listCommunityPlaces(tx)
  return places
    .filter(place => pathTo(tree, place.jurisdiction_code).some(each => each.code === code))
    .map(place => place.community_id)
}

async function audit(
  portal: Portal,
  tx: Tx,
  communities: readonly number[],
  act: AuditAct,
  subject: string,
  detail: { readonly [name: string]: CanonicalValue },
): Promise<void> {
  for (const communityId of communities) {
    await insertAuditEvent(tx, {
      community_id: communityId,
      audit_event_id: portal.random.id(),
      at: portal.clock.now(),
      actor_user_id: CONSOLE,
      act,
      subject,
      detail: canonicalText(detail),
    })
  }
}
