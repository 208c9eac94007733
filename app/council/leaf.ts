/** The log leaves of the council: digests, seats and numbers, never a name or a word that was said. Pure functions of bytes. */
import { canonicalBytes, err, ok, parseCanonical, type Result, sha256Hex } from '#kernel'

interface InLog {
  readonly v: 1
  /** Origin of the log, so that a leaf proves nothing in any other. */
  readonly log: string
}

interface OfMinutes extends InLog {
  readonly meeting: string
  readonly version: number
}

/** `content` is the digest of what a page shows of the row. */
interface WithContent {
  readonly content: string
}

export type CouncilLeaf =
  | (OfMinutes & { readonly t: 'council.notice'; readonly notice: string })
  | (OfMinutes & { readonly t: 'council.circulated'; readonly minutes: string })
  | (OfMinutes & {
      readonly t: 'council.signoff'
      readonly minutes: string
      readonly seat: string
      readonly stance: 'agrees' | 'refuses'
      readonly method: 'own-key' | 'paper'
    })
  | (OfMinutes & { readonly t: 'council.published'; readonly minutes: string; readonly issue: number })
  | (InLog & WithContent & { readonly t: 'council.topic'; readonly topic: string; readonly number: number })
  | (InLog & WithContent & { readonly t: 'council.topic-event'; readonly topic: string; readonly no: number })
  | (InLog &
      WithContent & {
        readonly t: 'council.action-event'
        readonly meeting: string
        readonly item: number
        readonly action: number
        readonly no: number
      })

const MEMBERS: Readonly<Record<CouncilLeaf['t'], readonly string[]>> = {
  'council.notice': ['meeting', 'notice', 'version'],
  'council.circulated': ['meeting', 'minutes', 'version'],
  'council.signoff': ['meeting', 'method', 'minutes', 'seat', 'stance', 'version'],
  'council.published': ['issue', 'meeting', 'minutes', 'version'],
  'council.topic': ['content', 'number', 'topic'],
  'council.topic-event': ['content', 'no', 'topic'],
  'council.action-event': ['action', 'content', 'item', 'meeting', 'no'],
}

const DIGEST = /^[0-9a-f]{64}$/
const NUMBERS = ['version', 'number', 'no', 'item', 'action', 'issue']
const NAMES = ['log', 'meeting', 'topic']

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
  const has = (name: string) => Object.hasOwn(leaf, name)
  const isGood =
    Object.keys(leaf).sort().join() === ['log', 't', 'v', ...members].sort().join() &&
    leaf.v === 1 &&
    NAMES.filter(has).every(name => typeof leaf[name] === 'string') &&
    NUMBERS.filter(has).every(name => Number.isSafeInteger(leaf[name])) &&
    [leaf.notice, leaf.minutes, leaf.content].some(
      digest => typeof digest === 'string' && DIGEST.test(digest),
    )
  return isGood ? ok(leaf as unknown as CouncilLeaf) : err('leaf-malformed')
}

/** Digest of what a topic says of itself. */
export function topicDigest(topic: {
  readonly title: string
  readonly summary: string
  readonly source: string
  readonly reference: string | null
}): string {
  const { title, summary, source, reference } = topic
  return sha256Hex(canonicalBytes({ title, summary, source, reference }))
}

/** Digest of something that happened to a topic. */
export function topicEventDigest(event: {
  readonly kind: string
  readonly reference: string | null
  readonly text: string
  readonly happenedOn: string
}): string {
  const { kind, reference, text, happenedOn } = event
  return sha256Hex(canonicalBytes({ kind, reference, text, happenedOn }))
}

/** Digest of a report on an action item. */
export function actionEventDigest(event: {
  readonly kind: string
  readonly text: string
  readonly proof: string | null
}): string {
  const { kind, text, proof } = event
  return sha256Hex(canonicalBytes({ kind, text, proof }))
}
