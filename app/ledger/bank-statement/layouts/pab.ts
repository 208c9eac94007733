/** 平安银行 corporate: ids armoured as `="..."`, payer and payee pair; an older one with columns 借 and 贷. */
import type { BankLayout } from '../layout.ts'

export const PAB_LAYOUTS: readonly BankLayout[] = [
  {
    id: 'pab-corporate',
    bank: 'PAB',
    headers: ['交易日期', '传票号', '借方', '贷方', '付款人账户', '收款人账户'],
  },
  { id: 'pab-corporate-2', bank: 'PAB', headers: ['交易日期', '借', '贷', '账户余额', '单位结算卡号'] },
]
