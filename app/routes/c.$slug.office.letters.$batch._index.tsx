/** /c/:slug/office/letters/:batch: the letters of one batch: how far the job is, the file while it is there, who has theirs. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { markHandedOver, readLetterPage } from '#people/server'
import { readForm } from '#platform'
import { ErrorSummary, href, refreshMeta, useT, viewerOf } from '#ui'
import { LetterFile, LetterTable, OfficePage, officePath } from '#ui/office'
import { AnyForm, textsOf } from './office/entered.ts'
import { letterErrors, letterStatus } from './office/letter-refusals.ts'
import { enterOffice } from './office/visit.server.ts'

const REFRESH_SECONDS = 2

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'letter:hand-over')
  const page = await readLetterPage(portal, actor, community, params.batch ?? '')
  if (page === null) throw new Response(null, { status: 404 })
  return { frame, ...page }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'letter:hand-over')
  const read = await readForm(request, portal.settings, AnyForm)
  const batchId = params.batch ?? ''
  const units = read.ok ? textsOf(read.value, 'unit') : []
  const marked = await markHandedOver(portal, actor, community, { batchId, units })
  const viewer = viewerOf(request.url)
  if (marked.ok) throw redirect(href(`${officePath(frame.slug, 'letters', batchId)}#letters`, viewer), 303)
  return data({ errors: letterErrors(marked.error, viewer.lang) }, { status: letterStatus(marked.error) })
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded, location }) => {
  const t = translate(viewerOf(location.search).lang)
  const title = { title: `${t('letters.title')} · ${t('site.name')}` }
  const isMaking = loaded !== undefined && !loaded.batch.isMade && loaded.batch.job?.state !== 'failed'
  return isMaking ? [title, refreshMeta(REFRESH_SECONDS)] : [title]
}

export default function LetterBatchPage() {
  const { frame, batch, letters } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[
        { label: t('roll.title'), href: officePath(frame.slug, 'roll') },
        { label: t('letters.title'), href: officePath(frame.slug, 'letters') },
      ]}
      title={t('letters.batchOf', { building: batch.building || t('letters.all') })}
      notContained={[t('letters.notContained')]}
    >
      <ErrorSummary errors={refused?.errors ?? []} />
      <LetterFile frame={frame} batch={batch} refreshSeconds={REFRESH_SECONDS} />
      {letters.length > 0 && <LetterTable frame={frame} letters={letters} />}
    </OfficePage>
  )
}
