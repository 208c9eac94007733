/**
 * Starts the embedded database (PGlite, a PostgreSQL that lives in one directory) in a child process. For the demo, for
 * trial and for tests: it does not flush to disk at commit, so a power cut can lose the last moments.
 */
import { fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from './project-root.server.ts'

export interface EmbeddedOrder {
  /** Null keeps everything in memory. */
  readonly directory: string | null
  readonly templatePath: string | null
  readonly socketPath: string
  readonly lockPath: string | null
}

export type EmbeddedReport =
  | { kind: 'ready' }
  | { kind: 'in-use' }
  | { kind: 'failed'; message: string }
  | { kind: 'dumped'; bytes: Uint8Array }

export interface EmbeddedProcess {
  readonly socketPath: string
  readonly processId: number
  /** Settled when the process has ended, told to or not. */
  readonly ended: Promise<void>
  /** The whole data directory as an uncompressed tar: the template of the tests. */
  dump(): Promise<Uint8Array>
  /** Lets the child flush and end. */
  stop(): Promise<void>
}

/** Thrown when another process already works on the directory. */
export class EmbeddedDatabaseInUse extends Error {
  constructor(directory: string) {
    super(`the embedded database in ${directory} is in use by another process: stop that one first`)
    this.name = 'EmbeddedDatabaseInUse'
  }
}

/** Linux has sockets that live in no directory and vanish with their process; elsewhere a file in the temporary directory serves. */
function socketName(name: string): string {
  return process.platform === 'linux' ? `\0mingzhang-${name}` : join(tmpdir(), `mingzhang-${name}.sock`)
}

/** Starts the child and waits until it listens. */
export async function startEmbedded(
  directory: string | null,
  options: { templatePath?: string } = {},
): Promise<EmbeddedProcess> {
  if (directory !== null) mkdirSync(directory, { recursive: true, mode: 0o700 })
  const order: EmbeddedOrder = {
    directory,
    templatePath: options.templatePath ?? null,
    socketPath: socketName(`db-${randomBytes(12).toString('hex')}`),
    lockPath:
      directory === null
        ? null
        : socketName(
            `lock-${createHash('sha256').update(realpathSync(directory)).digest('hex').slice(0, 32)}`,
          ),
  }
  const child = fork(join(projectRoot(), 'db/embedded.worker.ts'), [], {
    execArgv: ['--import', 'tsx'],
    cwd: projectRoot(),
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Under the test runner its loader flags must not reach the child.
    env: { ...process.env, NODE_OPTIONS: '', VITEST: '' },
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.once('message', (report: EmbeddedReport) => {
      if (report.kind === 'ready') resolve()
      else if (report.kind === 'in-use') reject(new EmbeddedDatabaseInUse(String(directory)))
      else
        reject(new Error(`the embedded database did not start: ${'message' in report ? report.message : ''}`))
    })
    child.once('exit', code => reject(new Error(`the embedded database ended with code ${code}`)))
    child.send(order)
  })
  // The child alone must not keep a finished command alive.
  child.unref()
  child.channel?.unref()
  return {
    socketPath: order.socketPath,
    processId: child.pid!,
    ended,
    dump: () =>
      new Promise((resolve, reject) => {
        child.once('message', (report: EmbeddedReport) =>
          report.kind === 'dumped' ? resolve(report.bytes) : reject(new Error('no dump')),
        )
        child.send({ kind: 'dump' })
      }),
    async stop() {
      if (child.connected) child.disconnect()
      child.ref()
      await ended
    },
  }
}
