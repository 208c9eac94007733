/** The satisfaction survey through the doors of the room, on both databases: one answer per home, nothing before the end, nothing after. */
import { beforeAll, expect, it } from 'vitest'
import { civilDate, instantOf } from '#kernel'
import { checkCommunityNow, readNewestCheck } from '#oversight/server'
import {
  answerSurvey,
  checkVoice,
  closeSurvey,
  openSurvey,
  readSatisfaction,
  readSatisfactionTrend,
  readSurveyHomes,
  readSurveys,
} from '#voice/server'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { unit } from '../votes/polls.ts'
import { freshVillage, must, refusalOf, type Village } from '../votes/village.ts'

const UNITS = [
  ...Array.from({ length: 12 }, (_, i) => unit(`U${i + 1}`, { building: `${1 + (i % 2)}` })).map(each =>
    each.id === 'U3' ? { ...each, owners: ['P-U3', 'P-U3b'] } : each,
  ),
  unit('B117', { building: '9', kind: 'parking', owners: ['P-U4'] }),
]

describeOnOneDatabase('a survey', open => {
  let database: TestDatabase
  let village: Village
  let surveyId: string
  const answer = (person: string, home: string, overall = 5) =>
    answerSurvey(village.portal, village.owner(person), village.community, {
      surveyId,
      unit: home,
      scores: { overall },
    })

  beforeAll(async () => {
    database = await open()
    village = await freshVillage(database, UNITS)
  })

  it('is opened by who may, for a day to come, one at a time', async () => {
    const { portal, community, chair, branch } = village
    expect(refusalOf(await openSurvey(portal, branch, community, '2026-04-01')).code).toBe('not-permitted')
    expect(refusalOf(await openSurvey(portal, chair, community, '2026-03-01')).code).toBe('due-day-malformed')
    surveyId = must(await openSurvey(portal, chair, community, '2026-03-10')).surveyId
    expect(refusalOf(await openSurvey(portal, chair, community, '2026-04-01')).code).toBe(
      'survey-open-already',
    )
  })

  it('is answered once per home, by an owner of it, and no figure moves meanwhile', async () => {
    const { portal, community, chair } = village
    expect(await readSurveyHomes(portal, village.owner('P-U4'), community, surveyId)).toEqual(['U4'])
    for (const index of [1, 2, 3, 4, 5, 6, 7])
      must(await answer(`P-U${index}`, `U${index}`, index < 6 ? 5 : 2))
    expect(refusalOf(await answer('P-U3b', 'U3')).code).toBe('already-answered')
    expect(refusalOf(await answer('P-U1', 'U2')).code).toBe('unit-not-yours')
    expect(refusalOf(await answer('P-U4', 'B117')).code).toBe('unit-not-yours')
    expect(refusalOf(await answer('P-U8', 'U8', 6)).code).toBe('scores-malformed')
    expect(await readSurveys(portal, community)).toMatchObject([{ isOpen: true, answered: 7, figures: null }])
    expect(await readSatisfaction(portal, community)).toBeNull()
    expect(refusalOf(await closeSurvey(portal, chair, community, surveyId)).code).toBe('survey-running')
  })

  it('keeps nothing that leads from an answer to a home', async () => {
    const columns = await database.asOwner(
      `select column_name from information_schema.columns where table_name = 'survey_answer' order by 1`,
    )
    expect(columns.map(row => row.column_name)).toEqual([
      'answer_id',
      'building',
      'community_id',
      'scores',
      'survey_id',
    ])
  })

  it('gives its figures at the end, once, and takes no answer after them', async () => {
    const { portal, community, chair } = village
    portal.clock.moveTo(instantOf(civilDate('2026-03-11'), 9 * 3600))
    expect(refusalOf(await answer('P-U8', 'U8')).code).toBe('survey-closed')
    const figures = must(await closeSurvey(portal, chair, community, surveyId))
    expect(figures).toMatchObject({ homes: 12, answered: 7 })
    expect(figures.buildings.map(each => each.count)).toEqual([null, null])
    expect(refusalOf(await closeSurvey(portal, chair, community, surveyId)).code).toBe('survey-closed')
    expect(await readSatisfaction(portal, community)).toEqual({
      year: 2026,
      homes: 12,
      answered: 7,
      counted: 7,
      content: 5,
    })
    expect(await readSatisfactionTrend(portal, community)).toEqual([
      await readSatisfaction(portal, community),
    ])
    // The night's check keeps it for whoever oversees several communities.
    await checkCommunityNow(portal, community, async () => [])
    const kept = await readNewestCheck(portal, community.communityId)
    expect(kept!.satisfaction).toEqual({ year: 2026, content: 5, counted: 7 })
    await expect(
      database.asOwner(
        'insert into community_check select community_id, now(), 0, findings, items, null, 0, 0, 2026, 8, 7 from community_check',
      ),
    ).rejects.toThrow('community_check_satisfaction')
    expect((await checkVoice(portal, community)).findings).toEqual([])
  })

  it('refuses a late answer in the database itself, and fsck names one that was pushed in', async () => {
    const { portal, community } = village
    const late = `insert into survey_answer select community_id, survey_id, 'late', '1', '{"overall":5}' from survey
      where survey_id = '${surveyId}'`
    await expect(database.asOwner(late)).rejects.toThrow('is closed')
    await database.asOwner('alter table survey_answer disable trigger user')
    await database.asOwner(late)
    const names = async () => (await checkVoice(portal, community)).findings.map(finding => finding.invariant)
    expect(await names()).toEqual(['survey-has-one-answer-per-home', 'survey-matches-log'])
    await database.asOwner(`delete from survey_answer where answer_id = 'late'`)
    await database.asOwner('alter table survey_result disable trigger user')
    await database.asOwner(
      `update survey_result set result = convert_to(replace(convert_from(result, 'UTF8'), '"content":5', '"content":7'), 'UTF8')`,
    )
    expect(await names()).toEqual(['survey-matches-log'])
  })
})
