/** The model: figures that agree are built and parse back, every figure that does not agree is refused by its own code. */
import { describe, expect, it } from 'vitest'
import { canonicalBytes, fen, parseCanonical, period } from '#kernel'
import {
  buildFundStatement,
  encodeFundStatement,
  type FundStatement,
  parseFundStatement,
  type StatementSource,
  statementDigestOf,
  statementFingerprintOf,
  statementIdOf,
} from '../../app/statements/fund-statement.ts'
import { encodeStatementLeaf, parseStatementLeaf } from '../../app/statements/statement-leaf.ts'
import { fc } from '../support/properties.ts'
import { juneSource, yuan } from './statement-world.ts'

function june(): FundStatement {
  const built = buildFundStatement(juneSource())
  if (!built.ok) throw new Error(JSON.stringify(built.error))
  return built.value
}

function refusal(source: StatementSource): string {
  const built = buildFundStatement(source)
  return built.ok ? 'built' : `${built.error.code} ${built.error.at}`
}

/** Changes one member of the encoded statement by its path. */
function withMember(path: string, value: unknown): Uint8Array {
  const json = parseCanonical(encodeFundStatement(june()))
  if (!json.ok) throw new Error('canonical')
  const steps = path.split('.')
  const last = steps.pop()!
  const holder = steps.reduce((at, step) => at[step] as never, json.value as unknown as Record<string, never>)
  if (value === undefined) delete holder[last]
  else holder[last] = value as never
  return canonicalBytes(json.value)
}

function reading(bytes: Uint8Array): string {
  const parsed = parseFundStatement(bytes)
  return parsed.ok ? 'good' : `${parsed.error.code} ${parsed.error.at}`
}

describe('a statement that agrees', () => {
  it('has totals, adjusted balances and an identity', () => {
    const statement = june()
    expect(statement.total.month).toEqual({
      openingFen: '126205796',
      inFen: '27036558',
      outFen: '21121966',
      closingFen: '132120388',
    })
    expect(statement.total.betweenFundsMonthFen).toBe('90000')
    expect(statement.reconciliation[0]!.adjustedBookFen).toBe(statement.reconciliation[0]!.adjustedBankFen)
    expect(statementIdOf(statement)).toBe('demo-2026-06-v1')
  })

  it('parses back from its bytes, which are canonical and have one digest', () => {
    const bytes = encodeFundStatement(june())
    expect(reading(bytes)).toBe('good')
    expect(encodeFundStatement(june())).toEqual(bytes)
    expect(statementDigestOf(bytes)).toMatch(/^[0-9a-f]{64}$/)
    expect(statementFingerprintOf(bytes)).toBe(
      statementDigestOf(bytes)
        .slice(0, 16)
        .replace(/(.{4})(?=.)/g, '$1 '),
    )
  })

  it('has a leaf that names its digest and nothing personal', () => {
    const bytes = encodeFundStatement(june())
    const leaf = encodeStatementLeaf(june(), bytes)
    const parsed = parseStatementLeaf(leaf)
    expect(parsed.ok && parsed.value).toEqual({
      v: 1,
      t: 'statement',
      kind: 'fund-statement',
      log: 'log.example.org/c/demo',
      statement: 'demo-2026-06-v1',
      period: '2026-06',
      version: 1,
      sha256: statementDigestOf(bytes),
      bytes: bytes.length,
    })
    expect(parseStatementLeaf(canonicalBytes({ t: 'ledger.voucher', v: 1 })).ok).toBe(false)
  })
})

describe('figures that do not agree are refused by name', () => {
  const source = juneSource()
  const [trust, ...funds] = source.funds
  const changedTrust = (
    change: Partial<(typeof trust & object)['month']>,
    span: 'month' | 'yearToDate' = 'month',
  ) => juneSource({ funds: [{ ...trust!, [span]: { ...trust![span], ...change } }, ...funds] })

  it.each<[string, () => StatementSource, string]>([
    ['closing', () => changedTrust({ closingFen: fen(1n) }), 'fund-does-not-balance trust'],
    ['opening', () => changedTrust({ openingFen: fen(1n) }), 'fund-does-not-balance trust'],
    [
      'year closing',
      () => changedTrust({ closingFen: fen(1n) }, 'yearToDate'),
      'fund-does-not-balance trust',
    ],
    [
      'year and month close apart',
      () =>
        changedTrust(
          {
            openingFen: fen(trust!.yearToDate.openingFen + 5n),
            closingFen: fen(trust!.yearToDate.closingFen + 5n),
          },
          'yearToDate',
        ),
      'year-to-date-disagrees trust',
    ],
    [
      'a category is missing',
      () => juneSource({ categories: source.categories.slice(1) }),
      'categories-do-not-add-up trust.in',
    ],
    [
      'a category is one fen off in the year',
      () =>
        juneSource({
          categories: source.categories.map((category, index) =>
            index === 0 ? { ...category, yearToDateFen: fen(category.yearToDateFen + 1n) } : category,
          ),
        }),
      'categories-do-not-add-up trust.in',
    ],
    [
      'a transfer that arrives nowhere',
      () =>
        juneSource({
          categories: source.categories.map(({ betweenFunds, ...category }) =>
            category.direction === 'in' ? category : { ...category, ...(betweenFunds && { betweenFunds }) },
          ),
        }),
      'transfers-between-funds-do-not-balance out',
    ],
    [
      'an outstanding item is missing',
      () =>
        juneSource({
          reconciliation: source.reconciliation.map(account => ({
            ...account,
            items: account.items.slice(1),
          })),
        }),
      'reconciliation-disagrees 6417',
    ],
    ['money held nowhere', () => juneSource({ otherHoldings: [] }), 'holdings-do-not-add-up total'],
    ['a correction that names nothing', () => juneSource({ version: 2 }), 'statement-malformed supersedes'],
    [
      'a first version that replaces something',
      () =>
        juneSource({ supersedes: { statementId: 'demo-2026-06-v1', digest: 'a'.repeat(64), reason: 'x' } }),
      'statement-malformed supersedes',
    ],
    [
      'a correction of another month',
      () =>
        juneSource({
          version: 2,
          supersedes: { statementId: 'demo-2026-05-v1', digest: 'a'.repeat(64), reason: 'x' },
        }),
      'statement-malformed supersedes',
    ],
    [
      'a voucher of another month',
      () => juneSource({ vouchers: [{ ...source.vouchers[0]!, on: '2026-07-01' }] }),
      'statement-malformed vouchers 2026-06-001',
    ],
    [
      'a voucher twice',
      () => juneSource({ vouchers: [source.vouchers[0]!, source.vouchers[0]!] }),
      'statement-malformed vouchers',
    ],
    [
      'an invisible character in a narration',
      () => juneSource({ vouchers: [{ ...source.vouchers[0]!, narration: '收\u202e款' }] }),
      'statement-malformed statement.vouchers[0].narration',
    ],
    [
      'January whose year is not its month',
      () => juneSource({ period: period('2026-01'), vouchers: [] }),
      'year-to-date-disagrees trust',
    ],
    [
      'a month reconciled only in part',
      () => juneSource({ reconciledThrough: '2026-06-29' as never }),
      'statement-malformed reconciledThrough',
    ],
  ])('%s', (_, make, expected) => {
    expect(refusal(make())).toBe(expected)
  })

  it('says both figures', () => {
    const built = buildFundStatement(changedTrust({ closingFen: yuan('1.00') }))
    expect(!built.ok && built.error).toMatchObject({ expectedFen: '126540388', foundFen: '100' })
  })

  it('any single fen anywhere in a fund', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('openingFen', 'inFen', 'outFen', 'closingFen' as const),
        fc.constantFrom('month' as const, 'yearToDate' as const),
        fc.integer({ min: 0, max: 2 }),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        (figure, span, at, by) => {
          const changed = source.funds.map((fund, index) =>
            index === at
              ? { ...fund, [span]: { ...fund[span], [figure]: fen(fund[span][figure as 'inFen'] + by) } }
              : fund,
          )
          expect(buildFundStatement(juneSource({ funds: changed })).ok).toBe(false)
        },
      ),
    )
  })
})

describe('bytes that claim to be a statement', () => {
  it.each([
    ['v', 2, 'statement-malformed statement.v'],
    ['unit', 'yuan', 'statement-malformed statement.unit'],
    ['extra', 'x', 'statement-malformed statement.extra'],
    ['period', '2026-13', 'statement-malformed statement.period'],
    ['funds.0.month.inFen', '0001', 'statement-malformed statement.funds[0].month.inFen'],
    ['funds.0.month.inFen', 1, 'statement-malformed statement.funds[0].month.inFen'],
    ['funds.0.kind', 'slush-fund', 'statement-malformed statement.funds[0].kind'],
    ['total.month.inFen', '1', 'totals-do-not-add-up total.month.inFen'],
    ['total.betweenFundsMonthFen', '1', 'transfers-between-funds-do-not-balance in'],
    ['reconciliation.0.adjustedBankFen', '1', 'reconciliation-disagrees 6417'],
    ['invariants', [], 'statement-malformed statement.invariants'],
    ['vouchers.0.digest', 'x', 'statement-malformed statement.vouchers[0].digest'],
    ['community', undefined, 'statement-malformed statement.community'],
    [
      'supersedes',
      { statementId: 'demo-2026-06-v1-v2', digest: 'a'.repeat(64), reason: 'x' },
      'statement-malformed supersedes',
    ],
  ])('%s = %j', (path, value, expected) => {
    expect(reading(withMember(path, value))).toBe(expected)
  })

  it('spaces, a byte order mark, a duplicate key or a float are not canonical', () => {
    for (const text of ['{ }', '\ufeff{}', '{"a":1,"a":1}', '{"a":1.5}', '[', '']) {
      expect(reading(new TextEncoder().encode(text))).toMatch(/^statement-malformed/)
    }
  })

  it('are never trusted to have a shape: any JSON is refused without an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(parseFundStatement(new TextEncoder().encode(JSON.stringify(value))).ok).toBe(false)
      }),
    )
  })
})
