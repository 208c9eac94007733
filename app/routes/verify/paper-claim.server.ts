/** What this portal knows about the statement that a paper's QR code names: issued here, replaced, another digest, or unknown. Never writes. */
import { type LedgerCommunity, readCommunity } from '#ledger/server'
import type { Portal } from '#platform'
import { statementDigestOf } from '#statements'
import { readCertificateModel, readMinutesCopyFile, readStatementModel } from '#statements/server'
import { type Claim, readClaim } from './given.ts'

export type Standing =
  | { readonly code: 'current' | 'other-digest' | 'unknown' }
  | { readonly code: 'superseded'; readonly newestVersion: number }

export type PaperClaim = Claim & Known

interface Known {
  readonly standing: Standing
  /** Null when there is no such community here. */
  readonly community: { readonly name: string; readonly nameEn: string } | null
}

/** The named document's data: of a month's statement, a poll's certificate, or a meeting's minutes. */
async function readModel(
  portal: Portal,
  community: LedgerCommunity,
  claim: Claim,
  version: number | null,
): Promise<{ readonly model: Uint8Array; readonly id: string } | null> {
  if (claim.period !== undefined) {
    const found = await readStatementModel(portal, community, claim.period, version)
    return found && { model: found.model, id: found.statementId }
  }
  if (claim.meeting !== undefined) {
    const copy = await readMinutesCopyFile(portal, community, claim.meeting, version)
    return copy && { model: copy.model, id: copy.copyId }
  }
  const found = await readCertificateModel(portal, community, claim.poll, version)
  return found && { model: found.model, id: found.certificateId }
}

async function readStanding(portal: Portal, claim: Claim): Promise<Known> {
  const community = await readCommunity(portal.db, claim.slug)
  if (community === null) return { standing: { code: 'unknown' }, community: null }
  const { name, nameEn } = community
  const known = (standing: Standing) => ({ standing, community: { name, nameEn } })
  const named = await readModel(portal, community, claim, claim.version)
  if (named === null) return known({ code: 'unknown' })
  if (!statementDigestOf(named.model).startsWith(claim.digestStart)) return known({ code: 'other-digest' })
  const newest = await readModel(portal, community, claim, null)
  const newestVersion = Number.parseInt(/-v(\d+)$/.exec(newest?.id ?? '')?.[1] ?? '0', 10)
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
