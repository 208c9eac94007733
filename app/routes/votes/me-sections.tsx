/** The parts of an owner's own page: what waits, the units, messages to the household, receipts. */
import { areaText, countText } from '#i18n'
import {
  Anchor,
  Button,
  DataTable,
  EmptyState,
  InstantText,
  LinkButton,
  Section,
  Sentence,
  StatePill,
  useT,
} from '#ui'
import { PollList } from '#ui/votes'
import { useListedPolls } from './listed-polls.tsx'
import type { MyPage } from './me.server.ts'
import { OwnFormField } from './owner-page.tsx'

/** Polls that are open or announced, each with how far the reader is. */
export function WaitingSection({ page }: { readonly page: MyPage }) {
  const t = useT()
  const { slug } = page.frame.community
  const listed = useListedPolls(slug)
  return (
    <Section title={t('ballot.waitingTitle')} id="waiting">
      {page.waiting.length === 0 ? (
        <EmptyState title={t('ballot.waitingNone')}>
          <Anchor href={`/c/${slug}/votes`}>{t('polls.listTitle')}</Anchor>
        </EmptyState>
      ) : (
        <PollList
          label={t('ballot.waitingTitle')}
          polls={listed(page.waiting, pollId => <MyProgress page={page} pollId={pollId} />)}
        />
      )}
    </Section>
  )
}

function MyProgress({ page, pollId }: { readonly page: MyPage; readonly pollId: string }) {
  const t = useT()
  const progress = page.progress[pollId]
  const poll = page.waiting.find(each => each.pollId === pollId)
  const path = `/c/${page.frame.community.slug}/votes/${pollId}`
  if (progress === undefined || progress.votable === 0) return <p>{t('ballot.notConcerned')}</p>
  const left = progress.votable - progress.voted
  if (poll?.state !== 'open' || poll.officialVoting === 'import') {
    return (
      <p>
        <LinkButton href={`${path}/mine`}>{t('ballot.checkEntry')}</LinkButton>
      </p>
    )
  }
  return (
    <>
      <p>
        {left === 0 ? (
          <StatePill tone="done" label={t('ballot.allVoted')} />
        ) : (
          <StatePill tone="attention" label={t('ballot.leftToVote', { count: countText(left) })} />
        )}
      </p>
      <p>
        {left > 0 ? (
          <LinkButton tone="primary" icon="vote" href={`${path}/cast`}>
            {t('polls.voteNow')}
          </LinkButton>
        ) : (
          <LinkButton href={`${path}/mine`}>{t('ballot.edit')}</LinkButton>
        )}
      </p>
    </>
  )
}

/** The reader's units as the register has them today. */
export function OwnUnitsSection({ page }: { readonly page: MyPage }) {
  const t = useT()
  return (
    <Section title={t('ballot.weightUnits')} lead={t('ballot.ownUnitsLead')} id="units">
      <DataTable
        caption={t('ballot.weightUnits')}
        captionHidden
        rows={page.units}
        rowKey={row => row.unit}
        empty={page.isBound ? t('ballot.ownUnitsNone') : t('ballot.notBound')}
        columns={[
          { key: 'unit', label: t('ballot.unit'), cell: row => row.unit },
          {
            key: 'area',
            label: t('polls.area'),
            type: 'number',
            card: 'amount',
            cell: row => areaText(row.area),
          },
          { key: 'source', label: t('ballot.areaSource'), cell: row => t(`ballot.source.${row.areaSource}`) },
          { key: 'kind', label: t('polls.unitKind'), cell: row => t(`polls.kind.${row.kind}`) },
          {
            key: 'owners',
            label: t('ballot.coOwners'),
            type: 'number',
            cell: row => countText(row.owners),
          },
        ]}
      />
    </Section>
  )
}

function useNoticeText(): (notice: MyPage['notices'][number]) => string {
  const t = useT()
  return ({ kind, unit, channel }) => {
    if (kind === 'reminder' || kind === 'objection-answered') return t(`ballot.noticeKind.${kind}`, { unit })
    return t(`ballot.noticeKind.${kind}`, {
      unit,
      channel: channel === null ? '—' : t(`polls.channel.${channel}`),
    })
  }
}

/** Messages to the household: every ballot recorded for one of its units, whoever cast it. */
export function NoticesSection({ page }: { readonly page: MyPage }) {
  const t = useT()
  const path = `/c/${page.frame.community.slug}/votes`
  const noticeText = useNoticeText()
  const unread = page.notices.filter(notice => !notice.isRead)
  return (
    <Section title={t('ballot.noticesTitle')} lead={t('ballot.noticesLead')} id="notices">
      {unread.length > 0 && (
        <form method="post">
          <OwnFormField frame={page.frame} />
          {unread.map(notice => (
            <input type="hidden" name="notice" value={notice.noticeId} key={notice.noticeId} />
          ))}
          <Button tone="secondary" icon="done">
            {t('ballot.noticesRead', { count: countText(unread.length) })}
          </Button>
        </form>
      )}
      <DataTable
        caption={t('ballot.noticesTitle')}
        captionHidden
        rows={page.notices}
        rowKey={row => row.noticeId}
        rowHref={row => `${path}/${row.pollId}/mine`}
        rowTone={row => (row.isRead ? 'muted' : undefined)}
        empty={t('ballot.noticesNone')}
        columns={[
          {
            key: 'what',
            label: t('ballot.notice'),
            cell: noticeText,
          },
          { key: 'poll', label: t('ballot.poll'), card: 'plain', cell: row => row.title },
          { key: 'at', label: t('polls.stepAt'), type: 'date', cell: row => <InstantText at={row.at} /> },
        ]}
      />
    </Section>
  )
}

/** Receipts of the reader's own ballots, newest first. */
export function ReceiptsSection({ page }: { readonly page: MyPage }) {
  const t = useT()
  const path = `/c/${page.frame.community.slug}/votes`
  const rows = page.receipts.toSorted((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime())
  if (rows.length === 0) return null
  return (
    <Section title={t('ballot.receipts')} id="receipts">
      <DataTable
        caption={t('ballot.receipts')}
        captionHidden
        rows={rows}
        rowKey={row => `${row.pollId} ${row.seq}`}
        rowHref={row => `${path}/${row.pollId}/receipts/${row.seq}`}
        columns={[
          {
            key: 'number',
            label: t('ballot.receipt'),
            cell: row => t('ballot.receiptLink', { unit: row.unit, number: countText(row.seq) }),
          },
          {
            key: 'poll',
            label: t('ballot.poll'),
            card: 'plain',
            cell: row =>
              row.withdraws ? (
                <Sentence text="ballot.withdrawalOf" values={{ title: row.title }} />
              ) : (
                row.title
              ),
          },
          {
            key: 'at',
            label: t('ballot.receivedAt'),
            type: 'date',
            cell: row => <InstantText at={row.receivedAt} />,
          },
        ]}
      />
    </Section>
  )
}
