/** The parts of the health page: every check with its result, and the rows at fault. */
import { parseVoucherKey } from '#ledger'
import { Anchor, DataTable, Section, StatePill, useT } from '#ui'
import type { Fault, LedgerCheckName, LogCheck } from './checked-books.server.ts'
import type { CommunityView } from './community.server.ts'

interface ShownCheck<Name extends string> {
  readonly name: Name
  readonly count: number
  readonly faults: readonly Fault[]
}
type AnyCheck = ShownCheck<LedgerCheckName> | ShownCheck<LogCheck>

/** The name of a check in plain words. */
function useCheckWords(): (area: 'ledger' | 'log', name: string) => string {
  const t = useT()
  return (area, name) =>
    area === 'ledger' ? t(`books.ledger.${name as LedgerCheckName}`) : t(`books.log.${name as LogCheck}`)
}

/** Every check by name with ok or the number of faults. */
export function ChecksTable(props: {
  readonly title: string
  readonly area: 'ledger' | 'log'
  readonly checks: readonly AnyCheck[]
}) {
  const t = useT()
  const words = useCheckWords()
  return (
    <Section title={props.title}>
      <DataTable<AnyCheck>
        caption={props.title}
        captionHidden
        phone="keep"
        rows={props.checks}
        rowKey={check => check.name}
        rowTone={check => (check.count > 0 ? 'attention' : undefined)}
        columns={[
          { key: 'check', label: t('books.check'), cell: check => words(props.area, check.name) },
          {
            key: 'result',
            label: t('books.result'),
            cell: check =>
              check.count === 0 ? (
                <StatePill tone="done" label={t('books.passed')} />
              ) : (
                <StatePill tone="attention" label={t('books.failed', { count: check.count })} />
              ),
          },
        ]}
      />
    </Section>
  )
}

/** The rows at fault; nothing when there are none. */
export function FaultsSection(props: {
  readonly community: CommunityView
  readonly last: {
    readonly ledger: readonly ShownCheck<LedgerCheckName>[]
    readonly log: readonly ShownCheck<LogCheck>[]
  }
}) {
  const t = useT()
  const words = useCheckWords()
  const { ledger, log } = props.last
  const failed = [
    ...ledger.map(check => ({ ...check, area: 'ledger' as const })),
    ...log.map(check => ({ ...check, area: 'log' as const })),
  ].filter(check => check.count > 0)
  if (failed.length === 0) return null
  return (
    <Section title={t('books.faultsOf')}>
      {failed.map(check => (
        <DataTable
          key={check.name}
          caption={words(check.area, check.name)}
          rows={check.faults.map((fault, place) => ({ ...fault, key: String(place) }))}
          rowKey={fault => fault.key}
          columns={[
            {
              key: 'place',
              label: t('books.place'),
              cell: fault =>
                parseVoucherKey(fault.place) === null ? (
                  <code>{fault.place}</code>
                ) : (
                  <Anchor href={`/c/${props.community.slug}/vouchers/${fault.place}`}>{fault.place}</Anchor>
                ),
            },
            {
              key: 'found',
              label: t('books.found'),
              card: 'plain',
              cell: fault => <code>{fault.found}</code>,
              total:
                check.count > check.faults.length
                  ? t('books.moreFaults', { count: check.faults.length })
                  : undefined,
            },
          ]}
        />
      ))}
    </Section>
  )
}
