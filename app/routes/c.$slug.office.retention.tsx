/** /c/:slug/office/retention: how long personal data is kept here, and what has a fixed time. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { isRetentionKind, RETENTION_DAYS, RETENTION_KINDS } from '#people'
import { readRetention, setRetention } from '#people/server'
import { readForm } from '#platform'
import { Button, Card, ErrorSummary, href, Section, TextField, useT, viewerOf } from '#ui'
import { CsrfField, OfficePage, officePath } from '#ui/office'
import { AnyForm, textOf } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

const FIXED = ['roll', 'letters', 'codes', 'attempts', 'sessions'] as const

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, frame } = await enterOffice(request, params.slug, 'retention:set')
  return { frame, days: await readRetention(portal.db, community.communityId) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'retention:set')
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const kind = textOf(form, 'kind')
  const days = textOf(form, 'days')
  const set = isRetentionKind(kind) ? await setRetention(portal, actor, community, { kind, days }) : null
  const viewer = viewerOf(request.url)
  if (set?.ok) throw redirect(href(officePath(frame.slug, 'retention'), viewer), 303)
  return data({ kind }, { status: 422 })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('personal.retentionTitle')} · ${t('site.name')}` }]
}

export default function RetentionPage() {
  const { frame, days } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  const problem = t('personal.refusal.days-out-of-bounds')
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('roll.title'), href: officePath(frame.slug, 'roll') }]}
      title={t('personal.retentionTitle')}
      lead={t('personal.retentionLead')}
      notContained={[t('personal.retentionContains')]}
    >
      <ErrorSummary
        errors={refused === undefined ? [] : [{ field: `days-${refused.kind}`, message: problem }]}
      />
      {RETENTION_KINDS.map(kind => (
        <Card key={kind}>
          <form method="post">
            <CsrfField frame={frame} />
            <input type="hidden" name="kind" value={kind} />
            <p>{t(`personal.kind.${kind}`)}</p>
            <TextField
              name="days"
              id={`days-${kind}`}
              label={t('personal.retentionDays')}
              hint={t('personal.retentionBounds', {
                least: String(RETENTION_DAYS[kind].least),
                most: String(RETENTION_DAYS[kind].most),
              })}
              inputMode="numeric"
              maxLength={5}
              width="short"
              required
              defaultValue={String(days[kind])}
              error={refused?.kind === kind ? problem : undefined}
            />
            <Button tone="secondary">{t('personal.retentionSave')}</Button>
          </form>
        </Card>
      ))}
      <Section title={t('personal.retentionFixed')}>
        <ul>
          {FIXED.map(each => (
            <li key={each}>{t(`personal.fixed.${each}`)}</li>
          ))}
        </ul>
      </Section>
    </OfficePage>
  )
}
