/**
 * The survey after a service: asked of the homes for whom a request was answered, of whoever listed it and of the neighbours who
 * said "me too". One answer per home and service; what was answered stands apart from who answered, as in the yearly survey.
 */
import type { Tx } from '#db'
import {
  deleteServiceSentences,
  findCase,
  insertServiceAnswer,
  insertServiceHome,
  insertServiceRound,
  insertServiceSentence,
  listEvents,
  listRendered,
  listServiceAnswers,
  listServiceHomes,
  listServiceRounds,
  listServiceSentences,
  lockService,
} from '#db/voice'
import {
  addMonths,
  type CivilDate,
  canonicalText,
  dateOf,
  err,
  firstDayOf,
  instantOf,
  isId,
  ok,
  type Period,
  period,
  periodOf,
  type Result,
  sha256Hex,
} from '#kernel'
import { type Actor, can } from '#people'
import { readHomesOf } from '#people/server'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import type { VoiceCommunity } from './case-access.server.ts'
import { serviceLeaf } from './leaf.ts'
import { redact } from './redaction.ts'
import {
  answerableUntil,
  areServiceScores,
  encodeServiceFigures,
  LONGEST_SENTENCE,
  lastSettledMonth,
  parseServiceFigures,
  roundDue,
  SENTENCE_MONTHS,
  type ServiceFigures,
  type ServiceRound,
  type ServiceScores,
  tallyService,
} from './service.ts'
import { type Category, isCategory } from './subject.ts'

/** A service about which the reader's home is asked. */
export interface ServiceQuestion {
  readonly caseId: string
  readonly category: Category
  readonly renderedOn: CivilDate
  readonly until: CivilDate
  /** Homes of the reader that have not answered; empty once they have. */
  readonly homes: readonly string[]
}

export type ServiceRefusal =
  | { readonly code: 'not-permitted' }
  /** No such service, or one that is none of the reader's. */
  | { readonly code: 'service-unknown' }
  | { readonly code: 'survey-closed' }
  | { readonly code: 'already-answered' }
  | { readonly code: 'scores-malformed' }
  | { readonly code: 'text-too-long'; readonly limit: number }

interface Rendered {
  readonly case_id: string
  readonly opened_by: string
  readonly is_on_behalf: boolean
  readonly is_private: boolean
}

/** The one home of somebody that speaks about a service: the first, so that many flats are no many voices. */
async function homeOf(tx: Tx, communityId: number, userId: string, on: CivilDate): Promise<string | null> {
  const [first] = await readHomesOf(tx, communityId, userId, on)
  return first?.unitId ?? null
}

/** The homes that are asked: of the asker, unless an officer wrote it down, and of those who said "me too". */
async function homesAsked(
  tx: Tx,
  communityId: number,
  row: Rendered,
  on: CivilDate,
): Promise<ReadonlySet<string>> {
  const events = await listEvents(tx, communityId, [row.case_id])
  const supporters = events.filter(event => event.act === 'support').map(event => event.by_user)
  const users = [...(row.is_on_behalf ? [] : [row.opened_by]), ...supporters]
  const homes = new Set<string>()
  for (const userId of users) {
    const home = await homeOf(tx, communityId, userId, on)
    if (home !== null) homes.add(home)
  }
  return homes
}

/** The service of a case, to whoever is asked about it; null to anybody else, and while nothing was rendered. */
async function findQuestion(
  tx: Tx,
  actor: Actor,
  communityId: number,
  caseId: string,
): Promise<ServiceQuestion | null> {
  const row = isId(caseId) ? await findCase(tx, communityId, caseId) : undefined
  if (row === undefined || row.kind !== 'request' || !isCategory(row.category ?? '')) return null
  // Nobody but its asker is told of a private request, whoever lives with them.
  if (row.is_private && (row.is_on_behalf || row.opened_by !== actor.userId)) return null
  const events = await listEvents(tx, communityId, [caseId])
  const reply = events.findLast(event => event.act === 'reply')
  if (reply === undefined || (row.state !== 'replied' && row.state !== 'rated')) return null
  const renderedOn = dateOf(reply.at)
  const asked = await homesAsked(tx, communityId, row, renderedOn)
  const own = (await readHomesOf(tx, communityId, actor.userId, renderedOn)).map(unit => unit.unitId)
  const concerned = own.filter(unit => asked.has(unit))
  if (concerned.length === 0) return null
  const answered = (await listServiceHomes(tx, communityId, { caseId })).map(home => home.unit_id)
  return {
    caseId,
    category: row.category as Category,
    renderedOn,
    until: answerableUntil(renderedOn),
    homes: concerned.filter(unit => !answered.includes(unit)),
  }
}

/** What the reader's home is asked about a case; null when it is not. */
export async function readServiceQuestion(
  portal: Portal,
  actor: Actor,
  { communityId }: VoiceCommunity,
  caseId: string,
): Promise<(ServiceQuestion & { readonly isOpen: boolean }) | null> {
  if (!can(actor, 'survey:answer', communityId)) return null
  const question = await findQuestion(portal.db, actor, communityId, caseId)
  const today = dateOf(portal.clock.now())
  return question && { ...question, isOpen: question.homes.length > 0 && today <= question.until }
}

/** Answers about a service for one's home, once. Needs `survey:answer`. The sentence is kept with its numbers covered. */
export async function answerService(
  portal: Portal,
  actor: Actor,
  { communityId }: VoiceCommunity,
  answer: {
    readonly caseId: string
    readonly scores: Readonly<Record<string, number>>
    readonly sentence: string
  },
): Promise<Result<null, ServiceRefusal>> {
  if (!can(actor, 'survey:answer', communityId)) return err({ code: 'not-permitted' })
  const { caseId, scores } = answer
  if (!areServiceScores(scores)) return err({ code: 'scores-malformed' })
  const { text: sentence } = redact(answer.sentence)
  if ([...sentence].length > LONGEST_SENTENCE) return err({ code: 'text-too-long', limit: LONGEST_SENTENCE })
  return portal.db.transaction().execute(async tx => {
    await lockService(tx, communityId)
    const question = await findQuestion(tx, actor, communityId, caseId)
    if (question === null) return err({ code: 'service-unknown' })
    if (dateOf(portal.clock.now()) > question.until) return err({ code: 'survey-closed' })
    const [unit] = question.homes
    if (unit === undefined) return err({ code: 'already-answered' })
    const month = periodOf(question.renderedOn)
    await insertServiceHome(tx, { community_id: communityId, case_id: caseId, unit_id: unit, period: month })
    const said = { community_id: communityId, period: month, category: question.category }
    const { speed, result, manner } = scores
    const kept = canonicalText({ speed, result, manner })
    await insertServiceAnswer(tx, { ...said, answer_id: portal.random.id(), scores: kept })
    if (sentence !== '') {
      await insertServiceSentence(tx, { ...said, sentence_id: portal.random.id(), value: sentence })
    }
    return ok(null)
  })
}

/** A published round. */
export interface PublishedRound {
  readonly roundNo: number
  readonly publishedAt: Date
  readonly figures: ServiceFigures
}

/** Published rounds, newest first. */
export async function readServiceRounds(
  portal: Portal,
  { communityId }: VoiceCommunity,
): Promise<readonly PublishedRound[]> {
  return (await listServiceRounds(portal.db, communityId)).map(row => ({
    roundNo: row.round_no,
    publishedAt: row.published_at,
    figures: parseServiceFigures(row.result),
  }))
}

/** Sentences of months whose answers are published, for those who arrange the voice. Needs `voice:arrange`; null without. */
export async function readServiceSentences(
  portal: Portal,
  actor: Actor,
  { communityId }: VoiceCommunity,
): Promise<readonly { readonly id: string; readonly category: Category; readonly text: string }[] | null> {
  if (!can(actor, 'voice:arrange', communityId)) return null
  const [last] = await listServiceRounds(portal.db, communityId)
  if (last === undefined) return []
  const rows = await listServiceSentences(portal.db, communityId, last.through, 200)
  return rows.map(row => ({ id: row.sentence_id, category: row.category as Category, text: row.value }))
}

/** How often a home was asked about what was rendered in a round: those that answered, and those that could have. */
async function countAsked(tx: Tx, communityId: number, { from, through }: ServiceRound): Promise<number> {
  const keyOf = (caseId: string, unit: string) => `${caseId} ${unit}`
  const homes = await listServiceHomes(tx, communityId, { from, through })
  const asked = new Set(homes.map(home => keyOf(home.case_id, home.unit_id)))
  for (const row of await listRendered(tx, communityId, instantOf(firstDayOf(from)))) {
    const on = dateOf(row.rendered_at)
    if (periodOf(on) > through) continue
    for (const unit of await homesAsked(tx, communityId, row, on)) asked.add(keyOf(row.case_id, unit))
  }
  return asked.size
}

/** The earliest month in which something was rendered; null when nothing was. */
async function firstMonth(tx: Tx, communityId: number): Promise<Period | null> {
  const rendered = await listRendered(tx, communityId, new Date(0))
  return rendered.map(row => periodOf(dateOf(row.rendered_at))).toSorted()[0] ?? null
}

/** Publishes the round that is due, when it holds enough answers; true when it did. Anybody's clock may ask. */
export async function publishServiceRound(
  portal: Portal,
  { communityId, logOrigin }: VoiceCommunity,
): Promise<boolean> {
  return portal.db.transaction().execute(async tx => {
    await lockService(tx, communityId)
    const now = portal.clock.now()
    const [last] = await listServiceRounds(tx, communityId)
    const published = last === undefined ? null : period(last.through)
    const first = published === null ? await firstMonth(tx, communityId) : null
    const round = roundDue(dateOf(now), first, published)
    if (round === null) return false
    const answers = (await listServiceAnswers(tx, communityId, round.from, round.through)).map(row => ({
      category: row.category as Category,
      scores: JSON.parse(row.scores) as ServiceScores,
    }))
    const homes = (await listServiceHomes(tx, communityId, round)).map(row => ({
      category: row.category as Category,
      unit: row.unit_id,
    }))
    const figures = tallyService(round, await countAsked(tx, communityId, round), answers, homes)
    if (figures === null) return false
    const result = encodeServiceFigures(figures)
    const roundNo = (last?.round_no ?? 0) + 1
    const leaf = serviceLeaf(logOrigin, roundNo, round.through, sha256Hex(result), now)
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertServiceRound(tx, {
      community_id: communityId,
      round_no: roundNo,
      through: round.through,
      result,
      published_at: now,
      leaf_index: BigInt(firstIndex),
    })
    return true
  })
}

/** Removes sentences that have had their time. */
export async function forgetSentences(portal: Portal, { communityId }: VoiceCommunity): Promise<void> {
  const last = lastSettledMonth(dateOf(portal.clock.now()))
  await deleteServiceSentences(portal.db, communityId, addMonths(last, -SENTENCE_MONTHS))
}
