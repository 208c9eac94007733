/** The build step of the pages' own scripts (passkeys, the clerk's, what is alike): each one small script under a name that holds its digest, beside the pages' files. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin, type Rollup } from 'vite'

const SCRIPTS = [
  { name: 'passkey', entry: 'app/routes/account/browser/main.ts' },
  { name: 'clerk', entry: 'app/routes/council/browser/main.ts' },
  { name: 'similar', entry: 'app/routes/voice/browser/similar.ts' },
] as const
/** As old as the phones that have passkeys. */
const TARGET = 'es2020'

/** Bundles a script in memory. */
async function bundle(root: string, entry: string): Promise<string> {
  const made = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: TARGET,
      modulePreload: false,
      rollupOptions: { input: join(root, entry) },
    },
  })
  const chunks = (made as Rollup.RollupOutput).output.filter(part => part.type === 'chunk')
  if (chunks.length !== 1) throw new Error(`${entry} must be one script`)
  return chunks[0]!.code
}

async function buildScript(root: string, { name, entry }: (typeof SCRIPTS)[number]): Promise<void> {
  const script = await bundle(root, entry)
  const assets = join(root, 'build', 'client', 'assets')
  const own = join(root, 'build', name)
  for (const file of readdirSync(assets)) {
    if (file.startsWith(`${name}-`) && file.endsWith('.js')) rmSync(join(assets, file))
  }
  const file = `${name}-${createHash('sha256').update(script).digest('hex').slice(0, 16)}.js`
  writeFileSync(join(assets, file), script)
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, 'script.txt'), `/assets/${file}\n`)
}

/** Has every build of the pages end with the scripts of single pages. */
export function pageScripts(): Plugin {
  let root = ''
  let isLast = false
  return {
    name: 'mingzhang-page-scripts',
    apply: 'build',
    configResolved(config) {
      root = config.root
      // The pages are built twice: for the browser, then for the server.
      isLast = Boolean(config.build.ssr)
    },
    async closeBundle(error) {
      if (!isLast || error !== undefined) return
      for (const script of SCRIPTS) await buildScript(root, script)
    },
  }
}
