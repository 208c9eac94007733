/** /c/SLUG/votes/POLL/withdraw: an owner takes back what stands for their units, before the close. */
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
import {
  Button,
  ButtonRow,
  CheckboxGroup,
  EmptyState,
  ErrorSummary,
  href,
  LinkButton,
  useT,
  viewerOf,
} from '#ui'
import { withdrawPaper } from '#votes/server'
import { AnyForm, textsOf } from './office/entered.ts'
import { OwnerPage, OwnFormField } from './votes/owner-page.tsx'
import { enterOwner, readOwnPoll } from './votes/owner-visit.server.ts'
import { refusalStatus, refusalText } from './votes/refusals.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOwner(request, params.slug)
  const mine = await readOwnPoll(visit, params.poll)
  const mayWithdraw = mine.isOpenNow && mine.poll.policy.withdrawAllowed
  return {
    frame: visit.frame,
    poll: { pollId: mine.poll.pollId, title: mine.poll.motion.title },
    units: mine.units
      .filter(unit => mayWithdraw && unit.standing !== null && unit.obstacle === null)
      .map(({ entry, asProxy }) => ({ unit: entry.unit, asProxy })),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOwner(request, params.slug)
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const pollId = params.poll ?? ''
  const named = textsOf(form, 'unit')
  const mine = await readOwnPoll(visit, pollId)
  const isProxied = (unit: string) => mine.units.some(each => each.entry.unit === unit && each.asProxy)
  // Own units and those of others are two submissions: each says in what capacity it was made.
  for (const asProxy of [false, true]) {
    const units = named.filter(unit => isProxied(unit) === asProxy)
    if (units.length === 0 && (asProxy || named.length > 0)) continue
    const done = await withdrawPaper(visit.portal, visit.actor, visit.community, { pollId, units, asProxy })
    if (!done.ok) {
      return data({ message: refusalText(done.error, viewer.lang) }, { status: refusalStatus(done.error) })
    }
  }
  throw redirect(href(`/c/${visit.community.slug}/votes/${pollId}/mine?done=withdraw`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('ballot.withdraw')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export default function WithdrawPage() {
  const { frame, poll, units } = useLoaderData<typeof loader>()
  const message = useActionData<typeof action>()?.message
  const t = useT()
  const path = `/c/${frame.community.slug}/votes/${poll.pollId}`
  return (
    <OwnerPage
      frame={frame}
      crumbs={[{ href: `${path}/mine`, label: t('ballot.mineTitle') }]}
      kicker={poll.title}
      title={t('ballot.withdraw')}
      lead={units.length > 0 ? t('ballot.withdrawLead') : undefined}
      notContained={[t('ballot.omitOthers')]}
    >
      {message !== undefined && <ErrorSummary errors={[{ field: 'unit', message }]} />}
      {units.length === 0 ? (
        <EmptyState
          title={t('ballot.withdrawNothing')}
          action={<LinkButton href={`${path}/mine`}>{t('ballot.toMine')}</LinkButton>}
        />
      ) : (
        <form method="post">
          <OwnFormField frame={frame} />
          <CheckboxGroup
            name="unit"
            label={t('ballot.withdrawWhich')}
            choices={units.map(({ unit, asProxy }) => ({
              value: unit,
              label: asProxy ? t('ballot.unitAsProxy', { unit }) : unit,
            }))}
            defaultValues={units.length === 1 ? [units[0]!.unit] : []}
            error={message}
          />
          <ButtonRow>
            <Button tone="danger">{t('ballot.withdrawConfirm')}</Button>
            <LinkButton href={`${path}/mine`}>{t('ballot.keep')}</LinkButton>
          </ButtonRow>
        </form>
      )}
    </OwnerPage>
  )
}
