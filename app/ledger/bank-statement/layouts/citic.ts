/** 中信银行 credit card: what was spent is positive; amounts are text cells of an old XLS. */
import type { BankLayout } from '../layout.ts'

export const CITIC_LAYOUTS: readonly BankLayout[] = [
  {
    id: 'citic-credit-card',
    bank: 'CITIC',
    headers: ['交易日期', '入账日期', '交易描述', '卡末四位', '结算金额'],
    habits: { amountSign: 'spent-is-positive' },
  },
]
