/**
 * The re-deriver of what homes said after services: as many answers as homes that answered, month by month, and every published
 * round made again from its answers. Reads only.
 */
import { listServiceAnswers, listServiceHomes, listServiceRounds } from '#db/voice'
import { addMonths, equalBytes, type Period, parsePeriod, period, sha256Hex } from '#kernel'
import type { Portal } from '#platform'
import type { VoiceCommunity } from './case-access.server.ts'
import { serviceLeaf } from './leaf.ts'
import { encodeServiceFigures, parseServiceFigures, type ServiceScores, tallyService } from './service.ts'
import type { Category } from './subject.ts'

/** One thing that is off. */
interface ServiceFinding {
  readonly invariant: 'service-matches-log' | 'service-has-one-answer-per-home'
  readonly reference: string
  readonly found: string
}

const FIRST = period('2000-01')
const LAST = period('2199-12')

/** What homes answered and how often they were asked, as the figures say it; null when the answers do not bear it out. */
async function madeAgain(portal: Portal, communityId: number, stored: Uint8Array, from: Period | null) {
  const figures = parseServiceFigures(stored)
  const start = parsePeriod(figures.from)
  const end = parsePeriod(figures.through)
  if (!start.ok || !end.ok || (from !== null && start.value !== from)) return null
  const round = { from: start.value, through: end.value }
  const answers = (await listServiceAnswers(portal.db, communityId, round.from, round.through)).map(row => ({
    category: row.category as Category,
    scores: JSON.parse(row.scores) as ServiceScores,
  }))
  const homes = (await listServiceHomes(portal.db, communityId, round)).map(row => ({
    category: row.category as Category,
    unit: row.unit_id,
  }))
  const made = tallyService(round, figures.asked, answers, homes)
  return figures.asked < answers.length || made === null ? null : encodeServiceFigures(made)
}

/** Checks the answers and the rounds; takes the leaves it finds out of the map. */
export async function checkService(
  portal: Portal,
  { communityId, logOrigin }: VoiceCommunity,
  leaves: Map<number, Uint8Array>,
): Promise<readonly ServiceFinding[]> {
  const findings: ServiceFinding[] = []
  const all = { from: FIRST, through: LAST }
  const homes = await listServiceHomes(portal.db, communityId, all)
  const answers = await listServiceAnswers(portal.db, communityId, FIRST, LAST)
  const months = new Set([...homes, ...answers].map(row => row.period))
  for (const month of [...months].sort()) {
    const of = (rows: readonly { readonly period: string }[]) =>
      rows.filter(row => row.period === month).length
    if (of(homes) === of(answers)) continue
    const found = `${of(answers)} answers of ${of(homes)} homes`
    findings.push({ invariant: 'service-has-one-answer-per-home', reference: month, found })
  }
  let from: Period | null = null
  for (const row of (await listServiceRounds(portal.db, communityId)).toReversed()) {
    const leaf = leaves.get(Number(row.leaf_index))
    leaves.delete(Number(row.leaf_index))
    const made = serviceLeaf(logOrigin, row.round_no, row.through, sha256Hex(row.result), row.published_at)
    const again = await madeAgain(portal, communityId, row.result, from)
    const isSound =
      leaf !== undefined && equalBytes(leaf, made) && again !== null && equalBytes(again, row.result)
    if (!isSound) {
      const reference = `round ${row.round_no}`
      findings.push({ invariant: 'service-matches-log', reference, found: row.through })
    }
    from = addMonths(period(row.through), 1)
  }
  return findings
}
