/** Reads the newest daily check of communities. What it found is kept as canonical bytes. */
import { readNewestChecks } from '#db/oversight'
import { parseCanonical } from '#kernel'
import type { Portal } from '#platform'
import type { FeeMonth } from './fee-trend.ts'
import { decodeItems, type OversightItem } from './item.ts'
import { feesKeptIn } from './kept-fees.ts'

/** One thing that is off, as `fsck` names it. */
export interface CheckFinding {
  readonly room: string
  readonly invariant: string
  readonly reference: string
  readonly found: string
}

export interface CommunityCheck {
  readonly communityId: number
  readonly checkedAt: Date
  readonly logSize: number
  readonly findings: readonly CheckFinding[]
  readonly items: readonly OversightItem[]
  /** How fees came in in the last whole month; null in a community's first. */
  readonly fees: FeeMonth | null
  /** What the newest survey found overall; null where there is none. */
  readonly satisfaction: { readonly year: number; readonly content: number; readonly counted: number } | null
}

type CheckRow = Awaited<ReturnType<typeof readNewestChecks>>[number]

function findingsIn(bytes: Uint8Array): readonly CheckFinding[] {
  const parsed = parseCanonical(bytes)
  if (!parsed.ok || !Array.isArray(parsed.value))
    throw new Error('invariant broken: kept findings are no list')
  return parsed.value as unknown as readonly CheckFinding[]
}

function satisfactionOf(row: CheckRow): CommunityCheck['satisfaction'] {
  const { satisfaction_year: year, satisfaction_content: content, satisfaction_counted: counted } = row
  return year === null || content === null || counted === null ? null : { year, content, counted }
}

/** A stored check. */
export function checkOf(row: CheckRow): CommunityCheck {
  return {
    communityId: row.community_id,
    checkedAt: row.checked_at,
    logSize: Number(row.log_size),
    findings: findingsIn(row.findings),
    items: decodeItems(row.items),
    fees: feesKeptIn(row),
    satisfaction: satisfactionOf(row),
  }
}

/** The newest check of a community; null before the first. */
export async function readNewestCheck(portal: Portal, communityId: number): Promise<CommunityCheck | null> {
  const [row] = await readNewestChecks(portal.db, [communityId])
  return row === undefined ? null : checkOf(row)
}
