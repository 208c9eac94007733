/** /c/:slug/office/oversight: what needs eyes in full; overseers comment, the auditor finds, officers reply, all in public. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { addMonths, periodOf } from '#kernel'
import { type Action, can, overseenBy } from '#people'
import { currentPortal, readForm } from '#platform'
import { Button, Card, DateField, ErrorSummary, href, LinkButton, Section, useT, viewerOf } from '#ui'
import { CsrfField, OfficePage, officePath } from '#ui/office'
import { AnyForm, textOf } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'
import { EntryList } from './oversight/entries.tsx'
import { actionOf, entryErrors, writeIn } from './oversight/entry-acts.server.ts'
import { EntryForm } from './oversight/entry-form.tsx'
import { FeeSection } from './oversight/fees.tsx'
import { ItemList } from './oversight/item-list.tsx'
import { CheckSection, LevelsSection, SatisfactionSection } from './oversight/sections.tsx'
import { oversightView } from './oversight/view.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug)
  const may = (action: Action) => can(actor, action, community.communityId)
  const view = await oversightView(portal, community, actor)
  return {
    frame,
    view,
    lastMonth: addMonths(periodOf(view.today), -1),
    overseesSeveral: overseenBy(actor).length > 1,
    may: {
      comment: may('oversight:comment'),
      find: may('finding:make'),
      pack: may('oversight:pack'),
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  // The form says which of the permissions is asked for; nothing else of it is looked at before.
  const read = await readForm(request, currentPortal().settings, AnyForm)
  const form = read.ok ? read.value : {}
  const visit = await enterOffice(request, params.slug, actionOf(textOf(form, 'intent')))
  const viewer = viewerOf(request.url)
  const done = await writeIn(visit, form)
  if (done.ok) throw redirect(href(officePath(visit.frame.slug, 'oversight'), viewer), 303)
  const { code } = done.error
  const status = code === 'not-permitted' ? 403 : code === 'reply-unfit' ? 409 : 422
  const errors = entryErrors(done.error, translate(viewer.lang))
  const entered = { about: textOf(form, 'about'), words: textOf(form, 'words') }
  return data({ errors, entered }, { status })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('oversight.officeTitle')} · ${t('site.name')}` }]
}

export default function OfficeOversightPage() {
  const { frame, view, may, lastMonth, overseesSeveral } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const t = useT()
  const errors = answered?.errors ?? []
  const path = `/c/${frame.slug}/oversight`
  const hidden = <CsrfField frame={frame} />
  const kind = may.find ? 'finding' : 'comment'
  return (
    <OfficePage
      frame={frame}
      crumbs={[]}
      width="standard"
      title={t('oversight.officeTitle')}
      lead={t('oversight.officeLead')}
      notContained={[t('oversight.contains')]}
      actions={
        <>
          {overseesSeveral && <LinkButton href="/oversight">{t('oversight.overviewTitle')}</LinkButton>}
          <LinkButton href={path}>{t('oversight.publicLink')}</LinkButton>
          <LinkButton href={`${path}/sample`}>{t('oversight.sampleLink')}</LinkButton>
        </>
      }
    >
      <ErrorSummary errors={errors} />
      <ItemList slug={frame.slug} items={view.items} />
      {(may.comment || may.find) && (
        <EntryForm kind={kind} hidden={hidden} entered={answered?.entered} errors={errors} />
      )}
      <EntryList slug={frame.slug} entries={view.entries} today={view.today} hidden={hidden} />
      {may.pack && (
        <Section title={t('oversight.packTitle')} lead={t('oversight.packLead')} id="pack">
          <Card>
            <form method="get" action={`${path}/pack.zip`}>
              <DateField
                name="period"
                label={t('oversight.samplePeriod')}
                month
                required
                defaultValue={lastMonth}
              />
              <Button icon="download" tone="secondary">
                {t('oversight.packButton')}
              </Button>
            </form>
          </Card>
        </Section>
      )}
      <CheckSection check={view.check} />
      <FeeSection months={view.fees} slug={frame.slug} />
      <SatisfactionSection years={view.satisfaction} />
      <LevelsSection {...view.levels} />
    </OfficePage>
  )
}
