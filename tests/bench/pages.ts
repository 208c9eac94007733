/** The built portal served over a bench's portal, and a client that keeps its connections: for what is asked over HTTP. */
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { projectRoot } from '#platform'
import { readBooksVersion, rememberPortal, startServer } from '#platform/process'
import { answerPages } from '../../app/cli/answer-pages.ts'
import { buildPortal } from '../../app/cli/build-portal.ts'
import type { TestPortal } from '../support/portal.ts'

export interface Answered {
  readonly status: number
  readonly bytes: Buffer
  readonly headers: NodeJS.Dict<string | string[]>
}

/** What a client asks for; with a body it is a form that is sent. */
export interface Asked {
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export type Client = (asked: Asked) => Promise<Answered>

function clientOf(port: number, agent: Agent): Client {
  return ({ path, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST'
      const asked = request({ port, host: '127.0.0.1', path, agent, method, headers }, answer => {
        const parts: Buffer[] = []
        answer.on('data', part => parts.push(part as Buffer))
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, bytes: Buffer.concat(parts), headers: answer.headers }),
        )
        answer.on('error', reject)
      })
      asked.on('error', reject)
      asked.end(body)
    })
}

let built: Promise<ServerBuild> | null = null

/** Builds the pages once in a run. */
function pagesBuilt(): Promise<ServerBuild> {
  built ??= (async () => {
    if (!(await buildPortal(() => process.stdout.write('building the pages\n')))) throw new Error('no build')
    process.env.NODE_ENV = 'production'
    return import(pathToFileURL(join(projectRoot(), 'build/server/index.js')).href) as Promise<ServerBuild>
  })()
  return built
}

export interface ServedPages {
  readonly ours: Client
  /** A plain node:http server that reads what it is sent and gives this answer, asked by the same client. */
  plainly(answer: Answered): Promise<Client>
  close(): Promise<void>
}

/** Serves the pages of a portal to so many callers at once. */
export async function servePages(portal: TestPortal, callers: number): Promise<ServedPages> {
  rememberPortal(portal)
  const served = await startServer({
    portal,
    pages: answerPages(await pagesBuilt()),
    staticDirectory: join(projectRoot(), 'build/client'),
    readVersion: slug => readBooksVersion(portal, slug),
    health: async () => ({ isHealthy: true, checks: {} }),
    keptParameters: ['lang'],
  })
  const agent = new Agent({ keepAlive: true, maxSockets: callers })
  const plain: ReturnType<typeof createServer>[] = []
  return {
    ours: clientOf(served.port, agent),
    async plainly({ status, bytes, headers }) {
      const kept = Object.entries(headers).filter(
        ([name]) => !/^(connection|keep-alive|date|transfer-encoding)$/.test(name),
      )
      const same = { ...Object.fromEntries(kept), 'content-length': bytes.length }
      const server = createServer((asked, response) => {
        asked.resume()
        asked.on('end', () => {
          response.writeHead(status, same)
          response.end(bytes)
        })
      })
      plain.push(server)
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      return clientOf((server.address() as AddressInfo).port, agent)
    },
    async close() {
      agent.destroy()
      for (const server of plain) server.close()
      await served.stop(0)
      rememberPortal(null)
    },
  }
}
