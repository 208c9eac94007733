/** /c/SLUG/council/register: every outcome over all years, by year, body and opinion. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { MEETING_KINDS, OPINIONS } from '#council'
import { countDecisions, type DecisionFilter, readDecisions } from '#council/server'
import { currentPortal } from '#platform'
import { Button, KeepViewer, Pagination, SelectField, useT } from '#ui'
import { DecisionList } from '#ui/council'
import { formatOutcomePlace, parseOutcomePlace } from './council/list-place.ts'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

const ROWS = 50

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const { searchParams } = new URL(request.url)
  const filter: DecisionFilter = {
    year: /^\d{4}$/.exec(searchParams.get('year') ?? '')?.[0],
    kind: MEETING_KINDS.find(kind => kind === searchParams.get('kind')),
    opinion: OPINIONS.find(opinion => opinion === searchParams.get('opinion')),
  }
  const after = parseOutcomePlace(searchParams.get('after'))
  const { rows, next } = await readDecisions(portal, community, { filter, after, limit: ROWS })
  const page = {
    community: viewOf(community),
    filter,
    ...(await countDecisions(portal, community, filter)),
    found: rows,
    isFirst: after === null,
    next: next && formatOutcomePlace(next),
  }
  return publicPage(community, page, false)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('council.register'))

export default function RegisterPage() {
  const { community, filter, years, found, count, isFirst, next } = useLoaderData<typeof loader>()
  const t = useT()
  const path = `/c/${community.slug}/council`
  const asked = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== undefined))
  const registerAt = (more: string) => `${path}/register?${asked}${more}`
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
      <Pagination
        newer={isFirst ? undefined : registerAt('')}
        older={next === null ? undefined : registerAt(`&after=${next}`)}
      />
    </PublicPage>
  )
}
