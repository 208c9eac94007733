/**
 * The canonical model of a copy of minutes (会议纪要副本): the published text byte for byte, the seats' signatures over its digest, and
 * its places in the log. This file decides what may stand together; it never formats for people.
 */
import { type Minutes, requiredSeats } from '#council'
import {
  type CanonicalValue,
  canonicalBytes,
  err,
  formatInstant,
  ok,
  parseCanonical,
  type Result,
  sha256Hex,
} from '#kernel'
import {
  COMMUNITY,
  count,
  date,
  digest,
  exactly,
  instant,
  linesOfText,
  listOf,
  matching,
  nullOr,
  oneOf,
  plainText,
  record,
  type Shape,
  version,
  when,
} from './shape.ts'
import { isInOrder, SUPERSEDES, type Supersedes } from './supersedes.ts'

export const MINUTES_COPY_NOT_CONTAINED = ['raw-record', 'names-of-residents', 'owners-decision'] as const
/** What a reader might look for and does not find, or should not read into it. */
export type MinutesNotContained = (typeof MINUTES_COPY_NOT_CONTAINED)[number]

/** The checks that every copy has passed; named in it, and made again by every reader. */
export const MINUTES_COPY_INVARIANTS = [
  'text-is-what-was-signed',
  'signed-by-seats-that-were-asked',
  'more-than-half-agree',
] as const

export interface CopiedSignOff {
  readonly seat: string
  readonly stance: 'agrees' | 'refuses'
  /** Why a seat refused; null when it agreed. */
  readonly reason: string | null
  readonly method: 'own-key' | 'paper'
  readonly at: string
  /** Digest of the text it was given to. */
  readonly digest: string
  /** Place in the log. */
  readonly leaf: number
}

interface Common {
  readonly community: { readonly slug: string; readonly name: string; readonly logOrigin: string }
  /** 1 for the first copy; a corrected one is higher and names what it supersedes. */
  readonly version: number
  readonly supersedes?: Supersedes
  /** Version of the text in its own course. */
  readonly textVersion: number
  readonly minutes: Minutes
  readonly leaves: { readonly circulated: number; readonly published: number }
}

/** What the council's room supplies. */
export interface MinutesCopySource extends Common {
  readonly issuedAt: Date
  readonly publishedAt: Date
  readonly signOffs: readonly {
    readonly seat: string
    readonly stance: 'agrees' | 'refuses'
    readonly reason: string | null
    readonly method: 'own-key' | 'paper'
    readonly at: Date
    readonly leafIndex: number
  }[]
}

/** The canonical model, exactly as attached to the PDF as `minutes.json`. */
export interface MinutesCopy extends Common {
  readonly v: 1
  readonly t: 'minutes-copy'
  readonly issuedAt: string
  readonly publishedAt: string
  /** SHA-256 of the canonical bytes of `minutes`: what the seats signed. */
  readonly digest: string
  readonly signOffs: readonly CopiedSignOff[]
  readonly notContained: readonly MinutesNotContained[]
  readonly invariants: readonly string[]
}

/** Why a copy may not be issued or believed. `at` names the member. */
export type MinutesCopyProblem =
  | { readonly code: 'copy-malformed'; readonly at: string }
  | {
      readonly code: 'copy-disagrees'
      readonly at: string
      readonly expected: string
      readonly found: string
    }

/** The digest of a text, as the seats signed it. */
function textDigest(minutes: Minutes): string {
  return sha256Hex(canonicalBytes(minutes as unknown as CanonicalValue))
}

/** Builds the copy of published minutes, or says what in it cannot be. */
export function buildMinutesCopy(source: MinutesCopySource): Result<MinutesCopy, MinutesCopyProblem> {
  const { issuedAt, publishedAt, signOffs, supersedes, ...common } = source
  const own = textDigest(source.minutes)
  const copy: MinutesCopy = {
    v: 1,
    t: 'minutes-copy',
    ...common,
    ...(supersedes && { supersedes }),
    issuedAt: formatInstant(issuedAt),
    publishedAt: formatInstant(publishedAt),
    digest: own,
    signOffs: signOffs.map(({ seat, stance, reason, method, at, leafIndex }) => ({
      seat,
      stance,
      reason,
      method,
      at: formatInstant(at),
      digest: own,
      leaf: leafIndex,
    })),
    notContained: MINUTES_COPY_NOT_CONTAINED,
    invariants: MINUTES_COPY_INVARIANTS,
  }
  // One gate for the issuer and for every reader.
  return parseMinutesCopy(encodeMinutesCopy(copy))
}

/** The bytes that are stored, digested, logged and attached. */
export function encodeMinutesCopy(copy: MinutesCopy): Uint8Array {
  return canonicalBytes(copy as unknown as CanonicalValue)
}

/** `demo-minutes-MEETING-v1`: names one version of one meeting's minutes; printed, and part of the verify address. */
export function minutesCopyIdOf(copy: Pick<MinutesCopy, 'community' | 'minutes' | 'version'>): string {
  return `${seriesOf(copy)}-v${copy.version}`
}

function seriesOf({ community, minutes }: Pick<MinutesCopy, 'community' | 'minutes'>): string {
  return `${community.slug}-minutes-${minutes.meeting}`
}

const textOrNone = (longest: number): Shape =>
  when(value => value === '' || linesOfText(longest)(value, '') === null)
const lineOrNone = (longest: number): Shape =>
  when(value => value === '' || plainText(longest)(value, '') === null)
const SEAT = matching(/^[a-z0-9]{1,40}$/)
const seatTexts = listOf(record({ seat: SEAT, text: linesOfText(6000) }))
const FEN_TEXT = matching(/^(?:0|[1-9]\d{0,14})$/)
const LONG = 6000

const ITEM = record(
  {
    no: count,
    topic: nullOr(SEAT),
    title: plainText(200),
    source: nullOr(oneOf('request', 'challenge', 'committee', 'company', 'branch', 'check')),
    background: textOrNone(LONG),
    positions: seatTexts,
    options: listOf(plainText(200)),
    opinion: oneOf('unanimous', 'majority', 'none'),
    conclusion: linesOfText(LONG),
    dissents: seatTexts,
    vote: nullOr(record({ clause: count, class: oneOf('ordinary', 'special') })),
    money: nullOr(record({ amountFen: FEN_TEXT, ceilingFen: nullOr(FEN_TEXT) })),
    actions: listOf(record({ no: count, text: plainText(200), seat: SEAT, dueOn: date })),
    questions: listOf(record({ question: linesOfText(LONG), answer: textOrNone(LONG) })),
  },
  { inFavour: count, members: count },
)

const MINUTES = record({
  v: oneOf(1),
  t: oneOf('minutes'),
  meeting: SEAT,
  kind: oneOf('council', 'owners-committee', 'assembly', 'open-air'),
  title: plainText(200),
  place: plainText(200),
  startsAt: instant,
  endsAt: instant,
  seats: listOf(
    record({
      seat: SEAT,
      organisation: plainText(200),
      office: plainText(200),
      name: plainText(200),
      presence: nullOr(oneOf('present', 'deputy', 'absent', 'observer')),
      interest: lineOrNone(200),
      isRecused: oneOf(true, false),
    }),
    1,
  ),
  quorum: record({
    rule: oneOf('more-than-half', 'two-thirds', 'none'),
    needed: count,
    isMet: nullOr(oneOf(true, false)),
  }),
  signIns: nullOr(record({ byQr: count, byPaper: count, byVoice: count })),
  papers: listOf(record({ name: plainText(200), sha256: digest })),
  items: listOf(ITEM, 1),
  rawRecord: nullOr(digest),
})

const COPY = record(
  {
    v: oneOf(1),
    t: oneOf('minutes-copy'),
    community: COMMUNITY,
    version,
    textVersion: version,
    issuedAt: instant,
    publishedAt: instant,
    digest,
    minutes: MINUTES,
    signOffs: listOf(
      record({
        seat: SEAT,
        stance: oneOf('agrees', 'refuses'),
        reason: nullOr(linesOfText(300)),
        method: oneOf('own-key', 'paper'),
        at: instant,
        digest,
        leaf: count,
      }),
      1,
    ),
    leaves: record({ circulated: count, published: count }),
    notContained: exactly(MINUTES_COPY_NOT_CONTAINED),
    invariants: exactly(MINUTES_COPY_INVARIANTS),
  },
  { supersedes: SUPERSEDES },
)

/** The first member that contradicts another: order of versions and times, and seats that nobody asked. */
function orderProblem(copy: MinutesCopy): string | null {
  if (!isInOrder(seriesOf(copy), copy.version, copy.supersedes)) return 'supersedes'
  if (copy.publishedAt > copy.issuedAt) return 'publishedAt'
  if (copy.leaves.circulated >= copy.leaves.published) return 'leaves'
  const required = requiredSeats(copy.minutes)
  const seats = copy.signOffs.map(({ seat }) => seat)
  if (new Set(seats).size !== seats.length || !seats.every(seat => required.includes(seat))) return 'signOffs'
  const isTimely = copy.signOffs.every(
    ({ at, leaf }) => at <= copy.publishedAt && copy.leaves.circulated < leaf && leaf < copy.leaves.published,
  )
  if (!isTimely) return 'signOffs'
  const agreeing = copy.signOffs.filter(({ stance }) => stance === 'agrees').length
  return 2 * agreeing > required.length ? null : 'signOffs.stance'
}

/**
 * Parses bytes that claim to be a copy of minutes: canonical JSON of exactly this shape, the text's digest made again, every signature
 * over it. It says nothing about who spoke, nor whether that was written down as it was said.
 */
export function parseMinutesCopy(bytes: Uint8Array): Result<MinutesCopy, MinutesCopyProblem> {
  const json = parseCanonical(bytes)
  if (!json.ok) return err({ code: 'copy-malformed', at: 'json' })
  const malformed = COPY(json.value, 'copy')
  if (malformed !== null) return err({ code: 'copy-malformed', at: malformed })
  const copy = json.value as unknown as MinutesCopy
  const own = textDigest(copy.minutes)
  const disagrees = (at: string, found: string) =>
    err({ code: 'copy-disagrees', at, expected: own, found } as const)
  if (copy.digest !== own) return disagrees('digest', copy.digest)
  const other = copy.signOffs.find(signOff => signOff.digest !== own)
  if (other !== undefined) return disagrees(`signOffs.${other.seat}`, other.digest)
  const wrong = orderProblem(copy)
  return wrong === null ? ok(copy) : err({ code: 'copy-malformed', at: wrong })
}
