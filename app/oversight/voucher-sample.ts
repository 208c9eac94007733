/**
 * Draws vouchers from a public seed (dice, a lottery number) so that nobody chooses which ones are looked at, and anybody who
 * knows the seed draws the same ones. Pure; the rule is written out in docs/voucher-sample.md for whoever draws with another
 * program.
 */
import { err, ok, type Period, type Result, sha256Hex, utf8 } from '#kernel'

/** The name of the rule; a changed rule gets another. */
export const SAMPLE_RULE = 'mingzhang-sample-1'
export const SAMPLE_ROWS_MAX = 200
const SEED_LENGTH_MAX = 200

export type SampleProblem = 'seed-missing' | 'seed-too-long' | 'rows-malformed'

export interface SampleRequest {
  /** Origin of the community's log: two communities of one seed draw differently. */
  readonly log: string
  readonly period: Period
  readonly seed: string
  readonly rows: number
}

export interface SampledVoucher {
  /** `2026-0042`. */
  readonly voucher: string
  /** SHA-256 that gave it its place, lower-case hexadecimal. */
  readonly ticket: string
}

export interface VoucherSample {
  /** As it went into the draw: full-width forms folded, spaces trimmed and closed up. */
  readonly seed: string
  /** How many vouchers the month has. */
  readonly outOf: number
  /** In the order in which they were drawn. */
  readonly drawn: readonly SampledVoucher[]
}

/** The seed as everybody types it: compatibility forms folded (NFKC), outer spaces off, inner ones one. */
export function seedOf(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ')
}

/** The ticket of a voucher: SHA-256 of rule, log, month, seed and voucher, each on a line of its own, the last without an end of line. */
export function ticketOf(request: Omit<SampleRequest, 'rows'>, voucher: string): string {
  const { log, period, seed } = request
  return sha256Hex(utf8([SAMPLE_RULE, log, period, seedOf(seed), voucher].join('\n')))
}

/** Draws the vouchers with the smallest tickets; all of them when the month has no more. */
export function drawSample(
  request: SampleRequest,
  vouchers: readonly string[],
): Result<VoucherSample, SampleProblem> {
  const seed = seedOf(request.seed)
  if (seed === '') return err('seed-missing')
  if (seed.length > SEED_LENGTH_MAX) return err('seed-too-long')
  const { rows } = request
  if (!Number.isInteger(rows) || rows < 1 || rows > SAMPLE_ROWS_MAX) return err('rows-malformed')
  const tickets = vouchers.map(voucher => ({ voucher, ticket: ticketOf(request, voucher) }))
  const drawn = tickets.sort((a, b) => (a.ticket < b.ticket ? -1 : 1)).slice(0, rows)
  return ok({ seed, outOf: vouchers.length, drawn })
}
