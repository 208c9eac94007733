/**
 * Passkeys (WebAuthn): registered and asked with challenges that are made for one purpose, answered once and soon. The
 * signature is judged by a library; what it was given for is judged here.
 */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Tx } from '#db'
import {
  insertPasskey,
  insertPasskeyChallenge,
  insertSignInChallenge,
  type PasskeyChallengeRow,
  type PasskeyRow,
  readPasskeyById,
  readPasskeys,
  takePasskeyChallenge,
  takeSignInChallenge,
  updatePasskeyUsed,
} from '#db/people'
import { type Portal, tokenDigest } from '#platform'
import type { Actor } from './permission.ts'

const CHALLENGE_MINUTES = 5
const CHALLENGE_BYTES = 32
const NAME_LENGTH_MAX = 40
const ANSWER_LENGTH_MAX = 20_000
const PASSKEYS_MAX = 10

type Asker = Pick<Actor, 'userId' | 'sessionId'>

/** Loaded when a passkey is used: commands that know none start without it. */
const library = () => import('@simplewebauthn/server')

/** Who asks, as authenticators know it: the host name people open, and the whole origin. */
function partyOf(portal: Portal): { readonly id: string; readonly origin: string } {
  const { hostname, origin } = new URL(portal.settings.baseUrl)
  return { id: hostname, origin }
}

/** The host name under which passkeys work; on any other the page does not offer them. */
export function passkeyHost(portal: Portal): string {
  return partyOf(portal).id
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}

async function makeChallenge(
  portal: Portal,
  asker: Asker,
  purpose: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(portal.random.bytes(CHALLENGE_BYTES))
  const now = portal.clock.now()
  await insertPasskeyChallenge(
    portal.db,
    {
      challenge_digest: tokenDigest(base64url(bytes)),
      user_id: asker.userId,
      session_id: asker.sessionId,
      purpose,
      created_at: now,
      expires_at: new Date(now.getTime() + CHALLENGE_MINUTES * 60_000),
    },
    now,
  )
  return bytes
}

/** What the browser is to ask the authenticator for, for one purpose (JSON of WebAuthn). */
export async function passkeyQuestion(portal: Portal, asker: Asker, purpose: string): Promise<object> {
  const { generateAuthenticationOptions } = await library()
  const passkeys = await readPasskeys(portal.db, asker.userId)
  return generateAuthenticationOptions({
    rpID: partyOf(portal).id,
    challenge: await makeChallenge(portal, asker, purpose),
    timeout: CHALLENGE_MINUTES * 60_000,
    userVerification: 'required',
    allowCredentials: passkeys.map(({ credential_id: id, transports }) => ({
      id,
      transports: transports === '' ? undefined : (transports.split(' ') as never),
    })),
  })
}

/** What the browser is to ask the authenticator for when nobody is known yet: any passkey of this site (JSON of WebAuthn). */
export async function passwordlessQuestion(portal: Portal): Promise<object> {
  const { generateAuthenticationOptions } = await library()
  const bytes = new Uint8Array(portal.random.bytes(CHALLENGE_BYTES))
  const now = portal.clock.now()
  const row = {
    challenge_digest: tokenDigest(base64url(bytes)),
    created_at: now,
    expires_at: new Date(now.getTime() + CHALLENGE_MINUTES * 60_000),
  }
  await insertSignInChallenge(portal.db, row, now)
  return generateAuthenticationOptions({
    rpID: partyOf(portal).id,
    challenge: bytes,
    timeout: CHALLENGE_MINUTES * 60_000,
    userVerification: 'required',
  })
}

/** Judges what a passkey answered before anybody was known: gives whose it is; null for anything else. The challenge is used up. */
export async function judgePasswordlessAnswer(portal: Portal, tx: Tx, text: string): Promise<string | null> {
  const answer = readAnswer(text)
  if (answer === null) return null
  const now = portal.clock.now()
  if (!(await takeSignInChallenge(tx, tokenDigest(answer.challenge), now))) return null
  const passkey = await readPasskeyById(tx, answer.id)
  const count = passkey === null ? null : await isSignedBy(portal, passkey, answer)
  if (passkey === null || count === null) return null
  await updatePasskeyUsed(tx, passkey.credential_id, { at: now, count })
  return passkey.user_id
}

const REGISTRATION = 'register'

/** What the browser is to have the authenticator make (JSON of WebAuthn). */
export async function passkeyInvitation(
  portal: Portal,
  asker: Asker,
  names: { readonly site: string; readonly login: string; readonly displayName: string },
): Promise<object> {
  const { generateRegistrationOptions } = await library()
  const passkeys = await readPasskeys(portal.db, asker.userId)
  return generateRegistrationOptions({
    rpName: names.site,
    rpID: partyOf(portal).id,
    userName: names.login,
    userDisplayName: names.displayName,
    userID: new TextEncoder().encode(asker.userId),
    challenge: await makeChallenge(portal, asker, REGISTRATION),
    timeout: CHALLENGE_MINUTES * 60_000,
    attestationType: 'none',
    excludeCredentials: passkeys.map(({ credential_id: id }) => ({ id })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })
}

interface Answer {
  readonly id: string
  readonly challenge: string
  readonly json: unknown
}

/** The parts of an answer that say what it answers; null when it is not one. */
function readAnswer(text: string): Answer | null {
  if (text.length > ANSWER_LENGTH_MAX) return null
  try {
    const json = JSON.parse(text)
    const client = JSON.parse(Buffer.from(String(json.response.clientDataJSON), 'base64url').toString('utf8'))
    if (typeof json.id !== 'string' || typeof client.challenge !== 'string') return null
    return { id: json.id, challenge: client.challenge, json }
  } catch {
    return null
  }
}

/** Takes the challenge that an answer names; null unless it was made for this person, session and purpose and is still young. */
async function takeChallenge(
  portal: Portal,
  tx: Tx,
  asker: Asker,
  purpose: string,
  answer: Answer,
): Promise<PasskeyChallengeRow | null> {
  const row = await takePasskeyChallenge(tx, tokenDigest(answer.challenge))
  if (row === null || row.user_id !== asker.userId || row.session_id !== asker.sessionId) return null
  return row.purpose === purpose && portal.clock.now() < row.expires_at ? row : null
}

export type PasskeyProblem = 'passkey-refused' | 'passkey-known' | 'passkeys-too-many' | 'name-missing'

/** Keeps the passkey that the authenticator made, under a name its owner knows it by. Null when it is kept. */
export async function registerPasskey(
  portal: Portal,
  tx: Tx,
  asker: Asker,
  given: { readonly name: string; readonly answer: string },
): Promise<PasskeyProblem | null> {
  const name = given.name.normalize('NFC').trim().slice(0, NAME_LENGTH_MAX)
  if (name === '') return 'name-missing'
  if ((await readPasskeys(tx, asker.userId)).length >= PASSKEYS_MAX) return 'passkeys-too-many'
  const answer = readAnswer(given.answer)
  if (answer === null || (await takeChallenge(portal, tx, asker, REGISTRATION, answer)) === null)
    return 'passkey-refused'
  const { verifyRegistrationResponse } = await library()
  const party = partyOf(portal)
  const verified = await verifyRegistrationResponse({
    response: answer.json as RegistrationResponseJSON,
    expectedChallenge: answer.challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
  }).catch(() => null)
  if (!verified?.verified) return 'passkey-refused'
  const { credential } = verified.registrationInfo
  const isNew = await insertPasskey(tx, {
    credential_id: credential.id,
    user_id: asker.userId,
    public_key: credential.publicKey,
    transports: (credential.transports ?? []).filter(word => /^[a-z-]{1,20}$/.test(word)).join(' '),
    name,
    created_at: portal.clock.now(),
    sign_count: BigInt(credential.counter),
  })
  return isNew ? null : 'passkey-known'
}

async function isSignedBy(portal: Portal, passkey: PasskeyRow, answer: Answer): Promise<bigint | null> {
  const { verifyAuthenticationResponse } = await library()
  const party = partyOf(portal)
  // The library throws for whatever is wrong with an answer, a sign count that went back included.
  const verified = await verifyAuthenticationResponse({
    response: answer.json as AuthenticationResponseJSON,
    expectedChallenge: answer.challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    credential: {
      id: passkey.credential_id,
      publicKey: new Uint8Array(passkey.public_key),
      counter: Number(passkey.sign_count),
    },
  }).catch(() => null)
  return verified?.verified ? BigInt(verified.authenticationInfo.newCounter) : null
}

/** Judges what a passkey answered, for one purpose; the challenge is used up whatever the outcome. The caller holds a transaction. */
export async function judgePasskeyAnswer(
  portal: Portal,
  tx: Tx,
  asker: Asker,
  purpose: string,
  text: string,
): Promise<'accepted' | 'wrong'> {
  const answer = readAnswer(text)
  if (answer === null || (await takeChallenge(portal, tx, asker, purpose, answer)) === null) return 'wrong'
  const passkey = (await readPasskeys(tx, asker.userId)).find(each => each.credential_id === answer.id)
  const count = passkey === undefined ? null : await isSignedBy(portal, passkey, answer)
  if (passkey === undefined || count === null) return 'wrong'
  await updatePasskeyUsed(tx, passkey.credential_id, { at: portal.clock.now(), count })
  return 'accepted'
}
