/**
 * What was said and found on one topic: the part of the minutes that a clerk writes at the table. Canonical bytes, one revision per
 * save. It names seats, never a resident.
 */
import {
  type CanonicalValue,
  canonicalBytes,
  err,
  ok,
  parseCanonical,
  parseCivilDate,
  type Result,
} from '#kernel'
import { type Clause, classOf, isClause } from '#votes'
import { cleanLine, cleanText, type TextProblem } from './clean-text.ts'
import { OPINIONS, type Opinion } from './topic.ts'

export interface SeatText {
  readonly seat: string
  readonly text: string
}

export interface SectionAction {
  /** Its number within the topic; it keeps it through every revision. */
  readonly no: number
  readonly text: string
  readonly seat: string
  readonly dueOn: string
}

export interface SectionQuestion {
  readonly question: string
  readonly answer: string
}

export interface Section {
  readonly background: string
  readonly positions: readonly SeatText[]
  readonly options: readonly string[]
  /** Empty while nothing was concluded. */
  readonly opinion: Opinion | ''
  readonly conclusion: string
  /** 保留意见: written down only for seats that asked for it. */
  readonly dissents: readonly SeatText[]
  /** Whether owners have to decide, and under which clause of art. 278; the clause fixes the class. */
  readonly vote: { readonly clause: Clause; readonly class: 'ordinary' | 'special' } | null
  /** Fen as decimal digits; the ceiling is what may be spent at most. */
  readonly money: { readonly amountFen: string; readonly ceilingFen: string | null } | null
  readonly actions: readonly SectionAction[]
  /** Asked and answered on the spot. */
  readonly questions: readonly SectionQuestion[]
  /** How many members of the owners' committee were in favour; only where it decides. */
  readonly inFavour?: number
}

export const EMPTY_SECTION: Section = {
  background: '',
  positions: [],
  options: [],
  opinion: '',
  conclusion: '',
  dissents: [],
  vote: null,
  money: null,
  actions: [],
  questions: [],
}

/** What a form sends: the same, with the class left out and a clause that may be nothing. */
export interface SectionInput extends Omit<Section, 'vote'> {
  readonly clause: number | null
}

export const MOST_ROWS = 30

export type SectionProblem =
  | TextProblem
  | { readonly code: 'opinion-unknown' | 'clause-unknown' | 'money-malformed' | 'rows-too-many' }
  | { readonly code: 'ceiling-below-amount' }
  /** Not a number of members between none and all. */
  | { readonly code: 'in-favour-malformed' }
  | { readonly code: 'action-incomplete'; readonly no: number }
  | { readonly code: 'seat-unknown'; readonly seat: string }

const FEN = /^(?:0|[1-9]\d{0,14})$/

function cleanSeatTexts(
  rows: readonly SeatText[],
  seats: readonly string[],
  at: string,
): Result<readonly SeatText[], SectionProblem> {
  const kept: SeatText[] = []
  for (const { seat, text } of rows) {
    const clean = cleanText(text, `${at}-${seat}`)
    if (!clean.ok) return clean
    if (clean.value === '') continue
    if (!seats.includes(seat)) return err({ code: 'seat-unknown', seat })
    kept.push({ seat, text: clean.value })
  }
  return ok(kept)
}

function cleanActions(
  rows: readonly SectionAction[],
  seats: readonly string[],
): Result<readonly SectionAction[], SectionProblem> {
  const kept: SectionAction[] = []
  for (const row of rows) {
    const text = cleanLine(row.text, `action-${row.no}`)
    if (!text.ok) return text
    if (text.value === '' && row.seat === '' && row.dueOn === '') continue
    const isWhole = text.value !== '' && seats.includes(row.seat) && parseCivilDate(row.dueOn).ok
    if (!isWhole) return err({ code: 'action-incomplete', no: row.no })
    kept.push({ no: row.no, text: text.value, seat: row.seat, dueOn: row.dueOn })
  }
  return ok(kept.toSorted((a, b) => a.no - b.no))
}

function cleanList<Row>(
  rows: readonly Row[],
  clean: (row: Row, index: number) => Result<Row | null, SectionProblem>,
): Result<readonly Row[], SectionProblem> {
  const kept: Row[] = []
  for (const [index, row] of rows.entries()) {
    const cleaned = clean(row, index)
    if (!cleaned.ok) return cleaned
    if (cleaned.value !== null) kept.push(cleaned.value)
  }
  return ok(kept)
}

const cleanOptions = (rows: readonly string[]) =>
  cleanList(rows, text => {
    const clean = cleanLine(text, 'options')
    return clean.ok ? ok(clean.value === '' ? null : clean.value) : clean
  })

const cleanQuestions = (rows: readonly SectionQuestion[]) =>
  cleanList<SectionQuestion>(rows, (row, index) => {
    const question = cleanText(row.question, `question-${index + 1}`)
    if (!question.ok) return question
    const answer = cleanText(row.answer, `answer-${index + 1}`)
    if (!answer.ok) return answer
    return ok(question.value === '' ? null : { question: question.value, answer: answer.value })
  })

function judgedMoney(money: SectionInput['money']): Result<Section['money'], SectionProblem> {
  if (money === null) return ok(null)
  const { amountFen, ceilingFen } = money
  if (!FEN.test(amountFen) || (ceilingFen !== null && !FEN.test(ceilingFen)))
    return err({ code: 'money-malformed' })
  if (ceilingFen !== null && BigInt(ceilingFen) < BigInt(amountFen))
    return err({ code: 'ceiling-below-amount' })
  return ok({ amountFen, ceilingFen })
}

/** Judges and cleans what a clerk wrote; `seats` are those that may be named. An unfinished text is fine: it is saved at the table. */
export function buildSection(input: SectionInput, seats: readonly string[]): Result<Section, SectionProblem> {
  const lists = [input.positions, input.options, input.dissents, input.actions, input.questions]
  if (lists.some(list => list.length > MOST_ROWS)) return err({ code: 'rows-too-many' })
  if (input.opinion !== '' && !OPINIONS.includes(input.opinion)) return err({ code: 'opinion-unknown' })
  const { clause } = input
  if (clause !== null && !isClause(clause)) return err({ code: 'clause-unknown' })
  const background = cleanText(input.background, 'background')
  if (!background.ok) return background
  const conclusion = cleanText(input.conclusion, 'conclusion')
  if (!conclusion.ok) return conclusion
  const positions = cleanSeatTexts(input.positions, seats, 'position')
  if (!positions.ok) return positions
  const dissents = cleanSeatTexts(input.dissents, seats, 'dissent')
  if (!dissents.ok) return dissents
  const options = cleanOptions(input.options)
  if (!options.ok) return options
  const actions = cleanActions(input.actions, seats)
  if (!actions.ok) return actions
  const questions = cleanQuestions(input.questions)
  if (!questions.ok) return questions
  const money = judgedMoney(input.money)
  if (!money.ok) return money
  const { inFavour } = input
  const isCount = inFavour === undefined || (Number.isSafeInteger(inFavour) && inFavour >= 0)
  if (!isCount || (inFavour ?? 0) > seats.length) return err({ code: 'in-favour-malformed' })
  return ok({
    background: background.value,
    positions: positions.value,
    options: options.value,
    opinion: input.opinion,
    conclusion: conclusion.value,
    dissents: dissents.value,
    vote: clause === null ? null : { clause, class: classOf(clause) },
    money: money.value,
    actions: actions.value,
    questions: questions.value,
    ...(inFavour === undefined ? {} : { inFavour }),
  })
}

export function encodeSection(section: Section): Uint8Array {
  return canonicalBytes(section as unknown as CanonicalValue)
}

/** A stored section; null for bytes that are none. */
export function parseSection(bytes: Uint8Array): Section | null {
  const json = parseCanonical(bytes)
  const section = json.ok ? (json.value as unknown as Section | null) : null
  return section !== null && Array.isArray(section.positions) && Array.isArray(section.actions)
    ? section
    : null
}

/** The raw record (会议记录): live notes of the whole meeting, kept beside the minutes and never published. */
export function encodeRawRecord(text: string): Uint8Array {
  return canonicalBytes({ raw: text })
}

export function parseRawRecord(bytes: Uint8Array): string {
  const json = parseCanonical(bytes)
  const raw = json.ok ? (json.value as { raw?: unknown } | null)?.raw : undefined
  return typeof raw === 'string' ? raw : ''
}
