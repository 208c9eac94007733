/** From the typed motion to the draft that the use case judges. Only what cannot be read at all is an error here. */
import { type Lang, translate } from '#i18n'
import { parseYuan } from '#kernel'
import type { FieldError } from '#ui'
import type { EnteredMoney, EnteredMotion, EnteredPolicy, EnteredQuestion } from '#ui/desk'
import type { Clause, MotionInput, Question, Scope } from '#votes'
import type { PollDraft } from '#votes/server'
import { instantAt } from './form-window.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** The draft; null with the errors of what cannot be read. */
export function draftOf(
  entered: EnteredMotion,
  lang: Lang,
): { readonly draft: PollDraft | null; readonly errors: readonly FieldError[] } {
  const t = translate(lang)
  const errors: FieldError[] = []
  const money = moneyOf(entered.money)
  if (money === undefined) errors.push({ field: 'amount', message: t('pollRefusal.motion.money-malformed') })
  const opensAt = instantAt(entered.opensOn, entered.opensHour)
  const closesAt = instantAt(entered.closesOn, entered.closesHour)
  if (opensAt === null) errors.push({ field: 'opensOn', message: t('pollRefusal.window-date') })
  if (closesAt === null) errors.push({ field: 'closesOn', message: t('pollRefusal.window-date') })
  if (money === undefined || opensAt === null || closesAt === null) return { draft: null, errors }
  const motion: MotionInput = {
    title: entered.title,
    summary: entered.summary,
    questions: questionsOf(entered),
    money,
    documents: entered.documents,
    pros: linesOf(entered.pros),
    cons: linesOf(entered.cons),
    officialVoting: entered.officialVoting,
    officialSystem: entered.officialSystem === '' ? null : entered.officialSystem,
    rulesVersion: entered.policy.rulesVersion === '' ? null : entered.policy.rulesVersion,
    election: entered.kind === 'election' ? { seats: wholeNumber(entered.seats) } : null,
    course: {
      notice: wholeNumber(entered.policy.noticeDays),
      objection: wholeNumber(entered.policy.objectionDays),
      posting: wholeNumber(entered.policy.postingDays),
      extensionAllowed: entered.policy.extensionAllowed === 'yes',
    },
  }
  return { draft: { motion, policy: policyOf(entered.policy), opensAt, closesAt }, errors }
}

/** The lines of a text that hold something. */
export function linesOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
}

/** A whole number as typed; -1, which nobody accepts, for anything else. */
function wholeNumber(text: string): number {
  return /^\d{1,6}$/.test(text) ? Number(text) : -1
}

/** All switches, each as its kind: a value that is none of the switch's stays as typed, and the use case names it. */
function policyOf({ switches, proxyLimit }: EnteredPolicy): PollDraft['policy'] {
  const yesNo = (text: string) => (text === 'true' ? true : text === 'false' ? false : text)
  return {
    ...switches,
    withdrawAllowed: yesNo(switches.withdrawAllowed),
    countSpecialSpaces: yesNo(switches.countSpecialSpaces),
    proxyLimit: wholeNumber(proxyLimit),
  }
}

/** Null when nothing is to be paid; undefined when the amount cannot be read. */
function moneyOf(entered: EnteredMoney): MotionInput['money'] | undefined {
  const payer = entered.payer === 'other' ? entered.payerOther : entered.payer
  if (entered.amount === '' && payer === '' && entered.projectText === '') return null
  const amount = parseYuan(entered.amount)
  if (!amount.ok) return undefined
  return {
    amountFen: String(amount.value),
    payer,
    projectText: entered.projectText,
    budgetLine: entered.budgetLine,
  }
}

function questionsOf(entered: EnteredMotion): readonly Question[] {
  const scope = scopeOf(entered.scope)
  if (entered.kind === 'election') {
    return linesOf(entered.candidates).map((candidate, index) => ({
      questionId: `q${index + 1}`,
      title: candidate,
      text: '',
      form: 'candidate',
      plans: [],
      matter: { clause: 3, scope },
    }))
  }
  return entered.questions
    .filter(question => question.title !== '' || question.clause !== '')
    .map((question, index) => questionOf(question, index, scope))
}

function questionOf(entered: EnteredQuestion, index: number, scope: Scope | null): Question {
  return {
    questionId: `q${index + 1}`,
    title: entered.title,
    text: entered.text,
    form: entered.form,
    plans:
      entered.form === 'plans'
        ? linesOf(entered.plans).map((label, place) => ({ id: planId(place), label }))
        : [],
    matter: {
      // What is no clause stays what it is: the use case asks for it.
      clause: wholeNumber(entered.clause) as Clause,
      scope,
      parkingTariff: entered.parkingTariff,
    },
  }
}

/** `PLAN-A` to `PLAN-Z`; later ones share a name, which the use case refuses: nobody compares so many plans. */
function planId(place: number): string {
  return `PLAN-${LETTERS[Math.min(place, LETTERS.length - 1)]}`
}

function scopeOf(entered: EnteredMotion['scope']): Scope | null {
  if (entered.kind === 'all') return null
  return {
    buildings: entered.buildings,
    entrances: entered.entrances.flatMap(text => {
      const [building, entrance] = entranceOf(text)
      // An entrance of a building that is chosen whole adds nothing.
      return building === '' || entered.buildings.includes(building) ? [] : [{ building, entrance }]
    }),
  }
}

function entranceOf(text: string): readonly [string, string] {
  try {
    const pair: unknown = JSON.parse(text)
    if (Array.isArray(pair) && pair.length === 2 && pair.every(part => typeof part === 'string')) {
      return [pair[0] as string, pair[1] as string]
    }
  } catch {
    // Not what the form sent: no entrance.
  }
  return ['', '']
}
