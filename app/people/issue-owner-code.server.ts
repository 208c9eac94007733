/**
 * A one-time code by which an owner gets (or adds) their account: `/invite/CODE`, handed over in person. Shown once, only its
 * digest is kept. A newer code for the same person makes the older ones void.
 */
import { hasPerson, insertInvitation, insertOwnerInvitation } from '#db/people'
import { dateOf, err, ok, type Result } from '#kernel'
import type { Portal } from '#platform'
import { noteAct } from './audit.server.ts'
import { makeCode } from './invite-owner.server.ts'
import { type Actor, mayInvite } from './permission.ts'
import { readUnitsOf } from './read-register.server.ts'

export type OwnerCodeRefusal = { readonly code: 'not-permitted' | 'person-unknown' | 'person-owns-nothing' }

export interface OwnerCode {
  readonly invitationId: string
  /** The secret of the slip; the page is `/invite/CODE`. */
  readonly code: string
  readonly expiresAt: Date
  /** What the account is called until its owner says otherwise: the first of the units, no name. */
  readonly unitId: string
}

/** Issues a code for a person of the register who owns something today. Needs the right to invite owners. */
export async function issueOwnerCode(
  portal: Portal,
  actor: Actor,
  community: { readonly communityId: number },
  input: { readonly personId: string },
): Promise<Result<OwnerCode, OwnerCodeRefusal>> {
  const { communityId } = community
  const { personId } = input
  if (!mayInvite(actor, 'owner', communityId)) return err({ code: 'not-permitted' })
  const now = portal.clock.now()
  return portal.db.transaction().execute(async tx => {
    if (!(await hasPerson(tx, communityId, personId))) return err({ code: 'person-unknown' })
    const [unit] = await readUnitsOf(tx, communityId, personId, dateOf(now))
    if (unit === undefined) return err({ code: 'person-owns-nothing' })
    const order = {
      communityId,
      unitId: unit.unitId,
      role: 'owner',
      invitedBy: actor.userId,
      until: null,
    } as const
    const { code, invitation } = makeCode(portal, order)
    const { invitation_id: invitationId, expires_at: expiresAt } = invitation
    await insertInvitation(tx, invitation)
    await insertOwnerInvitation(tx, {
      community_id: communityId,
      invitation_id: invitationId,
      person_id: personId,
    })
    await noteAct(portal, tx, {
      communityId,
      by: actor.userId,
      act: 'issue-owner-code',
      subject: personId,
      detail: { invitation: invitationId, unit: unit.unitId },
    })
    return ok({ invitationId, code, expiresAt, unitId: unit.unitId })
  })
}
