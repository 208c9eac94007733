/**
 * Makes the portal's keys unless they are there, and writes the public log keys of all communities beside them, so that
 * `verify` on this machine and the operator's notice board have them. Never replaces a private key.
 */
import { join } from 'node:path'
import { utf8 } from '#kernel'
import { readCommunities } from '#ledger/server'
import { createPeopleKey } from '#people/server'
import type { Portal } from '#platform'
import { replaceFileDurably } from '#platform/process'
import { createStatementKeys } from '#statements/server'
import { formatVkey } from '#tlog'
import { createLogKey, openLogSigner } from '#tlog/server'
import { documentTexts } from './document-texts.ts'

/** Name of the file with one verifier key a line, in the key directory. */
export const LOG_KEYS_FILE = 'log.vkey'

/** The verifier key of every community's log. */
export async function readLogKeys(
  portal: Portal,
): Promise<{ readonly origin: string; readonly vkey: string }[]> {
  const keys: { origin: string; vkey: string }[] = []
  for (const { logOrigin } of await readCommunities(portal.db)) {
    keys.push({ origin: logOrigin, vkey: formatVkey((await openLogSigner(portal, logOrigin)).key) })
  }
  return keys
}

/** Makes what is missing; writes the public log keys anew. */
export async function prepareKeys(portal: Portal): Promise<void> {
  await createLogKey(portal)
  await createStatementKeys(portal, documentTexts)
  await createPeopleKey(portal)
  const lines = (await readLogKeys(portal)).map(({ vkey }) => `${vkey}\n`)
  await replaceFileDurably(join(portal.keys.directory, LOG_KEYS_FILE), utf8(lines.join('')))
}
