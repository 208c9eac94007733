/** /c/SLUG/votes/POLL: one poll for anybody: what is asked, how it is decided, who takes part, and what it came to. */
import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { currentPortal } from '#platform'
import { LinkButton, useT } from '#ui'
import { ChallengesSection } from '#ui/voice'
import { PollStatePill } from '#ui/votes'
import { communityAt, publicPage } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'
import {
  CourseSection,
  MoneySection,
  OfficialVotingNotice,
  ProofSection,
  QuestionsSection,
  ReasonsSection,
} from './votes/motion-sections.tsx'
import { placeOfPaper } from './votes/paper-place.server.ts'
import { type PollPage, readPollPage } from './votes/poll-page.server.ts'
import { ResultSection, TurnoutSection } from './votes/result-sections.tsx'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const scanned = new URL(request.url).searchParams.get('paper')
  if (scanned !== null)
    throw redirect(await placeOfPaper(portal, request, community, params.poll ?? '', scanned), 303)
  const { page, isKeepable } = await readPollPage(portal, community, params.poll)
  return publicPage(community, page, isKeepable)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => data?.poll.motion.title ?? t('polls.listTitle'))

export default function PollPageView() {
  const page = useLoaderData<typeof loader>()
  const { community, poll, turnout, result } = page
  const t = useT()
  const { slug } = community
  return (
    <PublicPage
      of={community}
      area="votes"
      breadcrumb={[{ href: `/c/${slug}/votes`, label: t('polls.listTitle') }]}
      kicker={<PollStatePill state={poll.state} />}
      title={poll.motion.title}
      lead={poll.motion.summary}
      actions={<PollActions slug={slug} poll={poll} />}
      notContained={[
        t('polls.omitChoices'),
        ...(result === null ? [t('polls.omitResult')] : []),
        t('polls.omitVoters'),
        t('community.omitPersons'),
      ]}
    >
      <OfficialVotingNotice motion={poll.motion} />
      <ResultSection {...page} />
      {result === null && poll.state !== 'notice' && turnout !== null && <TurnoutSection turnout={turnout} />}
      <QuestionsSection poll={poll} />
      <MoneySection slug={slug} poll={poll} />
      <ReasonsSection poll={poll} documentsAt={`/c/${slug}/votes/${poll.pollId}/documents`} />
      <CourseSection poll={poll} />
      {result !== null && turnout !== null && <TurnoutSection turnout={turnout} />}
      <ChallengesSection
        slug={slug}
        subject={{ kind: 'motion', key: poll.pollId }}
        challenges={page.challenges}
      />
      <ProofSection slug={slug} poll={poll} />
    </PublicPage>
  )
}

/** The way on: vote while it is open, look at one's own entry, print the sheet for the lobby. */
function PollActions(props: { readonly slug: string; readonly poll: PollPage['poll'] }) {
  const { slug, poll } = props
  const t = useT()
  const path = `/c/${slug}/votes/${poll.pollId}`
  return (
    <>
      {poll.state === 'open' && poll.motion.officialVoting !== 'import' && (
        <LinkButton tone="primary" icon="vote" href={`${path}/cast`}>
          {t('polls.voteNow')}
        </LinkButton>
      )}
      <LinkButton icon="person" href={`${path}/mine`}>
        {t('polls.toMine')}
      </LinkButton>
      <LinkButton icon="ledger" href={`${path}/roll`}>
        {t('polls.toRoll')}
      </LinkButton>
      <LinkButton icon="statement" href={`${path}/lobby`}>
        {t('polls.toLobby')}
      </LinkButton>
    </>
  )
}
