/**
 * Turns a matched route into finished HTML. Waits for everything, because pages carry no script that could fill gaps later;
 * the Content-Security-Policy and all other security headers are set by the HTTP server in front.
 */
import { Transform } from 'node:stream'
import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from '@remix-run/node'
import { isRouteErrorResponse, RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { NonceProvider } from '#ui'

/** Longer than any honest page takes; a page that hangs is answered with an error instead of holding its connection. */
const DEADLINE_MS = 15_000

/**
 * React 18 sends its 2 kB buffer whole even when the next character does not fit into the bytes left: up to two zero bytes end
 * up between two Chinese characters, and a browser shows them as U+FFFD. No page of ours holds a zero byte (PostgreSQL
 * stores none in a text), so every one of them is that padding.
 */
function unpadded(): Transform {
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      done(null, chunk.includes(0) ? chunk.filter(byte => byte !== 0) : chunk)
    },
  })
}

/** Remix calls this for every page. `loadContext.nonce` is the nonce of the response, for pages with scripts. */
export default function renderPage(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const nonce = typeof loadContext.nonce === 'string' ? loadContext.nonce : undefined
  return new Promise((resolve, reject) => {
    let answered = status
    const { pipe, abort } = renderToPipeableStream(
      <NonceProvider value={nonce}>
        <RemixServer context={context} url={request.url} nonce={nonce} />
      </NonceProvider>,
      {
        nonce,
        onAllReady() {
          clearTimeout(deadline)
          const body = unpadded()
          headers.set('Content-Type', 'text/html; charset=utf-8')
          resolve(new Response(createReadableStreamFromReadable(body), { status: answered, headers }))
          pipe(body)
        },
        onShellError(error) {
          clearTimeout(deadline)
          reject(error)
        },
        onError() {
          answered = 500
        },
      },
    )
    const deadline = setTimeout(abort, DEADLINE_MS, new Error('the page took too long'))
  })
}

/** Defects of loaders and actions go to the request's logger (set by the HTTP server); expected refusals and aborts do not. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: AppLoadContext },
): void {
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return
  const report = context.reportError
  if (typeof report === 'function') report(error)
  else console.error(error)
}
