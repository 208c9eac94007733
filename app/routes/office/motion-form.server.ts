/**
 * The form of a motion on the server: keeps what was uploaded whatever else is wrong, and gives either a draft for the use case
 * or the form with every error at its field. Knows no rule of a vote: the use case judges.
 */
import type { Lang } from '#i18n'
import { fen, formatYuanPlain, plainFileName } from '#kernel'
import { readChart } from '#ledger/server'
import type { FieldError } from '#ui'
import {
  type EnteredMotion,
  type EnteredPolicy,
  type EnteredQuestion,
  enteredSwitches,
  type MotionFormProps,
  NO_MONEY,
  NO_QUESTION,
  type ScopeBuilding,
} from '#ui/desk'
import {
  DEFAULT_COURSE,
  DEFAULT_POLICY,
  type MotionInput,
  measureUnits,
  type Policy,
  type Question,
  type Roll,
  type Unit,
} from '#votes'
import { attachPollDocument, type PollDraft, type PollView } from '#votes/server'
import { bytesOf, type Entered, filesOf, textOf, textsOf } from './entered.ts'
import { dayAndHour, proposedWindow } from './form-window.ts'
import { draftOf } from './motion-draft.ts'
import { documentErrors } from './poll-refusals.ts'
import { earliestOf, rollToday } from './poll-view.server.ts'
import type { OfficeVisit } from './visit.server.ts'

const QUESTIONS_MAX = 20

/** What the form needs beside what is entered: the buildings, the funds, the first possible opening. */
export async function motionParts(
  visit: OfficeVisit,
): Promise<Pick<MotionFormProps, 'buildings' | 'whole' | 'payers' | 'earliestOpening'>> {
  const { portal, community } = visit
  const roll = await rollToday(visit)
  const { accounts, funds } = await readChart(portal.db, community.communityId)
  return {
    buildings: buildingsOf(roll),
    whole: { units: roll.units.length, area: measureUnits(roll, roll.units).area },
    payers: {
      funds: funds.map(fund => ({ value: fund.nameZh, label: fund.nameZh })),
      budgetLines: [
        {
          group: '',
          choices: accounts
            .filter(account => account.type === 'expense')
            .map(account => ({
              value: `${account.code} ${account.nameZh}`,
              label: `${account.code} ${account.nameZh}`,
            })),
        },
      ],
    },
    earliestOpening: earliestOf(visit, DEFAULT_COURSE),
  }
}

function buildingsOf(roll: Roll): readonly ScopeBuilding[] {
  const size = (units: readonly Unit[]) => ({
    units: units.length,
    area: measureUnits(roll, units).area,
  })
  const buildings = [...new Set(roll.units.map(unit => unit.building))]
  return buildings.map(building => {
    const inside = roll.units.filter(unit => unit.building === building)
    const entrances = [...new Set(inside.map(unit => unit.entrance))]
    return {
      value: building,
      name: building,
      ...size(inside),
      entrances: entrances.map(entrance => ({
        value: JSON.stringify([building, entrance]),
        name: entrance,
        ...size(inside.filter(unit => unit.entrance === entrance)),
      })),
    }
  })
}

/** An empty form with the defaults and a proposed window. */
export function freshMotion(visit: OfficeVisit): EnteredMotion {
  const { opensOn, closesOn } = proposedWindow(earliestOf(visit, DEFAULT_COURSE))
  return {
    title: '',
    summary: '',
    kind: 'questions',
    questions: [NO_QUESTION],
    candidates: '',
    seats: '',
    scope: { kind: 'all', buildings: [], entrances: [] },
    money: NO_MONEY,
    pros: '',
    cons: '',
    documents: [],
    officialVoting: 'on',
    officialSystem: '',
    policy: enteredPolicy(DEFAULT_POLICY, DEFAULT_COURSE, ''),
    opensOn,
    opensHour: '09:00:00',
    closesOn,
    closesHour: '18:00:00',
  }
}

function enteredPolicy(policy: Policy, course: MotionInput['course'], rulesVersion: string): EnteredPolicy {
  return {
    switches: enteredSwitches(policy),
    proxyLimit: String(policy.proxyLimit),
    extensionAllowed: course.extensionAllowed ? 'yes' : 'no',
    rulesVersion,
    noticeDays: String(course.notice),
    objectionDays: String(course.objection),
    postingDays: String(course.posting),
  }
}

/** A draft as its form shows it. */
export async function enteredMotion(visit: OfficeVisit, poll: PollView): Promise<EnteredMotion> {
  const { motion } = poll
  const { funds } = await readChart(visit.portal.db, visit.community.communityId)
  const isElection = motion.election !== null
  const scope = motion.questions[0]?.matter.scope ?? null
  const opens = dayAndHour(poll.opensAt)
  const closes = dayAndHour(poll.closesAt)
  const { money } = motion
  const isFund = funds.some(fund => fund.nameZh === money?.payer)
  return {
    title: motion.title,
    summary: motion.summary,
    kind: isElection ? 'election' : 'questions',
    questions: isElection ? [NO_QUESTION] : motion.questions.map(enteredQuestion),
    candidates: isElection ? motion.questions.map(question => question.title).join('\n') : '',
    seats: motion.election === null ? '' : String(motion.election.seats),
    scope: {
      kind: scope === null ? 'all' : 'part',
      buildings: scope?.buildings ?? [],
      entrances: (scope?.entrances ?? []).map(({ building, entrance }) =>
        JSON.stringify([building, entrance]),
      ),
    },
    money:
      money === null
        ? NO_MONEY
        : {
            amount: formatYuanPlain(fen(BigInt(money.amountFen))),
            payer: isFund ? money.payer : 'other',
            payerOther: isFund ? '' : money.payer,
            budgetLine: money.budgetLine,
            projectText: money.projectText,
          },
    pros: motion.pros.join('\n'),
    cons: motion.cons.join('\n'),
    documents: motion.documents,
    officialVoting: motion.officialVoting,
    officialSystem: motion.officialSystem ?? '',
    policy: enteredPolicy(poll.policy, motion.course, motion.rulesVersion ?? ''),
    opensOn: opens.on,
    opensHour: opens.hour,
    closesOn: closes.on,
    closesHour: closes.hour,
  }
}

function enteredQuestion(question: Question): EnteredQuestion {
  return {
    title: question.title,
    text: question.text,
    form: question.form === 'plans' ? 'plans' : 'plain',
    plans: question.plans.map(plan => plan.label).join('\n'),
    clause: String(question.matter.clause),
    parkingTariff: question.matter.parkingTariff ?? false,
  }
}

export interface SubmittedMotion {
  readonly intent: 'save' | 'preview' | 'add-question'
  readonly entered: EnteredMotion
  readonly errors: readonly FieldError[]
  /** Null while the form itself cannot be read. */
  readonly draft: PollDraft | null
  readonly revision: number
}

/** Reads a submitted form: stores its files first, so that nothing a person uploaded is lost. */
export async function submittedMotion(
  visit: OfficeVisit,
  form: Entered,
  lang: Lang,
): Promise<SubmittedMotion> {
  const kept = await keepDocuments(visit, form, lang)
  const named = textOf(form, 'intent')
  const intent = named === 'add-question' || named === 'preview' ? named : 'save'
  const entered = readEntered(form, kept.documents)
  const { draft, errors } = draftOf(entered, lang)
  const all = [...errors, ...kept.errors]
  return {
    intent,
    entered:
      intent === 'add-question' && entered.questions.length < QUESTIONS_MAX
        ? { ...entered, questions: [...entered.questions, NO_QUESTION] }
        : entered,
    errors: intent === 'add-question' ? kept.errors : all,
    draft: all.length > 0 ? null : draft,
    revision: Number(/^\d{1,9}$/.exec(textOf(form, 'revision'))?.[0] ?? 0),
  }
}

async function keepDocuments(visit: OfficeVisit, form: Entered, lang: Lang) {
  const documents = textsOf(form, 'documents').flatMap(text => {
    const match = /^([0-9a-f]{64}) (.+)$/s.exec(text)
    return match === null ? [] : [{ sha256: match[1]!, name: match[2]! }]
  })
  const errors: FieldError[] = []
  for (const file of filesOf(form, 'files')) {
    const { portal, actor, community } = visit
    const stored = await attachPollDocument(portal, actor, community, { bytes: await bytesOf(file) })
    if (stored.ok) documents.push({ sha256: stored.value.sha256, name: plainFileName(file.name) })
    else errors.push(...documentErrors(stored.error, { lang, file: file.name }))
  }
  return { documents, errors }
}

function readEntered(form: Entered, documents: EnteredMotion['documents']): EnteredMotion {
  const text = (name: string) => textOf(form, name)
  return {
    title: text('title'),
    summary: text('summary'),
    kind: text('kind') === 'election' ? 'election' : 'questions',
    questions: readQuestions(form),
    candidates: text('candidates'),
    seats: text('seats'),
    scope: {
      kind: text('scope') === 'part' ? 'part' : 'all',
      buildings: textsOf(form, 'building'),
      entrances: textsOf(form, 'entrance'),
    },
    money: {
      amount: text('amount'),
      payer: text('payer'),
      payerOther: text('payerOther'),
      budgetLine: text('budgetLine'),
      projectText: text('projectText'),
    },
    pros: text('pros'),
    cons: text('cons'),
    documents,
    officialVoting:
      (['on', 'advisory', 'import'] as const).find(each => each === text('officialVoting')) ?? 'on',
    officialSystem: text('officialSystem'),
    policy: readPolicy(form),
    opensOn: text('opensOn'),
    opensHour: text('opensHour'),
    closesOn: text('closesOn'),
    closesHour: text('closesHour'),
  }
}

/** The questions that hold something, in order; one empty one where there is none, so that the form has a place to write. */
function readQuestions(form: Entered): readonly EnteredQuestion[] {
  const rows = Math.min(QUESTIONS_MAX, Math.max(1, Number(/^\d{1,2}$/.exec(textOf(form, 'rows'))?.[0] ?? 1)))
  const questions = Array.from({ length: rows }, (_, index): EnteredQuestion => {
    const text = (name: string) => textOf(form, `${name}-${index + 1}`)
    return {
      title: text('question'),
      text: text('text'),
      form: text('form') === 'plans' ? 'plans' : 'plain',
      plans: text('plans'),
      clause: text('clause'),
      parkingTariff: text('parking') === 'yes',
    }
  }).filter(question =>
    [question.title, question.text, question.plans, question.clause].some(each => each !== ''),
  )
  return questions.length === 0 ? [NO_QUESTION] : questions
}

function readPolicy(form: Entered): EnteredPolicy {
  const text = (name: string) => textOf(form, name)
  return {
    switches: {
      silentPolicy: text('silentPolicy'),
      blankPolicy: text('blankPolicy'),
      overvotePolicy: text('overvotePolicy'),
      duplicatePolicy: text('duplicatePolicy'),
      coOwnerConflict: text('coOwnerConflict'),
      withdrawAllowed: text('withdrawAllowed'),
      countSpecialSpaces: text('countSpecialSpaces'),
    },
    proxyLimit: text('proxyLimit'),
    extensionAllowed: text('extensionAllowed'),
    rulesVersion: text('rulesVersion'),
    noticeDays: text('noticeDays'),
    objectionDays: text('objectionDays'),
    postingDays: text('postingDays'),
  }
}
