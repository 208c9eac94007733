/** /c/SLUG/projects: the contest and its rounds, and the proposals of residents by where they stand. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { dateOf } from '#kernel'
import { hasPoints } from '#ledger/server'
import { currentPortal } from '#platform'
import { isProposalGroup, PROPOSAL_GROUPS } from '#projects'
import { readProposals, readRounds } from '#projects/server'
import { BigActions, LinkButton, Section, useT } from '#ui'
import { GroupTabs, ProposalList, RoundList } from '#ui/projects'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

const ROUNDS_SHOWN = 6

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const asked = new URL(request.url).searchParams.get('show') ?? ''
  const group = isProposalGroup(asked) ? asked : 'open'
  const page = {
    community: viewOf(community),
    today: dateOf(portal.clock.now()),
    group,
    hasPoints: await hasPoints(portal.db, community),
    rounds: await readRounds(portal, community),
    proposals: await readProposals(portal, community, { states: PROPOSAL_GROUPS[group] }),
  }
  return publicPage(community, page, false)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('projects.title'))

export default function ProjectsPage() {
  const {
    community,
    today,
    group,
    rounds,
    proposals,
    hasPoints: isWithPoints,
  } = useLoaderData<typeof loader>()
  const t = useT()
  const below = `/c/${community.slug}/projects`
  return (
    <PublicPage
      of={community}
      area="projects"
      title={t('projects.title')}
      lead={t('projects.lead')}
      notContained={[t('projects.omitPeople')]}
      actions={
        isWithPoints && (
          <LinkButton href={`/c/${community.slug}/points`} icon="ledger">
            {t('points.title')}
          </LinkButton>
        )
      }
    >
      <BigActions
        label={t('projects.startLabel')}
        actions={[
          {
            href: `${below}/new`,
            icon: 'draft',
            label: t('projects.startNew'),
            hint: t('projects.startNewHint'),
          },
          {
            href: `${below}#proposals`,
            icon: 'vote',
            label: t('projects.startSupport'),
            hint: t('projects.startSupportHint'),
          },
        ]}
      />
      <Section title={t('projects.roundsTitle')} lead={t('projects.roundsLead')} id="rounds">
        <RoundList rounds={rounds.slice(0, ROUNDS_SHOWN)} today={today} newHref={`${below}/new`} />
      </Section>
      <Section title={t(`projects.group.${group}`)} id="proposals">
        <GroupTabs href={below} current={group} />
        <ProposalList proposals={proposals} rounds={rounds} below={below} empty={t('projects.listNone')} />
      </Section>
    </PublicPage>
  )
}
