/** The lines of a budget as they are typed: one account each, all or nothing. */
import { expect, it } from 'vitest'
import { budgetLinesIn, outsideBasisIn } from '../../app/routes/office/budget-form.ts'
import { ACCOUNTS } from '../ledger/books.ts'

const read = (text: string) => budgetLinesIn(text, { fiscalYear: 2027, fund: 'trust', accounts: ACCOUNTS })

it('reads a code and a sum a line, in any usual spacing, as money in where the account is income', () => {
  const lines = read('5103 216,000.00\r\n\n410101\uff0c690000\n')
  expect(lines.ok && lines.value.map(line => [line.account, line.direction, line.amountFen])).toEqual([
    ['5103', 'out', 21_600_000n],
    ['410101', 'in', 69_000_000n],
  ])
})

it.each(['5103', '保洁 100', '5103 1.001', '5103 100 元整 5104', '51 3'])('refuses all for “%s”', row => {
  expect(read(`5104 1.00\n${row}`)).toEqual({ ok: false, error: { code: 'budget-line-unfit' } })
})

it('takes the words on a decision outside the portal as they are', () => {
  const form = { words: '书面表决', decidedOn: '2026-12-20', document: '第 3 号决议' }
  expect(outsideBasisIn(form)).toEqual({ kind: 'outside', ...form })
})
