/** How an expected refusal of a room becomes a response, and where a response may send a browser. */
import { data } from '@remix-run/node'

/** The statuses an expected refusal may have. */
export type RefusalStatus = 400 | 403 | 404 | 409 | 413 | 415 | 422 | 429

/**
 * Answers a refusal with its status; the page finds it as `refusal` in its action data and says it in words. The table
 * names every code of the use case, so a new code does not compile until somebody decided on it.
 */
export function respond<const Refusal extends { readonly code: string }>(
  refusal: Refusal,
  statuses: Readonly<Record<Refusal['code'], RefusalStatus>>,
) {
  return data({ refusal }, { status: statuses[refusal.code as Refusal['code']] })
}

/** A path of this site out of a form or an address; the fallback when it would lead anywhere else. */
export function localPath(text: string | null | undefined, fallback = '/'): string {
  if (text === null || text === undefined || !/^\/(?![/\\])[^\s\\]*$/.test(text)) return fallback
  const url = new URL(text, 'http://local.invalid')
  return url.origin === 'http://local.invalid' ? `${url.pathname}${url.search}${url.hash}` : fallback
}
