/** What the voice is arranged by: how many working days each turn has, and the spots whose code leads to a request. */

import type { Tx } from '#db'
import { findClocks, insertClocks, insertSpot, listSpots, lockCase, retireSpot } from '#db/voice'
import { err, ok, type Result } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import type { VoiceCommunity } from './case-access.server.ts'
import { areClocks, type Clocks, DEFAULT_CLOCKS, LONGEST_TURN_DAYS } from './clocks.ts'
import { clocksLeaf } from './leaf.ts'
import { plainText } from './redaction.ts'
import { LONGEST_PLACE } from './rules.ts'

/** The clocks in force: the community's own, or the default. */
export async function readClocks(
  tx: Tx,
  { communityId }: Pick<VoiceCommunity, 'communityId'>,
): Promise<Clocks> {
  const row = await findClocks(tx, communityId)
  if (row === undefined) return DEFAULT_CLOCKS
  const { answer_days, take_days, reply_days, judge_days } = row
  return { answerDays: answer_days, takeDays: take_days, replyDays: reply_days, judgeDays: judge_days }
}

export type ClocksRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'days-malformed'; readonly limit: number }

/** Sets the clocks, for turns that begin from now on. Needs `voice:arrange`. */
export async function setClocks(
  portal: Portal,
  actor: Actor,
  community: VoiceCommunity,
  clocks: Clocks,
): Promise<Result<null, ClocksRefusal>> {
  const { communityId, logOrigin } = community
  if (!can(actor, 'voice:arrange', communityId)) return err({ code: 'not-permitted' })
  if (!areClocks(clocks)) return err({ code: 'days-malformed', limit: LONGEST_TURN_DAYS })
  return portal.db.transaction().execute(async tx => {
    await lockCase(tx, communityId, 'clocks')
    const last = await findClocks(tx, communityId)
    const clockNo = (last?.clock_no ?? 0) + 1
    const at = portal.clock.now()
    const { answerDays, takeDays, replyDays, judgeDays } = clocks
    const leaf = clocksLeaf(logOrigin, clockNo, { answerDays, takeDays, replyDays, judgeDays }, at)
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertClocks(tx, {
      community_id: communityId,
      clock_no: clockNo,
      answer_days: answerDays,
      take_days: takeDays,
      reply_days: replyDays,
      judge_days: judgeDays,
      set_by: actor.userId,
      set_at: at,
      leaf_index: BigInt(firstIndex),
    })
    return ok(null)
  })
}

/** A place in the compound with a code on its wall. */
export interface Spot {
  readonly spotId: string
  readonly name: string
  readonly grid: string
}

/** The spots in use, by name. */
export async function readSpots(portal: Portal, { communityId }: VoiceCommunity): Promise<readonly Spot[]> {
  const rows = await listSpots(portal.db, communityId)
  return rows.map(({ spot_id, name, grid }) => ({ spotId: spot_id, name, grid }))
}

export type SpotRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'name-missing' }
  | { readonly code: 'name-too-long'; readonly limit: number }
  | { readonly code: 'spot-unknown' }

/** Enters a spot. Needs `voice:arrange`. */
export async function addSpot(
  portal: Portal,
  actor: Actor,
  { communityId }: VoiceCommunity,
  spot: { readonly name: string; readonly grid: string },
): Promise<Result<{ readonly spotId: string }, SpotRefusal>> {
  if (!can(actor, 'voice:arrange', communityId)) return err({ code: 'not-permitted' })
  const [name, grid] = [plainText(spot.name), plainText(spot.grid)]
  if (name === '') return err({ code: 'name-missing' })
  if ([name, grid].some(text => [...text].length > LONGEST_PLACE)) {
    return err({ code: 'name-too-long', limit: LONGEST_PLACE })
  }
  const spotId = portal.random.id()
  const row = {
    community_id: communityId,
    spot_id: spotId,
    name,
    grid,
    made_by: actor.userId,
    made_at: portal.clock.now(),
  }
  await portal.db.transaction().execute(tx => insertSpot(tx, row))
  return ok({ spotId })
}

/** Takes a spot out of use. Needs `voice:arrange`. */
export async function removeSpot(
  portal: Portal,
  actor: Actor,
  { communityId }: VoiceCommunity,
  spotId: string,
): Promise<Result<null, SpotRefusal>> {
  if (!can(actor, 'voice:arrange', communityId)) return err({ code: 'not-permitted' })
  const now = portal.clock.now()
  const isGone = await portal.db.transaction().execute(tx => retireSpot(tx, communityId, spotId, now))
  return isGone ? ok(null) : err({ code: 'spot-unknown' })
}
