/** /c/SLUG/documents/SHA: a redacted public copy. Originals are never served here, whatever their digest. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { readPublicCopy } from '#ledger/server'
import { currentPortal } from '#platform'
import { communityAt, maySeeDetail, withheldFile } from './public/community.server.ts'
import { shownDocument } from './public/shown-document.ts'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  if (!(await maySeeDetail(portal, request, community))) return withheldFile()
  const sha = params.sha ?? ''
  const copy = /^[0-9a-f]{64}$/.test(sha) ? await readPublicCopy(portal, community, sha) : null
  return shownDocument(sha, copy)
}
