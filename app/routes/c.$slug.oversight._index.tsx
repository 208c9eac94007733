/** /c/SLUG/oversight: what needs eyes, in words, for everybody; comments and findings with their replies. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { currentPortal } from '#platform'
import { LinkButton, useT } from '#ui'
import { EntryList } from './oversight/entries.tsx'
import { FeeSection } from './oversight/fees.tsx'
import { ItemList } from './oversight/item-list.tsx'
import { CheckSection, LevelsSection, SatisfactionSection } from './oversight/sections.tsx'
import { oversightView } from './oversight/view.server.ts'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const page = { community: viewOf(community), ...(await oversightView(portal, community, null)) }
  // How long something has waited changes with the day and not with the books.
  return publicPage(community, page, false)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('oversight.title'))

export default function OversightPage() {
  const page = useLoaderData<typeof loader>()
  const t = useT()
  const path = `/c/${page.community.slug}`
  return (
    <PublicPage
      of={page.community}
      title={t('oversight.title')}
      lead={t('oversight.lead')}
      notContained={[t('oversight.contains')]}
      actions={<LinkButton href={`${path}/oversight/sample`}>{t('oversight.sampleLink')}</LinkButton>}
    >
      <ItemList slug={page.community.slug} items={page.items} />
      <EntryList slug={page.community.slug} entries={page.entries} today={page.today} />
      <CheckSection check={page.check} />
      <FeeSection months={page.fees} slug={page.community.slug} />
      <SatisfactionSection years={page.satisfaction} />
      <LevelsSection {...page.levels} />
    </PublicPage>
  )
}
