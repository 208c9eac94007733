/** What this portal knows about the statement that a paper's QR code names: issued here, replaced, another digest, or unknown. Never writes. */
import { readCommunity } from '#ledger/server'
import type { Portal } from '#platform'
import { statementDigestOf } from '#statements'
import { readStatementModel } from '#statements/server'
import { type Claim, readClaim } from './given.ts'

export type Standing =
  | { readonly code: 'current' | 'other-digest' | 'unknown' }
  | { readonly code: 'superseded'; readonly newestVersion: number }

export interface PaperClaim extends Claim {
  readonly standing: Standing
  /** Null when there is no such community here. */
  readonly community: { readonly name: string; readonly nameEn: string } | null
}

async function readStanding(portal: Portal, claim: Claim): Promise<Omit<PaperClaim, keyof Claim>> {
  const community = await readCommunity(portal.db, claim.slug)
  if (community === null) return { standing: { code: 'unknown' }, community: null }
  const { name, nameEn } = community
  const known = (standing: Standing) => ({ standing, community: { name, nameEn } })
  const named = await readStatementModel(portal, community, claim.period, claim.version)
  if (named === null) return known({ code: 'unknown' })
  if (!statementDigestOf(named.model).startsWith(claim.digestStart)) return known({ code: 'other-digest' })
  const newest = await readStatementModel(portal, community, claim.period, null)
  const newestVersion = Number.parseInt(/-v(\d+)$/.exec(newest?.statementId ?? '')?.[1] ?? '0', 10)
  return newestVersion > claim.version
    ? known({ code: 'superseded', newestVersion })
    : known({ code: 'current' })
}

/** The claim in the query of the page's address with what the portal knows about it. */
export async function readPaperClaim(
  portal: Portal,
  query: URLSearchParams,
): Promise<PaperClaim | 'unreadable' | null> {
  const claim = readClaim(query)
  if (claim === null || claim === 'unreadable') return claim
  return { ...claim, ...(await readStanding(portal, claim)) }
}
