/** `npm start` as a process of its own, for tests that walk through it and tests that kill it. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import postgres from 'postgres'
import { projectRoot } from '#platform'

export interface StartedProcess {
  readonly child: ChildProcessByStdio<null, Readable, Readable>
  /** Resolves when the process and every child of it is gone: they hold its streams. */
  readonly gone: Promise<void>
  /** What it said on both streams so far. */
  said(): string
}

/** A migrated database of its own in the test cluster, for a process that opens it by its address. */
export async function createDatabase(
  cluster: string,
  purpose: string,
): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const name = `${purpose}_${randomBytes(8).toString('hex')}`
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

/** Starts the portal and resolves when it says that it serves; throws with all it said when it ends before. */
export async function startProcess(env: NodeJS.ProcessEnv): Promise<StartedProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'app/cli/start.ts'], {
    cwd: projectRoot(),
    env,
    // The group is the process and its embedded database: a test may take both down in the same moment.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const words: string[] = []
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  const gone = new Promise<void>(resolve => child.once('close', () => resolve()))
  gone.then(() => process.off('exit', end))
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      words.push(String(chunk))
      if (words.join('').includes(`http://localhost:${env.PORT}`)) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    gone.then(() => reject(new Error(`the portal did not start:\n${words.join('')}`)))
  })
  return { child, gone, said: () => words.join('') }
}
