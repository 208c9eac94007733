/** 中国民生银行 corporate: seventeen rows of search conditions and totals above the header. */
import type { BankLayout } from '../layout.ts'

export const CMBC_LAYOUTS: readonly BankLayout[] = [
  { id: 'cmbc-corporate', bank: 'CMBC', headers: ['交易时间', '交易流水号', '客户附言', '对方账号名称'] },
]
