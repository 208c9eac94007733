/** Whole votes through the database, from a draft to a final result, sound after every step. */
import { expect, it } from 'vitest'
import { areaCentiM2 } from '#kernel'
import {
  finalizePoll,
  readMyPoll,
  readPoll,
  readResult,
  readTurnout,
  recordPosting,
  SIGN_OFF_STEPS,
  signOffTally,
} from '#votes/server'
import { describeOnEachDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'
import { unit } from './polls.ts'
import {
  CLOSES,
  cast,
  DRAFTED,
  draftOf,
  enter,
  expectSound,
  moveTo,
  must,
  open,
  openVillage,
  question,
} from './village.ts'

const UNITS = Array.from({ length: 12 }, (_, i) =>
  unit(`U${i + 1}`, { building: String(1 + (i % 2)), area: 9_000n + BigInt(i) }),
)

describeOnEachDatabase('a vote', openDatabase => {
  it('takes its whole course', async () => {
    const portal = openTestPortal(await openDatabase(), { now: DRAFTED })
    const village = await openVillage(portal, UNITS)
    const { chair, tellers, branch, community } = village
    const pollId = await open(village)
    for (let i = 1; i <= 7; i++)
      must(await cast(village, pollId, `P-U${i}`, `U${i}`, i < 6 ? 'FOR' : 'AGAINST'))
    expect(must(await enter(village, pollId, tellers[0], 'U8', 'FOR')).outcome).toBe('entered')
    expect(must(await enter(village, pollId, tellers[1], 'U8', 'FOR')).outcome).toBe('cast')
    expect((await readTurnout(portal.db, community, pollId))!.received).toEqual({
      area: areaCentiM2(UNITS.slice(0, 8).reduce((sum, each) => sum + each.area, 0n)),
      heads: 8n,
    })
    expect(await readResult(portal.db, community, pollId)).toBeNull()
    await moveTo(village, new Date(CLOSES.getTime() + 1000))
    const result = await readResult(portal.db, community, pollId)
    expect(result!.questions[0]!.outcome).toBe('PASSED')
    const mine = must(await readMyPoll(portal, village.owner('P-U6'), community, pollId))
    expect(mine.units[0]!.ballots[0]!.fates).toEqual({ q1: 'counted' })
    for (const [index, step] of SIGN_OFF_STEPS.entries()) {
      const by = step === 'party-branch' ? branch : tellers[index]!
      must(await signOffTally(portal, by, community, { pollId, step, seenDigest: result!.digest }))
    }
    must(await recordPosting(portal, chair, community, { pollId, place: 'lobby' }))
    portal.clock.moveTo(new Date('2026-04-20T01:00:00Z'))
    must(await finalizePoll(portal, chair, community, { pollId }))
    expect((await readPoll(portal, community, null, pollId))!.state).toBe('final')
  })
})
