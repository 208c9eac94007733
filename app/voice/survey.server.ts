/**
 * The yearly satisfaction survey: opened by the residents' committee, answered once per home, its figures published when it
 * is over and not before, so that nobody watches the figures move with a neighbour's answer.
 */
import {
  insertSurvey,
  insertSurveyAnswer,
  insertSurveyResult,
  insertSurveyUnit,
  listSurveyAnswers,
  listSurveys,
  listSurveyUnits,
  lockSurvey,
} from '#db/voice'
import {
  type CivilDate,
  canonicalText,
  civilDate,
  dateOf,
  err,
  ok,
  parseCivilDate,
  type Result,
  sha256Hex,
} from '#kernel'
import { type Actor, can, isHome } from '#people'
import { readHomesOf, readRegister } from '#people/server'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import type { VoiceCommunity } from './case-access.server.ts'
import { surveyLeaf } from './leaf.ts'
import {
  areScores,
  encodeFigures,
  parseFigures,
  type Scores,
  type SurveyFigures,
  tallySurvey,
} from './satisfaction.ts'

/** A survey as everybody sees it. */
export interface SurveyView {
  readonly surveyId: string
  readonly year: number
  readonly closesOn: CivilDate
  readonly openedAt: Date
  readonly isOpen: boolean
  /** How many homes have answered so far. */
  readonly answered: number
  /** Null until the result is published. */
  readonly figures: SurveyFigures | null
  readonly closedAt: Date | null
}

export type SurveyRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'survey-unknown' }
  | { readonly code: 'survey-closed' }
  | { readonly code: 'survey-running'; readonly until: CivilDate }
  | { readonly code: 'survey-open-already' }
  | { readonly code: 'due-day-malformed' }
  | { readonly code: 'unit-not-yours' }
  | { readonly code: 'already-answered' }
  | { readonly code: 'scores-malformed' }

/** All surveys, newest first. */
export async function readSurveys(
  portal: Portal,
  { communityId }: VoiceCommunity,
): Promise<readonly SurveyView[]> {
  const today = dateOf(portal.clock.now())
  const views: SurveyView[] = []
  for (const row of await listSurveys(portal.db, communityId)) {
    const closesOn = civilDate(row.closes_on)
    views.push({
      surveyId: row.survey_id,
      year: row.year,
      closesOn,
      openedAt: row.opened_at,
      isOpen: row.result === null && today <= closesOn,
      answered: (await listSurveyUnits(portal.db, communityId, row.survey_id)).length,
      figures: row.result === null ? null : parseFigures(row.result),
      closedAt: row.closed_at,
    })
  }
  return views
}

/** The rate that stands: of the newest survey whose figures could be published. Null when there is none. */
export async function readSatisfaction(
  portal: Portal,
  community: VoiceCommunity,
): Promise<{
  readonly year: number
  readonly homes: number
  readonly answered: number
  readonly counted: number
  readonly content: number
} | null> {
  const surveys = await readSurveys(portal, community)
  for (const { year, figures } of surveys) {
    const overall = figures?.aspects?.overall ?? null
    if (figures !== null && overall !== null) {
      const { homes, answered } = figures
      return { year, homes, answered, ...overall }
    }
  }
  return null
}

/** Opens the survey of this year. Needs `voice:arrange`. One at a time. */
export async function openSurvey(
  portal: Portal,
  actor: Actor,
  community: VoiceCommunity,
  closesOn: string,
): Promise<Result<{ readonly surveyId: string }, SurveyRefusal>> {
  const { communityId, logOrigin } = community
  if (!can(actor, 'voice:arrange', communityId)) return err({ code: 'not-permitted' })
  const now = portal.clock.now()
  const day = parseCivilDate(closesOn)
  if (!day.ok || day.value <= dateOf(now)) return err({ code: 'due-day-malformed' })
  return portal.db.transaction().execute(async tx => {
    await lockSurvey(tx, communityId, 'new')
    const open = (await listSurveys(tx, communityId)).some(row => row.result === null)
    if (open) return err({ code: 'survey-open-already' })
    const surveyId = portal.random.id()
    const year = Number(dateOf(now).slice(0, 4))
    const leaf = surveyLeaf(logOrigin, surveyId, { act: 'open', year, closesOn: day.value }, now)
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertSurvey(tx, {
      community_id: communityId,
      survey_id: surveyId,
      year,
      closes_on: day.value,
      opened_by: actor.userId,
      opened_at: now,
      leaf_index: BigInt(firstIndex),
    })
    return ok({ surveyId })
  })
}

/** The reader's homes that have not answered yet. */
export async function readSurveyHomes(
  portal: Portal,
  actor: Actor,
  { communityId }: VoiceCommunity,
  surveyId: string,
): Promise<readonly string[]> {
  const homes = await readHomesOf(portal.db, communityId, actor.userId, dateOf(portal.clock.now()))
  const answered = await listSurveyUnits(portal.db, communityId, surveyId)
  return homes.filter(unit => !answered.includes(unit.unitId)).map(unit => unit.unitId)
}

/** Answers for the home one owns or rents: once, whoever of it comes first. Needs `survey:answer`. */
export async function answerSurvey(
  portal: Portal,
  actor: Actor,
  community: VoiceCommunity,
  answer: { readonly surveyId: string; readonly unit: string; readonly scores: Scores },
): Promise<Result<null, SurveyRefusal>> {
  const { communityId } = community
  const { surveyId, unit, scores } = answer
  if (!can(actor, 'survey:answer', communityId)) return err({ code: 'not-permitted' })
  if (!areScores(scores)) return err({ code: 'scores-malformed' })
  return portal.db.transaction().execute(async tx => {
    const today = dateOf(portal.clock.now())
    const homes = await readHomesOf(tx, communityId, actor.userId, today)
    const home = homes.find(each => each.unitId === unit)
    if (home === undefined) return err({ code: 'unit-not-yours' })
    await lockSurvey(tx, communityId, surveyId)
    const survey = (await listSurveys(tx, communityId)).find(row => row.survey_id === surveyId)
    if (survey === undefined) return err({ code: 'survey-unknown' })
    if (survey.result !== null || today > survey.closes_on) return err({ code: 'survey-closed' })
    const key = { community_id: communityId, survey_id: surveyId }
    if (!(await insertSurveyUnit(tx, { ...key, unit_id: unit }))) return err({ code: 'already-answered' })
    await insertSurveyAnswer(tx, {
      ...key,
      answer_id: portal.random.id(),
      building: home.building,
      scores: canonicalText({ ...scores }),
    })
    return ok(null)
  })
}

/** Publishes the figures of a survey that is over. Needs `voice:arrange`. */
export async function closeSurvey(
  portal: Portal,
  actor: Actor,
  community: VoiceCommunity,
  surveyId: string,
): Promise<Result<SurveyFigures, SurveyRefusal>> {
  const { communityId, logOrigin } = community
  if (!can(actor, 'voice:arrange', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    await lockSurvey(tx, communityId, surveyId)
    const survey = (await listSurveys(tx, communityId)).find(row => row.survey_id === surveyId)
    if (survey === undefined) return err({ code: 'survey-unknown' })
    if (survey.result !== null) return err({ code: 'survey-closed' })
    const now = portal.clock.now()
    const closesOn = civilDate(survey.closes_on)
    if (dateOf(now) <= closesOn) return err({ code: 'survey-running', until: closesOn })
    const { units } = await readRegister(tx, communityId, closesOn)
    const answers = (await listSurveyAnswers(tx, communityId, surveyId)).map(row => ({
      building: row.building,
      scores: JSON.parse(row.scores) as Scores,
    }))
    const figures = tallySurvey(units.filter(isHome), answers)
    const result = encodeFigures(survey.year, figures)
    const leaf = surveyLeaf(logOrigin, surveyId, { act: 'result', result: sha256Hex(result) }, now)
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertSurveyResult(tx, {
      community_id: communityId,
      survey_id: surveyId,
      result,
      closed_by: actor.userId,
      closed_at: now,
      leaf_index: BigInt(firstIndex),
    })
    return ok(figures)
  })
}
