/**
 * A community's own rules for its money: from which amount on the chair releases as well, whether a payment needs a budget
 * line, what is published by when. Pure; each version is canonical bytes, and what nobody changed is what always was.
 */
import { type CanonicalValue, err, type Fen, fen, ok, type Result } from '#kernel'

/** 信托制 / 酬金制 / 包干制. */
export const CHARGING_MODELS = ['trust', 'remuneration', 'lump_sum'] as const
export type ChargingModel = (typeof CHARGING_MODELS)[number]

export interface Controls {
  /** Payments of this amount and above need the chair's release as well; null: none does. */
  readonly chairFromFen: Fen | null
  /** Whoever releases next is told of payments of this amount and above; null: of none. */
  readonly tellFromFen: Fen | null
  /** No budget line, no spending (无预算不支出): above the voted ceiling only a vote or a witnessed emergency helps. */
  readonly needsBudgetLine: boolean
  /** Signals are looked for on payments, and an answer is asked for before the month is closed. */
  readonly showsSignals: boolean
  /** Matching rules, accounts and new versions of statements are changed by two people. */
  readonly pairedChanges: boolean
  /** Calendar days after a month's end by which its statement is published; null: no day is set. */
  readonly statementDays: number | null
  /** Calendar days after a year's end by which its account is published; null: no day is set. */
  readonly yearDays: number | null
  readonly chargingModel: ChargingModel
  /** Single payments are public, or for owners only. */
  readonly publishesDetail: boolean
  /** Which text of the rules of procedure (议事规则) is in force; empty where none was named. */
  readonly procedure: string
  /** Volunteer points (积分) are given, redeemed and shown. */
  readonly volunteerPoints: boolean
}

/** Every setting, in the order in which pages list them. */
export const CONTROL_NAMES = [
  'chairFromFen',
  'tellFromFen',
  'needsBudgetLine',
  'showsSignals',
  'pairedChanges',
  'statementDays',
  'yearDays',
  'chargingModel',
  'publishesDetail',
  'procedure',
  'volunteerPoints',
] as const satisfies readonly (keyof Controls)[]
export type ControlName = (typeof CONTROL_NAMES)[number]

/** The first version: what holds until somebody changes it. */
export function firstControls(community: {
  readonly chargingModel: ChargingModel
  readonly publishesDetail: boolean
}): Controls {
  return {
    chairFromFen: null,
    tellFromFen: null,
    needsBudgetLine: false,
    showsSignals: false,
    pairedChanges: false,
    statementDays: null,
    yearDays: null,
    chargingModel: community.chargingModel,
    publishesDetail: community.publishesDetail,
    procedure: '',
    volunteerPoints: false,
  }
}

export const PROCEDURE_LIMIT = 60
const DAYS_MAX = 366

export interface ControlsProblem {
  readonly code: 'threshold-unfit' | 'days-unfit' | 'procedure-too-long'
  readonly name: ControlName
}

/** The first thing that no community could mean; thresholds are amounts above nothing. */
export function checkControls(controls: Controls): Result<null, ControlsProblem> {
  for (const name of ['chairFromFen', 'tellFromFen'] as const) {
    const threshold = controls[name]
    if (threshold !== null && threshold <= 0n) return err({ code: 'threshold-unfit', name })
  }
  for (const name of ['statementDays', 'yearDays'] as const) {
    const days = controls[name]
    if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= DAYS_MAX))
      return err({ code: 'days-unfit', name })
  }
  return [...controls.procedure].length > PROCEDURE_LIMIT
    ? err({ code: 'procedure-too-long', name: 'procedure' })
    : ok(null)
}

/** The settings in which two versions differ. */
export function changedControls(before: Controls, after: Controls): readonly ControlName[] {
  return CONTROL_NAMES.filter(name => before[name] !== after[name])
}

/** What the chair must release as well: the threshold itself is above it. */
export function needsChair(controls: Pick<Controls, 'chairFromFen'>, amountFen: Fen): boolean {
  return controls.chairFromFen !== null && amountFen >= controls.chairFromFen
}

/** True when whoever releases next is told of a payment of this amount. */
export function isToldOf(controls: Pick<Controls, 'tellFromFen'>, amountFen: Fen): boolean {
  return controls.tellFromFen !== null && amountFen >= controls.tellFromFen
}

/** The members as they are stored and logged. */
export function controlMembers(controls: Controls): CanonicalValue {
  return {
    chair_from_fen: controls.chairFromFen?.toString() ?? null,
    tell_from_fen: controls.tellFromFen?.toString() ?? null,
    needs_budget_line: controls.needsBudgetLine,
    shows_signals: controls.showsSignals,
    paired_changes: controls.pairedChanges,
    statement_days: controls.statementDays,
    year_days: controls.yearDays,
    charging_model: controls.chargingModel,
    publishes_detail: controls.publishesDetail,
    procedure: controls.procedure,
    // Younger than the others: where it is off it is left out, and earlier versions keep their bytes.
    volunteer_points: controls.volunteerPoints ? true : undefined,
  }
}

/** Reads stored members back: they are what `controlMembers` gave. */
export function controlsOf(members: CanonicalValue): Controls {
  const stored = members as { readonly [name: string]: CanonicalValue }
  const amount = (value: CanonicalValue | undefined) =>
    typeof value === 'string' ? fen(BigInt(value)) : null
  const days = (value: CanonicalValue | undefined) => (typeof value === 'number' ? value : null)
  return {
    chairFromFen: amount(stored.chair_from_fen),
    tellFromFen: amount(stored.tell_from_fen),
    needsBudgetLine: stored.needs_budget_line === true,
    showsSignals: stored.shows_signals === true,
    pairedChanges: stored.paired_changes === true,
    statementDays: days(stored.statement_days),
    yearDays: days(stored.year_days),
    chargingModel: stored.charging_model as ChargingModel,
    publishesDetail: stored.publishes_detail === true,
    procedure: stored.procedure as string,
    volunteerPoints: stored.volunteer_points === true,
  }
}
