/** /c/SLUG/council/meetings/ID/papers/SHA: a paper that a posted notice names. Nothing else, whatever its digest. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { readMeetingPaper } from '#council/server'
import { currentPortal } from '#platform'
import { communityAt } from './public/community.server.ts'
import { shownDocument } from './public/shown-document.ts'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const sha256 = /^[0-9a-f]{64}$/.exec(params.sha ?? '')?.[0]
  if (sha256 === undefined) throw new Response(null, { status: 404 })
  return shownDocument(sha256, await readMeetingPaper(portal, community, params.meeting ?? '', sha256))
}
