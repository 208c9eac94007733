/** /c/SLUG/council/register: every outcome over all years, by year, body and opinion. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { MEETING_KINDS, OPINIONS } from '#council'
import { readDecisions } from '#council/server'
import { currentPortal } from '#platform'
import { Button, KeepViewer, SelectField, useT } from '#ui'
import { DecisionList } from '#ui/council'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

const SHOWN = 100

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const { searchParams } = new URL(request.url)
  const all = await readDecisions(portal, community)
  const filter = {
    year: /^\d{4}$/.exec(searchParams.get('year') ?? '')?.[0] ?? '',
    kind: MEETING_KINDS.find(kind => kind === searchParams.get('kind')) ?? '',
    opinion: OPINIONS.find(opinion => opinion === searchParams.get('opinion')) ?? '',
  }
  const found = all.filter(
    ({ heldOn, kind, item }) =>
      (filter.year === '' || heldOn.startsWith(filter.year)) &&
      (filter.kind === '' || kind === filter.kind) &&
      (filter.opinion === '' || item.opinion === filter.opinion),
  )
  const years = [...new Set(all.map(({ heldOn }) => heldOn.slice(0, 4)))]
  const page = {
    community: viewOf(community),
    filter,
    years,
    found: found.slice(0, SHOWN),
    count: found.length,
  }
  return publicPage(community, page, false)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('council.register'))

export default function RegisterPage() {
  const { community, filter, years, found, count } = useLoaderData<typeof loader>()
  const t = useT()
  const path = `/c/${community.slug}/council`
  return (
    <PublicPage
      of={community}
      area="council"
      breadcrumb={[{ href: path, label: t('council.title') }]}
      title={t('council.register')}
      lead={t('council.registerLead')}
      notContained={[t('council.omitDrafts'), t('council.omitVotes')]}
    >
      <form method="get" className="filter__form">
        <KeepViewer />
        <SelectField
          name="year"
          label={t('council.year')}
          prompt={t('council.all')}
          defaultValue={filter.year}
          choices={years.map(year => ({ value: year, label: year }))}
          width="short"
        />
        <SelectField
          name="kind"
          label={t('council.kindLabel')}
          prompt={t('council.all')}
          defaultValue={filter.kind}
          choices={MEETING_KINDS.map(kind => ({ value: kind, label: t(`council.kind.${kind}`) }))}
          width="short"
        />
        <SelectField
          name="opinion"
          label={t('council.opinionLabel')}
          prompt={t('council.all')}
          defaultValue={filter.opinion}
          choices={OPINIONS.map(opinion => ({ value: opinion, label: t(`council.opinion.${opinion}`) }))}
          width="short"
        />
        <div>
          <Button>{t('council.show')}</Button>
        </div>
      </form>
      <p>{t('council.registerCount', { count })}</p>
      <DecisionList
        decisions={found}
        hrefOf={({ meetingId, item }) => `${path}/meetings/${meetingId}#item-${item.no}`}
      />
    </PublicPage>
  )
}
