/** /c/SLUG/points/own: an owner's points: each home's balance, redeeming at a shop, giving to the pool. 404 where points are off. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { hasPoints, readOwnPoints, spendOwnPoints } from '#ledger/server'
import { readForm } from '#platform'
import { ErrorSummary, href, KeyFigures, Notice, Section, useT, viewerOf } from '#ui'
import { GiveForm, PointVouchers, RedeemForm } from '#ui/points'
import { AnyForm, textOf } from './office/entered.ts'
import { pointsProblem, pointsStatus } from './points/problems.ts'
import { OwnerPage, OwnFormField } from './votes/owner-page.tsx'
import { enterOwner } from './votes/owner-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, actor, community, frame } = await enterOwner(request, params.slug, 'points:use')
  const page = await readOwnPoints(portal, actor, community)
  if (page === null) throw new Response(null, { status: 404 })
  const done = /^\d{1,9}$/.exec(new URL(request.url).searchParams.get('done') ?? '')?.[0] ?? null
  return { frame, ...page, done }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, actor, community } = await enterOwner(request, params.slug, 'points:use')
  if (!(await hasPoints(portal.db, community))) throw new Response(null, { status: 404 })
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const entered = {
    intent: textOf(form, 'intent'),
    home: textOf(form, 'home'),
    points: textOf(form, 'points'),
    partner: textOf(form, 'partner'),
  }
  if (entered.intent !== 'redeem' && entered.intent !== 'give') throw new Response(null, { status: 400 })
  const { home, points } = entered
  const partnerId = entered.intent === 'give' ? null : entered.partner
  const use = { home, points, partnerId, formKey: textOf(form, 'formKey') }
  const spent = await spendOwnPoints(portal, actor, community, use)
  if (spent.ok)
    throw redirect(href(`/c/${community.slug}/points/own?done=${spent.value.number}`, viewer), 303)
  const errors = [pointsProblem(spent.error, viewer.lang, entered.intent)]
  return data({ entered, errors }, { status: pointsStatus(spent.error) })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('points.ownTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export default function OwnPointsPage() {
  const { frame, homes, partners, vouchers, formKey, done } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  const { slug } = frame.community
  const forms = {
    homes,
    formKey,
    token: <OwnFormField frame={frame} />,
    errors: refused?.errors ?? [],
    entered: refused?.entered ?? null,
  }
  return (
    <OwnerPage
      frame={frame}
      area="projects"
      crumbs={[{ href: `/c/${slug}/points`, label: t('points.title') }]}
      title={t('points.ownTitle')}
      lead={t('points.ownLead')}
      notContained={[t('points.omitMoney')]}
    >
      {done !== null && refused === undefined && (
        <Notice tone="success" live="status" title={t('points.done', { number: done })} />
      )}
      {refused !== undefined && <ErrorSummary errors={refused.errors} />}
      {homes.length === 0 ? (
        <p>{t('points.ownNone')}</p>
      ) : (
        <>
          <KeyFigures
            label={t('points.ownTitle')}
            figures={homes.map(({ home, points }) => ({
              label: home,
              value: t('points.amount', { points }),
            }))}
          />
          <Section title={t('points.redeemTitle')} lead={t('points.redeemLead')} id="redeem">
            {partners.length === 0 ? (
              <p>{t('points.partnersNone')}</p>
            ) : (
              <RedeemForm {...forms} partners={partners} />
            )}
          </Section>
          <Section title={t('points.giveTitle')} lead={t('points.giveLead')} id="give">
            <GiveForm {...forms} />
          </Section>
        </>
      )}
      <Section title={t('points.ownVouchers')} id="vouchers">
        <PointVouchers slug={slug} vouchers={vouchers} isOwn />
      </Section>
    </OwnerPage>
  )
}
