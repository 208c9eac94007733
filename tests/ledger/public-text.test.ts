/** What may be published: organisations may, persons and the numbers that identify them may not, however they are written. */
import { describe, expect, it } from 'vitest'
import { isOrganisation, publicCounterparty } from '#ledger'
import { privateTextIn } from '../../app/ledger/public-text.ts'
import { fc } from '../support/properties.ts'

describe('numbers that identify a person are found', () => {
  it.each([
    ['13800138000', '13800138000'],
    ['退款给13800138000', '13800138000'],
    ['138 0013 8000', '13800138000'],
    ['138-0013-8000', '13800138000'],
    ['138–0013–8000', '13800138000'],
    ['138  0013  8000', '13800138000'],
    ['138\u30000013\u00a08000', '13800138000'],
    ['１３８００１３８０００', '13800138000'],
    ['138\u200b0013\u200b8000', '13800138000'],
    ['+86 13800138000', '13800138000'],
    ['8613800138000', '8613800138000'],
    ['101 13800138000', '13800138000'],
    ['3-1-1602 13800138000', '31160213800138000'],
    ['11010519491231002X', '11010519491231002X'],
    ['11010519491231002x', '11010519491231002x'],
    ['110105 19491231 002X', '11010519491231002X'],
    ['110105194912310021', '110105194912310021'],
    ['身份证１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
    ['6222021234567890123', '6222021234567890123'],
    ['6222 0212 3456 7890 123', '6222021234567890123'],
    ['6222-0212-3456-7890', '6222021234567890'],
    ['６２２２ ０２１２ ３４５６ ７８９０', '6222021234567890'],
    ['130503670401001', '130503670401001'],
  ])('%j', (text, found) => {
    expect(privateTextIn(text, [])).toBe(found)
    expect(privateTextIn(`付：${text}，见附件`, [])).toBe(found)
  })

  it('at any place in any text, with any single gaps', () => {
    const phone = fc
      .tuple(fc.constantFrom('3', '5', '7', '8', '9'), fc.stringMatching(/^\d{9}$/))
      .map(([a, b]) => `1${a}${b}`)
    const gap = fc.constantFrom('', ' ', '-')
    const words = fc.constantFrom('', '收', '住户电话：', '（', '第三栋')
    fc.assert(
      fc.property(
        phone,
        fc.array(gap, { minLength: 10, maxLength: 10 }),
        words,
        words,
        (number, gaps, before, after) => {
          const written = [...number].map((digit, i) => digit + (gaps[i] ?? '')).join('')
          expect(privateTextIn(before + written + after, [])).toBe(number)
        },
      ),
    )
  })
})

it.each([
  '收2025年1月物业服务费',
  '付一月保洁费 12,345.67 元',
  '3-1-1602 物业费',
  '2025-01-01 至 2025-01-31',
  '028-85123456',
  '发票 25512000000123456789',
  '合同 HT-2025-0012',
  '23800138000',
  '138001380001',
  '1380013800',
  '12800138000',
])('%j identifies nobody', text => {
  expect(privateTextIn(text, [])).toBeNull()
})

describe('names', () => {
  it.each([
    ['退王小明押金', '王小明'],
    ['退 王 小明 押金', '王小明'],
    ['退王\u200b小明押金', '王小明'],
    ['refund to ZHANG SAN', 'Zhang San'],
    ['退欧阳　修 押金', '欧阳修'],
  ])('%j holds %j', (text, name) => {
    expect(privateTextIn(text, ['李大', name])).toBe(name)
  })

  it('of organisations may stand, a single character is no name, and other names are not there', () => {
    expect(privateTextIn('付绿源保洁有限公司', ['绿源保洁有限公司'])).toBeNull()
    expect(privateTextIn('付保洁', ['保'])).toBeNull()
    expect(privateTextIn('退押金', ['王小明', ''])).toBeNull()
  })
})

describe('counterparties', () => {
  it.each([
    '绿源保洁有限公司',
    '成都市自来水有限责任公司',
    '国家金库成都市武侯区支库',
    '支付宝（中国）网络技术有限公司客户备付金',
    '财付通支付科技有限公司',
    '支付宝',
    '微信支付',
    '武侯区玉林街道办事处',
    '示例小区业主大会',
    'China Telecom Co., Ltd',
  ])('%j is shown', name => {
    expect(isOrganisation(name)).toBe(true)
    expect(publicCounterparty(` ${name} `)).toBe(name)
  })

  it.each([
    '',
    ' ',
    '王小明',
    '欧阳修',
    'Zhang San',
    '张三（支付宝）',
    '微信转账-王五',
    '财付通-李四',
    '王*',
    '公司 13800138000',
  ])('%j is withheld', name => {
    expect(publicCounterparty(name)).toBeNull()
  })
})
