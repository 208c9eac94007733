/** 交通银行: corporate and personal (unsigned amount and 借/贷), credit card (currency inside the cell, no sign at all). */
import type { BankLayout } from '../layout.ts'

export const BOCOM_LAYOUTS: readonly BankLayout[] = [
  {
    id: 'bocom-corporate',
    bank: 'BOCOM',
    headers: ['交易时间', '发生额', '借贷标志', '企业业务编号', '余额'],
  },
  { id: 'bocom-personal', bank: 'BOCOM', headers: ['交易日期', '借贷', '交易金额', '余额', '交易地点'] },
  {
    id: 'bocom-credit-card',
    bank: 'BOCOM',
    headers: ['交易日期', '交易说明', '交易币种/金额', '入账币种/金额'],
    habits: { amountSign: 'by-narration' },
  },
]
