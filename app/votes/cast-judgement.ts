/**
 * What can be said of a ballot before it is cast: whether it could ever count, and whether a co-owner's stands. The answer is
 * the engine's, asked about the units named with everything that was received for them so far. Pure.
 */
import { areaCentiM2 } from '#kernel'
import {
  admitBallots,
  type BallotWindow,
  type Channel,
  type Fate,
  type Reason,
  type Register,
} from './ballot.ts'
import { engineBallot, type StoredBallot } from './count-poll.ts'
import { scopeTest } from './matter.ts'
import type { Question } from './motion.ts'
import type { Policy } from './policy.ts'
import type { Roll, Transfer, Unit } from './roll.ts'

/** What is known of a unit in a poll. */
export interface UnitFile {
  readonly unit: string
  readonly building: string
  readonly entrance: string
  /** In the base of at least one question. */
  readonly inBase: boolean
  /** Who may vote at notice. */
  readonly voters: readonly string[]
  readonly representative: string | null
  readonly transfers: readonly Transfer[]
  readonly proxies: readonly { readonly proxy: string; readonly registeredAtMicros: number }[]
  readonly ballots: readonly StoredBallot[]
}

/** The rules that a poll runs under. */
export interface CastRules {
  readonly questions: readonly Question[]
  readonly policy: Policy
  readonly window: BallotWindow
}

/** A ballot that somebody is about to cast, for each of the units. */
export interface CastAttempt {
  readonly units: readonly string[]
  readonly by: string
  readonly asProxy: boolean
  readonly channel: Channel
  readonly atMicros: number
  readonly answers: string
}

/** What the engine says of an attempt, unit by unit. */
export interface CastJudgement {
  /** Why a ballot for the unit can never count, whatever happens until the close; null when it can. */
  readonly obstacle: Reason | null
  /** A ballot of another owner of the unit stands. */
  readonly coOwnerVoted: boolean
}

/** Reasons that no later event takes away. The others (a co-owner's other choice, a void mark) are decided at the count. */
const LASTING: ReadonlySet<Fate> = new Set<Fate>([
  'NOT_ON_ROLL',
  'OUT_OF_SCOPE',
  'BEFORE_OPEN',
  'LATE',
  'NOT_ENTITLED',
  'NOT_REPRESENTATIVE',
  'NO_WRITTEN_PROXY',
  'PROXY_LIMIT',
  'SELLER_ALREADY_VOTED',
  'WITHDRAW_NOT_ALLOWED',
  'OVERRIDDEN_BY_OWNER',
  'SUPERSEDED',
])

/** The questions in whose base a unit lies. */
export function questionsOf(questions: readonly Question[], file: UnitFile): readonly Question[] {
  return file.inBase ? questions.filter(question => scopeTest(question.matter.scope)(file)) : []
}

/** Judges an attempt. A unit is refused only when none of its questions could count the ballot. */
export function judgeCast(
  rules: CastRules,
  files: readonly UnitFile[],
  attempt: CastAttempt,
): ReadonlyMap<string, CastJudgement> {
  const known = new Map(files.map(file => [file.unit, file]))
  const earlier = files.flatMap(file => file.ballots).sort((a, b) => a.seq - b.seq)
  const last = earlier.at(-1)?.seq ?? 0
  const attempts = attempt.units.map((unit, index) => ({ ...attempt, unit, seq: last + index + 1 }))
  const ballots = [...earlier, ...attempts]
  const heard = rules.questions.map(question => ({
    question,
    fates: fatesOf(rules, files, ballots, question),
  }))
  return new Map(
    attempts.map(({ unit }, index) => {
      const file = known.get(unit)
      if (file === undefined) return [unit, { obstacle: 'NOT_ON_ROLL', coOwnerVoted: false }]
      const concerned = questionsOf(rules.questions, file)
      if (concerned.length === 0) return [unit, { obstacle: 'OUT_OF_SCOPE', coOwnerVoted: false }]
      const rows = heard.filter(({ question }) => concerned.includes(question))
      const own = rows.map(({ fates }) => fates[earlier.length + index]!)
      const obstacle = own.every(fate => LASTING.has(fate)) ? (own[0] as Reason) : null
      const coOwnerVoted = rows.some(({ fates }) =>
        earlier.some(
          (ballot, at) =>
            ballot.unit === unit && ballot.by !== attempt.by && !ballot.asProxy && STANDS.has(fates[at]!),
        ),
      )
      return [unit, { obstacle, coOwnerVoted }]
    }),
  )
}

/** Fates of a ballot that speaks for its unit, or would but for another co-owner's. */
const STANDS: ReadonlySet<Fate> = new Set<Fate>([
  'counted',
  'merged-as-abstention',
  'SAME_UNIT_DUPLICATE',
  'CO_OWNER_CONFLICT',
])

/** The fates of ballots for one question, in their order; of the units of the files alone. */
function fatesOf(
  { policy, window, questions }: CastRules,
  files: readonly UnitFile[],
  ballots: readonly StoredBallot[],
  question: Question,
): readonly Fate[] {
  const order = questions.map(each => each.questionId)
  const units = files.map(unitOf)
  const roll: Roll = { developer: null, units }
  const isInScope = scopeTest(question.matter.scope)
  const { dispositions } = admitBallots({
    roll,
    base: units.filter((unit, index) => files[index]!.inBase && isInScope(unit)),
    policy,
    window,
    register: registerOf(files),
    ballots: ballots.map(ballot => engineBallot(order, question.questionId, ballot)),
  })
  return dispositions.map(({ fate }) => fate)
}

/** The frozen voters as owners: for the developer's stock that is the developer, as `votersOf` says. */
function unitOf(file: UnitFile): Unit {
  return {
    id: file.unit,
    building: file.building,
    entrance: file.entrance,
    area: areaCentiM2(0n),
    areaSource: 'register',
    kind: 'residence',
    status: 'delivered',
    owners: file.voters,
  }
}

/** The register of some units. */
export function registerOf(files: readonly UnitFile[]): Register {
  return {
    representatives: new Map(
      files.flatMap(({ unit, representative }) => (representative === null ? [] : [[unit, representative]])),
    ),
    proxies: files.flatMap(({ unit, proxies }) => proxies.map(proxy => ({ unit, ...proxy }))),
    transfers: files.flatMap(({ transfers }) => transfers),
  }
}
