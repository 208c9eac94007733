/** Every bank, WeChat and Alipay file of the shared data, when it lies beside the project, against its manifest. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sumBankLines } from '../../../app/ledger/bank-statement/bank-statement.ts'
import { codesOf, read } from './making.ts'

interface Sample {
  readonly id: string
  readonly kind: string
  readonly file: string
  readonly truth: Readonly<Record<string, string | number | boolean | undefined>>
}

const directory = new URL('../../../../shared/data/', import.meta.url)
const manifest = new URL('manifest.json', directory)
const samples = existsSync(manifest)
  ? (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly samples: readonly Sample[] }).samples
  : []
const statements = samples.filter(({ kind }) =>
  ['bank_corporate', 'bank_personal', 'wechat', 'alipay'].includes(kind),
)

/** Held for a reason that the manifest tells in words: a footer that differs, or directions nobody knows. */
const HELD_TOO = new Set([
  'bank-icbc-debit-v1',
  'wechat-merchant-all',
  'wechat-merchant-refund',
  'wechat-merchant-success',
  'alipay-tiny-status',
])

describe.runIf(statements.length > 0)('shared statements', () => {
  it.each(statements)('$file', async ({ id, file, truth }) => {
    const { outcome, statement, problems } = await read(readFileSync(new URL(file, directory)), {
      name: file,
    })
    const sums = sumBankLines(statement!.lines)
    const stamps = statement!.lines
      .map(({ bookedAt }) => `${bookedAt.date} ${bookedAt.time ?? '00:00:00'}`)
      .sort()
    const breaks = problems.filter(problem => problem.code === 'balance-break').length
    const found: Record<string, unknown> = {
      rows_total: sums.rows,
      rows_in: sums.rowsIn,
      rows_out: sums.rowsOut,
      rows_neutral: sums.rowsNeutral,
      sum_in_fen: Number(sums.sumInFen),
      sum_out_fen: Number(sums.sumOutFen),
      sum_neutral_fen: Number(sums.sumNeutralFen),
      date_min: stamps[0],
      date_max: stamps.at(-1),
      balance_chain_ok: statement!.balanceChainOk ?? undefined,
      balance_chain_breaks: statement!.balanceChainOk === null ? undefined : breaks,
      derived_opening_fen: statement!.openingFen === null ? undefined : Number(statement!.openingFen),
      closing_fen: statement!.closingFen === null ? undefined : Number(statement!.closingFen),
    }
    const expected = Object.fromEntries(Object.keys(found).map(key => [key, truth[key] ?? undefined]))
    // The empty statement and some wallets leave fields out.
    for (const key of Object.keys(found)) if (!(key in truth)) delete expected[key]
    expect(found).toMatchObject(expected)
    const differs =
      truth.balance_chain_ok === false || truth.declared_matches_rows === false || HELD_TOO.has(id)
    expect(outcome).toBe(differs ? 'hold' : 'accept')
  })

  it('a workbook named .csv is read as what it is', async () => {
    const reading = await read(readFileSync(new URL('hostile/22-ole-renamed.csv', directory)))
    expect(codesOf(reading)).toEqual(['balance-break@10'])
    expect(sumBankLines(reading.statement!.lines)).toMatchObject({
      rows: 6,
      sumInFen: 0n,
      sumOutFen: 70_326n,
    })
  })

  it('formats of other banking worlds get a clear answer', async () => {
    const foreign = samples.filter(({ kind }) => kind === 'intl')
    const codes: Record<string, string> = {}
    for (const { id, file } of foreign) {
      const reading = await read(readFileSync(new URL(file, directory)))
      expect(reading.outcome).toBe('reject')
      codes[id] = reading.problems[0]!.code
    }
    expect(codes).toEqual({
      'intl-camt053-v2-minimal': 'format-camt',
      'intl-camt053-v4': 'format-camt',
      'intl-csv-european-decimals': 'layout-unknown',
      'intl-mt940-abnamro': 'format-mt940',
      'intl-mt940-mt940': 'format-mt940',
      'intl-mt940-sepa_mt9401': 'format-mt940',
      'intl-ofx-bank_medium': 'format-ofx',
      'intl-ofx-checking': 'format-ofx',
      'intl-ofx-suncorp': 'format-ofx',
      'intl-sample-split-amounts': 'amount-malformed',
    })
  })

  it('the same lines have the same keys when a file is read again', async () => {
    const { lineKeys } = await import('../../../app/ledger/bank-statement/line-keys.ts')
    for (const { file } of statements) {
      const bytes = readFileSync(new URL(file, directory))
      const [first, second] = [await read(bytes), await read(bytes)].map(reading =>
        lineKeys(reading.statement!.lines),
      )
      expect(second).toEqual(first)
      expect(new Set(first!.map(({ key, occurrence }) => `${key} ${occurrence}`)).size).toBe(first!.length)
    }
  })
})
