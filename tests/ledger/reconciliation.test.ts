/** Bank reconciliation: whatever is booked, not booked, booked late or not yet at the bank, both sides agree; a lost line shows. */
import { describe, expect, it } from 'vitest'
import { addMonths, type CivilDate, civilDate, type Fen, fen, type Period, period, periodOf } from '#kernel'
import {
  type ReconcilableLine,
  type ReconcilablePosting,
  reconcile,
} from '../../app/ledger/reconciliation.ts'
import { fc } from '../support/properties.ts'
import { anyDay } from './books.ts'

const anyMove = fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }).map(fen)

/** One movement: at the bank on a day or never, in the books on a day or never. */
interface Move {
  readonly amountFen: Fen
  readonly banked: CivilDate | null
  readonly booked: CivilDate | null
}
const anyMoves: fc.Arbitrary<Move[]> = fc.array(
  fc.record({ amountFen: anyMove, banked: fc.option(anyDay), booked: fc.option(anyDay) }),
  { maxLength: 30 },
)

function inputOf(moves: readonly Move[], month: Period, opening: bigint) {
  const until = (day: CivilDate | null) => day !== null && periodOf(day) <= month
  const lines: ReconcilableLine[] = moves.flatMap((move, i) =>
    move.banked === null
      ? []
      : [
          {
            bankLine: `line-${i}`,
            bookedOn: move.banked,
            amountFen: move.amountFen,
            postedIn: move.booked === null ? null : periodOf(move.booked),
          },
        ],
  )
  const postings: ReconcilablePosting[] = moves.flatMap((move, i) =>
    move.booked === null
      ? []
      : [
          {
            voucher: `voucher-${i}`,
            occurredOn: move.booked,
            amountFen: move.amountFen,
            atBankFen: until(move.banked) ? move.amountFen : fen(0n),
          },
        ],
  )
  const balance = (counts: (move: Move) => boolean) =>
    fen(moves.filter(counts).reduce((sum, move) => sum + move.amountFen, opening))
  return {
    period: month,
    bankBalanceFen: balance(move => until(move.banked)),
    bookBalanceFen: balance(move => until(move.booked)),
    lines,
    postings,
  }
}

const month = period('2025-06')

describe('any movements', () => {
  it('agree when nothing is lost, and the items explain the difference exactly', () => {
    fc.assert(
      fc.property(anyMoves, anyMove, (moves, opening) => {
        const input = inputOf(moves, month, opening)
        const result = reconcile(input)
        expect(result.agrees).toBe(true)
        expect(result.adjustedBankFen).toBe(result.adjustedBookFen)
        const atBank = result.items.filter(item => item.kind.startsWith('bank-'))
        const inBooks = result.items.filter(item => item.kind.startsWith('booked-'))
        const sum = (items: typeof atBank) => items.reduce((total, item) => total + item.amountFen, 0n)
        expect(input.bankBalanceFen - input.bookBalanceFen).toBe(sum(atBank) - sum(inBooks))
      }),
    )
  })

  it('list each outstanding movement once, in order of day, and nothing that both sides have', () => {
    fc.assert(
      fc.property(anyMoves, moves => {
        const { items } = reconcile(inputOf(moves, month, 0n))
        const until = (day: CivilDate | null) => day !== null && periodOf(day) <= month
        const expected = moves.flatMap((move, i) => {
          if (move.amountFen === 0n || until(move.banked) === until(move.booked)) return []
          return [until(move.banked) ? `line-${i}` : `voucher-${i}`]
        })
        expect(items.map(item => item.reference).sort()).toEqual(expected.sort())
        expect(items.map(item => item.on)).toEqual(items.map(item => item.on).sort())
        for (const item of items) {
          expect(item.kind.includes('-paid-')).toBe(item.amountFen < 0n)
        }
      }),
    )
  })

  it('do not agree when any line that moves money is lost, or an amount is changed', () => {
    fc.assert(
      fc.property(
        anyMoves.filter(moves =>
          moves.some(m => m.banked !== null && periodOf(m.banked) <= month && m.amountFen !== 0n),
        ),
        fc.nat(),
        (moves, pick) => {
          const input = inputOf(moves, month, 0n)
          const open = input.lines.filter(
            line =>
              periodOf(line.bookedOn) <= month &&
              line.amountFen !== 0n &&
              (line.postedIn === null || line.postedIn > month),
          )
          if (open.length > 0) {
            const lost = open[pick % open.length]!
            expect(reconcile({ ...input, lines: input.lines.filter(line => line !== lost) }).agrees).toBe(
              false,
            )
          }
          expect(reconcile({ ...input, bankBalanceFen: fen(input.bankBalanceFen + 1n) }).agrees).toBe(false)
          expect(reconcile({ ...input, bookBalanceFen: fen(input.bookBalanceFen - 1n) }).agrees).toBe(false)
        },
      ),
    )
  })

  it('settle in later months: once both sides have it, an item is gone', () => {
    fc.assert(
      fc.property(anyMoves, moves => {
        const settled = moves.filter(m => m.banked !== null && m.booked !== null)
        expect(reconcile(inputOf(settled, addMonths(period('2026-12'), 1), 0n)).items).toEqual([])
      }),
    )
  })
})

it('a voucher that holds two lines, one of them only next month, is outstanding by the rest', () => {
  const result = reconcile({
    period: month,
    bankBalanceFen: fen(30n),
    bookBalanceFen: fen(100n),
    lines: [],
    postings: [
      {
        voucher: '2025-0001',
        occurredOn: civilDate('2025-06-30'),
        amountFen: fen(100n),
        atBankFen: fen(30n),
      },
    ],
  })
  expect(result).toMatchObject({ adjustedBankFen: 100n, adjustedBookFen: 100n, agrees: true })
  expect(result.items).toEqual([
    { kind: 'booked-received-not-banked', on: '2025-06-30', amountFen: 70n, reference: '2025-0001' },
  ])
})

it('a line that moves nothing is not outstanding', () => {
  const line = { bankLine: 'x', bookedOn: civilDate('2025-06-30'), amountFen: fen(0n), postedIn: null }
  const input = {
    period: month,
    bankBalanceFen: fen(0n),
    bookBalanceFen: fen(0n),
    lines: [line],
    postings: [],
  }
  expect(reconcile(input).items).toEqual([])
  const moving = { ...input, lines: [{ ...line, amountFen: fen(1n) }] }
  expect(reconcile(moving).items).toHaveLength(1)
})
