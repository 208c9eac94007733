/** /verify/corrections/SLUG.json: the leaves of all statements that replace another, each with its proof. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { isSlug } from '#kernel'
import { readCommunity } from '#ledger/server'
import { currentPortal } from '#platform'
import { readSupersedingList } from '#statements/server'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const slug = /^(.+)\.json$/.exec(params.file ?? '')?.[1] ?? ''
  const community = isSlug(slug) ? await readCommunity(portal.db, slug) : null
  if (community === null) throw new Response(null, { status: 404 })
  return new Response(new Uint8Array(await readSupersedingList(portal, community)), {
    headers: {
      'Content-Type': 'application/json',
      'Content-Disposition': `attachment; filename="corrections-${slug}.json"`,
      'Cache-Control': 'no-cache',
    },
  })
}
