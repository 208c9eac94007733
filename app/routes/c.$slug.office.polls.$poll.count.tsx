/** /c/:slug/office/polls/:poll/count: sealing what still lies at the desk; then the result, its three signatures, its posting. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { readForm } from '#platform'
import { href, refreshMeta, useT, viewerOf } from '#ui'
import { CERTIFICATE_REFRESH_SECONDS, Count, PollPage, SealForm } from '#ui/desk'
import { officePath } from '#ui/office'
import { askForCertificate } from './office/certificate-acts.server.ts'
import { countActs } from './office/count-acts.server.ts'
import { enteredMinutes } from './office/count-minutes.ts'
import { countView, pendingPapers } from './office/count-view.server.ts'
import { AnyForm, textOf } from './office/entered.ts'
import { pollOf } from './office/poll-view.server.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:read')
  const poll = await pollOf(visit, params.poll)
  const { searchParams } = new URL(request.url)
  const view = await countView(visit, poll, viewerOf(request.url).lang, searchParams.get('job'))
  const isSealing = view === null && (poll.state === 'open' || poll.state === 'closed')
  if (view === null && !isSealing) throw new Response(null, { status: 404 })
  return {
    frame: visit.frame,
    poll: { pollId: poll.pollId, title: poll.motion.title },
    view,
    pending: await pendingPapers(visit, poll),
    closesAt: poll.closesAt,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:read')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const pollId = params.poll ?? ''
  if (textOf(form, 'intent') === 'certify') {
    const asked = await askForCertificate(visit, pollId, form, viewer.lang)
    if ('errors' in asked) {
      const again = { errors: asked.errors, place: '', minutes: enteredMinutes(form) }
      return data(again, { status: asked.status })
    }
    const watch = `${officePath(visit.frame.slug, 'polls', pollId, 'count')}?job=${asked.jobId}`
    throw redirect(href(watch, viewer), 303)
  }
  const refused = await countActs(visit, pollId, form, viewer.lang)
  if (refused !== null) {
    const again = { errors: refused.errors, place: textOf(form, 'place'), minutes: null }
    return data(again, { status: refused.status })
  }
  // A sealed poll is counted by itself a moment later: its own page says how far it is.
  const place = textOf(form, 'intent') === 'seal' ? [] : ['count']
  throw redirect(href(officePath(visit.frame.slug, 'polls', pollId, ...place), viewer), 303)
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded, location }) => {
  const t = translate(viewerOf(location.search).lang)
  const title = { title: `${t('officePolls.countTitle')} · ${t('site.name')}` }
  return loaded?.view?.certificate.isMaking ? [title, refreshMeta(CERTIFICATE_REFRESH_SECONDS)] : [title]
}

export default function CountPage() {
  const { frame, poll, view, pending, closesAt } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  const errors = refused?.errors ?? []
  return (
    <PollPage
      frame={frame}
      poll={poll}
      kicker={t(view === null ? 'officePolls.step.close' : 'officePolls.countTitle')}
      title={poll.title}
      lead={t(view === null ? 'officePolls.stepHow.close' : 'officePolls.countLead')}
    >
      {view === null ? (
        <SealForm frame={frame} pending={pending} closesAt={closesAt} errors={errors} />
      ) : (
        <Count
          frame={frame}
          view={view}
          errors={errors}
          place={refused?.place ?? ''}
          minutes={refused?.minutes ?? null}
        />
      )}
    </PollPage>
  )
}
