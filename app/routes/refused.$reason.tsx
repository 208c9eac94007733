/** /refused/:reason: why the server in front refused a request, in words. Shown in place of the page that was asked for. */
import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { REFUSED_STATUS, type RefusedReason } from '#platform'
import { LinkButton, PageShell, useT, viewerOf } from '#ui'

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [
    { title: `${t('platform.refusedKicker')} · ${t('site.name')}` },
    { name: 'robots', content: 'noindex' },
  ]
}

export function loader({ params }: LoaderFunctionArgs) {
  const reason = (Object.keys(REFUSED_STATUS) as RefusedReason[]).find(known => known === params.reason)
  if (reason === undefined) throw new Response(null, { status: 404 })
  return data({ reason }, { status: REFUSED_STATUS[reason] })
}

export default function Refused() {
  const t = useT()
  const { reason } = useLoaderData<typeof loader>()
  return (
    <PageShell
      kicker={t('platform.refusedKicker')}
      title={t(`platform.refused.${reason}`)}
      lead={t(`platform.refusedText.${reason}`)}
      notContained={[t('platform.refusedContains')]}
    >
      <LinkButton href="/" tone="primary" icon="home">
        {t('site.errorHome')}
      </LinkButton>
    </PageShell>
  )
}
