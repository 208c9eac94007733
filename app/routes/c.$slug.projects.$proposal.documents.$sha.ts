/** /c/SLUG/projects/PROPOSAL/documents/SHA: a picture or paper that the proposal names. Nothing else, whatever its digest. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { currentPortal } from '#platform'
import { readProposalDocument } from '#projects/server'
import { communityAt } from './public/community.server.ts'
import { shownDocument } from './public/shown-document.ts'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const wish = { proposalId: params.proposal ?? '', sha256: params.sha ?? '' }
  return shownDocument(wish.sha256, await readProposalDocument(portal, community, wish))
}
