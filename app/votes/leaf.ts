/**
 * The log leaves of a vote: versioned, without a name, a unit number or a choice. A ballot's leaf is a salted commitment;
 * salt and choice lie in a deletable table until they are opened after close. Pure functions of bytes.
 */
import {
  assert,
  type CanonicalValue,
  canonicalBytes,
  concatBytes,
  err,
  fromHex,
  ok,
  parseCanonical,
  type Result,
  sha256Hex,
  utf8,
} from '#kernel'
import { REASONS, type Reason } from './ballot.ts'

/** Members that every leaf has: version of its type, the log's origin, the poll. */
interface VoteLeafHead {
  readonly v: 1
  readonly log: string
  readonly poll: string
}

/** Notice: all that is frozen from here on. Digests of bytes that are published or, for the roll, salted and kept. */
export interface NoticeLeaf extends VoteLeafHead {
  readonly t: 'vote.notice'
  readonly motion: string
  readonly policy: string
  readonly roll: string
  readonly matter: string
  readonly opensAt: string
  readonly closesAt: string
}

/** Opening of the window. */
export interface OpenLeaf extends VoteLeafHead {
  readonly t: 'vote.open'
}

/** The window is longer than announced; earlier ballots stay. */
export interface ExtensionLeaf extends VoteLeafHead {
  readonly t: 'vote.extension'
  readonly closesAt: string
  readonly decision: string
}

/** A ballot as it was received: `cc` commits to token, choice and salt. */
export interface BallotLeaf extends VoteLeafHead {
  readonly t: 'vote.ballot'
  readonly seq: number
  readonly cc: string
  readonly channel: 'online' | 'paper' | 'proxy'
  /** Credential of the unit in this poll: a key of the hidden-weights form, or a salted token. Never a unit number. */
  readonly token: string
}

/** A written proxy was registered; the digest is of the salted document. */
export interface ProxyLeaf extends VoteLeafHead {
  readonly t: 'vote.proxy'
  readonly document: string
}

/** Proof that ballots were delivered (rule 18); the digest is of the salted list. */
export interface DeliveryLeaf extends VoteLeafHead {
  readonly t: 'vote.delivery'
  readonly list: string
  readonly unitCount: number
}

/** Sealed: nothing after it belongs to the poll. */
export interface SealLeaf extends VoteLeafHead {
  readonly t: 'vote.seal'
  readonly ballots: string
  readonly ballotCount: number
}

/** Counted: the digest of the result, its figures as decimal strings, exclusions by reason. */
export interface TallyLeaf extends VoteLeafHead {
  readonly t: 'vote.tally'
  readonly tally: string
  readonly outcome: 'PASSED' | 'NOT_PASSED' | 'NO_QUORUM'
  readonly excludedByReason: { readonly [Name in Reason]?: number }
}

/** An objection was received; the digest is of the salted text. */
export interface ObjectionLeaf extends VoteLeafHead {
  readonly t: 'vote.objection'
  readonly objection: string
}

/** The objection period is over; `tally` is the digest that stands. */
export interface FinalLeaf extends VoteLeafHead {
  readonly t: 'vote.final'
  readonly tally: string
}

export type VoteLeaf =
  | NoticeLeaf
  | OpenLeaf
  | ExtensionLeaf
  | BallotLeaf
  | ProxyLeaf
  | DeliveryLeaf
  | SealLeaf
  | TallyLeaf
  | ObjectionLeaf
  | FinalLeaf

/** What each member of a leaf must look like; a type without a member that is listed is malformed, and so is one more. */
type MemberShape = 'digest' | 'text' | 'instant' | 'count' | 'outcome' | 'channel' | 'reasons'

const SHAPES: { readonly [Type in VoteLeaf['t']]: { readonly [name: string]: MemberShape } } = {
  'vote.notice': {
    motion: 'digest',
    policy: 'digest',
    roll: 'digest',
    matter: 'digest',
    opensAt: 'instant',
    closesAt: 'instant',
  },
  'vote.open': {},
  'vote.extension': { closesAt: 'instant', decision: 'digest' },
  'vote.ballot': { seq: 'count', cc: 'digest', channel: 'channel', token: 'text' },
  'vote.proxy': { document: 'digest' },
  'vote.delivery': { list: 'digest', unitCount: 'count' },
  'vote.seal': { ballots: 'digest', ballotCount: 'count' },
  'vote.tally': { tally: 'digest', outcome: 'outcome', excludedByReason: 'reasons' },
  'vote.objection': { objection: 'digest' },
  'vote.final': { tally: 'digest' },
}

const IS_SHAPE: Readonly<Record<MemberShape, (value: unknown) => boolean>> = {
  digest: value => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
  text: value => typeof value === 'string' && isCommitmentPart(value),
  instant: value => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/.test(value),
  count: value => Number.isSafeInteger(value) && (value as number) >= 0,
  outcome: value => value === 'PASSED' || value === 'NOT_PASSED' || value === 'NO_QUORUM',
  channel: value => value === 'online' || value === 'paper' || value === 'proxy',
  reasons: value =>
    value !== null &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.entries(value).every(
      ([reason, count]) => (REASONS as readonly string[]).includes(reason) && IS_SHAPE.count(count),
    ),
}

/** The bytes that are appended and hashed. Throws on a leaf that its own parser would refuse. */
export function encodeVoteLeaf(leaf: VoteLeaf): Uint8Array {
  const bytes = canonicalBytes(leaf as unknown as CanonicalValue)
  assert(parseVoteLeaf(bytes).ok, `malformed leaf ${leaf.t}`)
  return bytes
}

/** Parses leaf bytes; refuses what is not canonical, of another room or version, or has a member too many or too few. */
export function parseVoteLeaf(bytes: Uint8Array): Result<VoteLeaf, 'leaf-malformed'> {
  const json = parseCanonical(bytes)
  if (!json.ok || json.value === null || typeof json.value !== 'object' || Array.isArray(json.value)) {
    return err('leaf-malformed')
  }
  const { v, t, log, poll, ...members } = json.value as Readonly<Record<string, unknown>>
  if (v !== 1 || typeof t !== 'string' || !Object.hasOwn(SHAPES, t)) return err('leaf-malformed')
  if (![log, poll].every(IS_SHAPE.text)) return err('leaf-malformed')
  const shapes = SHAPES[t as VoteLeaf['t']]
  const isWhole =
    Object.keys(members).length === Object.keys(shapes).length &&
    Object.entries(shapes).every(([name, shape]) => IS_SHAPE[shape](members[name]))
  return isWhole ? ok(json.value as unknown as VoteLeaf) : err('leaf-malformed')
}

/** What a commitment hides until close. */
export interface BallotOpening {
  readonly poll: string
  /** The unit's credential in this poll, as in the leaf. */
  readonly token: string
  readonly choice: string
  /** Sixteen random bytes. */
  readonly salt: Uint8Array
}

/** True for text without a line break or another control character: what keeps the parts of a commitment apart. */
function isCommitmentPart(text: string): boolean {
  return text !== '' && text.length <= 200 && !/[\p{Cc}\p{Cs}]/u.test(text)
}

/**
 * `SHA-256("ballot/v1\n" poll "\n" token "\n" choice "\n" salt16)`, hexadecimal. No part may hold a line break, so no two
 * openings have the same bytes.
 */
export function commitBallot({ poll, token, choice, salt }: BallotOpening): string {
  assert([poll, token, choice].every(isCommitmentPart), 'a part of a commitment is malformed')
  assert(salt.length === 16, 'a commitment takes 16 bytes of salt')
  return sha256Hex(concatBytes(utf8(`ballot/v1\n${poll}\n${token}\n${choice}\n`), salt))
}

/** Digest of a sealed list of ballots, in order of place: anybody can make it from the ballots' leaves. */
export function sealDigest(
  poll: string,
  ballots: readonly { readonly seq: number; readonly cc: string }[],
): string {
  const inOrder = ballots.toSorted((a, b) => a.seq - b.seq).map(({ seq, cc }) => ({ seq, cc }))
  return sha256Hex(canonicalBytes({ v: 1, poll, ballots: inOrder }))
}

/** Checks an opening against a leaf: false, never an exception, for anything that does not open it. */
export function isOpeningOf(
  leaf: Pick<BallotLeaf, 'poll' | 'token' | 'cc'>,
  opening: { readonly choice: string; readonly saltHex: string },
): boolean {
  const salt = fromHex(opening.saltHex)
  if (salt?.length !== 16 || !isCommitmentPart(opening.choice)) return false
  return leaf.cc === commitBallot({ poll: leaf.poll, token: leaf.token, choice: opening.choice, salt })
}
