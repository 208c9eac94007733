/** /c/:slug/office/polls/:poll/print/papers.pdf: papers of a vote to print, `?kind=&building=&place=`. Ballots carry secrets: kept by no cache. */
import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { translate } from '#i18n'
import { PRINTED_KINDS, printPapers } from '#statements/server'
import { href, viewerOf } from '#ui'
import { officePath } from '#ui/office'
import { printRefusalQuery } from './office/print-refusal.ts'
import { privateFile } from './office/private-file.ts'
import { enterOffice } from './office/visit.server.ts'

const zh = translate('zh-CN') as (key: string, values: Readonly<Record<string, string>>) => string
/** Papers are printed in Chinese, the language of the owners' rights. */
const TEXTS = {
  lang: 'zh-CN',
  say: (key: string, values: Readonly<Record<string, string>> = {}) => zh(`statements.${key}`, values),
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, actor, community, frame } = await enterOffice(request, params.slug, 'ballot:deliver')
  const query = new URL(request.url).searchParams
  const kind = PRINTED_KINDS.find(each => each === query.get('kind'))
  const pollId = params.poll ?? ''
  if (kind === undefined) return privateFile(null)
  const printed = await printPapers(
    portal,
    actor,
    community,
    { pollId, kind, building: query.get('building') || null, handInAt: query.get('place') ?? '' },
    TEXTS,
  )
  if (printed.ok) {
    const fileName = `${community.slug}-${pollId}-${kind}.pdf`
    return privateFile({ bytes: printed.value, mediaType: 'application/pdf', fileName })
  }
  const { error } = printed
  if (error.code === 'poll-unknown' || error.code === 'not-permitted') return privateFile(null)
  const refused = printRefusalQuery(error.code, error.code === 'glyph-missing' ? error.character : '')
  throw redirect(
    href(`${officePath(frame.slug, 'polls', pollId, 'print')}${refused}`, viewerOf(request.url)),
    303,
  )
}
