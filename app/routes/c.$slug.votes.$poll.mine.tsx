/** /c/SLUG/votes/POLL/mine: an owner's own entry, weight, ballots and how they counted, with the right to object. */
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
import { EmptyState, href, Notice, useT, viewerOf } from '#ui'
import { PollStatePill } from '#ui/votes'
import { objectTo } from '#votes/server'
import { AnyForm, textOf } from './office/entered.ts'
import { ObjectionsSection, OwnActions, UnitsSection, WeightSection } from './votes/mine-sections.tsx'
import { OwnerPage } from './votes/owner-page.tsx'
import { enterOwner, readOwnPoll } from './votes/owner-visit.server.ts'
import { refusalStatus, refusalText } from './votes/refusals.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOwner(request, params.slug)
  const mine = await readOwnPoll(visit, params.poll)
  const done = new URL(request.url).searchParams.get('done')
  return { frame: visit.frame, mine, done: done === 'object' || done === 'withdraw' ? done : null }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOwner(request, params.slug)
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const pollId = params.poll ?? ''
  const entered = { unit: textOf(form, 'unit'), text: textOf(form, 'text') }
  const made = await objectTo(visit.portal, visit.actor, visit.community, { pollId, ...entered })
  if (!made.ok) {
    const message = refusalText(made.error, viewer.lang)
    return data({ refused: { message, ...entered } }, { status: refusalStatus(made.error) })
  }
  throw redirect(href(`/c/${visit.community.slug}/votes/${pollId}/mine?done=object#object`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('ballot.mineTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export default function MinePage() {
  const { frame, mine, done } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()?.refused ?? null
  const t = useT()
  const { poll } = mine
  const path = `/c/${frame.community.slug}/votes/${poll.pollId}`
  return (
    <OwnerPage
      frame={frame}
      crumbs={[{ href: path, label: poll.motion.title }]}
      kicker={<PollStatePill state={poll.state} />}
      title={t('ballot.mineTitle')}
      lead={poll.motion.title}
      actions={<OwnActions path={path} mine={mine} />}
      notContained={[t('ballot.omitCoOwners'), t('ballot.omitOthers')]}
    >
      {done === 'withdraw' && <Notice tone="success" title={t('ballot.withdrawn')} live="status" />}
      {mine.units.length === 0 ? (
        <EmptyState title={t('ballot.noUnits')}>{t('ballot.noUnitsText')}</EmptyState>
      ) : (
        <>
          <UnitsSection path={path} mine={mine} />
          <WeightSection mine={mine} />
          <ObjectionsSection frame={frame} mine={mine} refused={refused} isMade={done === 'object'} />
        </>
      )}
    </OwnerPage>
  )
}
