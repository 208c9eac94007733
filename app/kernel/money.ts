/**
 * Money is a whole number of fen (0.01 CNY) in a bigint. Nothing here, and nothing anywhere, makes it a float.
 */
import { err, ok, type Result } from './result.ts'
import { foldWidth } from './width.ts'

declare const fenBrand: unique symbol
/** A whole number of fen; negative in red entries. */
export type Fen = bigint & { readonly [fenBrand]: true }

/** Brands a bigint as fen. */
export function fen(amount: bigint): Fen {
  return amount as Fen
}

export const ZERO_FEN = fen(0n)

/** Exact sum. */
export function sumFen(amounts: Iterable<Fen>): Fen {
  let total = 0n
  for (const amount of amounts) total += amount
  return fen(total)
}

export type MoneyProblem = 'money-empty' | 'money-malformed' | 'money-sub-fen' | 'money-too-large'

/** One quadrillion yuan: no community owns it, and every figure below it fits a PostgreSQL bigint with room for sums. */
const LARGEST_FEN = 100_000_000_000_000_000n

/**
 * Parses a decimal yuan amount as banks print it: optional sign, optional ¥ or ￥, thousands commas only in their right
 * places, full-width digits and signs, spaces around the figure but none inside it, at most two decimals that matter (`1.230`
 * is 1.23, `1.235` is refused). Never rounds.
 */
export function parseYuan(text: string): Result<Fen, MoneyProblem> {
  const plain = foldWidth(text)
    .trim()
    .replace(/[−–—]/g, '-')
    .replace(/^([+-]?)\s*[¥￥]\s*/, '$1')
    .replace(/^([+-])\s+/, '$1')
    .replace(/\s*元$/, '')
  if (plain === '') return err('money-empty')
  const match =
    /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/.exec(plain) ?? /^([+-]?)()\.(\d+)$/.exec(plain)
  if (!match) return err('money-malformed')
  const decimals = (match[3] ?? '').replace(/0+$/, '')
  if (decimals.length > 2) return err('money-sub-fen')
  const yuan = (match[2] ?? '').replaceAll(',', '').replace(/^0+(?=\d)/, '')
  if (yuan.length > 16) return err('money-too-large')
  const magnitude = BigInt(yuan === '' ? '0' : yuan) * 100n + BigInt(decimals.padEnd(2, '0'))
  if (magnitude > LARGEST_FEN) return err('money-too-large')
  return ok(fen(match[1] === '-' ? -magnitude : magnitude))
}

/** `1234567` fen as `12,345.67`; negative with a leading `-`. For people. */
export function formatYuan(amount: Fen): string {
  const plain = formatYuanPlain(amount)
  const [yuan, cents] = plain.split('.')
  return `${yuan!.replace(/\B(?=(\d{3})+(?!\d))/g, ',')}.${cents}`
}

/** `1234567` fen as `12345.67`. For machines (CSV, journals, input fields). */
export function formatYuanPlain(amount: Fen): string {
  const sign = amount < 0n ? '-' : ''
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0')
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
