/** The files under tests/vectors/bank: our rows on documented layouts, and hostile ones, each with its stated outcome. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bankProblemText } from '#i18n'
import { sumBankLines } from '../../../app/ledger/bank-statement/bank-statement.ts'
import { AS_OF, read } from './making.ts'

interface Vector {
  readonly file: string
  readonly truth?: Readonly<Record<string, string | number | boolean>>
  readonly expected?: {
    readonly outcome: 'accept' | 'hold' | 'reject' | 'accept_or_clear_error'
    readonly posted: Readonly<Record<string, number>>
    readonly message_should_mention: readonly string[] | null
  }
}

const directory = new URL('../../vectors/bank/', import.meta.url)
const vectors = JSON.parse(readFileSync(new URL('expected.json', directory), 'utf8')) as readonly Vector[]
const readVector = ({ file }: Vector) =>
  read(readFileSync(new URL(file, directory)), {
    name: file,
    ...(file.startsWith('34-') ? { expectedAccount: '4402010009200123456' } : {}),
  })

describe('statements on documented layouts', () => {
  it.each(vectors.filter(vector => vector.truth))('$file', async vector => {
    const { outcome, statement } = await readVector(vector)
    const truth = vector.truth!
    const sums = sumBankLines(statement!.lines)
    const stamps = statement!.lines
      .map(({ bookedAt }) => `${bookedAt.date} ${bookedAt.time ?? '00:00:00'}`)
      .sort()
    expect(outcome).toBe('accept')
    expect([sums.rows, sums.rowsIn, sums.rowsOut]).toEqual([truth.rows_total, truth.rows_in, truth.rows_out])
    expect([sums.sumInFen, sums.sumOutFen].map(Number)).toEqual([truth.sum_in_fen, truth.sum_out_fen])
    expect([stamps[0], stamps.at(-1)]).toEqual([truth.date_min, truth.date_max])
    expect(statement!.balanceChainOk ?? undefined).toBe(truth.balance_chain_ok)
    expect(statement!.openingFen?.toString()).toBe(truth.derived_opening_fen?.toString())
    expect(statement!.closingFen?.toString()).toBe(truth.closing_fen?.toString())
  })
})

describe('hostile files', () => {
  it.each(vectors.filter(vector => vector.expected))('$file', async vector => {
    const reading = await readVector(vector)
    const { outcome, posted, message_should_mention: mentioned } = vector.expected!
    const messages = reading.problems
      .map(problem => bankProblemText(problem, vector.file, 'zh-CN'))
      .join('\n')
    expect(reading.outcome).toBe(outcome === 'accept_or_clear_error' ? 'accept' : outcome)
    for (const word of mentioned ?? []) expect(messages).toContain(word)
    if (reading.outcome !== 'accept') return
    const sums = sumBankLines(reading.statement!.lines)
    expect(sums.rows).toBe(posted.rows)
    if (posted.net_fen !== undefined) expect(Number(sums.sumInFen - sums.sumOutFen)).toBe(posted.net_fen)
    else expect([sums.sumInFen, sums.sumOutFen].map(Number)).toEqual([posted.sum_in_fen, posted.sum_out_fen])
  })

  it('lists every bad date at once', async () => {
    const reading = await readVector({ file: '27-bad-dates.csv' })
    expect(reading.problems.map(({ line, code }) => [line, code])).toEqual([
      [4, 'date-malformed'],
      [5, 'date-malformed'],
      [6, 'date-serial'],
      [9, 'date-malformed'],
      [10, 'date-future'],
      [11, 'date-ambiguous'],
      [13, 'date-missing'],
    ])
    expect(AS_OF < '2099-03-08').toBe(true)
  })

  it('keeps formulas and markup as the text they are', async () => {
    const { statement } = await readVector({ file: '05-formula-injection.csv' })
    expect(statement!.lines.map(line => line.narration).slice(0, 8)).toEqual([
      '=HYPERLINK("http://127.0.0.1/x?"&A1,"点击")',
      "+cmd|'/c calc'!A0",
      "-2+3+cmd|' /C calc'!A0",
      '@SUM(1+1)*cmd',
      '\t=1+1',
      '=1+1";DROP TABLE t;--',
      '<img src=x onerror=alert(1)>',
      `{{7*7}}${'$'}{7*7}`,
    ])
  })

  it('takes the visible sheet with its hidden rows and says what it left out', async () => {
    const { problems } = await readVector({ file: '20-formulas-hidden.xlsx' })
    const facts = problems.map(({ code, facts }) => [code, facts.lines ?? facts.sheets])
    expect(facts).toEqual([
      ['hidden-sheets', '草稿, vh'],
      ['hidden-rows', '6, 7'],
    ])
  })

  it('reads a page named .xls without its script', async () => {
    const { statement, table } = await readVector({ file: '18-html-disguised.xls' })
    expect(table!.source).toBe('html')
    expect(
      JSON.stringify([statement, table], (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toMatch(/script|steal/)
  })

  it('keeps a red entry on its side, as money that came back', async () => {
    const { statement } = await readVector({ file: '39-reversal-red.csv' })
    const red = statement!.lines.filter(line => line.reversal)
    expect(red.map(({ sourceLine, direction, amountFen }) => [sourceLine, direction, amountFen])).toEqual([
      [8, 'out', 3_141_438n],
    ])
  })
})
