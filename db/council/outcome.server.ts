/** SQL of the council's lists: meetings, outcomes and action items by the page, each read by key. */

import { type Insertable, type Selectable, type SqlBool, sql } from 'kysely'
import type { MeetingKind } from '#council'
import type { Schema, Tx } from '../schema/index.ts'
import type { ActionEventRow, ActionRow } from './minutes.server.ts'

export type OutcomeRow = Selectable<Schema['council_outcome']>
export type OpenActionRow = Selectable<Schema['council_open_action']>

/** Puts what published minutes came to in the place of what stood of that meeting before. Call under the council's lock. */
export async function replaceOutcomes(
  tx: Tx,
  communityId: number,
  meetingId: string,
  rows: readonly Insertable<Schema['council_outcome']>[],
): Promise<void> {
  await tx
    .deleteFrom('council_outcome')
    .where('community_id', '=', communityId)
    .where('meeting_id', '=', meetingId)
    .execute()
  if (rows.length > 0)
    await tx
      .insertInto('council_outcome')
      .values([...rows])
      .execute()
}

/** Puts the open action items of a meeting in the place of those of before. Call under the council's lock. */
export async function replaceOpenActions(
  tx: Tx,
  communityId: number,
  meetingId: string,
  rows: readonly Insertable<Schema['council_open_action']>[],
): Promise<void> {
  await tx
    .deleteFrom('council_open_action')
    .where('community_id', '=', communityId)
    .where('meeting_id', '=', meetingId)
    .execute()
  if (rows.length > 0)
    await tx
      .insertInto('council_open_action')
      .values([...rows])
      .execute()
}

export interface OutcomeWish {
  /** First and last day of the meetings, inclusive. */
  readonly from?: string
  readonly until?: string
  readonly kind?: OutcomeRow['kind']
  readonly opinion?: OutcomeRow['opinion']
}

function wishedOutcomes(tx: Tx, communityId: number, { from, until, kind, opinion }: OutcomeWish) {
  let query = tx.selectFrom('council_outcome').where('community_id', '=', communityId)
  if (from !== undefined) query = query.where('held_on', '>=', from)
  if (until !== undefined) query = query.where('held_on', '<=', until)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (opinion !== undefined) query = query.where('opinion', '=', opinion)
  return query
}

/** Where a page of outcomes ended. */
export interface OutcomePlace {
  readonly heldOn: string
  readonly meetingId: string
  readonly item: number
}

/** Outcomes, newest meeting first, after a place. */
export async function listOutcomes(
  tx: Tx,
  communityId: number,
  wish: OutcomeWish,
  after: OutcomePlace | null,
  limit: number,
): Promise<OutcomeRow[]> {
  let query = wishedOutcomes(tx, communityId, wish).selectAll()
  if (after !== null) {
    const { heldOn, meetingId, item } = after
    query = query.where(
      sql<SqlBool>`held_on <= ${heldOn}::date and ((held_on, meeting_id) < (${heldOn}::date, ${meetingId}::text)
        or (meeting_id = ${meetingId}::text and item_no > ${item}::integer))`,
    )
  }
  return query
    .orderBy('held_on', 'desc')
    .orderBy('meeting_id', 'desc')
    .orderBy('item_no')
    .limit(limit)
    .execute()
}

/** How many there are. */
export async function countOutcomes(tx: Tx, communityId: number, wish: OutcomeWish): Promise<number> {
  const row = await wishedOutcomes(tx, communityId, wish)
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** The first and the last day of which there are outcomes; undefined when there are none. */
export async function spanOfOutcomes(tx: Tx, communityId: number) {
  const row = await tx
    .selectFrom('council_outcome')
    .select(({ fn }) => [fn.min('held_on').as('first'), fn.max('held_on').as('last')])
    .where('community_id', '=', communityId)
    .executeTakeFirst()
  return row?.first ? { first: row.first, last: row.last } : undefined
}

/** The outcomes of some topics. */
export async function listOutcomesOfTopics(
  tx: Tx,
  communityId: number,
  topicIds: readonly string[],
): Promise<OutcomeRow[]> {
  if (topicIds.length === 0) return []
  return tx
    .selectFrom('council_outcome')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('topic_id', 'in', [...topicIds])
    .orderBy('held_on')
    .execute()
}

/** All outcomes and all open action items, for the checker. */
export async function readDerivedLists(tx: Tx, communityId: number) {
  return {
    outcomes: await tx
      .selectFrom('council_outcome')
      .selectAll()
      .where('community_id', '=', communityId)
      .execute(),
    open: await tx
      .selectFrom('council_open_action')
      .selectAll()
      .where('community_id', '=', communityId)
      .execute(),
  }
}

/** Where a page of meetings ended. */
export interface MeetingPlace {
  readonly startsAt: Date
  readonly meetingId: string
}

/** The newest notice of each meeting, with whether its minutes are published. */
function newestNotices(tx: Tx, communityId: number) {
  return tx
    .selectFrom('council_notice as n')
    .selectAll('n')
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('council_publication as p')
          .select('p.issue')
          .whereRef('p.community_id', '=', 'n.community_id')
          .whereRef('p.meeting_id', '=', 'n.meeting_id'),
      ).as('is_published'),
    )
    .where('n.community_id', '=', communityId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('council_notice as later')
            .select('later.version')
            .whereRef('later.community_id', '=', 'n.community_id')
            .whereRef('later.meeting_id', '=', 'n.meeting_id')
            .whereRef('later.version', '>', 'n.version'),
        ),
      ),
    )
}

export type MeetingNoticeRow = Awaited<ReturnType<typeof listMeetings>>[number]

/** Meetings that begin after an instant (soonest first), or that began before it (latest first, after a place). */
export async function listMeetings(
  tx: Tx,
  communityId: number,
  wish: { readonly span: 'coming' | 'past'; readonly now: Date; readonly after: MeetingPlace | null },
  limit: number,
) {
  const { span, now, after } = wish
  const notices = newestNotices(tx, communityId)
  if (span === 'coming') {
    return notices
      .where('n.starts_at', '>', now)
      .orderBy('n.starts_at')
      .orderBy('n.meeting_id')
      .limit(limit)
      .execute()
  }
  const from = after?.startsAt ?? now
  return notices
    .where('n.starts_at', '<=', from)
    .where(
      after === null
        ? sql<SqlBool>`true`
        : sql<SqlBool>`(n.starts_at, n.meeting_id) < (${after.startsAt}::timestamptz, ${after.meetingId}::text)`,
    )
    .orderBy('n.starts_at', 'desc')
    .orderBy('n.meeting_id', 'desc')
    .limit(limit)
    .execute()
}

/** One meeting by its newest notice. */
export async function findMeetingNotice(tx: Tx, communityId: number, meetingId: string) {
  return newestNotices(tx, communityId).where('n.meeting_id', '=', meetingId).executeTakeFirst()
}

/** Meetings without published minutes that begin after a moment; with `kind` only those of one kind. */
export async function listUnpublished(
  tx: Tx,
  communityId: number,
  wish: { readonly since: Date | null; readonly kind: MeetingKind | null },
) {
  let query = newestNotices(tx, communityId).where(({ not, exists, selectFrom }) =>
    not(
      exists(
        selectFrom('council_publication as q')
          .select('q.issue')
          .whereRef('q.community_id', '=', 'n.community_id')
          .whereRef('q.meeting_id', '=', 'n.meeting_id'),
      ),
    ),
  )
  if (wish.since !== null) query = query.where('n.starts_at', '>=', wish.since)
  const { kind } = wish
  if (kind !== null) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('council_meeting as m')
          .select('m.kind')
          .whereRef('m.community_id', '=', 'n.community_id')
          .whereRef('m.meeting_id', '=', 'n.meeting_id')
          .where('m.kind', '=', kind),
      ),
    )
  }
  return query.orderBy('n.starts_at').execute()
}

/** Open action items by due date; with `dueBefore` only those that are late. */
export async function listOpenActions(
  tx: Tx,
  communityId: number,
  wish: { readonly dueBefore: string | null; readonly limit: number },
): Promise<ActionRow[]> {
  let query = tx
    .selectFrom('council_open_action as o')
    .innerJoin('council_action as a', join =>
      join
        .onRef('a.community_id', '=', 'o.community_id')
        .onRef('a.meeting_id', '=', 'o.meeting_id')
        .onRef('a.version', '=', 'o.version')
        .onRef('a.item_no', '=', 'o.item_no')
        .onRef('a.action_no', '=', 'o.action_no'),
    )
    .selectAll('a')
    .where('o.community_id', '=', communityId)
  if (wish.dueBefore !== null) query = query.where('o.due_on', '<', wish.dueBefore)
  return query
    .orderBy('o.due_on')
    .orderBy('o.meeting_id')
    .orderBy('o.item_no')
    .orderBy('o.action_no')
    .limit(wish.limit)
    .execute()
}

/** How many open action items were due before a day. */
export async function countOverdueActions(tx: Tx, communityId: number, dueBefore: string): Promise<number> {
  const row = await tx
    .selectFrom('council_open_action')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('community_id', '=', communityId)
    .where('due_on', '<', dueBefore)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Action items that stand: of the newest publication of each meeting. */
function standingActions(tx: Tx, communityId: number) {
  return tx
    .selectFrom('council_action as a')
    .selectAll('a')
    .where('a.community_id', '=', communityId)
    .where(({ eb, selectFrom }) =>
      eb(
        'a.version',
        '=',
        selectFrom('council_publication as p')
          .select(({ fn }) => fn.max('p.version').as('version'))
          .whereRef('p.community_id', '=', 'a.community_id')
          .whereRef('p.meeting_id', '=', 'a.meeting_id'),
      ),
    )
}

/** The action items of one topic, or of one meeting, that stand. */
export async function listActionsOf(
  tx: Tx,
  communityId: number,
  of: { readonly topicId: string } | { readonly meetingId: string },
): Promise<ActionRow[]> {
  const all = standingActions(tx, communityId)
  const some =
    'topicId' in of ? all.where('a.topic_id', '=', of.topicId) : all.where('a.meeting_id', '=', of.meetingId)
  return some
    .orderBy('a.due_on')
    .orderBy('a.meeting_id')
    .orderBy('a.item_no')
    .orderBy('a.action_no')
    .execute()
}

/** What became of the action items of some meetings, each in its order. */
export async function listActionEventsOf(
  tx: Tx,
  communityId: number,
  meetingIds: readonly string[],
): Promise<ActionEventRow[]> {
  if (meetingIds.length === 0) return []
  return tx
    .selectFrom('council_action_event')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('meeting_id', 'in', [...meetingIds])
    .orderBy('meeting_id')
    .orderBy('item_no')
    .orderBy('action_no')
    .orderBy('event_no')
    .execute()
}

/** The last reports of action items that are done, newest first, before an instant. */
export async function listDoneEvents(
  tx: Tx,
  communityId: number,
  wish: { readonly before: Date | null; readonly limit: number },
): Promise<ActionEventRow[]> {
  let query = lastEvents(tx, communityId).where('e.kind', '=', 'done')
  if (wish.before !== null) query = query.where('e.entered_at', '<', wish.before)
  return query.orderBy('e.entered_at', 'desc').limit(wish.limit).execute()
}

/** True when the newest report of some action item names the document as its proof. */
export async function isProofNamed(tx: Tx, communityId: number, sha256: string): Promise<boolean> {
  const row = await lastEvents(tx, communityId)
    .where('e.proof_sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function lastEvents(tx: Tx, communityId: number) {
  return tx
    .selectFrom('council_action_event as e')
    .selectAll('e')
    .where('e.community_id', '=', communityId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('council_action_event as later')
            .select('later.event_no')
            .whereRef('later.community_id', '=', 'e.community_id')
            .whereRef('later.meeting_id', '=', 'e.meeting_id')
            .whereRef('later.item_no', '=', 'e.item_no')
            .whereRef('later.action_no', '=', 'e.action_no')
            .whereRef('later.event_no', '>', 'e.event_no'),
        ),
      ),
    )
}
