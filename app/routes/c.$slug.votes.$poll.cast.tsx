/** /c/SLUG/votes/POLL/cast: an owner votes: one question per screen, one summary, once submitted nothing more. */
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
import { EmptyState, ErrorSummary, href, LinkButton, useT, viewerOf } from '#ui'
import { castPapers } from '#votes/server'
import { AnyForm, textOf } from './office/entered.ts'
import { CastObstacle } from './votes/cast-obstacle.tsx'
import {
  BallotScreen,
  CastWarnings,
  QuestionScreen,
  Submitted,
  SummaryScreen,
} from './votes/cast-screens.tsx'
import { alreadyCast, ballotsToCast, lastSeqOf, nextScreen } from './votes/cast-steps.ts'
import { OfficialVotingNotice } from './votes/motion-sections.tsx'
import { OwnerPage } from './votes/owner-page.tsx'
import { enterOwner, readOwnVoting } from './votes/owner-visit.server.ts'
import { refusalStatus, refusalText } from './votes/refusals.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOwner(request, params.slug)
  const mine = await readOwnVoting(visit, params.poll)
  const asked = (new URL(request.url).searchParams.get('submitted') ?? '').split('.').map(Number)
  const own = mine.units.flatMap(unit => unit.ballots)
  return {
    frame: visit.frame,
    mine,
    submitted: own.filter(ballot => asked.includes(ballot.seq)).map(({ unit, seq }) => ({ unit, seq })),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOwner(request, params.slug)
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const mine = await readOwnVoting(visit, params.poll)
  const casting = nextScreen(mine, form)
  const viewer = viewerOf(request.url)
  if (casting.screen.at !== 'submit' || casting.ballot === null) {
    const since = textOf(form, 'since')
    return { casting, since: /^\d{1,15}$/.test(since) ? Number(since) : null, refused: null }
  }
  const submitted = (seqs: readonly number[]) =>
    redirect(
      href(`/c/${visit.community.slug}/votes/${mine.poll.pollId}/cast?submitted=${seqs.join('.')}`, viewer),
      303,
    )
  const since = Number(textOf(form, 'since'))
  const repeated = alreadyCast(mine, casting, since)
  if (repeated !== null) return submitted(repeated)
  const cast = await castPapers(visit.portal, visit.actor, visit.community, {
    pollId: mine.poll.pollId,
    units: casting.ballot.units,
    answers: casting.answers,
    asProxy: casting.ballot.asProxy,
  })
  if (cast.ok) return submitted(cast.value.ballots.map(ballot => ballot.seq))
  const screen = { ...casting, screen: { at: 'summary' } as const }
  return data(
    { casting: screen, since, refused: refusalText(cast.error, viewer.lang) },
    { status: refusalStatus(cast.error) },
  )
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('ballot.castTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export default function CastPage() {
  const { frame, mine, submitted } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const t = useT()
  const path = `/c/${frame.community.slug}/votes/${mine.poll.pollId}`
  const casting = done?.casting ?? nextScreen(mine, {})
  const units = casting.ballot?.units ?? []
  const since =
    done?.since ??
    lastSeqOf(
      mine,
      mine.units.map(unit => unit.entry.unit),
    )
  const shown = { frame, mine, casting, since }
  const isSubmitted = done === undefined && submitted.length > 0
  const mayCast = mine.isOpenNow && ballotsToCast(mine.units).length > 0
  return (
    <OwnerPage
      frame={frame}
      kicker={mine.poll.motion.title}
      title={isSubmitted ? t('ballot.submittedTitle') : t('ballot.castTitle')}
      notContained={[t('polls.omitChoices')]}
    >
      {isSubmitted ? (
        <Submitted path={path} closesAt={mine.poll.closesAt} ballots={submitted} />
      ) : !mayCast ? (
        <EmptyState
          title={t('ballot.cannotTitle')}
          action={<LinkButton href={`${path}/mine`}>{t('ballot.toMine')}</LinkButton>}
        >
          <CastObstacle mine={mine} />
        </EmptyState>
      ) : (
        <>
          {done?.refused && <ErrorSummary errors={[{ message: done.refused }]} />}
          <OfficialVotingNotice motion={mine.poll.motion} />
          <CastWarnings mine={mine} units={units} />
          {casting.screen.at === 'ballot' && <BallotScreen {...shown} />}
          {casting.screen.at === 'question' && (
            <QuestionScreen {...shown} questionId={casting.screen.questionId} />
          )}
          {casting.screen.at === 'summary' && <SummaryScreen {...shown} />}
        </>
      )}
    </OwnerPage>
  )
}
