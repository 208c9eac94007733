/** Signals on payments (split, round, at night, a new payee) that nobody explained. Said as questions, never as a charge. */
import { dateOf, daysBetween } from '#kernel'
import { readOpenSignals } from '#ledger/server'
import { itemOf } from '../item.ts'
import type { Source } from '../source.server.ts'

const SHOWN_MAX = 30

export const signals: Source = async ({ portal, community, today }) => {
  const open = await readOpenSignals(portal, community)
  const oldest = new Map<string, Date>()
  for (const { voucher, postedAt } of open) if (!oldest.has(voucher)) oldest.set(voucher, postedAt)
  return [...oldest].slice(0, SHOWN_MAX).map(([voucher, postedAt]) =>
    itemOf('signal-unanswered', `vouchers/${voucher}`, {
      subject: voucher,
      days: daysBetween(dateOf(postedAt), today),
    }),
  )
}
