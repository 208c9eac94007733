/** Casting a ballot with its leaf, its receipt and the household's notice, against one bare INSERT of the same database. */
import { unit } from '../votes/polls.ts'
import { CLOSES, cast, DRAFTED, must, open, openVillage } from '../votes/village.ts'
import { type Comparison, timeInTurns, timeTogether } from './measure.ts'
import type { BenchWorld } from './world.ts'

const UNITS = 1_500
const BALLOTS = 300
const CALLERS = 32

export async function benchCasting({ portal }: BenchWorld): Promise<Comparison[]> {
  portal.clock.moveTo(DRAFTED)
  const units = Array.from({ length: UNITS }, (_, index) =>
    unit(`V${index}`, { building: String(index % 20) }),
  )
  const village = await openVillage(portal, units, { slug: 'bench-votes' })
  const pollId = await open(village)
  let next = 0
  const vote = async () => {
    const name = `V${next++}`
    must(await cast(village, pollId, `P-${name}`, name, 'FOR'))
  }
  const insert = (index: number) =>
    portal.db
      .insertInto('audit_event')
      .values({
        community_id: village.community.communityId,
        audit_event_id: `cast-${index}`,
        at: CLOSES,
        actor_user_id: 'bench',
        act: 'bench',
        subject: 'bench',
        detail: '{}',
      })
      .execute()
  const one = await timeInTurns(BALLOTS, vote, insert)
  const together = await timeInTurns(
    3,
    () => timeTogether(BALLOTS / 3, CALLERS, vote),
    turn => timeTogether(BALLOTS / 3, CALLERS, index => insert((turn + 1) * 10_000 + index)),
  )
  return [
    { name: 'casting a ballot', ...one, bare: 'one INSERT', timesAtMost: 45 },
    {
      name: `casting by ${CALLERS} at once`,
      oursMs: together.oursMs,
      bareMs: together.bareMs,
      bare: 'as many INSERTs',
      timesAtMost: 40,
    },
  ]
}
