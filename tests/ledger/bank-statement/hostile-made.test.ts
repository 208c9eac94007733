/** Files made to hurt: bombs, lying containers, broken text, stray quotes, rounded numbers. Each twin is the harmless one. */
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import * as XLSX from 'xlsx'
import { sumBankLines } from '../../../app/ledger/bank-statement/bank-statement.ts'
import {
  codesOf,
  csvOf,
  gb18030Of,
  PLAIN_HEADER,
  PLAIN_ROWS,
  read,
  sheetXml,
  utf8Of,
  workbookOf,
  workbookParts,
} from './making.ts'

const plainSheet = { name: '明细', xml: sheetXml([PLAIN_HEADER, ...PLAIN_ROWS]) }
const plainCsv = csvOf([PLAIN_HEADER, ...PLAIN_ROWS])

/** More than the limit of what a workbook may inflate to; a few hundred kB when compressed. */
const ZEROS: [Uint8Array, { readonly level: 1 }] = [new Uint8Array(100 * 1024 * 1024), { level: 1 }]

describe('workbooks', () => {
  it('the harmless twin is accepted', async () => {
    const reading = await read(workbookOf([plainSheet]))
    expect(reading.outcome).toBe('accept')
    expect(reading.statement!.lines.map(line => line.serial)).toEqual(PLAIN_ROWS.map(row => row.at(-1)))
  })

  it('a zip bomb is given up while it inflates', async () => {
    const bomb = zipSync({
      ...workbookParts([plainSheet]),
      'xl/worksheets/sheet1.xml': ZEROS,
    })
    expect(bomb.length).toBeLessThan(1024 * 1024)
    expect(codesOf(await read(bomb))).toEqual(['workbook-too-large'])
  })

  it('a bomb in a part that nobody needs is never inflated', async () => {
    const bomb = zipSync({
      ...workbookParts([plainSheet]),
      'xl/media/image1.png': ZEROS,
    })
    expect((await read(bomb)).outcome).toBe('accept')
  })

  it.each(['A1', 'A1:B2', 'A1:XFD1048576'])(
    'the declared dimension %s hides nothing and costs nothing',
    async dimension => {
      const xml = sheetXml([PLAIN_HEADER, ...PLAIN_ROWS], `<dimension ref="${dimension}"/>`)
      expect((await read(workbookOf([{ name: '明细', xml }]))).statement!.lines).toHaveLength(
        PLAIN_ROWS.length,
      )
    },
  )

  it.each([false, true])('dates under the 1904 system (%s) are the same days', async date1904 => {
    const serial = date1904 ? 45_721 - 1_462 : 45_721
    const xml = sheetXml([PLAIN_HEADER, ...PLAIN_ROWS.slice(0, 1)]).replace(
      /<c r="A2"[\s\S]*?<\/c>/,
      `<c r="A2" s="1"><v>${serial}</v></c>`,
    )
    const reading = await read(workbookOf([{ name: '明细', xml }], { date1904 }))
    expect(reading.statement!.lines[0]!.bookedAt).toEqual({ date: '2025-03-05', time: '11:47:00' })
  })

  it('a number that is no date is no date', async () => {
    const xml = sheetXml([PLAIN_HEADER, ...PLAIN_ROWS.slice(0, 1)]).replace(
      /<c r="A2"[\s\S]*?<\/c>/,
      '<c r="A2"><v>45721</v></c>',
    )
    expect(codesOf(await read(workbookOf([{ name: '明细', xml }])))).toEqual(['date-serial@2'])
  })

  it('entities and document types are refused in every part', async () => {
    const doctype = plainSheet.xml.replace('?>', '?><!DOCTYPE w [<!ENTITY a "aaaa">]>')
    expect(codesOf(await read(workbookOf([{ name: '明细', xml: doctype }])))).toEqual(['markup-dtd'])
  })

  it('a number of 19 digits is read as written, a rounded one is not used', async () => {
    const digits = '6217992742550573880'
    const [header, row] = [PLAIN_HEADER, PLAIN_ROWS[0]!]
    const exact = sheetXml([header, row]).replace(/<c r="G2"[\s\S]*?<\/c>/, `<c r="G2"><v>${digits}</v></c>`)
    expect(
      (await read(workbookOf([{ name: '明细', xml: exact }]))).statement!.lines[0]!.counterpartyAccount,
    ).toBe(digits)
    const rounded = exact.replace(digits, '6.2179927425505741E+18')
    const reading = await read(workbookOf([{ name: '明细', xml: rounded }]))
    expect(reading.statement!.lines[0]!.counterpartyAccount).toBe('')
    expect(codesOf(reading)).toEqual(['identifier-rounded@2'])
  })

  it('a double that is a hair off its fen is that fen, a half fen is refused', async () => {
    const amount = (value: string) =>
      sheetXml([PLAIN_HEADER, PLAIN_ROWS[0]!]).replace(
        /<c r="D2"[\s\S]*?<\/c>/,
        `<c r="D2"><v>${value}</v></c>`,
      )
    const hair = await read(workbookOf([{ name: '明细', xml: amount('3405.7000000000003') }]))
    expect(hair.statement!.lines[0]!.amountFen).toBe(340_570n)
    expect(codesOf(await read(workbookOf([{ name: '明细', xml: amount('3405.705') }])))).toEqual([
      'amount-sub-fen@2',
    ])
  })

  it('a formula without a stored value is refused, never evaluated', async () => {
    const xml = sheetXml([PLAIN_HEADER, PLAIN_ROWS[0]!]).replace(
      /<c r="D2"[\s\S]*?<\/c>/,
      '<c r="D2"><f>1+1</f></c>',
    )
    expect(codesOf(await read(workbookOf([{ name: '明细', xml }])))).toContain('formula-uncached@2')
  })

  it('a second visible sheet with lines holds the file, an empty one does not', async () => {
    const empty = { name: 'Sheet2', xml: sheetXml([]) }
    expect((await read(workbookOf([plainSheet, empty]))).outcome).toBe('accept')
    expect(codesOf(await read(workbookOf([plainSheet, { ...plainSheet, name: '二' }])))).toEqual([
      'other-sheets',
    ])
    const cover = { name: '封面', xml: sheetXml([['说明']]) }
    expect((await read(workbookOf([cover, plainSheet]))).statement!.lines).toHaveLength(PLAIN_ROWS.length)
  })

  it('only hidden sheets are no statement', async () => {
    expect((await read(workbookOf([{ ...plainSheet, state: 'hidden' }]))).outcome).toBe('reject')
  })

  it('other zips get a clear answer', async () => {
    expect(codesOf(await read(zipSync({ 'a.csv': utf8Of(plainCsv) })))).toEqual(['format-archive'])
    expect(
      codesOf(
        await read(
          zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8('<a/>') }),
        ),
      ),
    ).toEqual(['format-unknown'])
    expect(codesOf(await read(workbookOf([plainSheet]).slice(0, 900)))).toEqual([
      expect.stringMatching(/workbook-broken|format-archive/),
    ])
  })

  it('an old XLS under any name is read as what it is', async () => {
    const book = XLSX.utils.book_new()
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([PLAIN_HEADER, ...PLAIN_ROWS]), '明细')
    const bytes = new Uint8Array(XLSX.write(book, { type: 'array', bookType: 'biff8' }) as ArrayBuffer)
    const reading = await read(bytes, { name: '流水.csv' })
    expect([reading.outcome, reading.table!.source]).toEqual(['accept', 'xls'])
    expect(reading.statement!.lines[0]!.counterpartyAccount).toBe('6217992742550573880')
  })
})

describe('text', () => {
  it('names with characters of four bytes come back whole, in both encodings', async () => {
    const rows = [PLAIN_HEADER, PLAIN_ROWS[0]!.with(5, '𠮷田㐂'), PLAIN_ROWS[1]!.with(5, '䶮𬎆')]
    for (const bytes of [gb18030Of(csvOf(rows)), utf8Of(csvOf(rows))]) {
      const { statement } = await read(bytes)
      expect(statement!.lines.map(line => line.counterpartyName)).toEqual(['𠮷田㐂', '䶮𬎆'])
    }
  })

  it('a cut character is named with its line in either encoding', async () => {
    const text = csvOf([PLAIN_HEADER, ...PLAIN_ROWS, PLAIN_ROWS[0]!.with(5, '李')])
    const cutAt = (bytes: Uint8Array, ends: number) => bytes.slice(0, bytes.length - ends)
    const after = PLAIN_ROWS[0]!.slice(6).join(',').length + 3
    expect(codesOf(await read(cutAt(gb18030Of(text), after + 4)))).toEqual([expect.stringMatching(/@5$/)])
    expect(
      codesOf(
        await read(cutAt(utf8Of(text), utf8Of(`,${PLAIN_ROWS[0]!.slice(6).join(',')}\r\n`).length + 1)),
      ),
    ).toEqual(['encoding-broken@5'])
  })

  it('damaged UTF-8 is not read as GB18030', async () => {
    const bytes = utf8Of(plainCsv)
    bytes[bytes.indexOf(0xe8)] = 0xff
    expect((await read(bytes)).problems.every(problem => problem.code === 'encoding-broken')).toBe(true)
  })

  it('UTF-16 with its mark is read, a zero byte elsewhere is refused', async () => {
    const wide = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from(plainCsv, char => char.charCodeAt(0)).buffer),
    ])
    expect((await read(wide)).outcome).toBe('accept')
    expect(codesOf(await read(plainCsv.replace('蒋萍晨', '蒋\0晨')))).toEqual(['nul-byte@2'])
  })

  it('a line of 10 MB is refused at once', async () => {
    const started = process.hrtime.bigint()
    for (const filler of ['a', '"', ',', '<td>', "<a '", '<!--', '\t"x']) {
      const reading = await read(filler.repeat(Math.ceil(10_000_000 / filler.length)))
      expect(reading.outcome).toBe('reject')
    }
    // The promise is two seconds for one; seven together within it leave room on a slow machine.
    expect(process.hrtime.bigint() - started).toBeLessThan(14_000_000_000n)
  })

  it('too much is refused by name', async () => {
    expect(codesOf(await read(new Uint8Array(25 * 1024 * 1024).fill(65)))).toEqual(['file-too-large'])
    expect(codesOf(await read(`${'a,b\n'.repeat(100_001)}`))).toEqual(['too-many-rows'])
    expect(codesOf(await read(`${','.repeat(600)}\n`))).toEqual(['too-many-columns@1'])
    expect(codesOf(await read(''))).toEqual(['file-empty'])
    expect(codesOf(await read(' \r\n'))).toEqual(['file-empty'])
  })

  it('a stray quote never swallows a line', async () => {
    const stray = plainCsv.replace('转账 3-2-1004', '"转账 3-2-1004')
    expect((await read(stray)).outcome).toBe('reject')
    const pair = stray.replace('电梯维保费,', '电梯维保费",')
    expect(codesOf(await read(pair))).toEqual(['csv-quote-swallows-lines@2'])
    const inner = plainCsv.replace('转账 3-2-1004', '转账"视频"3')
    expect((await read(inner)).statement!.lines[0]!.narration).toBe('转账"视频"3')
    const honest = plainCsv.replace('转账 3-2-1004', '"转账\n第二行"')
    expect((await read(honest)).statement!.lines.map(line => line.sourceLine)).toEqual([2, 4, 5])
  })

  it('a row that is wider than the header has a stray comma', async () => {
    expect(codesOf(await read(plainCsv.replace('电梯维保费', '电梯,维保费')))).toEqual(['row-too-wide@4'])
  })

  it('a last row that stops short is a cut file', async () => {
    expect(codesOf(await read(plainCsv.slice(0, -40)))).toEqual(['file-truncated@4'])
    expect((await read(plainCsv.trimEnd())).outcome).toBe('accept')
  })

  it('true minus signs, blank rows, repeated headers and page totals change nothing', async () => {
    const header = ['交易日期', '交易金额', '余额', '摘要']
    const rows = [
      header,
      ['2025-03-01', '+100.00', '1,100.00', '物业费'],
      ['本页小计', '100.00', '', ''],
      ['', '', '', ''],
      header,
      ['2025-03-02', '−40.00', '1,060.00', '电费'],
      ['2025-03-03', '－0.50', '1,059.50', '手续费'],
      ['', '', '', ''],
      ['以上数据仅供参考', '', '', ''],
      ['', '', '', ''],
    ]
    const reading = await read(csvOf(rows))
    expect(codesOf(reading)).toEqual([])
    expect(reading.statement!.lines.map(line => line.amountFen)).toEqual([10_000n, -4_000n, -50n])
  })

  it('totals of every page are compared, and one changed is held', async () => {
    const header = ['日期', '借方金额', '贷方金额', '摘要']
    const pages = (second: string) => [
      header,
      ['2025-03-01', '', '100.00', '甲'],
      ['合计', '0.00', '100.00', ''],
      ['2025-03-02', '40.00', '', '乙'],
      ['合计', second, '0.00', ''],
    ]
    expect((await read(csvOf(pages('40.00')))).outcome).toBe('accept')
    expect((await read(csvOf(pages('41.00')))).problems.some(({ code }) => code === 'total-mismatch')).toBe(
      true,
    )
  })

  it('an opening balance in the table is no line', async () => {
    const rows = [
      ['日期', '摘要', '借方金额', '贷方金额', '余额'],
      ['2025-03-01', '期初余额', '', '', '1000.00'],
      ['2025-03-01', '物业费', '', '100.00', '1100.00'],
    ]
    const { statement } = await read(csvOf(rows))
    expect([statement!.lines.length, statement!.statedOpeningFen]).toEqual([1, 100_000n])
    const wrong = rows.map(row => row.map(cell => (cell === '1000.00' ? '900.00' : cell)))
    expect(codesOf(await read(csvOf(wrong)))).toEqual(['opening-mismatch'])
  })
})

describe('pages and old XML', () => {
  const page = (inner: string) => `<html><body><table>${inner}</table></body></html>`
  const rowsOf = (rows: readonly (readonly string[])[]) =>
    rows.map(row => `<tr>${row.map(cell => `<td>${cell}</td>`).join('')}</tr>`).join('')

  it('spans keep the columns in place', async () => {
    const head =
      '<tr><th rowspan="2">交易日期</th><th colspan="2">发生额</th><th rowspan=2>余额</th></tr><tr><th>借方</th><th>贷方</th></tr>'
    const html = page(
      head +
        rowsOf([
          ['2025-03-01', '', '100.00', '1100.00'],
          ['2025-03-02', '40.00', '&nbsp;', '1060.00'],
        ]),
    )
    const { statement, outcome } = await read(gb18030Of(html))
    expect(outcome).toBe('accept')
    expect(sumBankLines(statement!.lines)).toMatchObject({ sumInFen: 10_000n, sumOutFen: 4_000n })
  })

  it('an Excel 2003 XML spreadsheet is read, with its gaps', async () => {
    const cell = (text: string, index = '') => `<Cell${index}><Data ss:Type="String">${text}</Data></Cell>`
    const xml = `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table><Row>${['日期', '借方金额', '贷方金额', '摘要'].map(text => cell(text)).join('')}</Row><Row>${cell('2025-03-01')}${cell('100.00', ' ss:Index="3"')}${cell('A&amp;B')}</Row></Table></Worksheet></Workbook>`
    const { statement } = await read(xml)
    expect(statement!.lines.map(line => [line.amountFen, line.narration])).toEqual([[10_000n, 'A&B']])
    expect(codesOf(await read(xml.replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>')))).toEqual(['markup-dtd'])
  })

  it('nested tables and pages without one are refused', async () => {
    expect(codesOf(await read(page('<tr><td><table><tr><td>1</td></tr></table></td></tr>')))).toEqual([
      'markup-broken@1',
    ])
    expect(codesOf(await read('<html><body>登录已超时</body></html>'))).toEqual(['markup-broken'])
  })
})

describe('what is no statement', () => {
  it.each([
    ['format-pdf', '%PDF-1.7\n'],
    ['format-image', '\x89PNG\r\n'],
    ['format-archive', 'Rar!\x1a\x07'],
  ])('%s', async (code, magic) => {
    expect(codesOf(await read(Uint8Array.from(magic.padEnd(20, '\0'), char => char.charCodeAt(0))))).toEqual([
      code,
    ])
  })
})
