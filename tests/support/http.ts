/** A listening server around a fake or a built set of pages, and plain requests to it, header by header. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { join } from 'node:path'
import { type HttpParts, type PageHandler, type Served, startServer } from '#platform/process'
import type { TestPortal } from './portal.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
  readonly text: string
}

export interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Sends the body in pieces without saying how long it will be. */
  readonly isChunked?: boolean
}

/** Sends one request on a connection of its own. */
export function ask(port: number, path: string, question: Question = {}): Promise<Answer> {
  const body = question.body === undefined ? null : Buffer.from(question.body)
  const length = body === null || question.isChunked ? {} : { 'Content-Length': String(body.length) }
  return new Promise((resolve, reject) => {
    let answered = false
    const outgoing = request(
      {
        port,
        host: '127.0.0.1',
        path,
        method: question.method ?? 'GET',
        agent: false,
        headers: { ...length, ...question.headers },
      },
      incoming => {
        answered = true
        const chunks: Buffer[] = []
        incoming.on('data', chunk => chunks.push(chunk))
        incoming.on('end', () => {
          const bytes = Buffer.concat(chunks)
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            bytes,
            text: bytes.toString('utf8'),
          })
        })
        incoming.on('error', reject)
      },
    )
    // A server that has answered may close on what is still being sent.
    outgoing.on('error', error => {
      if (!answered) reject(error)
    })
    if (body === null) outgoing.end()
    else if (question.isChunked) {
      for (let at = 0; at < body.length; at += 65_536) outgoing.write(body.subarray(at, at + 65_536))
      outgoing.end()
    } else outgoing.end(body)
  })
}

/** Headers of a browser on one of the site's own pages. */
export function sameOrigin(port: number): Record<string, string> {
  return { Origin: `http://127.0.0.1:${port}`, 'Sec-Fetch-Site': 'same-origin' }
}

/** Serves pages on a free port; the caller stops it. */
export async function serveTestPages(
  portal: TestPortal,
  pages: PageHandler,
  parts: Partial<HttpParts> = {},
): Promise<Served> {
  const staticDirectory = mkdtempSync(join(portal.settings.dataDirectory, 'client-'))
  mkdirSync(join(staticDirectory, 'assets'))
  writeFileSync(join(staticDirectory, 'favicon.svg'), `<svg xmlns="http://www.w3.org/2000/svg"/>`)
  writeFileSync(join(staticDirectory, 'assets', 'root-abc.css'), 'body{color:#111}'.repeat(500))
  writeFileSync(join(portal.settings.dataDirectory, 'secret.txt'), 'secret')
  return startServer({
    portal,
    pages,
    staticDirectory,
    readVersion: async () => '1',
    keptParameters: ['lang', 'mode'],
    health: async () => ({ isHealthy: true, checks: {} }),
    ...parts,
  })
}
