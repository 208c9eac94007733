/** /c/SLUG/entries/INDEX/proof: that a record is in the log, as c2sp.org/tlog-proof@v1 text. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { currentPortal } from '#platform'
import { readInclusionProof } from '#tlog/server'
import { communityAt, maySeeDetail, withheldFile } from './public/community.server.ts'
import { entryIndexOf } from './public/log-entry.server.ts'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  if (!(await maySeeDetail(portal, request, community))) return withheldFile()
  const index = entryIndexOf(params.index)
  const proof = index === null ? null : await readInclusionProof(portal.db, community.communityId, index)
  if (proof === null || !proof.ok) throw new Response(null, { status: 404 })
  return new Response(proof.value, {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename="${community.slug}-entry-${index}.tlog-proof"`,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
