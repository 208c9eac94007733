/** Where the build put the script of the passkeys, and for which host they are. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { passkeyHost } from '#people/server'
import { type Portal, projectRoot } from '#platform'
import type { PasskeyScript } from '#ui'

let address: string | null = null

/** The script's address; null where no build was made: then pages ask for the six digits only. */
export async function readPasskeyScript(portal: Portal): Promise<PasskeyScript | null> {
  const path = join(projectRoot(), 'build', 'passkey', 'script.txt')
  address ??= await readFile(path, 'utf8').then(
    text => text.trim(),
    () => null,
  )
  return address === null ? null : { address, host: passkeyHost(portal) }
}
