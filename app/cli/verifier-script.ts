/**
 * The build step of the verifier: one script without dependencies, under a name that holds its digest, beside the pages'
 * files; and the stylesheet for the verifier that is one file. Runs as the last step of the pages' own build.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin, type Rollup } from 'vite'

const ENTRY = 'app/routes/verify/browser/main.ts'
const STYLES = 'app/ui/styles/index.css'
/** Old phones verify too: what WebViews of 2020 understand. */
const TARGET = 'es2020'

export interface VerifierBuild {
  readonly script: string
  readonly styles: string
}

/**
 * The packages for CMS set static members in blocks, which a bundler must keep even for classes that nobody uses. Wrapping
 * each class in a call marked as pure changes nothing but lets the unused ones go: a fifth of the script's weight. The
 * default crypto engine goes the same way, because the verifier calls the browser's own. Null for any other file.
 */
export function withUnusedClassesDroppable(code: string, file: string): string | null {
  if (!/node_modules\/(?:pkijs|asn1js)\//.test(file)) return null
  return code
    .replace(/^initCryptoEngine\(\);$/m, '/* @__PURE__ */ initCryptoEngine();')
    .replace(/^var (\w+) = (class\b[\s\S]*?^\});$/gm, 'var $1 = /* @__PURE__ */ (() => $2)();')
}

const dropUnusedClasses: Plugin = {
  name: 'mingzhang-drop-unused-classes',
  transform(code, file) {
    const droppable = withUnusedClassesDroppable(code, file)
    return droppable === null ? null : { code: droppable, map: null }
  },
}

/** Bundles script and stylesheet in memory. */
export async function bundleVerifier(root: string): Promise<VerifierBuild> {
  const output = async (input: string): Promise<Rollup.RollupOutput['output']> => {
    const made = await build({
      root,
      configFile: false,
      publicDir: false,
      logLevel: 'warn',
      plugins: [dropUnusedClasses],
      build: {
        write: false,
        target: TARGET,
        modulePreload: false,
        rollupOptions: { input: join(root, input) },
      },
    })
    return (made as Rollup.RollupOutput).output
  }
  const chunks = (await output(ENTRY)).filter(part => part.type === 'chunk')
  if (chunks.length !== 1) throw new Error('the verifier must be one script')
  const styles = (await output(STYLES)).find(part => part.type === 'asset' && part.fileName.endsWith('.css'))
  if (styles?.type !== 'asset') throw new Error('the verifier has no stylesheet')
  return { script: chunks[0]!.code, styles: String(styles.source) }
}

/** Writes the script beside the pages' files, the stylesheet and the script's address into `build/verifier`. */
export async function buildVerifier(root: string): Promise<void> {
  const { script, styles } = await bundleVerifier(root)
  const assets = join(root, 'build', 'client', 'assets')
  const own = join(root, 'build', 'verifier')
  for (const name of readdirSync(assets)) if (/^verifier-.*\.js$/.test(name)) rmSync(join(assets, name))
  const name = `verifier-${createHash('sha256').update(script).digest('hex').slice(0, 16)}.js`
  writeFileSync(join(assets, name), script)
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, 'styles.css'), styles)
  writeFileSync(join(own, 'script.txt'), `/assets/${name}\n`)
}

/** Has every build of the pages end with the verifier. */
export function verifierScript(): Plugin {
  let root = ''
  let isLast = false
  return {
    name: 'mingzhang-verifier-script',
    apply: 'build',
    configResolved(config) {
      root = config.root
      // The pages are built twice: for the browser, then for the server.
      isLast = Boolean(config.build.ssr)
    },
    async closeBundle(error) {
      if (isLast && error === undefined) await buildVerifier(root)
    },
  }
}
