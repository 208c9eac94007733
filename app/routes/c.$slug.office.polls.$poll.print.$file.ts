/** /c/:slug/office/polls/:poll/print/:file: ballots, delivery list or proxy form as PDF. Each ballot carries its secret: kept by no cache. */
import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { href, viewerOf } from '#ui'
import { officePath } from '#ui/office'
import { pollOf } from './office/poll-view.server.ts'
import { PRINTED, printedPapers } from './office/print-papers.server.ts'
import { privateFile } from './office/private-file.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'ballot:deliver')
  const poll = await pollOf(visit, params.poll)
  const file = PRINTED.find(each => each === params.file)
  if (file === undefined) throw new Response(null, { status: 404 })
  const query = new URL(request.url).searchParams
  const building = query.get('building') ?? ''
  const handInAt = (query.get('at') ?? '').trim().slice(0, 60)
  // A ballot says where it is handed in, or it is not printed.
  if (handInAt === '') {
    throw redirect(
      href(officePath(visit.frame.slug, 'polls', poll.pollId, 'print'), viewerOf(request.url)),
      303,
    )
  }
  return privateFile(await printedPapers(visit, poll, { file, building, handInAt }))
}
