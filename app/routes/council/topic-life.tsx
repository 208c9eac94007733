/** The whole life of a topic in its order: source, opinions, vote, money, acceptance, answer; and what still comes. */
import type { TopicEventView, TopicView } from '#council/server'
import type { CivilDate } from '#kernel'
import { Anchor, Timeline, type TimelineEntry, useT } from '#ui'

interface Step extends TimelineEntry {
  readonly on: CivilDate
}

/** Where a step's reference leads; only votes, budget lines and vouchers have a page. */
function hrefOf(slug: string, { kind, reference }: TopicEventView): string | null {
  if (reference === null) return null
  if (kind === 'vote') return `/c/${slug}/votes/${reference}`
  if (kind === 'voucher') return `/c/${slug}/vouchers/${reference}`
  return kind === 'budget' ? `/c/${slug}/fund` : null
}

/** The timeline of a topic. */
export function TopicLife(props: {
  readonly slug: string
  readonly topic: Pick<
    TopicView,
    'openedOn' | 'source' | 'reference' | 'opinions' | 'events' | 'coming' | 'standing'
  >
}) {
  const t = useT()
  const { slug, topic } = props
  const raised: Step = {
    key: 'raised',
    on: topic.openedOn,
    at: topic.openedOn,
    state: 'done',
    title: t('council.lifeRaised'),
    who: t(`council.source.${topic.source}`),
    note: topic.reference,
  }
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
    const href = hrefOf(slug, event)
    const title = t(`council.event.${event.kind}`)
    return {
      key: `event ${place}`,
      on: event.on,
      at: event.on,
      state: 'done',
      title: href === null ? title : <Anchor href={href}>{title}</Anchor>,
      who: event.reference,
      note: event.text,
    }
  })
  const past = [raised, ...opinions, ...events].toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  const next: TimelineEntry[] = topic.coming.map(meeting => ({
    key: `coming ${meeting.meetingId}`,
    state: 'now',
    at: meeting.startsAt,
    title: <Anchor href={`/c/${slug}/council/meetings/${meeting.meetingId}`}>{meeting.notice.title}</Anchor>,
    note: t(meeting.state === 'held' ? 'council.lifeMinutesDue' : 'council.lifeOnAgenda'),
  }))
  const isOpen = topic.standing !== 'closed' && topic.standing !== 'answered'
  const last: TimelineEntry[] = isOpen
    ? [{ key: 'answer', state: 'next', title: t('council.lifeAnswer') }]
    : []
  return <Timeline label={t('council.life')} entries={[...past, ...next, ...last]} />
}
