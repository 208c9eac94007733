/** The log leaves of the council: digests, seats and numbers, never a name or a word that was said. Pure functions of bytes. */
import { canonicalBytes, err, ok, parseCanonical, type Result } from '#kernel'

interface Head {
  readonly v: 1
  /** Origin of the log, so that a leaf proves nothing in any other. */
  readonly log: string
  readonly meeting: string
  readonly version: number
}

export type CouncilLeaf =
  | (Head & { readonly t: 'council.notice'; readonly notice: string })
  | (Head & { readonly t: 'council.circulated'; readonly minutes: string })
  | (Head & {
      readonly t: 'council.signoff'
      readonly minutes: string
      readonly seat: string
      readonly stance: 'agrees' | 'refuses'
      readonly method: 'own-key' | 'paper'
    })
  | (Head & { readonly t: 'council.published'; readonly minutes: string; readonly issue: number })

const MEMBERS: Readonly<Record<CouncilLeaf['t'], readonly string[]>> = {
  'council.notice': ['notice'],
  'council.circulated': ['minutes'],
  'council.signoff': ['method', 'minutes', 'seat', 'stance'],
  'council.published': ['issue', 'minutes'],
}

const DIGEST = /^[0-9a-f]{64}$/

/** The bytes that are appended. */
export function encodeCouncilLeaf(leaf: CouncilLeaf): Uint8Array {
  return canonicalBytes({ ...leaf })
}

/** Parses leaf bytes; refuses other kinds of leaves and any member too few or too many. */
export function parseCouncilLeaf(bytes: Uint8Array): Result<CouncilLeaf, 'leaf-malformed'> {
  const json = parseCanonical(bytes)
  const leaf = json.ok ? (json.value as Record<string, unknown> | null) : null
  if (leaf === null || typeof leaf !== 'object' || typeof leaf.t !== 'string') return err('leaf-malformed')
  const members = Object.hasOwn(MEMBERS, leaf.t) ? MEMBERS[leaf.t as CouncilLeaf['t']] : undefined
  if (members === undefined) return err('leaf-malformed')
  const names = ['log', 'meeting', 't', 'v', 'version', ...members].sort().join()
  const isGood =
    Object.keys(leaf).sort().join() === names &&
    leaf.v === 1 &&
    typeof leaf.log === 'string' &&
    typeof leaf.meeting === 'string' &&
    Number.isSafeInteger(leaf.version) &&
    [leaf.notice, leaf.minutes].some(digest => typeof digest === 'string' && DIGEST.test(digest))
  return isGood ? ok(leaf as unknown as CouncilLeaf) : err('leaf-malformed')
}
