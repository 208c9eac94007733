/** What the officers' pages of one poll have in common: the poll or 404, the register behind it, and names for those who may read them. */
import { areaText, countText, dateText, type Lang, translate } from '#i18n'
import { type CivilDate, dateOf } from '#kernel'
import { readRegister } from '#people/server'
import type { FrozenFigures, PollCourseView, PollRow } from '#ui/desk'
import {
  earliestOpening,
  isDeveloperStock,
  type Motion,
  measureUnits,
  type Policy,
  type Roll,
  unitsInBase,
} from '#votes'
import { type PollSummary, type PollView, readDesk, readPoll, readPolls, readTurnout } from '#votes/server'
import { isMine, nextOf, stepsOf } from './poll-course.ts'
import type { OfficeVisit } from './visit.server.ts'

/** The poll of an address; 404 when there is none that this person may see. */
export async function pollOf(
  { portal, community, actor }: OfficeVisit,
  pollId: string | undefined,
): Promise<PollView> {
  const poll = await readPoll(portal, community, actor, pollId ?? '')
  if (poll === null) throw new Response(null, { status: 404 })
  return poll
}

/** Today's register as the roll that a notice would freeze. */
export async function rollToday({ portal, community }: OfficeVisit): Promise<Roll> {
  const { developer, units } = await readRegister(
    portal.db,
    community.communityId,
    dateOf(portal.clock.now()),
  )
  return {
    developer,
    units: units.map(({ unitId, areaCentiM2, number: _, ...unit }) => ({
      ...unit,
      id: unitId,
      area: areaCentiM2,
    })),
  }
}

/** The figures of the base of the first question; all questions of a motion share one scope. */
export function figuresOfBase(roll: Roll, motion: Pick<Motion, 'questions'>, policy: Policy): FrozenFigures {
  const scope = motion.questions[0]?.matter.scope ?? null
  const base = unitsInBase(roll, scope, policy.countSpecialSpaces)
  const { area, heads } = measureUnits(roll, base)
  const stock = base.filter(isDeveloperStock)
  return {
    units: base.length,
    unitsNotCounted: roll.units.length - base.length,
    area,
    heads: Number(heads),
    developer: stock.length === 0 ? null : { units: stock.length, area: measureUnits(roll, stock).area },
  }
}

/** The first day on which it could open if it were announced now. */
export function earliestOf({ portal }: OfficeVisit, days: Motion['course']): CivilDate {
  return earliestOpening(dateOf(portal.clock.now()), days)
}

/** What keeps a draft from being announced, in words. */
export async function missingOf(visit: OfficeVisit, poll: PollView, lang: Lang): Promise<readonly string[]> {
  if (poll.state !== 'draft') return []
  const t = translate(lang)
  const missing: string[] = []
  const earliest = earliestOf(visit, poll.motion.course)
  if (dateOf(poll.opensAt) < earliest) {
    missing.push(t('pollRefusal.opens-too-early', { date: dateText(earliest, lang) }))
  }
  if (figuresOfBase(await rollToday(visit), poll.motion, poll.policy).units === 0) {
    missing.push(t('pollRefusal.base-empty'))
  }
  return missing
}

/** The rows of the list; a poll that needs its details for the next act is read whole. */
export async function pollRows(visit: OfficeVisit, lang: Lang): Promise<readonly PollRow[]> {
  const { portal, community, actor } = visit
  const polls = await readPolls(portal, community, actor)
  return Promise.all(polls.map(poll => rowOf(visit, poll, lang)))
}

async function rowOf(visit: OfficeVisit, summary: PollSummary, lang: Lang): Promise<PollRow> {
  const poll = await pollOf(visit, summary.pollId)
  const missing = await missingOf(visit, poll, lang)
  const next = nextOf(poll, visit.portal.clock.now(), missing.length === 0)
  return {
    pollId: poll.pollId,
    title: poll.motion.title,
    state: poll.state,
    next: next.act,
    nextAt: next.at,
    isMine: isMine(next.act, visit.frame.may),
  }
}

/** The poll's own page. */
export async function courseView(visit: OfficeVisit, poll: PollView, lang: Lang): Promise<PollCourseView> {
  const { portal, community, actor, frame } = visit
  const now = portal.clock.now()
  const missing = await missingOf(visit, poll, lang)
  const next = nextOf(poll, now, missing.length === 0)
  const desk =
    poll.state === 'draft' || !frame.may.enter ? null : await readDesk(portal, actor, community, poll.pollId)
  const pending = desk?.pending ?? []
  const canExtend = poll.motion.course.extensionAllowed && /^(?:notice|open)$/.test(poll.state)
  return {
    pollId: poll.pollId,
    title: poll.motion.title,
    state: poll.state,
    next: next.act,
    nextAt: next.at,
    isMine: isMine(next.act, frame.may),
    missing,
    steps: stepsOf(poll, next),
    officialVoting: poll.motion.officialVoting,
    officialSystem: poll.motion.officialSystem,
    extensible: canExtend && now <= poll.closesAt ? { closesAt: poll.closesAt } : null,
    figures: await courseFigures(visit, poll, lang),
    waiting: {
      papers: pending.filter(paper => paper.waitsFor !== 'third').length,
      differences: pending.filter(paper => paper.waitsFor === 'third').length,
      objections: poll.objections.made - poll.objections.answered,
    },
  }
}

async function courseFigures(
  { portal, community }: OfficeVisit,
  poll: PollView,
  lang: Lang,
): Promise<PollCourseView['figures']> {
  const t = translate(lang)
  const turnout = poll.state === 'draft' ? null : await readTurnout(portal.db, community, poll.pollId)
  if (turnout === null) return []
  const { total, received } = turnout
  return [
    {
      label: t('officePolls.receivedArea'),
      value: areaText(received.area),
      note: t('officePolls.ofTotal', { total: areaText(total.area) }),
    },
    {
      label: t('officePolls.receivedHeads'),
      value: countText(received.heads),
      note: t('officePolls.ofTotal', { total: countText(total.heads) }),
    },
  ]
}
