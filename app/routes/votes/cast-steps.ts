/**
 * Casting, screen by screen, without a script: whose ballot it is, one question at a time, the summary. What was answered so
 * far travels in the form itself. Pure: it says which screen comes next and never whether a ballot counts.
 */
import type { Question } from '#votes'
import { choicesOf } from '#votes'
import type { MyVoting, VotingUnit } from '#votes/server'
import { type Entered, textOf } from '../office/entered.ts'

/** Units that are voted for with one ballot. */
export interface BallotFor {
  /** `own` for all of one's own, `own:UNIT` or `proxy:UNIT` for one. */
  readonly value: string
  readonly units: readonly string[]
  readonly asProxy: boolean
}

/** Units in scope that the reader may speak for now. */
function castable(units: readonly VotingUnit[], asProxy: boolean): readonly VotingUnit[] {
  return units.filter(unit => unit.asProxy === asProxy && unit.obstacle === null && unit.questions.length > 0)
}

/** What the reader can choose to vote for: all their own units at once first, then single ones, then those they are proxy for. */
export function ballotsToCast(units: readonly VotingUnit[]): readonly BallotFor[] {
  const own = castable(units, false).map(unit => unit.entry.unit)
  const single = (unit: string, asProxy: boolean): BallotFor => ({
    value: `${asProxy ? 'proxy' : 'own'}:${unit}`,
    units: [unit],
    asProxy,
  })
  return [
    ...(own.length > 1 ? [{ value: 'own', units: own, asProxy: false }] : []),
    ...own.map(unit => single(unit, false)),
    ...castable(units, true).map(unit => single(unit.entry.unit, true)),
  ]
}

/** The questions in whose scope one of the units lies, in the order of the poll. */
export function questionsFor(mine: MyVoting, ballot: BallotFor): readonly Question[] {
  const concerned = new Set(
    mine.units.filter(unit => ballot.units.includes(unit.entry.unit)).flatMap(unit => unit.questions),
  )
  return mine.poll.motion.questions.filter(question => concerned.has(question.questionId))
}

/** One screen. */
export type Screen =
  | { readonly at: 'ballot'; readonly error: 'ballot-missing' | null }
  | { readonly at: 'question'; readonly questionId: string; readonly error: 'answer-missing' | null }
  | { readonly at: 'summary' }
  | { readonly at: 'submit' }

/** Where the reader is, with everything entered so far. */
export interface Casting {
  /** Null until it is chosen, and when nothing can be cast. */
  readonly ballot: BallotFor | null
  /** Question id to choice; only choices that the question offers. */
  readonly answers: { readonly [questionId: string]: string }
  readonly screen: Screen
}

/** The field that holds the answer to a question. */
export function answerField(questionId: string): string {
  return `answer-${questionId}`
}

/**
 * The screen that follows a form. `at` names the screen that was sent (`ballot`, a question, `summary`), `go` the button:
 * `next`, `back`, `submit`, or the id of a question to change, after which the summary comes again.
 */
export function nextScreen(mine: MyVoting, form: Entered): Casting {
  const offered = ballotsToCast(mine.units)
  const ballot =
    offered.length === 1 ? offered[0]! : (offered.find(each => each.value === textOf(form, 'ballot')) ?? null)
  if (ballot === null) {
    return {
      ballot,
      answers: {},
      screen: { at: 'ballot', error: form.at === 'ballot' ? 'ballot-missing' : null },
    }
  }
  const questions = questionsFor(mine, ballot)
  const answers = answersIn(questions, form)
  return { ballot, answers, screen: screenAfter(questions, answers, form, offered.length > 1) }
}

function answersIn(questions: readonly Question[], form: Entered): { [questionId: string]: string } {
  return Object.fromEntries(
    questions.flatMap(question => {
      const choice = textOf(form, answerField(question.questionId))
      return choicesOf(question).includes(choice) ? [[question.questionId, choice]] : []
    }),
  )
}

function screenAfter(
  questions: readonly Question[],
  answers: Casting['answers'],
  form: Entered,
  mayChooseBallot: boolean,
): Screen {
  const ids = questions.map(question => question.questionId)
  const question = (id: string): Screen => ({ at: 'question', questionId: id, error: null })
  const open = ids.find(id => answers[id] === undefined)
  const place = ids.indexOf(textOf(form, 'at'))
  const go = textOf(form, 'go')
  if (go === 'ballot' && mayChooseBallot) return { at: 'ballot', error: null }
  if (go === 'back') {
    if (place > 0) return question(ids[place - 1]!)
    if (place < 0) return question(ids.at(-1)!)
    return mayChooseBallot ? { at: 'ballot', error: null } : question(ids[0]!)
  }
  if (ids.includes(go)) return question(go)
  if (place >= 0 && answers[ids[place]!] === undefined) {
    return { at: 'question', questionId: ids[place]!, error: 'answer-missing' }
  }
  if (open !== undefined) {
    // On to the next one that is unanswered, after this one first.
    const after = ids.slice(place + 1).find(id => answers[id] === undefined)
    return question(after ?? open)
  }
  return go === 'submit' ? { at: 'submit' } : { at: 'summary' }
}

/** The highest number among the reader's ballots for some units: what was there when the form was opened. */
export function lastSeqOf(mine: MyVoting, units: readonly string[]): number {
  const seqs = mine.units
    .filter(unit => units.includes(unit.entry.unit))
    .flatMap(unit => unit.ballots.map(ballot => ballot.seq))
  return Math.max(0, ...seqs)
}

/**
 * Numbers of the ballots that this very form has already cast, when it is sent twice (a second touch, a reloaded page): all
 * its units have a standing ballot newer than the form, with these answers. Null when it is to be cast.
 */
export function alreadyCast(mine: MyVoting, casting: Casting, since: number): readonly number[] | null {
  const { ballot, answers } = casting
  if (ballot === null) return null
  const standing = mine.units
    .filter(unit => ballot.units.includes(unit.entry.unit))
    .map(unit => unit.standing)
  const isSame = standing.every(
    each =>
      each !== null &&
      each.seq > since &&
      Object.entries(answers).every(([id, choice]) => each.choices?.[id] === choice),
  )
  return isSame ? standing.map(each => each!.seq) : null
}
