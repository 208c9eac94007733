/** The chart is data that must hold together: codes, parents, names; and new bank accounts get the next free code. */
import { expect, it } from 'vitest'
import { accountByCode, CHART_OF_ACCOUNTS } from '#ledger'
import {
  CASH_PREFIX,
  INTERFUND_ACCOUNT,
  isCash,
  nextChildCode,
  OPENING_ACCOUNT,
} from '../../app/ledger/account.ts'
import { ACCOUNTS } from './books.ts'

it('has codes of digits, once each, with both names, and no money held by itself', () => {
  expect(new Set(CHART_OF_ACCOUNTS.map(a => a.code)).size).toBe(CHART_OF_ACCOUNTS.length)
  for (const account of CHART_OF_ACCOUNTS) {
    expect(account.code).toMatch(/^\d{4,10}$/)
    expect(account.nameZh).not.toBe('')
    expect(account.nameEn).not.toBe('')
    expect(isCash(account)).toBe(false)
  }
  for (const name of ['nameZh', 'nameEn'] as const)
    expect(new Set(CHART_OF_ACCOUNTS.map(a => a[name])).size).toBe(CHART_OF_ACCOUNTS.length)
})

it('names its types by the first digit: 4 is income, 5 is expense, nothing else is', () => {
  for (const { code, type } of CHART_OF_ACCOUNTS) {
    expect(type === 'income').toBe(code.startsWith('4'))
    expect(type === 'expense').toBe(code.startsWith('5'))
  }
  expect(accountByCode(CHART_OF_ACCOUNTS, INTERFUND_ACCOUNT)?.type).toBe('interfund')
  expect(accountByCode(CHART_OF_ACCOUNTS, OPENING_ACCOUNT)?.type).toBe('balance')
  expect(CHART_OF_ACCOUNTS.filter(a => a.type === 'interfund')).toHaveLength(1)
})

it('posts to leaves only: no account is the parent of another', () => {
  for (const a of CHART_OF_ACCOUNTS) {
    expect(CHART_OF_ACCOUNTS.filter(b => b.code !== a.code && b.code.startsWith(a.code))).toEqual([])
  }
})

it('finds by the whole code and nothing less', () => {
  expect(accountByCode(ACCOUNTS, '100201')?.type).toBe('cash')
  expect(accountByCode(ACCOUNTS, '1002')).toBeNull()
  expect(accountByCode(ACCOUNTS, '100201 ')).toBeNull()
  expect(accountByCode([], '100201')).toBeNull()
})

it('gives the next free code, and none beyond ninety-nine', () => {
  expect(nextChildCode(CHART_OF_ACCOUNTS, CASH_PREFIX.bank)).toBe('100201')
  expect(nextChildCode(ACCOUNTS, CASH_PREFIX.bank)).toBe('100203')
  expect(nextChildCode(ACCOUNTS, CASH_PREFIX.wallet)).toBe('101202')
  const full = [{ ...ACCOUNTS[0]!, code: '100299' }]
  expect(() => nextChildCode(full, '1002')).toThrow('no free code')
})
