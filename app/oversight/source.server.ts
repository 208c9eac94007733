/** What a source of things that need eyes is given, and what it gives. One source is one file under `sources/`. */
import type { CivilDate } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import type { Portal } from '#platform'
import type { OversightItem } from './item.ts'

export interface SourceContext {
  readonly portal: Portal
  readonly community: LedgerCommunity
  readonly now: Date
  readonly today: CivilDate
}

/** Finds rows of one community that need eyes. Reads only; at most a few dozen items. */
export type Source = (context: SourceContext) => Promise<readonly OversightItem[]>

const DAY_MS = 86_400_000

/** The instant so many days ago. */
export function daysAgo({ now }: SourceContext, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS)
}
