/** Makes the rows of an owner's one-time code, with the proof that goes with it. The code itself is kept nowhere. */
import type { PersonPrivateRow } from '#db/people'
import { type CivilDate, dateOf } from '#kernel'
import { type Portal, type Sealer, tokenDigest } from '#platform'
import { lastFourOf, type ProofHasher } from './claim-proof.server.ts'
import type { ClaimProof } from './letter.ts'

/** Slips are printed and carried from door to door. */
const VALID_DAYS = 30

/** When a code that is issued now is void. */
export function codeExpiry(now: Date): Date {
  return new Date(now.getTime() + VALID_DAYS * 86_400_000)
}

export interface CodeOrder {
  readonly communityId: number
  /** What the account is called until its owner says otherwise. */
  readonly unitId: string
  readonly role: 'owner' | 'tenant'
  readonly invitedBy: string
  readonly until: CivilDate | null
}

/** A new code with the row that keeps its digest. */
export function makeCode(portal: Portal, order: CodeOrder) {
  const now = portal.clock.now()
  const code = portal.random.id()
  return {
    code,
    invitation: {
      community_id: order.communityId,
      invitation_id: portal.random.id(),
      code_digest: tokenDigest(code),
      display_name: order.unitId,
      role: order.role,
      term_from: dateOf(now),
      term_until: order.until,
      invited_by: order.invitedBy,
      invited_at: now,
      expires_at: codeExpiry(now),
    },
  }
}

/** The proof that is kept beside a code; null when none is asked for. Undefined when the register lacks what is asked for. */
export function proofRow(
  { sealer, hasher }: { readonly sealer: Sealer; readonly hasher: ProofHasher },
  proof: ClaimProof,
  person: PersonPrivateRow | undefined,
  invitationId: string,
) {
  if (proof === 'none') return null
  const lastFour = person === undefined ? null : lastFourOf(sealer, person, proof)
  if (person === undefined || lastFour === null) return undefined
  return {
    community_id: person.community_id,
    invitation_id: invitationId,
    proof,
    proof_hash: hasher(invitationId, proof, lastFour),
  }
}
