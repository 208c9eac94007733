/** Invites somebody to an office by a one-time code. The code is shown once to whoever invites; only its digest is kept. */
import { insertInvitation } from '#db/people'
import { insertAuditEvent } from '#db/platform'
import { canonicalText, err, ok, type Result } from '#kernel'
import { type Portal, tokenDigest } from '#platform'
import { type Actor, mayInvite } from './permission.ts'
import type { Term } from './role.ts'

export type InviteRefusal = { readonly code: 'not-permitted' | 'name-missing' | 'term-malformed' }

export interface Invitation extends Term {
  readonly displayName: string
}

export interface Invited {
  readonly invitationId: string
  /** The secret to hand over, on paper or by message; the page is `/invite/CODE`. */
  readonly code: string
  readonly expiresAt: Date
}

const VALID_DAYS = 7

/** Invites to an office of the inviter's side. */
export async function inviteUser(
  portal: Portal,
  actor: Actor,
  invitation: Invitation,
): Promise<Result<Invited, InviteRefusal>> {
  if (!mayInvite(actor, invitation.role, invitation.communityId)) return err({ code: 'not-permitted' })
  return enterInvitation(portal, actor.userId, invitation)
}

/** Invites from the operator's console: the first people of a community. */
export function inviteFromConsole(
  portal: Portal,
  invitation: Invitation,
): Promise<Result<Invited, InviteRefusal>> {
  return enterInvitation(portal, 'console', invitation)
}

async function enterInvitation(
  portal: Portal,
  invitedBy: string,
  invitation: Invitation,
): Promise<Result<Invited, InviteRefusal>> {
  const displayName = invitation.displayName.normalize('NFC').trim()
  if (displayName === '' || displayName.length > 60) return err({ code: 'name-missing' })
  const { communityId, role, from, until } = invitation
  if (until !== null && until < from) return err({ code: 'term-malformed' })
  const now = portal.clock.now()
  const code = portal.random.id()
  const invitationId = portal.random.id()
  const expiresAt = new Date(now.getTime() + VALID_DAYS * 86_400_000)
  await portal.db.transaction().execute(async tx => {
    await insertInvitation(tx, {
      community_id: communityId,
      invitation_id: invitationId,
      code_digest: tokenDigest(code),
      display_name: displayName,
      role,
      term_from: from,
      term_until: until,
      invited_by: invitedBy,
      invited_at: now,
      expires_at: expiresAt,
    })
    await insertAuditEvent(tx, {
      community_id: communityId,
      audit_event_id: portal.random.id(),
      at: now,
      actor_user_id: invitedBy,
      act: 'invite-user',
      subject: invitationId,
      detail: canonicalText({ role, from, until }),
    })
  })
  return ok({ invitationId, code, expiresAt })
}
