/**
 * Bank account numbers are kept as a keyed hash and their last four digits: enough to tell that a statement is of the
 * right account, too little to read the number back.
 */
import { createHmac } from 'node:crypto'
import type { Portal } from '#platform'

/** The digits of a number as printed, full width and spaces folded. */
export function accountDigits(text: string): string {
  return text.normalize('NFKC').replace(/[^0-9A-Za-z]/g, '')
}

/** HMAC-SHA-256 of the digits under the portal's own key. */
export async function hashAccountNumber(
  portal: Pick<Portal, 'keys' | 'random'>,
  number: string,
): Promise<Uint8Array> {
  const key = await portal.keys.readOrCreate('account-number-hmac', () => portal.random.bytes(32))
  return new Uint8Array(createHmac('sha256', key).update(accountDigits(number)).digest())
}

/** The last four characters, padded when there are fewer. */
export function lastFour(number: string): string {
  return accountDigits(number).replace(/\D/g, '').slice(-4).padStart(4, '0')
}
