/** /c/:slug/office/relations: an officer notes what ties them to payees, so that a relation is found without their word. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { noteOwnMarks, readOwnMarks } from '#ledger/server'
import { readForm } from '#platform'
import { ErrorSummary, href, useT, viewerOf } from '#ui'
import { OfficePage, OwnMarks, officePath } from '#ui/office'
import { AnyForm } from './office/entered.ts'
import { marksIn, noteErrors } from './office/payment-notes.server.ts'
import { enterOffice } from './office/visit.server.ts'

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('signals.ownTitle')} · ${t('site.name')}` }]
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'relation:declare')
  return { frame, marks: await readOwnMarks(portal, actor, community) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'relation:declare')
  const read = await readForm(request, portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const noted = await noteOwnMarks(portal, actor, community, marksIn(read.ok ? read.value : {}))
  if (noted.ok) throw redirect(href(officePath(frame.slug, 'relations'), viewer), 303)
  return data({ errors: noteErrors(noted.error, translate(viewer.lang)) }, { status: 422 })
}

export default function RelationsPage() {
  const { frame, marks } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[]}
      title={t('signals.ownTitle')}
      lead={t('signals.ownLead')}
      notContained={[t('signals.ownContains')]}
      width="standard"
    >
      <ErrorSummary errors={refused?.errors ?? []} />
      <OwnMarks frame={frame} marks={marks} />
    </OfficePage>
  )
}
