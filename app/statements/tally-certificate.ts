/**
 * The canonical model of a tally certificate (表决结果证明): what is digested, logged, sealed and judged again by every reader.
 * Areas are 0.01 m2 and heads whole numbers, as decimal strings. It holds no name of an owner, no choice of one and no area
 * of a single flat. This file decides what may stand together; it never formats for people.
 */
import {
  areaCentiM2,
  type CanonicalValue,
  type CivilDate,
  canonicalBytes,
  canonicalText,
  dateOf,
  err,
  formatInstant,
  ok,
  parseCanonical,
  type Result,
} from '#kernel'
import { fillSeats, type Policy, policyDigest, type Seats } from '#votes'
import { CERTIFICATE_SHAPE } from './certificate-shape.ts'
import {
  type CertifiedQuestion,
  type CountedReason,
  type CountProblem,
  certifyQuestion,
  countedOf,
  type QuestionSource,
} from './certified-question.ts'
import { isInOrder, type Supersedes } from './supersedes.ts'

export const SIGN_OFF_STEPS = ['teller-1', 'teller-2', 'party-branch'] as const
/** Who vouches for the count: two tellers, and the party branch that watched. */
export type SignOffStep = (typeof SIGN_OFF_STEPS)[number]

export const CERTIFICATE_NOT_CONTAINED = [
  'choices-of-owners',
  'names-and-single-areas',
  'merged-groups',
  'official-system-decides',
  'objections-running',
  'sign-offs-missing',
] as const
/** What a reader might look for and does not find, or should not read into it. */
export type CertificateNotContained = (typeof CERTIFICATE_NOT_CONTAINED)[number]

/** The checks that every certificate has passed; named in it, and made again by every reader. */
export const CERTIFICATE_INVARIANTS = [
  'parts-make-up-those-taking-part',
  'gates-judged-by-integers',
  'percentages-floored',
  'small-groups-merged',
  'clause-beside-strict-result',
  'seats-follow-from-figures',
  'policy-digest-agrees',
  'sign-offs-over-this-count',
] as const
export type CertificateInvariant = (typeof CERTIFICATE_INVARIANTS)[number]

/** The minutes of the count (计票记录). Names are those of office holders and of people who counted in public. */
export interface CountMinutes<Time> {
  readonly place: string
  readonly startedAt: Time
  readonly endedAt: Time
  readonly persons: readonly { readonly office: string; readonly name: string }[]
  readonly remarks: string
}

/** A sign-off in the portal: who, when, over which digest of the count. */
export interface CertifiedSignOff<Time> {
  readonly step: SignOffStep
  readonly name: string
  readonly at: Time
  readonly digest: string
}

/** The instants and days of the poll's course (rule 22). */
interface CourseOf<Time> {
  readonly noticeAt: Time
  readonly opensAt: Time
  /** As last extended. */
  readonly closesAt: Time
  readonly extensions: readonly { readonly at: Time; readonly closesAt: Time }[]
  readonly sealedAt: Time
  readonly countedAt: Time
  readonly postBy: CivilDate
  readonly objectionsUntil: CivilDate
}

/** Whether this count decides, advises beside the government's system, or repeats that system's result. */
export interface OfficialStanding {
  readonly voting: 'on' | 'advisory' | 'import'
  readonly system: string | null
  /** Digest of the system's own paper, for an import. */
  readonly documentSha256: string | null
}

interface Digests {
  readonly motion: string
  readonly policy: string
  readonly roll: string
  /** Null where there are none, as for an imported result. */
  readonly weightRoll: string | null
  readonly ballots: string | null
  readonly board: string | null
  /** Of all questions' tallies together: what sign-offs are given to. */
  readonly tally: string
}

interface CommonOf<Time> {
  readonly community: { readonly slug: string; readonly name: string; readonly logOrigin: string }
  /** The poll's id. */
  readonly poll: string
  readonly title: string
  /** 1 for the first certificate of a poll; a recount is one higher and names what it supersedes. */
  readonly version: number
  readonly supersedes?: Supersedes
  readonly official: OfficialStanding
  readonly course: CourseOf<Time>
  readonly policy: Policy
  /** Version of the rules of procedure that the policy comes from. */
  readonly rulesVersion: string | null
  /** Ballots received, by the way they came; withdrawn and excluded ones too. */
  readonly turnout: { readonly online: number; readonly paper: number; readonly proxy: number }
  /** Papers that were offered and not taken, by reason. */
  readonly refused: readonly CountedReason[]
  readonly delivery: { readonly unitCount: number; readonly deliveredCount: number }
  readonly objections: { readonly made: number; readonly answered: number; readonly upheld: number }
  /** Places in the transparency log. */
  readonly leaves: {
    readonly notice: number
    readonly seal: number | null
    readonly tallies: readonly number[]
  }
  readonly minutes: CountMinutes<Time> | null
  readonly signOffs: readonly CertifiedSignOff<Time>[]
}

/** What the votes room supplies; plain values. */
export interface CertificateSource extends CommonOf<Date> {
  readonly issuedAt: Date
  readonly questions: readonly QuestionSource[]
  /** Null when nobody is elected; otherwise every question is a candidate's. */
  readonly election: { readonly seats: number } | null
  readonly digests: Omit<Digests, 'policy'>
}

/** The canonical model, exactly as attached to the PDF as `certificate.json`. */
export interface TallyCertificate extends CommonOf<string> {
  readonly v: 1
  readonly t: 'tally-certificate'
  readonly issuedAt: string
  readonly areaUnit: '0.01m2'
  readonly questions: readonly CertifiedQuestion[]
  readonly election: ({ readonly seats: number } & Seats) | null
  readonly digests: Digests
  readonly notContained: readonly CertificateNotContained[]
  readonly invariants: readonly CertificateInvariant[]
}

/** Why a certificate may not be issued. `at` names the member or the question. */
export type CertificateProblem =
  | { readonly code: 'certificate-malformed'; readonly at: string }
  | { readonly code: 'count-impossible'; readonly at: string; readonly rule: CountProblem }
  | {
      readonly code: 'certificate-disagrees'
      readonly at: string
      readonly expected: string
      readonly found: string
    }

/** Builds the certificate from a count, or says what in it cannot be. Nothing is corrected here. */
export function buildTallyCertificate(
  source: CertificateSource,
): Result<TallyCertificate, CertificateProblem> {
  const { extensions, noticeAt, opensAt, closesAt, sealedAt, countedAt, postBy, objectionsUntil } =
    source.course
  const { minutes } = source
  const made = certify({
    ...source,
    issuedAt: formatInstant(source.issuedAt),
    course: {
      noticeAt: formatInstant(noticeAt),
      opensAt: formatInstant(opensAt),
      closesAt: formatInstant(closesAt),
      extensions: extensions.map(each => ({
        at: formatInstant(each.at),
        closesAt: formatInstant(each.closesAt),
      })),
      sealedAt: formatInstant(sealedAt),
      countedAt: formatInstant(countedAt),
      postBy,
      objectionsUntil,
    },
    minutes: minutes && {
      ...minutes,
      startedAt: formatInstant(minutes.startedAt),
      endedAt: formatInstant(minutes.endedAt),
    },
    signOffs: source.signOffs.map(signOff => ({ ...signOff, at: formatInstant(signOff.at) })),
  })
  // One gate for the issuer and for every reader: what we build is parsed back from its own bytes.
  return made.ok ? parseTallyCertificate(encodeTallyCertificate(made.value)) : made
}

/** The bytes that are stored, digested, logged and attached. */
export function encodeTallyCertificate(certificate: TallyCertificate): Uint8Array {
  return canonicalBytes(certificate as unknown as CanonicalValue)
}

/** `demo-vote-POLL-v1`: names one version of one poll's certificate; printed, and part of the verify address. */
export function certificateIdOf(
  certificate: Pick<TallyCertificate, 'poll' | 'version' | 'community'>,
): string {
  return `${seriesOf(certificate)}-v${certificate.version}`
}

function seriesOf({ community, poll }: Pick<TallyCertificate, 'poll' | 'community'>): string {
  return `${community.slug}-vote-${poll}`
}

/**
 * Parses bytes that claim to be a tally certificate: canonical JSON of exactly this shape, everything that follows from the
 * counted figures derived again and compared. What it returns may be relied on as self-consistent; it says nothing about
 * who made it, nor whether the ballots were counted right: for that there is the public archive.
 */
export function parseTallyCertificate(bytes: Uint8Array): Result<TallyCertificate, CertificateProblem> {
  const json = parseCanonical(bytes)
  if (!json.ok) return err({ code: 'certificate-malformed', at: 'json' })
  const malformed = CERTIFICATE_SHAPE(json.value, 'certificate')
  if (malformed !== null) return err({ code: 'certificate-malformed', at: malformed })
  const certificate = json.value as unknown as TallyCertificate
  const wrong = orderProblem(certificate)
  if (wrong !== null) return err({ code: 'certificate-malformed', at: wrong })
  const again = certify({
    ...certificate,
    questions: certificate.questions.map(countedOf),
    election: certificate.election && { seats: certificate.election.seats },
  })
  if (!again.ok) return again
  const difference = firstDifference(again.value as unknown as CanonicalValue, json.value, 'certificate')
  return difference === null ? ok(certificate) : err({ code: 'certificate-disagrees', ...difference })
}

/** What is stated, before what follows from it: the source with its instants as text. */
type Stated = CommonOf<string> &
  Pick<CertificateSource, 'questions' | 'election' | 'digests'> & {
    readonly issuedAt: string
  }

/** Everything that follows from what is stated; the same for the issuer and for every reader. */
function certify(stated: Stated): Result<TallyCertificate, CertificateProblem> {
  const questions: CertifiedQuestion[] = []
  for (const source of stated.questions) {
    const certified = certifyQuestion(source)
    if (!certified.ok) return err({ code: 'count-impossible', at: source.id, rule: certified.error })
    questions.push(certified.value)
  }
  return ok({
    v: 1,
    t: 'tally-certificate',
    community: stated.community,
    poll: stated.poll,
    title: stated.title,
    version: stated.version,
    ...(stated.supersedes && { supersedes: stated.supersedes }),
    issuedAt: stated.issuedAt,
    areaUnit: '0.01m2',
    official: stated.official,
    course: stated.course,
    policy: stated.policy,
    rulesVersion: stated.rulesVersion,
    questions,
    election: stated.election && { ...stated.election, ...seatingOf(questions, stated.election.seats) },
    turnout: stated.turnout,
    refused: stated.refused,
    delivery: stated.delivery,
    objections: stated.objections,
    leaves: stated.leaves,
    digests: { ...stated.digests, policy: policyDigest(stated.policy, stated.rulesVersion) },
    minutes: stated.minutes,
    signOffs: stated.signOffs,
    notContained: notContainedIn(stated, questions),
    invariants: CERTIFICATE_INVARIANTS,
  })
}

function seatingOf(questions: readonly CertifiedQuestion[], seats: number): Seats {
  const { elected, tied, vacantSeats } = fillSeats(
    questions.flatMap(({ id, options: [option] }) => {
      if (option === undefined) return []
      const { area, heads } = option.inFavour
      const inFavour = { area: areaCentiM2(BigInt(area)), heads: BigInt(heads) }
      return [{ candidate: id, tally: { outcome: option.outcome, inFavour } }]
    }),
    seats,
  )
  return { elected, tied, vacantSeats }
}

function notContainedIn(
  stated: Stated,
  questions: readonly CertifiedQuestion[],
): readonly CertificateNotContained[] {
  const holds: Readonly<Record<CertificateNotContained, boolean>> = {
    'choices-of-owners': true,
    'names-and-single-areas': true,
    'merged-groups': questions.some(({ others }) => others.some(group => group.of.length > 1)),
    'official-system-decides': stated.official.voting !== 'on',
    'objections-running': dateOf(new Date(stated.issuedAt)) <= stated.course.objectionsUntil,
    'sign-offs-missing': stated.signOffs.length < SIGN_OFF_STEPS.length,
  }
  return CERTIFICATE_NOT_CONTAINED.filter(code => holds[code])
}

/** The first member that contradicts another: order in time, numbers of versions, what belongs to what. */
function orderProblem(certificate: TallyCertificate): string | null {
  const { course, questions, election, signOffs, minutes, official, policy } = certificate
  const isAscending = (...texts: readonly string[]) =>
    texts.every((text, index) => index === 0 || texts[index - 1]! <= text)
  if (!isInOrder(seriesOf(certificate), certificate.version, certificate.supersedes)) return 'supersedes'
  const { noticeAt, opensAt, closesAt, sealedAt, countedAt } = course
  if (!isAscending(noticeAt, opensAt, closesAt, sealedAt, countedAt, certificate.issuedAt)) return 'course'
  const last = course.extensions.at(-1)
  if (!isAscending(...course.extensions.map(each => each.closesAt), closesAt)) return 'course.extensions'
  if (last !== undefined && last.closesAt !== closesAt) return 'course.extensions'
  if (!isAscending(dateOf(new Date(countedAt)), course.postBy)) return 'course.postBy'
  if (!isAscending(dateOf(new Date(countedAt)), course.objectionsUntil)) return 'course.objectionsUntil'
  const ids = questions.map(({ id }) => id)
  if (new Set(ids).size !== ids.length) return 'questions'
  if (questions.some(({ form }) => (form === 'candidate') !== (election !== null))) return 'election'
  const hasClause = ({ form, options }: CertifiedQuestion) =>
    (form !== 'plans' && official.voting !== 'import' && policy.silentPolicy === 'follow_majority') ===
    options.some(option => option.clause !== undefined)
  if (!questions.every(hasClause)) return 'questions.clause'
  if (certificate.leaves.tallies.length !== questions.length) return 'leaves.tallies'
  const steps = signOffs.map(({ step }) => SIGN_OFF_STEPS.indexOf(step))
  const isSignedInOrder = steps.every((step, index) => index === 0 || steps[index - 1]! < step)
  const isOverThis = signOffs.every(
    ({ digest, at }) =>
      digest === certificate.digests.tally && isAscending(countedAt, at, certificate.issuedAt),
  )
  if (!isSignedInOrder || !isOverThis) return 'signOffs'
  if (minutes !== null && !isAscending(minutes.startedAt, minutes.endedAt, certificate.issuedAt))
    return 'minutes'
  if (certificate.delivery.deliveredCount > certificate.delivery.unitCount) return 'delivery'
  if ((official.voting === 'on') !== (official.system === null)) return 'official.system'
  if ((official.voting === 'import') !== (official.documentSha256 !== null)) return 'official.documentSha256'
  const { seal } = certificate.leaves
  const isCountedHere = official.voting !== 'import'
  const { ballots, board } = certificate.digests
  return isCountedHere && [seal, ballots, board].includes(null) ? 'digests' : null
}

interface Difference {
  readonly at: string
  readonly expected: string
  readonly found: string
}

/** The first place where two canonical values differ, in the order of their members' names. */
function firstDifference(
  expected: CanonicalValue | undefined,
  found: CanonicalValue | undefined,
  at: string,
): Difference | null {
  const texts = [expected, found].map(value => (value === undefined ? '' : canonicalText(value)))
  if (texts[0] === texts[1]) return null
  const isPair = [expected, found].every(value => value !== null && typeof value === 'object')
  if (isPair && Array.isArray(expected) === Array.isArray(found)) {
    const [ours, theirs] = [expected, found] as readonly Readonly<Record<string, CanonicalValue>>[]
    const names = [...new Set([...Object.keys(ours!), ...Object.keys(theirs!)])].sort()
    for (const name of names) {
      const difference = firstDifference(ours![name], theirs![name], `${at}.${name}`)
      if (difference !== null) return difference
    }
  }
  return { at, expected: shortened(texts[0]!), found: shortened(texts[1]!) }
}

function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`
}
