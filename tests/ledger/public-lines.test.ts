import { describe, expect, it } from 'vitest'
import { civilDate, fen } from '#kernel'
import { publicVoucherLines } from '../../app/ledger/public-lines.ts'

const line = (counterparty: string, amount: bigint, on = '2026-06-14') => ({
  bookedOn: civilDate(on),
  amountFen: fen(amount),
  account: '100201',
  counterparty,
})

describe('the public side of a voucher’s bank lines', () => {
  it('shows organisations one by one and private persons only as a sum', () => {
    const shown = publicVoucherLines([
      line('曹淑珍', 88_452n),
      line('财付通支付科技有限公司', 500n),
      line('邹晓东', 221_130n),
      line('财付通支付科技有限公司', 700n),
    ])
    expect(shown.map(({ counterparty, amountFen, lines }) => [counterparty, amountFen, lines])).toEqual([
      [null, 309_582n, 2],
      ['财付通支付科技有限公司', 500n, 1],
      ['财付通支付科技有限公司', 700n, 1],
    ])
    expect(JSON.stringify(shown, (_, v) => (typeof v === 'bigint' ? v.toString() : v))).not.toMatch(
      /曹|邹|88452/,
    )
  })

  it('keeps days and directions apart, and adds up to the same money', () => {
    const lines = [line('甲某', 5n), line('乙某', -3n), line('丙某', 7n, '2026-06-15'), line('', 2n)]
    const shown = publicVoucherLines(lines)
    expect(shown.map(({ amountFen, lines: count }) => [amountFen, count])).toEqual([
      [7n, 2],
      [-3n, 1],
      [7n, 1],
    ])
    const sum = (all: readonly { amountFen: bigint }[]) =>
      all.reduce((total, each) => total + each.amountFen, 0n)
    expect(sum(shown)).toBe(sum(lines))
  })
})
