/** /c/SLUG/search: words in public vouchers, votes, minutes, questions and requests. A form that asks by address; works without a script. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { currentPortal } from '#platform'
import { DETAIL_KINDS, formatPlace, isSearchKind, parsePlace, parseSearch, SEARCH_KINDS } from '#search'
import { searchCommunity } from '#search/server'
import { Button, CheckboxGroup, EmptyState, KeepViewer, Pagination, Section, TextField, useT } from '#ui'
import { communityAt, maySeeDetail, publicPage, viewOf } from './public/community.server.ts'
import { FoundList } from './public/found-list.tsx'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

const PAGE = 20
const LONGEST = 200

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const { searchParams } = new URL(request.url)
  const asked = (searchParams.get('q') ?? '').slice(0, LONGEST)
  const chosen = searchParams.getAll('kind').filter(isSearchKind)
  const seesDetail = await maySeeDetail(portal, request, community)
  const kinds = (chosen.length === 0 ? SEARCH_KINDS : chosen).filter(
    kind => seesDetail || !DETAIL_KINDS.includes(kind),
  )
  const search = parseSearch(asked)
  const after = parsePlace(searchParams.get('after') ?? '')
  const { found, next } =
    search === null || kinds.length === 0
      ? { found: [], next: null }
      : await searchCommunity(portal, community, { search, kinds, after, limit: PAGE })
  // What is asked for is free text: such a page is never kept.
  return publicPage(
    community,
    {
      community: viewOf(community),
      asked,
      isFindable: search !== null,
      chosen,
      seesDetail,
      found,
      next: next && formatPlace(next),
    },
    false,
  )
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) => [
  ...publicMeta(location.search, data?.community, t => t('search.title')),
  { name: 'robots', content: 'noindex' },
]

export default function SearchPage() {
  const page = useLoaderData<typeof loader>()
  const t = useT()
  const path = `/c/${page.community.slug}/search`
  const query = new URLSearchParams([['q', page.asked], ...page.chosen.map(kind => ['kind', kind])])
  return (
    <PublicPage
      of={page.community}
      title={t('search.title')}
      lead={t('search.lead')}
      notContained={[t('search.omitPrivate'), ...(page.seesDetail ? [] : [t('search.omitDetail')])]}
    >
      <search>
        <form method="get" action={path}>
          <KeepViewer />
          <TextField
            name="q"
            type="search"
            label={t('search.field')}
            hint={t('search.fieldHint')}
            defaultValue={page.asked}
            maxLength={LONGEST}
            autoComplete="off"
          />
          <CheckboxGroup
            name="kind"
            label={t('search.kinds')}
            choices={SEARCH_KINDS.map(kind => ({ value: kind, label: t(`search.kind.${kind}`) }))}
            defaultValues={page.chosen.length === 0 ? SEARCH_KINDS : page.chosen}
          />
          <Button>{t('search.submit')}</Button>
        </form>
      </search>
      {page.asked.trim() !== '' &&
        (page.found.length > 0 ? (
          <Section title={t('search.found')}>
            <FoundList slug={page.community.slug} found={page.found} />
            <Pagination
              older={
                page.next === null ? undefined : `${path}?${query}&after=${encodeURIComponent(page.next)}`
              }
            />
          </Section>
        ) : page.isFindable ? (
          <EmptyState title={t('search.none', { asked: page.asked })}>{t('search.noneText')}</EmptyState>
        ) : (
          <EmptyState title={t('search.nothing')}>{t('search.nothingText')}</EmptyState>
        ))}
    </PublicPage>
  )
}
