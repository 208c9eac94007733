/** /c/SLUG/vouchers/KEY/leaf: the voucher's record as it stands in the log, byte for byte. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { currentPortal } from '#platform'
import { communityAt, maySeeDetail, withheldFile } from './public/community.server.ts'
import { readPublishedEntry } from './public/log-entry.server.ts'
import { leafIndexOf } from './public/voucher-record.server.ts'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  if (!(await maySeeDetail(portal, request, community))) return withheldFile()
  const index = await leafIndexOf(portal, community, params.key)
  const entry = index === null ? null : await readPublishedEntry(portal, community.communityId, index)
  if (entry === null) throw new Response(null, { status: 404 })
  return new Response(new Uint8Array(entry), {
    headers: {
      'Content-Type': 'application/json',
      'Content-Disposition': `attachment; filename="${community.slug}-voucher-${params.key}.json"`,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
