/** /c/SLUG/statements/PERIOD.pdf and .json: the sealed statement and its figures, byte for byte as issued; `?version=` for an older one. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { parsePeriod } from '#kernel'
import { currentPortal } from '#platform'
import { readStatementFile, readStatementModel } from '#statements/server'
import { communityAt, maySeeDetail, withheldFile } from './public/community.server.ts'

/** Month, ending and version of an address; null when it is none. */
function parseAddress(file: string, version: string | null) {
  const match = /^(\d{4}-\d{2})\.(pdf|json)$/.exec(file)
  const month = parsePeriod(match?.[1] ?? '')
  if (match === null || !month.ok || !/^[1-9]\d{0,3}$/.test(version ?? '1')) return null
  return {
    month: month.value,
    ending: match[2] === 'pdf' ? ('pdf' as const) : ('json' as const),
    version: version === null ? null : Number.parseInt(version, 10),
  }
}

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const asked = parseAddress(params.file ?? '', new URL(request.url).searchParams.get('version'))
  if (asked === null) throw new Response(null, { status: 404 })
  // A statement lists its vouchers: it is detail like any other.
  if (!(await maySeeDetail(portal, request, community))) return withheldFile()
  const { month, ending, version } = asked
  const pdf = ending === 'pdf' ? await readStatementFile(portal, community, month, version) : null
  const json = ending === 'json' ? await readStatementModel(portal, community, month, version) : null
  const bytes = pdf?.pdf ?? json?.model
  const name = pdf?.statementId ?? json?.statementId
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
