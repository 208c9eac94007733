/**
 * The list of what needs eyes in one community: the sources asked one after another. To add a source: one file in `sources/`,
 * one line here, its kinds in `item.ts`, their words in i18n.
 */
import { dateOf } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import type { Portal } from '#platform'
import { inReadingOrder, type OversightItem } from './item.ts'
import type { Source } from './source.server.ts'
import { actions } from './sources/actions.server.ts'
import { bankLines } from './sources/bank-lines.server.ts'
import { budget } from './sources/budget.server.ts'
import { challenges } from './sources/challenges.server.ts'
import { checks } from './sources/checks.server.ts'
import { committeePostings } from './sources/committee-postings.server.ts'
import { findings } from './sources/findings.server.ts'
import { offices } from './sources/offices.server.ts'
import { papersAndObjections, pollDeadlines } from './sources/polls.server.ts'
import { releases } from './sources/releases.server.ts'
import { signals } from './sources/signals.server.ts'
import { statements } from './sources/statements.server.ts'

const SOURCES: readonly Source[] = [
  checks,
  statements,
  findings,
  budget,
  bankLines,
  papersAndObjections,
  pollDeadlines,
  releases,
  signals,
  challenges,
  actions,
  committeePostings,
  offices,
]

/** All that needs eyes now, in reading order; what is not for everybody is among it (`isPublicItem`). */
export async function readNeedsEyes(
  portal: Portal,
  community: LedgerCommunity,
): Promise<readonly OversightItem[]> {
  const now = portal.clock.now()
  const context = { portal, community, now, today: dateOf(now) }
  const items: OversightItem[] = []
  for (const source of SOURCES) items.push(...(await source(context)))
  return inReadingOrder(items)
}
