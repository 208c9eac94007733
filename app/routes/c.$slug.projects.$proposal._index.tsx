/** /c/SLUG/projects/PROPOSAL: what a resident proposed, with all that was done about it. Who proposed is not here. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { currentPortal } from '#platform'
import { takesSupport } from '#projects'
import { LinkButton, useT } from '#ui'
import { ProposalSheet, proposalTitle } from '#ui/projects'
import { readProposalPage } from './projects/proposal-page.server.ts'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const { view, rounds, hasPoll } = await readProposalPage(portal, community, null, params.proposal)
  return publicPage(community, { community: viewOf(community), view, rounds, hasPoll }, false)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t =>
    data === undefined ? t('projects.title') : proposalTitle(data.view, t),
  )

export default function ProposalPage() {
  const { community, view, rounds, hasPoll } = useLoaderData<typeof loader>()
  const t = useT()
  const below = `/c/${community.slug}/projects`
  return (
    <PublicPage
      of={community}
      area="projects"
      breadcrumb={[{ href: below, label: t('projects.title') }]}
      kicker={t('projects.kicker', { number: view.number })}
      title={proposalTitle(view, t)}
      notContained={[t('projects.omitPeople')]}
      actions={
        takesSupport(view.state) && (
          <LinkButton href={`${below}/${view.proposalId}/own`} icon="vote" tone="primary">
            {t('projects.supportButton')}
          </LinkButton>
        )
      }
    >
      <ProposalSheet slug={community.slug} view={view} rounds={rounds} hasPoll={hasPoll} />
    </PublicPage>
  )
}
