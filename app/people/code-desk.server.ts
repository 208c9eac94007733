/**
 * The help desk: one officer asks for a new code for somebody who stands before them, another confirms on their own device,
 * and only that one sees the code. The owner's older codes are void with it. Tenants get theirs the same way.
 */
import type { Tx } from '#db'
import {
  type CodeRequestRow,
  hasPerson,
  insertCodeRequest,
  insertCodeRequestDecision,
  insertInvitation,
  insertOwnerInvitation,
  lockRegister,
  readCodeRequests,
} from '#db/people'
import { type CivilDate, civilDate, dateOf, err, ok, type Result } from '#kernel'
import type { Portal } from '#platform'
import { noteAct } from './audit.server.ts'
import { makeCode } from './invite-owner.server.ts'
import type { CodeReason } from './letter.ts'
import { type Actor, can } from './permission.ts'
import { readRegisteredUnits, readUnitsOf } from './read-register.server.ts'

export type CodeDeskRefusal = {
  readonly code:
    | 'not-permitted'
    | 'unit-unknown'
    | 'person-owns-nothing'
    | 'until-malformed'
    | 'request-unknown'
    | 'request-decided'
    | 'same-person'
}

export interface CodeOrder {
  readonly unitId: string
  readonly reason: CodeReason
  /** The owner the code is for; null for a tenant. */
  readonly personId: string | null
  /** The last day of the tenancy; null for an owner. */
  readonly until: CivilDate | null
}

interface Community {
  readonly communityId: number
}

async function problemOf(
  portal: Portal,
  tx: Tx,
  communityId: number,
  order: CodeOrder,
): Promise<CodeDeskRefusal['code'] | null> {
  const today = dateOf(portal.clock.now())
  const [unit] = await readRegisteredUnits(tx, communityId, today, { unitId: order.unitId })
  if (unit === undefined) return 'unit-unknown'
  if (order.personId === null) return order.until === null || order.until < today ? 'until-malformed' : null
  if (!(await hasPerson(tx, communityId, order.personId))) return 'person-owns-nothing'
  const owned = await readUnitsOf(tx, communityId, order.personId, today)
  return owned.some(each => each.unitId === order.unitId) ? null : 'person-owns-nothing'
}

/** Asks for a code, as the first of two. Needs `owner-code:request`. */
export async function requestCode(
  portal: Portal,
  actor: Actor,
  { communityId }: Community,
  order: CodeOrder,
): Promise<Result<{ readonly requestId: string }, CodeDeskRefusal>> {
  if (!can(actor, 'owner-code:request', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const problem = await problemOf(portal, tx, communityId, order)
    if (problem !== null) return err({ code: problem })
    const requestId = portal.random.id()
    await insertCodeRequest(tx, {
      community_id: communityId,
      request_id: requestId,
      kind: order.personId === null ? 'tenant' : 'owner',
      unit_id: order.unitId,
      person_id: order.personId,
      term_until: order.personId === null ? order.until : null,
      reason: order.reason,
      requested_by: actor.userId,
      requested_at: portal.clock.now(),
    })
    await noteAct(portal, tx, {
      communityId,
      by: actor.userId,
      act: 'request-owner-code',
      subject: order.personId ?? order.unitId,
      detail: { request: requestId, reason: order.reason, unit: order.unitId },
    })
    return ok({ requestId })
  })
}

/** The secret of a slip, for whoever confirmed. */
export interface DeskCode {
  readonly code: string
  readonly expiresAt: Date
  readonly unitId: string
}

async function issueConfirmed(portal: Portal, tx: Tx, actor: Actor, row: CodeRequestRow) {
  const { code, invitation } = makeCode(portal, {
    communityId: row.community_id,
    unitId: row.unit_id,
    role: row.kind,
    invitedBy: actor.userId,
    until: row.term_until === null ? null : civilDate(row.term_until),
  })
  await insertInvitation(tx, invitation)
  if (row.person_id !== null) {
    const { community_id, invitation_id } = invitation
    // No proof goes with it: two officers saw the papers of the person before them.
    await insertOwnerInvitation(tx, { community_id, invitation_id, person_id: row.person_id })
  }
  return { code, invitation }
}

/** Confirms or refuses as the second person; confirmed, gives the code, once. Needs `owner-code:confirm`. */
export async function decideCode(
  portal: Portal,
  actor: Actor,
  { communityId }: Community,
  decision: { readonly requestId: string; readonly confirmed: boolean },
): Promise<Result<DeskCode | null, CodeDeskRefusal>> {
  if (!can(actor, 'owner-code:confirm', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    await lockRegister(tx, communityId)
    const [row] = await readCodeRequests(tx, communityId, decision.requestId)
    if (row === undefined) return err({ code: 'request-unknown' } as const)
    if (row.decision !== null) return err({ code: 'request-decided' } as const)
    if (decision.confirmed && row.requested_by === actor.userId) return err({ code: 'same-person' } as const)
    const until = row.term_until === null ? null : civilDate(row.term_until)
    const order = { unitId: row.unit_id, reason: row.reason, personId: row.person_id, until }
    const problem = decision.confirmed ? await problemOf(portal, tx, communityId, order) : null
    if (problem !== null) return err({ code: problem })
    const issued = decision.confirmed ? await issueConfirmed(portal, tx, actor, row) : null
    await insertCodeRequestDecision(tx, {
      community_id: communityId,
      request_id: row.request_id,
      decision: decision.confirmed ? 'confirmed' : 'refused',
      decided_by: actor.userId,
      decided_at: portal.clock.now(),
      invitation_id: issued?.invitation.invitation_id ?? null,
    })
    await noteAct(portal, tx, {
      communityId,
      by: actor.userId,
      act: decision.confirmed ? 'confirm-owner-code' : 'refuse-owner-code',
      subject: row.person_id ?? row.unit_id,
      detail: { request: row.request_id, invitation: issued?.invitation.invitation_id ?? null },
    })
    if (issued === null) return ok(null)
    return ok({ code: issued.code, expiresAt: issued.invitation.expires_at, unitId: row.unit_id })
  })
}
