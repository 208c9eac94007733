/** The form that proposes a standard of service fees, read: prices as typed, a month, a vote of this community. */
import { err, ok, parsePeriod, parseYuan, type Result } from '#kernel'
import { type ControlChange, type FeeRate, type FeeStandard, priceField } from '#ledger'
import { UNIT_KINDS } from '#people'
import { type Entered, textOf } from './entered.ts'

/** What the form says that no standard can hold. */
export interface FeeFormProblem {
  readonly code: 'amount-malformed' | 'fee-from-malformed' | 'fee-poll-unknown'
  readonly name: string
}

/** Fields of the form beside reason and kind, to show again what was entered. */
export const FEE_FIELDS = [
  'from',
  ...UNIT_KINDS.map(priceField),
  'per-parking',
  'feePoll',
  'document',
] as const

function ratesIn(form: Entered): Result<readonly FeeRate[], FeeFormProblem> {
  const rates: FeeRate[] = []
  for (const unitKind of UNIT_KINDS) {
    const name = priceField(unitKind)
    const text = textOf(form, name)
    if (text === '') continue
    const price = parseYuan(text)
    if (!price.ok) return err({ code: 'amount-malformed', name })
    const per = unitKind === 'parking' && textOf(form, 'per-parking') === 'unit' ? 'unit' : 'm2'
    rates.push({ unitKind, per, priceFen: price.value })
  }
  return ok(rates)
}

/** The standard a form proposes after the one confirmed last; `polls` are the votes that may have set it. */
export function feeChangeIn(
  form: Entered,
  before: FeeStandard | null,
  polls: readonly { readonly pollId: string }[],
): Result<ControlChange, FeeFormProblem> {
  const rates = ratesIn(form)
  if (!rates.ok) return rates
  const from = parsePeriod(textOf(form, 'from'))
  if (!from.ok) return err({ code: 'fee-from-malformed', name: 'from' })
  const poll = textOf(form, 'feePoll')
  if (poll !== '' && !polls.some(each => each.pollId === poll)) {
    return err({ code: 'fee-poll-unknown', name: 'feePoll' })
  }
  const document = textOf(form, 'document')
  const standard = { from: from.value, rates: rates.value, poll, document }
  return ok({ kind: 'fee-standard', reason: textOf(form, 'reason'), before, standard })
}
