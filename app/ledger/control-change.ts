/**
 * Changes that take two people: the community's rules, a ceiling that owners voted, an emergency, an account, a matching rule,
 * a statement issued anew, the standard of service fees, the columns of a bank file. What each holds, who proposes it and who
 * may be the second. Pure; decides nothing by itself.
 */
import {
  type CanonicalValue,
  canonicalBytes,
  err,
  type Fen,
  fen,
  ok,
  type Period,
  parseCanonical,
  type Result,
} from '#kernel'
import type { Action, Role } from '#people'
import { type Account, accountByCode, type Fund } from './account.ts'
import { type BudgetPlan, type BudgetProblem, budgetPlanMembers, budgetPlanOf } from './budget-plan.ts'
import {
  type Controls,
  type ControlsProblem,
  changedControls,
  checkControls,
  controlMembers,
  controlsOf,
} from './controls.ts'
import {
  checkFeeStandard,
  type FeeStandard,
  type FeeStandardProblem,
  feeMembers,
  feeStandardOf,
  isSameStandard,
} from './fee-standard.ts'
import { type MappedFile, mappedFileMembers, mappedFileOf } from './mapped-file.ts'
import type { MatchingRule } from './matching.ts'
import { privateTextIn } from './public-text.ts'

/** What a change is checked against. */
interface Chart {
  readonly accounts: readonly Account[]
  readonly funds: readonly Fund[]
}

/** The six kinds in which money may be spent before owners vote (应急使用). */
export const EMERGENCY_KINDS = ['lift', 'fire', 'facade', 'wall-road', 'roof-leak', 'drainage'] as const
export type EmergencyKind = (typeof EMERGENCY_KINDS)[number]

/** What an account of a fund may be used for beyond its budget line, in one fiscal year. */
export interface Ceiling {
  readonly fiscalYear: number
  readonly fund: string
  readonly account: string
  readonly amountFen: Fen
}

/** A change, and why. The reason is public. */
export type ControlChange = {
  readonly reason: string
} /** `before` is what was in force when it was proposed: whoever confirms sees what changes. */ & (
  | { readonly kind: 'controls'; readonly before: Controls; readonly controls: Controls }
  /** `poll` and `digest` name the vote and the digest of its result, for anybody to compare with the log. */
  | { readonly kind: 'ceiling'; readonly ceiling: Ceiling; readonly poll: string; readonly digest: string }
  | { readonly kind: 'emergency'; readonly ceiling: Ceiling; readonly emergency: EmergencyKind }
  | { readonly kind: 'teach-rule'; readonly rule: MatchingRule }
  | { readonly kind: 'retire-rule'; readonly ruleId: string }
  | {
      readonly kind: 'add-account'
      readonly code: string
      readonly nameZh: string
      readonly nameEn: string
    }
  | { readonly kind: 'reissue'; readonly period: Period }
  /** How the lines of a bank file in an unknown layout are read, with the figures that come out. */
  | { readonly kind: 'map-columns'; readonly file: MappedFile }
  /** What it rests on (依据) stands as the reason. `before` is what was confirmed last; null where there is none yet. */
  | { readonly kind: 'fee-standard'; readonly before: FeeStandard | null; readonly standard: FeeStandard }
  /** A year's budget, with the vote that passed it. */
  | { readonly kind: 'adopt-budget'; readonly plan: BudgetPlan }
)
export type ControlKind = ControlChange['kind']

export const REASON_LIMIT = 200

/** What an office needs to propose a change of a kind, and to be the second person. */
export const CONTROL_ACTIONS: Readonly<
  Record<ControlKind, { readonly propose: Action; readonly confirm: Action }>
> = {
  controls: { propose: 'controls:propose', confirm: 'controls:confirm' },
  ceiling: { propose: 'controls:propose', confirm: 'controls:confirm' },
  emergency: { propose: 'controls:propose', confirm: 'emergency:witness' },
  'teach-rule': { propose: 'matching-rule:teach', confirm: 'bookkeeping-change:confirm' },
  'retire-rule': { propose: 'matching-rule:teach', confirm: 'bookkeeping-change:confirm' },
  'add-account': { propose: 'chart:extend', confirm: 'bookkeeping-change:confirm' },
  reissue: { propose: 'statement:issue', confirm: 'bookkeeping-change:confirm' },
  'map-columns': { propose: 'bank-statement:import', confirm: 'bookkeeping-change:confirm' },
  'fee-standard': { propose: 'fee-standard:propose', confirm: 'fee-standard:confirm' },
  'adopt-budget': { propose: 'controls:propose', confirm: 'controls:confirm' },
}

/** True when the text names a kind of change. */
export function isControlKind(text: string): text is ControlKind {
  return Object.hasOwn(CONTROL_ACTIONS, text)
}

export type Side = 'company' | 'committee' | 'branch'

/** Whose side an office is on; null for those who only look or only own. */
export function sideOf(role: Role): Side | null {
  if (role === 'bookkeeper' || role === 'manager') return 'company'
  if (role.startsWith('committee_')) return 'committee'
  return role === 'overseer' ? 'branch' : null
}

const BETWEEN_SIDES: readonly ControlKind[] = [
  'controls',
  'ceiling',
  'map-columns',
  'fee-standard',
  'adopt-budget',
]

/**
 * True when an office may be the second for a change that this office proposed. Rules, ceilings, fees, budgets and the columns
 * of a bank file are between two sides, and the owners' committee is always one of them: company and branch together cannot loosen what
 * owners set, and the company alone cannot say which column is money received.
 */
export function isSecondSide(kind: ControlKind, proposer: Role, second: Role): boolean {
  if (!BETWEEN_SIDES.includes(kind)) return true
  const sides = [sideOf(proposer), sideOf(second)]
  return sides[0] !== sides[1] && sides.includes('committee')
}

/** What the second factor of an emergency's witness is given for: this record, these bytes. */
export function witnessPurpose(witness: {
  readonly communityId: number
  readonly changeId: string
  readonly seenDigest: string
}): string {
  return `witness ${witness.communityId} ${witness.changeId} ${witness.seenDigest}`
}

export type ControlChangeProblem =
  | ControlsProblem
  | FeeStandardProblem
  | BudgetProblem
  | { readonly code: 'reason-missing' | 'reason-too-long' }
  | { readonly code: 'reason-private'; readonly found: string }
  | { readonly code: 'nothing-changed' }
  /** The rules changed since this was proposed. */
  | { readonly code: 'rules-moved-on' }
  | { readonly code: 'ceiling-unfit' }
  | { readonly code: 'poll-missing' }
  | { readonly code: 'digest-malformed' }
  | { readonly code: 'account-code-unfit' }
  | { readonly code: 'account-name-missing' }

function checkCeiling({ fund, account, amountFen }: Ceiling, chart: Chart): ControlChangeProblem | null {
  const isExpense = accountByCode(chart.accounts, account)?.type === 'expense'
  const isFit = isExpense && amountFen > 0n && chart.funds.some(each => each.code === fund)
  return isFit ? null : { code: 'ceiling-unfit' }
}

/** An account is added below one that is there, and below no bank account: those come with their bank. */
function checkAccount(
  { code, nameZh, nameEn }: Extract<ControlChange, { kind: 'add-account' }>,
  chart: Chart,
): ControlChangeProblem | null {
  const parent = parentOf(code, chart)
  const isFit = /^\d{5,10}$/.test(code) && parent !== null && accountByCode(chart.accounts, code) === null
  if (!isFit || parent.type === 'cash' || parent.type === 'interfund') return { code: 'account-code-unfit' }
  return nameZh.trim() === '' || nameEn.trim() === '' ? { code: 'account-name-missing' } : null
}

/** The nearest account above a code: the longest one that it begins with. */
export function parentOf(code: string, chart: Pick<Chart, 'accounts'>): Account | null {
  const above = chart.accounts.filter(({ code: each }) => code.startsWith(each) && code !== each)
  return above.sort((a, b) => b.code.length - a.code.length)[0] ?? null
}

/** What is there when a change is proposed or confirmed. */
export interface InForce {
  readonly controls: Controls
  /** The standard of fees that was confirmed last; null where there is none yet. */
  readonly feeStandard: FeeStandard | null
}

function checkFees(
  change: Extract<ControlChange, { kind: 'fee-standard' }>,
  last: FeeStandard | null,
): ControlChangeProblem | null {
  const checked = checkFeeStandard(change.standard, last)
  if (!isSameStandard(change.before, last)) return { code: 'rules-moved-on' }
  if (!checked.ok) return checked.error
  return isSameStandard(change.standard, last) ? { code: 'nothing-changed' } : null
}

function checkContent(change: ControlChange, chart: Chart, inForce: InForce): ControlChangeProblem | null {
  switch (change.kind) {
    case 'controls': {
      const checked = checkControls(change.controls)
      if (!checked.ok) return checked.error
      if (changedControls(change.before, inForce.controls).length > 0) return { code: 'rules-moved-on' }
      return changedControls(inForce.controls, change.controls).length === 0
        ? { code: 'nothing-changed' }
        : null
    }
    case 'ceiling':
      if (change.poll.trim() === '') return { code: 'poll-missing' }
      if (!/^[0-9a-f]{64}$/.test(change.digest)) return { code: 'digest-malformed' }
      return checkCeiling(change.ceiling, chart)
    case 'emergency':
      return checkCeiling(change.ceiling, chart)
    case 'add-account':
      return checkAccount(change, chart)
    case 'fee-standard':
      return checkFees(change, inForce.feeStandard)
    default:
      return null
  }
}

/** The first thing that stands in the way of proposing a change. */
export function checkControlChange(
  change: ControlChange,
  chart: Chart,
  inForce: InForce,
): Result<null, ControlChangeProblem> {
  const reason = change.reason.trim()
  if (reason === '') return err({ code: 'reason-missing' })
  if ([...reason].length > REASON_LIMIT) return err({ code: 'reason-too-long' })
  const found = privateTextIn(reason, [])
  if (found !== null) return err({ code: 'reason-private', found })
  const problem = checkContent(change, chart, inForce)
  return problem === null ? ok(null) : err(problem)
}

function ceilingMembers({ fiscalYear, fund, account, amountFen }: Ceiling) {
  return { fiscal_year: fiscalYear, fund, account, fen: amountFen.toString() }
}

/**
 * The members of a change. `isPublic` leaves out what may name a private person: the words a matching rule looks for and the
 * words for in and out of a bank file.
 */
export function changeMembers(change: ControlChange, isPublic: boolean): CanonicalValue {
  const { kind, reason } = change
  switch (kind) {
    case 'controls':
      return {
        kind,
        reason,
        before: controlMembers(change.before),
        controls: controlMembers(change.controls),
      }
    case 'ceiling':
      return { kind, reason, ...ceilingMembers(change.ceiling), poll: change.poll, digest: change.digest }
    case 'emergency':
      return { kind, reason, ...ceilingMembers(change.ceiling), emergency: change.emergency }
    case 'teach-rule': {
      const { contains, ruleId, ...rule } = change.rule
      return { kind, reason, rule: ruleId, ...rule, contains: isPublic ? undefined : contains }
    }
    case 'retire-rule':
      return { kind, reason, rule: change.ruleId }
    case 'add-account':
      return { kind, reason, code: change.code, name_zh: change.nameZh, name_en: change.nameEn }
    case 'reissue':
      return { kind, reason, period: change.period }
    case 'map-columns':
      return { kind, reason, ...mappedFileMembers(change.file, isPublic) }
    case 'fee-standard': {
      const before = change.before === null ? null : feeMembers(change.before)
      return { kind, reason, before, standard: feeMembers(change.standard) }
    }
    case 'adopt-budget':
      return { kind, reason, ...budgetPlanMembers(change.plan) }
  }
}

/** The bytes that the second person confirms. */
export function encodeControlChange(change: ControlChange): Uint8Array {
  return canonicalBytes(changeMembers(change, false))
}

/** The members of every kind as they are stored; each kind has its own of them. */
interface StoredChange {
  readonly kind: ControlKind
  readonly reason: string
  readonly before: CanonicalValue
  readonly controls: CanonicalValue
  readonly standard: CanonicalValue
  readonly fiscal_year: number
  readonly fund: string
  readonly account: string
  readonly fen: string
  readonly poll: string
  readonly digest: string
  readonly emergency: EmergencyKind
  readonly rule: string
  readonly direction: MatchingRule['direction']
  readonly contains: string
  readonly narration: string
  readonly code: string
  readonly name_zh: string
  readonly name_en: string
  readonly period: Period
}

/** Reads stored bytes back. Throws when they are not ours: the database holds only what `encodeControlChange` gave. */
export function decodeControlChange(bytes: Uint8Array): ControlChange {
  const parsed = parseCanonical(bytes)
  if (!parsed.ok) throw new Error('invariant broken: a stored change is not canonical')
  const stored = parsed.value as unknown as StoredChange
  const { reason } = stored
  const ceiling = (): Ceiling => ({
    fiscalYear: stored.fiscal_year,
    fund: stored.fund,
    account: stored.account,
    amountFen: fen(BigInt(stored.fen)),
  })
  switch (stored.kind) {
    case 'controls':
      return {
        kind: 'controls',
        reason,
        before: controlsOf(stored.before),
        controls: controlsOf(stored.controls),
      }
    case 'ceiling':
      return { kind: 'ceiling', reason, ceiling: ceiling(), poll: stored.poll, digest: stored.digest }
    case 'emergency':
      return { kind: 'emergency', reason, ceiling: ceiling(), emergency: stored.emergency }
    case 'teach-rule':
      return {
        kind: 'teach-rule',
        reason,
        rule: {
          ruleId: stored.rule,
          direction: stored.direction,
          contains: stored.contains,
          fund: stored.fund,
          account: stored.account,
          narration: stored.narration,
        },
      }
    case 'retire-rule':
      return { kind: 'retire-rule', reason, ruleId: stored.rule }
    case 'add-account':
      return {
        kind: 'add-account',
        reason,
        code: stored.code,
        nameZh: stored.name_zh,
        nameEn: stored.name_en,
      }
    case 'reissue':
      return { kind: 'reissue', reason, period: stored.period }
    case 'map-columns':
      return { kind: 'map-columns', reason, file: mappedFileOf(parsed.value) }
    case 'fee-standard':
      return {
        kind: 'fee-standard',
        reason,
        before: stored.before === null ? null : feeStandardOf(stored.before),
        standard: feeStandardOf(stored.standard),
      }
    case 'adopt-budget':
      return { kind: 'adopt-budget', reason, plan: budgetPlanOf(parsed.value) }
  }
}
