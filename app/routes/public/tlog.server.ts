/** Hands a request below a community's address to its transparency log, by the address as it was sent. Never writes. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { currentPortal } from '#platform'
import { answerTlogRequest } from '#tlog/server'
import { communityAt, maySeeDetail, withheldFile } from './community.server.ts'

/**
 * Answers `checkpoint` and `tile/...`. Where a community publishes totals only, the entries are for its own people; the hash
 * tiles and checkpoints stay public, so that nobody can be shown another log.
 */
export async function answerTlog({ params, request }: LoaderFunctionArgs): Promise<Response> {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const path = new URL(request.url).pathname.slice(`/c/${community.slug}/`.length)
  if (path.startsWith('tile/entries/') && !(await maySeeDetail(portal, request, community))) {
    return withheldFile()
  }
  const answer = await answerTlogRequest(
    portal.db,
    community.communityId,
    path,
    request.headers.get('Accept-Encoding') ?? '',
  )
  const body = typeof answer.body === 'string' ? answer.body : new Uint8Array(answer.body)
  return new Response(body, {
    status: answer.status,
    headers: {
      ...answer.headers,
      // The log is read by programs of other origins.
      'cross-origin-resource-policy': 'cross-origin',
      ...(community.publishesDetail ? {} : { 'cache-control': 'private, no-store' }),
    },
  })
}
