/**
 * The HTTP face: kept pages first, then checks, files and pages, each response with its security headers and one line in
 * the operations log. Knows no page and no rule of the domain; never logs an address, a query or a name.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { isId } from '#kernel'
import type { EncodedBody } from './encoded-body.server.ts'
import type { LoadContext } from './load-context.server.ts'
import { CACHEABLE_HEADER, cacheAddress, PageCache, type ReadVersion } from './page-cache.server.ts'
import type { Portal } from './portal.server.ts'
import { systemRandom } from './random.server.ts'
import {
  ALLOWED_METHODS,
  bodyBytesMax,
  boundBody,
  clientAddressOf,
  isOwnRequest,
} from './request-checks.server.ts'
import {
  commonHeaders,
  FILE_CONTENT_POLICY,
  PAGE_CONTENT_POLICY,
  scriptedPagePolicy,
} from './security-headers.server.ts'
import { sessionCookieName } from './session.server.ts'
import { type FindStaticFile, openStaticFiles } from './static-files.server.ts'

/** Renders pages and runs actions (Remix). */
export type PageHandler = (request: Request, context: LoadContext) => Promise<Response>

export interface HealthReport {
  readonly isHealthy: boolean
  /** What was looked at and how it is, in words that may be public. */
  readonly checks: Readonly<Record<string, string>>
}

/** Why a request was refused before any page saw it; the page `/refused/REASON` says it in words. */
export type RefusedReason = 'foreign-form' | 'body-too-large' | 'method'

export interface HttpParts {
  readonly portal: Portal
  readonly pages: PageHandler
  /** The built browser files. */
  readonly staticDirectory: string
  readonly readVersion: ReadVersion
  readonly health: () => Promise<HealthReport>
  /** Query parameters that kept pages may depend on. */
  readonly keptParameters: readonly string[]
  readonly cacheBytesMax?: number
}

type Env = {
  Bindings: HttpBindings
  Variables: {
    requestId: string
    nonce: string
    keptAt: string | null
    servedFrom: 'kept' | 'rendered' | null
  }
}

const CACHE_BYTES_MAX = 64_000_000
/** The status each refusal is sent with. */
export const REFUSED_STATUS: Readonly<Record<RefusedReason, 403 | 405 | 413>> = {
  'foreign-form': 403,
  method: 405,
  'body-too-large': 413,
}
const KEPT_PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': PAGE_CONTENT_POLICY,
  'Cache-Control': 'public, no-cache',
  Vary: 'Accept-Encoding, Cookie',
}

/** A path without what may be secret in it: identifiers and one-time codes have the form of ids. */
function pathForLog(path: string): string {
  return path
    .split('/')
    .map(segment => (isId(segment.replace(/\..*$/, '')) ? '-' : segment.slice(0, 60)))
    .join('/')
    .slice(0, 200)
}

/** Names the address under which a page of a request may be kept; null for everybody signed in and for all but reading. */
type NameKept = (
  method: string | undefined,
  cookie: string | undefined,
  pathAndQuery: string,
) => string | null

function keptNames({ portal, keptParameters }: HttpParts): NameKept {
  const cookieName = sessionCookieName(portal.settings)
  const known = new Set(keptParameters)
  return (method, cookie, pathAndQuery) => {
    if (method !== 'GET' && method !== 'HEAD') return null
    return cookie?.includes(`${cookieName}=`) ? null : cacheAddress(pathAndQuery, known)
  }
}

/** How many acts this process has answered: each may have changed what some page shows. */
interface Acts {
  answered: number
}

/**
 * The version of the books, with the acts of this process (what they change without a leaf shows at once), and with the
 * minute (what another process or the calendar changes without a leaf shows within it).
 */
function versionWithActs({ portal, readVersion }: HttpParts, acts: Acts): ReadVersion {
  return async books => {
    const answered = acts.answered
    const minute = Math.floor(portal.clock.now().getTime() / 60_000)
    const version = await readVersion(books)
    return version === null ? null : `${answered} ${minute} ${version}`
  }
}

/** All that answers requests, over Node's own server. */
export function createHttpListener(
  parts: HttpParts,
): (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void> {
  const { portal } = parts
  const acts: Acts = { answered: 0 }
  const cache = new PageCache(versionWithActs(parts, acts), parts.cacheBytesMax ?? CACHE_BYTES_MAX)
  const common = commonHeaders(portal.settings)
  const nameKept = keptNames(parts)
  const app = createApp(parts, cache, common, acts)
  const bridge = getRequestListener((request, bindings) => app.fetch(request, bindings as HttpBindings), {
    // Remix works with the runtime's own classes; lightweight doubles of them have surprised it.
    overrideGlobalObjects: false,
  })
  return async (incoming, outgoing) => {
    const address = nameKept(incoming.method, incoming.headers.cookie, incoming.url ?? '/')
    // A database that does not answer is the page's to report, not the cache's.
    const page = address === null ? null : await cache.find(address).catch(() => null)
    if (page === null) return bridge(incoming, outgoing)
    await sendKept(portal, incoming, outgoing, page.body, common)
  }
}

/** The short way: nothing but Node between the kept bytes and the connection. */
async function sendKept(
  portal: Portal,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  body: EncodedBody,
  common: Readonly<Record<string, string>>,
): Promise<void> {
  const requestId = systemRandom.id()
  const ifNoneMatch = incoming.headers['if-none-match'] ?? null
  const headers = { ...common, ...KEPT_PAGE_HEADERS, 'X-Request-Id': requestId }
  let status = 304
  if (body.isKnown(ifNoneMatch)) {
    const { 'Content-Type': _, ...without } = headers
    outgoing.writeHead(304, { ...without, ETag: body.knownEtag(ifNoneMatch) }).end()
  } else {
    const accept = incoming.headers['accept-encoding']
    const encoded = await body.encode(typeof accept === 'string' ? accept : null)
    status = 200
    outgoing.writeHead(200, { ...headers, ...encoded.headers, 'Content-Length': encoded.bytes.byteLength })
    outgoing.end(incoming.method === 'HEAD' ? undefined : encoded.bytes)
  }
  const path = pathForLog((incoming.url ?? '/').split('?', 1)[0]!)
  portal.logger.info({ requestId, method: incoming.method, path, status, from: 'kept' }, 'request')
}

function createApp(
  parts: HttpParts,
  cache: PageCache,
  common: Readonly<Record<string, string>>,
  acts: Acts,
): Hono<Env> {
  const { portal } = parts
  const files = openStaticFiles(parts.staticDirectory)
  const app = new Hono<Env>()
  app.use(async (c, next) => {
    const begun = performance.now()
    c.set('requestId', systemRandom.id())
    c.set('nonce', Buffer.from(systemRandom.bytes(16)).toString('base64'))
    await next()
    // An act that was refused changed nothing, and must not let strangers empty the cache.
    if (c.req.method === 'POST' && (c.res.status < 400 || c.res.status >= 500)) acts.answered += 1
    finishHeaders(c, common)
    portal.logger.info(
      {
        requestId: c.get('requestId'),
        method: c.req.method,
        path: pathForLog(c.req.path),
        status: c.res.status,
        ms: Math.floor(performance.now() - begun),
      },
      'request',
    )
  })
  app.onError((error, c) => {
    portal.logger.error({ error, requestId: c.get('requestId') }, 'request failed')
    return new Response('500\n', { status: 500, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
  })
  app.use(async (c, next) => {
    // No address of ours holds it, and no text of the database can.
    if (c.req.url.includes('%00')) return c.text('400\n', 400)
    if (!ALLOWED_METHODS.includes(c.req.method)) return refuse(parts, c, 'method')
    if (!isOwnRequest(c.req.raw, portal.settings)) return refuse(parts, c, 'foreign-form')
    return next()
  })
  app.get('/healthz', async c => {
    const report = await parts.health()
    return c.json(
      { status: report.isHealthy ? 'ok' : 'failing', ...report.checks },
      report.isHealthy ? 200 : 503,
      {
        'Cache-Control': 'no-store',
      },
    )
  })
  app.get('*', async (c, next) => (await sendFile(files, c)) ?? next())
  const nameKept = keptNames(parts)
  app.all('*', c => sendPage(parts, cache, nameKept, c))
  return app
}

/** Adds what the response does not say itself. The policy of a page was set with the page. */
function finishHeaders(c: Context<Env>, common: Readonly<Record<string, string>>): void {
  // Responses of other makers may have headers that cannot be changed: their copy can.
  const headers = new Headers(c.res.headers)
  for (const [name, value] of Object.entries(common)) if (!headers.has(name)) headers.set(name, value)
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', FILE_CONTENT_POLICY)
  if (!headers.has('Cache-Control') || headers.has('Set-Cookie')) headers.set('Cache-Control', 'no-store')
  headers.set('X-Request-Id', c.get('requestId'))
  headers.delete(CACHEABLE_HEADER)
  const finished = new Response(c.res.body, { status: c.res.status, headers })
  // Hono would merge the headers of the response that is replaced into the new one.
  c.res = undefined
  c.res = finished
}

async function sendEncoded(
  c: Context<Env>,
  body: EncodedBody,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const ifNoneMatch = c.req.header('If-None-Match') ?? null
  if (body.isKnown(ifNoneMatch)) {
    return new Response(null, { status: 304, headers: { ...headers, ETag: body.knownEtag(ifNoneMatch) } })
  }
  const encoded = await body.encode(c.req.header('Accept-Encoding') ?? null)
  return new Response(new Uint8Array(encoded.bytes), {
    headers: { ...headers, ...encoded.headers, 'Content-Length': String(encoded.bytes.byteLength) },
  })
}

async function sendFile(files: FindStaticFile, c: Context<Env>): Promise<Response | null> {
  const file = await files(c.req.path)
  if (file !== null) return sendEncoded(c, file.body, file.headers)
  // A file that this build does not have: an error page would only cost.
  if (!c.req.path.startsWith('/assets/')) return null
  return new Response('404\n', { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}

function loadContext(parts: HttpParts, c: Context<Env>): LoadContext {
  const requestId = c.get('requestId')
  return {
    requestId,
    nonce: c.get('nonce'),
    clientAddress: clientAddressOf(
      c.env.incoming.socket.remoteAddress,
      c.req.header('X-Forwarded-For') ?? null,
      parts.portal.settings.trustedProxies,
    ),
    reportError: error => parts.portal.logger.error({ error, requestId }, 'page failed'),
  }
}

/** Finishes a page: its HTML whole, with the policy that fits what it carries. Anything but HTML passes as it is. */
async function finishPage(response: Response, nonce: string): Promise<Response> {
  if (!(response.headers.get('Content-Type') ?? '').startsWith('text/html')) return response
  const html = await response.text()
  const headers = new Headers(response.headers)
  const isScripted = html.includes(nonce)
  headers.set('Content-Security-Policy', isScripted ? scriptedPagePolicy(nonce) : PAGE_CONTENT_POLICY)
  // A kept nonce is a known nonce.
  if (isScripted) headers.delete(CACHEABLE_HEADER)
  return new Response(html, { status: response.status, headers })
}

async function sendPage(
  parts: HttpParts,
  cache: PageCache,
  nameKept: NameKept,
  c: Context<Env>,
): Promise<Response> {
  const { settings } = parts.portal
  const bounded = boundBody(c.req.raw, bodyBytesMax(c.req.raw, settings))
  if (bounded === null) return refuse(parts, c, 'body-too-large')
  const render = async () =>
    finishPage(await parts.pages(bounded.request, loadContext(parts, c)), c.get('nonce'))
  const url = new URL(c.req.url)
  const address =
    c.req.method === 'GET' ? nameKept('GET', c.req.header('Cookie'), `${url.pathname}${url.search}`) : null
  try {
    const made = address === null ? await render() : await cache.render(address, render)
    if (bounded.isExceeded()) return refuse(parts, c, 'body-too-large')
    return made instanceof Response ? made : sendEncoded(c, made.body, KEPT_PAGE_HEADERS)
  } catch (error) {
    if (bounded.isExceeded()) return refuse(parts, c, 'body-too-large')
    throw error
  }
}

/** The page that says why, in the reader's language; in bare words when even that page fails. */
async function refuse(parts: HttpParts, c: Context<Env>, reason: RefusedReason): Promise<Response> {
  const status = REFUSED_STATUS[reason]
  const url = new URL(`/refused/${reason}`, c.req.url)
  for (const name of ['lang', 'mode']) {
    const value = c.req.query(name)
    if (value !== undefined) url.searchParams.set(name, value)
  }
  const page = await parts
    .pages(
      new Request(url, { headers: { 'User-Agent': c.req.header('User-Agent') ?? '' } }),
      loadContext(parts, c),
    )
    .then(response => finishPage(response, c.get('nonce')))
    .catch(() => null)
  const headers = new Headers({
    'Content-Type': page?.headers.get('Content-Type') ?? 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    // What is left of the body is not read: the connection ends with this answer.
    ...(reason === 'body-too-large' ? { Connection: 'close' } : {}),
    ...(reason === 'method' ? { Allow: ALLOWED_METHODS.join(', ') } : {}),
  })
  const policy = page?.headers.get('Content-Security-Policy')
  if (policy) headers.set('Content-Security-Policy', policy)
  return new Response(page?.body ?? `${status}\n`, { status, headers })
}
