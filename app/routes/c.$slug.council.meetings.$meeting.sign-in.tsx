/** /c/SLUG/council/meetings/ID/sign-in: an owner signs in to an open-air assembly by the code at its entrance. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { isSignedIn, isSignInOpen, readMeeting, signInToMeeting } from '#council/server'
import { translate } from '#i18n'
import { readForm } from '#platform'
import { Button, ErrorSummary, href, InstantText, Notice, useT, viewerOf } from '#ui'
import { councilErrors, councilStatus } from './council/refusals.ts'
import { AnyForm } from './office/entered.ts'
import { OwnerPage, OwnFormField } from './votes/owner-page.tsx'
import { enterOwner } from './votes/owner-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, actor, community, frame } = await enterOwner(request, params.slug)
  const meeting = await readMeeting(portal, community, params.meeting ?? '')
  if (meeting === null || meeting.signIns === null) throw new Response(null, { status: 404 })
  return {
    frame,
    meetingId: meeting.meetingId,
    title: meeting.notice.title,
    place: meeting.notice.place,
    startsAt: meeting.startsAt,
    isOpen: isSignInOpen(meeting.notice, portal.clock.now()),
    isDone: await isSignedIn(portal, actor, community, meeting.meetingId),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, actor, community } = await enterOwner(request, params.slug)
  const viewer = viewerOf(request.url)
  await readForm(request, portal.settings, AnyForm)
  const meetingId = params.meeting ?? ''
  const done = await signInToMeeting(portal, actor, community, meetingId)
  if (done.ok) throw redirect(href(`/c/${community.slug}/council/meetings/${meetingId}/sign-in`, viewer), 303)
  return data({ errors: councilErrors(done.error, viewer.lang) }, { status: councilStatus(done.error.code) })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [
    { title: `${t('council.signInTitle')} · ${t('site.name')}` },
    { name: 'robots', content: 'noindex' },
  ]
}

export default function SignInPage() {
  const page = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OwnerPage
      frame={page.frame}
      crumbs={[
        { href: `/c/${page.frame.community.slug}/council/meetings/${page.meetingId}`, label: page.title },
      ]}
      title={t('council.signInTitle')}
      lead={t('council.signInLead', { title: page.title, place: page.place })}
      notContained={[t('council.omitResidents')]}
    >
      <ErrorSummary errors={refused?.errors ?? []} />
      <p>
        <InstantText at={page.startsAt} />
      </p>
      {page.isDone ? (
        <Notice tone="success" live="status" title={t('council.signedIn')} />
      ) : page.isOpen ? (
        <form method="post">
          <OwnFormField frame={page.frame} />
          <Button icon="done">{t('council.signInNow')}</Button>
        </form>
      ) : (
        <Notice title={t('council.signInNotOpen')} />
      )}
    </OwnerPage>
  )
}
