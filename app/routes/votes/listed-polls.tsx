/** Polls as lists show them: with what they came to, question by question, once they were counted. */
import type { ReactNode } from 'react'
import { StatePill, useT } from '#ui'
import type { ListedPoll } from '#ui/votes'
import type { PollSummary } from '#votes/server'

const TONES = { PASSED: 'done', NOT_PASSED: 'stopped', NO_QUORUM: 'attention' } as const

/** The outcomes of a poll in a few words each. */
export function Outcomes(props: { readonly outcomes: NonNullable<PollSummary['outcomes']> }) {
  const t = useT()
  const { outcomes } = props
  return (
    <p className="row-links">
      {outcomes.map(({ question, outcome }, index) => {
        const word = t(`polls.outcome.${outcome}`)
        const label =
          outcomes.length === 1
            ? word
            : t('polls.outcomeOf', { of: t('polls.numbered', { number: index + 1 }), outcome: word })
        return <StatePill tone={TONES[outcome]} label={label} key={question} />
      })}
    </p>
  )
}

/** Makes the rows of a list; `mine` says beside each what it means for the reader. */
export function useListedPolls(
  slug: string,
): (polls: readonly PollSummary[], mine?: (pollId: string) => ReactNode) => readonly ListedPoll[] {
  return (polls, mine) =>
    polls.map(({ pollId, title, state, opensAt, closesAt, outcomes }) => ({
      pollId,
      href: `/c/${slug}/votes/${pollId}`,
      title,
      state,
      opensAt,
      closesAt,
      verdict: outcomes === null ? undefined : <Outcomes outcomes={outcomes} />,
      mine: mine?.(pollId),
    }))
}
