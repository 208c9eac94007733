/** The form that proposes a standard of service fees: a price for each kind of unit, from when on, and what it rests on. Decides nothing. */
import { formatYuanPlain } from '#kernel'
import { FEE_BASES, type FeeStandard, priceField, rateOf } from '#ledger'
import { UNIT_KINDS } from '#people'
import { DateField, MoneyField, SelectField, TextField } from '../form.tsx'
import { useT } from '../viewer.tsx'
import { type EnteredChange, Folded, type FormProps } from './controls-forms.tsx'
import { errorOf } from './import-list.tsx'

/** A vote that may have set the standard. */
export interface FeePoll {
  readonly pollId: string
  readonly title: string
}

function enteredStandard(standard: FeeStandard | null): EnteredChange {
  if (standard === null) return {}
  const prices = standard.rates.map(rate => [priceField(rate.unitKind), formatYuanPlain(rate.priceFen)])
  return {
    ...Object.fromEntries(prices),
    from: standard.from,
    'per-parking': rateOf(standard, 'parking')?.per ?? 'm2',
  }
}

/** The standard confirmed last, ready to be changed. */
export function FeeStandardForm(
  props: FormProps & { readonly last: FeeStandard | null; readonly polls: readonly FeePoll[] },
) {
  const t = useT()
  const entered = props.entered.kind === 'fee-standard' ? props.entered : enteredStandard(props.last)
  const error = (name: string) => errorOf(props.errors, name)
  return (
    <Folded
      {...props}
      kind="fee-standard"
      title={t('fees.formTitle')}
      lead={t('fees.formLead')}
      reason={{ label: t('fees.formBasis'), hint: t('fees.formBasisHint') }}
    >
      <DateField
        name="from"
        label={t('fees.formFrom')}
        month
        defaultValue={entered.from}
        error={error('from')}
        required
      />
      {UNIT_KINDS.map(kind => (
        <MoneyField
          key={kind}
          name={priceField(kind)}
          label={t('fees.formPrice', { kind: t(`polls.kind.${kind}`) })}
          defaultValue={entered[priceField(kind)]}
          error={error(priceField(kind))}
          optional
        />
      ))}
      <SelectField
        name="per-parking"
        label={t('fees.formPer')}
        choices={FEE_BASES.map(basis => ({ value: basis, label: t(`fees.formPer.${basis}`) }))}
        defaultValue={entered['per-parking'] ?? 'm2'}
        error={error('per-parking')}
        width="half"
      />
      <SelectField
        name="feePoll"
        label={t('fees.formPoll')}
        choices={[
          { value: '', label: t('fees.formNoPoll') },
          ...props.polls.map(poll => ({ value: poll.pollId, label: poll.title })),
        ]}
        defaultValue={entered.feePoll ?? ''}
        error={error('feePoll')}
      />
      <TextField
        name="document"
        label={t('fees.formDocument')}
        hint={t('fees.formDocumentHint')}
        maxLength={64}
        defaultValue={entered.document}
        error={error('document')}
        optional
      />
    </Folded>
  )
}
