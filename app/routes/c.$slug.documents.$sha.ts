/** /c/SLUG/documents/SHA: a redacted public copy. Originals are never served here, whatever their digest. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { readPublicCopy } from '#ledger/server'
import { currentPortal } from '#platform'
import { communityAt, maySeeDetail, withheldFile } from './public/community.server.ts'

/** What may be shown in a browser. Anything else that got this far is not served. */
const FILE_ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
}

/**
 * A picture needs nothing and is shut in completely. Browsers open a PDF in a viewer of their own, which `sandbox` would
 * leave blank; it may load nothing either.
 */
function policyOf(mediaType: string): string {
  const alone = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  return mediaType === 'application/pdf' ? `${alone}; style-src 'unsafe-inline'` : `${alone}; sandbox`
}

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  if (!(await maySeeDetail(portal, request, community))) return withheldFile()
  const sha = params.sha ?? ''
  const copy = /^[0-9a-f]{64}$/.test(sha) ? await readPublicCopy(portal, community, sha) : null
  const ending = copy === null ? undefined : FILE_ENDINGS[copy.mediaType]
  if (copy === null || ending === undefined) throw new Response(null, { status: 404 })
  return new Response(new Uint8Array(copy.bytes), {
    headers: {
      'Content-Type': copy.mediaType,
      'Content-Disposition': `inline; filename="${sha.slice(0, 16)}.${ending}"`,
      'Content-Security-Policy': policyOf(copy.mediaType),
      // Addressed by its content, which never changes; but it may be withdrawn.
      'Cache-Control': 'private, max-age=3600',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
