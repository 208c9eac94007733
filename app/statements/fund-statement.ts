/**
 * The canonical model of a fund statement (资金收支公示表): what is digested, logged, sealed and recomputed by anyone.
 * Money is in fen as decimal strings. This file decides which figures may stand together; it never formats for people.
 */
import {
  type CanonicalValue,
  type CivilDate,
  canonicalBytes,
  err,
  type Fen,
  fen,
  fingerprint,
  formatInstant,
  lastDayOf,
  ok,
  type Period,
  parseCanonical,
  parsePeriod,
  periodOf,
  type Result,
  sha256Hex,
  sumFen,
} from '#kernel'
import {
  COMMUNITY,
  count,
  date,
  digest,
  exactly,
  instant,
  listOf,
  matching,
  oneOf,
  plainText,
  record,
  version,
  when,
} from './shape.ts'
import { isInOrder, SUPERSEDES, type Supersedes } from './supersedes.ts'

/** Whole fen as canonical decimal text: `-120`, `0`, `1234567`. */
export type FenText = string

export const FUND_KINDS = [
  'trust-fund',
  'restricted-project',
  'maintenance-fund',
  'community-fund',
  'deposits-held',
] as const
/** What a fund is for; funds are kept apart and never netted. */
export type FundKind = (typeof FUND_KINDS)[number]

export const OUTSTANDING_KINDS = [
  'bank-received-not-booked',
  'bank-paid-not-booked',
  'booked-received-not-banked',
  'booked-paid-not-banked',
] as const
/** The four kinds of outstanding item (未达账项) of a 银行存款余额调节表. */
export type OutstandingKind = (typeof OUTSTANDING_KINDS)[number]

export const NOT_CONTAINED_CODES = [
  'bank-lines-not-posted',
  'after-reconciled-through',
  'open-challenges',
  'arrears',
  'drafts-and-unreleased',
  'accruals',
] as const
/** What a reader might look for and does not find in the figures. */
export type NotContainedCode = (typeof NOT_CONTAINED_CODES)[number]

/** The checks that every statement has passed; named in it, and made again by every reader. */
export const FUND_STATEMENT_INVARIANTS = [
  'opening-in-out-closing',
  'year-to-date-agrees',
  'funds-add-up',
  'categories-add-up',
  'transfers-between-funds-balance',
  'reconciliation-agrees',
  'holdings-equal-funds',
] as const
export type FundStatementInvariant = (typeof FUND_STATEMENT_INVARIANTS)[number]

/** Opening + in - out = closing, always printed together. */
export interface Turnover<Money> {
  readonly openingFen: Money
  readonly inFen: Money
  readonly outFen: Money
  readonly closingFen: Money
}

interface FundOf<Money> {
  readonly code: string
  readonly kind: FundKind
  readonly name: string
  readonly month: Turnover<Money>
  /** From 1 January of the period's year. */
  readonly yearToDate: Turnover<Money>
}

interface CategoryOf<Money> {
  /** Code of the fund. */
  readonly fund: string
  /** Account code (会计科目). */
  readonly account: string
  readonly name: string
  readonly direction: 'in' | 'out'
  readonly monthFen: Money
  readonly yearToDateFen: Money
  /** The whole year's budget line, where there is one. */
  readonly budgetFen?: Money
  /** A transfer between two funds of this statement: it counts on both sides, never as income of the community. */
  readonly betweenFunds?: true
}

interface ReconciliationOf<Money> {
  readonly bankAccount: { readonly name: string; readonly last4: string }
  readonly bookBalanceFen: Money
  readonly bankBalanceFen: Money
  readonly items: readonly {
    readonly kind: OutstandingKind
    readonly on: string
    readonly amountFen: Money
    readonly reference: string
  }[]
}

interface VoucherLineOf<Money> {
  readonly number: string
  readonly on: string
  readonly narration: string
  readonly amountFen: Money
  /** SHA-256 of the voucher's logged bytes, hex. */
  readonly digest: string
  /** Its place in the transparency log. */
  readonly leafIndex: number
}

interface NotContainedOf<Money> {
  readonly code: NotContainedCode
  readonly count?: number
  readonly amountFen?: Money
}

/** What the ledger supplies; plain values in fen. */
export interface StatementSource {
  readonly community: { readonly slug: string; readonly name: string; readonly logOrigin: string }
  readonly period: Period
  /** 1 for the first statement of a period; each correction is one higher and names what it supersedes. */
  readonly version: number
  readonly supersedes?: Supersedes
  readonly issuedAt: Date
  /** Up to and including this day the books agree with the bank. */
  readonly reconciledThrough: CivilDate
  readonly funds: readonly FundOf<Fen>[]
  readonly categories: readonly CategoryOf<Fen>[]
  readonly reconciliation: readonly ReconciliationOf<Fen>[]
  /** Where the rest of the funds is, beside the bank accounts' book balances: cash, money on its way, receivables; negative for what is owed. */
  readonly otherHoldings: readonly {
    readonly account: string
    readonly name: string
    readonly amountFen: Fen
  }[]
  readonly vouchers: readonly VoucherLineOf<Fen>[]
  readonly notContained: readonly NotContainedOf<Fen>[]
}

/** The canonical model, exactly as attached to the PDF as `statement.json`. */
export interface FundStatement {
  readonly v: 1
  readonly t: 'fund-statement'
  readonly community: { readonly slug: string; readonly name: string; readonly logOrigin: string }
  readonly period: Period
  readonly version: number
  readonly supersedes?: Supersedes
  /** RFC 3339 in +08:00. */
  readonly issuedAt: string
  readonly reconciledThrough: CivilDate
  readonly currency: 'CNY'
  readonly unit: 'fen'
  readonly funds: readonly FundOf<FenText>[]
  readonly total: {
    readonly month: Turnover<FenText>
    readonly yearToDate: Turnover<FenText>
    /** Part of the total's in, and equally of its out, that only moved between funds. */
    readonly betweenFundsMonthFen: FenText
    readonly betweenFundsYearToDateFen: FenText
  }
  readonly categories: readonly CategoryOf<FenText>[]
  readonly reconciliation: readonly (ReconciliationOf<FenText> & {
    readonly adjustedBookFen: FenText
    readonly adjustedBankFen: FenText
  })[]
  readonly otherHoldings: readonly {
    readonly account: string
    readonly name: string
    readonly amountFen: FenText
  }[]
  readonly vouchers: readonly VoucherLineOf<FenText>[]
  readonly notContained: readonly NotContainedOf<FenText>[]
  readonly invariants: readonly FundStatementInvariant[]
}

/** Why figures may not be issued. `at` names the fund, account or voucher; both figures are fen. */
export type StatementProblem =
  | { readonly code: 'statement-malformed'; readonly at: string }
  | {
      readonly code:
        | 'fund-does-not-balance'
        | 'year-to-date-disagrees'
        | 'categories-do-not-add-up'
        | 'transfers-between-funds-do-not-balance'
        | 'reconciliation-disagrees'
        | 'holdings-do-not-add-up'
        | 'totals-do-not-add-up'
      readonly at: string
      readonly expectedFen: FenText
      readonly foundFen: FenText
    }

type Check = Result<null, StatementProblem>
const GOOD: Check = ok(null)

/**
 * Builds the statement from the ledger's figures, or says which figure does not agree. Nothing is corrected here.
 */
export function buildFundStatement(source: StatementSource): Result<FundStatement, StatementProblem> {
  const statement: FundStatement = {
    v: 1,
    t: 'fund-statement',
    community: source.community,
    period: source.period,
    version: source.version,
    ...(source.supersedes && { supersedes: source.supersedes }),
    issuedAt: formatInstant(source.issuedAt),
    reconciledThrough: source.reconciledThrough,
    currency: 'CNY',
    unit: 'fen',
    funds: source.funds.map(fund => ({
      ...fund,
      month: turnoverText(fund.month),
      yearToDate: turnoverText(fund.yearToDate),
    })),
    total: totalOf(source),
    categories: source.categories.map(({ budgetFen, ...category }) => ({
      ...category,
      monthFen: text(category.monthFen),
      yearToDateFen: text(category.yearToDateFen),
      ...(budgetFen !== undefined && { budgetFen: text(budgetFen) }),
    })),
    reconciliation: source.reconciliation.map(account => ({
      ...account,
      bookBalanceFen: text(account.bookBalanceFen),
      bankBalanceFen: text(account.bankBalanceFen),
      items: account.items.map(item => ({ ...item, amountFen: text(item.amountFen) })),
      adjustedBookFen: text(adjustedBook(account)),
      adjustedBankFen: text(adjustedBank(account)),
    })),
    otherHoldings: source.otherHoldings.map(held => ({ ...held, amountFen: text(held.amountFen) })),
    vouchers: source.vouchers.map(voucher => ({ ...voucher, amountFen: text(voucher.amountFen) })),
    notContained: source.notContained.map(({ amountFen, ...entry }) => ({
      ...entry,
      ...(amountFen !== undefined && { amountFen: text(amountFen) }),
    })),
    invariants: FUND_STATEMENT_INVARIANTS,
  }
  // One gate for the issuer and for every reader: what we build is parsed back from its own bytes.
  return parseFundStatement(encodeFundStatement(statement))
}

/** The bytes that are stored, digested, logged and attached. */
export function encodeFundStatement(statement: FundStatement): Uint8Array {
  return canonicalBytes(statement as unknown as CanonicalValue)
}

/** `demo-2026-06-v1`: names one version of one month of one community; printed, and part of the verify address. */
export function statementIdOf(statement: Pick<FundStatement, 'period' | 'version' | 'community'>): string {
  return `${statement.community.slug}-${statement.period}-v${statement.version}`
}

/** SHA-256 of the canonical JSON, hex: the identity of a statement (哈希值). The PDF file's own hash is none. */
export function statementDigestOf(bytes: Uint8Array): string {
  return sha256Hex(bytes)
}

/** The short form (指纹) of a digest that people compare by eye. */
export function statementFingerprintOf(bytes: Uint8Array): string {
  return fingerprint(statementDigestOf(bytes))
}

/**
 * Parses bytes that claim to be a fund statement: canonical JSON of exactly this shape, with every figure checked
 * again. What it returns may be relied on as self-consistent; it says nothing about who made it.
 */
export function parseFundStatement(bytes: Uint8Array): Result<FundStatement, StatementProblem> {
  const json = parseCanonical(bytes)
  if (!json.ok) return err({ code: 'statement-malformed', at: 'json' })
  const at = malformedAt(json.value)
  if (at !== null) return err({ code: 'statement-malformed', at })
  const statement = json.value as unknown as FundStatement
  for (const check of [
    checkDates,
    checkFunds,
    checkTotal,
    checkCategories,
    checkReconciliation,
    checkHoldings,
    checkVouchers,
  ]) {
    const checked = check(statement)
    if (!checked.ok) return checked
  }
  return ok(statement)
}

function text(amount: Fen): FenText {
  return amount.toString()
}

/** The fen of a text that has passed the shape check. */
export function fenOf(amount: FenText): Fen {
  return fen(BigInt(amount))
}

function turnoverText(turnover: Turnover<Fen>): Turnover<FenText> {
  return {
    openingFen: text(turnover.openingFen),
    inFen: text(turnover.inFen),
    outFen: text(turnover.outFen),
    closingFen: text(turnover.closingFen),
  }
}

function sumTurnover(turnovers: readonly Turnover<Fen>[]): Turnover<Fen> {
  return {
    openingFen: sumFen(turnovers.map(turnover => turnover.openingFen)),
    inFen: sumFen(turnovers.map(turnover => turnover.inFen)),
    outFen: sumFen(turnovers.map(turnover => turnover.outFen)),
    closingFen: sumFen(turnovers.map(turnover => turnover.closingFen)),
  }
}

function totalOf(source: Pick<StatementSource, 'funds' | 'categories'>): FundStatement['total'] {
  const moved = source.categories.filter(category => category.betweenFunds && category.direction === 'in')
  return {
    month: turnoverText(sumTurnover(source.funds.map(fund => fund.month))),
    yearToDate: turnoverText(sumTurnover(source.funds.map(fund => fund.yearToDate))),
    betweenFundsMonthFen: text(sumFen(moved.map(category => category.monthFen))),
    betweenFundsYearToDateFen: text(sumFen(moved.map(category => category.yearToDateFen))),
  }
}

function itemsSum(account: ReconciliationOf<Fen>, kind: OutstandingKind): Fen {
  return sumFen(account.items.filter(item => item.kind === kind).map(item => item.amountFen))
}

/** Book balance + what the bank received and we have not booked - what it paid and we have not booked. */
function adjustedBook(account: ReconciliationOf<Fen>): Fen {
  return fen(
    account.bookBalanceFen +
      itemsSum(account, 'bank-received-not-booked') -
      itemsSum(account, 'bank-paid-not-booked'),
  )
}

/** Bank balance + what we booked as received and the bank has not - what we booked as paid and the bank has not. */
function adjustedBank(account: ReconciliationOf<Fen>): Fen {
  return fen(
    account.bankBalanceFen +
      itemsSum(account, 'booked-received-not-banked') -
      itemsSum(account, 'booked-paid-not-banked'),
  )
}

type FigureProblem = Exclude<StatementProblem['code'], 'statement-malformed'>

function agree(code: FigureProblem, at: string, expected: bigint, found: bigint): Check {
  return expected === found
    ? GOOD
    : err({ code, at, expectedFen: expected.toString(), foundFen: found.toString() })
}

function firstProblem(checks: Iterable<Check>): Check {
  for (const check of checks) if (!check.ok) return check
  return GOOD
}

function malformed(at: string): Check {
  return err({ code: 'statement-malformed', at })
}

function checkDates(statement: FundStatement): Check {
  const { period, version, supersedes } = statement
  if (!isInOrder(`${statement.community.slug}-${period}`, version, supersedes)) return malformed('supersedes')
  // A month is closed only when it is reconciled to its last day.
  if (statement.reconciledThrough < lastDayOf(period)) return malformed('reconciledThrough')
  if (statement.issuedAt.slice(0, 7) < period) return malformed('issuedAt')
  return GOOD
}

function* fundChecks(statement: FundStatement): Iterable<Check> {
  if (new Set(statement.funds.map(fund => fund.code)).size !== statement.funds.length)
    yield malformed('funds')
  for (const fund of statement.funds) {
    for (const turnover of [fund.month, fund.yearToDate]) {
      const closing = fenOf(turnover.openingFen) + fenOf(turnover.inFen) - fenOf(turnover.outFen)
      yield agree('fund-does-not-balance', fund.code, closing, fenOf(turnover.closingFen))
    }
    yield agree(
      'year-to-date-disagrees',
      fund.code,
      fenOf(fund.month.closingFen),
      fenOf(fund.yearToDate.closingFen),
    )
    // In January the year so far is the month, figure by figure.
    if (!statement.period.endsWith('-01')) continue
    for (const figure of ['openingFen', 'inFen', 'outFen'] as const) {
      yield agree(
        'year-to-date-disagrees',
        fund.code,
        fenOf(fund.month[figure]),
        fenOf(fund.yearToDate[figure]),
      )
    }
  }
}

function checkFunds(statement: FundStatement): Check {
  return firstProblem(fundChecks(statement))
}

function checkTotal(statement: FundStatement): Check {
  const { total } = statement
  const sums = (which: 'month' | 'yearToDate', figure: keyof Turnover<FenText>) =>
    sumFen(statement.funds.map(fund => fenOf(fund[which][figure])))
  return firstProblem(
    (['month', 'yearToDate'] as const).flatMap(which =>
      (['openingFen', 'inFen', 'outFen', 'closingFen'] as const).map(figure =>
        agree(
          'totals-do-not-add-up',
          `total.${which}.${figure}`,
          sums(which, figure),
          fenOf(total[which][figure]),
        ),
      ),
    ),
  )
}

function* categoryChecks(statement: FundStatement): Iterable<Check> {
  const { categories, funds, total } = statement
  const keys = categories.map(category => `${category.fund} ${category.account} ${category.direction}`)
  if (new Set(keys).size !== keys.length) yield malformed('categories')
  if (categories.some(category => !funds.some(fund => fund.code === category.fund)))
    yield malformed('categories')
  const sum = (of: typeof categories, figure: 'monthFen' | 'yearToDateFen') =>
    sumFen(of.map(category => fenOf(category[figure])))
  for (const fund of funds) {
    for (const direction of ['in', 'out'] as const) {
      const own = categories.filter(
        category => category.fund === fund.code && category.direction === direction,
      )
      const figure = direction === 'in' ? 'inFen' : 'outFen'
      const at = `${fund.code}.${direction}`
      yield agree('categories-do-not-add-up', at, fenOf(fund.month[figure]), sum(own, 'monthFen'))
      yield agree('categories-do-not-add-up', at, fenOf(fund.yearToDate[figure]), sum(own, 'yearToDateFen'))
    }
  }
  for (const [figure, stated] of [
    ['monthFen', total.betweenFundsMonthFen],
    ['yearToDateFen', total.betweenFundsYearToDateFen],
  ] as const) {
    for (const direction of ['in', 'out'] as const) {
      const moved = categories.filter(category => category.betweenFunds && category.direction === direction)
      yield agree('transfers-between-funds-do-not-balance', direction, fenOf(stated), sum(moved, figure))
    }
  }
}

function checkCategories(statement: FundStatement): Check {
  return firstProblem(categoryChecks(statement))
}

function inFen(account: FundStatement['reconciliation'][number]): ReconciliationOf<Fen> {
  return {
    bankAccount: account.bankAccount,
    bookBalanceFen: fenOf(account.bookBalanceFen),
    bankBalanceFen: fenOf(account.bankBalanceFen),
    items: account.items.map(item => ({ ...item, amountFen: fenOf(item.amountFen) })),
  }
}

function checkReconciliation(statement: FundStatement): Check {
  return firstProblem(
    statement.reconciliation.flatMap(account => {
      const at = account.bankAccount.last4
      const book = adjustedBook(inFen(account))
      return [
        agree('reconciliation-disagrees', at, book, adjustedBank(inFen(account))),
        agree('reconciliation-disagrees', at, book, fenOf(account.adjustedBookFen)),
        agree('reconciliation-disagrees', at, book, fenOf(account.adjustedBankFen)),
      ]
    }),
  )
}

function checkHoldings(statement: FundStatement): Check {
  const held = sumFen([
    ...statement.reconciliation.map(account => fenOf(account.bookBalanceFen)),
    ...statement.otherHoldings.map(other => fenOf(other.amountFen)),
  ])
  return agree('holdings-do-not-add-up', 'total', fenOf(statement.total.month.closingFen), held)
}

function checkVouchers(statement: FundStatement): Check {
  const { vouchers, period } = statement
  if (new Set(vouchers.map(voucher => voucher.number)).size !== vouchers.length) return malformed('vouchers')
  if (new Set(vouchers.map(voucher => voucher.leafIndex)).size !== vouchers.length)
    return malformed('vouchers')
  const strange = vouchers.find(voucher => periodOf(voucher.on as CivilDate) !== period)
  return strange ? malformed(`vouchers ${strange.number}`) : GOOD
}

// ---- shape ------------------------------------------------------------------------------------------------------

/** Names the first member that is not of the statement's shape, or null. Unknown members are refused: a seal must not cover what no reader looks at. */
function malformedAt(value: CanonicalValue): string | null {
  return STATEMENT(value, 'statement')
}

const money = matching(/^(?:0|-?[1-9]\d{0,17})$/)
const positiveMoney = matching(/^[1-9]\d{0,17}$/)
const code = matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/)

const TURNOVER = record({ openingFen: money, inFen: money, outFen: money, closingFen: money })

const STATEMENT = record(
  {
    v: oneOf(1),
    t: oneOf('fund-statement'),
    community: COMMUNITY,
    period: when(value => typeof value === 'string' && parsePeriod(value).ok),
    version,
    issuedAt: instant,
    reconciledThrough: date,
    currency: oneOf('CNY'),
    unit: oneOf('fen'),
    funds: listOf(
      record({
        code,
        kind: oneOf(...FUND_KINDS),
        name: plainText(60),
        month: TURNOVER,
        yearToDate: TURNOVER,
      }),
    ),
    total: record({
      month: TURNOVER,
      yearToDate: TURNOVER,
      betweenFundsMonthFen: money,
      betweenFundsYearToDateFen: money,
    }),
    categories: listOf(
      record(
        {
          fund: code,
          account: code,
          name: plainText(80),
          direction: oneOf('in', 'out'),
          monthFen: money,
          yearToDateFen: money,
        },
        { budgetFen: money, betweenFunds: oneOf(true) },
      ),
    ),
    reconciliation: listOf(
      record({
        bankAccount: record({ name: plainText(80), last4: matching(/^\d{4}$/) }),
        bookBalanceFen: money,
        bankBalanceFen: money,
        items: listOf(
          record({
            kind: oneOf(...OUTSTANDING_KINDS),
            on: date,
            amountFen: positiveMoney,
            reference: plainText(200),
          }),
        ),
        adjustedBookFen: money,
        adjustedBankFen: money,
      }),
    ),
    otherHoldings: listOf(record({ account: code, name: plainText(80), amountFen: money })),
    vouchers: listOf(
      record({
        number: plainText(40),
        on: date,
        narration: plainText(300),
        amountFen: money,
        digest,
        leafIndex: count,
      }),
    ),
    notContained: listOf(record({ code: oneOf(...NOT_CONTAINED_CODES) }, { count, amountFen: money })),
    invariants: exactly(FUND_STATEMENT_INVARIANTS),
  },
  { supersedes: SUPERSEDES },
)
