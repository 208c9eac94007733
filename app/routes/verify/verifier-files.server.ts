/** The verifier as the build made it: the address of its script, and the one-file edition with the portal's public keys in it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { translate } from '#i18n'
import { sha256Hex, utf8 } from '#kernel'
import { projectRoot } from '#platform'
import type { PublicKeys } from './public-keys.server.ts'
import { standaloneHtml } from './standalone-html.ts'

interface BuiltVerifier {
  readonly address: string
  readonly script: string
  readonly styles: string
}

export interface StandaloneFile {
  readonly bytes: Uint8Array
  readonly sha256: string
}

let built: Promise<BuiltVerifier> | null = null
let newest: { readonly keys: string; readonly file: StandaloneFile } | null = null

async function readBuild(): Promise<BuiltVerifier> {
  const root = join(projectRoot(), 'build')
  const address = (await readFile(join(root, 'verifier', 'script.txt'), 'utf8')).trim()
  return {
    address,
    script: await readFile(join(root, 'client', address), 'utf8'),
    styles: await readFile(join(root, 'verifier', 'styles.css'), 'utf8'),
  }
}

/** Reads what the build wrote, once; a failure is not remembered. */
export function readVerifier(): Promise<BuiltVerifier> {
  built ??= readBuild().catch(error => {
    built = null
    throw error
  })
  return built
}

/** The one-file verifier for these keys: the same keys give the same bytes. */
export async function readStandalone(keys: PublicKeys): Promise<StandaloneFile> {
  const held = JSON.stringify(keys)
  if (newest?.keys === held) return newest.file
  const { script, styles } = await readVerifier()
  const [chinese, english] = [translate('zh-CN'), translate('en')]
  const bytes = utf8(
    standaloneHtml({
      script,
      styles,
      given: { trustAnchors: [keys.authority.pem], vkeys: keys.vkeys, corrections: [], isStandalone: true },
      title: chinese('verifyPage.standaloneTitle'),
      withoutScript: [chinese('verifyPage.standaloneNoScript'), english('verifyPage.standaloneNoScript')],
    }),
  )
  newest = { keys: held, file: { bytes, sha256: sha256Hex(bytes) } }
  return newest.file
}
