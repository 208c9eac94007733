/** The owners in a cell and their numbers: who is named exactly, and what names nobody. */
import { describe, expect, it } from 'vitest'
import { isOrganisation, normalName, ownerNamesOf } from '../../../app/people/roll-file/owner-names.ts'
import { parseIdentity, parsePhone } from '../../../app/people/roll-file/personal-numbers.ts'
import { fc } from '../../support/properties.ts'
import { IDENTITIES } from './making.ts'

const namesOf = (text: string) => {
  const names = ownerNamesOf(text)
  return names.ok ? names.value.join('|') : names.error
}

describe('owners', () => {
  it.each([
    ['张三', '张三'],
    ['张 三', '张三'],
    ['张　三', '张三'],
    ['张三、李四', '张三|李四'],
    ['张三,李四', '张三|李四'],
    ['张三，李四', '张三|李四'],
    ['张三/李四', '张三|李四'],
    ['张三；李四', '张三|李四'],
    ['张三 李四', '张三|李四'],
    ['张三\n李四', '张三|李四'],
    ['欧阳 锋', '欧阳锋'],
    ['张三(共有)、李四（50%）', '张三|李四'],
    ['张三、张三', '张三'],
    ['迪丽热巴·买买提', '迪丽热巴·买买提'],
    ['John Smith', 'John Smith'],
    ['成都示例置业有限公司', '成都示例置业有限公司'],
    ['示例科技（成都）有限公司', '示例科技(成都)有限公司'],
    ['', ''],
    ['无', ''],
    ['张**', 'owner-masked'],
    ['张三等2人', 'owner-not-all'],
    ['张三等', 'owner-not-all'],
    ['13800000000', 'owner-malformed'],
    ['张三13800000000', 'owner-malformed'],
    ['=cmd|A1', 'owner-malformed'],
    ['<b>张三</b>', 'owner-malformed'],
  ])('%j are %j', (text, names) => {
    expect(namesOf(text)).toBe(names)
  })

  it('come back from any list of them, in any of the ways to write it', () => {
    const name = fc.string({ unit: fc.constantFrom(...'王李张刘陈杨赵黄周吴'), minLength: 2, maxLength: 3 })
    const lists = fc.uniqueArray(name, { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(lists, fc.constantFrom('、', ',', '，', '/', ';', ' ', ' 、 '), (names, between) => {
        expect(namesOf(names.join(between))).toBe(names.join('|'))
      }),
    )
  })

  it('are never empty names, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const names = ownerNamesOf(text)
        if (!names.ok) return
        for (const each of names.value) {
          expect(each.trim()).not.toBe('')
          expect(normalName(each)).toBe(each)
        }
      }),
    )
  })

  it('are organisations by the end of their name', () => {
    expect(['成都示例物业管理有限公司', '示例街道办事处', '中国示例银行成都分行'].every(isOrganisation)).toBe(
      true,
    )
    expect(['张公司', '李四', '王中心', '公司'].some(isOrganisation)).toBe(false)
  })
})

describe('a phone number', () => {
  it.each([
    ['19915443432\t', '19915443432'],
    ['138 0000 0000', '13800000000'],
    ['+86 138-0000-0000', '13800000000'],
    ['028-85551234', '02885551234'],
  ])('%j is %j', (text, digits) => {
    expect(parsePhone(text)).toEqual({ ok: true, value: digits })
  })

  it.each(['1380000000', '138****0000', '23800000000', '电话'])('%j is none', text => {
    expect(parsePhone(text)).toEqual({ ok: false, error: 'phone-malformed' })
  })
})

describe('an identity number', () => {
  it.each([...IDENTITIES, '91350100M000100Y43', 'E12345678', 'H0123456789'])('%s is one', text => {
    expect(parseIdentity(` ${text.toLowerCase()} `)).toEqual({ ok: true, value: text })
  })

  it('with another digit anywhere is none', () => {
    for (const identity of [...IDENTITIES, '91350100M000100Y43']) {
      // The century says whose number it is: what stands there is judged with the rest.
      for (const place of Array.from({ length: 18 }, (_, index) => index).filter(
        index => index < 6 || index > 7,
      )) {
        const other = identity[place] === '3' ? '4' : '3'
        const changed = identity.slice(0, place) + other + identity.slice(place + 1)
        expect([changed, parseIdentity(changed).ok]).toEqual([changed, false])
      }
    }
  })

  it.each(['510100********0001', '', '12345', '二代身份证'])('%j is none', text => {
    expect(parseIdentity(text).ok).toBe(false)
  })
})
