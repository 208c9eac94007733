/** /c/:slug/office/polls/:poll/proxies: written proxies, representatives of co-owners and sales, `?unit=` chooses the unit. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { DOCUMENT_LIMIT_BYTES } from '#kernel'
import { readForm } from '#platform'
import { href, Notice, useT, viewerOf } from '#ui'
import { Agents, NO_AGENT, PollPage } from '#ui/desk'
import { officePath } from '#ui/office'
import { agentsView, registerAgent } from './office/agents.server.ts'
import { deskOf } from './office/desk-view.server.ts'
import { AnyForm, textOf } from './office/entered.ts'
import { pollStatus } from './office/poll-refusals.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'proxy:register')
  const { lang } = viewerOf(request.url)
  const desk = await deskOf(visit, params.poll)
  const query = new URL(request.url).searchParams
  return {
    frame: visit.frame,
    poll: { pollId: desk.poll.pollId, title: desk.poll.motion.title },
    view: await agentsView(visit, desk, query.get('unit'), lang),
    limit: `${DOCUMENT_LIMIT_BYTES / 1024 / 1024} MB`,
    isDone: query.get('done') === 'yes',
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'proxy:register')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const pollId = params.poll ?? ''
  const { entered, errors, refusal } = await registerAgent(visit, pollId, form, viewer.lang)
  if (refusal !== null) return data({ entered, errors }, { status: pollStatus(refusal) })
  const query = new URLSearchParams({ unit: textOf(form, 'unit'), done: 'yes' })
  throw redirect(href(`${officePath(visit.frame.slug, 'polls', pollId, 'proxies')}?${query}`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('desk.agentsTitle')} · ${t('site.name')}` }]
}

export default function AgentsPage() {
  const { frame, poll, view, limit, isDone } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <PollPage frame={frame} poll={poll} title={t('desk.agentsTitle')} lead={t('desk.agentsLead')}>
      {isDone && <Notice tone="success" live="status" title={t('desk.registeredNow')} />}
      <Agents
        frame={frame}
        view={view}
        entered={refused?.entered ?? NO_AGENT}
        errors={refused?.errors ?? []}
        documentLimit={limit}
      />
    </PollPage>
  )
}
