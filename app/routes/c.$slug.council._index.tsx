/** /c/SLUG/council: what was concluded, when one meets next, what is overdue, which topics are under way, who sits there. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import type { ComponentProps } from 'react'
import { currentPortal } from '#platform'
import { Columns, LinkButton, Section, useT } from '#ui'
import { ActionTable, DecisionList, MeetingTable, SeatTable, TopicTable, WhatItIsWorth } from '#ui/council'
import { readCouncilPage } from './council/council-page.server.ts'
import { communityAt, publicPage } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  return publicPage(community, await readCouncilPage(portal, community), false)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('council.title'))

export default function CouncilPage() {
  const page = useLoaderData<typeof loader>()
  const t = useT()
  const path = `/c/${page.community.slug}/council`
  const meetingAt = (meetingId: string) => `${path}/meetings/${meetingId}`
  return (
    <PublicPage
      of={page.community}
      area="council"
      title={t('council.title')}
      lead={t('council.lead')}
      notContained={[t('council.omitResidents'), t('council.omitDrafts'), t('council.omitContacts')]}
      actions={<ToProposals slug={page.community.slug} />}
    >
      <WhatItIsWorth kind={null} />
      {page.coming.length > 0 && (
        <Section title={t('council.coming')} id="coming">
          <MeetingTable caption={t('council.coming')} meetings={page.coming} hrefOf={meetingAt} />
        </Section>
      )}
      <Section
        title={t('council.decisions')}
        id="decisions"
        actions={<LinkButton href={`${path}/register`}>{t('council.toRegister')}</LinkButton>}
      >
        <DecisionList
          decisions={page.decisions}
          hrefOf={({ meetingId, item }) => `${meetingAt(meetingId)}#item-${item.no}`}
        />
      </Section>
      <Section title={t('council.openActions')} id="actions" lead={t('council.openActionsLead')}>
        <ActionTable
          caption={t('council.openActions')}
          actions={page.actions}
          today={page.today}
          hrefOf={({ meetingId, item }) => `${meetingAt(meetingId)}#item-${item}`}
        />
      </Section>
      <Section
        title={t('council.topics')}
        id="topics"
        actions={
          page.hasOlderTopics && <LinkButton href={`${path}/topics`}>{t('council.allTopics')}</LinkButton>
        }
      >
        <TopicTable topics={page.topics} hrefOf={topic => `${path}/topics/${topic}`} />
      </Section>
      {page.past.length > 0 && (
        <Section
          title={t('council.past')}
          id="past"
          actions={
            page.hasEarlier && <LinkButton href={`${path}/meetings`}>{t('council.allMeetings')}</LinkButton>
          }
        >
          <MeetingTable caption={t('council.past')} meetings={page.past} hrefOf={meetingAt} />
        </Section>
      )}
      <Section title={t('council.seats', { shape: page.shape })} id="seats" lead={t('council.seatsLead')}>
        <SeatTable caption={t('council.seats', { shape: page.shape })} seats={page.council} />
      </Section>
      <CommitteeSeats seats={page.committee} />
    </PublicPage>
  )
}

/** The way to what residents propose, which the council shortlists. */
function ToProposals({ slug }: { readonly slug: string }) {
  const t = useT()
  return (
    <LinkButton href={`/c/${slug}/projects`} icon="draft">
      {t('projects.homeLink')}
    </LinkButton>
  )
}

function CommitteeSeats({ seats }: { readonly seats: ComponentProps<typeof SeatTable>['seats'] }) {
  const t = useT()
  if (seats.length === 0) return null
  return (
    <Section title={t('council.committeeSeats')} id="committee">
      <Columns>
        <SeatTable caption={t('council.committeeSeats')} seats={seats} />
      </Columns>
    </Section>
  )
}
