/** A native PostgreSQL of the tests' own: made in a temporary directory, started, restarted after a crash, and removed. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { freePort } from './free-port.ts'

export interface NativeServer {
  /** Address without a database name. */
  readonly url: string
  /** Ends it as a crash would (every backend is gone at once), and starts it again on the same directory and port. */
  crashAndRestart(): Promise<void>
  /** Ends it and removes its directory. */
  stop(): Promise<void>
}

/** Where `initdb` and `postgres` are, newest version; null when PostgreSQL is not installed. */
export function postgresBinaries(): string | null {
  const candidates = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt']
    .filter(existsSync)
    .flatMap(base => readdirSync(base).map(version => join(base, version, 'bin')))
    .filter(bin => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')))
    .sort()
  return candidates.at(-1) ?? null
}

/** PostgreSQL refuses to run as root: there it runs as the account Debian makes for it. */
function serverAccount(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres']).toString().trim())
  return { uid: id('-u'), gid: id('-g') }
}

/** Resolves when the server takes a statement; fails after half a minute. */
async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const sql = postgres(`${url}/postgres`, { max: 1, onnotice: () => {} })
    try {
      await sql`select 1`
      await sql.end()
      return
    } catch (error) {
      await sql.end({ timeout: 0 })
      if (Date.now() > deadline) throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
}

/** Makes a cluster and starts it. Fast and not durable: a crash of the machine may lose it, a crash of the server does not. */
export async function startNativeServer(bin: string): Promise<NativeServer> {
  const account = serverAccount()
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-pg-'))
  if (account.uid !== undefined) execFileSync('chown', [`${account.uid}:${account.gid}`, directory])
  const cluster = join(directory, 'cluster')
  const making = ['-D', cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N']
  execFileSync(join(bin, 'initdb'), making, { ...account, cwd: directory, stdio: 'ignore' })
  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}`
  const settings = ['fsync=off', 'full_page_writes=off', 'max_connections=120', 'jit=off']
  const start = async () => {
    const server = spawn(
      join(bin, 'postgres'),
      [
        ...['-D', cluster, '-p', String(port), '-h', '127.0.0.1', '-k', directory],
        ...settings.flatMap(setting => ['-c', setting]),
      ],
      { ...account, cwd: directory, stdio: 'ignore' },
    )
    const exited = new Promise<void>(resolve => server.once('exit', () => resolve()))
    await untilReady(url)
    return { server, exited }
  }
  let running = await start()
  const end = async (signal: 'SIGQUIT' | 'SIGINT') => {
    running.server.kill(signal)
    await running.exited
  }
  return {
    url,
    async crashAndRestart() {
      await end('SIGQUIT')
      running = await start()
    },
    async stop() {
      await end('SIGINT')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
