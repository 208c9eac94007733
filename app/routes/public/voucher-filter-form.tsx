/** The filter of the voucher list: a form that asks by address, folded away until it is wanted. */
import { periodText } from '#i18n'
import { fiscalYearOf, type Period } from '#kernel'
import type { Account, Fund } from '#ledger'
import { Button, ButtonRow, KeepViewer, LinkButton, SelectField, TextField, useT, useViewer } from '#ui'
import { nameIn } from './frame.tsx'
import { formatSpan, type ListFilter, parseSpan, VOUCHER_KINDS } from './voucher-filter.ts'

export interface FilterChoices {
  /** Newest first. */
  readonly periods: readonly Period[]
  readonly accounts: readonly Account[]
  readonly funds: readonly Fund[]
}

/** Whole years and single months, and the span that is chosen if it is neither. */
function usePeriodChoices(periods: readonly Period[], filter: ListFilter) {
  const t = useT()
  const { lang } = useViewer()
  const years = [...new Set(periods.map(fiscalYearOf))]
  const labelOf = (text: string) => {
    const span = parseSpan(text)!
    if (/^\d{4}$/.test(text)) return t('vouchers.periodYear', { year: text })
    if (span.from === span.until) return periodText(span.from, lang)
    return t('vouchers.periodSpan', {
      from: periodText(span.from, lang),
      until: periodText(span.until, lang),
    })
  }
  const listed = years.flatMap(year => [
    String(year),
    ...periods.filter(month => fiscalYearOf(month) === year),
  ])
  const chosen = filter.span && formatSpan(filter.span)
  const values = chosen === undefined || listed.includes(chosen) ? listed : [chosen, ...listed]
  return values.map(value => ({ value, label: labelOf(value) }))
}

function useAccountChoices(accounts: readonly Account[]) {
  const t = useT()
  const { lang } = useViewer()
  const groups = [
    { group: t('vouchers.accountsExpense'), accounts: accounts.filter(each => each.type === 'expense') },
    { group: t('vouchers.accountsIncome'), accounts: accounts.filter(each => each.type === 'income') },
    {
      group: t('vouchers.accountsOther'),
      accounts: accounts.filter(each => each.type !== 'expense' && each.type !== 'income'),
    },
  ]
  return groups.map(({ group, accounts }) => ({
    group,
    choices: accounts.map(each => ({ value: each.code, label: `${each.code} ${nameIn(lang, each)}` })),
  }))
}

function FilterChoiceFields(props: { readonly filter: ListFilter; readonly choices: FilterChoices }) {
  const { filter, choices } = props
  const t = useT()
  const { lang } = useViewer()
  return (
    <>
      <SelectField
        name="period"
        label={t('vouchers.period')}
        prompt={t('vouchers.periodAll')}
        defaultValue={filter.span && formatSpan(filter.span)}
        choices={usePeriodChoices(choices.periods, filter)}
      />
      <SelectField
        name="direction"
        label={t('vouchers.direction')}
        prompt={t('vouchers.directionAll')}
        defaultValue={filter.direction}
        choices={[
          { value: 'in', label: t('vouchers.directionIn') },
          { value: 'out', label: t('vouchers.directionOut') },
        ]}
      />
      <SelectField
        name="account"
        label={t('vouchers.account')}
        prompt={t('vouchers.accountAll')}
        defaultValue={filter.account}
        choices={useAccountChoices(choices.accounts)}
      />
      <SelectField
        name="fund"
        label={t('vouchers.fund')}
        prompt={t('vouchers.fundAll')}
        defaultValue={filter.fund}
        choices={choices.funds.map(fund => ({ value: fund.code, label: nameIn(lang, fund) }))}
      />
      <SelectField
        name="kind"
        label={t('vouchers.kind')}
        prompt={t('vouchers.kindAll')}
        defaultValue={filter.kind}
        choices={VOUCHER_KINDS.map(kind => ({ value: kind, label: t(`vouchers.kind.${kind}`) }))}
      />
    </>
  )
}

/** Open when something is chosen, so that nobody overlooks it. */
export function VoucherFilterForm(props: {
  readonly path: string
  readonly filter: ListFilter
  readonly choices: FilterChoices
}) {
  const { path, filter, choices } = props
  const t = useT()
  const count = Object.keys(filter).length
  return (
    <details className="filter" open={count > 0}>
      <summary className="filter__summary">
        {count === 0 ? t('vouchers.filter') : t('vouchers.filterOn', { count })}
      </summary>
      <form method="get" action={path} className="filter__form">
        <KeepViewer />
        <FilterChoiceFields filter={filter} choices={choices} />
        <TextField
          name="text"
          type="search"
          label={t('vouchers.text')}
          defaultValue={filter.text}
          maxLength={60}
        />
        <ButtonRow>
          <Button>{t('vouchers.apply')}</Button>
          {count > 0 && (
            <LinkButton tone="quiet" href={path}>
              {t('vouchers.clear')}
            </LinkButton>
          )}
        </ButtonRow>
      </form>
    </details>
  )
}
