/** The manual column mapping, for banks whose layout nobody documented (成都银行, 成都农商银行). */
import { describe, expect, it } from 'vitest'
import type { Table } from '#tables'
import { sumBankLines } from '../../../app/ledger/bank-statement/bank-statement.ts'
import {
  type ColumnMapping,
  checkColumnMapping,
  findHeader,
  findSignature,
  headerSignature,
  suggestColumnMapping,
} from '../../../app/ledger/bank-statement/column-mapping.ts'
import { applyColumnMapping } from '../../../app/ledger/bank-statement/judge-statement.ts'
import { normalLabel } from '../../../app/ledger/bank-statement/label.ts'
import { BANK_LAYOUTS } from '../../../app/ledger/bank-statement/layouts.ts'
import { BANK_DIRECTION_WORDS } from '../../../app/ledger/bank-statement/vocabulary.ts'
import { AS_OF, codesOf, csvOf, read } from './making.ts'

/** Headers that no vocabulary knows. */
const STRANGE = [
  ['成都农商银行 某某支行'],
  ['记录', '发生于', '付出去的', '收进来的', '还剩', '谁', '谁的号', '因何'],
  ['1', '20250301', '', '100.00', '1,100.00', '甲', '6217992742550573880', '物业费'],
  ['2', '20250302', '40.00', '', '1,060.00', '乙', '6249036303868704159', '电费'],
  ['3', '20250303', '', '0.50', '1,060.50', '', '', '结息'],
]

const MAPPING: ColumnMapping = {
  headerRow: 1,
  columns: {
    date: [1],
    out: 2,
    in: 3,
    balance: 4,
    counterpartyName: 5,
    counterpartyAccount: 6,
    narration: [7],
    sequence: 0,
  },
  amountSign: null,
  directionWords: BANK_DIRECTION_WORDS,
  dayFirst: false,
  yearInTitle: false,
}

const tableOf = async (rows: readonly (readonly string[])[]): Promise<Table> =>
  (await read(csvOf(rows))).table!

describe('an unknown layout', () => {
  it('is refused with its rows at hand', async () => {
    const reading = await read(csvOf(STRANGE))
    expect(codesOf(reading)).toEqual(['layout-unknown'])
    expect([reading.statement, reading.mapping, reading.table!.rows.length]).toEqual([null, null, 5])
  })

  it('gets a suggestion that reads it, to be agreed to by a person', async () => {
    const suggested = suggestColumnMapping(await tableOf(STRANGE))
    expect(suggested).toEqual({ ...MAPPING, columns: { ...MAPPING.columns, sequence: undefined } })
  })

  it('is read under a mapping made by hand', async () => {
    const reading = await read(csvOf(STRANGE), { mapping: MAPPING })
    expect(reading.outcome).toBe('accept')
    expect(reading.statement).toMatchObject({
      layout: 'mapped',
      bank: 'CDRCB',
      openingFen: 100_000n,
      closingFen: 106_050n,
    })
    expect(sumBankLines(reading.statement!.lines)).toMatchObject({ sumInFen: 10_050n, sumOutFen: 4_000n })
  })

  it('the same mapping with in and out confused is held by the balances', async () => {
    const confused = { ...MAPPING, columns: { ...MAPPING.columns, in: 2, out: 3 } }
    expect((await read(csvOf(STRANGE), { mapping: confused })).outcome).toBe('hold')
  })

  it('the mapping is remembered by the header, wherever it stands in the next file', async () => {
    const signature = headerSignature(await tableOf(STRANGE), 1)
    const next = [['说明'], ['再一行'], ...STRANGE]
    const reading = await read(csvOf(next), { mapping: MAPPING, mappingSignature: signature })
    expect([reading.outcome, reading.statement!.lines[0]!.sourceLine]).toEqual(['accept', 5])
    const renamed = STRANGE.map(row => row.map(cell => (cell === '还剩' ? '剩下' : cell)))
    expect(codesOf(await read(csvOf(renamed), { mapping: MAPPING, mappingSignature: signature }))).toEqual([
      'mapping-unfit',
    ])
  })

  it('padding, width of letters and empty columns at the end leave the signature alone', async () => {
    const [plain, padded] = [
      ['日期', '金额（元）'],
      ['日 期 ', '金额(元)\t', ''],
    ].map(async header => headerSignature(await tableOf([header]), 0))
    expect(await padded).toBe(await plain)
    const other = headerSignature(await tableOf([['金额（元）', '日期']]), 0)
    expect(other).not.toBe(await plain)
    expect(findSignature(await tableOf(STRANGE), other)).toBeNull()
  })

  it('works without any header, and with a mark', async () => {
    const rows = [
      ['2025-03-01', '进', '100.00', '甲'],
      ['2025-03-02', '出', '40.00', '乙'],
    ]
    const mapping: ColumnMapping = {
      ...MAPPING,
      headerRow: -1,
      columns: { date: [0], direction: 1, amount: 2, narration: [3] },
      directionWords: { in: ['进'], out: ['出'], neutral: [] },
    }
    const reading = await read(csvOf(rows), { mapping })
    expect(sumBankLines(reading.statement!.lines)).toMatchObject({ sumInFen: 10_000n, sumOutFen: 4_000n })
  })
})

describe('a mapping that does not fit is refused', () => {
  const columns = MAPPING.columns
  it.each([
    ['no-date', { ...columns, date: [] }],
    ['no-amount', { date: [1], narration: [] }],
    ['two-ways', { ...columns, amount: 7 }],
    ['two-ways', { ...columns, direction: 7 }],
    ['two-ways', { ...columns, in: 2 }],
    ['out-of-range', { ...columns, balance: 8 }],
    ['out-of-range', { ...columns, balance: -1 }],
    ['out-of-range', { ...columns, balance: 1.5 }],
  ] as const)('%s', async (reason, changed) => {
    const table = await tableOf(STRANGE)
    const mapping = { ...MAPPING, columns: changed }
    expect(checkColumnMapping(table, MAPPING)).toMatchObject({ ok: true })
    expect(checkColumnMapping(table, mapping)).toEqual({
      ok: false,
      error: { code: 'mapping-unfit', reason },
    })
    expect(applyColumnMapping(table, mapping, { asOf: AS_OF }).ok).toBe(false)
  })
})

describe('the table of layouts', () => {
  it('has one name per family, written as headers are compared', () => {
    expect(new Set(BANK_LAYOUTS.map(layout => layout.id)).size).toBe(BANK_LAYOUTS.length)
    for (const { headers } of BANK_LAYOUTS) expect(headers.map(normalLabel)).toEqual(headers)
  })

  it('a line never looks like a header', async () => {
    const table = await tableOf(STRANGE)
    expect(findHeader({ ...table, rows: table.rows.slice(2) })).toBeNull()
  })
})
