/** 中国建设银行: corporate detail with 37 columns, the older one with a header of two rows, and personal 活期明细. */
import type { BankLayout } from '../layout.ts'

export const CCB_LAYOUTS: readonly BankLayout[] = [
  { id: 'ccb-corporate', bank: 'CCB', headers: ['交易时间', '账户明细编号-交易流水号', '余额'] },
  { id: 'ccb-personal', bank: 'CCB', headers: ['记账日', '交易日期', '支出', '收入', '账户余额'] },
]
