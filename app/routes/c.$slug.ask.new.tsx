/** /c/SLUG/ask/new[?spot=ID]: a resident lists a request (列单), perhaps from the code on a wall; similar ones are shown first. */
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
import { RequestForm } from '#ui/voice'
import { readSpots } from '#voice/server'
import { AnyForm } from './office/entered.ts'
import { openRequest } from './voice/open-form.server.ts'
import { readSimilarScript } from './voice/similar-script.server.ts'
import { OwnerPage, OwnFormField } from './votes/owner-page.tsx'
import { enterOwner, type OwnerVisit } from './votes/owner-visit.server.ts'

/** The spot whose code was read; null for none, and for one that is no longer in use. */
async function spotIn({ portal, community }: OwnerVisit, request: Request) {
  const wanted = new URL(request.url).searchParams.get('spot')
  const spots = wanted === null ? [] : await readSpots(portal, community)
  return spots.find(spot => spot.spotId === wanted) ?? null
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOwner(request, params.slug, 'request:list')
  return {
    frame: visit.frame,
    spot: await spotIn(visit, request),
    script: await readSimilarScript(),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOwner(request, params.slug, 'request:list')
  const spot = await spotIn(visit, request)
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const wish = { spotId: spot?.spotId ?? null, isOnBehalf: false }
  const opened = await openRequest(visit, wish, read.ok ? read.value : {}, viewer.lang)
  if (opened.caseId === null) return data({ entered: opened.entered }, { status: opened.status })
  throw redirect(href(`/c/${visit.community.slug}/ask/${opened.caseId}/own?done=list`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('voice.newTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export default function NewRequestPage() {
  const { frame, spot, script } = useLoaderData<typeof loader>()
  const entered = useActionData<typeof action>()?.entered ?? null
  const t = useT()
  const { slug } = frame.community
  return (
    <OwnerPage
      frame={frame}
      area="ask"
      crumbs={[{ href: `/c/${slug}/ask`, label: t('voice.title') }]}
      title={t('voice.newTitle')}
      lead={t('voice.newLead')}
      notContained={[t('voice.omitAsker')]}
    >
      <RequestForm
        slug={slug}
        names={{}}
        entered={entered}
        script={script}
        spot={spot?.name ?? null}
        token={<OwnFormField frame={frame} />}
      />
    </OwnerPage>
  )
}
