/** /c/SLUG/council/meetings/ID: a meeting for anybody: its notice, and once they are signed off, its minutes with proof. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { readMeeting } from '#council/server'
import { currentPortal } from '#platform'
import { readMinutesCopies } from '#statements/server'
import { LinkButton, useT } from '#ui'
import { MeetingFacts, MeetingPill, WhatItIsWorth } from '#ui/council'
import { ChallengesSection } from '#ui/voice'
import { readChallengesOn } from '#voice/server'
import { AgendaSection, MinutesSection, NoticeHistory, SignInSection } from './council/meeting-sections.tsx'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const meeting = await readMeeting(portal, community, params.meeting ?? '')
  if (meeting === null) throw new Response(null, { status: 404 })
  const { baseUrl } = portal.settings
  const copies = await readMinutesCopies(portal, community, meeting.meetingId)
  const hasCopy = copies.some(copy => copy.file !== null)
  const asked = { kind: 'minutes', key: meeting.meetingId } as const
  const challenges = await readChallengesOn(portal, community, asked)
  return publicPage(community, { community: viewOf(community), meeting, baseUrl, hasCopy, challenges }, false)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => data?.meeting.notice.title ?? t('council.meetingTitle'))

export default function MeetingPage() {
  const { community, meeting, baseUrl, hasCopy, challenges } = useLoaderData<typeof loader>()
  const t = useT()
  const path = `/c/${community.slug}/council`
  const { notice } = meeting
  return (
    <PublicPage
      of={community}
      area="council"
      breadcrumb={[{ href: path, label: t('council.title') }]}
      kicker={<MeetingPill state={meeting.state} />}
      title={notice.title}
      actions={
        meeting.state === 'coming' && (
          <LinkButton
            tone="primary"
            icon="calendar"
            href={`${path}/meetings/${meeting.meetingId}/meeting.ics`}
            download
          >
            {t('council.toCalendar')}
          </LinkButton>
        )
      }
      notContained={[t('council.omitResidents'), t('council.omitRaw'), t('council.omitDrafts')]}
    >
      <WhatItIsWorth kind={notice.kind} />
      <MeetingFacts meeting={meeting} endsAt={new Date(notice.endsAt)} />
      {notice.cancelled !== null && <p>{t('council.cancelledBecause', { reason: notice.cancelled })}</p>}
      <MinutesSection slug={community.slug} meeting={meeting} hasCopy={hasCopy} />
      {meeting.published.length > 0 && (
        <ChallengesSection
          slug={community.slug}
          subject={{ kind: 'minutes', key: meeting.meetingId }}
          challenges={challenges}
        />
      )}
      <SignInSection slug={community.slug} meeting={meeting} baseUrl={baseUrl} />
      <AgendaSection slug={community.slug} meeting={meeting} />
      <NoticeHistory meeting={meeting} />
    </PublicPage>
  )
}
