/** Marks of payees and officers as keyed digests: the same number gives the same digest here, and nowhere else. */
import { createHmac } from 'node:crypto'
import type { Portal } from '#platform'
import { type MarkKind, plainMark } from './relation.ts'

/** HMAC-SHA-256 of a mark under the portal's own key, hexadecimal. */
export async function markDigest(
  portal: Pick<Portal, 'keys' | 'random'>,
  kind: MarkKind | 'invoice',
  text: string,
): Promise<string> {
  const key = await portal.keys.readOrCreate('relation-hmac', () => portal.random.bytes(32))
  return createHmac('sha256', key)
    .update(`${kind}\n${plainMark(kind, text)}`)
    .digest('hex')
}
