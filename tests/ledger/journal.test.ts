/** Journals for tools that are not ours: golden text, and balances that a naive reader adds up to the same fen. */
import { describe, expect, it } from 'vitest'
import { civilDate, fen, formatYuanPlain, parseYuan, ZERO_FEN } from '#kernel'
import { formatJournal, journalAccount } from '#ledger'
import type { JournalSource } from '../../app/ledger/journal.ts'
import { redPostings } from '../../app/ledger/posting.ts'
import { fc } from '../support/properties.ts'
import { ACCOUNTS, anyDay, anyPostings, credit, debit, FUNDS } from './books.ts'

const source = (vouchers: JournalSource['vouchers']): JournalSource => ({
  community: '示例小区',
  accounts: ACCOUNTS,
  funds: FUNDS,
  firstDay: civilDate('2025-01-01'),
  vouchers,
})
const receipt = [debit('100201', 150_000n), credit('410101', 150_000n)]
const small = source([
  {
    key: { fiscalYear: 2025, number: 1 },
    occurredOn: civilDate('2025-01-10'),
    narration: '收"广告"费; 一月|二月',
    postings: receipt,
    leafSha256: 'ab',
  },
  {
    key: { fiscalYear: 2025, number: 2 },
    occurredOn: civilDate('2025-01-11'),
    narration: '冲销\n一',
    postings: redPostings(receipt),
    leafSha256: 'cd',
  },
])

it('beancount, golden', () => {
  expect(formatJournal('beancount', small)).toBe(`option "title" "示例小区"
option "operating_currency" "CNY"

2025-01-01 open Assets:Trust:100201 CNY
  name: "银行存款：共管账户"
2025-01-01 open Income:Trust:410101 CNY
  name: "物业服务费（本期）"

2025-01-10 * "收\\"广告\\"费; 一月|二月" ^voucher-2025-0001
  leaf: "ab"
  Assets:Trust:100201  1500.00 CNY
  Income:Trust:410101  -1500.00 CNY

2025-01-11 * "冲销 一" ^voucher-2025-0002
  leaf: "cd"
  Assets:Trust:100201  -1500.00 CNY
  Income:Trust:410101  1500.00 CNY
`)
})

it('hledger, golden', () => {
  expect(formatJournal('hledger', small)).toBe(`; 示例小区
commodity CNY 1000.00

account Assets:Trust:100201  ; 银行存款：共管账户
account Income:Trust:410101  ; 物业服务费（本期）

2025-01-10 * (2025-0001) 收"广告"费； 一月｜二月
    ; leaf: ab
    Assets:Trust:100201  CNY 1500.00
    Income:Trust:410101  CNY -1500.00

2025-01-11 * (2025-0002) 冲销 一
    ; leaf: cd
    Assets:Trust:100201  CNY -1500.00
    Income:Trust:410101  CNY 1500.00
`)
})

describe('any vouchers', () => {
  const anyVouchers = fc
    .array(
      fc.record({ occurredOn: anyDay, narration: fc.string({ unit: 'grapheme' }), postings: anyPostings }),
      { maxLength: 6 },
    )
    .map(drafts =>
      drafts.map((d, i) => ({ ...d, key: { fiscalYear: 2025, number: i + 1 }, leafSha256: 'ab' })),
    )

  it.each(['beancount', 'hledger'] as const)(
    'add up to the same balances in %s, whatever the narrations hold',
    format => {
      fc.assert(
        fc.property(anyVouchers, vouchers => {
          const text = formatJournal(format, source(vouchers))
          const sums = new Map<string, bigint>()
          for (const line of text.split('\n')) {
            const match =
              /^\s+((?:Assets|Liabilities|Equity|Income|Expenses):\S+) {2}(?:CNY )?(-?[\d.]+)(?: CNY)?$/.exec(
                line,
              )
            if (match === null) continue
            const amount = parseYuan(match[2]!)
            sums.set(match[1]!, (sums.get(match[1]!) ?? 0n) + (amount.ok ? amount.value : ZERO_FEN))
          }
          const expected = new Map<string, bigint>()
          for (const p of vouchers.flatMap(v => v.postings)) {
            const name = journalAccount(ACCOUNTS, p.fund, p.account)
            expected.set(name, (expected.get(name) ?? 0n) + (p.side === 'debit' ? p.amountFen : -p.amountFen))
          }
          expect(sums).toEqual(expected)
          expect([...sums.values()].reduce((a, b) => a + b, 0n)).toBe(0n)
          const entries = text.split('\n').filter(line => /^\d{4}-\d\d-\d\d \*/.test(line))
          expect(entries).toHaveLength(vouchers.length)
        }),
      )
    },
  )

  it('show a changed fen', () => {
    const [first, second] = small.vouchers
    const changed = source([
      { ...first!, postings: [{ ...receipt[0]!, amountFen: fen(150_001n) }, receipt[1]!] },
      second!,
    ])
    expect(formatJournal('beancount', changed)).toContain(`${formatYuanPlain(fen(150_001n))} CNY`)
    expect(formatJournal('beancount', changed)).not.toBe(formatJournal('beancount', small))
  })
})

it('a posting on an account that the chart does not have is a broken invariant', () => {
  expect(() => journalAccount(ACCOUNTS, 'trust', '9')).toThrow('invariant broken')
})
