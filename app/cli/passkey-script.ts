/** The build step of the passkeys' script: one small script under a name that holds its digest, beside the pages' files. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin, type Rollup } from 'vite'

const ENTRY = 'app/routes/account/browser/main.ts'
/** As old as the phones that have passkeys. */
const TARGET = 'es2020'

/** Bundles the script in memory. */
async function bundle(root: string): Promise<string> {
  const made = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: TARGET,
      modulePreload: false,
      rollupOptions: { input: join(root, ENTRY) },
    },
  })
  const chunks = (made as Rollup.RollupOutput).output.filter(part => part.type === 'chunk')
  if (chunks.length !== 1) throw new Error('the passkeys must be one script')
  return chunks[0]!.code
}

async function buildPasskeyScript(root: string): Promise<void> {
  const script = await bundle(root)
  const assets = join(root, 'build', 'client', 'assets')
  const own = join(root, 'build', 'passkey')
  for (const name of readdirSync(assets)) if (/^passkey-.*\.js$/.test(name)) rmSync(join(assets, name))
  const name = `passkey-${createHash('sha256').update(script).digest('hex').slice(0, 16)}.js`
  writeFileSync(join(assets, name), script)
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, 'script.txt'), `/assets/${name}\n`)
}

/** Has every build of the pages end with the passkeys' script. */
export function passkeyScript(): Plugin {
  let root = ''
  let isLast = false
  return {
    name: 'mingzhang-passkey-script',
    apply: 'build',
    configResolved(config) {
      root = config.root
      // The pages are built twice: for the browser, then for the server.
      isLast = Boolean(config.build.ssr)
    },
    async closeBundle(error) {
      if (isLast && error === undefined) await buildPasskeyScript(root)
    },
  }
}
