/** /c/SLUG/council/proofs/SHA: what shows that an action item was done. Only what such an item names. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { readActionProof } from '#council/server'
import { currentPortal } from '#platform'
import { communityAt } from './public/community.server.ts'
import { shownDocument } from './public/shown-document.ts'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const sha256 = params.sha ?? ''
  return shownDocument(sha256, await readActionProof(portal, community, sha256))
}
