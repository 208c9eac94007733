/** /c/SLUG/votes/POLL/receipts/SEQ/json: the receipt as a file that the verifier takes, for its owner alone. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { enterOwner } from './votes/owner-visit.server.ts'
import { readOwnReceipt } from './votes/receipt.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOwner(request, params.slug)
  const { receipt } = await readOwnReceipt(visit, params)
  return new Response(`${JSON.stringify(receipt, null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json',
      'Content-Disposition': `attachment; filename="${visit.community.slug}-receipt-${receipt.seq}.json"`,
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
