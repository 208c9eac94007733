/** 中国农业银行: corporate 账户明细 (two generations; footers such as `54 收`) and the personal detail with signed amounts. */
import type { BankLayout } from '../layout.ts'

export const ABC_LAYOUTS: readonly BankLayout[] = [
  { id: 'abc-corporate', bank: 'ABC', headers: ['交易时间', '收入金额', '支出金额', '账户余额', '交易用途'] },
  {
    id: 'abc-corporate-2',
    bank: 'ABC',
    headers: ['交易日期', '交易时间戳', '收入金额', '支出金额', '本次余额'],
  },
  {
    id: 'abc-personal',
    bank: 'ABC',
    headers: ['交易日期', '交易金额', '本次余额', '日志号'],
    habits: { amountSign: 'signed' },
  },
]
