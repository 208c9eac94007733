/** What the newest check of all books and proofs (fsck) found. */
import { failedRules } from '../failed-rules.ts'
import { readNewestCheck } from '../read-check.server.ts'
import type { Source } from '../source.server.ts'

export const checks: Source = async ({ portal, community }) => {
  const newest = await readNewestCheck(portal, community.communityId)
  return failedRules(newest?.findings ?? [])
}
