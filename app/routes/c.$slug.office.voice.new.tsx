/** /c/:slug/office/voice/new: a grid worker, a manager or a committee member writes a request down for somebody. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { readForm } from '#platform'
import { href, useT, viewerOf } from '#ui'
import { CsrfField, OfficePage, officePath } from '#ui/office'
import { RequestForm } from '#ui/voice'
import { AnyForm } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'
import { openRequest } from './voice/open-form.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  return { frame: (await enterOffice(request, params.slug, 'request:handle')).frame }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'request:handle')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const wish = { spotId: null, isOnBehalf: true }
  const opened = await openRequest(visit, wish, read.ok ? read.value : {}, viewer.lang)
  if (opened.caseId === null) return data({ entered: opened.entered }, { status: opened.status })
  throw redirect(href(`${officePath(visit.frame.slug, 'voice', opened.caseId)}?done=act`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('voice.onBehalfTitle')} · ${t('site.name')}` }]
}

export default function OnBehalfPage() {
  const { frame } = useLoaderData<typeof loader>()
  const entered = useActionData<typeof action>()?.entered ?? null
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('voice.deskTitle'), href: officePath(frame.slug, 'voice') }]}
      title={t('voice.onBehalfTitle')}
      lead={t('voice.onBehalfLead')}
      notContained={[t('voice.deskOmit')]}
      width="standard"
    >
      <RequestForm
        slug={frame.slug}
        names={{}}
        entered={entered}
        spot={null}
        script={null}
        token={<CsrfField frame={frame} />}
      />
    </OfficePage>
  )
}
