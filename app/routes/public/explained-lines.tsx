/** Bank lines that somebody explained instead of posting, with the words that stand for them in public. */
import type { CivilDate, Fen } from '#kernel'
import { DataTable, DateText, InstantText, Section, useT } from '#ui'
import { SignedMoney } from './signed-money.tsx'

export interface ExplainedRow {
  readonly key: string
  readonly bookedOn: CivilDate
  readonly amountFen: Fen
  readonly counterparty: string | null
  readonly explanation: string
  readonly explainedAt: Date
}

export function ExplainedLines({ lines }: { readonly lines: readonly ExplainedRow[] }) {
  const t = useT()
  if (lines.length === 0) return null
  return (
    <Section title={t('fund.explainedTitle')}>
      <DataTable
        caption={t('fund.explainedTitle')}
        captionHidden
        rows={[...lines]}
        rowKey={line => line.key}
        columns={[
          { key: 'explanation', label: t('fund.explainedText'), cell: line => line.explanation },
          {
            key: 'amount',
            label: t('fund.unmatchedAmount'),
            type: 'money',
            card: 'amount',
            cell: line => <SignedMoney amount={line.amountFen} />,
          },
          {
            key: 'date',
            label: t('fund.unmatchedDate'),
            type: 'date',
            cell: line => <DateText date={line.bookedOn} />,
          },
          {
            key: 'party',
            label: t('fund.unmatchedParty'),
            cell: line => line.counterparty ?? t('community.privatePerson'),
          },
          { key: 'at', label: t('fund.explainedAt'), cell: line => <InstantText at={line.explainedAt} /> },
        ]}
      />
    </Section>
  )
}
