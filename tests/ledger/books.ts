/** Charts, vouchers and their arbitraries, for tests of the pure ledger. */
import { type CivilDate, civilDate, type Fen, fen, type Period, period } from '#kernel'
import { type Account, CHART_OF_ACCOUNTS, type Fund, type Posting } from '#ledger'
import type { DraftContent } from '../../app/ledger/voucher.ts'
import { fc } from '../support/properties.ts'

export const ACCOUNTS: readonly Account[] = [
  ...CHART_OF_ACCOUNTS,
  { code: '100201', type: 'cash', nameZh: '银行存款：共管账户', nameEn: 'Bank, co-managed account' },
  { code: '100202', type: 'cash', nameZh: '银行存款：专户', nameEn: 'Bank, special account' },
  { code: '101201', type: 'cash', nameZh: '微信商户', nameEn: 'Wallet' },
]

export const FUNDS: readonly Fund[] = [
  { code: 'trust', kind: 'trust-fund', nameZh: '共有基金', nameEn: 'Trust fund' },
  { code: 'maintenance', kind: 'maintenance-fund', nameZh: '维修资金', nameEn: 'Maintenance fund' },
  { code: 'community', kind: 'community-fund', nameZh: '社区基金', nameEn: 'Community fund' },
]

export const CHART = { accounts: ACCOUNTS, funds: FUNDS }

export const debit = (account: string, amount: bigint, fund = 'trust'): Posting => ({
  fund,
  account,
  side: 'debit',
  amountFen: fen(amount),
})
export const credit = (account: string, amount: bigint, fund = 'trust'): Posting => ({
  ...debit(account, amount, fund),
  side: 'credit',
})

/** A receipt of service fees with everything in order. */
export function contentOf(changes: Partial<DraftContent> = {}): DraftContent {
  return {
    version: 2,
    kind: 'receipt',
    occurredOn: civilDate('2025-01-10'),
    narration: '收物业服务费',
    postings: [debit('100201', 150_000n), credit('410101', 150_000n)],
    payee: null,
    documents: [],
    bankLines: [],
    reverses: null,
    replaces: null,
    ...changes,
  }
}

export const anyAmount: fc.Arbitrary<Fen> = fc.bigInt({ min: 1n, max: 10n ** 12n }).map(fen)
export const anyMonth: fc.Arbitrary<Period> = fc
  .integer({ min: 0, max: 35 })
  .map(index => period(`${2024 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`))
export const anyDay: fc.Arbitrary<CivilDate> = fc
  .tuple(anyMonth, fc.integer({ min: 1, max: 28 }))
  .map(([month, day]) => civilDate(`${month}-${String(day).padStart(2, '0')}`))

const plainAccount = fc.constantFrom(...ACCOUNTS.filter(a => a.type !== 'interfund').map(a => a.code))
const someFund = fc.constantFrom(...FUNDS.map(fund => fund.code))

/** One fund's balanced lines: debits on some accounts, and credits that share the same sum out. */
const balancedInFund: fc.Arbitrary<Posting[]> = fc
  .tuple(
    someFund,
    fc.array(fc.tuple(plainAccount, anyAmount), { minLength: 1, maxLength: 4 }),
    plainAccount,
    plainAccount,
    fc.nat(1000),
  )
  .map(([fund, debits, first, second, share]) => {
    const total = debits.reduce((sum, [, amount]) => sum + amount, 0n)
    const part = (total * BigInt(share)) / 1000n
    const credits = [credit(first, part, fund), credit(second, total - part, fund)]
    return [...debits.map(([account, amount]) => debit(account, amount, fund)), ...credits].filter(
      posting => posting.amountFen !== 0n,
    )
  })

/** One fund lends another: two pairs, each balanced within its fund. */
const betweenFunds: fc.Arbitrary<Posting[]> = fc
  .tuple(
    anyAmount,
    fc.shuffledSubarray(
      FUNDS.map(fund => fund.code),
      { minLength: 2, maxLength: 2 },
    ),
  )
  .map(([amount, [lender, borrower]]) => [
    debit('1391', amount, lender),
    credit('100201', amount, lender),
    debit('100202', amount, borrower),
    credit('1391', amount, borrower),
  ])

/** Lines of a whole voucher that is in order. */
export const anyPostings: fc.Arbitrary<Posting[]> = fc
  .array(fc.oneof({ weight: 4, arbitrary: balancedInFund }, { weight: 1, arbitrary: betweenFunds }), {
    minLength: 1,
    maxLength: 3,
  })
  .map(groups => groups.flat())
