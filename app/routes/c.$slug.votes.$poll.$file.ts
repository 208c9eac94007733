/**
 * /c/SLUG/votes/POLL/certificate.pdf and .json: the sealed certificate of a counted poll and its figures, byte for byte as
 * issued; `?version=` for an older one.
 */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { currentPortal } from '#platform'
import { readCertificateFile, readCertificateModel } from '#statements/server'
import { readPoll } from '#votes/server'
import { communityAt } from './public/community.server.ts'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const ending = /^certificate\.(pdf|json)$/.exec(params.file ?? '')?.[1]
  const asked = new URL(request.url).searchParams.get('version')
  const poll = await readPoll(portal, community, null, params.poll ?? '')
  if (ending === undefined || poll === null || !/^[1-9]\d{0,3}$/.test(asked ?? '1')) {
    throw new Response(null, { status: 404 })
  }
  const version = asked === null ? null : Number.parseInt(asked, 10)
  const pdf = ending === 'pdf' ? await readCertificateFile(portal, community, poll.pollId, version) : null
  const json = ending === 'json' ? await readCertificateModel(portal, community, poll.pollId, version) : null
  const bytes = pdf?.pdf ?? json?.model
  const name = pdf?.certificateId ?? json?.certificateId
  if (bytes === undefined || name === undefined) throw new Response(null, { status: 404 })
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': ending === 'pdf' ? 'application/pdf' : 'application/json',
      'Content-Disposition': `${ending === 'pdf' ? 'inline' : 'attachment'}; filename="${name}.${ending}"`,
      'Content-Security-Policy':
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'unsafe-inline'",
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
