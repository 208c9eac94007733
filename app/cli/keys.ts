/** `keys [--json]`: makes the log key and the sealing keys unless they are there, and prints the public ones. Never a private key. */
import { keyFingerprintOf } from '#statements'
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
    const fingerprintOfKey = keyFingerprintOf(authority)
    if (fingerprintOfKey === null) throw new Error('invariant broken: the authority is no certificate')
    const authorityFingerprint = fingerprintOfKey.replace(/(.{4})(?=.)/g, '$1 ')
    if (values.json) {
      await print(jsonText({ directory: portal.keys.directory, authority, authorityFingerprint, logs }))
      return 0
    }
    await print(inBothLanguages('cli.keysAt', { directory: portal.keys.directory }))
    await print(`sealing-ca.pem  ${authorityFingerprint}`)
    await print(authority.trim())
    for (const log of logs) await print(log.vkey)
    return 0
  })
}
