/** Where the QR code of a paper ballot leads: an officer of the desk to that paper, everybody else to the poll's page. */
import type { LedgerCommunity } from '#ledger/server'
import { can } from '#people'
import { actorOf } from '#people/server'
import type { Portal } from '#platform'
import { href, viewerOf } from '#ui'
import { officePath } from '#ui/office'

/** The address; the paper's code stays out of every address but the desk's. */
export async function placeOfPaper(
  portal: Portal,
  request: Request,
  { communityId, slug }: LedgerCommunity,
  pollId: string,
  code: string,
): Promise<string> {
  const actor = await actorOf(portal, request)
  const isAtDesk = can(actor, 'ballot:enter', communityId) && /^[\w-]{1,100}$/.test(code)
  const place = isAtDesk
    ? `${officePath(slug, 'polls', pollId, 'desk')}?find=${code}`
    : `/c/${slug}/votes/${encodeURIComponent(pollId)}`
  return href(place, viewerOf(request.url))
}
