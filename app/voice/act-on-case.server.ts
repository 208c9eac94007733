/**
 * Takes the next act on a case: who may, in which state, with what. One way for all acts, because the tables say the rest.
 * Nobody answers, orders or settles what they asked themselves, and nobody judges for another.
 */

import { openTopicWithin } from '#council/server'
import type { Tx } from '#db'
import { findCase, listEvents, lockCase, type StandingCase } from '#db/voice'
import { assert, type CivilDate, dateOf, err, isId, ok, parseCivilDate, type Result } from '#kernel'
import { type Actor, can, officesFor, type Role } from '#people'
import { enqueueMessage } from '#people/server'
import type { Portal } from '#platform'
import { readClocks } from './arrange-voice.server.ts'
import {
  appendAct,
  type CaseRefusal,
  checkDocuments,
  checkText,
  mayRead,
  officesHeld,
  type TextRefusal,
  type VoiceCommunity,
} from './case-access.server.ts'
import { type ClockName, type Clocks, termOf } from './clocks.ts'
import { type Act, type CaseState, isOverdue, nextState } from './course.ts'
import { caseDigest, type EventDetail, type HiddenText } from './leaf.ts'
import { type ActRule, officeOf, RULES } from './rules.ts'
import { isSeat, officesOfSeat } from './subject.ts'

/** An act that can be taken on a case that is open. */
export type NextAct = Exclude<Act, 'ask' | 'list'>

export interface ActRequest {
  readonly caseId: string
  readonly act: NextAct
  readonly text?: string
  readonly documents?: readonly string[]
  /** `YYYY-MM-DD`, not before today. */
  readonly dueOn?: string
  readonly stars?: number
  readonly into?: string
  readonly target?: number
}

export type ActRefusal =
  | CaseRefusal
  | TextRefusal
  /** Asked by this very person: somebody else has to answer, order or settle. */
  | { readonly code: 'own-case' }
  /** Asked by somebody else: only they judge. */
  | { readonly code: 'not-your-case' }
  | { readonly code: 'already-supported' }
  /** The answer is not overdue yet, so there is nothing to urge. */
  | { readonly code: 'not-overdue'; readonly dueOn: CivilDate | null }
  /** The asker still has time to judge. */
  | { readonly code: 'asker-has-time'; readonly until: CivilDate | null }
  | { readonly code: 'due-day-malformed' }
  | { readonly code: 'stars-malformed' }
  | { readonly code: 'other-case-unknown' }
  | { readonly code: 'event-unknown' }
  /** A character that no minutes could print: the words of a referral become the topic of the council. */
  | { readonly code: 'text-unprintable' }

interface Standing {
  readonly row: StandingCase
  readonly events: Awaited<ReturnType<typeof listEvents>>
  readonly today: CivilDate
}

/** The office in which the actor may take the act, or why not. */
function judgeWho(
  actor: Actor,
  communityId: number,
  rule: ActRule,
  { row, events }: Standing,
): Result<Role, ActRefusal> {
  const held = officesHeld(actor, communityId)
  const isOwn = row.opened_by === actor.userId
  if (rule.by === 'asker' && row.is_on_behalf) {
    // Written down for somebody: whoever did so brings their word back, unless the answer is their own.
    const hasReplied = events.some(event => event.act === 'reply' && event.by_user === actor.userId)
    const office = officeOf(held, officesFor('request:handle'))
    if (!isOwn || office === null) return err({ code: 'not-your-case' })
    return hasReplied ? err({ code: 'own-case' }) : ok(office)
  }
  if (!can(actor, rule.needs, communityId)) return err({ code: 'not-permitted' })
  if (rule.by === 'asker') return isOwn ? ok('owner') : err({ code: 'not-your-case' })
  if (rule.by === 'owner') return isOwn ? err({ code: 'own-case' }) : ok('owner')
  if (isOwn && !row.is_on_behalf) return err({ code: 'own-case' })
  assert(isSeat(row.seat), `no seat: ${row.seat}`)
  const wanted = rule.by === 'seat' ? officesOfSeat(row.seat) : officesFor(rule.needs)
  const office = officeOf(held, wanted)
  return office === null ? err({ code: 'not-permitted' }) : ok(office)
}

/** The state it leads to, or why it cannot be done now. */
function judgeWhen(
  act: NextAct,
  { row, events, today }: Standing,
  actor: Actor,
): Result<CaseState, ActRefusal> {
  const next = nextState(row.kind, row.state, act)
  if (next === null) return err({ code: 'case-state', state: row.state })
  const dueOn = row.due_on as CivilDate | null
  if (act === 'order' && row.state === 'asked' && !isOverdue(row.state, dueOn, today)) {
    return err({ code: 'not-overdue', dueOn })
  }
  if (act === 'lapse' && (dueOn === null || today <= dueOn))
    return err({ code: 'asker-has-time', until: dueOn })
  if (act === 'support') {
    if (row.state !== 'listed' && row.state !== 'taken' && row.kind === 'request') {
      return err({ code: 'case-state', state: row.state })
    }
    const has = events.some(event => event.act === 'support' && event.by_user === actor.userId)
    if (has || row.is_private) return err({ code: row.is_private ? 'case-unknown' : 'already-supported' })
  }
  return ok(next)
}

/** The figures and references that an act brings, checked for shape and sense. */
async function judgeDetail(
  tx: Tx,
  community: VoiceCommunity,
  rule: ActRule,
  request: ActRequest,
  { row, events, today }: Standing,
): Promise<Result<EventDetail, ActRefusal>> {
  const detail: Record<string, string | number> = {}
  if (rule.dueOn !== undefined) {
    const day = parseCivilDate(request.dueOn ?? '')
    if (!day.ok || day.value < today) return err({ code: 'due-day-malformed' })
    detail.dueOn = day.value
  }
  if (rule.stars !== undefined) {
    const stars = request.stars ?? 0
    if (!Number.isSafeInteger(stars) || stars < 1 || stars > 5) return err({ code: 'stars-malformed' })
    detail.stars = stars
  }
  if (rule.into !== undefined) {
    const into = request.into ?? ''
    const other = isId(into) ? await findCase(tx, community.communityId, into) : undefined
    const fits = other !== undefined && other.kind === row.kind && into !== row.case_id && !other.is_private
    if (!fits || other.state === 'merged') return err({ code: 'other-case-unknown' })
    detail.into = caseDigest(into)
  }
  if (rule.target !== undefined) {
    const named = events.find(event => event.event_no === request.target)
    if (named === undefined || named.text_digest === null) return err({ code: 'event-unknown' })
    detail.target = named.event_no
  }
  return ok(detail)
}

/** Which clock starts with an act. */
const CLOCK_OF: { readonly [Name in NextAct]?: ClockName } = {
  answer: 'judgeDays',
  take: 'replyDays',
  reopen: 'replyDays',
}

/** The day by which the next turn ends, with what the leaf says of it. */
function termAfter(clocks: Clocks, act: NextAct, detail: EventDetail, { row, today }: Standing) {
  if (detail.dueOn !== undefined) return { dueOn: detail.dueOn as CivilDate, said: {} }
  const clock = CLOCK_OF[act]
  if (clock !== undefined) {
    const { dueOn, isCalendarKnown } = termOf(clocks, clock, today)
    return { dueOn, said: { dueOn, ...(isCalendarKnown ? {} : { isCalendarKnown: false }) } }
  }
  const stays = act === 'support' || act === 'hide' || act === 'show'
  return { dueOn: stays ? (row.due_on as CivilDate | null) : null, said: {} }
}

function textOf(
  rule: ActRule,
  request: ActRequest,
  isPublic: boolean,
): Result<HiddenText | null, TextRefusal> {
  const isEmpty = (request.text ?? '').trim() === ''
  if (rule.text === undefined || (rule.text === 'may' && isEmpty)) return ok(null)
  return checkText({ text: request.text ?? '' }, isPublic)
}

/** Acts of which those concerned are told, if they chose to be. */
const TOLD: readonly NextAct[] = ['answer', 'report', 'reply', 'settle']

/** Tells the asker, and of a reply to a request the neighbours who said "me too" as well: their homes are asked how it went. */
async function tellConcerned(
  portal: Portal,
  tx: Tx,
  community: VoiceCommunity,
  { row, events }: Standing,
  eventNo: number,
) {
  const isService = row.kind === 'request'
  const supporters = events.filter(event => event.act === 'support').map(event => event.by_user)
  for (const userId of new Set([row.opened_by, ...(isService ? supporters : [])])) {
    await enqueueMessage(portal, tx, {
      communityId: community.communityId,
      userId,
      kind: isService ? 'service-rendered' : 'question-answered',
      subjectKey: `${row.case_id}/${eventNo}`,
      values: { subject: row.subject_key ?? row.category ?? '' },
    })
  }
}

const LONGEST_TITLE = 60

/**
 * A referral is a topic of the council at once, in the same transaction. Its title is the first line of what the referring officer
 * wrote, never the asker's words: those can be hidden or erased.
 */
async function referToCouncil(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  community: VoiceCommunity,
  { caseId, text }: { readonly caseId: string; readonly text: string },
): Promise<Result<null, ActRefusal>> {
  const [first = ''] = text.split('\n')
  const title = [...first.trim()].slice(0, LONGEST_TITLE).join('')
  const topic = { title, summary: text, source: 'challenge', reference: caseId }
  const opened = await openTopicWithin(portal, tx, actor, community, topic)
  if (opened.ok) return ok(null)
  return err({ code: opened.error.code === 'not-permitted' ? 'not-permitted' : 'text-unprintable' })
}

/** Takes an act on a case. The rule of the act says who may and what it needs. */
export async function actOnCase(
  portal: Portal,
  actor: Actor,
  community: VoiceCommunity,
  request: ActRequest,
): Promise<Result<{ readonly state: CaseState }, ActRefusal>> {
  const { communityId } = community
  const { caseId, act } = request
  const rule = RULES[act]
  if (!isId(caseId)) return err({ code: 'case-unknown' })
  return portal.db.transaction().execute(async tx => {
    await lockCase(tx, communityId, caseId)
    const row = await findCase(tx, communityId, caseId)
    // Whoever may not see a private request is told nothing that would show that there is one.
    if (row === undefined || !mayRead(actor, communityId, row)) return err({ code: 'case-unknown' })
    const now = portal.clock.now()
    const events = await listEvents(tx, communityId, [caseId])
    const standing: Standing = { row, events, today: dateOf(now) }
    const office = judgeWho(actor, communityId, rule, standing)
    if (!office.ok) return office
    const next = judgeWhen(act, standing, actor)
    if (!next.ok) return next
    const detail = await judgeDetail(tx, community, rule, request, standing)
    if (!detail.ok) return detail
    const hidden = textOf(rule, request, !row.is_private)
    if (!hidden.ok) return hidden
    const wanted = rule.documents === undefined ? [] : (request.documents ?? [])
    const documents = await checkDocuments(tx, actor, community, wanted)
    if (!documents.ok) return documents
    if (act === 'refer') {
      const said = { caseId, text: hidden.value?.text ?? '' }
      const referred = await referToCouncil(portal, tx, actor, community, said)
      if (!referred.ok) return referred
    }
    const term = termAfter(await readClocks(tx, community), act, detail.value, standing)
    const hasFiles = documents.value.length > 0
    const eventNo = events.length + 1
    await appendAct(portal, tx, community, {
      caseId,
      kind: row.kind,
      eventNo,
      act,
      at: now,
      userId: actor.userId,
      office: office.value,
      detail: {
        ...detail.value,
        ...term.said,
        ...(hasFiles && !row.is_private ? { documents: documents.value } : {}),
      },
      hidden:
        hasFiles && row.is_private && hidden.value !== null
          ? { ...hidden.value, documents: documents.value }
          : hidden.value,
      next: { state: next.value, dueOn: term.dueOn },
    })
    if (TOLD.includes(act)) await tellConcerned(portal, tx, community, standing, eventNo)
    return ok({ state: next.value })
  })
}
