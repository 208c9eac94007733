/** Binds the user who accepts an owner's code to the person of the register that the code was issued for. */
import type { Tx } from '#db'
import {
  endPersonUser,
  type InvitationRow,
  insertPersonUser,
  readInvitedPerson,
  readPersonsOfUsers,
  readUserOfPersonRow,
} from '#db/people'
import { insertAuditEvent } from '#db/platform'
import { canonicalText } from '#kernel'
import type { Portal } from '#platform'

export type InvitedPerson =
  | { readonly kind: 'officer' }
  | { readonly kind: 'owner'; readonly personId: string }
  /** A newer code was issued for the same person. */
  | { readonly kind: 'replaced' }

/** For whom an invitation is. */
export async function readInvited(tx: Tx, invitation: InvitationRow): Promise<InvitedPerson> {
  const found = await readInvitedPerson(tx, invitation.community_id, invitation.invitation_id)
  if (found === null) return { kind: 'officer' }
  return found.isNewest ? { kind: 'owner', personId: found.personId } : { kind: 'replaced' }
}

/** True when the user already signs in as another person of the community: one account is one owner. */
export async function isAnotherPerson(
  tx: Tx,
  communityId: number,
  userId: string,
  personId: string,
): Promise<boolean> {
  const bound = (await readPersonsOfUsers(tx, communityId, [userId])).get(userId)
  return bound !== undefined && bound !== personId
}

/** Binds; whoever signed in as the person before no longer does. The caller holds a transaction. */
export async function bindOwner(
  portal: Portal,
  tx: Tx,
  communityId: number,
  userId: string,
  personId: string,
): Promise<void> {
  const before = await readUserOfPersonRow(tx, communityId, personId)
  if (before === userId) return
  const now = portal.clock.now()
  if (before !== null) await endPersonUser(tx, communityId, personId, now)
  await insertPersonUser(tx, {
    community_id: communityId,
    person_id: personId,
    user_id: userId,
    bound_at: now,
  })
  await insertAuditEvent(tx, {
    community_id: communityId,
    audit_event_id: portal.random.id(),
    at: now,
    actor_user_id: userId,
    act: 'bind-owner',
    subject: personId,
    detail: canonicalText({ before }),
  })
}
