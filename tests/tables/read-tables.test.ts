/** Bytes to tables: encodings, every sheet of a workbook with its name, and what is no table. */
import { describe, expect, it } from 'vitest'
import { cellAt, isBlankRow, plainCell, TABLE_PROBLEM_CODES, tableProblem } from '#tables'
import { openTableFile, readTextTable } from '#tables/server'
import { decodeText } from '../../app/tables/decode-text.ts'
import { fc } from '../support/properties.ts'
import { csvOf, gb18030Of, sheetXml, utf8Of, workbookOf } from './making.ts'

describe('decoding', () => {
  it('whatever was written in either encoding comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'汉字𠮷㐂䶮abc,\r\n€—'), minLength: 1 }), text => {
        for (const bytes of [utf8Of(text), gb18030Of(text)]) {
          const decoded = decodeText(bytes)
          // Two characters of GB18030 are now and then valid UTF-8; a statement is never that short.
          if (bytes.length > 12) expect(decoded).toMatchObject({ ok: true, value: { text } })
        }
      }),
    )
  })
})

describe('a text', () => {
  const rows = [
    ['楼栋', '房号'],
    ['1栋', '101'],
    ['', ''],
  ]

  it.each([
    ['utf-8', utf8Of],
    ['gb18030', gb18030Of],
  ] as const)('in %s is handed out before it is a table', async (encoding, bytesOf) => {
    const opened = await openTableFile(bytesOf(csvOf(rows)))
    if (!opened.ok || opened.value.kind !== 'text') throw new Error('not a text')
    expect(opened.value.decoded).toEqual({ text: csvOf(rows), encoding })
    const table = readTextTable(opened.value.decoded)
    if (!table.ok) throw new Error('not a table')
    expect(table.value).toMatchObject({ source: 'csv', sheet: null, encoding, endsWithNewline: true })
    expect(table.value.rows.map(row => [row.line, ...row.cells])).toEqual(
      rows.map((row, i) => [i + 1, ...row]),
    )
    expect(table.value.rows.map(isBlankRow)).toEqual([false, false, true])
  })

  it('with a quote that swallows lines is refused at its line', () => {
    const read = readTextTable({
      text: '楼栋,房号,面积,业主\n1栋,101,80.00,"甲\n1栋,102,80.00,乙\n1栋,103,80.00,丙"\n',
      encoding: 'utf-8',
    })
    expect(read).toMatchObject({ ok: false, error: [{ code: 'csv-quote-swallows-lines', line: 2 }] })
  })

  it('that is blank, and bytes that are none, are refused', async () => {
    for (const [bytes, code] of [
      [utf8Of(''), 'file-empty'],
      [utf8Of(' \r\n '), 'file-empty'],
      [utf8Of('%PDF-1.7'), 'format-pdf'],
      [new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0, 0]), 'format-archive'],
    ] as const) {
      const opened = await openTableFile(bytes)
      expect(opened.ok ? opened.value.kind : opened.error.map(({ code }) => code)).toEqual([code])
    }
  })
})

describe('a workbook', () => {
  it('gives every visible sheet with something in it, by name, and names the hidden ones', async () => {
    const opened = await openTableFile(
      workbookOf([
        { name: '说明', xml: sheetXml([['只是说明']]) },
        { name: '空', xml: sheetXml([]) },
        { name: '房屋信息', xml: sheetXml([['房号'], [101]]) },
        { name: '旧表', xml: sheetXml([['房号']]), state: 'hidden' },
      ]),
    )
    if (!opened.ok || opened.value.kind !== 'workbook') throw new Error('not a workbook')
    const { tables } = opened.value
    expect(tables.map(({ sheet, otherSheets }) => [sheet, otherSheets])).toEqual([
      ['说明', ['房屋信息']],
      ['房屋信息', ['说明']],
    ])
    expect(tables.map(table => table.hiddenSheets)).toEqual([['旧表'], ['旧表']])
    expect(tables[1]!.rows.map(row => [row.cells, row.numeric])).toEqual([
      [['房号'], undefined],
      [['101'], [0]],
    ])
  })
})

describe('a cell', () => {
  it.each([
    [' 101 ', '101'],
    ['="101"', '101'],
    ["'510100199001010001", '510100199001010001'],
    ['19915443432\t', '19915443432'],
  ])('%j is plainly %j', (text, plain) => {
    expect(plainCell(text)).toBe(plain)
    expect(plainCell(plainCell(text))).toBe(plain)
  })

  it('beyond the end of its row is empty', () => {
    const row = { line: 1, cells: ['a'] }
    expect([cellAt(row, 0), cellAt(row, 1), cellAt(row, undefined)]).toEqual(['a', '', ''])
  })
})

describe('a problem', () => {
  it('has a place, or is about the whole file', () => {
    expect(tableProblem('nul-byte', { line: 3 })).toEqual({ code: 'nul-byte', line: 3, facts: {} })
    expect(tableProblem('file-empty')).toEqual({ code: 'file-empty', line: null, facts: {} })
    expect(new Set(TABLE_PROBLEM_CODES).size).toBe(TABLE_PROBLEM_CODES.length)
  })
})
