/** Action items: what became of them, with proof; and what is overdue, for the home page and for those who oversee. */
import type { Tx } from '#db'
import { insertActionEvent, listActionEvents, listActions, lockCouncil } from '#db/council'
import { civilDate, dateOf, err, ok, type Result } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { type ActionEventKind, type ActionItem, actionState, inActionOrder } from './action.ts'
import { cleanText, type TextProblem } from './clean-text.ts'
import { type CouncilCommunity, type CouncilRefusal, readSeats } from './council-access.server.ts'
import { type CouncilDocumentRefusal, keepCouncilDocument } from './keep-document.server.ts'

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

/** All action items of published minutes, overdue first. */
export async function readActions(
  portal: Portal,
  community: Pick<CouncilCommunity, 'communityId'>,
): Promise<readonly OwedAction[]> {
  return inActionOrder(await readOwed(portal.db, community.communityId), dateOf(portal.clock.now()))
}

async function readOwed(tx: Tx, communityId: number): Promise<readonly OwedAction[]> {
  const events = await listActionEvents(tx, communityId)
  const seats = await readSeats(tx, communityId)
  return (await listActions(tx, communityId)).map(row => {
    const last = events.findLast(
      event =>
        event.meeting_id === row.meeting_id &&
        event.item_no === row.item_no &&
        event.action_no === row.action_no,
    )
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

/** What is overdue today, the longest overdue first: for the home page and the branch's list. */
export async function readOverdueActions(
  portal: Portal,
  community: Pick<CouncilCommunity, 'communityId'>,
): Promise<readonly OwedAction[]> {
  const today = dateOf(portal.clock.now())
  return (await readActions(portal, community)).filter(action => actionState(action, today) === 'overdue')
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
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  const text = cleanText(input.text, 'report', 1000)
  if (!text.ok) return text
  if (text.value === '') return err({ code: 'text-missing' })
  const proof =
    input.proof === null ? ok(null) : await keepCouncilDocument(portal, actor, community, input.proof)
  if (!proof.ok) return proof
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    const action = (await readOwed(tx, communityId)).find(
      each => each.meetingId === input.meetingId && each.item === input.item && each.no === input.no,
    )
    if (action === undefined) return err({ code: 'action-unknown' } as const)
    if ((action.done !== null) === (input.kind === 'done')) return err({ code: 'action-state' } as const)
    await insertActionEvent(tx, {
      community_id: communityId,
      meeting_id: input.meetingId,
      item_no: input.item,
      action_no: input.no,
      kind: input.kind,
      text: text.value,
      proof_sha256: proof.value,
      entered_by: actor.userId,
      entered_at: portal.clock.now(),
    })
    return ok(null)
  })
}
