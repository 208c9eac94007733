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
  parseCivilDate,
  type Result,
  sha256Hex,
  utf8,
} from '#kernel'
import { isQuestionId, LONGEST_ANSWERS } from './answers.ts'
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
  /** Digest of the weight roll: every unit's committed weight by token. */
  readonly weights: string
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

/** A representative of co-owners was named, or a sale registered; the digest is of the salted document. */
export interface RegisterLeaf extends VoteLeafHead {
  readonly t: 'vote.register'
  readonly entry: 'representative' | 'transfer'
  readonly document: string
}

/** A paper was refused at the desk; the digest is of its salted number. */
export interface RefusalLeaf extends VoteLeafHead {
  readonly t: 'vote.refusal'
  readonly reason: Reason | 'UNCONFIRMED'
  readonly paper: string
}

/** The window is over: what is cast and how many received papers are still to be read. Only those can follow. */
export interface CloseLeaf extends VoteLeafHead {
  readonly t: 'vote.close'
  readonly ballotCount: number
  readonly pendingPapers: number
  /** Salted digest of the list of those papers. */
  readonly papers: string
}

/** Sealed: nothing after it belongs to the poll. */
export interface SealLeaf extends VoteLeafHead {
  readonly t: 'vote.seal'
  readonly ballots: string
  readonly ballotCount: number
}

/** One question counted: the digest of the result, the digest of the public board, exclusions by reason. */
export interface TallyLeaf extends VoteLeafHead {
  readonly t: 'vote.tally'
  readonly question: string
  readonly tally: string
  /** Digest of the board, one for all questions of a poll. */
  readonly board: string
  readonly outcome: 'PASSED' | 'NOT_PASSED' | 'NO_QUORUM'
  readonly excludedByReason: { readonly [Name in Reason]?: number }
}

/** An objection was received; the digest is of the salted text. */
export interface ObjectionLeaf extends VoteLeafHead {
  readonly t: 'vote.objection'
  readonly objection: string
}

/** The result of the government's own system, taken over for one question. No count of ours. */
export interface ImportLeaf extends VoteLeafHead {
  readonly t: 'vote.import'
  readonly question: string
  readonly tally: string
  readonly outcome: 'PASSED' | 'NOT_PASSED' | 'NO_QUORUM'
  /** Digest of that system's own document. */
  readonly document: string
}

/** An objection was answered; the digest is of the salted answer. */
export interface AnswerLeaf extends VoteLeafHead {
  readonly t: 'vote.answer'
  readonly answer: string
  readonly upheld: boolean
}

/** The count was signed off; `tally` is the joined digest of all questions, `by` the salted digest of the person. */
export interface SignOffLeaf extends VoteLeafHead {
  readonly t: 'vote.signoff'
  readonly tally: string
  readonly step: 'teller-1' | 'teller-2' | 'party-branch'
  readonly by: string
}

/** The result hangs in the lobby. */
export interface PostedLeaf extends VoteLeafHead {
  readonly t: 'vote.posted'
  readonly on: string
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
  | RegisterLeaf
  | RefusalLeaf
  | CloseLeaf
  | SealLeaf
  | TallyLeaf
  | ImportLeaf
  | ObjectionLeaf
  | AnswerLeaf
  | SignOffLeaf
  | PostedLeaf
  | FinalLeaf

/** What each member of a leaf must look like; a type without a member that is listed is malformed, and so is one more. */
type MemberShape =
  | 'digest'
  | 'text'
  | 'instant'
  | 'date'
  | 'count'
  | 'truth'
  | 'outcome'
  | 'channel'
  | 'entry'
  | 'reason'
  | 'reasons'
  | 'question'
  | 'step'

const SHAPES: { readonly [Type in VoteLeaf['t']]: { readonly [name: string]: MemberShape } } = {
  'vote.notice': {
    motion: 'digest',
    policy: 'digest',
    roll: 'digest',
    matter: 'digest',
    weights: 'digest',
    opensAt: 'instant',
    closesAt: 'instant',
  },
  'vote.open': {},
  'vote.extension': { closesAt: 'instant', decision: 'digest' },
  'vote.ballot': { seq: 'count', cc: 'digest', channel: 'channel', token: 'text' },
  'vote.proxy': { document: 'digest' },
  'vote.delivery': { list: 'digest', unitCount: 'count' },
  'vote.register': { entry: 'entry', document: 'digest' },
  'vote.refusal': { reason: 'reason', paper: 'digest' },
  'vote.close': { ballotCount: 'count', pendingPapers: 'count', papers: 'digest' },
  'vote.seal': { ballots: 'digest', ballotCount: 'count' },
  'vote.tally': {
    question: 'question',
    tally: 'digest',
    board: 'digest',
    outcome: 'outcome',
    excludedByReason: 'reasons',
  },
  'vote.import': { question: 'question', tally: 'digest', outcome: 'outcome', document: 'digest' },
  'vote.objection': { objection: 'digest' },
  'vote.answer': { answer: 'digest', upheld: 'truth' },
  'vote.signoff': { tally: 'digest', step: 'step', by: 'digest' },
  'vote.posted': { on: 'date' },
  'vote.final': { tally: 'digest' },
}

const IS_SHAPE: Readonly<Record<MemberShape, (value: unknown) => boolean>> = {
  digest: value => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
  text: value => typeof value === 'string' && isCommitmentPart(value),
  instant: value => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/.test(value),
  date: value => typeof value === 'string' && parseCivilDate(value).ok,
  truth: value => typeof value === 'boolean',
  entry: value => value === 'representative' || value === 'transfer',
  reason: value => value === 'UNCONFIRMED' || (REASONS as readonly unknown[]).includes(value),
  question: value => typeof value === 'string' && isQuestionId(value),
  step: value => value === 'teller-1' || value === 'teller-2' || value === 'party-branch',
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

/** Digest of a sealed list of ballots, in order of place: anybody can make it from the ballots' leaves. */
export function sealDigest(
  poll: string,
  ballots: readonly { readonly seq: number; readonly cc: string }[],
): string {
  const inOrder = ballots.toSorted((a, b) => a.seq - b.seq).map(({ seq, cc }) => ({ seq, cc }))
  return sha256Hex(canonicalBytes({ v: 1, poll, ballots: inOrder }))
}

/** Joined digest of the counts of all questions of a poll, in order: what is signed off and made final. */
export function talliesDigest(
  poll: string,
  tallies: readonly { readonly question: string; readonly tally: string }[],
): string {
  return sha256Hex(
    canonicalBytes({ v: 1, poll, tallies: tallies.map(({ question, tally }) => ({ question, tally })) }),
  )
}

/** What a commitment hides until close. */
export interface BallotOpening {
  readonly poll: string
  /** The unit's credential in this poll, as in the leaf. */
  readonly token: string
  /** The text of the answers, as `encodeAnswers` writes it. */
  readonly choice: string
  /** Sixteen random bytes. */
  readonly salt: Uint8Array
}

/** True for text without a line break or another control character: what keeps the parts of a commitment apart. */
function isCommitmentPart(text: string, longest = 200): boolean {
  return text !== '' && text.length <= longest && !/[\p{Cc}\p{Cs}]/u.test(text)
}

/**
 * `SHA-256("ballot/v1\n" poll "\n" token "\n" choice "\n" salt16)`, hexadecimal. No part may hold a line break, so no two
 * openings have the same bytes.
 */
export function commitBallot({ poll, token, choice, salt }: BallotOpening): string {
  const isWritable =
    [poll, token].every(part => isCommitmentPart(part)) && isCommitmentPart(choice, LONGEST_ANSWERS)
  assert(isWritable, 'a part of a commitment is malformed')
  assert(salt.length === 16, 'a commitment takes 16 bytes of salt')
  return sha256Hex(concatBytes(utf8(`ballot/v1\n${poll}\n${token}\n${choice}\n`), salt))
}

/** Checks an opening against a leaf: false, never an exception, for anything that does not open it. */
export function isOpeningOf(
  leaf: Pick<BallotLeaf, 'poll' | 'token' | 'cc'>,
  opening: { readonly choice: string; readonly saltHex: string },
): boolean {
  const salt = fromHex(opening.saltHex)
  if (salt?.length !== 16 || !isCommitmentPart(opening.choice, LONGEST_ANSWERS)) return false
  return leaf.cc === commitBallot({ poll: leaf.poll, token: leaf.token, choice: opening.choice, salt })
}
