/** What an import shows before it is confirmed: the order of a day's lines, what each line moves, and its stored form. */
import { describe, expect, it } from 'vitest'
import { civilDate, type Fen, fen } from '#kernel'
import {
  type BankImportReading,
  daySequences,
  decodeReading,
  encodeReading,
  importLines,
  readingFigures,
} from '../../app/ledger/bank-import.ts'
import { type BankLine, bankProblem } from '../../app/ledger/bank-statement/bank-statement.ts'
import { fc } from '../support/properties.ts'
import { anyAmount, anyDay } from './books.ts'

const lineOf = (changes: Partial<BankLine> = {}): BankLine => ({
  sourceLine: 1,
  bookedAt: { date: civilDate('2025-01-05'), time: '08:44:38' },
  amountFen: fen(100n),
  direction: 'in',
  balanceFen: null,
  counterpartyName: '王小明',
  counterpartyAccount: '6222 0212 3456 7890',
  narration: '物业费',
  serial: null,
  status: '',
  settled: true,
  reversal: false,
  currency: 'CNY',
  feeFen: null,
  ...changes,
})
const on = (date: string, amount = 100n, balance: bigint | null = null) =>
  lineOf({
    bookedAt: { date: civilDate(date), time: null },
    amountFen: fen(amount),
    balanceFen: balance === null ? null : fen(balance),
  })

describe('the order of a day’s lines', () => {
  it('from old to new, from new to old, and on one day by its balances', () => {
    expect(daySequences([on('2025-01-01'), on('2025-01-02'), on('2025-01-02')])).toEqual([1, 1, 2])
    expect(daySequences([on('2025-01-02'), on('2025-01-02'), on('2025-01-01')])).toEqual([2, 1, 1])
    expect(daySequences([on('2025-01-02', 10n, 110n), on('2025-01-02', 5n, 115n)])).toEqual([1, 2])
    expect(daySequences([on('2025-01-02', 5n, 115n), on('2025-01-02', 10n, 110n)])).toEqual([2, 1])
    expect(daySequences([on('2025-01-02'), on('2025-01-02')])).toEqual([1, 2])
    expect(daySequences([])).toEqual([])
  })

  it('is the same whichever way a file with balances runs', () => {
    const book = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 28 }), anyAmount), { minLength: 2, maxLength: 20 })
      .map(moves => {
        let balance = 0n
        return moves
          .sort(([a], [b]) => a - b)
          .map(([day, amount]) => {
            balance += amount
            return on(`2025-01-${String(day).padStart(2, '0')}`, amount, balance)
          })
      })
    fc.assert(
      fc.property(book, lines => {
        const forward = daySequences(lines)
        const backward = daySequences([...lines].reverse()).reverse()
        expect(backward).toEqual(forward)
        for (const day of new Set(lines.map(l => l.bookedAt.date))) {
          const places = forward.filter((_, i) => lines[i]!.bookedAt.date === day)
          expect(places).toEqual(places.map((_, i) => i + 1))
        }
      }),
    )
  })
})

describe('lines as they will be stored', () => {
  it('move what the file says, and nothing where no yuan moved', () => {
    const amounts = (changes: Partial<BankLine>) => {
      const [line] = importLines([lineOf(changes)], '100201', new Set())
      return [line!.amountFen, line!.statedFen]
    }
    expect(amounts({})).toEqual([100n, 100n])
    expect(amounts({ direction: 'out', amountFen: fen(-100n) })).toEqual([-100n, -100n])
    expect(amounts({ settled: false })).toEqual([0n, 100n])
    expect(amounts({ direction: 'neutral' })).toEqual([0n, 100n])
    expect(amounts({ currency: 'USD' })).toEqual([0n, 100n])
    expect(amounts({ direction: 'out', amountFen: fen(100n), reversal: true })).toEqual([100n, 100n])
  })

  it('keep four digits of a counterparty’s account', () => {
    const last4 = (account: string) =>
      importLines([lineOf({ counterpartyAccount: account })], '100201', new Set())[0]!.counterpartyLast4
    expect(['6222 0212 3456 7890', '6222****7890', '12', ''].map(last4)).toEqual(['7890', '7890', '12', ''])
  })

  it('tell twins apart and know what is already there, on that account only', () => {
    const twins = [lineOf(), lineOf(), lineOf({ narration: '停车费' })]
    const first = importLines(twins, '100201', new Set())
    expect(first.map(l => [l.occurrence, l.known])).toEqual([
      [1, false],
      [2, false],
      [1, false],
    ])
    const known = new Set([`${first[0]!.key}#1`])
    expect(importLines(twins, '100201', known).map(l => l.known)).toEqual([true, false, false])
    expect(importLines(twins, '100202', known).map(l => l.known)).toEqual([false, false, false])
  })
})

it('figures count and sum what is there', () => {
  const lines = [
    on('2025-01-03', 5n),
    on('2025-01-01', 7n),
    lineOf({ direction: 'out', amountFen: fen(-3n) }),
  ]
  expect(readingFigures(lines)).toEqual({
    rows: 3,
    rowsIn: 2,
    rowsOut: 1,
    rowsNeutral: 0,
    sumInFen: 12n,
    sumOutFen: 3n,
    firstOn: '2025-01-01',
    lastOn: '2025-01-05',
  })
  expect(readingFigures([])).toMatchObject({ rows: 0, firstOn: null, lastOn: null })
})

it('a reading is stored and read back whole', () => {
  const anyLine = fc.record({
    date: anyDay,
    amount: anyAmount,
    balance: fc.option(anyAmount),
    serial: fc.option(fc.string({ unit: 'grapheme' })),
    narration: fc.string({ unit: 'grapheme' }),
    direction: fc.constantFrom('in' as const, 'out' as const, 'neutral' as const),
  })
  fc.assert(
    fc.property(
      fc.array(anyLine, { maxLength: 8 }),
      fc.constantFrom('accept', 'hold', 'reject'),
      (drafts, outcome) => {
        const lines = drafts.map((d, i) =>
          lineOf({
            sourceLine: i + 2,
            bookedAt: { date: d.date, time: null },
            amountFen: (d.direction === 'out' ? -d.amount : d.amount) as Fen,
            direction: d.direction,
            balanceFen: d.balance,
            serial: d.serial,
            narration: d.narration,
          }),
        )
        const reading: BankImportReading = {
          outcome,
          layout: 'icbc',
          encoding: null,
          accountLast4: '1234',
          ...readingFigures(lines),
          problems: [
            bankProblem('total-mismatch', { line: 3, column: '金额' }, { stated: '1', counted: '2' }),
          ],
          lines: importLines(lines, '100201', new Set()),
          head: [['a', 'b'], ['']],
          suggestion: null,
          openingFen: lines[0]?.balanceFen ?? null,
          closingFen: lines.at(-1)?.balanceFen ?? null,
          chainOk: null,
          signature: 'ab'.repeat(32),
        }
        expect(decodeReading(encodeReading(reading))).toEqual(reading)
      },
    ),
  )
})
