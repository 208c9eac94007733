/** The fund page of the built portal, rendered and kept, against plain node:http that sends the same bytes. */
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRequestHandler, type ServerBuild } from '@remix-run/node'
import { projectRoot } from '#platform'
import { readBooksVersion, rememberPortal, startServer } from '#platform/process'
import { buildPortal } from '../../app/cli/build-portal.ts'
import { type Comparison, timeInTurns, timeTogether } from './measure.ts'
import type { BenchWorld } from './world.ts'

const CALLERS = 8
/** Requests of all callers in one turn. */
const COLD = 40
const WARM = 600

interface Page {
  readonly status: number
  readonly bytes: Buffer
  readonly headers: NodeJS.Dict<string | string[]>
}

function fetcher(port: number, agent: Agent) {
  return (path: string): Promise<Page> =>
    new Promise((resolve, reject) => {
      const asked = request(
        { port, host: '127.0.0.1', path, agent, headers: { 'Accept-Encoding': 'br, gzip' } },
        answer => {
          const parts: Buffer[] = []
          answer.on('data', part => parts.push(part as Buffer))
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, bytes: Buffer.concat(parts), headers: answer.headers }),
          )
          answer.on('error', reject)
        },
      )
      asked.on('error', reject)
      asked.end()
    })
}

/** Asks for a page many times; each answer must be a whole page. */
async function timePages(
  count: number,
  read: (path: string) => Promise<Page>,
  path: (index: number) => string,
): Promise<number> {
  return timeTogether(count, CALLERS, async index => {
    const { status, bytes } = await read(path(index))
    if (status !== 200 || bytes.length < 1000) throw new Error(`${path(index)}: ${status}`)
  })
}

export async function benchFundPage({ portal, sample }: BenchWorld): Promise<Comparison[]> {
  if (!(await buildPortal(() => process.stdout.write('building the pages\n')))) throw new Error('no build')
  process.env.NODE_ENV = 'production'
  const build = (await import(
    pathToFileURL(join(projectRoot(), 'build/server/index.js')).href
  )) as ServerBuild
  const answer = createRequestHandler(build, 'production')
  rememberPortal(portal)
  const served = await startServer({
    portal,
    pages: (asked, context) => answer(asked, context),
    staticDirectory: join(projectRoot(), 'build/client'),
    readVersion: slug => readBooksVersion(portal, slug),
    health: async () => ({ isHealthy: true, checks: {} }),
    keptParameters: ['lang'],
  })
  const agent = new Agent({ keepAlive: true, maxSockets: CALLERS })
  const ours = fetcher(served.port, agent)
  const address = `/c/${sample.community.slug}/fund`
  const page = await ours(address)
  const headers = Object.fromEntries(
    Object.entries(page.headers).filter(
      ([name]) => !/^(connection|keep-alive|date|transfer-encoding)$/.test(name),
    ),
  )
  const plain = createServer((_, response) => {
    response.writeHead(200, { ...(headers as Record<string, string>), 'content-length': page.bytes.length })
    response.end(page.bytes)
  })
  await new Promise<void>(resolve => plain.listen(0, '127.0.0.1', resolve))
  const bare = fetcher((plain.address() as AddressInfo).port, agent)
  try {
    // A parameter that nobody knows makes every rendering a first one.
    const cold = (index: number) => `${address}?bench=${index}`
    const plainly = () => timePages(WARM, bare, () => address)
    const rendered = await timeInTurns(
      5,
      turn => timePages(COLD, ours, index => cold(turn * COLD + index)),
      plainly,
      1,
    )
    const kept = await timeInTurns(5, () => timePages(WARM, ours, () => address), plainly, 1)
    const name = `${(page.bytes.length / 1024).toFixed(0)} kB as sent`
    return [
      {
        name: 'fund page, rendered',
        oursMs: rendered.oursMs / COLD,
        bareMs: rendered.bareMs / WARM,
        bare: 'plain node:http',
        timesAtMost: 250,
        note: name,
      },
      {
        name: 'fund page, kept',
        oursMs: kept.oursMs / WARM,
        bareMs: kept.bareMs / WARM,
        bare: 'plain node:http',
        timesAtMost: 8,
      },
    ]
  } finally {
    agent.destroy()
    plain.close()
    await served.stop(0)
    rememberPortal(null)
  }
}
