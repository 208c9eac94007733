/**
 * What every public page of a community asks first: which community, and may this reader see single payments. Loaders of
 * public pages never write, and hand out nothing that the public may not have: their data can be asked for without the page.
 */
import { data } from '@remix-run/node'
import { isSlug } from '#kernel'
import { type LedgerCommunity, readCommunity } from '#ledger/server'
import { actorOf } from '#people/server'
import { CACHEABLE_HEADER, type Portal } from '#platform'

/** What pages show of a community. */
export interface CommunityView {
  readonly slug: string
  readonly name: string
  readonly nameEn: string
  readonly publishesDetail: boolean
}

/** The community of an address. Throws 404 when there is none. */
export async function communityAt(portal: Portal, slug: string | undefined): Promise<LedgerCommunity> {
  const community = slug !== undefined && isSlug(slug) ? await readCommunity(portal.db, slug) : null
  if (community === null) throw new Response(null, { status: 404 })
  return community
}

/** The community as pages show it. */
export function viewOf(community: LedgerCommunity): CommunityView {
  return {
    slug: community.slug,
    name: community.name,
    nameEn: community.nameEn,
    publishesDetail: community.publishesDetail,
  }
}

/** True when this reader may see single payments: everybody, or where a community publishes totals only, its own people. */
export async function maySeeDetail(
  portal: Portal,
  request: Request,
  community: LedgerCommunity,
): Promise<boolean> {
  if (community.publishesDetail) return true
  const actor = await actorOf(portal, request)
  return actor?.roles.some(held => held.communityId === community.communityId) ?? false
}

/** Answers instead of a page that this reader may not see; the page says why. */
export function withheld(community: LedgerCommunity) {
  return data({ withheld: true as const, community: viewOf(community) }, { status: 403 })
}

/** The refusal of a file (download, proof, document) that this reader may not have. */
export function withheldFile(): Response {
  return new Response('403\n', { status: 403, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}

/**
 * Answers with a page. Where a community publishes everything, the page depends on its address and its books alone, never on
 * who asks: the server may keep it until the books change.
 */
export function publicPage<Page extends object>(community: LedgerCommunity, page: Page, mayBeKept = true) {
  const kept = mayBeKept && community.publishesDetail
  return data(page, kept ? { headers: { [CACHEABLE_HEADER]: community.slug } } : {})
}
