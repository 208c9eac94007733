/** /c/:slug/office/points: points proposed by one officer and confirmed by another, and the partners. 404 where points are off. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { dateOf } from '#kernel'
import { decidePoints, endPartner, proposePoints, readPointDesk, registerPartner } from '#ledger/server'
import { readForm } from '#platform'
import { ErrorSummary, href, LinkButton, Notice, useT, viewerOf } from '#ui'
import { CsrfField, OfficePage, officePath } from '#ui/office'
import { PointDesk } from '#ui/points'
import { AnyForm, type Entered, textOf } from './office/entered.ts'
import { enterOffice, type OfficeVisit } from './office/visit.server.ts'
import { pointsProblem, pointsStatus } from './points/problems.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, actor, community, frame } = await enterOffice(request, params.slug, 'points:keep')
  const desk = await readPointDesk(portal, actor, community)
  if (desk === null) throw new Response(null, { status: 404 })
  const isDone = new URL(request.url).searchParams.get('done') === 'act'
  return { frame, today: dateOf(portal.clock.now()), ...desk, isDone }
}

const FIELDS = ['intent', 'home', 'partner', 'points', 'activity', 'on', 'name'] as const

/** Takes the act whose button was pressed. Throws 400 for none. */
function takeAct({ portal, actor, community }: OfficeVisit, form: Entered) {
  const intent = textOf(form, 'intent')
  switch (intent) {
    case 'grant':
    case 'spend':
      return proposePoints(portal, actor, community, {
        kind: intent,
        home: textOf(form, 'home'),
        partnerId: textOf(form, 'partner'),
        points: textOf(form, 'points'),
        activity: textOf(form, 'activity'),
        happenedOn: textOf(form, 'on'),
      })
    case 'confirmed':
    case 'refused':
    case 'withdrawn':
      return decidePoints(portal, actor, community, {
        requestId: textOf(form, 'request'),
        decision: intent,
        seenDigest: textOf(form, 'seen'),
      })
    case 'partner':
      return registerPartner(portal, actor, community, { name: textOf(form, 'name') })
    case 'end':
      return endPartner(portal, actor, community, textOf(form, 'partner'))
    default:
      throw new Response(null, { status: 400 })
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'points:keep')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const done = await takeAct(visit, form)
  if (done.ok) throw redirect(href(`${officePath(visit.frame.slug, 'points')}?done=act`, viewer), 303)
  const entered = Object.fromEntries(FIELDS.map(name => [name, textOf(form, name)]))
  const { intent = '' } = entered
  const fields = ['grant', 'spend', 'partner'].includes(intent) ? intent : null
  const errors = [pointsProblem(done.error, viewer.lang, fields)]
  return data({ entered, errors }, { status: pointsStatus(done.error) })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('points.deskTitle')} · ${t('site.name')}` }]
}

export default function PointsDeskPage() {
  const { frame, today, pool, partners, requests, isDone } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[]}
      title={t('points.deskTitle')}
      lead={t('points.deskLead')}
      notContained={[t('points.omitMoney')]}
      width="standard"
      actions={
        <LinkButton href={`/c/${frame.slug}/points`} icon="ledger">
          {t('points.vouchersTitle')}
        </LinkButton>
      }
    >
      {isDone && refused === undefined && (
        <Notice tone="success" live="status" title={t('projects.doneActed')} />
      )}
      {refused !== undefined && <ErrorSummary errors={refused.errors} />}
      <PointDesk
        today={today}
        pool={pool}
        partners={partners}
        requests={requests}
        token={<CsrfField frame={frame} />}
        entered={refused?.entered ?? {}}
        errors={refused?.errors ?? []}
      />
    </OfficePage>
  )
}
