/**
 * Checks an archived poll against what the log says of it: what was noticed, on which roll, the board with all its facts, and
 * the figures that were posted. Pure, from public bytes alone; an unreadable part is a fact that does not hold.
 */
import { parseCanonical, sha256Hex } from '#kernel'
import { type LoggedPoll, type PollArchive, parsePublicRoll } from './archive-poll.ts'
import { type Board, type BoardQuestion, optionsOf, outcomeOfPlans, parseBoard } from './board.ts'
import { BOARD_FACTS, checkBoard } from './board-facts.ts'
import { type Clause, classOf, isClause, type Scope } from './matter.ts'
import { DEFAULT_POLICY, parsePolicy } from './policy.ts'
import { areaOf, isRecord, isToken } from './public-shape.ts'
import { NONE_OF_THEM } from './question.ts'
import { baseTest } from './roll.ts'
import { addMeasures, judge, type Measure, type Outcome } from './threshold.ts'
import { parseWeightRoll } from './weights.ts'

/** What must hold of an archived poll, in the order in which it is read. */
export const POLL_FACTS = ['notice', 'course', 'roll', ...BOARD_FACTS, 'posted'] as const
export type PollFactName = (typeof POLL_FACTS)[number]

/** A fact and, where it does not hold, the first thing found. */
export interface PollFact {
  readonly name: PollFactName
  readonly ok: boolean
  readonly detail: string
}

/** A question of the motion, as far as a count depends on it. */
interface AskedQuestion {
  readonly questionId: string
  readonly form: string
  readonly plans: readonly string[]
  readonly clause: Clause
  readonly scope: Scope | null
}

/** Judges an archived poll. A result taken over from another system has no board, and then no facts of one. */
export function checkPollArchive(archive: PollArchive, logged: LoggedPoll | null): readonly PollFact[] {
  const fact = (name: PollFactName, problem: string | null): PollFact => ({
    name,
    ok: problem === null,
    detail: problem ?? '',
  })
  const questions = askedQuestions(archive.motion)
  const board = archive.board === null ? null : parseBoard(archive.board)
  const read = board?.ok ? board.value : null
  const facts = [
    fact('notice', noticeProblem(archive, logged, questions)),
    fact('course', logged === null ? 'not-logged' : logged.disorder),
    fact('roll', rollProblem(archive, questions, read)),
  ]
  if (archive.board === null) {
    const isImported = logged !== null && logged.imported.length > 0 && logged.tallyLeaves.length === 0
    return isImported ? facts : [...facts, fact('board', 'missing')]
  }
  const evidence = {
    ...(logged ?? { poll: archive.pollId, notice: null, ballotLeaves: [], sealLeaf: null, tallyLeaves: [] }),
    weightRoll: archive.weightRoll,
  }
  return [
    ...facts,
    ...checkBoard(archive.board, evidence),
    fact('posted', read === null ? 'unread' : postedProblem(archive, logged, read)),
  ]
}

/** The questions of a motion's bytes; null when they cannot be read. */
function askedQuestions(motion: Uint8Array): readonly AskedQuestion[] | null {
  const json = parseCanonical(motion)
  if (!json.ok || !isRecord(json.value) || !Array.isArray(json.value.questions)) return null
  const asked: AskedQuestion[] = []
  for (const question of json.value.questions as readonly unknown[]) {
    if (!isRecord(question) || !isRecord(question.matter)) return null
    const { questionId, form, plans } = question
    const { clause, scope } = question.matter
    const ids = (Array.isArray(plans) ? plans : []).map(plan => (isRecord(plan) ? plan.id : null))
    if (!isToken(questionId) || !isToken(form) || !ids.every(isToken) || !isClause(clause)) return null
    const read = scope === null || scope === undefined ? null : scopeOf(scope)
    if (read === 'malformed') return null
    asked.push({ questionId, form, plans: ids, clause, scope: read })
  }
  return asked
}

function scopeOf(scope: unknown): Scope | 'malformed' {
  if (!isRecord(scope)) return 'malformed'
  const { buildings, entrances } = scope
  const isGood =
    Array.isArray(buildings) &&
    buildings.every(name => typeof name === 'string') &&
    Array.isArray(entrances) &&
    entrances.every(
      each => isRecord(each) && typeof each.building === 'string' && typeof each.entrance === 'string',
    )
  return isGood ? (scope as unknown as Scope) : 'malformed'
}

function noticeProblem(
  archive: PollArchive,
  logged: LoggedPoll | null,
  questions: readonly AskedQuestion[] | null,
): string | null {
  if (logged === null || logged.notice === null) return 'missing'
  if (logged.notice.motion !== sha256Hex(archive.motion)) return 'motion'
  if (logged.notice.policy !== sha256Hex(archive.policy)) return 'policy'
  if (questions === null || pollOf(archive.motion) !== archive.pollId) return 'motion-malformed'
  return countsSpecialSpaces(archive.policy) === null ? 'policy-malformed' : null
}

function pollOf(motion: Uint8Array): string | null {
  const json = parseCanonical(motion)
  return json.ok && isRecord(json.value) && isToken(json.value.poll) ? json.value.poll : null
}

/** The one switch of the policy that decides which units are of the base; null when the policy cannot be read. */
function countsSpecialSpaces(bytes: Uint8Array): boolean | null {
  const json = parseCanonical(bytes)
  const policy = json.ok && isRecord(json.value) ? parsePolicy(json.value.policy, DEFAULT_POLICY) : null
  return policy?.ok ? policy.value.countSpecialSpaces : null
}

/** The base of each question is what the public roll has in its scope, and every unit of a base has a weight. */
function rollProblem(
  archive: PollArchive,
  questions: readonly AskedQuestion[] | null,
  board: Board | null,
): string | null {
  const roll = parsePublicRoll(archive.publicRoll)
  const weights = parseWeightRoll(archive.weightRoll)
  const special = countsSpecialSpaces(archive.policy)
  if (!roll.ok) return roll.error
  if (!weights.ok) return weights.error
  if (questions === null || special === null) return 'unread'
  if (roll.value.poll !== archive.pollId) return 'other-poll'
  const tests = questions.map(({ scope }) => baseTest(scope, special))
  const sum = (rows: readonly { readonly area: bigint }[]) =>
    rows.reduce((whole, { area }) => whole + area, 0n)
  const inAnyBase = roll.value.rows.filter(row => tests.some(isInBase => isInBase(row)))
  const { units, totalArea } = weights.value
  if (inAnyBase.length !== units.size) return `weights: ${units.size} for ${inAnyBase.length} units`
  if (sum(inAnyBase) !== totalArea) return 'weights: area'
  for (const [i, { questionId }] of (board === null ? [] : questions).entries()) {
    const base = board!.questions.find(question => question.questionId === questionId)?.base
    const rows = roll.value.rows.filter(tests[i]!)
    if (base === undefined) return `${questionId}: missing`
    if (base.units !== rows.length || base.area !== sum(rows)) return `${questionId}: base`
  }
  return board === null ? null : questionsProblem(questions, board)
}

/** The board asks what the motion asks, and the class is the clause's. */
function questionsProblem(questions: readonly AskedQuestion[], board: Board): string | null {
  if (board.questions.length !== questions.length) return 'questions'
  for (const [i, { questionId, form, plans, clause }] of questions.entries()) {
    const counted = board.questions[i]!
    const isSame =
      counted.questionId === questionId &&
      counted.form === form &&
      counted.class === classOf(clause) &&
      counted.plans.join('\n') === plans.join('\n')
    if (!isSame) return `${questionId}: question`
  }
  return null
}

/** The posted figures of every question sum to the board's groups, and their outcome is the one they come to. */
function postedProblem(archive: PollArchive, logged: LoggedPoll | null, board: Board): string | null {
  if (archive.counts.length !== board.questions.length) return 'missing'
  for (const [i, question] of board.questions.entries()) {
    const problem = countProblem(question, archive.counts[i]!, logged)
    if (problem !== null) return `${question.questionId}: ${problem}`
  }
  return null
}

function countProblem(question: BoardQuestion, bytes: Uint8Array, logged: LoggedPoll | null): string | null {
  const json = parseCanonical(bytes)
  const count = json.ok && isRecord(json.value) ? json.value : null
  if (count === null || count.question !== question.questionId) return 'malformed'
  const stranger = strangerIn(count)
  if (stranger !== null) return `not-public: ${stranger}`
  const leaf = logged?.tallyLeaves.findLast(tally => tally.question === question.questionId)
  if (leaf === undefined || leaf.tally !== count.digest) return 'digest'
  const piles = pilesOf(question, count)
  const total = measureOf(isRecord(count.figures) ? count.figures.total : null)
  if (piles === null || total === null) return 'malformed'
  for (const { choices, area, heads } of question.groups) {
    const split = choices.includes('ABSTAIN') ? question.splitHeads : 0
    const posted = addMeasures(...choices.map(choice => piles.get(choice)!))
    if (posted.area !== area || posted.heads !== BigInt(heads + split)) return choices.join('+')
  }
  if (total.area !== question.base.area || total.heads !== BigInt(question.base.heads)) return 'total'
  const participating = addMeasures(...piles.values())
  const outcomes: readonly Outcome[] = (question.form === 'plans' ? question.plans : ['FOR']).map(
    choice => judge(question.class, { total, participating, inFavour: piles.get(choice)! }).outcome,
  )
  const isSame = outcomes.join() === question.outcomes.join() && outcomeOfPlans(outcomes) === count.outcome
  return isSame ? null : 'outcome'
}

/** What a posted count may hold. A list of excluded ballots names units: it is for the owners themselves. */
const COUNT_MEMBERS: readonly string[] = [
  'v',
  'question',
  'class',
  'outcome',
  'figures',
  'clause',
  'plans',
  'none',
  'adopted',
  'excludedByReason',
  'fates',
  'digest',
]
const FIGURE_MEMBERS: readonly string[] = [
  'plan',
  'total',
  'participating',
  'inFavour',
  'against',
  'abstain',
  'quorum',
  'approval',
  'outcome',
]

/** The first member that no posted count has. */
function strangerIn(count: Readonly<Record<string, unknown>>): string | null {
  const rows = [count.figures, ...(Array.isArray(count.plans) ? (count.plans as readonly unknown[]) : [])]
  const inFigures = rows.flatMap(row => (isRecord(row) ? Object.keys(row) : []))
  return (
    Object.keys(count).find(name => !COUNT_MEMBERS.includes(name)) ??
    inFigures.find(name => !FIGURE_MEMBERS.includes(name)) ??
    null
  )
}

/** What was posted for each choice; null when a figure is missing or malformed. */
function pilesOf(
  { form, plans }: BoardQuestion,
  count: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, Measure> | null {
  const figures = isRecord(count.figures) ? count.figures : {}
  const piles = new Map<string, Measure | null>([['ABSTAIN', measureOf(figures.abstain)]])
  if (form === 'plans') {
    const rows: readonly unknown[] = Array.isArray(count.plans) ? count.plans : []
    for (const row of rows)
      if (isRecord(row) && isToken(row.plan)) piles.set(row.plan, measureOf(row.inFavour))
    piles.set(NONE_OF_THEM, measureOf(count.none))
  } else {
    piles.set('FOR', measureOf(figures.inFavour))
    piles.set('AGAINST', measureOf(figures.against))
  }
  const options = optionsOf(form, plans)
  const isWhole = piles.size === options.length && options.every(option => piles.get(option) != null)
  return isWhole ? (piles as ReadonlyMap<string, Measure>) : null
}

function measureOf(value: unknown): Measure | null {
  if (!isRecord(value)) return null
  const area = areaOf(value.area)
  const heads = areaOf(value.heads)
  return area === null || heads === null ? null : { area, heads: heads as bigint }
}
