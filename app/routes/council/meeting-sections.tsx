/** The parts of a meeting's public page: agenda and papers, sign-in, the published minutes with who signed them, earlier notices. */
import { signedInTotal } from '#council'
import type { MeetingView, PublishedMinutes } from '#council/server'
import { Anchor, DataTable, DigestFigure, InstantText, LinkButton, Notice, QrCode, Section, useT } from '#ui'
import { MinutesText } from '#ui/council'

interface OfMeeting {
  readonly slug: string
  readonly meeting: MeetingView
}

/** What is on the agenda, where each item comes from, and the papers to read before. */
export function AgendaSection({ slug, meeting }: OfMeeting) {
  const t = useT()
  const { notice, meetingId } = meeting
  const path = `/c/${slug}/council`
  return (
    <Section title={t('council.agenda')} id="agenda">
      <DataTable
        caption={t('council.agenda')}
        captionHidden
        rows={notice.agenda}
        rowKey={item => String(item.no)}
        rowHref={item => (item.topicId === null ? undefined : `${path}/topics/${item.topicId}`)}
        columns={[
          {
            key: 'title',
            label: t('council.topic'),
            cell: item => t('council.itemNumbered', { number: item.no, title: item.title }),
          },
          {
            key: 'source',
            label: t('council.source'),
            cell: item => (item.source === null ? '—' : t(`council.source.${item.source}`)),
          },
          {
            key: 'minutes',
            label: t('council.duration'),
            type: 'number',
            cell: item => t('council.minutesLong', { minutes: item.minutes }),
          },
        ]}
      />
      {notice.papers.length > 0 && (
        <>
          <h3>{t('council.papers')}</h3>
          <ul>
            {notice.papers.map(paper => (
              <li key={paper.sha256}>
                <Anchor href={`${path}/meetings/${meetingId}/papers/${paper.sha256}`}>{paper.name}</Anchor>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}

/** How many signed in, and the code that hangs at the entrance. Never who. */
export function SignInSection(props: OfMeeting & { readonly baseUrl: string }) {
  const t = useT()
  const { slug, meeting, baseUrl } = props
  const { signIns, state, meetingId } = meeting
  if (signIns === null || state === 'cancelled') return null
  const path = `/c/${slug}/council/meetings/${meetingId}/sign-in`
  return (
    <Section title={t('council.signInTitle')} id="sign-in">
      <p>{t('council.signIns', { total: signedInTotal(signIns), ...signIns })}</p>
      {state !== 'published' && (
        <>
          <QrCode text={`${baseUrl}${path}`} caption={t('council.signInCode')} />
          <p>
            <LinkButton href={path} icon="person">
              {t('council.signInHere')}
            </LinkButton>
          </p>
        </>
      )}
    </Section>
  )
}

function SignOffList({ published }: { readonly published: PublishedMinutes }) {
  const t = useT()
  const { minutes, signOffs } = published
  return (
    <DataTable
      caption={t('council.signOffs')}
      rows={signOffs}
      rowKey={signOff => signOff.seat}
      columns={[
        {
          key: 'seat',
          label: t('council.organisation'),
          cell: ({ seat }) => minutes.seats.find(each => each.seat === seat)?.organisation ?? seat,
        },
        {
          key: 'stance',
          label: t('council.stanceLabel'),
          cell: ({ stance, reason, method }) => (
            <>
              {t(`council.stance.${stance}`)} {reason} {t(`council.method.${method}`)}
            </>
          ),
        },
        { key: 'at', label: t('council.signedAt'), type: 'date', cell: ({ at }) => <InstantText at={at} /> },
      ]}
    />
  )
}

/** The minutes that stand, who signed them, and the versions before. */
export function MinutesSection({ slug, meeting, hasCopy }: OfMeeting & { readonly hasCopy: boolean }) {
  const t = useT()
  const [newest, ...earlier] = meeting.published
  const path = `/c/${slug}/council`
  if (newest === undefined) {
    return meeting.state === 'held' ? (
      <Notice tone="warning" title={t('council.minutesDue')}>
        <p>{t('council.minutesDueText')}</p>
      </Notice>
    ) : null
  }
  return (
    <Section title={t('council.minutes')} id="minutes" lead={t('council.minutesLead')}>
      {newest.issue > 1 && newest.reason !== null && (
        <Notice title={t('council.superseding', { issue: newest.issue })}>
          <p>{newest.reason}</p>
        </Notice>
      )}
      <MinutesText minutes={newest.minutes} topicAt={topic => `${path}/topics/${topic}`} />
      <SignOffList published={newest} />
      <p>
        {t('council.publishedAt')} <InstantText at={newest.publishedAt} />{' '}
        <Anchor href={`/c/${slug}/entries/${newest.publishedLeaf}/leaf`}>{t('council.leaf')}</Anchor>
      </p>
      <DigestFigure hash={newest.digest} label={t('council.digest')} />
      {hasCopy && (
        <p>
          <LinkButton icon="download" href={`${path}/meetings/${meeting.meetingId}/minutes.pdf`}>
            {t('council.copy')}
          </LinkButton>
        </p>
      )}
      {earlier.map(issue => (
        <details key={issue.issue}>
          <summary>{t('council.earlierIssue', { issue: issue.issue })}</summary>
          <MinutesText minutes={issue.minutes} topicAt={topic => `${path}/topics/${topic}`} />
        </details>
      ))}
    </Section>
  )
}

/** When the notice was posted, and what it said before. */
export function NoticeHistory({ meeting }: Pick<OfMeeting, 'meeting'>) {
  const t = useT()
  return (
    <Section title={t('council.notices')} id="notices">
      <ul>
        {meeting.notices.map(({ version, postedAt, notice }) => (
          <li key={version}>
            {t('council.noticeVersion', { version })} <InstantText at={postedAt} />{' '}
            {notice.cancelled !== null && t('council.meeting.cancelled')}
          </li>
        ))}
      </ul>
    </Section>
  )
}
