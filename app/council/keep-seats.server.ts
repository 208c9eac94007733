/** Seats are entered and ended, never edited: who sat where on any day can be read for ever. A contact is sealed and forgotten with the seat. */
import { insertSeat, insertSeatContact, insertSeatEnd, lockCouncil } from '#db/council'
import { type CivilDate, err, ok, parseCivilDate, type Result, utf8 } from '#kernel'
import { type Actor, can } from '#people'
import { openSealer, type Portal } from '#platform'
import { cleanAll, type TextProblem } from './clean-text.ts'
import { type CouncilCommunity, type CouncilRefusal, readSeats } from './council-access.server.ts'
import { BODIES, type Body, isSeated, SEAT_KINDS, type SeatKind } from './seat.ts'

/** What a clerk enters of a seat. Days are texts of a form. */
export interface SeatInput {
  readonly body: string
  readonly kind: string
  readonly organisation: string
  readonly office: string
  readonly holderName: string
  readonly deputyName: string
  /** Whose sign-in acts for it; empty for a guest. */
  readonly userId: string
  readonly isVoting: boolean
  readonly termFrom: string
  readonly termUntil: string
  /** How to reach the holder: sealed, shown nowhere. */
  readonly contact: string
}

export type SeatRefusal =
  | CouncilRefusal
  | TextProblem
  | { readonly code: 'body-unknown' | 'kind-unknown' | 'organisation-missing' | 'holder-missing' }
  | { readonly code: 'term-malformed' | 'reason-missing' | 'seat-ended' }

interface Judged {
  readonly body: Body
  readonly kind: SeatKind
  readonly termFrom: CivilDate
  readonly termUntil: CivilDate | null
  readonly texts: Record<'organisation' | 'office' | 'holderName' | 'deputyName' | 'contact', string>
}

function judgeSeat(input: SeatInput): Result<Judged, SeatRefusal> {
  const body = BODIES.find(each => each === input.body)
  if (body === undefined) return err({ code: 'body-unknown' })
  const kind = SEAT_KINDS.find(each => each === input.kind)
  if (kind === undefined) return err({ code: 'kind-unknown' })
  const { organisation, office, holderName, deputyName, contact } = input
  const texts = cleanAll({ organisation, office, holderName, deputyName, contact }, [
    'organisation',
    'office',
    'holderName',
    'deputyName',
    'contact',
  ])
  if (!texts.ok) return texts
  if (texts.value.organisation === '' || texts.value.office === '')
    return err({ code: 'organisation-missing' })
  if (texts.value.holderName === '') return err({ code: 'holder-missing' })
  const from = parseCivilDate(input.termFrom)
  const until = input.termUntil === '' ? ok(null) : parseCivilDate(input.termUntil)
  if (!from.ok || !until.ok || (until.value !== null && until.value < from.value))
    return err({ code: 'term-malformed' })
  return ok({ body, kind, termFrom: from.value, termUntil: until.value, texts: texts.value })
}

/** Enters a seat. Needs `council:keep`. */
export async function enterSeat(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: SeatInput,
): Promise<Result<{ readonly seatId: string }, SeatRefusal>> {
  const { communityId } = community
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  const judged = judgeSeat(input)
  if (!judged.ok) return judged
  const { body, kind, termFrom, termUntil, texts } = judged.value
  const seatId = portal.random.id()
  const sealer = texts.contact === '' ? null : await openSealer(portal, 'council-seal')
  await portal.db.transaction().execute(async tx => {
    await insertSeat(tx, {
      community_id: communityId,
      seat_id: seatId,
      body,
      kind,
      organisation: texts.organisation,
      office: texts.office,
      holder_name: texts.holderName,
      deputy_name: texts.deputyName === '' ? null : texts.deputyName,
      user_id: input.userId === '' ? null : input.userId,
      is_voting: input.isVoting,
      term_from: termFrom,
      term_until: termUntil,
      entered_by: actor.userId,
      entered_at: portal.clock.now(),
    })
    if (sealer !== null) {
      const sealed = sealer.seal(`council/seat/${communityId}/${seatId}`, utf8(texts.contact))
      await insertSeatContact(tx, { community_id: communityId, seat_id: seatId, sealed })
    }
  })
  return ok({ seatId })
}

/** Ends a seat with its last day and the reason; the contact is forgotten. Needs `council:keep`. */
export async function endSeat(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: { readonly seatId: string; readonly endedOn: string; readonly reason: string },
): Promise<Result<null, SeatRefusal>> {
  const { communityId } = community
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  const texts = cleanAll({ reason: input.reason }, ['reason'])
  if (!texts.ok) return texts
  if (texts.value.reason === '') return err({ code: 'reason-missing' })
  const endedOn = parseCivilDate(input.endedOn)
  if (!endedOn.ok) return err({ code: 'term-malformed' })
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    const seat = (await readSeats(tx, communityId)).find(each => each.seatId === input.seatId)
    if (seat === undefined) return err({ code: 'seat-unknown', seat: input.seatId } as const)
    if (!isSeated(seat, endedOn.value)) return err({ code: 'seat-ended' } as const)
    await insertSeatEnd(tx, {
      community_id: communityId,
      seat_id: seat.seatId,
      ended_on: endedOn.value,
      reason: texts.value.reason,
      ended_by: actor.userId,
      ended_at: portal.clock.now(),
    })
    return ok(null)
  })
}
