/** The whole life of a topic in its order: source, opinions, vote, money, acceptance, answer; how far it is, and what still comes. */
import type { TopicEventView, TopicView } from '#council/server'
import type { CivilDate } from '#kernel'
import { Anchor, Money, StatePill, Timeline, type TimelineEntry, useT, useViewer } from '#ui'
import { StageList } from '#ui/council'
import type { AskedCase, LinkedLine, LinkedVote, TopicLinks } from './topic-page.server.ts'

interface Step extends TimelineEntry {
  readonly on: CivilDate
}

interface OfTopic {
  readonly slug: string
  readonly topic: TopicView
  readonly links: TopicLinks
}

/** Where a step's reference leads; only what is public has a page. */
function hrefOf(slug: string, { kind, reference }: TopicEventView, links: TopicLinks): string | null {
  if (reference === null) return null
  if (kind === 'vote') return reference in links.votes ? `/c/${slug}/votes/${reference}` : null
  if (kind === 'voucher') return `/c/${slug}/vouchers/${reference}`
  return kind === 'budget' ? `/c/${slug}/fund` : null
}

function VoteNote({ vote }: { readonly vote: LinkedVote | undefined }) {
  const t = useT()
  if (vote === undefined) return <p>{t('council.voteNotAnnounced')}</p>
  const tones = { PASSED: 'done', NOT_PASSED: 'stopped', NO_QUORUM: 'attention' } as const
  return (
    <p>
      {vote.title}{' '}
      {vote.outcomes.length === 0 ? (
        <StatePill tone="waiting" label={t(`polls.state.${vote.state}`)} />
      ) : (
        vote.outcomes.map((outcome, index) => (
          <StatePill key={String(index)} tone={tones[outcome]} label={t(`polls.outcome.${outcome}`)} />
        ))
      )}
    </p>
  )
}

function LineNote({ line }: { readonly line: LinkedLine | undefined }) {
  const t = useT()
  const { lang } = useViewer()
  if (line === undefined) return null
  return (
    <p>
      {t('council.lifeLine', { year: line.year, name: lang === 'en' ? line.nameEn : line.nameZh })}{' '}
      {line.plannedFen !== null && line.spentFen !== null && (
        <>
          {t('council.linePlanned')} <Money amount={line.plannedFen} /> {t('council.lineSpent')}{' '}
          <Money amount={line.spentFen} />
        </>
      )}
    </p>
  )
}

function EventNote({ event, links }: { readonly event: TopicEventView; readonly links: TopicLinks }) {
  const { kind, reference, text } = event
  const payment = kind === 'voucher' && reference !== null ? links.payments[reference] : undefined
  return (
    <>
      {kind === 'vote' && <VoteNote vote={links.votes[reference ?? '']} />}
      {kind === 'budget' && <LineNote line={links.lines[reference ?? '']} />}
      {payment !== undefined && (
        <p>
          <Money amount={payment.amountFen} /> {payment.narration}
        </p>
      )}
      {text !== '' && <p className="council-text">{text}</p>}
    </>
  )
}

/** What was asked for stands behind a link: words that are hidden there are hidden here. */
function raisedStep(t: ReturnType<typeof useT>, { slug, topic, links }: OfTopic): Step {
  const { asked } = links
  const title = t('council.lifeRaised')
  return {
    key: 'raised',
    on: topic.openedOn,
    at: topic.openedOn,
    state: 'done',
    title: asked === null ? title : <Anchor href={`/c/${slug}/ask/${asked.caseId}`}>{title}</Anchor>,
    who: t(`council.source.${topic.source}`),
    note: asked === null ? topic.reference : t('council.lifeAskedHere'),
  }
}

/** What whoever asked was told, and what they say of it. */
function AskedNote({ asked }: { readonly asked: AskedCase }) {
  const t = useT()
  return (
    <>
      {asked.reply?.text != null && <p className="council-text">{asked.reply.text}</p>}
      {asked.stars !== null && <p>{t('council.lifeStars', { stars: asked.stars })}</p>}
      <p>
        <StatePill tone={asked.stars === null ? 'waiting' : 'done'} label={t(`voice.state.${asked.state}`)} />
      </p>
    </>
  )
}

/** The timeline of a topic, under the list of its stages. */
export function TopicLife(props: OfTopic) {
  const t = useT()
  const { slug, topic, links } = props
  const opinions = topic.opinions.map(
    (opinion): Step => ({
      key: `opinion ${opinion.meetingId}`,
      on: opinion.heldOn,
      at: opinion.heldOn,
      state: 'done',
      title: (
        <Anchor href={`/c/${slug}/council/meetings/${opinion.meetingId}#item-${opinion.item.no}`}>
          {t('council.lifeOpinion')}
        </Anchor>
      ),
      who: opinion.meetingTitle,
      note: opinion.item.conclusion,
    }),
  )
  const events = topic.events.map((event, place): Step => {
    const href = hrefOf(slug, event, links)
    const title = t(`council.event.${event.kind}`)
    return {
      key: `event ${place}`,
      on: event.on,
      at: event.on,
      state: 'done',
      title: href === null ? title : <Anchor href={href}>{title}</Anchor>,
      who: event.kind === 'vote' ? null : event.reference,
      note: <EventNote event={event} links={links} />,
    }
  })
  const past = [raisedStep(t, props), ...opinions, ...events].toSorted((a, b) =>
    a.on < b.on ? -1 : a.on > b.on ? 1 : 0,
  )
  const next: TimelineEntry[] = topic.coming.map(meeting => ({
    key: `coming ${meeting.meetingId}`,
    state: 'now',
    at: meeting.startsAt,
    title: <Anchor href={`/c/${slug}/council/meetings/${meeting.meetingId}`}>{meeting.notice.title}</Anchor>,
    note: t(meeting.state === 'held' ? 'council.lifeMinutesDue' : 'council.lifeOnAgenda'),
  }))
  return (
    <>
      <StageList stages={topic.stages} />
      <Timeline label={t('council.life')} entries={[...past, ...next, ...lastSteps(t, props)]} />
      {Object.keys(links.payments).length > 1 && (
        <p>
          {t('council.paidTogether')} <Money amount={links.paidFen} />
        </p>
      )}
    </>
  )
}

function lastSteps(t: ReturnType<typeof useT>, { slug, topic, links }: OfTopic): readonly TimelineEntry[] {
  const { asked } = links
  if (asked !== null && asked.reply !== null) {
    return [
      {
        key: 'asked',
        state: asked.stars === null ? 'now' : 'done',
        at: asked.reply.at,
        title: <Anchor href={`/c/${slug}/ask/${asked.caseId}`}>{t('council.lifeAnswered')}</Anchor>,
        note: <AskedNote asked={asked} />,
      },
    ]
  }
  const isOpen = topic.standing !== 'closed' && topic.standing !== 'answered'
  return isOpen ? [{ key: 'answer', state: 'next', title: t('council.lifeAnswer') }] : []
}
