/** /c/SLUG/votes/POLL/board.json: the public count, byte for byte as it is stored and as its digest in the log says. None before the count. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { currentPortal } from '#platform'
import { readBoard } from '#votes/server'
import { communityAt } from './public/community.server.ts'
import { publicFile } from './votes/public-file.ts'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const board = await readBoard(portal.db, community, params.poll ?? '')
  if (board === null) throw new Response(null, { status: 404 })
  return publicFile(board, 'application/json', `${community.slug}-${params.poll}-board.json`)
}
