/** `keys [--json]`: makes the log key and the sealing keys unless they are there, and prints the public ones. Never a private key. */
import { fingerprint, sha256Hex } from '#kernel'
import { readAuthorityPem } from '#statements/server'
import { type ExitCode, inBothLanguages, jsonText, print, readArguments, withPortal } from './command-line.ts'
import { prepareKeys, readLogKeys } from './prepare-keys.ts'

/** Runs the command; resolves to the exit code. */
export async function keysCommand(args: string[]): Promise<ExitCode> {
  const { values } = readArguments(args, { json: { type: 'boolean', default: false } })
  return withPortal(async portal => {
    await prepareKeys(portal)
    const authority = await readAuthorityPem(portal)
    const logs = await readLogKeys(portal)
    const authoritySha256 = sha256Hex(new TextEncoder().encode(authority))
    if (values.json) {
      await print(jsonText({ directory: portal.keys.directory, authority, authoritySha256, logs }))
      return 0
    }
    await print(inBothLanguages('cli.keysAt', { directory: portal.keys.directory }))
    await print(`sealing-ca.pem  ${fingerprint(authoritySha256)}`)
    await print(authority.trim())
    for (const log of logs) await print(log.vkey)
    return 0
  })
}
