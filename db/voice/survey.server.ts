/** SQL of surveys: the survey, that a home has answered, what was answered, the result. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

export type SurveyRow = Selectable<Schema['survey']>
export type SurveyResultRow = Selectable<Schema['survey_result']>

/** Holds a survey until the transaction ends: no answer comes beside its close. */
export async function lockSurvey(tx: Tx, communityId: number, surveyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(772, hashtext(${`${communityId}/survey/${surveyId}`}))`.execute(tx)
}

/** Opens a survey. */
export async function insertSurvey(tx: Tx, row: Insertable<Schema['survey']>): Promise<void> {
  await tx.insertInto('survey').values(row).execute()
}

/** All surveys of a community with their results, newest first. */
export async function listSurveys(tx: Tx, communityId: number) {
  return tx
    .selectFrom('survey')
    .leftJoin('survey_result', join =>
      join
        .onRef('survey_result.community_id', '=', 'survey.community_id')
        .onRef('survey_result.survey_id', '=', 'survey.survey_id'),
    )
    .selectAll('survey')
    .select([
      'survey_result.result',
      'survey_result.closed_at',
      'survey_result.leaf_index as result_leaf_index',
    ])
    .where('survey.community_id', '=', communityId)
    .orderBy('survey.opened_at', 'desc')
    .execute()
}

/** Notes that a home has answered; false when it had before. */
export async function insertSurveyUnit(tx: Tx, row: Insertable<Schema['survey_unit']>): Promise<boolean> {
  const done = await tx
    .insertInto('survey_unit')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** Keeps an answer. */
export async function insertSurveyAnswer(tx: Tx, row: Insertable<Schema['survey_answer']>): Promise<void> {
  await tx.insertInto('survey_answer').values(row).execute()
}

/** The homes that have answered, by name. */
export async function listSurveyUnits(
  tx: Tx,
  communityId: number,
  surveyId: string,
): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('survey_unit')
    .select('unit_id')
    .where('community_id', '=', communityId)
    .where('survey_id', '=', surveyId)
    .orderBy('unit_id')
    .execute()
  return rows.map(row => row.unit_id)
}

/** The answers, by their random names. */
export async function listSurveyAnswers(tx: Tx, communityId: number, surveyId: string) {
  return tx
    .selectFrom('survey_answer')
    .select(['building', 'scores'])
    .where('community_id', '=', communityId)
    .where('survey_id', '=', surveyId)
    .orderBy('answer_id')
    .execute()
}

/** Publishes the result. */
export async function insertSurveyResult(tx: Tx, row: Insertable<Schema['survey_result']>): Promise<void> {
  await tx.insertInto('survey_result').values(row).execute()
}
