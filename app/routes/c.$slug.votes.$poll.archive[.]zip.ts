/** /c/SLUG/votes/POLL/archive.zip: the poll's public record with the log that proves it, for `portal recompute`. None before the count. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { readPublicArchive } from '#archive/server'
import { translate } from '#i18n'
import { currentPortal } from '#platform'
import { communityAt, maySeeDetail, withheldFile } from './public/community.server.ts'
import { publicFile } from './votes/public-file.ts'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  // The archive holds the entries of the log, which are detail where a community publishes totals only.
  if (!(await maySeeDetail(portal, request, community))) return withheldFile()
  const readme = `${translate('zh-CN')('cli.archiveReadme')}\n${translate('en')('cli.archiveReadme')}`
  const archive = await readPublicArchive(portal, community, { poll: params.poll ?? '', readme })
  if (archive.ok) {
    return publicFile(archive.value, 'application/zip', `${community.slug}-${params.poll}-archive.zip`)
  }
  // Counted, and the checkpoint that covers the count is signed within seconds.
  if (archive.error === 'log-unpublished') {
    return new Response('503\n', { status: 503, headers: { 'Retry-After': '5' } })
  }
  throw new Response(null, { status: 404 })
}
