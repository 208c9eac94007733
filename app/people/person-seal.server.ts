/**
 * What is personal at rest: sealed under the key `people-seal`, found again by HMAC-SHA-256 under the key
 * `people-match`. Both keys are files of the portal's key store, made at first use: a copy of the database without them
 * gives away no name, phone or identity number, and losing them loses those for good.
 */
import { createHmac } from 'node:crypto'
import { type CanonicalValue, canonicalBytes } from '#kernel'
import { openSealer, type Portal, type Sealer } from '#platform'

/** The sealer of what is personal. */
export function openPersonSealer(portal: Pick<Portal, 'keys' | 'random'>): Promise<Sealer> {
  return openSealer(portal, 'people-seal')
}

/** Seals canonical JSON. */
export function sealJson(sealer: Sealer, place: string, value: CanonicalValue): Uint8Array {
  return sealer.seal(place, canonicalBytes(value))
}

/** Opens canonical JSON; the caller knows its shape, because the seal vouches for who wrote it. */
export function openJson(sealer: Sealer, place: string, sealed: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(sealer.open(place, sealed)))
}

export type Matcher = (kind: 'name' | 'phone' | 'identity', text: string) => Uint8Array

/** Keyed hashes of one community: the same person in another community has others. */
export async function openMatcher(
  portal: Pick<Portal, 'keys' | 'random'>,
  communityId: number,
): Promise<Matcher> {
  const key = await portal.keys.readOrCreate('people-match', () => portal.random.bytes(32))
  return (kind, text) =>
    new Uint8Array(
      createHmac('sha256', key)
        .update(canonicalBytes([communityId, kind, text]))
        .digest(),
    )
}
