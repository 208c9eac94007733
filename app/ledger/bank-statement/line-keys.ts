/**
 * Keys under which lines are stored, so that importing a file again, or another that overlaps it, posts every line once
 * while legitimate twins post each. A key never depends on the place in the file, on a status that changes later, or on
 * how the account number is printed: the caller names the bank account.
 */
import { canonicalBytes, sha256Hex } from '#kernel'
import type { BankLine } from './bank-statement.ts'

/** `key` with `occurrence` (1, 2, ...) is unique within one bank account. */
export interface BankLineKey {
  readonly key: string
  readonly occurrence: number
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim()

/**
 * SHA-256 over what a line says: day, time when stated, direction, amount, balance, counterparty and narration, and the
 * caller's name of the bank account.
 */
export function fingerprintLine(line: BankLine, bankAccount = ''): string {
  return sha256Hex(
    canonicalBytes({
      kind: 'bank-line-fingerprint-1',
      bankAccount,
      date: line.bookedAt.date,
      time: line.bookedAt.time ?? undefined,
      direction: line.direction,
      amountFen: line.amountFen.toString(),
      balanceFen: line.balanceFen?.toString(),
      currency: line.currency,
      counterpartyName: plain(line.counterpartyName),
      counterpartyAccount: plain(line.counterpartyAccount),
      narration: plain(line.narration),
    }),
  )
}

/**
 * The key of one line. With a serial the serial speaks, together with day, direction, amount and balance: banks give a
 * fee the number of its payment, and some print the same filler on many lines.
 */
export function keyOfLine(line: BankLine, bankAccount = ''): string {
  if (line.serial === null) return fingerprintLine(line, bankAccount)
  return sha256Hex(
    canonicalBytes({
      kind: 'bank-line-serial-1',
      bankAccount,
      serial: plain(line.serial),
      date: line.bookedAt.date,
      direction: line.direction,
      amountFen: line.amountFen.toString(),
      balanceFen: line.balanceFen?.toString(),
      currency: line.currency,
    }),
  )
}

/** Keys of lines in file order; the n-th line with the same key is occurrence n. */
export function lineKeys(lines: readonly BankLine[], bankAccount = ''): readonly BankLineKey[] {
  const seen = new Map<string, number>()
  return lines.map(line => {
    const key = keyOfLine(line, bankAccount)
    const occurrence = (seen.get(key) ?? 0) + 1
    seen.set(key, occurrence)
    return { key, occurrence }
  })
}
