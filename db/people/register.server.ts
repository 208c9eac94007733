/** Queries of the owners' register: units with their history, persons, what is sealed about them, and who signs in as whom. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { AreaSource, UnitKind, UnitStatus } from '#people'
import type { Tx } from '../schema/index.ts'
import type {
  OwnerInvitationTable,
  PersonPrivateTable,
  PersonTable,
  PersonUserTable,
  UnitOwnerTable,
  UnitRecordTable,
  UnitTable,
} from '../schema/people.ts'

export type PersonPrivateRow = Selectable<PersonPrivateTable>

/** One change of the register at a time, of a community. The caller holds a transaction. */
export async function lockRegister(tx: Tx, communityId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(772, ${communityId}::integer)`.execute(tx)
}

export interface RegisterRow {
  readonly unit_id: string
  readonly building: string
  readonly entrance: string
  readonly number: string
  readonly record_no: number
  readonly effective_on: string
  readonly is_removed: boolean
  readonly kind: UnitKind
  readonly area_centi_m2: bigint
  readonly area_source: AreaSource
  readonly status: UnitStatus
  readonly owners: readonly string[]
}

export interface RegisterFilter {
  readonly personId?: string
  readonly unitId?: string
  readonly building?: string
  /** Leaves out what was recorded after an instant: the register as it was known then. */
  readonly knownAt?: Date
}

/** Each unit with the record in force on a day (removed ones too), in order of unit id by code unit. */
export async function readRegisterRows(
  tx: Tx,
  communityId: number,
  on: string,
  filter: RegisterFilter = {},
): Promise<readonly RegisterRow[]> {
  const ofPerson =
    filter.personId === undefined
      ? sql``
      : sql`and u.unit_id in (select unit_id from unit_owner where community_id = ${communityId} and person_id = ${filter.personId})`
  const ofUnit = filter.unitId === undefined ? sql`` : sql`and u.unit_id = ${filter.unitId}`
  const ofBuilding = filter.building === undefined ? sql`` : sql`and u.building = ${filter.building}`
  const known = filter.knownAt === undefined ? sql`` : sql`and r.recorded_at <= ${filter.knownAt}`
  const { rows } = await sql<RegisterRow>`
    select u.unit_id, u.building, u.entrance, u.number, r.record_no, r.effective_on, r.is_removed, r.kind,
      r.area_centi_m2, r.area_source, r.status, coalesce(o.owners, '{}'::text[]) as owners
    from unit u
    join lateral (
      select * from unit_record r where r.community_id = u.community_id and r.unit_id = u.unit_id
        and r.effective_on <= ${on}::date ${known}
      order by r.effective_on desc, r.record_no desc limit 1
    ) r on true
    left join lateral (
      select array_agg(o.person_id order by o.person_id collate "C") as owners from unit_owner o
      where o.community_id = r.community_id and o.unit_id = r.unit_id and o.record_no = r.record_no
    ) o on true
    where u.community_id = ${communityId} ${ofPerson} ${ofUnit} ${ofBuilding}
    order by u.unit_id collate "C"`.execute(tx)
  return rows
}

/** The days from which records hold, oldest first: between two of them the register does not change. */
export async function listRegisterDays(tx: Tx, communityId: number): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly effective_on: string }>`
    select distinct effective_on from unit_record where community_id = ${communityId} order by effective_on`.execute(
    tx,
  )
  return rows.map(row => row.effective_on)
}

/** Every record of a unit with its owners, newest first. */
export async function readUnitRecords(tx: Tx, communityId: number, unitId: string) {
  const { rows } = await sql<
    Omit<RegisterRow, 'building' | 'entrance' | 'number'> & {
      readonly recorded_at: Date
      readonly recorded_by: string
      readonly import_id: string
    }
  >`
    select r.*, coalesce((
      select array_agg(o.person_id order by o.person_id collate "C") from unit_owner o
      where o.community_id = r.community_id and o.unit_id = r.unit_id and o.record_no = r.record_no
    ), '{}'::text[]) as owners
    from unit_record r where r.community_id = ${communityId} and r.unit_id = ${unitId}
    order by r.record_no desc`.execute(tx)
  return rows
}

/** The last record number of every unit that has one. */
export async function readRecordNumbers(tx: Tx, communityId: number): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('unit_record')
    .select(({ fn }) => ['unit_id', fn.max('record_no').as('last')])
    .where('community_id', '=', communityId)
    .groupBy('unit_id')
    .execute()
  return new Map(rows.map(row => [row.unit_id, row.last]))
}

const CHUNK = 500

async function inChunks<T>(rows: readonly T[], insert: (chunk: T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK) await insert(rows.slice(start, start + CHUNK))
}

/** Enters units; those that are there stay as they are. */
export function insertUnits(tx: Tx, units: readonly Insertable<UnitTable>[]): Promise<void> {
  return inChunks(units, chunk =>
    tx
      .insertInto('unit')
      .values(chunk)
      .onConflict(conflict => conflict.columns(['community_id', 'unit_id']).doNothing())
      .execute(),
  )
}

/** Appends records with their owners. */
export async function insertUnitRecords(
  tx: Tx,
  records: readonly Insertable<UnitRecordTable>[],
  owners: readonly Insertable<UnitOwnerTable>[],
): Promise<void> {
  await inChunks(records, chunk => tx.insertInto('unit_record').values(chunk).execute())
  await inChunks(owners, chunk => tx.insertInto('unit_owner').values(chunk).execute())
}

/** Enters persons with what is sealed about them. */
export async function insertPersons(
  tx: Tx,
  persons: readonly Insertable<PersonTable>[],
  sealed: readonly Insertable<PersonPrivateTable>[],
): Promise<void> {
  await inChunks(persons, chunk => tx.insertInto('person').values(chunk).execute())
  await inChunks(sealed, chunk => tx.insertInto('person_private').values(chunk).execute())
}

/** Replaces what is sealed about a person. */
export async function updatePersonPrivate(
  tx: Tx,
  row: Pick<PersonPrivateRow, 'community_id' | 'person_id'> & Partial<PersonPrivateRow>,
): Promise<void> {
  const { community_id, person_id, ...change } = row
  await tx
    .updateTable('person_private')
    .set(change)
    .where('community_id', '=', community_id)
    .where('person_id', '=', person_id)
    .execute()
}

/** What is sealed about some persons, or about all of a community. */
export async function readPersonPrivates(
  tx: Tx,
  communityId: number,
  personIds: readonly string[] | 'all',
): Promise<PersonPrivateRow[]> {
  const all = tx.selectFrom('person_private').selectAll().where('community_id', '=', communityId)
  if (personIds === 'all') return all.orderBy('person_id').execute()
  const rows: PersonPrivateRow[] = []
  await inChunks(personIds, async chunk => {
    rows.push(...(await all.where('person_id', 'in', chunk).execute()))
  })
  return rows
}

/** True when the community has the person. */
export async function hasPerson(tx: Tx, communityId: number, personId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('person')
    .select('person_id')
    .where('community_id', '=', communityId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row !== undefined
}

/** The persons that users sign in as, in a community, by user. */
export async function readPersonsOfUsers(
  tx: Tx,
  communityId: number,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('person_user')
    .select(['user_id', 'person_id'])
    .where('community_id', '=', communityId)
    .where('user_id', '=', sql<string>`any(${[...userIds]}::text[])`)
    .where('ended_at', 'is', null)
    .execute()
  return new Map(rows.map(row => [row.user_id, row.person_id]))
}

/** The user a person signs in with; null when none. */
export async function readUserOfPersonRow(
  tx: Tx,
  communityId: number,
  personId: string,
): Promise<string | null> {
  const row = await tx
    .selectFrom('person_user')
    .select('user_id')
    .where('community_id', '=', communityId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return row?.user_id ?? null
}

/** The persons of a community who sign in. */
export async function readBoundPersons(tx: Tx, communityId: number): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('person_user')
    .select('person_id')
    .where('community_id', '=', communityId)
    .where('ended_at', 'is', null)
    .execute()
  return new Set(rows.map(row => row.person_id))
}

/** Binds a user to a person. */
export async function insertPersonUser(tx: Tx, row: Insertable<PersonUserTable>): Promise<void> {
  await tx.insertInto('person_user').values(row).execute()
}

/** Ends the binding of a person to whoever signs in as it. */
export async function endPersonUser(tx: Tx, communityId: number, personId: string, at: Date): Promise<void> {
  await tx
    .updateTable('person_user')
    .set({ ended_at: at })
    .where('community_id', '=', communityId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .execute()
}

/** Says for which person an invitation is. */
export async function insertOwnerInvitation(tx: Tx, row: Insertable<OwnerInvitationTable>): Promise<void> {
  await tx.insertInto('owner_invitation').values(row).execute()
}

/** The person an invitation is for, and whether no newer one was issued for that person; null for the invitations of officers. */
export async function readInvitedPerson(
  tx: Tx,
  communityId: number,
  invitationId: string,
): Promise<{ readonly personId: string; readonly isNewest: boolean } | null> {
  const { rows } = await sql<{ person_id: string; is_newest: boolean }>`
    select mine.person_id, not exists (
      select from owner_invitation other
      join invitation later using (community_id, invitation_id)
      where other.community_id = mine.community_id and other.person_id = mine.person_id
        and (later.invited_at, later.invitation_id) > (i.invited_at, i.invitation_id)
    ) as is_newest
    from owner_invitation mine join invitation i using (community_id, invitation_id)
    where mine.community_id = ${communityId} and mine.invitation_id = ${invitationId}`.execute(tx)
  const [row] = rows
  return row === undefined ? null : { personId: row.person_id, isNewest: row.is_newest }
}
