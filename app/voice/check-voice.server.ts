/**
 * The re-deriver (fsck) of the voice: makes every leaf again from its row, walks every case through its course, and opens
 * every digest whose text is still there. Reads only; names what is off.
 */

import { readEntries } from '#db/tlog'
import {
  listAllCases,
  listClocks,
  listEvents,
  listSurveyAnswers,
  listSurveys,
  listSurveyUnits,
  listTexts,
  type StandingCase,
} from '#db/voice'
import { canonicalText, equalBytes, parseCanonical, sha256Hex } from '#kernel'
import type { Portal } from '#platform'
import type { VoiceCommunity } from './case-access.server.ts'
import { checkService } from './check-service.server.ts'
import { type Act, replay } from './course.ts'
import { clocksLeaf, type EventDetail, eventLeaf, type HiddenText, surveyLeaf, textDigest } from './leaf.ts'
import { parseFigures } from './satisfaction.ts'

/** What must hold of stored cases; a finding names one of these. */
export const VOICE_INVARIANTS = [
  'act-matches-log',
  'leaf-has-its-act',
  'course-is-lawful',
  'state-is-of-the-acts',
  'text-matches-log',
  'clocks-match-log',
  'survey-matches-log',
  'survey-has-one-answer-per-home',
  'service-matches-log',
  'service-has-one-answer-per-home',
] as const

export interface VoiceFinding {
  readonly invariant: (typeof VOICE_INVARIANTS)[number]
  readonly reference: string
  readonly found: string
}

const ENTRIES_AT_ONCE = 1_000
const CASES_AT_ONCE = 200

/** Every leaf of this room, by index. */
async function readVoiceLeaves(portal: Portal, communityId: number): Promise<Map<number, Uint8Array>> {
  const leaves = new Map<number, Uint8Array>()
  for (let first = 0; ; first += ENTRIES_AT_ONCE) {
    const entries = await readEntries(portal.db, communityId, first, ENTRIES_AT_ONCE)
    for (const { index, entry } of entries) {
      const json = parseCanonical(entry)
      const type = json.ok ? (json.value as { readonly t?: unknown } | null)?.t : undefined
      if (typeof type === 'string' && type.startsWith('voice.')) leaves.set(index, entry)
    }
    if (entries.length < ENTRIES_AT_ONCE) return leaves
  }
}

type Events = Awaited<ReturnType<typeof listEvents>>

/** One case: its acts against the log, its course, its state. Takes the leaves it finds out of the map. */
function checkCase(
  community: VoiceCommunity,
  row: StandingCase,
  events: Events,
  leaves: Map<number, Uint8Array>,
): VoiceFinding[] {
  const findings: VoiceFinding[] = []
  for (const [index, event] of events.entries()) {
    const reference = `${row.case_id} act ${event.event_no}`
    const leafIndex = Number(event.leaf_index)
    const leaf = leaves.get(leafIndex)
    const made = eventLeaf({
      log: community.logOrigin,
      caseId: row.case_id,
      kind: row.kind,
      eventNo: event.event_no,
      act: event.act as Act,
      at: event.at,
      office: event.by_office,
      detail: JSON.parse(event.detail) as EventDetail,
      textDigest: event.text_digest,
    })
    const isOwn = leaf !== undefined && equalBytes(leaf, made) && event.event_no === index + 1
    if (!isOwn) findings.push({ invariant: 'act-matches-log', reference, found: `leaf ${leafIndex}` })
    leaves.delete(leafIndex)
  }
  const acts = events.map(event => event.act as Act)
  const state = replay(row.kind, acts)
  if (state === null) {
    findings.push({ invariant: 'course-is-lawful', reference: row.case_id, found: acts.join(' ') })
  } else if (state !== row.state) {
    findings.push({
      invariant: 'state-is-of-the-acts',
      reference: row.case_id,
      found: `${row.state}, not ${state}`,
    })
  }
  return findings
}

/** The surveys: their leaves, as many answers as homes that answered, and figures that are those of the answers. */
async function checkSurveys(
  portal: Portal,
  { communityId, logOrigin }: VoiceCommunity,
  leaves: Map<number, Uint8Array>,
): Promise<VoiceFinding[]> {
  const findings: VoiceFinding[] = []
  const isLogged = (index: bigint, made: Uint8Array) => {
    const leaf = leaves.get(Number(index))
    leaves.delete(Number(index))
    return leaf !== undefined && equalBytes(leaf, made)
  }
  for (const row of await listSurveys(portal.db, communityId)) {
    const { survey_id: surveyId, year } = row
    const opened = surveyLeaf(
      logOrigin,
      surveyId,
      { act: 'open', year, closesOn: row.closes_on },
      row.opened_at,
    )
    const answers = await listSurveyAnswers(portal.db, communityId, surveyId)
    const homes = await listSurveyUnits(portal.db, communityId, surveyId)
    if (answers.length !== homes.length) {
      const found = `${answers.length} answers of ${homes.length} homes`
      findings.push({ invariant: 'survey-has-one-answer-per-home', reference: surveyId, found })
    }
    let isSound = isLogged(row.leaf_index, opened)
    if (row.result !== null && row.closed_at !== null && row.result_leaf_index !== null) {
      const said = { act: 'result', result: sha256Hex(row.result) }
      const made = surveyLeaf(logOrigin, surveyId, said, row.closed_at)
      isSound &&=
        isLogged(row.result_leaf_index, made) && parseFigures(row.result).answered === answers.length
    }
    if (!isSound) findings.push({ invariant: 'survey-matches-log', reference: surveyId, found: `${year}` })
  }
  return findings
}

/** Checks all cases of a community. */
export async function checkVoice(
  portal: Portal,
  community: VoiceCommunity,
): Promise<{ readonly cases: number; readonly findings: readonly VoiceFinding[] }> {
  const { communityId, logOrigin } = community
  const leaves = await readVoiceLeaves(portal, communityId)
  const cases = await listAllCases(portal.db, communityId)
  const findings: VoiceFinding[] = []
  for (let first = 0; first < cases.length; first += CASES_AT_ONCE) {
    const some = cases.slice(first, first + CASES_AT_ONCE)
    const ids = some.map(row => row.case_id)
    const events = await listEvents(portal.db, communityId, ids)
    for (const row of some) {
      const own = events.filter(event => event.case_id === row.case_id)
      findings.push(...checkCase(community, row, own, leaves))
    }
    for (const text of await listTexts(portal.db, communityId, ids)) {
      const event = events.find(each => each.case_id === text.case_id && each.event_no === text.event_no)
      const digest = textDigest(text.salt, JSON.parse(text.value) as HiddenText)
      if (digest !== event?.text_digest) {
        const reference = `${text.case_id} act ${text.event_no}`
        findings.push({ invariant: 'text-matches-log', reference, found: digest })
      }
    }
  }
  for (const row of await listClocks(portal.db, communityId)) {
    const days = {
      answerDays: row.answer_days,
      takeDays: row.take_days,
      replyDays: row.reply_days,
      judgeDays: row.judge_days,
    }
    const made = clocksLeaf(logOrigin, row.clock_no, days, row.set_at)
    const leaf = leaves.get(Number(row.leaf_index))
    if (leaf === undefined || !equalBytes(leaf, made)) {
      findings.push({
        invariant: 'clocks-match-log',
        reference: `${row.clock_no}`,
        found: canonicalText(days),
      })
    }
    leaves.delete(Number(row.leaf_index))
  }
  findings.push(...(await checkSurveys(portal, community, leaves)))
  findings.push(...(await checkService(portal, community, leaves)))
  for (const index of leaves.keys()) {
    findings.push({ invariant: 'leaf-has-its-act', reference: `leaf ${index}`, found: 'none' })
  }
  return { cases: cases.length, findings }
}
