/**
 * What every response tells the browser it may do. Pages carry no script unless their own HTML holds the response's
 * nonce, and then only scripts of this site run.
 */
import type { Settings } from './env.server.ts'

const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
]

/** Policy of a page without scripts: the same for everybody, so the page can be kept. */
export const PAGE_CONTENT_POLICY = PAGE_POLICY.join('; ')

/** Policy of files: whatever they hold, nothing in them loads or runs. */
export const FILE_CONTENT_POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Policy of a page that carries scripts. */
export function scriptedPagePolicy(nonce: string): string {
  return [
    ...PAGE_POLICY,
    `script-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
  ].join('; ')
}

/** The headers of every response, whatever it is. */
export function commonHeaders(settings: Pick<Settings, 'baseUrl'>): Readonly<Record<string, string>> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    // `no-referrer` would make browsers send `Origin: null` with forms, and every form without a script would be refused.
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy':
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), display-capture=()',
    ...(settings.baseUrl.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  }
}
