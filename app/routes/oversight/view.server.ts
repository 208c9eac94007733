/** What a community's page of oversight shows, read in one place for the public and for its officers. Never writes. */
import { dateOf } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import { isPublicItem } from '#oversight'
import { readEntries, readFeeTrend, readNeedsEyes, readNewestCheck } from '#oversight/server'
import type { Actor } from '#people'
import { readLevelsAbove, readMicroGrids, readOfficeBoard } from '#people/server'
import type { Portal } from '#platform'
import { readSatisfactionTrend } from '#voice/server'

const FINDINGS_SHOWN = 50

/** The page's content; an actor who may read everything gets the whole list, everybody else what is public. */
export async function oversightView(portal: Portal, community: LedgerCommunity, actor: Actor | null) {
  const { communityId } = community
  const items = await readNeedsEyes(portal, community)
  const check = await readNewestCheck(portal, communityId)
  const { path, overseers } = await readLevelsAbove(portal, communityId)
  const board = await readOfficeBoard(portal, communityId)
  const entries = await readEntries(portal, community, actor, null)
  return {
    today: dateOf(portal.clock.now()),
    items: actor === null ? items.filter(isPublicItem) : items,
    check: check && {
      checkedAt: check.checkedAt,
      logSize: check.logSize,
      findings: check.findings.slice(0, FINDINGS_SHOWN).map(({ room, invariant, reference }) => ({
        rule: `${room}/${invariant}`,
        place: reference,
      })),
    },
    fees: await readFeeTrend(portal, community),
    satisfaction: await readSatisfactionTrend(portal, community),
    entries: entries.map(({ leafIndex: _, ...entry }) => entry),
    levels: {
      path,
      overseers: overseers.map(({ jurisdiction, displayName, title }) => ({
        jurisdiction,
        displayName,
        title,
      })),
      board: board.map(({ role, holders }) => ({ role, names: holders.map(each => each.displayName) })),
      grids: await readMicroGrids(portal, communityId),
    },
  }
}

/** The comments and findings on one voucher, as everybody reads them beside it. */
export async function readRemarks(portal: Portal, community: LedgerCommunity, voucher: string) {
  const about = { kind: 'voucher', subject: voucher } as const
  const entries = await readEntries(portal, community, null, about)
  return {
    today: dateOf(portal.clock.now()),
    entries: entries.map(({ leafIndex: _, ...entry }) => entry),
  }
}

export type Remarks = Awaited<ReturnType<typeof readRemarks>>
