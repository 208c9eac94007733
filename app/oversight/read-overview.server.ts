/**
 * The page over several communities: where each lies, and what its newest check found. Reads one kept row of each community, as
 * the database role that can only read; nothing joins across communities.
 */
import { readAsReader } from '#db'
import { readKeptFees, readNewestChecks } from '#db/oversight'
import { addMonths, dateOf, periodOf } from '#kernel'
import { type LedgerCommunity, readCommunityById } from '#ledger/server'
import { type Actor, type Jurisdiction, overseenBy, pathTo } from '#people'
import { readJurisdictions } from '#people/server'
import type { Portal } from '#platform'
import { type FeeMonth, rollUpFees } from './fee-trend.ts'
import { feesKeptIn } from './kept-fees.ts'
import { type CommunityCheck, checkOf } from './read-check.server.ts'

export interface OverseenCommunity {
  readonly community: Pick<LedgerCommunity, 'slug' | 'name' | 'nameEn' | 'publishesDetail'>
  /** From the district down; empty where nobody has placed it. */
  readonly path: readonly Jurisdiction[]
  /** Null before the first check. */
  readonly check: CommunityCheck | null
}

const MONTHS = 12

/** How fees came in over the last year in all communities that the actor oversees, as the nightly checks kept it. */
export async function readOverviewFees(portal: Portal, actor: Actor): Promise<readonly FeeMonth[]> {
  const since = addMonths(periodOf(dateOf(portal.clock.now())), -MONTHS)
  const kept = await readAsReader(portal.db, tx => readKeptFees(tx, overseenBy(actor), since))
  return rollUpFees(kept.flatMap(row => feesKeptIn(row) ?? []))
}

/** The communities that the actor oversees today, by where they lie and by name. */
export async function readOverview(portal: Portal, actor: Actor): Promise<readonly OverseenCommunity[]> {
  const ids = overseenBy(actor)
  const checks = (await readAsReader(portal.db, tx => readNewestChecks(tx, ids))).map(checkOf)
  const tree = await readJurisdictions(portal)
  const overseen: OverseenCommunity[] = []
  for (const communityId of ids) {
    const community = await readCommunityById(portal.db, communityId)
    if (community === null) continue
    const { slug, name, nameEn, publishesDetail } = community
    const place = tree.find(each => each.communities.includes(slug))
    overseen.push({
      community: { slug, name, nameEn, publishesDetail },
      path: place === undefined ? [] : pathTo(tree, place.code),
      check: checks.find(check => check.communityId === communityId) ?? null,
    })
  }
  const keyOf = (each: OverseenCommunity) =>
    [...each.path.map(level => level.code), each.community.slug].join('/')
  return overseen.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}
