/** The public keys a verifier needs: of the portal's authority and of every community's log. Never touches a private one's bytes beyond signing's door. */
import { readCommunities } from '#ledger/server'
import type { Portal } from '#platform'
import { keyFingerprintOf } from '#statements'
import { readAuthorityPem } from '#statements/server'
import { formatVkey } from '#tlog'
import { openLogSigner } from '#tlog/server'

export interface PublicKeys {
  readonly authority: { readonly pem: string; readonly fingerprint: string }
  /** One verifier key per log. */
  readonly vkeys: readonly string[]
}

// A log's key never changes while the portal runs.
const vkeysByOrigin = new Map<string, string>()

async function vkeyOf(portal: Portal, origin: string): Promise<string> {
  const known = vkeysByOrigin.get(`${portal.keys.directory} ${origin}`)
  if (known !== undefined) return known
  const vkey = formatVkey((await openLogSigner(portal, origin)).key)
  vkeysByOrigin.set(`${portal.keys.directory} ${origin}`, vkey)
  return vkey
}

/** Reads them. */
export async function readPublicKeys(portal: Portal): Promise<PublicKeys> {
  const pem = await readAuthorityPem(portal)
  const vkeys: string[] = []
  for (const { logOrigin } of await readCommunities(portal.db)) vkeys.push(await vkeyOf(portal, logOrigin))
  return { authority: { pem, fingerprint: keyFingerprintOf(pem) ?? '' }, vkeys }
}
