import { describe, expect, it } from 'vitest'
import { checkPassword, parseLogin } from '#people'
import { fc } from '../support/properties.ts'

describe('a login name', () => {
  it.each([
    ['li.wei', 'li.wei'],
    [' Li-Wei_2 ', 'li-wei_2'],
    ['ｌｉｗｅｉ', 'liwei'],
  ])('%s is %s', (text, login) => {
    expect(parseLogin(text)).toEqual({ ok: true, value: login })
  })

  it.each([
    '',
    'ab',
    '李伟',
    'a b c',
    '.abc',
    'abc.',
    'a'.repeat(41),
    '13800138000',
    '51010719900101123x',
    'a/b',
  ])('%j is refused', text => {
    expect(parseLogin(text)).toEqual({ ok: false, error: 'login-malformed' })
  })

  it('is stored in one form only', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const parsed = parseLogin(text)
        if (parsed.ok) expect(parseLogin(parsed.value)).toEqual(parsed)
      }),
    )
  })
})

describe('a new password', () => {
  it.each(['竹林里有三只熊猫在吃早饭', 'seven quiet lifts at noon', 'Tr0ut&Kettle&Marble', 'k7#pQ2!vR9$x'])(
    '%s is taken',
    password => {
      expect(checkPassword(password, 'li.wei').ok).toBe(true)
    },
  )

  it.each([
    ['short', 'password-too-short'],
    ['熊猫熊猫熊猫', 'password-too-short'],
    ['x'.repeat(257), 'password-too-long'],
    ['aaaaaaaaaaaa', 'password-too-common'],
    ['abababababab', 'password-too-common'],
    ['123456789012', 'password-too-common'],
    ['Password2026', 'password-too-common'],
    ['P@ssw0rd!!!!', 'password-too-common'],
    ['wuye wuye wuye', 'password-too-common'],
    ['mingzhang-123', 'password-too-common'],
    ['li.wei.li.wei.li', 'password-too-common'],
    ['iloveyou-1314', 'password-too-common'],
  ])('%s is %s', (password, problem) => {
    expect(checkPassword(password, 'li.wei')).toEqual({ ok: false, error: problem })
  })

  it('is the same in full width', () => {
    expect(checkPassword('ｓｅｖｅｎ ｑｕｉｅｔ ｌｉｆｔｓ', 'li.wei')).toEqual({
      ok: true,
      value: 'seven quiet lifts',
    })
  })

  it('gets longer or shorter, never crashes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string(), (password, login) => {
        expect(typeof checkPassword(password, login).ok).toBe('boolean')
      }),
    )
  })
})
