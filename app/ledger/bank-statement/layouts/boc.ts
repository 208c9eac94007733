/** 中国银行: corporate with bilingual headers and a payer and payee pair, personal debit card, credit card. */
import type { BankLayout } from '../layout.ts'

export const BOC_LAYOUTS: readonly BankLayout[] = [
  {
    id: 'boc-corporate',
    bank: 'BOC',
    headers: ['付款人账号', '收款人账号', '交易金额', '交易后余额'],
    habits: { amountSign: 'signed' },
  },
  {
    id: 'boc-personal',
    bank: 'BOC',
    headers: ['记账日期', '币别', '金额', '余额', '交易名称'],
    habits: { amountSign: 'signed' },
  },
  { id: 'boc-credit-card', bank: 'BOC', headers: ['交易日', '银行记账日', '存入', '支出'] },
]
