/** The chain of balances in every order that banks print, and the keys that let a line post once and twins twice. */
import { describe, expect, it } from 'vitest'
import { civilDate, fen } from '#kernel'
import { checkBalanceChain } from '../../../app/ledger/bank-statement/balance-chain.ts'
import type { BankLine } from '../../../app/ledger/bank-statement/bank-statement.ts'
import { fingerprintLine, lineKeys } from '../../../app/ledger/bank-statement/line-keys.ts'
import { fc } from '../../support/properties.ts'
import { codesOf, csvOf, PLAIN_HEADER, PLAIN_ROWS, read } from './making.ts'

const lineOf = (
  amount: bigint,
  balance: bigint | null,
  day: number,
  over: Partial<BankLine> = {},
): BankLine => ({
  sourceLine: 1,
  bookedAt: { date: civilDate(`2025-03-${String(day).padStart(2, '0')}`), time: null },
  amountFen: fen(amount),
  direction: amount < 0n ? 'out' : 'in',
  balanceFen: balance === null ? null : fen(balance),
  counterpartyName: '甲',
  counterpartyAccount: '',
  narration: '物业费',
  serial: null,
  status: '',
  settled: true,
  reversal: false,
  currency: 'CNY',
  feeFen: null,
  ...over,
})

/** Amounts over days as lines that chain from 1,000.00. */
const chained = (moves: readonly { readonly amount: bigint; readonly day: number }[]): BankLine[] => {
  let balance = 100_000n
  return [...moves]
    .sort((a, b) => a.day - b.day)
    .map(({ amount, day }, index) => {
      balance += amount
      return lineOf(amount, balance, day, { sourceLine: index + 2 })
    })
}

const moves = fc.array(
  fc.record({
    amount: fc.bigInt({ min: -5_000n, max: 5_000n }).filter(a => a !== 0n),
    day: fc.integer({ min: 1, max: 5 }),
  }),
  { minLength: 2, maxLength: 12 },
)

describe('balance chain', () => {
  it('holds in file order, in reverse, and with days shuffled inside', () => {
    fc.assert(
      fc.property(moves, fc.infiniteStream(fc.double({ noNaN: true })), (drafts, dice) => {
        const lines = chained(drafts)
        const shuffled = lines
          .map(line => ({ line, roll: dice.next().value }))
          .sort((a, b) => a.line.bookedAt.date.localeCompare(b.line.bookedAt.date) || a.roll - b.roll)
          .map(({ line }) => line)
        for (const order of [lines, [...lines].reverse(), shuffled]) {
          const chain = checkBalanceChain(order)
          expect(chain.ok).toBe(true)
          expect(chain.breaks).toEqual([])
        }
        const { openingFen, closingFen } = checkBalanceChain(lines)
        expect([openingFen, closingFen]).toEqual([100_000n, lines.at(-1)!.balanceFen])
      }),
    )
  })

  it('begins where the next day says, when a first day cancels out and is printed out of order', () => {
    const [out, back, fee] = chained([
      { amount: -4_996n, day: 1 },
      { amount: 4_996n, day: 1 },
      { amount: 1n, day: 2 },
    ]) as [BankLine, BankLine, BankLine]
    expect(checkBalanceChain([back, out, fee])).toMatchObject({
      ok: true,
      breaks: [],
      openingFen: 100_000n,
      closingFen: 100_001n,
    })
    const late = { ...fee, balanceFen: fen(100_002n) }
    expect(checkBalanceChain([back, out, late]).ok).toBe(false)
  })

  it('is never read against its dates, when a round trip lost a line', () => {
    const [fee, out, back] = chained([
      { amount: -7n, day: 1 },
      { amount: -99_992n, day: 2 },
      { amount: 99_999n, day: 3 },
    ]) as [BankLine, BankLine, BankLine]
    // Backwards the two that are left chain: 1,000.00 after the third, 999.93 after the first.
    for (const lines of [
      [fee, back],
      [back, fee],
    ])
      expect(checkBalanceChain(lines)).toMatchObject({ ok: false, breaks: [{ line: back, previous: fee }] })
    expect(checkBalanceChain([back, out, fee])).toMatchObject({ ok: true, order: 'newest-first' })
  })

  // Lines of one day may chain in another order by chance (two that cancel out): then the opening balance gives it away.
  it('breaks, or opens with another balance, when any amount but the first changes', () => {
    fc.assert(
      fc.property(moves, fc.nat(), (drafts, pick) => {
        const lines = chained(drafts)
        const at = 1 + (pick % (lines.length - 1))
        const tampered = lines.map((line, i) =>
          i === at ? { ...line, amountFen: fen(line.amountFen + 100_000n) } : line,
        )
        const chain = checkBalanceChain(tampered)
        expect(chain.ok === false || chain.openingFen !== checkBalanceChain(lines).openingFen).toBe(true)
        expect(chain.breaks.length > 0).toBe(chain.ok === false)
      }),
    )
  })

  it('names the line after the gap, and by how much', () => {
    const [first, , third] = chained([1, 2, 3].map(day => ({ amount: 500n, day })))
    const { breaks } = checkBalanceChain([first!, third!])
    expect(
      breaks.map(({ line, previous, expectedFen, statedFen }) => [
        line.sourceLine,
        previous.sourceLine,
        expectedFen,
        statedFen,
      ]),
    ).toEqual([[4, 2, 101_000n, 101_500n]])
  })

  it('is unknown without balances, and skips lines without one', () => {
    expect(checkBalanceChain([lineOf(1n, null, 1)]).ok).toBeNull()
    expect(
      checkBalanceChain([lineOf(100n, 1_100n, 1), lineOf(50n, null, 2), lineOf(-20n, 1_130n, 3)]).ok,
    ).toBe(true)
    expect(
      checkBalanceChain([lineOf(100n, 1_100n, 1), lineOf(50n, null, 2), lineOf(-20n, 1_131n, 3)]).ok,
    ).toBe(false)
  })

  it('each currency has its own', () => {
    const dollars = { currency: 'HKD' }
    const lines = [
      lineOf(100n, 1_100n, 1),
      lineOf(5n, 5n, 1, dollars),
      lineOf(-50n, 1_050n, 2),
      lineOf(5n, 10n, 2, dollars),
    ]
    expect(checkBalanceChain(lines).ok).toBe(true)
    expect(checkBalanceChain(lines.map(line => ({ ...line, currency: 'CNY' }))).ok).toBe(false)
  })
})

describe('keys', () => {
  it('twins count up, and their file order does not matter', () => {
    const twins = [lineOf(100n, null, 1), lineOf(100n, null, 1), lineOf(100n, null, 2)]
    const keys = lineKeys(twins)
    expect(keys.map(({ occurrence }) => occurrence)).toEqual([1, 2, 1])
    expect(new Set(lineKeys([...twins].reverse()).map(({ key, occurrence }) => key + occurrence))).toEqual(
      new Set(keys.map(({ key, occurrence }) => key + occurrence)),
    )
  })

  it('what the line says changes the key, where it stands and what its status says do not', () => {
    const line = lineOf(100n, 1_100n, 1)
    const key = fingerprintLine(line)
    for (const same of [
      { sourceLine: 99 },
      { status: '交易成功' },
      { narration: ' 物业费 ' },
      { narration: '物业费　' },
    ])
      expect(fingerprintLine({ ...line, ...same })).toBe(key)
    for (const other of [
      { amountFen: fen(101n) },
      { balanceFen: null },
      { counterpartyName: '乙' },
      { narration: '电费' },
      { bookedAt: { ...line.bookedAt, time: '09:00:00' } },
      { direction: 'out' as const },
    ])
      expect(fingerprintLine({ ...line, ...other })).not.toBe(key)
    expect(fingerprintLine(line, 'another account')).not.toBe(key)
  })

  it('a serial outlives a change of wording, but never joins two amounts', () => {
    const line = lineOf(100n, null, 1, { serial: 'S1' })
    const [a, reworded, other] = [
      line,
      { ...line, narration: '别的', status: '交易成功' },
      { ...line, amountFen: fen(200n) },
    ].map(each => lineKeys([each])[0]!.key)
    expect(reworded).toBe(a)
    expect(other).not.toBe(a)
  })
})

describe('repeats and twins in a file', () => {
  it('a row repeated under its serial counts once and is said', async () => {
    const reading = await read(csvOf([PLAIN_HEADER, ...PLAIN_ROWS, PLAIN_ROWS[2]!, PLAIN_ROWS[0]!]))
    expect(codesOf(reading)).toEqual(['duplicate-line@5', 'duplicate-line@6'])
    expect([reading.outcome, reading.statement!.lines.length]).toEqual(['accept', 3])
  })

  it('the same serial on another line is kept and said', async () => {
    const fee = [
      '2025-03-17',
      '16:15:19',
      '15.50',
      '',
      '23762.62',
      '',
      '',
      '网银手续费',
      '202503170576717003',
    ]
    const reading = await read(csvOf([PLAIN_HEADER, ...PLAIN_ROWS, fee]))
    expect(codesOf(reading)).toEqual(['serial-reused@5'])
    expect(reading.statement!.lines).toHaveLength(4)
  })

  it('twins without a serial are both kept', async () => {
    const rows = [
      ['日期', '收入金额', '支出金额', '对方户名'],
      ['2025-03-01', '2.00', '', '临停'],
      ['2025-03-01', '2.00', '', '临停'],
    ]
    const { statement } = await read(csvOf(rows))
    expect(lineKeys(statement!.lines).map(({ occurrence }) => occurrence)).toEqual([1, 2])
  })
})
