/** /c/SLUG/ask/CASE/documents/SHA: a photograph or paper of a case, for whoever may read the case. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { actorOf } from '#people/server'
import { currentPortal } from '#platform'
import { readCaseDocument } from '#voice/server'
import { communityAt, maySeeDetail, withheldFile } from './public/community.server.ts'
import { shownDocument } from './public/shown-document.ts'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  if (!(await maySeeDetail(portal, request, community))) return withheldFile()
  const wish = { caseId: params.case ?? '', sha256: params.sha ?? '' }
  const document = await readCaseDocument(portal, community, await actorOf(portal, request), wish)
  return shownDocument(wish.sha256, document)
}
