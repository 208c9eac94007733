/** The counter's desk on the server: units by their state, papers by their number or code, readings from their form. Never a choice of anybody. */
import { type Lang, translate } from '#i18n'
import { dateOf } from '#kernel'
import type {
  DeskState,
  DeskUnit,
  EnteredReading,
  PaperQueueView,
  ReadableQuestion,
  TextChoice,
  UnitDeskView,
  WaitingPaper,
} from '#ui/desk'
import { officePath } from '#ui/office'
import { type Motion, marksOf, type NONE_OF_THEM } from '#votes'
import {
  type Desk,
  type PaperReference,
  readDesk,
  readPaperToRead,
  readVoterNames,
  type DeskUnit as StoredUnit,
} from '#votes/server'
import { type Entered, textOf } from './entered.ts'
import { reasonText } from './poll-refusals.ts'
import type { OfficeVisit } from './visit.server.ts'

/** The desk of a poll; 404 when there is none, as for a draft. */
export async function deskOf(
  { portal, community, actor }: OfficeVisit,
  pollId: string | undefined,
): Promise<Desk> {
  const desk = await readDesk(portal, actor, community, pollId ?? '')
  if (desk === null) throw new Response(null, { status: 404 })
  return desk
}

/** `101` of `1栋-1单元-101`. */
function numberOf(unit: StoredUnit): string {
  const prefix = `${unit.building}-${unit.entrance}-`
  return unit.unit.startsWith(prefix) ? unit.unit.slice(prefix.length) : (unit.unit.split('-').at(-1) ?? '')
}

function stateOf(desk: Desk, unit: StoredUnit): DeskState {
  if (unit.receivedBy !== null) return 'voted'
  if (desk.pending.some(paper => paper.unit === unit.unit)) return 'received'
  if (desk.refused.some(paper => paper.unit === unit.unit)) return 'refused'
  return unit.isDelivered ? 'delivered' : 'not-delivered'
}

const deskUnit = (desk: Desk, unit: StoredUnit): DeskUnit => ({
  unitId: unit.unit,
  building: unit.building,
  entrance: unit.entrance,
  number: numberOf(unit),
  state: stateOf(desk, unit),
})

/** All units as the grid shows them, in the order of their addresses: number 9 before number 10. */
export function deskUnits(desk: Desk): readonly DeskUnit[] {
  const inOrder = new Intl.Collator('zh-CN', { numeric: true })
  return desk.units
    .map(unit => deskUnit(desk, unit))
    .toSorted((a, b) =>
      inOrder.compare(`${a.building} ${a.entrance} ${a.number}`, `${b.building} ${b.entrance} ${b.number}`),
    )
}

/** A paper as typed or read by a scanner: its number, or the secret at the end of what its QR code holds. */
export function paperReference(text: string): PaperReference | null {
  if (/^\d{1,9}$/.test(text)) return { paperNumber: Number(text) }
  const code = /([0-9A-Za-z_-]{16,64})$/.exec(text)?.[1]
  return code === undefined ? null : { paperCode: code }
}

/** The unit of a paper; null when it is none of this poll's. */
export async function unitOfPaper(
  { portal, community, actor }: OfficeVisit,
  pollId: string,
  text: string,
): Promise<string | null> {
  const paper = paperReference(text)
  if (paper === null) return null
  return (await readPaperToRead(portal, actor, community, { pollId, paper }))?.unit ?? null
}

/** Who may have signed: the unit's voters, and its registered proxies. */
export async function signersOf(
  visit: OfficeVisit,
  pollId: string,
  persons: { readonly voters: readonly string[]; readonly proxies: readonly string[] },
  lang: Lang,
): Promise<readonly TextChoice[]> {
  const { portal, actor, community } = visit
  const t = translate(lang)
  const { voters, proxies } = persons
  const names = await readVoterNames(portal, actor, community, { pollId, persons: [...voters, ...proxies] })
  const nameOf = (person: string) => names.get(person) ?? t('office.erasedPerson')
  return [
    ...voters.map(person => ({
      value: `owner:${person}`,
      label: t('desk.signerOwner', { name: nameOf(person) }),
    })),
    ...proxies.map(person => ({
      value: `proxy:${person}`,
      label: t('desk.signerProxy', { name: nameOf(person) }),
    })),
  ]
}

/** The questions with every mark that a paper can carry, in the reader's words. */
export function readableQuestions(
  motion: Pick<Motion, 'questions'>,
  lang: Lang,
): readonly ReadableQuestion[] {
  const t = translate(lang)
  return motion.questions.map(question => {
    const own = new Map(question.plans.map(plan => [plan.id, plan.label]))
    const word = (mark: string) =>
      own.get(mark) ??
      t(`desk.mark.${mark as 'FOR' | 'AGAINST' | 'ABSTAIN' | typeof NONE_OF_THEM | 'BLANK' | 'OVERVOTE'}`)
    return {
      questionId: question.questionId,
      title: question.title,
      marks: marksOf(question).map(mark => ({ value: mark, label: word(mark) })),
    }
  })
}

/** One unit's page; 404 when the poll has no such unit. */
export async function unitView(
  visit: OfficeVisit,
  desk: Desk,
  unitId: string | undefined,
  lang: Lang,
): Promise<UnitDeskView> {
  const unit = desk.units.find(each => each.unit === unitId)
  if (unit === undefined) throw new Response(null, { status: 404 })
  const { poll } = desk
  const now = visit.portal.clock.now()
  const pending = desk.pending.find(paper => paper.unit === unit.unit)
  const refused = desk.refused.find(paper => paper.unit === unit.unit)
  const isOpen = poll.state === 'open' && now >= poll.opensAt && now <= poll.closesAt
  const isLate = now > poll.closesAt && (poll.state === 'open' || poll.state === 'closed')
  const papers = officePath(visit.frame.slug, 'polls', poll.pollId, 'papers', String(unit.paperNumber))
  return {
    ...deskUnit(desk, unit),
    pollId: poll.pollId,
    paperNumber: unit.paperNumber,
    isDelivered: unit.isDelivered,
    receivedAt: pending?.receivedAt ?? null,
    refusal: refused === undefined ? null : reasonText(refused.reason, { t: translate(lang) }),
    votedBy: unit.receivedBy,
    window: isOpen ? 'open' : isLate ? 'late' : 'closed',
    canBeRead: (pending === undefined || pending.waitsFor === 'first') && unit.receivedBy !== 'paper',
    paperHref: pending !== undefined && pending.waitsFor !== 'first' && !pending.isMine ? papers : null,
    signers: await signersOf(visit, poll.pollId, unit, lang),
    questions: readableQuestions(poll.motion, lang),
    today: dateOf(now),
  }
}

/** The papers that wait, and those that were refused. */
export function queueView(visit: OfficeVisit, desk: Desk, lang: Lang): PaperQueueView {
  const at = (...parts: string[]) => officePath(visit.frame.slug, 'polls', desk.poll.pollId, ...parts)
  const waiting = (wait: 'first' | 'second' | 'third') =>
    desk.pending
      .filter(paper => paper.waitsFor === wait)
      .map((paper): WaitingPaper => {
        const here =
          wait === 'first'
            ? at('desk', encodeURIComponent(paper.unit))
            : at('papers', String(paper.paperNumber))
        return {
          paperNumber: paper.paperNumber,
          place: paper.unit,
          receivedAt: paper.receivedAt,
          href: paper.isMine && wait !== 'first' ? null : here,
        }
      })
  return {
    pollId: desk.poll.pollId,
    first: waiting('first'),
    second: waiting('second'),
    third: waiting('third'),
    refused: desk.refused.map(({ paperNumber, unit, reason, offeredAt }) => ({
      paperNumber,
      place: unit,
      reason: reasonText(reason, { t: translate(lang) }),
      offeredAt,
    })),
    castPapers: desk.castPapers,
  }
}

/** A reading from its form, to be shown again and to be entered. */
export function readingOf(form: Entered, questions: readonly ReadableQuestion[]) {
  const entered: EnteredReading = {
    signedBy: textOf(form, 'signedBy'),
    signedOn: textOf(form, 'signedOn'),
    answers: Object.fromEntries(
      questions.map(({ questionId }) => [questionId, textOf(form, `answer-${questionId}`)]),
    ),
  }
  const [kind, ...person] = entered.signedBy.split(':')
  return {
    entered,
    signedBy: person.join(':'),
    asProxy: kind === 'proxy',
    signedOn: entered.signedOn,
    answers: entered.answers,
  }
}

/** What was just done, from the address; null for anything that is not one of ours. */
export function doneIn(url: string): { readonly done: Done; readonly number: string } | null {
  const query = new URL(url).searchParams
  const done = DONE.find(each => each === query.get('done'))
  return done === undefined ? null : { done, number: /^\d{1,9}$/.exec(query.get('number') ?? '')?.[0] ?? '' }
}

export const DONE = [
  'deliveredNow',
  'receivedNow',
  'enteredNow',
  'castNow',
  'differsNow',
  'refusedNow',
] as const
export type Done = (typeof DONE)[number]
