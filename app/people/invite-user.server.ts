/** Invites somebody to an office by a one-time code. The code is shown once to whoever hands it over; only its digest is kept. */
import type { Tx } from '#db'
import { insertInvitation } from '#db/people'
import { err, ok, type Result } from '#kernel'
import { type Portal, tokenDigest } from '#platform'
import { noteAct } from './audit.server.ts'
import type { Term } from './role.ts'

export type InviteRefusal = { readonly code: 'name-missing' | 'term-malformed' }

export interface Invitation extends Term {
  readonly displayName: string
  /** For `district_overseer`: the level to oversee, and the post there. */
  readonly jurisdiction?: { readonly code: string; readonly title: string }
}

export interface Invited {
  readonly invitationId: string
  /** The secret to hand over, on paper or by message; the page is `/invite/CODE`. */
  readonly code: string
  readonly expiresAt: Date
}

const VALID_DAYS = 7

/** Invites from the operator's console: the first people of a community. */
export function inviteFromConsole(
  portal: Portal,
  invitation: Invitation,
): Promise<Result<Invited, InviteRefusal>> {
  return portal.db.transaction().execute(tx => enterInvitation(portal, tx, 'console', invitation))
}

/** Enters an invitation and audits it. The caller holds a transaction and has seen that a second person agreed. */
export async function enterInvitation(
  portal: Portal,
  tx: Tx,
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
    is_deputy: invitation.isDeputy ?? false,
    jurisdiction_code: invitation.jurisdiction?.code ?? null,
    jurisdiction_title: invitation.jurisdiction?.title ?? null,
  })
  await noteAct(portal, tx, {
    communityId,
    by: invitedBy,
    act: 'invite-user',
    subject: invitationId,
    detail: { role, from, until },
  })
  return ok({ invitationId, code, expiresAt })
}
