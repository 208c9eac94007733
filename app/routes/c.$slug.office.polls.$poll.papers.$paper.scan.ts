/** /c/:slug/office/polls/:poll/papers/:paper/scan: the image of a paper ballot, for those who read it. Never public, kept by no cache. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { readPaperToRead } from '#votes/server'
import { paperReference } from './office/desk-view.server.ts'
import { privateFile } from './office/private-file.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor } = await enterOffice(request, params.slug, 'ballot:enter')
  const paper = paperReference(params.paper ?? '')
  const pollId = params.poll ?? ''
  const found = paper === null ? null : await readPaperToRead(portal, actor, community, { pollId, paper })
  const { scan = null, scanMediaType = null } = found ?? {}
  return privateFile(
    scan === null || scanMediaType === null ? null : { bytes: scan, mediaType: scanMediaType },
  )
}
