/**
 * The portal as an operator runs it: a data directory and a database of its own, a community opened by a set-up through the
 * doors, then `start` as a process. Stops it as an operator would, and runs commands against what it leaves.
 */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { assert, civilDate, fen, period } from '#kernel'
import {
  approveVoucher,
  decideControlChange,
  draftVoucher,
  proposeControlChange,
  readControlChanges,
} from '#ledger/server'
import { addKnownTotp, readOwnLogin } from '#people/server'
import { projectRoot } from '#platform'
import { movableClock, openPortal, readSettings } from '#platform/process'
import { demoTotpSecret } from '../../app/cli/demo-officers.ts'
import { prepareKeys } from '../../app/cli/prepare-keys.ts'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { freePort } from '../support/free-port.ts'
import type { TestPortal } from '../support/portal.ts'
import { createDatabase, startProcess } from '../support/start-process.ts'

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

/** Keys, and a community whose account is the one of the ICBC file, with what the bank held before as its opening. */
async function openCommunity(env: Environment): Promise<void> {
  const settings = readSettings(env)
  assert(settings.ok, 'the settings of the walk can be used')
  const clock = movableClock(new Date())
  const portal: TestPortal = { ...(await openPortal(settings.value, { clock })), clock }
  await prepareKeys(portal)
  const sample = await openSampleCommunity(portal, SLUG, {
    firstPeriod: '2025-01',
    accountNumber: ICBC_NUMBER,
  })
  for (const { userId } of [sample.bookkeeper, sample.reviewer, sample.manager, sample.treasurer]) {
    const login = await readOwnLogin(portal, { ...sample.manager, userId })
    await addKnownTotp(portal, userId, demoTotpSecret(login))
  }
  await postOpening(portal, sample)
  await agreeOnFees(portal, sample)
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

/** A standard of service fees that the company proposed and the owners' committee confirmed. */
async function agreeOnFees(
  portal: TestPortal,
  { community, manager, treasurer }: SampleCommunity,
): Promise<void> {
  const changeId = await proposeControlChange(portal, manager, community, {
    kind: 'fee-standard',
    reason: '2024 年 12 月业主大会通过的服务合同第六条',
    before: null,
    standard: {
      from: period('2025-01'),
      rates: [
        { unitKind: 'residence', per: 'm2', priceFen: fen(140n) },
        { unitKind: 'parking', per: 'unit', priceFen: fen(5_000n) },
      ],
      poll: '',
      document: '',
    },
  })
  const [waiting] = (await readControlChanges(portal, treasurer, community)) ?? []
  assert(changeId.ok && waiting !== undefined, 'the standard waits')
  const decision = {
    changeId: changeId.value,
    seenDigest: waiting.contentDigest,
    decision: 'confirmed',
  } as const
  const decided = await decideControlChange(portal, treasurer, community, decision)
  assert(decided.ok, 'the standard is confirmed')
}

/** Sets everything up and starts the portal. */
export async function startPortal(cluster: string | null): Promise<RunningPortal> {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-e2e-'))
  const database = cluster === null ? null : await createDatabase(cluster, 'e2e')
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
  await openCommunity(env)
  const options = { cwd: projectRoot(), env }
  const { child: server } = await startProcess(env)
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
