/** /c/SLUG/votes/POLL/documents/SHA: a document that an announced motion names. Nothing else, whatever its digest. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { currentPortal } from '#platform'
import { readPollDocument } from '#votes/server'
import { communityAt } from './public/community.server.ts'
import { shownDocument } from './public/shown-document.ts'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const sha256 = /^[0-9a-f]{64}$/.exec(params.sha ?? '')?.[0]
  if (sha256 === undefined) throw new Response(null, { status: 404 })
  const named = { pollId: params.poll ?? '', sha256 }
  return shownDocument(sha256, await readPollDocument(portal, community, null, named))
}
