/** Polls as cards: what is decided, where it stands, until when, and (once counted) what it came to. */
import type { ReactNode } from 'react'
import type { PollState } from '#votes'
import { InstantText } from '../stamp.tsx'
import { Anchor, useT } from '../viewer.tsx'
import { PollStatePill } from './course.tsx'

/** A poll in a list. */
export interface ListedPoll {
  readonly pollId: string
  readonly href: string
  readonly title: string
  readonly state: PollState
  readonly opensAt: Date
  readonly closesAt: Date
  /** Below the title: the verdict of each question once counted. */
  readonly verdict?: ReactNode
  /** For the reader: whether they have voted. */
  readonly mine?: ReactNode
}

/** Polls under each other; the title leads to the poll. */
export function PollList(props: { readonly polls: readonly ListedPoll[]; readonly label: string }) {
  return (
    <ul className="poll-list" aria-label={props.label}>
      {props.polls.map(poll => (
        <li className="poll-list__item" key={poll.pollId}>
          <p className="poll-list__title">
            <Anchor href={poll.href}>{poll.title}</Anchor>
          </p>
          <p className="poll-list__when">
            <PollStatePill state={poll.state} /> <PollWindow poll={poll} />
          </p>
          {poll.verdict}
          {poll.mine}
        </li>
      ))}
    </ul>
  )
}

function PollWindow(props: { readonly poll: ListedPoll }) {
  const t = useT()
  const { poll } = props
  if (poll.state === 'draft' || poll.state === 'notice') {
    return (
      <span>
        {t('polls.opensOn')} <InstantText at={poll.opensAt} />
      </span>
    )
  }
  return (
    <span>
      {poll.state === 'open' ? t('polls.closesOn') : t('polls.closedOn')} <InstantText at={poll.closesAt} />
    </span>
  )
}
