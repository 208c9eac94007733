/** Action items: what became of them, with proof; and what is overdue, for the home page and for those who oversee. */
import type { Tx } from '#db'
import {
  type ActionEventRow,
  type ActionRow,
  countOverdueActions,
  insertActionEvent,
  isProofNamed,
  listActionEventsOf,
  listActionsOf,
  listDoneEvents,
  listOpenActions,
  lockCouncil,
  replaceOpenActions,
} from '#db/council'
import { civilDate, dateOf, err, ok, type Result } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { type ActionEventKind, type ActionItem, inActionOrder } from './action.ts'
import { cleanText, type TextProblem } from './clean-text.ts'
import {
  appendCouncilLeaf,
  type CouncilCommunity,
  type CouncilRefusal,
  readSeats,
} from './council-access.server.ts'
import {
  type CouncilDocumentRefusal,
  keepCouncilDocument,
  openCouncilDocument,
} from './keep-document.server.ts'
import { actionEventDigest } from './leaf.ts'

/** An action item with the seat that owes it. */
export interface OwedAction extends ActionItem {
  readonly organisation: string
  readonly office: string
}

export type ActionRefusal =
  | CouncilRefusal
  | CouncilDocumentRefusal
  | TextProblem
  | { readonly code: 'action-unknown' | 'text-missing' | 'action-state' }

type Community = Pick<CouncilCommunity, 'communityId'>

/** Open items on one page: more than that are no list but a defect of the council. */
const OPEN_MAX = 200

function isOf(action: Pick<ActionRow, 'meeting_id' | 'item_no' | 'action_no'>) {
  return (event: Pick<ActionEventRow, 'meeting_id' | 'item_no' | 'action_no'>) =>
    event.meeting_id === action.meeting_id &&
    event.item_no === action.item_no &&
    event.action_no === action.action_no
}

async function owedOf(
  tx: Tx,
  communityId: number,
  rows: readonly ActionRow[],
  events: readonly ActionEventRow[],
): Promise<readonly OwedAction[]> {
  const seats = rows.length === 0 ? [] : await readSeats(tx, communityId)
  return rows.map(row => {
    const last = events.findLast(isOf(row))
    const seat = seats.find(each => each.seatId === row.seat_id)
    return {
      meetingId: row.meeting_id,
      item: row.item_no,
      no: row.action_no,
      topicId: row.topic_id,
      seatId: row.seat_id,
      text: row.text,
      dueOn: civilDate(row.due_on),
      done:
        last?.kind === 'done'
          ? { on: dateOf(last.entered_at), text: last.text, proofSha256: last.proof_sha256 }
          : null,
      organisation: seat?.organisation ?? '',
      office: seat?.office ?? '',
    }
  })
}

/** The action items of published minutes that are not done, the longest overdue first. */
export async function readOpenActions(portal: Portal, community: Community): Promise<readonly OwedAction[]> {
  const { communityId } = community
  const rows = await listOpenActions(portal.db, communityId, { dueBefore: null, limit: OPEN_MAX })
  return owedOf(portal.db, communityId, rows, [])
}

/** What is overdue today, the longest overdue first: for the branch's list. */
export async function readOverdueActions(
  portal: Portal,
  { communityId }: Community,
): Promise<readonly OwedAction[]> {
  const dueBefore = dateOf(portal.clock.now())
  const rows = await listOpenActions(portal.db, communityId, { dueBefore, limit: OPEN_MAX })
  return owedOf(portal.db, communityId, rows, [])
}

/** How many items are overdue today: for the home page. */
export function countOverdue(portal: Portal, { communityId }: Community): Promise<number> {
  return countOverdueActions(portal.db, communityId, dateOf(portal.clock.now()))
}

/** Items that are done, the newest report first; `before` is the instant where the page before ended. */
export async function readDoneActions(
  portal: Portal,
  { communityId }: Community,
  page: { readonly before: Date | null; readonly limit: number },
): Promise<{ readonly actions: readonly OwedAction[]; readonly next: Date | null }> {
  const { before, limit } = page
  const events = await listDoneEvents(portal.db, communityId, { before, limit: limit + 1 })
  const shown = events.slice(0, limit)
  const meetings = [...new Set(shown.map(event => event.meeting_id))]
  const rows: ActionRow[] = []
  for (const meetingId of meetings) rows.push(...(await listActionsOf(portal.db, communityId, { meetingId })))
  const actions = await owedOf(
    portal.db,
    communityId,
    shown.flatMap(event => rows.filter(row => isOf(row)(event))),
    shown,
  )
  return { actions, next: events.length > limit ? (shown.at(-1)?.entered_at ?? null) : null }
}

/** The items that follow from one topic, overdue first. */
export async function readActionsOfTopic(
  portal: Portal,
  { communityId }: Community,
  topicId: string,
): Promise<readonly OwedAction[]> {
  const rows = await listActionsOf(portal.db, communityId, { topicId })
  const meetings = [...new Set(rows.map(row => row.meeting_id))]
  const events = await listActionEventsOf(portal.db, communityId, meetings)
  return inActionOrder(await owedOf(portal.db, communityId, rows, events), dateOf(portal.clock.now()))
}

/** A proof that the newest report of some item names; null for anything else, whatever its digest. */
export async function readActionProof(portal: Portal, { communityId }: Community, sha256: string) {
  const isNamed = await isProofNamed(portal.db, communityId, sha256)
  return isNamed ? openCouncilDocument(portal, sha256) : null
}

/** Makes the list of a meeting's open items again. Call under the council's lock. */
export async function listOpenOf(tx: Tx, communityId: number, meetingId: string): Promise<void> {
  const rows = await listActionsOf(tx, communityId, { meetingId })
  const events = await listActionEventsOf(tx, communityId, [meetingId])
  const open = openActionRows(rows, events)
  await replaceOpenActions(tx, communityId, meetingId, open)
}

/** The items that are not done, as the list holds them. */
export function openActionRows(rows: readonly ActionRow[], events: readonly ActionEventRow[]) {
  return rows
    .filter(row => events.findLast(isOf(row))?.kind !== 'done')
    .map(({ community_id, meeting_id, item_no, action_no, version, due_on }) => ({
      community_id,
      meeting_id,
      item_no,
      action_no,
      version,
      due_on,
    }))
}

/** Reports an action item done, with words and perhaps a proof that becomes public; or opens it again. Needs `council:keep`. */
export async function reportAction(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: {
    readonly meetingId: string
    readonly item: number
    readonly no: number
    readonly kind: ActionEventKind
    readonly text: string
    readonly proof: Uint8Array | null
  },
): Promise<Result<null, ActionRefusal>> {
  const { communityId } = community
  const { meetingId, item, no: action, kind } = input
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  const text = cleanText(input.text, 'report', 1000)
  if (!text.ok) return text
  if (text.value === '') return err({ code: 'text-missing' })
  const proof =
    input.proof === null ? ok(null) : await keepCouncilDocument(portal, actor, community, input.proof)
  if (!proof.ok) return proof
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    const key = { meeting_id: meetingId, item_no: item, action_no: action }
    const standing = (await listActionsOf(tx, communityId, { meetingId })).find(isOf(key))
    if (standing === undefined) return err({ code: 'action-unknown' } as const)
    const events = (await listActionEventsOf(tx, communityId, [meetingId])).filter(isOf(key))
    if ((events.at(-1)?.kind === 'done') === (kind === 'done')) return err({ code: 'action-state' } as const)
    const no = (events.at(-1)?.event_no ?? 0) + 1
    const content = actionEventDigest({ kind, text: text.value, proof: proof.value })
    const log = community.logOrigin
    const leaf = {
      v: 1,
      t: 'council.action-event',
      log,
      meeting: meetingId,
      item,
      action,
      no,
      content,
    } as const
    await insertActionEvent(tx, {
      community_id: communityId,
      ...key,
      event_no: no,
      kind,
      text: text.value,
      proof_sha256: proof.value,
      entered_by: actor.userId,
      entered_at: portal.clock.now(),
      leaf_index: await appendCouncilLeaf(tx, community, leaf),
    })
    await listOpenOf(tx, communityId, meetingId)
    return ok(null)
  })
}
