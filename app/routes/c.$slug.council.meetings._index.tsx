/** /c/SLUG/council/meetings: every meeting that was held, the latest first, by the page; with or without minutes. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { readPastMeetings } from '#council/server'
import { currentPortal } from '#platform'
import { Pagination, useT } from '#ui'
import { MeetingTable } from '#ui/council'
import { formatMeetingPlace, parseMeetingPlace } from './council/list-place.ts'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

const ROWS = 50

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const after = parseMeetingPlace(new URL(request.url).searchParams.get('after'))
  const { rows, next } = await readPastMeetings(portal, community, { after, limit: ROWS })
  const page = {
    community: viewOf(community),
    meetings: rows,
    isFirst: after === null,
    next: next && formatMeetingPlace(next),
  }
  return publicPage(community, page, false)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('council.past'))

export default function MeetingsPage() {
  const { community, meetings, isFirst, next } = useLoaderData<typeof loader>()
  const t = useT()
  const council = `/c/${community.slug}/council`
  const path = `${council}/meetings`
  return (
    <PublicPage
      of={community}
      area="council"
      breadcrumb={[{ href: council, label: t('council.title') }]}
      title={t('council.past')}
      lead={t('council.minutesLead')}
      notContained={[t('council.omitResidents'), t('council.omitDrafts')]}
    >
      <MeetingTable
        caption={t('council.past')}
        meetings={meetings}
        hrefOf={meetingId => `${path}/${meetingId}`}
      />
      <Pagination
        newer={isFirst ? undefined : path}
        older={next === null ? undefined : `${path}?after=${next}`}
      />
    </PublicPage>
  )
}
