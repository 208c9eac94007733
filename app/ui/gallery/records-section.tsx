/** Component page: tables, timelines, steppers, ways through, facts and fingerprints. */
import { civilDate, instantOf } from '#kernel'
import { DigestFigure, QrCode } from '../digest.tsx'
import { DefinitionList } from '../figures.tsx'
import { Money } from '../money.tsx'
import { Pagination, Tabs } from '../navigation.tsx'
import { Card, Columns, Section } from '../page-shell.tsx'
import { DateText } from '../stamp.tsx'
import { StatePill } from '../state.tsx'
import { DataTable } from '../table.tsx'
import { Stepper, Timeline } from '../timeline.tsx'
import { useT } from '../viewer.tsx'
import { SAMPLE_HASH, SAMPLE_NET, SAMPLE_ROWS, type SampleRow } from './samples.ts'

function RowState(props: { readonly row: SampleRow }) {
  const t = useT()
  if (props.row.state === 'waiting') {
    return <StatePill tone="waiting" label={t('gallery.stateWaiting')} next={t('gallery.stateWaitingNext')} />
  }
  if (props.row.state === 'attention') {
    return <StatePill tone="attention" label={t('gallery.stateAttention')} />
  }
  return <StatePill tone="done" label={t('gallery.stateDone')} />
}

/** A table with rows, one without, tabs and paging. */
export function TablesSection() {
  const t = useT()
  return (
    <Section title={t('gallery.tables')} id="tables">
      <Tabs
        label={t('gallery.tabsLabel')}
        tabs={[
          { href: '?state=all#tables', label: t('gallery.tabAll'), count: 412, current: true },
          { href: '?state=waiting#tables', label: t('gallery.tabWaiting'), count: 3 },
          { href: '?state=reversed#tables', label: t('gallery.tabReversed') },
        ]}
      />
      <DataTable
        caption={t('gallery.vouchers')}
        rows={SAMPLE_ROWS}
        rowKey={row => row.number}
        rowHref={row => `?voucher=${row.number}#tables`}
        rowTone={row => (row.state === 'attention' ? 'attention' : undefined)}
        columns={[
          {
            key: 'narration',
            label: t('gallery.columnNarration'),
            cell: row => t(`gallery.${row.narration}`),
          },
          {
            key: 'date',
            label: t('gallery.columnDate'),
            type: 'date',
            cell: row => <DateText date={civilDate(row.date)} />,
          },
          { key: 'number', label: t('gallery.columnNumber'), type: 'date', cell: row => row.number },
          {
            key: 'state',
            label: t('gallery.columnState'),
            card: 'plain',
            cell: row => <RowState row={row} />,
          },
          {
            key: 'amount',
            label: t('gallery.columnAmount'),
            type: 'money',
            card: 'amount',
            cell: row => <Money amount={row.amount} flow={row.flow} bare />,
            total: <Money amount={SAMPLE_NET} flow="in" bare />,
          },
        ]}
      />
      <Pagination newer="?newer=2026-0412#tables" older="?older=2026-0398#tables" />
      <DataTable
        caption={t('gallery.emptyTableCaption')}
        rows={[] as SampleRow[]}
        rowKey={row => row.number}
        empty={t('gallery.emptyTable')}
        columns={[
          { key: 'narration', label: t('gallery.columnNarration'), cell: row => row.number },
          { key: 'amount', label: t('gallery.columnAmount'), type: 'money', cell: row => row.number },
        ]}
      />
    </Section>
  )
}

/** Who did which step when, and how far a piece of work is. */
export function StepsSection() {
  const t = useT()
  const steps = [
    t('gallery.stepUpload'),
    t('gallery.stepPreview'),
    t('gallery.stepConfirm'),
    t('gallery.stepDone'),
  ]
  return (
    <Section title={t('gallery.timelines')} id="steps">
      <Stepper label={t('gallery.stepperLabel')} steps={steps} current={1} />
      <Columns>
        <Card>
          <PaymentTimeline />
        </Card>
        <Card>
          <Timeline
            label={t('gallery.stopped')}
            entries={[
              {
                key: 'prepared',
                title: t('gallery.stepPrepared'),
                state: 'done',
                who: t('gallery.rolePreparer'),
                at: civilDate('2026-06-26'),
              },
              {
                key: 'stopped',
                title: t('gallery.stopped'),
                state: 'stopped',
                who: t('gallery.roleReviewer'),
                at: civilDate('2026-06-27'),
                note: t('gallery.stoppedNote'),
              },
            ]}
          />
        </Card>
      </Columns>
    </Section>
  )
}

function PaymentTimeline() {
  const t = useT()
  const day = civilDate('2026-06-28')
  return (
    <Timeline
      label={t('gallery.timelineLabel')}
      entries={[
        {
          key: 'prepared',
          title: t('gallery.stepPrepared'),
          state: 'done',
          who: t('gallery.rolePreparer'),
          at: instantOf(day, 33_000),
        },
        {
          key: 'reviewed',
          title: t('gallery.stepReviewed'),
          state: 'done',
          who: t('gallery.roleReviewer'),
          at: instantOf(day, 36_060),
          note: t('gallery.noteReviewed'),
        },
        {
          key: 'released-a',
          title: t('gallery.stepReleaseA'),
          state: 'done',
          who: t('gallery.roleManager'),
          at: instantOf(day, 52_500),
        },
        {
          key: 'released-b',
          title: t('gallery.stepReleaseB'),
          state: 'now',
          who: t('gallery.roleTreasurer'),
        },
        { key: 'posted', title: t('gallery.stepPosted'), state: 'next' },
      ]}
    />
  )
}

/** Facts of a voucher, its fingerprint and a QR code. */
export function DocumentsSection() {
  const t = useT()
  return (
    <Section title={t('gallery.documents')} id="papers">
      <Columns>
        <Card>
          <DefinitionList
            items={[
              { term: t('gallery.termNumber'), detail: '2026-0412' },
              { term: t('gallery.termBudget'), detail: t('gallery.budgetLift') },
              { term: t('gallery.termLog'), detail: '18,204' },
            ]}
          />
          <DigestFigure hash={SAMPLE_HASH} />
        </Card>
        <Card>
          <QrCode
            text="https://mingzhang.example/wutongli/statements/2026-06"
            caption={t('gallery.qrCaption')}
          />
        </Card>
      </Columns>
    </Section>
  )
}
