/** Keys that the reader brings in place of those of the page: any text with certificates and log keys in it. */
import { keyFingerprintOf } from '#statements'
import { parseVkey } from '#tlog'
import type { Given } from '../given.ts'

export interface ChosenKeys {
  readonly trustAnchors: readonly string[]
  readonly vkeys: readonly string[]
  /** `none` when nothing was pasted, `unreadable` when there is no key in what was. */
  readonly pasted: 'used' | 'none' | 'unreadable'
}

function hasCertificate(text: string): boolean {
  try {
    return keyFingerprintOf(text) !== null
  } catch {
    return false
  }
}

/** The keys to verify with: each kind that was pasted replaces that kind of the page. */
export function chooseKeys(given: Pick<Given, 'trustAnchors' | 'vkeys'>, text: string): ChosenKeys {
  const anchors = hasCertificate(text) ? [text] : []
  const vkeys = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => parseVkey(line).ok)
  const isUsed = anchors.length > 0 || vkeys.length > 0
  return {
    trustAnchors: anchors.length > 0 ? anchors : given.trustAnchors,
    vkeys: vkeys.length > 0 ? vkeys : given.vkeys,
    pasted: isUsed ? 'used' : text.trim() === '' ? 'none' : 'unreadable',
  }
}
