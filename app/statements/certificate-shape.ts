/** The shape of a tally certificate's canonical JSON, to the last member. What its figures mean is judged elsewhere. */
import type { CanonicalValue } from '#kernel'
import { isClause, parsePolicy, REASONS } from '#votes'
import { REFUSED_ONLY } from './certified-question.ts'
import {
  COMMUNITY,
  count,
  date,
  digest,
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
import { SUPERSEDES } from './supersedes.ts'

const whole = matching(/^(?:0|[1-9]\d{0,17})$/)
const percent = matching(/^(?:—|\d{1,15}\.\d{2}%)$/)
const outcome = oneOf('PASSED', 'NOT_PASSED', 'NO_QUORUM')
const questionId = matching(/^[a-z][a-z0-9-]{0,19}$/)
const choice = matching(/^[A-Z][A-Z0-9_-]{0,19}$/)
const measure = { area: whole, heads: whole }
const ratio = record({ area: percent, heads: percent })

/** Every switch of the policy with a value it may have, none missing and none more. */
const policy: Shape = (value, at) => {
  const parsed = parsePolicy(value)
  if (!parsed.ok) return at
  return Object.keys(parsed.value).length === Object.keys(value as object).length ? null : at
}

const JUDGED = {
  participation: ratio,
  ofParticipating: ratio,
  ofTotal: ratio,
  verdict: listOf(
    record({
      gate: oneOf('participation', 'approval'),
      by: oneOf('area', 'heads'),
      part: whole,
      whole,
      percent,
      mark: oneOf('2/3', '1/2', '3/4'),
      sign: oneOf('≥', '<', '>', '≤'),
      isMet: oneOf(true, false),
    }),
  ),
  outcome,
}

const OPTION = record(
  { choice, label: nullOr(plainText(200)), inFavour: record(measure), ...JUDGED },
  {
    clause: record({
      majority: oneOf(null, 'FOR', 'AGAINST', 'ABSTAIN'),
      silent: record(measure),
      participating: record(measure),
      inFavour: record(measure),
      ...JUDGED,
    }),
  },
)

const atLeastOne = when(value => typeof value === 'number' && value >= 1)
const COUNTED_REASONS: Shape = (value, at) => {
  const wrong = listOf(record({ reason: oneOf(...REASONS, REFUSED_ONLY), count: atLeastOne }))(value, at)
  if (wrong !== null) return wrong
  const reasons = (value as unknown as readonly { readonly reason: string }[]).map(({ reason }) => reason)
  return reasons.join() === [...new Set(reasons)].sort().join() ? null : at
}

const PLACE = plainText(100)
const SCOPE = record({
  buildings: listOf(PLACE),
  entrances: listOf(record({ building: PLACE, entrance: PLACE })),
})

const QUESTION = record({
  id: questionId,
  title: plainText(200),
  text: when(value => value === '' || linesOfText(4000)(value, '') === null),
  form: oneOf('plain', 'plans', 'candidate'),
  matter: record({
    clause: when((value: CanonicalValue | undefined) => isClause(value)),
    class: oneOf('ordinary', 'special'),
    parkingTariff: oneOf(true, false),
    scope: nullOr(SCOPE),
  }),
  law: record({
    article: plainText(200),
    wording: plainText(400),
    participation: plainText(400),
    approval: plainText(400),
  }),
  total: record({ ...measure, units: nullOr(whole) }),
  participating: record(measure),
  options: listOf(OPTION, 1),
  others: listOf(record({ of: listOf(oneOf('AGAINST', 'ABSTAIN', 'NONE'), 1), ...measure }), 1),
  adopted: nullOr(choice),
  excluded: COUNTED_REASONS,
  tally: digest,
})

const COURSE = record({
  noticeAt: instant,
  opensAt: instant,
  closesAt: instant,
  extensions: listOf(record({ at: instant, closesAt: instant })),
  sealedAt: instant,
  countedAt: instant,
  postBy: date,
  objectionsUntil: date,
})

const MINUTES = record({
  place: plainText(200),
  startedAt: instant,
  endedAt: instant,
  persons: listOf(record({ office: plainText(60), name: plainText(60) })),
  remarks: when(value => value === '' || linesOfText(2000)(value, '') === null),
})

/** Of `certificate.json`. Lists that follow from the rest are compared with it, so here they are only lists of words. */
export const CERTIFICATE_SHAPE = record(
  {
    v: oneOf(1),
    t: oneOf('tally-certificate'),
    community: COMMUNITY,
    poll: matching(/^[a-z0-9]{1,40}$/),
    title: plainText(200),
    version,
    issuedAt: instant,
    areaUnit: oneOf('0.01m2'),
    official: record({
      voting: oneOf('on', 'advisory', 'import'),
      system: nullOr(plainText(200)),
      documentSha256: nullOr(digest),
    }),
    course: COURSE,
    policy,
    rulesVersion: nullOr(plainText(100)),
    questions: listOf(QUESTION, 1),
    election: nullOr(
      record({
        seats: atLeastOne,
        elected: listOf(questionId),
        tied: listOf(questionId),
        vacantSeats: count,
      }),
    ),
    turnout: record({ online: count, paper: count, proxy: count }),
    refused: COUNTED_REASONS,
    delivery: record({ unitCount: count, deliveredCount: count }),
    objections: record({ made: count, answered: count, upheld: count }),
    leaves: record({ notice: count, seal: nullOr(count), tallies: listOf(count) }),
    digests: record({
      motion: digest,
      policy: digest,
      roll: digest,
      weightRoll: nullOr(digest),
      ballots: nullOr(digest),
      board: nullOr(digest),
      tally: digest,
    }),
    minutes: nullOr(MINUTES),
    signOffs: listOf(
      record({
        step: oneOf('teller-1', 'teller-2', 'party-branch'),
        name: plainText(60),
        at: instant,
        digest,
      }),
    ),
    notContained: listOf(plainText(60)),
    invariants: listOf(plainText(60)),
  },
  { supersedes: SUPERSEDES },
)
