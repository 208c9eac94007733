/** /c/SLUG/council/proofs/SHA: what shows that an action item was done. Only what such an item names. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { openCouncilDocument, readActions } from '#council/server'
import { currentPortal } from '#platform'
import { communityAt } from './public/community.server.ts'
import { shownDocument } from './public/shown-document.ts'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const sha256 = params.sha ?? ''
  const actions = await readActions(portal, community)
  const isNamed = actions.some(action => action.done?.proofSha256 === sha256)
  return shownDocument(sha256, isNamed ? await openCouncilDocument(portal, sha256) : null)
}
