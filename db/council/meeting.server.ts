/** SQL of meetings: their notices, who came, and the texts saved at the table. */
import type { Insertable, Selectable } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

export type MeetingRow = Selectable<Schema['council_meeting']>
export type NoticeRow = Selectable<Schema['council_notice']>
export type AttendanceRow = Selectable<Schema['council_attendance']>
export type SectionRow = Selectable<Schema['council_section']>
export type SignInRow = Selectable<Schema['council_sign_in']>
export type SignInSheetRow = Selectable<Schema['council_sign_in_sheet']>

export async function insertMeeting(tx: Tx, row: Insertable<Schema['council_meeting']>): Promise<void> {
  await tx.insertInto('council_meeting').values(row).execute()
}

export async function findMeeting(
  tx: Tx,
  communityId: number,
  meetingId: string,
): Promise<MeetingRow | undefined> {
  return tx
    .selectFrom('council_meeting')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst()
}

export async function insertNotice(tx: Tx, row: Insertable<Schema['council_notice']>): Promise<void> {
  await tx.insertInto('council_notice').values(row).execute()
}

/** Every version of one meeting's notice, or of all meetings', oldest first. */
export async function listNotices(
  tx: Tx,
  communityId: number,
  meetingId: string | null,
): Promise<NoticeRow[]> {
  let query = tx.selectFrom('council_notice').selectAll().where('community_id', '=', communityId)
  if (meetingId !== null) query = query.where('meeting_id', '=', meetingId)
  return query.orderBy('meeting_id').orderBy('version').execute()
}

export async function insertAttendance(tx: Tx, row: Insertable<Schema['council_attendance']>): Promise<void> {
  await tx.insertInto('council_attendance').values(row).execute()
}

/** The newest record of who came; undefined when attendance was not taken. */
export async function findAttendance(
  tx: Tx,
  communityId: number,
  meetingId: string,
): Promise<AttendanceRow | undefined> {
  return tx
    .selectFrom('council_attendance')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('meeting_id', '=', meetingId)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Signs a person in; false when they already are. */
export async function insertSignIn(tx: Tx, row: Insertable<Schema['council_sign_in']>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('council_sign_in')
    .values(row)
    .onConflict(conflict => conflict.columns(['community_id', 'meeting_id', 'user_id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Takes the sign-ins of an account out and gives them. */
export async function takeSignInsOf(tx: Tx, userId: string): Promise<SignInRow[]> {
  return tx.deleteFrom('council_sign_in').where('user_id', '=', userId).returningAll().execute()
}

export async function countSignIns(tx: Tx, communityId: number, meetingId: string): Promise<number> {
  const row = await tx
    .selectFrom('council_sign_in')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('community_id', '=', communityId)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export async function hasSignedIn(
  tx: Tx,
  communityId: number,
  meetingId: string,
  userId: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom('council_sign_in')
    .select('user_id')
    .where('community_id', '=', communityId)
    .where('meeting_id', '=', meetingId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row !== undefined
}

/** Enters a list that was signed on paper, or a count called at the table. Call under the council's lock. */
export async function insertSignInSheet(
  tx: Tx,
  row: Omit<Insertable<Schema['council_sign_in_sheet']>, 'sheet_no'>,
): Promise<void> {
  const sheets = await listSignInSheets(tx, row.community_id, row.meeting_id)
  await tx
    .insertInto('council_sign_in_sheet')
    .values({ ...row, sheet_no: sheets.length + 1 })
    .execute()
}

export async function listSignInSheets(
  tx: Tx,
  communityId: number,
  meetingId: string,
): Promise<SignInSheetRow[]> {
  return tx
    .selectFrom('council_sign_in_sheet')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('meeting_id', '=', meetingId)
    .orderBy('sheet_no')
    .execute()
}

export async function insertSection(tx: Tx, row: Insertable<Schema['council_section']>): Promise<void> {
  await tx.insertInto('council_section').values(row).execute()
}

/** Every revision of every topic's text, in order. */
export async function listSections(tx: Tx, communityId: number, meetingId: string): Promise<SectionRow[]> {
  return tx
    .selectFrom('council_section')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('meeting_id', '=', meetingId)
    .orderBy('item_no')
    .orderBy('revision')
    .execute()
}
