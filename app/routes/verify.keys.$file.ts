/** /verify/keys/sealing-ca.pem and /verify/keys/log.vkey: the public keys, for verifying without this server. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { currentPortal } from '#platform'
import { readPublicKeys } from './verify/public-keys.server.ts'

export async function loader({ params }: LoaderFunctionArgs) {
  const { authority, vkeys } = await readPublicKeys(currentPortal())
  const files = new Map([
    ['sealing-ca.pem', authority.pem],
    ['log.vkey', vkeys.map(vkey => `${vkey}\n`).join('')],
  ])
  const text = files.get(params.file ?? '')
  if (text === undefined) throw new Response(null, { status: 404 })
  return new Response(text, {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename="${params.file}"`,
      'Cache-Control': 'no-cache',
    },
  })
}
