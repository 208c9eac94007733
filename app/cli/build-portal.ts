/** Builds the pages when they are missing or were built from other sources. Compares digests, never times. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { projectRoot } from '#platform'

/** Everything a build is made from. */
const SOURCES = [
  'app',
  'db',
  'public',
  'package.json',
  'package-lock.json',
  'remix.config.js',
  'tsconfig.json',
]

function filesOf(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}

/** One digest of all sources, names included. */
function digestOfSources(root: string): string {
  const hash = createHash('sha256')
  const files = SOURCES.map(name => join(root, name))
    .filter(existsSync)
    .flatMap(path => (/\.[a-z]+$/.test(path) ? [path] : filesOf(path)))
  for (const file of files.sort()) {
    const bytes = readFileSync(file)
    hash.update(`${relative(root, file)} ${bytes.length}\n`).update(bytes)
  }
  return hash.digest('hex')
}

function stampOf(root: string): string {
  return join(root, 'build', 'sources.sha256')
}

/** True when the build of these very sources is there. */
function isBuilt(root: string, digest: string): boolean {
  if (!existsSync(join(root, 'build', 'server', 'index.js'))) return false
  return existsSync(stampOf(root)) && readFileSync(stampOf(root), 'utf8') === digest
}

/** The build tool, run by this very Node, wherever npm put it. */
function remixProgram(root: string): string {
  const manifest = createRequire(join(root, 'package.json')).resolve('@remix-run/dev/package.json')
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { remix: string } }
  return join(dirname(manifest), bin.remix)
}

function lockPathOf(root: string): string {
  const name = `mingzhang-build-${createHash('sha256').update(root).digest('hex').slice(0, 32)}`
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`)
}

/** Resolves when the holder of the lock has let go of it, or was gone already and left its name behind. */
function untilReleased(lockPath: string): Promise<void> {
  return new Promise(resolve => {
    const waiting = connect(lockPath)
    waiting.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') rmSync(lockPath, { force: true })
    })
    waiting.once('close', () => resolve())
  })
}

/**
 * Waits until nobody else builds in this directory, and gives the release. Two builds at once would empty each other's
 * output. The lock is a listening socket: the kernel lets go of it however its holder ends.
 */
async function holdBuildLock(lockPath: string): Promise<() => void> {
  for (;;) {
    const waiting = new Set<Socket>()
    const lock = createServer(socket => {
      socket.on('error', () => {})
      waiting.add(socket)
    })
    const isOurs = await new Promise<boolean>(resolve => {
      lock.once('error', () => resolve(false))
      lock.listen(lockPath, () => resolve(true))
    })
    if (!isOurs) {
      await untilReleased(lockPath)
      continue
    }
    return () => {
      lock.close()
      for (const socket of waiting) socket.destroy()
    }
  }
}

async function runBuild(root: string): Promise<boolean> {
  const child = spawn(
    process.execPath,
    [remixProgram(root), 'vite:build', '--config', 'remix.config.js', '--logLevel', 'warn'],
    {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '', VITEST: '' },
      stdio: ['ignore', 2, 2],
    },
  )
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  return code === 0
}

/**
 * Builds unless that was done; `announce` is called before a build or the wait for another's. Gives false, with the tool's own
 * words on standard error, when it fails. `build` makes `build/` under the root.
 */
export async function buildPortal(
  announce: () => void,
  root = projectRoot(),
  build: (root: string) => Promise<boolean> = runBuild,
): Promise<boolean> {
  const digest = digestOfSources(root)
  if (isBuilt(root, digest)) return true
  announce()
  const release = await holdBuildLock(lockPathOf(root))
  try {
    if (isBuilt(root, digest)) return true
    // A build that breaks off must not leave the stamp of the one before.
    rmSync(stampOf(root), { force: true })
    if (!(await build(root))) return false
    writeFileSync(stampOf(root), digest)
    return true
  } finally {
    release()
  }
}
