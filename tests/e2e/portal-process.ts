/**
 * The portal as an operator runs it: a data directory and a database of its own, a community opened by a set-up through the
 * doors, then `start` as a process. Stops it as an operator would, and runs commands against what it leaves.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { assert, civilDate, fen } from '#kernel'
import { approveVoucher, draftVoucher } from '#ledger/server'
import { addKnownTotp, readOwnLogin } from '#people/server'
import { movableClock, openPortal, projectRoot, readSettings } from '#platform'
import { demoTotpSecret, seedDemo } from '../../app/cli/demo.ts'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import type { TestPortal } from '../support/portal.ts'

/** The generated ICBC file: who holds it, and what was in the account before its first line. */
export const ICBC_FILE = join(projectRoot(), 'tests/vectors/bank/corp-icbc-historydetail-csv.csv')
const ICBC_NUMBER = '4402010009200123456'
const ICBC_OPENING_FEN = fen(80_717_355n)
export const SLUG = 'sample'

type Environment = Record<string, string> & { readonly NODE_ENV: 'development' }

export interface RunningPortal {
  readonly address: string
  /** Ends the server as an operator does; gives its exit code. */
  stop(): Promise<number | null>
  /** A command against the same data; the server must be stopped when the database is embedded. */
  portal(...args: string[]): Promise<{ readonly code: number; readonly out: string }>
  /** Removes everything. */
  remove(): Promise<void>
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      assert(address !== null && typeof address === 'object', 'a listening server has a port')
      server.close(() => resolve(address.port))
    })
  })
}

async function createDatabase(cluster: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `e2e_${randomBytes(8).toString('hex')}`
  const admin = postgres(`${cluster}/postgres`, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name} template mingzhang_template`)
  return {
    url: `${cluster}/${name}`,
    drop: async () => {
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

/** The demo, and a community whose account is the one of the ICBC file, with what the bank held before as its opening. */
async function openCommunities(env: Environment): Promise<void> {
  const settings = readSettings(env)
  assert(settings.ok, 'the settings of the walk can be used')
  const clock = movableClock(new Date())
  const portal: TestPortal = { ...(await openPortal(settings.value, { clock })), clock }
  await seedDemo(portal)
  const sample = await openSampleCommunity(portal, SLUG, {
    firstPeriod: '2025-01',
    accountNumber: ICBC_NUMBER,
  })
  for (const { userId } of [sample.bookkeeper, sample.reviewer, sample.manager, sample.treasurer]) {
    const login = await readOwnLogin(portal, { ...sample.manager, userId })
    await addKnownTotp(portal, userId, demoTotpSecret(login))
  }
  await postOpening(portal, sample)
  await portal.close()
}

async function postOpening(portal: TestPortal, sample: SampleCommunity): Promise<void> {
  const { community, bookkeeper, reviewer } = sample
  const draft = await draftVoucher(portal, bookkeeper, community, {
    occurredOn: civilDate('2025-01-01'),
    narration: '期初余额',
    postings: [
      { fund: 'trust', account: '100201', side: 'debit', amountFen: ICBC_OPENING_FEN },
      { fund: 'trust', account: '3101', side: 'credit', amountFen: ICBC_OPENING_FEN },
    ],
    documents: [],
    bankLines: [],
    replaces: null,
    opening: true,
  })
  assert(draft.ok, 'the opening is drafted')
  const { draftId, contentDigest } = draft.value
  const posted = await approveVoucher(portal, reviewer, community, {
    draftId,
    step: 'review',
    seenDigest: contentDigest,
  })
  assert(posted.ok && posted.value !== null, 'the opening is posted')
}

async function untilServing(server: ChildProcess, address: string, output: () => string): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the portal did not start:\n${output()}`)
    const answer = await fetch(`${address}/healthz`).catch(() => null)
    if (answer?.ok) return
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

/** Sets everything up and starts the portal. */
export async function startPortal(cluster: string | null): Promise<RunningPortal> {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-e2e-'))
  const database = cluster === null ? null : await createDatabase(cluster)
  const port = await freePort()
  const address = `http://localhost:${port}`
  const env: Environment = {
    PATH: process.env.PATH ?? '',
    HOME: directory,
    NODE_ENV: 'development',
    PORT: String(port),
    PORTAL_DATA: join(directory, 'data'),
    LOG_LEVEL: 'error',
    ...(database === null ? {} : { DATABASE_URL: database.url }),
  }
  await openCommunities(env)
  const options = { cwd: projectRoot(), env }
  const server = spawn(process.execPath, ['--import', 'tsx', 'app/cli/start.ts'], options)
  const said: string[] = []
  for (const stream of [server.stdout, server.stderr]) stream.on('data', chunk => said.push(String(chunk)))
  await untilServing(server, address, () => said.join(''))
  return {
    address,
    stop: async () => {
      if (server.exitCode === null) {
        server.kill('SIGTERM')
        await once(server, 'exit')
      }
      return server.exitCode
    },
    portal: async (...args) => {
      const command = ['--import', 'tsx', 'app/cli/main.ts', ...args]
      return promisify(execFile)(process.execPath, command, options).then(
        ({ stdout }) => ({ code: 0, out: stdout }),
        (failed: { code?: number; stdout?: string }) => ({
          code: failed.code ?? -1,
          out: failed.stdout ?? '',
        }),
      )
    },
    remove: async () => {
      if (server.exitCode === null) server.kill('SIGKILL')
      await database?.drop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** The file a bookkeeper downloads from the bank. */
export function icbcFile(): { name: string; mimeType: string; buffer: Buffer } {
  return { name: 'HISTORYDETAIL.csv', mimeType: 'text/csv', buffer: readFileSync(ICBC_FILE) }
}
