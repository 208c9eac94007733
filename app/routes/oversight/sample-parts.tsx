/** The form of a draw and what it drew. */
import { countText } from '#i18n'
import type { Period } from '#kernel'
import { SAMPLE_ROWS_MAX, type SampleProblem, type VoucherSample } from '#oversight'
import { Anchor, Button, Card, DataTable, DateField, KeepViewer, Section, TextField, useT } from '#ui'

export type DrawProblem = SampleProblem | 'period-unknown'

/** The field that a problem is about. */
export const PROBLEM_FIELD: Readonly<Record<DrawProblem, string>> = {
  'seed-missing': 'seed',
  'seed-too-long': 'seed',
  'rows-malformed': 'rows',
  'period-unknown': 'period',
}

/** Month, public number, how many: in the address, so that the draw can be handed on as a link. */
export function SampleForm(props: {
  readonly entered: { readonly period: Period | string; readonly seed: string; readonly rows: string }
  readonly problem: DrawProblem | null
}) {
  const t = useT()
  const { entered, problem } = props
  const errorAt = (field: string) =>
    problem !== null && PROBLEM_FIELD[problem] === field ? t(`oversight.sampleProblem.${problem}`) : undefined
  return (
    <Card>
      <form method="get">
        <KeepViewer />
        <DateField
          name="period"
          label={t('oversight.samplePeriod')}
          month
          required
          defaultValue={entered.period}
          error={errorAt('period')}
        />
        <TextField
          name="seed"
          label={t('oversight.sampleSeed')}
          hint={t('oversight.sampleSeedHint')}
          maxLength={200}
          required
          defaultValue={entered.seed}
          error={errorAt('seed')}
        />
        <TextField
          name="rows"
          label={t('oversight.sampleRows')}
          inputMode="numeric"
          maxLength={String(SAMPLE_ROWS_MAX).length}
          width="short"
          required
          defaultValue={entered.rows}
          error={errorAt('rows')}
        />
        <Button>{t('oversight.sampleButton')}</Button>
      </form>
    </Card>
  )
}

/** The vouchers in the order of the draw, each with its ticket. */
export function SampleResult(props: { readonly path: string; readonly sample: VoucherSample }) {
  const t = useT()
  const { path, sample } = props
  return (
    <Section
      title={t('oversight.sampleDrawn', { drawn: sample.drawn.length, count: countText(sample.outOf) })}
      lead={t('oversight.sampleSeedShown', { seed: sample.seed })}
      id="drawn"
    >
      <DataTable
        caption={t('oversight.sampleTitle')}
        captionHidden
        rows={sample.drawn.map((each, index) => ({ ...each, order: index + 1 }))}
        rowKey={row => row.voucher}
        columns={[
          {
            key: 'voucher',
            label: t('oversight.sampleVoucher'),
            cell: row => <Anchor href={`${path}/vouchers/${row.voucher}`}>{row.voucher}</Anchor>,
          },
          { key: 'order', label: t('oversight.sampleOrder'), type: 'number', cell: row => row.order },
          {
            key: 'ticket',
            label: t('oversight.sampleTicket'),
            cell: row => <code>{row.ticket.slice(0, 16)}…</code>,
          },
        ]}
      />
      <p className="note">{t('oversight.sampleRule')}</p>
    </Section>
  )
}
