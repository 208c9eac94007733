/**
 * Turns an invitation's one-time code into a user with the office, or adds the office to somebody already signed in; an owner's
 * code also binds the user to their person in the register.
 */
import type { Tx } from '#db'
import { type InvitationRow, readInvitation, updateInvitationAccepted } from '#db/people'
import { civilDate, err, isId, ok, type Result } from '#kernel'
import { type Portal, tokenDigest } from '#platform'
import { type AddUserRefusal, checkNewUser, enterUser, grantOffice } from './add-user.server.ts'
import { bindOwner, isAnotherPerson, readInvited } from './bind-owner.server.ts'
import { askedProof, judgeClaimProof } from './claim-proof.server.ts'
import type { DeviceKind } from './device.ts'
import { grantLevel } from './jurisdiction.server.ts'
import type { ClaimProof } from './letter.ts'
import type { Actor } from './permission.ts'
import type { Role, Term } from './role.ts'
import { beginSession, type SignedIn } from './sign-in.server.ts'

export type InvitationProblem =
  | 'invitation-unknown'
  | 'invitation-expired'
  | 'invitation-used'
  | 'invitation-replaced'
  | 'account-of-another-owner'
  /** The proof beside the code was wrong; it may be tried again. */
  | 'proof-wrong'
  /** It was wrong too often: the desk issues another code. */
  | 'claim-locked'
export type AcceptRefusal = AddUserRefusal | { readonly code: InvitationProblem }

export interface OpenInvitation {
  readonly communityId: number
  readonly communityName: string
  readonly communitySlug: string
  readonly displayName: string
  readonly role: Role
  /** What is asked beside the code. */
  readonly proof: ClaimProof
}

type FoundInvitation = InvitationRow & { community_name: string; community_slug: string } & {
  /** Person of the register; null for an officer. */
  readonly personId: string | null
  readonly proof: ClaimProof
}

async function readOpen(
  portal: Portal,
  tx: Tx,
  code: string,
  options: { lock: boolean },
): Promise<Result<FoundInvitation, { readonly code: InvitationProblem }>> {
  const found = isId(code) ? await readInvitation(tx, tokenDigest(code), options) : null
  if (found === null) return err({ code: 'invitation-unknown' })
  if (found.accepted_at !== null) return err({ code: 'invitation-used' })
  if (portal.clock.now() >= found.expires_at) return err({ code: 'invitation-expired' })
  const invited = await readInvited(tx, found)
  if (invited.kind === 'replaced') return err({ code: 'invitation-replaced' })
  const proof = await askedProof(tx, found)
  if (proof === 'locked') return err({ code: 'claim-locked' })
  return ok({ ...found, proof, personId: invited.kind === 'owner' ? invited.personId : null })
}

/** Gives the invited person the office, or the level to oversee. */
async function grant(portal: Portal, tx: Tx, userId: string, invitation: FoundInvitation): Promise<void> {
  const { jurisdiction_code: code, jurisdiction_title: title, invited_by: grantedBy } = invitation
  const term = termOf(invitation)
  if (code === null || title === null) await grantOffice(portal, tx, userId, term, grantedBy)
  else await grantLevel(portal, tx, userId, { ...term, code, title, grantedBy })
}

function termOf(invitation: FoundInvitation): Term {
  return {
    communityId: invitation.community_id,
    role: invitation.role,
    from: civilDate(invitation.term_from),
    until: invitation.term_until === null ? null : civilDate(invitation.term_until),
    isDeputy: invitation.is_deputy,
  }
}

/** What an invitation is for, to show it; changes nothing. */
export async function readOpenInvitation(
  portal: Portal,
  code: string,
): Promise<Result<OpenInvitation, { readonly code: InvitationProblem }>> {
  const found = await readOpen(portal, portal.db, code, { lock: false })
  if (!found.ok) return found
  return ok({
    communityId: found.value.community_id,
    communityName: found.value.community_name,
    communitySlug: found.value.community_slug,
    displayName: found.value.display_name,
    role: found.value.role,
    proof: found.value.proof,
  })
}

/** Judges the proof beside the code, counting it, before anything else is done for whoever holds the code. Null when it is right. */
async function refuseProof(
  portal: Portal,
  code: string,
  given: string,
): Promise<{ readonly code: InvitationProblem } | null> {
  return portal.db.transaction().execute(async tx => {
    const open = await readOpen(portal, tx, code, { lock: true })
    if (!open.ok) return open.error
    const judged = await judgeClaimProof(portal, tx, open.value, given)
    if (judged === 'right') return null
    return { code: judged === 'locked' ? 'claim-locked' : 'proof-wrong' } as const
  })
}

/** Makes the invited person's user with the name and password they chose, and signs them in. */
export async function acceptInvite(
  portal: Portal,
  acceptance: {
    readonly code: string
    readonly login: string
    readonly password: string
    /** What is asked beside the code; empty when nothing is. */
    readonly proof?: string
    readonly device?: DeviceKind
  },
): Promise<Result<SignedIn, AcceptRefusal>> {
  // Looked at before the password is hashed: hashing for strangers would be a gift to whoever wants to load the server.
  const seen = await readOpen(portal, portal.db, acceptance.code, { lock: false })
  if (!seen.ok) return seen
  const refused = await refuseProof(portal, acceptance.code, acceptance.proof ?? '')
  if (refused !== null) return err(refused)
  const checked = await checkNewUser(portal, { ...acceptance, displayName: seen.value.display_name })
  if (!checked.ok) return checked
  return portal.db.transaction().execute(async tx => {
    const open = await readOpen(portal, tx, acceptance.code, { lock: true })
    if (!open.ok) return open
    const userId = await enterUser(portal, tx, checked.value, [], open.value.invited_by)
    if (userId === null) return err({ code: 'login-taken' } as const)
    await grant(portal, tx, userId, open.value)
    await updateInvitationAccepted(tx, open.value, { by: userId, at: portal.clock.now() })
    const { community_id, personId } = open.value
    if (personId !== null) await bindOwner(portal, tx, community_id, userId, personId)
    return ok({ userId, token: await beginSession(portal, tx, userId, { device: acceptance.device }) })
  })
}

/** Adds the invitation's office to the person who is signed in. */
export async function acceptInviteAs(
  portal: Portal,
  actor: Actor,
  code: string,
  given = '',
): Promise<Result<void, { readonly code: InvitationProblem }>> {
  const refused = await refuseProof(portal, code, given)
  if (refused !== null) return err(refused)
  return portal.db.transaction().execute(async tx => {
    const open = await readOpen(portal, tx, code, { lock: true })
    if (!open.ok) return open
    const { community_id, personId } = open.value
    if (personId !== null && (await isAnotherPerson(tx, community_id, actor.userId, personId))) {
      return err({ code: 'account-of-another-owner' })
    }
    await grant(portal, tx, actor.userId, open.value)
    await updateInvitationAccepted(tx, open.value, { by: actor.userId, at: portal.clock.now() })
    if (personId !== null) await bindOwner(portal, tx, community_id, actor.userId, personId)
    return ok(undefined)
  })
}
