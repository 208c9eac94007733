/**
 * Where the money of a project comes from (四个一点: 居民筹、社区出、政府补、企业帮), and that what it cost is covered by it. Pure; exact fen.
 */
import { type Fen, sumFen } from '#kernel'

/** 居民筹 owners themselves; 社区出 common income and the community's fund; 政府补 government; 企业帮 companies, shops and donors. */
export const FUNDING_SOURCES = ['residents', 'community', 'government', 'enterprise'] as const
export type FundingSource = (typeof FUNDING_SOURCES)[number]

/** A sum that was secured, and from where. */
export interface Funding {
  readonly source: FundingSource
  readonly amountFen: Fen
}

/** True when the text names a source. */
export function isFundingSource(text: string): text is FundingSource {
  return (FUNDING_SOURCES as readonly string[]).includes(text)
}

/** Everything that was secured. */
export function totalFunding(funding: readonly Funding[]): Fen {
  return sumFen(funding.map(each => each.amountFen))
}

/** One sum for each source that gave something, in the order of the sources. */
export function fundingBySource(funding: readonly Funding[]): readonly Funding[] {
  return FUNDING_SOURCES.map(source => ({
    source,
    amountFen: totalFunding(funding.filter(each => each.source === source)),
  })).filter(each => each.amountFen > 0n)
}

/** True when a cost is no more than what was secured: nothing is spent that came from nowhere. */
export function isCovered(costFen: Fen, funding: readonly Funding[]): boolean {
  return costFen >= 0n && costFen <= totalFunding(funding)
}
