/** Queries of accounts: users, offices, sessions, invitations, sign-in attempts. Secrets come and go as digests only. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Role } from '#people'
import type { Tx } from '../schema/index.ts'
import type {
  InvitationTable,
  OfficeTermTable,
  PortalUserTable,
  SignInAttemptTable,
  UserSessionTable,
} from '../schema/people.ts'

export type UserRow = Selectable<PortalUserTable>
export type SessionRow = Selectable<UserSessionTable>
export type InvitationRow = Selectable<InvitationTable>

/** Enters a user; false when the login name is taken. */
export async function insertUser(tx: Tx, user: Insertable<PortalUserTable>): Promise<boolean> {
  const done = await tx
    .insertInto('portal_user')
    .values(user)
    .onConflict(conflict => conflict.column('login').doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** The user of a login name; null when there is none. */
export async function readUserByLogin(tx: Tx, login: string): Promise<UserRow | null> {
  const row = await tx.selectFrom('portal_user').selectAll().where('login', '=', login).executeTakeFirst()
  return row ?? null
}

/** The user of an id; null when there is none. */
export async function readUserById(tx: Tx, userId: string): Promise<UserRow | null> {
  const row = await tx.selectFrom('portal_user').selectAll().where('user_id', '=', userId).executeTakeFirst()
  return row ?? null
}

/** Gives a user a new password. */
export async function updatePasswordHash(tx: Tx, userId: string, passwordHash: string): Promise<void> {
  await tx
    .updateTable('portal_user')
    .set({ password_hash: passwordHash })
    .where('user_id', '=', userId)
    .execute()
}

/** Display names of users by id. */
export async function readUserNames(tx: Tx, userIds: readonly string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('portal_user')
    .select(['user_id', 'display_name'])
    .where('user_id', 'in', userIds)
    .execute()
  return new Map(rows.map(row => [row.user_id, row.display_name]))
}

/** Shuts a user out; false when that was done before. */
export async function disableUserRow(tx: Tx, userId: string, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable('portal_user')
    .set({ disabled_at: at })
    .where('user_id', '=', userId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Enters a term of office; the same one twice is entered once. */
export async function insertOfficeTerm(tx: Tx, term: Insertable<OfficeTermTable>): Promise<void> {
  await tx
    .insertInto('office_term')
    .values(term)
    .onConflict(conflict => conflict.columns(['community_id', 'user_id', 'role', 'term_from']).doNothing())
    .execute()
}

/**
 * The offices that users hold on a day. Whoever is an owner by a code is one for as long as the register says so: from the day
 * on which the person owns nothing any more, or another account stands for it, the office is not among them.
 */
export async function readOffices(
  tx: Tx,
  userIds: readonly string[],
  on: string,
): Promise<{ user_id: string; community_id: number; role: Role }[]> {
  const { rows } = await sql<{ user_id: string; community_id: number; role: Role }>`
    select distinct term.user_id, term.community_id, term.role from office_term term
    where term.user_id = any(${[...userIds]}::text[]) and term.term_from <= ${on}::date
      and (term.term_until is null or term.term_until >= ${on}::date)
      and (
        term.role <> 'owner'
        or not exists (select from person_user bound
          where bound.community_id = term.community_id and bound.user_id = term.user_id)
        or exists (
          select from person_user bound join person using (community_id, person_id)
          where bound.community_id = term.community_id and bound.user_id = term.user_id and bound.ended_at is null
            and (person.kind = 'developer' or exists (
              select from unit_owner owner join unit_record record using (community_id, unit_id, record_no)
              where owner.community_id = bound.community_id and owner.person_id = bound.person_id
                and record.effective_on <= ${on}::date and not record.is_removed
                and not exists (
                  select from unit_record later
                  where later.community_id = record.community_id and later.unit_id = record.unit_id
                    and later.effective_on <= ${on}::date
                    and (later.effective_on, later.record_no) > (record.effective_on, record.record_no)))))
      )
    order by term.community_id, term.role`.execute(tx)
  return rows
}

/** The office holders of a community on a day, with their names. */
export function readOfficeHolders(
  tx: Tx,
  communityId: number,
  on: string,
): Promise<
  { user_id: string; display_name: string; role: Role; term_from: string; term_until: string | null }[]
> {
  return tx
    .selectFrom('office_term')
    .innerJoin('portal_user', 'portal_user.user_id', 'office_term.user_id')
    .select([
      'office_term.user_id',
      'portal_user.display_name',
      'office_term.role',
      'office_term.term_from',
      'office_term.term_until',
    ])
    .where('office_term.community_id', '=', communityId)
    .where('office_term.term_from', '<=', on)
    .where(term =>
      term.or([term('office_term.term_until', 'is', null), term('office_term.term_until', '>=', on)]),
    )
    .where('portal_user.disabled_at', 'is', null)
    .orderBy('office_term.role')
    .orderBy('office_term.user_id')
    .execute()
}

/** Ends the terms of an office that run on a day, with the given last day; the number ended. */
export async function endOfficeTerms(
  tx: Tx,
  term: { communityId: number; userId: string; role: Role; on: string; lastDay: string },
): Promise<number> {
  const done = await tx
    .updateTable('office_term')
    .set({ term_until: term.lastDay })
    .where('community_id', '=', term.communityId)
    .where('user_id', '=', term.userId)
    .where('role', '=', term.role)
    .where(running => running.or([running('term_until', 'is', null), running('term_until', '>=', term.on)]))
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

/** Enters a session. */
export async function insertSession(tx: Tx, session: Insertable<UserSessionTable>): Promise<void> {
  await tx.insertInto('user_session').values(session).execute()
}

/**
 * The sessions of tokens with their users, and whether those have a second factor, unless the user is shut out. Expiry is
 * for the caller to judge.
 */
export function readSessionsByDigest(
  tx: Tx,
  tokenDigests: readonly string[],
): Promise<(SessionRow & { display_name: string; has_second_factor: boolean })[]> {
  return tx
    .selectFrom('user_session')
    .innerJoin('portal_user', 'portal_user.user_id', 'user_session.user_id')
    .selectAll('user_session')
    .select([
      'portal_user.display_name',
      sql<boolean>`(
        exists (select from passkey where passkey.user_id = portal_user.user_id)
        or exists (select from totp_factor
          where totp_factor.user_id = portal_user.user_id and confirmed_at is not null)
      )`.as('has_second_factor'),
    ])
    .where('token_digest', '=', sql<string>`any(${[...tokenDigests]}::text[])`)
    .where('portal_user.disabled_at', 'is', null)
    .execute()
}

/** Notes that sessions were used. */
export async function updateSessionsSeen(tx: Tx, sessionIds: readonly string[], at: Date): Promise<void> {
  await tx.updateTable('user_session').set({ seen_at: at }).where('session_id', 'in', sessionIds).execute()
}

/** Ends a session. */
export async function deleteSession(tx: Tx, tokenDigest: string): Promise<void> {
  await tx.deleteFrom('user_session').where('token_digest', '=', tokenDigest).execute()
}

/** Ends every session of a user. */
export async function deleteSessionsOf(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('user_session').where('user_id', '=', userId).execute()
}

/** Ends every session of a user but one. */
export async function deleteOtherSessions(tx: Tx, userId: string, sessionId: string): Promise<void> {
  await tx
    .deleteFrom('user_session')
    .where('user_id', '=', userId)
    .where('session_id', '!=', sessionId)
    .execute()
}

/** Ends one session of a user; false when it is not theirs or has ended. */
export async function deleteSessionById(tx: Tx, userId: string, sessionId: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('user_session')
    .where('user_id', '=', userId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  return done.numDeletedRows === 1n
}

/** The sessions of a user that have not expired, last used first. */
export function readSessionsOf(tx: Tx, userId: string, now: Date): Promise<SessionRow[]> {
  return tx
    .selectFrom('user_session')
    .selectAll()
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .orderBy('seen_at', 'desc')
    .orderBy('session_id')
    .execute()
}

/** Forgets sessions that expired. */
export async function deleteExpiredSessions(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom('user_session').where('expires_at', '<', now).execute()
}

/** Enters an invitation. */
export async function insertInvitation(tx: Tx, invitation: Insertable<InvitationTable>): Promise<void> {
  await tx.insertInto('invitation').values(invitation).execute()
}

/** The invitation of a code with the name of its community; null when there is none. `lock` keeps a second acceptance waiting. */
export async function readInvitation(
  tx: Tx,
  codeDigest: string,
  options: { lock: boolean },
): Promise<(InvitationRow & { community_name: string; community_slug: string }) | null> {
  const query = tx
    .selectFrom('invitation')
    .innerJoin('community', 'community.community_id', 'invitation.community_id')
    .selectAll('invitation')
    .select(['community.name as community_name', 'community.slug as community_slug'])
    .where('code_digest', '=', codeDigest)
  const row = await (options.lock ? query.forUpdate('invitation') : query).executeTakeFirst()
  return row ?? null
}

/** Notes who accepted an invitation. */
export async function updateInvitationAccepted(
  tx: Tx,
  invitation: Pick<InvitationRow, 'community_id' | 'invitation_id'>,
  accepted: { by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ accepted_by: accepted.by, accepted_at: accepted.at })
    .where('community_id', '=', invitation.community_id)
    .where('invitation_id', '=', invitation.invitation_id)
    .execute()
}

/** Counts attempts one at a time: guesses sent together must not all see the same count. The caller holds a transaction. */
export async function lockSignInAttempts(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('sign_in_attempt'))`.execute(tx)
}

export interface AttemptCounts {
  /** Failed, for this login name from this address, since it last succeeded there. */
  readonly fromHere: number
  /** Failed, for this login name from anywhere. */
  readonly forLogin: number
  /** Failed, for any login name from this address. */
  readonly fromAddress: number
}

/** Failed (or unfinished) attempts since an instant. */
export async function countFailedAttempts(
  tx: Tx,
  digests: { login: string; address: string },
  since: Date,
): Promise<AttemptCounts> {
  const { rows } = await sql<{ from_here: number; for_login: number; from_address: number }>`
    select
      (count(*) filter (
        where login_digest = ${digests.login} and address_digest = ${digests.address}
          and attempted_at > coalesce((
            select max(attempted_at) from sign_in_attempt
            where login_digest = ${digests.login} and address_digest = ${digests.address} and succeeded
          ), ${since})))::integer as from_here,
      (count(*) filter (where login_digest = ${digests.login}))::integer as for_login,
      (count(*) filter (where address_digest = ${digests.address}))::integer as from_address
    from sign_in_attempt
    where attempted_at > ${since} and not succeeded
      and (login_digest = ${digests.login} or address_digest = ${digests.address})`.execute(tx)
  const [row] = rows
  return { fromHere: row!.from_here, forLogin: row!.for_login, fromAddress: row!.from_address }
}

/** True when the login name was signed in from the address since an instant. */
export async function hasSignedInFrom(
  tx: Tx,
  digests: { login: string; address: string },
  since: Date,
): Promise<boolean> {
  const row = await tx
    .selectFrom('sign_in_attempt')
    .select('attempt_id')
    .where('login_digest', '=', digests.login)
    .where('address_digest', '=', digests.address)
    .where('attempted_at', '>', since)
    .where('succeeded', '=', true)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Enters an attempt, counted as failed until it is known to have succeeded. */
export async function insertSignInAttempt(tx: Tx, attempt: Insertable<SignInAttemptTable>): Promise<void> {
  await tx.insertInto('sign_in_attempt').values(attempt).execute()
}

/** Notes that an attempt succeeded. */
export async function updateAttemptSucceeded(tx: Tx, attemptId: string): Promise<void> {
  await tx
    .updateTable('sign_in_attempt')
    .set({ succeeded: true })
    .where('attempt_id', '=', attemptId)
    .execute()
}

/** Forgets attempts from before an instant. */
export async function deleteAttemptsBefore(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('sign_in_attempt').where('attempted_at', '<', before).execute()
}
