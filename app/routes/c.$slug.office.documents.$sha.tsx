/** /c/:slug/office/documents/:sha: an original source document, for those who may read everything. Never public, never kept by a cache. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { readOriginal } from '#ledger/server'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor } = await enterOffice(request, params.slug)
  const sha256 = /^[0-9a-f]{64}$/.exec(params.sha ?? '')?.[0]
  const document = sha256 === undefined ? null : await readOriginal(portal, actor, community, sha256)
  if (document === null) throw new Response(null, { status: 404 })
  return new Response(document.bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'Content-Type': document.mediaType,
      'Content-Length': String(document.bytes.length),
      'Content-Disposition': 'inline',
      'Cache-Control': 'private, no-store',
    },
  })
}
