/** 招商银行: corporate (newest first, totals and balances above the header), personal debit card, credit card without years. */
import type { BankLayout } from '../layout.ts'

export const CMB_LAYOUTS: readonly BankLayout[] = [
  { id: 'cmb-corporate', bank: 'CMB', headers: ['交易日', '借方金额', '贷方金额', '余额', '收(付)方名称'] },
  {
    id: 'cmb-personal',
    bank: 'CMB',
    headers: ['记账日期', '货币', '交易金额', '联机余额'],
    habits: { amountSign: 'signed' },
  },
  {
    id: 'cmb-credit-card',
    bank: 'CMB',
    headers: ['交易日', '记账日', '人民币金额', '卡号末四位'],
    habits: { amountSign: 'spent-is-positive', yearInTitle: true, dateFallsBack: true },
  },
]
