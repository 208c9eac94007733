/**
 * A session that an action began anew, for the loaders of the same answer: they are asked with the request as it came, whose
 * cookie names the session that has just ended, and would lead its owner to the sign-in instead of showing what was done.
 */

const RENEWED = new WeakMap<object, string>()

/** Keeps the cookie of the new session for the rest of the answer. `context` is the one object of the answer. */
export function keepRenewed(context: object, setCookie: string): void {
  RENEWED.set(context, setCookie.split(';')[0]!)
}

/** The request as it would come now: with the cookie of the session that was begun in this answer, when one was. */
export function requestNow(request: Request, context: object): Request {
  const cookie = RENEWED.get(context)
  if (cookie === undefined) return request
  const headers = new Headers(request.headers)
  headers.set('Cookie', cookie)
  return new Request(request.url, { headers, signal: request.signal })
}
