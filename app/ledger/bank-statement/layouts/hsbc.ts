/** HSBC Hong Kong: credit and debit card, dates as DD/MM/YYYY, several currencies in one file. */
import type { BankLayout } from '../layout.ts'

export const HSBC_LAYOUTS: readonly BankLayout[] = [
  {
    id: 'hsbc-hk-credit-card',
    bank: 'HSBC-HK',
    headers: ['transactiondate', 'billingamount', 'billingcurrency', 'credit/debit'],
    habits: { dayFirst: true },
  },
  {
    id: 'hsbc-hk-debit-card',
    bank: 'HSBC-HK',
    headers: ['date', 'billingamount', 'billingcurrency', 'balance'],
    habits: { dayFirst: true, amountSign: 'signed' },
  },
]
