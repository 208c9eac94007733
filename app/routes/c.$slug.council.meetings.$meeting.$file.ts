/**
 * /c/SLUG/council/meetings/ID/minutes.pdf and .json: the sealed copy of published minutes and its data, byte for byte as issued;
 * `?version=` for an older one.
 */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { currentPortal } from '#platform'
import { readMinutesCopyFile } from '#statements/server'
import { communityAt } from './public/community.server.ts'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const ending = /^minutes\.(pdf|json)$/.exec(params.file ?? '')?.[1]
  const asked = new URL(request.url).searchParams.get('version')
  if (ending === undefined || !/^[1-9]\d{0,2}$/.test(asked ?? '1')) throw new Response(null, { status: 404 })
  const version = asked === null ? null : Number.parseInt(asked, 10)
  const copy = await readMinutesCopyFile(portal, community, params.meeting ?? '', version)
  const bytes = ending === 'pdf' ? copy?.pdf : copy?.model
  if (copy === null || bytes === null || bytes === undefined) throw new Response(null, { status: 404 })
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': ending === 'pdf' ? 'application/pdf' : 'application/json',
      'Content-Disposition': `${ending === 'pdf' ? 'inline' : 'attachment'}; filename="${copy.copyId}.${ending}"`,
      'Content-Security-Policy':
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'unsafe-inline'",
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
