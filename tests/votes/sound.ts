/** That everything of a community's polls can be derived again: asked after every step of a flow. */
import { expect } from 'vitest'
import { checkLog } from '#tlog/server'
import { checkVotes } from '#votes/server'
import type { Village } from './village.ts'

/** Re-derives everything of the polls and every hash of the log: run after every step of a flow. */
export async function expectSound(village: Village): Promise<void> {
  expect((await checkVotes(village.portal, village.community)).findings).toEqual([])
  expect(await checkLog(village.portal.db, village.community.communityId, [])).toEqual([])
}
