/** /c/:slug/office/polls/:poll/turnout: how many take part, which units to remind, and the reminder. Never who chose what. */
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
import { href, Notice, useT, viewerOf } from '#ui'
import { PollPage, RemindForm, SilentUnits } from '#ui/desk'
import { officePath } from '#ui/office'
import { TurnoutBars, TurnoutByBuilding } from '#ui/votes'
import { readTurnout, remindUnits } from '#votes/server'
import { deskOf, deskUnits } from './office/desk-view.server.ts'
import { AnyForm } from './office/entered.ts'
import { pollStatus, remindErrors } from './office/poll-refusals.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'ballot:enter')
  const { portal, community } = visit
  const desk = await deskOf(visit, params.poll)
  const { pollId, motion, state } = desk.poll
  const turnout = await readTurnout(portal.db, community, pollId)
  return {
    frame: visit.frame,
    poll: { pollId, title: motion.title },
    canRemind: state === 'open' && visit.frame.may.deliver,
    turnout:
      turnout === null
        ? null
        : {
            participating: turnout.received,
            total: turnout.total,
            byBuilding: turnout.byBuilding,
          },
    view: { pollId, silent: deskUnits(desk).filter(unit => unit.state !== 'voted') },
    reminded: /^\d{1,9}$/.exec(new URL(request.url).searchParams.get('reminded') ?? '')?.[0] ?? null,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'ballot:deliver')
  const { portal, actor, community, frame } = visit
  await readForm(request, portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const pollId = params.poll ?? ''
  const reminded = await remindUnits(portal, actor, community, { pollId })
  if (!reminded.ok) {
    const errors = remindErrors(reminded.error, { lang: viewer.lang })
    return data({ errors }, { status: pollStatus(reminded.error) })
  }
  const query = `?reminded=${reminded.value.units}`
  throw redirect(href(`${officePath(frame.slug, 'polls', pollId, 'turnout')}${query}`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('desk.turnoutTitle')} · ${t('site.name')}` }]
}

export default function TurnoutPage() {
  const { frame, poll, canRemind, turnout, view, reminded } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <PollPage
      frame={frame}
      poll={poll}
      title={t('desk.turnoutTitle')}
      lead={t('desk.turnoutLead')}
      notContained={t('desk.notContained')}
    >
      {reminded !== null && (
        <Notice tone="success" live="status" title={t('desk.remindedNow', { count: reminded })} />
      )}
      {turnout !== null && (
        <>
          <TurnoutBars participating={turnout.participating} total={turnout.total} />
          <TurnoutByBuilding rows={turnout.byBuilding} />
        </>
      )}
      {canRemind && <RemindForm frame={frame} errors={refused?.errors ?? []} />}
      <SilentUnits frame={frame} view={view} />
    </PollPage>
  )
}
