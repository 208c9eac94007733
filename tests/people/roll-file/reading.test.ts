/** Whole rolls: layouts found by their words, every refusal at its line and column, and the harmless twin of each. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatAreaM2, parseAreaM2 } from '#kernel'
import {
  checkRollMapping,
  findUnitMapping,
  rollHeaderSignature,
  rollHeaderSignatures,
  suggestRollMapping,
} from '../../../app/people/roll-file/column-mapping.ts'
import { isRefused } from '../../../app/people/roll-file/roll-problem.ts'
import {
  decodeRollReading,
  encodeRollReading,
  type RollReading,
} from '../../../app/people/roll-file/roll-reading.ts'
import { fc, runs } from '../../support/properties.ts'
import { csvOf, gb18030Of, sheetXml, utf8Of, workbookOf } from '../../tables/making.ts'
import { codesOf, HEADER, IDENTITIES, readRollBytes, readRows } from './making.ts'

const ROW = ['1栋', '1单元', '101', '89.50', '张三', '13800000000', '']

const areaOf = (reading: RollReading) =>
  formatAreaM2(reading.rows.reduce((sum, row) => sum + row.areaCentiM2, 0n) as never)

const ownersOf = (reading: RollReading) =>
  reading.rows.map(row => row.owners.map(owner => owner.name).join('|'))

describe('the roll of 439 units', () => {
  const bytes = readFileSync(new URL('../../vectors/owners/owners-439-gbk-csv.csv', import.meta.url))

  it('is read to the last centimetre', async () => {
    const reading = await readRollBytes(bytes)
    expect([reading.encoding, reading.source, reading.rows.length]).toEqual(['gb18030', 'csv', 439])
    expect(areaOf(reading)).toBe('44692.39')
    expect(new Set(reading.rows.map(row => row.unitId)).size).toBe(439)
    expect(reading.problems).toEqual([])
    expect(reading.rows[0]).toMatchObject({
      unitId: '1栋-1单元-101',
      line: 3,
      kind: 'residence',
      status: 'delivered',
      areaSource: 'register',
      areaCentiM2: 10328n,
      owners: [{ name: '唐杰', phone: '19915443432', identity: null }],
    })
  })

  it('with one byte of it broken is refused', async () => {
    const broken = new Uint8Array(bytes)
    broken[broken.length - 200] = 0xff
    const reading = await readRollBytes(broken)
    expect([isRefused(reading.problems), reading.rows]).toEqual([true, []])
    expect(codesOf(reading)[0]).toMatch(/^encoding-broken@/)
  })

  it('comes back from its stored form', async () => {
    const reading = await readRollBytes(bytes)
    expect(decodeRollReading(JSON.parse(JSON.stringify(encodeRollReading(reading))))).toEqual(reading)
  })
})

interface Sample {
  readonly kind: string
  readonly file: string
  readonly truth: { readonly units: number; readonly sum_area: string }
}
const shared = new URL('../../../../shared/data/', import.meta.url)
const manifest = new URL('manifest.json', shared)
const samples = (
  existsSync(manifest)
    ? (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly samples: readonly Sample[] }).samples
    : []
).filter(({ kind }) => kind === 'owners')

describe.runIf(samples.length > 0)('shared rolls', () => {
  it.each(samples)('$file', async ({ file, truth }) => {
    // Their lists of owners have gaps: with the gaps filled, every unit and its area is there.
    const reading = await readRollBytes(readFileSync(new URL(file, shared)))
    const gaps = codesOf(reading).filter(code => /^owner-key-unknown@/.test(code))
    const units = reading.rows.filter(row => row.kind === 'residence')
    expect(units.length + gaps.length).toBe(truth.units)
    if (gaps.length === 0) expect(areaOf(reading)).toBe(truth.sum_area)
    expect(reading.head).toEqual([])
  })
})

/** A workbook in the manner of management programs: units refer to a list of owners, instructions stand beside the data. */
const management = (
  owners: readonly (readonly (string | number)[])[],
  refers: readonly (string | number)[],
) =>
  workbookOf([
    {
      name: '楼栋单元',
      xml: sheetXml([
        ['楼栋号', '单元编号', '总层数'],
        [1, 1, 33],
      ]),
    },
    { name: '业主信息', xml: sheetXml([['业主编号', '业主名称', '手机号', '身份证号'], ...owners]) },
    {
      name: '房屋信息',
      xml: sheetXml([
        ['房屋编号', '楼栋编号', '单元编号', '建筑面积', '业主编号', '室内面积', '', '说明'],
        ...refers.map((key, index) => [1011 + index, 1, 1, 94.56, key, 80, '', '房屋编号 真实编号']),
        ['', '', '', '', '', '', '', '建筑面积 请填写正确'],
      ]),
    },
    {
      name: '车位信息',
      xml: sheetXml([
        ['停车场编号', '车位编码', '停车场类型', '面积', '业主编号'],
        [1, 'C0001', '地上停车位', 12.5, ''],
      ]),
    },
  ])

describe('a workbook with a list of owners', () => {
  const owners = [
    [1, '张三', 13800000001, IDENTITIES[0]],
    [2, '李四', 13800000002, ''],
  ]

  it('is joined by the number of the owner', async () => {
    const reading = await readRollBytes(management(owners, [1, 2, '1#2']))
    expect(codesOf(reading)).toEqual(['left-out@2业主编号', 'sheets-unread'])
    expect(reading.rows.map(row => [row.unitId, formatAreaM2(row.areaCentiM2)])).toEqual([
      ['1栋-1单元-1011', '94.56'],
      ['1栋-1单元-1012', '94.56'],
      ['1栋-1单元-1013', '94.56'],
    ])
    expect(ownersOf(reading)).toEqual(['张三', '李四', '张三|李四'])
    expect(reading.rows[0]!.owners[0]!.identity).toBe(IDENTITIES[0])
  })

  it('with a number that the list does not have is refused there', async () => {
    const reading = await readRollBytes(management(owners, [1, 7]))
    expect(codesOf(reading)).toContain('owner-key-unknown@3业主编号')
    expect(isRefused(reading.problems)).toBe(true)
  })

  it('with a number listed twice is refused there', async () => {
    const reading = await readRollBytes(management([...owners, [2, '王五', '', '']], [1, 2]))
    expect(codesOf(reading)).toContain('owner-key-twice@4业主编号')
  })
})

describe('one row', () => {
  it.each([
    ['as it should be', {}, []],
    ['without a building', { 0: '' }, ['building-missing@2楼栋']],
    ['without a number', { 2: '' }, ['number-missing@2房号']],
    ['without an area', { 3: '' }, ['area-missing@2建筑面积']],
    ['with an area of three decimals', { 3: '89.505' }, ['area-too-precise@2建筑面积']],
    ['with an area of three decimals that say nothing', { 3: '89.500㎡' }, []],
    ['with no area at all', { 3: '0' }, ['area-zero@2建筑面积']],
    ['with a word for an area', { 3: '约89' }, ['area-malformed@2建筑面积']],
    ['with a negative area', { 3: '-89.50' }, ['area-malformed@2建筑面积']],
    ['without an owner', { 4: '' }, ['owner-missing@2业主姓名']],
    ['with a hidden owner', { 4: '张**' }, ['owner-masked@2业主姓名']],
    ['with some of the owners', { 4: '张三等3人' }, ['owner-not-all@2业主姓名']],
    ['with half a phone', { 5: '1380000' }, ['phone-malformed@2联系电话']],
    ['with half an identity number', { 6: '5101001990' }, ['identity-malformed@2身份证号']],
    [
      'with one identity number for two',
      { 4: '张三、李四', 6: IDENTITIES[0] },
      ['identity-unassigned@2身份证号'],
    ],
  ] as const)('%s', async (_, changes: Readonly<Record<number, string>>, codes) => {
    const reading = await readRows([ROW.map((cell, column) => changes[column] ?? cell)])
    expect(codesOf(reading)).toEqual(codes)
    // A warning keeps the row and drops the number.
    expect(reading.rows.length).toBe(isRefused(reading.problems) ? 0 : 1)
  })

  it.each([
    ['住宅', 'residence'],
    ['商铺', 'commercial'],
    ['地下车位', 'parking'],
    ['储藏室', 'storage'],
    ['', 'residence'],
    ['城堡', null],
  ])('of kind %j is %j', async (word, kind) => {
    const reading = await readRows([[...ROW, word]], [...HEADER, '房屋用途'])
    expect(reading.rows[0]?.kind ?? null).toBe(kind)
    if (kind === null) expect(codesOf(reading)).toEqual(['kind-unknown@2房屋用途'])
  })

  it.each([
    ['已交付', 'delivered'],
    ['未售', 'unsold'],
    ['已售未交付', 'sold_undelivered'],
    ['', 'delivered'],
    ['已售', null],
  ])('in the state %j is %j', async (word, status) => {
    const reading = await readRows([[...ROW, word]], [...HEADER, '交付状态'])
    expect(reading.rows[0]?.status ?? null).toBe(status)
    if (status === null) expect(codesOf(reading)).toEqual(['status-unknown@2交付状态'])
  })

  it('that is unsold needs no owner', async () => {
    const reading = await readRows([[...ROW.with(4, '').with(5, ''), '未售']], [...HEADER, '销售状态'])
    expect([codesOf(reading), reading.rows[0]!.owners]).toEqual([[], []])
  })

  it('with two owners and two of each number gives each their own', async () => {
    const numbers = ['13800000001、13800000002', IDENTITIES.join('、')]
    const reading = await readRows([[...ROW.slice(0, 4), '张三、李四', ...numbers]])
    expect(reading.rows[0]!.owners.map(({ name, phone, identity }) => [name, phone, identity])).toEqual([
      ['张三', '13800000001', IDENTITIES[0]],
      ['李四', '13800000002', IDENTITIES[1]],
    ])
  })
})

describe('the source of areas', () => {
  it.each([
    ['产权面积', 'register'],
    ['实测面积', 'survey'],
    ['合同面积', 'contract'],
    ['建筑面积（平方米）', 'survey'],
  ])('under %s is %s', async (heading, source) => {
    const header = HEADER.map(each => (each === '建筑面积' ? heading : each))
    const reading = await readRollBytes(utf8Of(csvOf([header, ROW])), { areaSource: 'survey' })
    expect(reading.rows.map(row => row.areaSource)).toEqual([source])
  })

  it('may be said row by row, and an unknown word is refused', async () => {
    const reading = await readRows(
      [
        [...ROW, '不动产登记簿'],
        [...ROW.with(2, '102'), '合同'],
        [...ROW.with(2, '103'), '听说'],
      ],
      [...HEADER, '面积来源'],
    )
    expect(reading.rows.map(row => row.areaSource)).toEqual(['register', 'contract'])
    expect(codesOf(reading)).toEqual(['area-source-unknown@4面积来源'])
  })

  it('prefers the registered area and never takes the inner one', async () => {
    const header = ['楼栋', '房号', '套内面积', '建筑面积', '产权面积', '业主']
    const reading = await readRows([['1', '101', '70.00', '89.00', '89.50', '张三']], header)
    expect(reading.rows.map(row => [formatAreaM2(row.areaCentiM2), row.areaSource])).toEqual([
      ['89.50', 'register'],
    ])
    const inner = await readRows([['1', '101', '70.00', '张三']], ['楼栋', '房号', '套内面积', '业主'])
    expect(codesOf(inner)).toEqual(['layout-unknown'])
  })
})

describe('a whole file', () => {
  it('may state each unit once', async () => {
    const reading = await readRows([ROW, ROW.with(0, '01幢').with(1, '一').with(2, '101室')])
    expect(codesOf(reading)).toEqual(['unit-twice@3'])
  })

  it('may add itself up, rightly or with a word about it', async () => {
    const total = (area: string) => ['合计', '', '', area, '', '', '']
    expect(codesOf(await readRows([ROW, total('89.50')]))).toEqual([])
    expect(codesOf(await readRows([ROW, total('99.50')]))).toEqual(['total-mismatch@3建筑面积'])
  })

  it('skips titles, blank rows, repeated headers and footers', async () => {
    const reading = await readRollBytes(
      gb18030Of(
        csvOf([['示例小区业主名册'], [''], HEADER, ROW, [''], HEADER, ROW.with(2, '102'), ['制表人：王五']]),
      ),
    )
    expect([reading.encoding, codesOf(reading), reading.rows.map(row => row.line)]).toEqual([
      'gb18030',
      [],
      [4, 7],
    ])
  })

  it('tells no one apart by an identity number that several names share', async () => {
    const row = (number: string, name: string) => [
      ...ROW.with(2, number).with(4, name).slice(0, 6),
      IDENTITIES[0],
    ]
    const reading = await readRows([row('101', '张三'), row('102', '李四')])
    expect(codesOf(reading)).toEqual(['identity-shared'])
    expect(reading.rows.flatMap(each => each.owners.map(owner => owner.identity))).toEqual([null, null])
    expect((await readRows([row('101', '张三'), row('102', '张三')])).rows[1]!.owners[0]!.identity).toBe(
      IDENTITIES[0],
    )
  })

  it('with places in one cell is read', async () => {
    const reading = await readRows(
      [
        ['1-1-101', '89.50', '张三'],
        ['2栋1单元302', '90.00', '李四'],
      ],
      ['房号', '面积', '业主'],
    )
    expect(reading.rows.map(row => row.unitId)).toEqual(['1栋-1单元-101', '2栋-1单元-302'])
    const broken = await readRows(
      [
        ['1-1-101', '89.50', '张三'],
        ['那边', '90.00', '李四'],
      ],
      ['房屋坐落', '面积', '业主'],
    )
    expect(codesOf(broken)).toEqual(['place-malformed@3房屋坐落'])
  })

  it.each([
    [utf8Of(''), 'file-empty'],
    [utf8Of('%PDF-1.4'), 'format-pdf'],
    [utf8Of('甲,乙\n1,2\n'), 'layout-unknown'],
    [utf8Of(csvOf([HEADER])), 'roll-empty'],
  ])('that is none is refused (%#)', async (bytes, code) => {
    expect(codesOf(await readRollBytes(bytes))).toEqual([code])
  })

  it('gives back every area it was given', async () => {
    const areas = fc.array(fc.bigInt({ min: 1n, max: 99_999_999n }), { minLength: 1, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(areas, async given => {
        const rows = given.map((area, index) =>
          ROW.with(2, String(index + 1)).with(3, formatAreaM2(area as never)),
        )
        const reading = await readRows(rows)
        expect(reading.rows.map(row => row.areaCentiM2)).toEqual(given)
        expect(reading.rows.map(row => parseAreaM2(formatAreaM2(row.areaCentiM2)))).toEqual(
          given.map(value => ({ ok: true, value })),
        )
      }),
      { numRuns: runs(40) },
    )
  })
})

describe('a layout that nobody knows', () => {
  const rows = [
    ['哪栋', '几单元', '几号', '多大', '谁的'],
    ['1', '1', '101', '89.50', '张三'],
    ['1', '1', '102', '60.00', '李四'],
  ]
  const bytes = utf8Of(csvOf(rows))
  const table = {
    source: 'csv',
    sheet: null,
    encoding: 'utf-8',
    endsWithNewline: true,
    hiddenSheets: [],
    otherSheets: [],
    rows: rows.map((cells, index) => ({ line: index + 1, cells })),
  } as const
  const mapping = {
    headerRow: 0,
    columns: { building: 0, entrance: 1, number: 2, area: 3, owners: [4] },
    kind: 'residence',
    areaSource: null,
  } as const

  it('is shown with its first rows and a suggestion', async () => {
    const reading = await readRollBytes(bytes)
    expect([codesOf(reading), reading.head]).toEqual([['layout-unknown'], rows])
    expect(reading.suggestion).toEqual(suggestRollMapping(table))
    expect(findUnitMapping(table)).toBeNull()
  })

  it('is read under a mapping made by hand', async () => {
    expect(checkRollMapping(table, mapping)).toEqual({ ok: true, value: mapping })
    const reading = await readRollBytes(bytes, { mapping })
    expect(reading.rows.map(row => row.unitId)).toEqual(['1栋-1单元-101', '1栋-1单元-102'])
    expect(codesOf(reading)).toEqual([])
  })

  it.each([
    [{ ...mapping, columns: { ...mapping.columns, number: undefined } }, 'no-place'],
    [{ ...mapping, columns: { ...mapping.columns, area: undefined } }, 'no-area'],
    [{ ...mapping, columns: { ...mapping.columns, owners: [] } }, 'no-owners'],
    [{ ...mapping, columns: { ...mapping.columns, area: 4 } }, 'two-ways'],
    [{ ...mapping, columns: { ...mapping.columns, area: 9 } }, 'out-of-range'],
    [{ ...mapping, headerRow: 3 }, 'out-of-range'],
  ])('is not read under one that does not fit (%#)', (unfit, reason) => {
    expect(checkRollMapping(table, unfit as never)).toEqual({
      ok: false,
      error: { code: 'mapping-unfit', reason },
    })
  })

  it('is known again by its header, and not by another', () => {
    const signature = rollHeaderSignature(table, 0)
    expect(rollHeaderSignatures(table).get(signature)).toBe(0)
    const titled = { ...table, rows: [{ line: 1, cells: ['名册'] }, ...table.rows] }
    expect(rollHeaderSignatures(titled).get(signature)).toBe(1)
    const other = { ...table, rows: [{ line: 1, cells: rows[0]!.with(4, '谁家的') }] }
    expect(rollHeaderSignatures(other).has(signature)).toBe(false)
  })
})
