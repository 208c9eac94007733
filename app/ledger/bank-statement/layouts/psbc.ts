/** 中国邮政储蓄银行 corporate: `--` in the unused amount column, totals above the header. */
import type { BankLayout } from '../layout.ts'

export const PSBC_LAYOUTS: readonly BankLayout[] = [
  {
    id: 'psbc-corporate',
    bank: 'PSBC',
    headers: ['交易日期', '支出金额', '收入金额', '余额', '附言', '交易流水号'],
  },
]
