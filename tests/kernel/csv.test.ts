/** CSV that a spreadsheet shows and never runs, read back by a reader that is not ours. */
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { CSV_START, type CsvCell, csvRecord, fen } from '#kernel'
import { fc } from '../support/properties.ts'

const reread = (record: string) => parse(record, { record_delimiter: '\r\n' })[0] as unknown as string[]

it.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠a',
  '=HYPERLINK("http://x","y")',
])('%j is shown, not run', text => {
  expect(reread(csvRecord([{ text }]))).toEqual([`'${text}`])
})

it.each(['物业费', 'a=b', '1-2', '2025-01-02', ' =1', "'already"])('%j stays as it is', text => {
  expect(reread(csvRecord([{ text }, { text: 'x' }]))[0]).toBe(text)
})

it('amounts stay numbers, also negative ones; the same text by a stranger does not', () => {
  const cells: CsvCell[] = [{ amount: fen(-123_456n) }, { text: '-1234.56' }, { number: -3 }]
  expect(csvRecord(cells)).toBe(`-1234.56,"'-1234.56",-3\r\n`)
})

it('quotes what must be quoted (RFC 4180) and begins with a byte order mark', () => {
  expect(csvRecord([{ text: 'a,"b"' }, { text: 'c\r\nd' }, { text: '' }])).toBe('"a,""b""","c\r\nd",\r\n')
  expect(CSV_START).toBe('\ufeff')
})

it('any texts come back cell by cell, but for the apostrophe before a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 6 }), texts => {
      const back = reread(csvRecord(texts.map(text => ({ text }))))
      expect(back).toEqual(texts.map(text => (/^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text)))
      for (const cell of back) expect(cell).not.toMatch(/^[=+\-@＝＋－＠\t\r\n]/)
    }),
  )
})
