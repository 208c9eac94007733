/**
 * The answers on one ballot as text: `q1=FOR;q2=PLAN-A`, in the order of the poll's questions, or `WITHDRAW`. This text is
 * what a commitment hides and what the board opens. Pure; decides nothing about entitlement.
 */
import { assert, err, ok, type Result } from '#kernel'
import { MARKS } from './ballot.ts'
import { NONE_OF_THEM } from './question.ts'

/** What a ballot says: one choice for each question it answers, or that it takes earlier ones back. */
export type Answers = { readonly withdraws: true } | { readonly choices: ReadonlyMap<string, string> }

/** A question as far as its answers go. */
export interface AnswerableQuestion {
  readonly questionId: string
  readonly form: 'plain' | 'plans' | 'candidate'
  readonly plans: readonly { readonly id: string }[]
}

export type AnswerProblem =
  | { readonly code: 'answers-malformed' }
  | { readonly code: 'answer-unknown-question'; readonly question: string }
  | { readonly code: 'answer-unknown-choice'; readonly question: string }
  | { readonly code: 'answer-missing'; readonly question: string }

/** The longest text of answers that a commitment takes. */
export const LONGEST_ANSWERS = 2000

const QUESTION_ID = /^[a-z][a-z0-9-]{0,19}$/
const CHOICE = /^[A-Z][A-Z0-9_-]{0,19}$/
const WITHDRAW = 'WITHDRAW'

/** True for a name a question may have. */
export function isQuestionId(text: string): boolean {
  return QUESTION_ID.test(text)
}

/** True for a name a choice may have. */
export function isChoice(text: string): boolean {
  return CHOICE.test(text)
}

/** What an owner may choose on screen, in the order in which it is offered: the question's own choices, then abstaining. */
export function choicesOf(question: AnswerableQuestion): readonly string[] {
  const own =
    question.form === 'plans' ? [...question.plans.map(plan => plan.id), NONE_OF_THEM] : ['FOR', 'AGAINST']
  return [...own, 'ABSTAIN']
}

/** What a teller may read on a paper: also no mark, and more than one. */
export function marksOf(question: AnswerableQuestion): readonly string[] {
  return [...choicesOf(question), ...MARKS.filter(mark => mark === 'BLANK' || mark === 'OVERVOTE')]
}

/** The text of answers. `order` is the poll's questions; what is not answered is left out. Throws on a name that has no such form. */
export function encodeAnswers(order: readonly string[], answers: Answers): string {
  if ('withdraws' in answers) return WITHDRAW
  const known = new Set(order)
  assert(
    [...answers.choices.keys()].every(id => known.has(id)),
    'an answer to a question that is not asked',
  )
  const parts = order.flatMap(id => {
    const choice = answers.choices.get(id)
    if (choice === undefined) return []
    assert(isQuestionId(id) && isChoice(choice), `an answer cannot be written: ${id}`)
    return [`${id}=${choice}`]
  })
  assert(parts.length > 0, 'a ballot answers at least one question')
  const text = parts.join(';')
  assert(text.length <= LONGEST_ANSWERS, 'answers are too long')
  return text
}

/** Reads a text of answers; refuses what `encodeAnswers` would not have written. */
export function parseAnswers(order: readonly string[], text: string): Result<Answers, 'answers-malformed'> {
  if (text === WITHDRAW) return ok({ withdraws: true })
  if (text.length > LONGEST_ANSWERS) return err('answers-malformed')
  const choices = new Map<string, string>()
  let place = -1
  for (const part of text.split(';')) {
    const [id = '', choice = '', ...rest] = part.split('=')
    const at = order.indexOf(id)
    if (rest.length > 0 || at <= place || !isQuestionId(id) || !isChoice(choice))
      return err('answers-malformed')
    place = at
    choices.set(id, choice)
  }
  return ok({ choices })
}

/**
 * Checks what came from a form: every question asked is answered with a choice it offers (on paper also with no mark, or
 * with several), and nothing else is answered. Gives the choices in the order of the questions.
 */
export function checkAnswers(
  questions: readonly AnswerableQuestion[],
  given: { readonly [questionId: string]: string },
  source: 'screen' | 'paper',
): Result<ReadonlyMap<string, string>, AnswerProblem> {
  const asked = new Map(questions.map(question => [question.questionId, question]))
  const stranger = Object.keys(given).find(id => !asked.has(id))
  if (stranger !== undefined) return err({ code: 'answer-unknown-question', question: stranger })
  const choices = new Map<string, string>()
  for (const [id, question] of asked) {
    const choice = Object.hasOwn(given, id) ? given[id] : undefined
    if (choice === undefined || choice === '') return err({ code: 'answer-missing', question: id })
    const offered = source === 'paper' ? marksOf(question) : choicesOf(question)
    if (!offered.includes(choice)) return err({ code: 'answer-unknown-choice', question: id })
    choices.set(id, choice)
  }
  return ok(choices)
}
