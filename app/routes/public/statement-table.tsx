/** The table of statements: month, version, state, fingerprint, downloads. */
import { periodText } from '#i18n'
import { fingerprint } from '#kernel'
import { Anchor, DataTable, InstantText, PeriodText, StatePill, type StateTone, useT, useViewer } from '#ui'
import { AskMark } from '#ui/voice'
import type { ChallengeMark } from '#voice'
import type { StatementRow } from './statement-rows.server.ts'

const TONES: Readonly<Record<StatementRow['state'], StateTone>> = {
  current: 'done',
  superseded: 'stopped',
  making: 'waiting',
  closed: 'waiting',
}

function StateOf({ row }: { readonly row: StatementRow }) {
  const t = useT()
  const words = {
    current: t('statementsPage.stateCurrent'),
    superseded: t('statementsPage.stateSuperseded'),
    making: t('statementsPage.stateMaking'),
    closed: t('statementsPage.stateClosed'),
  }
  return <StatePill tone={TONES[row.state]} label={words[row.state]} />
}

/** Every version that was issued, newest month first. */
export function StatementTable(props: {
  readonly slug: string
  readonly rows: readonly StatementRow[]
  readonly marks: readonly ChallengeMark[]
}) {
  const t = useT()
  const { lang } = useViewer()
  return (
    <DataTable
      caption={t('statementsPage.caption')}
      captionHidden
      rows={props.rows}
      rowKey={row => `${row.period}/${row.version ?? 0}`}
      rowTone={row => (row.state === 'superseded' ? 'muted' : undefined)}
      columns={[
        {
          key: 'month',
          label: t('statementsPage.month'),
          cell: row => (
            <>
              <PeriodText period={row.period} />{' '}
              {row.version !== null && row.version > 1 && (
                <small>{t('statementsPage.versionValue', { version: row.version })}</small>
              )}
            </>
          ),
        },
        { key: 'state', label: t('statementsPage.state'), card: 'plain', cell: row => <StateOf row={row} /> },
        {
          key: 'issued',
          label: t('statementsPage.issuedAt'),
          type: 'date',
          cell: row => row.issuedAt && <InstantText at={row.issuedAt} />,
        },
        {
          key: 'fingerprint',
          label: t('statementsPage.fingerprint'),
          cell: row => row.digest && <code>{fingerprint(row.digest)}</code>,
        },
        {
          key: 'download',
          label: t('statementsPage.download'),
          card: 'plain',
          cell: row => <Downloads slug={props.slug} row={row} />,
        },
        {
          key: 'asked',
          label: t('voice.kind.challenge'),
          card: 'plain',
          cell: row =>
            row.state === 'superseded' ? null : (
              <AskMark
                slug={props.slug}
                subject={{ kind: 'statement', key: row.period }}
                marks={props.marks}
                about={periodText(row.period, lang)}
              />
            ),
        },
      ]}
    />
  )
}

function Downloads({ slug, row }: { readonly slug: string; readonly row: StatementRow }) {
  const t = useT()
  const { lang } = useViewer()
  if (row.version === null || row.state === 'making') return null
  const address = (ending: string) =>
    `/c/${slug}/statements/${row.period}.${ending}${row.state === 'superseded' ? `?version=${row.version}` : ''}`
  const named = { month: periodText(row.period, lang), version: row.version }
  return (
    <span className="row-links">
      <Anchor href={address('pdf')} aria-label={t('statementsPage.downloadPdf', named)}>
        {t('statementsPage.pdf')}
      </Anchor>
      <Anchor href={address('json')} aria-label={t('statementsPage.downloadJson', named)}>
        {t('statementsPage.json')}
      </Anchor>
      {row.reason !== null && (
        <small>
          {t('statementsPage.reason')} {row.reason}
        </small>
      )}
      {row.isTimestamped && <small>{t('statementsPage.timestamped')}</small>}
    </span>
  )
}
