/** Fictional figures for the component page. Nothing here comes from a ledger. */
import { addMonths, civilDate, type Fen, fen, instantOf, period } from '#kernel'

export const SAMPLE_DAY = civilDate('2026-06-30')
export const SAMPLE_RECONCILED = civilDate('2026-06-28')
export const SAMPLE_INSTANT = instantOf(SAMPLE_DAY, 65_100)
export const SAMPLE_HASH = '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730'
export const SAMPLE_BALANCE = fen(128_453_027n)

const RECEIVED = [981, 1034, 876, 1192, 902, 1411, 1263, 640, 1120, 987, 1055, 1188]
const SPENT = [902, 877, 1103, 934, 1288, 1010, 1376, 812, 955, 1004, 1420, 968]

/** Twelve months of movements with uneven fen. */
export const SAMPLE_MONTHS = RECEIVED.map((received, index) => ({
  period: addMonths(period('2025-07'), index),
  received: fen(BigInt(received) * 10_007n),
  spent: fen(BigInt(SPENT[index]!) * 9_991n),
  href: `?month=${addMonths(period('2025-07'), index)}`,
}))

/** The balances that follow from them. */
export const SAMPLE_BALANCES = (() => {
  let balance = 124_000_000n
  return SAMPLE_MONTHS.map(month => {
    balance += month.received - month.spent
    return { period: month.period, balance: fen(balance) }
  })
})()

/** One row of the sample table. */
export interface SampleRow {
  readonly number: string
  readonly date: string
  readonly narration: 'rowLift' | 'rowFee' | 'rowParking' | 'rowWages' | 'rowReversal'
  readonly amount: Fen
  readonly flow: 'in' | 'out'
  readonly state: 'posted' | 'waiting' | 'attention'
}

export const SAMPLE_ROWS: readonly SampleRow[] = [
  {
    number: '2026-0412',
    date: '2026-06-28',
    narration: 'rowLift',
    amount: fen(1_860_000n),
    flow: 'out',
    state: 'waiting',
  },
  {
    number: '2026-0409',
    date: '2026-06-25',
    narration: 'rowFee',
    amount: fen(9_641_233n),
    flow: 'in',
    state: 'posted',
  },
  {
    number: '2026-0405',
    date: '2026-06-21',
    narration: 'rowParking',
    amount: fen(318_500n),
    flow: 'in',
    state: 'attention',
  },
  {
    number: '2026-0399',
    date: '2026-06-15',
    narration: 'rowWages',
    amount: fen(4_275_080n),
    flow: 'out',
    state: 'posted',
  },
  {
    number: '2026-0398',
    date: '2026-06-15',
    narration: 'rowReversal',
    amount: fen(-318_500n),
    flow: 'in',
    state: 'posted',
  },
]

/** What the rows come to: in minus out. */
export const SAMPLE_NET = fen(
  SAMPLE_ROWS.reduce((net, row) => (row.flow === 'in' ? net + row.amount : net - row.amount), 0n),
)
