/** 广发银行 credit card: what was spent is positive. */
import type { BankLayout } from '../layout.ts'

export const CGB_LAYOUTS: readonly BankLayout[] = [
  {
    id: 'cgb-credit-card',
    bank: 'CGB',
    headers: ['交易日期', '入账日期', '入账金额', '入账货币'],
    without: ['余额'],
    habits: { amountSign: 'spent-is-positive' },
  },
]
