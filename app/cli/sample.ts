/**
 * `sample --community C --period 2026-06 --seed TEXT --rows N [--json]`: draws vouchers by a public seed; the same ones on every
 * machine with the same books. The rule: docs/voucher-sample.md.
 */
import { parsePeriod } from '#kernel'
import { drawVouchers } from '#oversight/server'
import {
  type ExitCode,
  inBothLanguages,
  jsonText,
  print,
  readArguments,
  requireCommunity,
  requireOption,
  WrongUse,
  withPortal,
} from './command-line.ts'

/** Runs the command; resolves to the exit code. */
export async function sampleCommand(args: string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    community: { type: 'string' },
    period: { type: 'string' },
    seed: { type: 'string' },
    rows: { type: 'string' },
    json: { type: 'boolean', default: false },
  })
  const month = requireOption(values.period, '--period')
  const period = parsePeriod(month)
  if (positionals.length > 0) throw new WrongUse('cli.usage')
  if (!period.ok) throw new WrongUse('cli.periodUnknown', { period: month })
  const seed = requireOption(values.seed, '--seed')
  const rows = requireOption(values.rows, '--rows')
  return withPortal(async portal => {
    const community = await requireCommunity(portal, values.community)
    const count = /^\d{1,3}$/.test(rows) ? Number(rows) : 0
    const drawn = await drawVouchers(portal, community, { period: period.value, seed, rows: count })
    if (!drawn.ok) {
      process.stderr.write(`${inBothLanguages('cli.sampleRefused', { code: drawn.error })}\n`)
      return 2
    }
    const { drawn: vouchers, ...draw } = drawn.value
    if (values.json) {
      const where = { log: community.logOrigin, period: period.value }
      await print(jsonText({ ...where, ...draw, drawn: vouchers }))
    } else for (const { voucher, ticket } of vouchers) await print(`${voucher}\t${ticket}`)
    return 0
  })
}
