/** The forms that propose a change of the rules, read; and every refusal in words, at the field it concerns. */
import type { Translate } from '#i18n'
import { err, type Fen, ok, parseYuan, type Result } from '#kernel'
import {
  type Ceiling,
  CHARGING_MODELS,
  CONTROL_NAMES,
  type ControlChange,
  type Controls,
  EMERGENCY_KINDS,
} from '#ledger'
import type { ControlRefusal } from '#ledger/server'
import { FACTOR_FIELDS, type FieldError } from '#ui'
import { type Entered, textOf } from './entered.ts'
import { FEE_FIELDS, type FeeFormProblem } from './fee-form.ts'

/** What a form says that no change can hold. */
export type ControlFormProblem = { readonly code: 'amount-malformed'; readonly name: string }

type Read<Value> = Result<Value, ControlFormProblem | ControlRefusal>

const FIELDS = [
  'kind',
  'reason',
  'account',
  'fund',
  'year',
  'amount',
  'poll',
  'digest',
  'emergency',
  'code',
  'nameZh',
  'nameEn',
  'vote',
  'lines',
  'words',
  'decidedOn',
  'document',
  ...CONTROL_NAMES,
  ...FEE_FIELDS,
] as const

/** What was entered, to show it again. */
export function enteredControlChange(form: Entered): Readonly<Record<string, string>> {
  return Object.fromEntries(FIELDS.map(name => [name, textOf(form, name)]))
}

function amountIn(form: Entered, name: string): Read<Fen | null> {
  const text = textOf(form, name)
  if (text === '') return ok(null)
  const amount = parseYuan(text)
  return amount.ok ? ok(amount.value) : err({ code: 'amount-malformed', name })
}

/** Days as typed; what is no number is refused as days that no calendar has. */
function daysIn(form: Entered, name: string): number | null {
  const text = textOf(form, name)
  if (text === '') return null
  return /^\d{1,3}$/.test(text) ? Number.parseInt(text, 10) : 0
}

function controlsIn(form: Entered): Read<Controls> {
  const chairFromFen = amountIn(form, 'chairFromFen')
  if (!chairFromFen.ok) return chairFromFen
  const tellFromFen = amountIn(form, 'tellFromFen')
  if (!tellFromFen.ok) return tellFromFen
  const isTicked = (name: string) => textOf(form, name) === 'yes'
  return ok({
    chairFromFen: chairFromFen.value,
    tellFromFen: tellFromFen.value,
    needsBudgetLine: isTicked('needsBudgetLine'),
    showsSignals: isTicked('showsSignals'),
    pairedChanges: isTicked('pairedChanges'),
    statementDays: daysIn(form, 'statementDays'),
    yearDays: daysIn(form, 'yearDays'),
    chargingModel: CHARGING_MODELS.find(model => model === textOf(form, 'chargingModel')) ?? 'trust',
    publishesDetail: isTicked('publishesDetail'),
    procedure: textOf(form, 'procedure'),
    volunteerPoints: isTicked('volunteerPoints'),
  })
}

function ceilingIn(form: Entered): Read<Ceiling> {
  const amount = amountIn(form, 'amount')
  if (!amount.ok) return amount
  const year = textOf(form, 'year')
  if (amount.value === null || !/^20\d\d$/.test(year)) return err({ code: 'ceiling-unfit' })
  return ok({
    fiscalYear: Number.parseInt(year, 10),
    fund: textOf(form, 'fund'),
    account: textOf(form, 'account'),
    amountFen: amount.value,
  })
}

/** The change a form proposes on the rules in force, or what is malformed in it. */
export function controlChangeIn(form: Entered, before: Controls): Read<ControlChange> {
  const reason = textOf(form, 'reason')
  switch (textOf(form, 'kind')) {
    case 'controls': {
      const controls = controlsIn(form)
      return controls.ok ? ok({ kind: 'controls', reason, before, controls: controls.value }) : controls
    }
    case 'ceiling': {
      const ceiling = ceilingIn(form)
      if (!ceiling.ok) return ceiling
      const [poll, digest] = [textOf(form, 'poll'), textOf(form, 'digest')]
      return ok({ kind: 'ceiling', reason, ceiling: ceiling.value, poll, digest })
    }
    case 'emergency': {
      const ceiling = ceilingIn(form)
      if (!ceiling.ok) return ceiling
      const emergency = EMERGENCY_KINDS.find(kind => kind === textOf(form, 'emergency'))
      if (emergency === undefined) return err({ code: 'ceiling-unfit' })
      return ok({ kind: 'emergency', reason, ceiling: ceiling.value, emergency })
    }
    case 'add-account': {
      const [code, nameZh, nameEn] = [textOf(form, 'code'), textOf(form, 'nameZh'), textOf(form, 'nameEn')]
      return ok({ kind: 'add-account', reason, code, nameZh, nameEn })
    }
    default:
      return err({ code: 'not-permitted' })
  }
}

function fieldOf(refusal: ControlRefusal | ControlFormProblem | FeeFormProblem): string | undefined {
  if ('name' in refusal) return refusal.name
  if (refusal.code.startsWith('reason-')) return 'reason'
  if (refusal.code.startsWith('note-')) return 'note'
  if (refusal.code.startsWith('factor-')) return FACTOR_FIELDS.code
  if (refusal.code.startsWith('vote-')) return 'vote'
  const fields: Readonly<Record<string, string>> = {
    'budget-empty': 'lines',
    'budget-line-unfit': 'lines',
    'budget-line-twice': 'lines',
    'budget-words-missing': 'words',
    'budget-day-malformed': 'decidedOn',
    'ceiling-unfit': 'amount',
    'fee-document-not-public': 'document',
    'poll-missing': 'poll',
    'digest-malformed': 'digest',
    'account-code-unfit': 'code',
    'account-name-missing': 'nameZh',
  }
  return fields[refusal.code]
}

function textFor(refusal: ControlRefusal | ControlFormProblem | FeeFormProblem, t: Translate): string {
  switch (refusal.code) {
    case 'reason-private':
    case 'note-private':
      return t(`controls.problem.${refusal.code}`, { found: refusal.found })
    case 'factor-locked':
      return t('account.problem.factor-locked', { minutes: refusal.waitMinutes })
    case 'factor-missing':
    case 'factor-wrong':
    case 'factor-used':
      return t(`account.problem.${refusal.code}`)
    default:
      return t(`controls.problem.${refusal.code}`)
  }
}

/** The refusal in words. A new code does not compile until it has its words. */
export function controlErrors(
  refusal: ControlRefusal | ControlFormProblem | FeeFormProblem,
  t: Translate,
): readonly FieldError[] {
  const field = fieldOf(refusal)
  return [{ ...(field === undefined ? {} : { field }), message: textFor(refusal, t) }]
}

/** 403 for another's work, 409 when it moved on meanwhile, 422 for what the person can mend. */
export function controlStatus(code: string): 403 | 409 | 422 {
  if (code === 'not-permitted' || code === 'second-needed') return 403
  return /^(?:change-decided|content-changed|rules-moved-on|budget-moved-on)$/.test(code) ? 409 : 422
}
