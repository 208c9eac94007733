/** Builds the pages when they are missing or were built from other sources. Compares digests, never times. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
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

/** Builds unless that was done; `announce` is called before a build. Gives false, with the tool's own words on standard error, when it fails. */
export async function buildPortal(announce: () => void): Promise<boolean> {
  const root = projectRoot()
  const digest = digestOfSources(root)
  if (isBuilt(root, digest)) return true
  announce()
  const child = spawn(
    process.execPath,
    [remixProgram(root), 'vite:build', '--config', 'remix.config.js', '--logLevel', 'warn'],
    {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
      stdio: ['ignore', 2, 2],
    },
  )
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) return false
  writeFileSync(stampOf(root), digest)
  return true
}
