/**
 * Second factors of people in tests. A passkey in software needs no clock, so that tests whose clock stands still can release as
 * often as they like; codes of an authenticator are for the tests that are about codes.
 */
import type { Tx } from '#db'
import { insertPasskey } from '#db/people'
import { isRelease, releasePurpose } from '#ledger'
import { approveVoucher, type LedgerCommunity } from '#ledger/server'
import { type Actor, type GivenFactor, SIGN_IN_PURPOSE, totpStepAt } from '#people'
import { addKnownTotp, giveSecondFactor, passkeyQuestion, readActor, totpCodeAt } from '#people/server'
import type { Portal } from '#platform'
import { SoftwareAuthenticator } from './authenticator.ts'

const held = new WeakMap<Tx, Map<string, Promise<SoftwareAuthenticator>>>()

async function makePasskey(portal: Portal, userId: string): Promise<SoftwareAuthenticator> {
  const made = new SoftwareAuthenticator()
  await insertPasskey(portal.db, {
    credential_id: made.credentialId,
    user_id: userId,
    public_key: made.publicKey,
    transports: 'internal',
    name: 'test',
    created_at: portal.clock.now(),
    sign_count: 0n,
  })
  return made
}

/** The passkey of a person, made when first asked for. */
export function passkeyOf(portal: Portal, userId: string): Promise<SoftwareAuthenticator> {
  const all = held.get(portal.db) ?? new Map<string, Promise<SoftwareAuthenticator>>()
  held.set(portal.db, all)
  const made = all.get(userId) ?? makePasskey(portal, userId)
  all.set(userId, made)
  return made
}

/** What the person's passkey answers for one purpose. */
export async function passkeyFactor(
  portal: Portal,
  actor: Pick<Actor, 'userId' | 'sessionId'>,
  purpose: string,
): Promise<GivenFactor> {
  const passkey = await passkeyOf(portal, actor.userId)
  const asked = await passkeyQuestion(portal, actor, purpose)
  return { method: 'passkey', answer: passkey.answer(asked, { origin: portal.settings.baseUrl }) }
}

/** `approveVoucher` by somebody who confirms a release with their passkey. */
export async function approveWithFactor(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  request: Parameters<typeof approveVoucher>[3],
): ReturnType<typeof approveVoucher> {
  if (!isRelease(request.step)) return approveVoucher(portal, actor, community, request)
  const purpose = releasePurpose({ communityId: community.communityId, ...request })
  return approveVoucher(portal, actor, community, {
    ...request,
    factor: await passkeyFactor(portal, actor, purpose),
  })
}

/** Gives the second factor in a session that was begun with a password; the token of the session that opens the offices. */
export async function passSecondFactor(portal: Portal, token: string): Promise<string> {
  const { userId } = (await readActor(portal, token))!
  await passkeyOf(portal, userId)
  const actor = (await readActor(portal, token))!
  const given = await giveSecondFactor(portal, actor, await passkeyFactor(portal, actor, SIGN_IN_PURPOSE))
  if (!given.ok) throw new Error(given.error.code)
  return given.value.token
}

/** An authenticator program of a person: gives codes of the portal's present. */
export async function authenticatorOf(
  portal: Portal,
  userId: string,
): Promise<{ code(steps?: number): string }> {
  const secret = new Uint8Array(20).map((_, i) => i * 7)
  await addKnownTotp(portal, userId, secret)
  return { code: (steps = 0) => totpCodeAt(secret, totpStepAt(portal.clock.now()) + steps) }
}
