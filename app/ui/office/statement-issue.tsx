/** Issuing the statement of a closed month: which are out, which are missing, how far the running one is. */
import type { Period } from '#kernel'
import { Button } from '../button.tsx'
import { EmptyState, ErrorSummary, type FieldError, Notice, Progress, RefreshNotice } from '../feedback.tsx'
import { TextField } from '../form.tsx'
import { Section } from '../page-shell.tsx'
import { InstantText, PeriodText } from '../stamp.tsx'
import { StatePill } from '../state.tsx'
import { DataTable } from '../table.tsx'
import { Anchor, useT } from '../viewer.tsx'
import { CsrfField, type OfficeFrame } from './office-page.tsx'

/** A closed month with the newest statement of it; null while none was issued. */
export interface StatementRow {
  readonly period: Period
  readonly version: number | null
  readonly issuedAt: Date | null
  readonly isReady: boolean
}

export interface JobView {
  readonly jobId: string
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  readonly done: number
  readonly total: number
  readonly outcome: string | null
}

/** The job that was just asked for. */
export function IssueJob(props: {
  readonly frame: OfficeFrame
  readonly job: JobView
  readonly refreshSeconds: number
}) {
  const t = useT()
  const { job } = props
  if (job.state === 'done') return <Notice tone="success" live="status" title={t('office.issueDone')} />
  if (job.state === 'failed') {
    return (
      <Notice tone="danger" title={t('office.issueFailed')}>
        <p>{t('office.issueFailedText', { code: job.outcome ?? '' })}</p>
        <form method="post">
          <CsrfField frame={props.frame} />
          <input type="hidden" name="job" value={job.jobId} />
          <Button name="intent" value="retry" tone="secondary">
            {t('office.issueRetry')}
          </Button>
        </form>
      </Notice>
    )
  }
  return (
    <>
      <Progress
        label={t('office.issuing')}
        {...(job.total > 0 ? { done: job.done, total: job.total } : {})}
        detail={t('office.issuingDetail')}
      />
      <RefreshNotice seconds={props.refreshSeconds} />
    </>
  )
}

/** Closed months, newest first, each with its statement or the button that issues it. */
export function StatementMonths(props: {
  readonly frame: OfficeFrame
  readonly rows: readonly StatementRow[]
  readonly errors: readonly FieldError[]
  /** The month whose correction was just refused. */
  readonly correcting: string | null
}) {
  const t = useT()
  const { frame, rows, errors } = props
  if (rows.length === 0) {
    return (
      <EmptyState title={t('office.noClosedMonths')}>
        <p>{t('office.noClosedMonthsText')}</p>
      </EmptyState>
    )
  }
  return (
    <Section title={t('office.closedMonths')} id="months">
      <ErrorSummary errors={errors} />
      <DataTable
        caption={t('office.closedMonths')}
        captionHidden
        rows={rows}
        rowKey={row => row.period}
        columns={[
          { key: 'month', label: t('office.month'), cell: row => <PeriodText period={row.period} /> },
          { key: 'state', label: t('office.state'), card: 'plain', cell: row => <IssueState row={row} /> },
          {
            key: 'at',
            label: t('office.issuedAt'),
            type: 'date',
            cell: row => (row.issuedAt ? <InstantText at={row.issuedAt} /> : null),
          },
          {
            key: 'file',
            label: t('office.statementFile'),
            cell: row =>
              row.isReady ? (
                <Anchor href={`/c/${frame.slug}/statements/${row.period}.pdf`}>{t('office.openPdf')}</Anchor>
              ) : null,
          },
          {
            key: 'act',
            label: t('office.act'),
            card: 'plain',
            cell: row => (frame.may.issue ? <IssueAct {...props} row={row} /> : null),
          },
        ]}
      />
    </Section>
  )
}

function IssueState(props: { readonly row: StatementRow }) {
  const t = useT()
  const { row } = props
  if (row.version === null) return <StatePill tone="waiting" label={t('office.notIssued')} />
  if (!row.isReady) return <StatePill tone="waiting" label={t('office.beingIssued')} />
  return <StatePill tone="done" label={t('office.issuedVersion', { version: row.version })} />
}

function IssueAct(props: {
  readonly frame: OfficeFrame
  readonly row: StatementRow
  readonly errors: readonly FieldError[]
  readonly correcting: string | null
}) {
  const t = useT()
  const { frame, row } = props
  const hidden = (
    <>
      <CsrfField frame={frame} />
      <input type="hidden" name="period" value={row.period} />
    </>
  )
  if (!row.isReady) {
    return (
      <form method="post">
        {hidden}
        <Button name="intent" value="issue" icon="statement">
          {t('office.issue')}
        </Button>
      </form>
    )
  }
  const isRefused = props.correcting === row.period
  return (
    <details className="more" open={isRefused}>
      <summary>{t('office.correct')}</summary>
      <form method="post" className="more__body">
        {hidden}
        <TextField
          name="reason"
          id={`reason-${row.period}`}
          label={t('office.correctReason')}
          hint={t('office.correctHint')}
          maxLength={300}
          error={isRefused ? props.errors[0]?.message : undefined}
          required
        />
        <Button name="intent" value="issue" tone="secondary">
          {t('office.correctIssue')}
        </Button>
      </form>
    </details>
  )
}
