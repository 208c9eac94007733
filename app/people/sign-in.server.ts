/**
 * Signs a person in: name and password, limited against guessing, into a new session. Tells nobody whether a name exists.
 */
import { createHmac } from 'node:crypto'
import type { Tx } from '#db'
import {
  countFailedAttempts,
  deleteAttemptsBefore,
  deleteExpiredSessions,
  deleteSession,
  hasSignedInFrom,
  insertSession,
  insertSignInAttempt,
  lockSignInAttempts,
  readUserByLogin,
  type UserRow,
  updateAttemptSucceeded,
} from '#db/people'
import { err, ok, type Result } from '#kernel'
import { type Portal, tokenDigest } from '#platform'
import { type AddressClass, addressClassOf } from './audit-act.ts'
import { parseLogin } from './credential.ts'
import type { DeviceKind } from './device.ts'
import { isPasswordOf } from './password-hash.server.ts'

export type SignInRefusal =
  /** Wrong name or password, or shut out: which one is not said. */
  { readonly code: 'sign-in-refused' } | { readonly code: 'too-many-attempts'; readonly waitMinutes: number }

export interface SignedIn {
  readonly userId: string
  /** The secret for the session cookie; stored nowhere. */
  readonly token: string
}

export interface Credentials {
  readonly login: string
  readonly password: string
  /** The client's address, for limits only. */
  readonly address: string
  /** The token the browser came with: its session ends, whoever planted it. */
  readonly replacedToken?: string | null
  readonly device?: DeviceKind
}

const MINUTE_MS = 60_000
const WINDOW_MINUTES = 15
/** Guesses at one name from one address. */
const FROM_HERE_MAX = 5
/** Guesses at one name from everywhere: beyond, only addresses from which that person signed in before are heard. */
const FOR_LOGIN_MAX = 20
/** Guesses at any name from one address, generous because an office shares one; known pairs are heard beyond it too. */
const FROM_ADDRESS_MAX = 30
/** How long a place stays known, and how long attempts are kept. */
const KNOWN_DAYS = 90

interface Digests {
  readonly login: string
  readonly address: string
}

/** An IPv6 client owns a whole /64: counting single addresses of it would limit nobody. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address.replace('::ffff:', '')
  const [head = '', tail = ''] = address.split('%')[0]!.split('::', 2)
  const front = head.split(':').filter(group => group !== '')
  const back = tail.split(':').filter(group => group !== '')
  const groups = address.includes('::')
    ? [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
    : front
  return groups
    .slice(0, 4)
    .map(group => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')
}

async function digestsOf(portal: Portal, login: string, address: string): Promise<Digests> {
  const key = await portal.keys.readOrCreate('sign-in-attempts', () => portal.random.bytes(32))
  const keyed = (text: string) => createHmac('sha256', key).update(text).digest('hex').slice(0, 32)
  return { login: keyed(`login ${login}`), address: keyed(`address ${networkOf(address)}`) }
}

async function isLimited(tx: Tx, digests: Digests, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - WINDOW_MINUTES * MINUTE_MS)
  const counts = await countFailedAttempts(tx, digests, since)
  if (counts.fromHere >= FROM_HERE_MAX) return true
  if (counts.forLogin < FOR_LOGIN_MAX && counts.fromAddress < FROM_ADDRESS_MAX) return false
  // Somebody floods this name or this address: the person who signed in from here before is not the one to pay for it.
  return !(await hasSignedInFrom(tx, digests, new Date(now.getTime() - KNOWN_DAYS * 1440 * MINUTE_MS)))
}

/** Enters the attempt before the password is looked at; null when it is one too many. */
async function beginAttempt(portal: Portal, digests: Digests): Promise<string | null> {
  const now = portal.clock.now()
  const attemptId = portal.random.id()
  return portal.db.transaction().execute(async tx => {
    await lockSignInAttempts(tx)
    if (await isLimited(tx, digests, now)) return null
    await insertSignInAttempt(tx, {
      attempt_id: attemptId,
      login_digest: digests.login,
      address_digest: digests.address,
      attempted_at: now,
    })
    return attemptId
  })
}

/** Enters an attempt at something a person may be known by, counted as failed until it is known to have succeeded; gives its id. */
export async function beginCountedAttempt(
  portal: Portal,
  name: string,
  address: string,
): Promise<Result<string, SignInRefusal>> {
  const attemptId = await beginAttempt(portal, await digestsOf(portal, name, address))
  return attemptId === null ? err({ code: 'too-many-attempts', waitMinutes: WINDOW_MINUTES }) : ok(attemptId)
}

export interface SessionStart {
  readonly device?: DeviceKind
  readonly addressClass?: AddressClass
  /** Given with the second factor, in the same moment. */
  readonly withSecondFactor?: boolean
}

/** Begins a session with a secret of its own and gives the secret. */
export async function beginSession(
  portal: Portal,
  tx: Tx,
  userId: string,
  start: SessionStart = {},
): Promise<string> {
  const now = portal.clock.now()
  const token = portal.random.secret()
  await insertSession(tx, {
    token_digest: tokenDigest(token),
    session_id: portal.random.id(),
    user_id: userId,
    started_at: now,
    seen_at: now,
    expires_at: new Date(now.getTime() + portal.settings.sessionAbsoluteMs),
    second_factor_at: start.withSecondFactor ? now : null,
    device: start.device ?? 'unknown',
    address_class: start.addressClass ?? 'unknown',
  })
  return token
}

/** An attempt whose password was right; to be noted as such with what it led to. */
export interface RightPassword {
  readonly user: UserRow
  readonly attemptId: string
}

/** Judges a name with a password, counting the attempt against guessing. The same work is done for a name that does not exist. */
export async function judgePassword(
  portal: Portal,
  credentials: Pick<Credentials, 'login' | 'password' | 'address'>,
): Promise<Result<RightPassword, SignInRefusal>> {
  const parsed = parseLogin(credentials.login)
  const login = parsed.ok ? parsed.value : credentials.login
  const attemptId = await beginAttempt(portal, await digestsOf(portal, login, credentials.address))
  if (attemptId === null) return err({ code: 'too-many-attempts', waitMinutes: WINDOW_MINUTES })
  const user = parsed.ok ? await readUserByLogin(portal.db, login) : null
  const matches = await isPasswordOf(user?.password_hash ?? null, credentials.password)
  if (!matches || user === null || user.disabled_at !== null) return err({ code: 'sign-in-refused' })
  return ok({ user, attemptId })
}

/** Signs in by name and password. Where a second factor is set up or needed, the session opens no office before it is given. */
export async function signIn(
  portal: Portal,
  credentials: Credentials,
): Promise<Result<SignedIn, SignInRefusal>> {
  const judged = await judgePassword(portal, credentials)
  if (!judged.ok) return judged
  const { user, attemptId } = judged.value
  const now = portal.clock.now()
  const token = await portal.db.transaction().execute(async tx => {
    await updateAttemptSucceeded(tx, attemptId)
    await deleteAttemptsBefore(tx, new Date(now.getTime() - KNOWN_DAYS * 1440 * MINUTE_MS))
    await deleteExpiredSessions(tx, now)
    if (credentials.replacedToken) await deleteSession(tx, tokenDigest(credentials.replacedToken))
    return beginSession(portal, tx, user.user_id, {
      device: credentials.device,
      addressClass: addressClassOf(credentials.address),
    })
  })
  return ok({ userId: user.user_id, token })
}

/** Ends the session of a token; a token of no session ends nothing. */
export async function signOut(portal: Portal, token: string): Promise<void> {
  await deleteSession(portal.db, tokenDigest(token))
}
