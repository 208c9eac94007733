/**
 * The session cookie and the token against forged forms. What a session means is not known here: only how its secret
 * travels and how a form proves that it came from a page of that session.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { sha256Hex, utf8 } from '#kernel'
import type { Settings } from './env.server.ts'

/** The name of the hidden field. */
const CSRF_FIELD = 'csrf'
const TOKEN = /^[A-Za-z0-9_-]{43}$/

type CookieSettings = Pick<Settings, 'baseUrl' | 'sessionAbsoluteMs'>

function isSecure(settings: CookieSettings): boolean {
  return settings.baseUrl.startsWith('https:')
}

/** `__Host-` makes browsers refuse the cookie from any other host, path or plain connection; it needs https. */
export function sessionCookieName(settings: CookieSettings): string {
  return isSecure(settings) ? '__Host-mingzhang' : 'mingzhang'
}

/** The session token of a request; null when there is none or it is not one of ours. */
export function sessionTokenOf(request: Request, settings: CookieSettings): string | null {
  const name = sessionCookieName(settings)
  const found = (request.headers.get('Cookie') ?? '')
    .split(';')
    .map(pair => pair.trim())
    .filter(pair => pair.startsWith(`${name}=`))
    .map(pair => pair.slice(name.length + 1))
  // Two cookies of one name come from somebody who plants them: believe neither.
  return found.length === 1 && TOKEN.test(found[0]!) ? found[0]! : null
}

function cookie(settings: CookieSettings, value: string, seconds: number): string {
  const secure = isSecure(settings) ? '; Secure' : ''
  return `${sessionCookieName(settings)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
}

/** `Set-Cookie` for a session just begun. */
export function sessionCookie(settings: CookieSettings, token: string): string {
  return cookie(settings, token, Math.floor(settings.sessionAbsoluteMs / 1000))
}

/** `Set-Cookie` that ends a session in the browser. */
export function endedSessionCookie(settings: CookieSettings): string {
  return cookie(settings, '', 0)
}

/** What is stored of a token: whoever reads the table cannot sign in with it. */
export function tokenDigest(token: string): string {
  return sha256Hex(utf8(token))
}

/** Bound to the session by a keyed digest of its secret: nothing to store, nothing to guess, new with every sign-in. */
function csrfTokenOf(token: string): string {
  return createHmac('sha256', token).update('form of this session').digest('base64url')
}

/** The hidden field that every form of a signed-in person carries: `<input type="hidden" {...csrf} />`. Empty without a session. */
export function csrfField(request: Request, settings: CookieSettings): { name: string; value: string } {
  const token = sessionTokenOf(request, settings)
  return { name: CSRF_FIELD, value: token === null ? '' : csrfTokenOf(token) }
}

/** True when a form belongs to the request's session; without a session there is nothing to forge. */
export function isOwnForm(request: Request, settings: CookieSettings, form: FormData): boolean {
  const token = sessionTokenOf(request, settings)
  if (token === null) return true
  const given = form.get(CSRF_FIELD)
  if (typeof given !== 'string') return false
  const expected = Buffer.from(csrfTokenOf(token))
  const actual = Buffer.from(given)
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}
