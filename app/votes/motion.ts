/**
 * The motion: what is asked, of whom, at what cost and under which course. Canonical bytes; frozen and logged at the notice.
 * Pure. The clause of a question fixes its class; nothing here lets a motion choose one.
 */
import { type CanonicalValue, canonicalBytes, err, ok, parseCanonical, type Result, sha256Hex } from '#kernel'
import { isChoice, isQuestionId } from './answers.ts'
import { MARKS } from './ballot.ts'
import { type CourseDays, DEFAULT_COURSE_DAYS } from './course.ts'
import { type Clause, isClause, type Matter, type Scope } from './matter.ts'
import { NONE_OF_THEM } from './question.ts'

/** How the government's own voting system stands to this one: ours decides, ours advises, or theirs is imported. */
export type OfficialVoting = 'on' | 'advisory' | 'import'

/** One question. `plans` is empty but for the form of that name; a candidate's title is the candidate's name. */
export interface Question {
  readonly questionId: string
  readonly title: string
  readonly text: string
  readonly form: 'plain' | 'plans' | 'candidate'
  readonly plans: readonly { readonly id: string; readonly label: string }[]
  readonly matter: Matter
}

/** The days of rule 22 as this poll has them, and whether its window may be extended. */
export interface Course extends CourseDays {
  readonly extensionAllowed: boolean
}

export const DEFAULT_COURSE: Course = { ...DEFAULT_COURSE_DAYS, extensionAllowed: false }

/** What an officer writes. Money is fen in decimal digits. */
export interface MotionInput {
  readonly title: string
  readonly summary: string
  readonly questions: readonly Question[]
  readonly money: {
    readonly amountFen: string
    readonly payer: string
    readonly projectText: string
    readonly budgetLine: string
  } | null
  readonly documents: readonly { readonly name: string; readonly sha256: string }[]
  readonly pros: readonly string[]
  readonly cons: readonly string[]
  readonly officialVoting: OfficialVoting
  /** Name of the government's system; null when there is none. */
  readonly officialSystem: string | null
  readonly rulesVersion: string | null
  /** Seats to fill; null when nobody is elected. Then every question is a candidate's. */
  readonly election: { readonly seats: number } | null
  readonly course: Course
}

/** The motion as it is stored and digested. */
export interface Motion extends MotionInput {
  readonly v: 1
  readonly poll: string
}

export type MotionProblem = {
  readonly code:
    | 'title-missing'
    | 'text-too-long'
    | 'questions-missing'
    | 'questions-too-many'
    | 'question-name-malformed'
    | 'question-title-missing'
    | 'clause-unknown'
    | 'scope-empty'
    | 'plans-missing'
    | 'plan-name-malformed'
    | 'candidates-mixed'
    | 'candidates-need-seats'
    | 'election-clause'
    | 'money-malformed'
    | 'document-malformed'
    | 'document-unknown'
    | 'official-system-missing'
    | 'course-malformed'
  /** The question it concerns; null when it is the motion's. */
  readonly question: string | null
}

const MOST_QUESTIONS = 20
const LONGEST_LINE = 200
const LONGEST_TEXT = 4000
const LONGEST_COURSE = 365

/** Everything that is wrong with a motion; empty when it may be drafted. */
export function checkMotion(motion: MotionInput): readonly MotionProblem[] {
  const problems: MotionProblem[] = []
  const add = (code: MotionProblem['code'], question: string | null = null) =>
    problems.push({ code, question })
  if (motion.title.trim() === '') add('title-missing')
  const texts = [motion.summary, ...motion.pros, ...motion.cons]
  if (motion.title.length > LONGEST_LINE || texts.some(text => text.length > LONGEST_TEXT))
    add('text-too-long')
  if (motion.questions.length === 0) add('questions-missing')
  if (motion.questions.length > MOST_QUESTIONS) add('questions-too-many')
  const names = motion.questions.map(question => question.questionId)
  if (new Set(names).size < names.length) add('question-name-malformed')
  for (const question of motion.questions) {
    for (const code of questionProblems(question)) add(code, question.questionId)
  }
  for (const code of [...electionProblems(motion), ...frameProblems(motion)]) add(code)
  return problems
}

function questionProblems(question: Question): MotionProblem['code'][] {
  const problems: MotionProblem['code'][] = []
  if (!isQuestionId(question.questionId)) problems.push('question-name-malformed')
  if (question.title.trim() === '') problems.push('question-title-missing')
  if (question.title.length > LONGEST_LINE || question.text.length > LONGEST_TEXT)
    problems.push('text-too-long')
  if (!isClause(question.matter.clause)) problems.push('clause-unknown')
  const { scope } = question.matter
  if (scope !== null && scope.buildings.length + scope.entrances.length === 0) problems.push('scope-empty')
  if (question.form === 'plans' ? question.plans.length === 0 : question.plans.length > 0) {
    problems.push('plans-missing')
  }
  const reserved: readonly string[] = [...MARKS, NONE_OF_THEM]
  const ids = question.plans.map(plan => plan.id)
  if (new Set(ids).size < ids.length || ids.some(id => !isChoice(id) || reserved.includes(id))) {
    problems.push('plan-name-malformed')
  }
  return problems
}

/** An election is nothing but candidates, and candidates need seats; its clause is the third (业主委员会的选举). */
function electionProblems(motion: MotionInput): MotionProblem['code'][] {
  const candidates = motion.questions.filter(question => question.form === 'candidate')
  if (motion.election === null) return candidates.length > 0 ? ['candidates-need-seats'] : []
  const problems: MotionProblem['code'][] = []
  if (!Number.isSafeInteger(motion.election.seats) || motion.election.seats < 1)
    problems.push('candidates-need-seats')
  if (candidates.length !== motion.questions.length) problems.push('candidates-mixed')
  if (candidates.some(question => question.matter.clause !== 3)) problems.push('election-clause')
  return problems
}

function frameProblems(motion: MotionInput): MotionProblem['code'][] {
  const problems: MotionProblem['code'][] = []
  if (motion.money !== null && !/^(0|[1-9]\d{0,15})$/.test(motion.money.amountFen))
    problems.push('money-malformed')
  if (motion.documents.some(({ name, sha256 }) => name.trim() === '' || !/^[0-9a-f]{64}$/.test(sha256))) {
    problems.push('document-malformed')
  }
  const named = (motion.officialSystem ?? '').trim() !== ''
  if (motion.officialVoting !== 'on' && !named) problems.push('official-system-missing')
  const { notice, objection, posting } = motion.course
  const isDays = (days: number) => Number.isSafeInteger(days) && days >= 0 && days <= LONGEST_COURSE
  if (![notice, objection, posting].every(isDays)) problems.push('course-malformed')
  return problems
}

/** The motion's bytes: what is stored, digested and published. */
export function encodeMotion(poll: string, input: MotionInput): Uint8Array {
  return canonicalBytes({ v: 1, poll, ...input } as unknown as CanonicalValue)
}

/** Reads stored bytes; refuses what is not a motion of this version, or would not pass `checkMotion`. */
export function parseMotion(bytes: Uint8Array): Result<Motion, 'motion-malformed'> {
  const json = parseCanonical(bytes)
  if (!json.ok || json.value === null || typeof json.value !== 'object' || Array.isArray(json.value)) {
    return err('motion-malformed')
  }
  const motion = json.value as unknown as Motion
  try {
    return motion.v === 1 && typeof motion.poll === 'string' && checkMotion(motion).length === 0
      ? ok(motion)
      : err('motion-malformed')
  } catch {
    // A member of another kind than the type says.
    return err('motion-malformed')
  }
}

/** Digest of the legal nature of all questions, in order: the `matter` of the notice's leaf. */
export function mattersDigest(questions: readonly Pick<Question, 'questionId' | 'matter'>[]): string {
  return sha256Hex(
    canonicalBytes({
      v: 1,
      questions: questions.map(({ questionId, matter }) => ({
        question: questionId,
        matter: matterValue(matter),
      })),
    }),
  )
}

function matterValue(matter: Matter): CanonicalValue {
  const scope: Scope | null = matter.scope
  const clause: Clause = matter.clause
  return {
    clause,
    parkingTariff: matter.parkingTariff ?? false,
    scope:
      scope === null
        ? null
        : {
            buildings: [...scope.buildings],
            entrances: scope.entrances.map(({ building, entrance }) => ({ building, entrance })),
          },
  }
}
