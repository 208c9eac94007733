/** /c/SLUG/votes/POLL/lobby: one sheet of A4 for the notice board: what is decided, until when, what it came to, how to check. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { currentPortal } from '#platform'
import { Card, Columns, DefinitionList, DigestFigure, InstantText, QrCode, useT } from '#ui'
import {
  ApprovalBars,
  GateBars,
  PollStatePill,
  RuleSentence,
  TurnoutBars,
  useScopeText,
  VerdictSentence,
} from '#ui/votes'
import { communityAt, publicPage } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'
import { type PollPage, readPollPage } from './votes/poll-page.server.ts'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const { page, isKeepable } = await readPollPage(portal, community, params.poll)
  const address = `${portal.settings.baseUrl}/c/${community.slug}/votes/${page.poll.pollId}`
  return publicPage(community, { ...page, address }, isKeepable)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('polls.lobbyTitle'))

export default function LobbySheet() {
  const { address, ...page } = useLoaderData<typeof loader>()
  const { community, poll, result, turnout } = page
  const t = useT()
  const path = `/c/${community.slug}/votes/${poll.pollId}`
  return (
    <PublicPage
      of={community}
      breadcrumb={[{ href: path, label: poll.motion.title }]}
      kicker={<PollStatePill state={poll.state} />}
      title={poll.motion.title}
      lead={poll.motion.summary}
      notContained={[t('polls.omitChoices'), t('community.omitPersons')]}
    >
      <Essentials poll={poll} />
      {result === null
        ? turnout !== null &&
          poll.state !== 'notice' && (
            <Card>
              <TurnoutBars participating={turnout.received} total={turnout.total} />
            </Card>
          )
        : result.questions.map(each => <Outcome result={each} key={each.question.questionId} />)}
      <Columns>
        <QrCode text={address} caption={t('polls.lobbyQr')} />
        <div>
          <DigestFigure hash={poll.motionDigest} label={t('polls.digest.motion')} />
          {result !== null && <DigestFigure hash={result.digest} label={t('polls.tallyDigest')} />}
        </div>
      </Columns>
    </PublicPage>
  )
}

function Essentials(props: { readonly poll: PollPage['poll'] }) {
  const { poll } = props
  const t = useT()
  const scopeText = useScopeText()
  const scopes = [...new Set(poll.motion.questions.map(question => scopeText(question.matter)))]
  return (
    <>
      {[...new Set(poll.classes.map(row => row.class))].map(each => (
        <RuleSentence matterClass={each} key={each} />
      ))}
      <DefinitionList
        items={[
          { term: t('polls.clockOpen'), detail: <InstantText at={poll.opensAt} /> },
          { term: t('polls.clockClose'), detail: <InstantText at={poll.closesAt} /> },
          { term: t('polls.scopeHead'), detail: scopes.join(t('polls.pause')) },
          {
            term: t('polls.questionsTitle'),
            detail: poll.motion.questions.map(question => <p key={question.questionId}>{question.title}</p>),
          },
        ]}
      />
    </>
  )
}

function Outcome(props: { readonly result: NonNullable<PollPage['result']>['questions'][number] }) {
  const { question, class: matterClass, figures, plans } = props.result
  const labelOf = (id: string) => question.plans.find(plan => plan.id === id)?.label ?? id
  if (plans.length > 0) {
    return (
      <Card>
        <GateBars matterClass={matterClass} figures={figures} />
        {plans.map(({ plan, ...each }) => (
          <VerdictSentence matterClass={matterClass} figures={each} of={labelOf(plan)} key={plan} />
        ))}
      </Card>
    )
  }
  return (
    <Card>
      <VerdictSentence matterClass={matterClass} figures={figures} of={question.title} />
      <GateBars matterClass={matterClass} figures={figures} />
      <ApprovalBars matterClass={matterClass} figures={figures} />
    </Card>
  )
}
