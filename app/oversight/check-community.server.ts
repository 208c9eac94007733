/**
 * The daily check of a community: everything is derived again (what `fsck` does), what needs eyes is listed, and both are kept,
 * so that a page over many communities reads one row of each. Appends, and changes nothing it looks at.
 */
import { insertCommunityCheck } from '#db/oversight'
import { addDays, canonicalBytes, dateOf, err, instantOf, ok, type Result } from '#kernel'
import { type LedgerCommunity, readCommunities, readCommunityById } from '#ledger/server'
import { enqueueJob, type JobRun, type Portal } from '#platform'
import { readLogSize } from '#tlog/server'
import { readSatisfaction } from '#voice/server'
import { failedRules } from './failed-rules.ts'
import { encodeItems, newItems } from './item.ts'
import { keptFees } from './kept-fees.ts'
import { readNeedsEyes } from './needs-eyes.server.ts'
import { type CheckFinding, readNewestCheck } from './read-check.server.ts'
import { readFeeTrend } from './read-fees.server.ts'
import { tellNewItems } from './tell-items.server.ts'

export const CHECK_COMMUNITY = 'check-community'

/** Derives everything of a community again and names what is off. */
export type DeriveAgain = (portal: Portal, community: LedgerCommunity) => Promise<readonly CheckFinding[]>

/** At night, when nobody waits for the machine. */
const CHECK_HOUR_SECONDS = 3 * 3600

/** Asks for the next night's check of every community; asking again changes nothing. */
export async function orderDailyChecks(portal: Portal): Promise<void> {
  const today = dateOf(portal.clock.now())
  const isOver = portal.clock.now() >= instantOf(today, CHECK_HOUR_SECONDS)
  const night = isOver ? addDays(today, 1) : today
  for (const { communityId } of await readCommunities(portal.db)) {
    await enqueueJob(portal, portal.db, {
      communityId,
      kind: CHECK_COMMUNITY,
      key: night,
      payload: {},
      requestedBy: 'clock',
      runAfter: instantOf(night, CHECK_HOUR_SECONDS),
    })
  }
}

/** Does the check and keeps it, in its own transaction or in the one that ends the job. */
export async function checkCommunityNow(
  portal: Portal,
  community: LedgerCommunity,
  deriveAgain: DeriveAgain,
  run: Pick<JobRun, 'finish'> | null = null,
): Promise<number> {
  const { communityId } = community
  const logSize = await readLogSize(portal.db, communityId)
  const findings = await deriveAgain(portal, community)
  const fees = (await readFeeTrend(portal, community)).at(-1)
  const waiting = await readNeedsEyes(portal, community)
  // The rules that do not hold are this check's own, not the one's before.
  const items = [...failedRules(findings), ...waiting.filter(item => item.kind !== 'check-failed')]
  const before = await readNewestCheck(portal, communityId)
  const satisfaction = await readSatisfaction(portal, community)
  await portal.db.transaction().execute(async tx => {
    await insertCommunityCheck(tx, {
      community_id: communityId,
      checked_at: portal.clock.now(),
      log_size: BigInt(logSize),
      findings: canonicalBytes(
        findings.map(({ room, invariant, reference, found }) => ({ room, invariant, reference, found })),
      ),
      items: encodeItems(items),
      ...keptFees(fees ?? null),
      satisfaction_year: satisfaction?.year ?? null,
      satisfaction_content: satisfaction?.content ?? null,
      satisfaction_counted: satisfaction?.counted ?? null,
    })
    const on = dateOf(portal.clock.now())
    await tellNewItems(portal, tx, { communityId, on, items: newItems(before?.items ?? [], items) })
    await run?.finish(tx, String(findings.length))
  })
  return findings.length
}

/** The job; what is derived again is composed by the program, because it is every room's own check. */
export function checkCommunityJob(deriveAgain: DeriveAgain) {
  return async (run: JobRun): Promise<Result<string, string>> => {
    const community = await readCommunityById(run.portal.db, run.job.communityId)
    if (community === null) return err('community-unknown')
    return ok(String(await checkCommunityNow(run.portal, community, deriveAgain, run)))
  }
}
