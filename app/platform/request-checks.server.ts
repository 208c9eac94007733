/** What is judged of a request before any page sees it: where it comes from, who sent it, how large it is. */
import type { Settings } from './env.server.ts'
import { sessionTokenOf } from './session.server.ts'

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD']
export const ALLOWED_METHODS: readonly string[] = [...SAFE_METHODS, 'POST']

/** Bytes of an ordinary form. */
export const FORM_BYTES_MAX = 1_000_000
/** Bytes of a form with files, of a signed-in person: 30 MB and the form around them. */
export const UPLOAD_BYTES_MAX = 31_000_000

function hostsOf(request: Request, settings: Settings): string[] {
  const forwarded = settings.trustedProxies > 0 ? request.headers.get('X-Forwarded-Host') : null
  const hosts = [new URL(settings.baseUrl).host, request.headers.get('Host'), forwarded]
  return hosts.filter(host => host !== null)
}

/**
 * True when a request that changes something was sent by a page of this site. Browsers say so themselves in `Origin` or
 * `Sec-Fetch-Site`, which a page cannot forge; a request that says nothing is not believed.
 */
export function isOwnRequest(request: Request, settings: Settings): boolean {
  if (SAFE_METHODS.includes(request.method)) return true
  const site = request.headers.get('Sec-Fetch-Site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const origin = request.headers.get('Origin')
  if (origin === null) return site !== null
  if (!URL.canParse(origin)) return false
  return hostsOf(request, settings).includes(new URL(origin).host)
}

/**
 * The client's address: of the connection, or what the outermost of the trusted proxies saw. Entries further left were
 * written by the client.
 */
export function clientAddressOf(
  connectionAddress: string | undefined,
  forwardedFor: string | null,
  trustedProxies: number,
): string {
  const chain = [...(forwardedFor ?? '').split(','), connectionAddress ?? '']
    .map(address => address.trim())
    .filter(address => address !== '')
  return chain.at(-1 - trustedProxies) ?? chain[0] ?? 'unknown'
}

/** How large the body of the request may be. Only people who are signed in upload. */
export function bodyBytesMax(request: Request, settings: Settings): number {
  const isUpload = /^multipart\/form-data\b/i.test(request.headers.get('Content-Type') ?? '')
  return isUpload && sessionTokenOf(request, settings) !== null ? UPLOAD_BYTES_MAX : FORM_BYTES_MAX
}

export interface BoundedRequest {
  readonly request: Request
  /** True once more than the bound was sent: whatever the handler made of the cut-off body is void. */
  isExceeded(): boolean
}

/** Counts what streams through, and breaks the stream off beyond the bound. */
function countingStream(bytesMax: number): {
  stream: TransformStream<Uint8Array, Uint8Array>
  count: () => number
} {
  let received = 0
  const stream = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      received += chunk.byteLength
      if (received > bytesMax) controller.error(new Error('the body is too large'))
      else controller.enqueue(chunk)
    },
  })
  return { stream, count: () => received }
}

/**
 * The request as the runtime's own class (not the adapter's lightweight double, which nothing can be made from) with its
 * body counted while it streams unless its length is declared; null when that is already too much.
 */
export function boundBody(request: Request, bytesMax: number): BoundedRequest | null {
  const { url, method, headers, signal } = request
  if (SAFE_METHODS.includes(method) || request.body === null) {
    return { request: new Request(url, { method, headers, signal }), isExceeded: () => false }
  }
  const declared = headers.get('Content-Length')
  if (declared !== null && (!/^\d{1,15}$/.test(declared) || Number.parseInt(declared, 10) > bytesMax))
    return null
  const sent = { method, headers, signal, duplex: 'half' } as const
  // Node reads no further than the length that was declared.
  if (declared !== null) {
    return { request: new Request(url, { ...sent, body: request.body }), isExceeded: () => false }
  }
  const { stream, count } = countingStream(bytesMax)
  return {
    request: new Request(url, { ...sent, body: request.body.pipeThrough(stream) }),
    isExceeded: () => count() > bytesMax,
  }
}
