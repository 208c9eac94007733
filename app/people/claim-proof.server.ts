/**
 * The proof that goes with an owner's code: four characters of a number in the register, kept as a keyed hash beside the
 * code, given a few times at most.
 */
import { createHmac } from 'node:crypto'
import type { Tx } from '#db'
import {
  insertClaimAttempt,
  insertClaimSetting,
  lockRegister,
  type PersonPrivateRow,
  readClaimProof,
  readClaimSetting,
} from '#db/people'
import { canonicalBytes, equalBytes, err, ok, type Result } from '#kernel'
import type { Portal, Sealer } from '#platform'
import { noteAct } from './audit.server.ts'
import { CLAIM_TRIES, type ClaimProof, parseLastFour } from './letter.ts'
import { type Actor, can } from './permission.ts'
import { openPerson } from './person.server.ts'

type AskedProof = Exclude<ClaimProof, 'none'>

/** What the committee chose; nothing until it chose. */
export async function readChosenProof(tx: Tx, communityId: number): Promise<ClaimProof> {
  return (await readClaimSetting(tx, communityId))?.proof ?? 'none'
}

/** Chooses what is asked beside a code. Codes that are out keep what they were issued with. Needs `claim-proof:choose`. */
export async function chooseClaimProof(
  portal: Portal,
  actor: Actor,
  community: { readonly communityId: number },
  proof: ClaimProof,
): Promise<Result<void, { readonly code: 'not-permitted' }>> {
  const { communityId } = community
  if (!can(actor, 'claim-proof:choose', communityId)) return err({ code: 'not-permitted' })
  const at = portal.clock.now()
  return portal.db.transaction().execute(async tx => {
    await lockRegister(tx, communityId)
    const before = await readClaimSetting(tx, communityId)
    if ((before?.proof ?? 'none') === proof) return ok(undefined)
    await insertClaimSetting(tx, {
      community_id: communityId,
      setting_no: (before?.settingNo ?? 0) + 1,
      proof,
      set_by: actor.userId,
      set_at: at,
    })
    await noteAct(portal, tx, {
      communityId,
      by: actor.userId,
      act: 'choose-claim-proof',
      subject: 'claim-proof',
      detail: { before: before?.proof ?? 'none', after: proof },
    })
    return ok(undefined)
  })
}

/** The four characters that the register has for the proof; null when it has none. */
export function lastFourOf(sealer: Sealer, row: PersonPrivateRow, proof: AskedProof): string | null {
  if (proof === 'identity') return row.identity_last4
  const { phone } = openPerson(sealer, row)
  return phone === null ? null : parseLastFour(phone.slice(-4))
}

/** Hashes proofs of a community's codes. */
export type ProofHasher = (invitationId: string, proof: AskedProof, lastFour: string) => Uint8Array

/** The hasher, under the key by which people are matched: four digits without it are nothing. */
export async function openProofHasher(
  portal: Pick<Portal, 'keys' | 'random'>,
  communityId: number,
): Promise<ProofHasher> {
  const key = await portal.keys.readOrCreate('people-match', () => portal.random.bytes(32))
  return (invitationId, proof, lastFour) =>
    new Uint8Array(
      createHmac('sha256', key)
        .update(canonicalBytes([communityId, 'claim', invitationId, proof, lastFour]))
        .digest(),
    )
}

/** What is asked beside the code of an invitation; `locked` when it was given wrongly too often. */
export async function askedProof(
  tx: Tx,
  invitation: { readonly community_id: number; readonly invitation_id: string },
): Promise<ClaimProof | 'locked'> {
  const row = await readClaimProof(tx, invitation.community_id, invitation.invitation_id)
  if (row === null) return 'none'
  return row.wrong >= CLAIM_TRIES ? 'locked' : row.proof
}

/**
 * Judges the proof given with a code and counts it. The caller holds a transaction with the invitation locked, so that guesses
 * sent together are counted one after another, and commits it whatever this says.
 */
export async function judgeClaimProof(
  portal: Portal,
  tx: Tx,
  invitation: { readonly community_id: number; readonly invitation_id: string },
  given: string,
): Promise<'right' | 'wrong' | 'locked'> {
  const { community_id, invitation_id } = invitation
  const row = await readClaimProof(tx, community_id, invitation_id)
  if (row === null) return 'right'
  if (row.wrong >= CLAIM_TRIES) return 'locked'
  const hasher = await openProofHasher(portal, community_id)
  const lastFour = parseLastFour(given)
  const isRight = lastFour !== null && equalBytes(hasher(invitation_id, row.proof, lastFour), row.proof_hash)
  await insertClaimAttempt(tx, {
    community_id,
    attempt_id: portal.random.id(),
    invitation_id,
    is_right: isRight,
    attempted_at: portal.clock.now(),
  })
  if (isRight) return 'right'
  return row.wrong + 1 >= CLAIM_TRIES ? 'locked' : 'wrong'
}
