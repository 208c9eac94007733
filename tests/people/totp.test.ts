import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { utf8 } from '#kernel'
import {
  acceptableSteps,
  base32Of,
  deviceKindOf,
  needsSecondFactor,
  parseRecoveryCode,
  parseTotpCode,
  ROLES,
  recoveryCodeOf,
  totpAddress,
  totpCodeOf,
  totpCounter,
  totpStepAt,
  WRONG_CODE_LIMITS,
} from '#people'
import { fc } from '../support/properties.ts'

const at = (seconds: number) => new Date(seconds * 1000)

describe('codes by time', () => {
  // RFC 6238, appendix B.
  const SECRETS = {
    sha1: '12345678901234567890',
    sha256: '12345678901234567890123456789012',
    sha512: '1234567890123456789012345678901234567890123456789012345678901234',
  }
  it.each([
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ])('are those of RFC 6238 at %d', (seconds, ...expected) => {
    const counter = totpCounter(totpStepAt(at(seconds)))
    const made = Object.entries(SECRETS).map(([algorithm, secret]) =>
      totpCodeOf(createHmac(algorithm, secret).update(counter).digest(), 8),
    )
    expect(made).toEqual(expected)
  })

  it('are those of RFC 4226 by count', () => {
    const made = Array.from({ length: 10 }, (_, count) =>
      totpCodeOf(createHmac('sha1', SECRETS.sha1).update(totpCounter(count)).digest()),
    )
    expect(made).toEqual('755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' '))
  })

  it('count in their half-minute and the ones beside it, and not again', () => {
    const step = totpStepAt(at(1_000_000))
    expect(acceptableSteps(at(1_000_000), 0)).toEqual([step - 1, step, step + 1])
    expect(acceptableSteps(at(1_000_000), step - 1)).toEqual([step, step + 1])
    expect(acceptableSteps(at(1_000_000), step + 1)).toEqual([])
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.nat(), (seconds, last) => {
        const steps = acceptableSteps(at(seconds), last)
        expect(steps.every(each => each > last && Math.abs(each - totpStepAt(at(seconds))) <= 1)).toBe(true)
      }),
    )
  })

  it.each([
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['１２３４５６', '123456'],
    ['12345', null],
    ['1234567', null],
    ['12345a', null],
    ['', null],
  ])('%j is typed as %j', (text, code) => {
    expect(parseTotpCode(text)).toBe(code)
  })

  it('have a secret that is typed in base 32 and scanned as an address', () => {
    // RFC 4648, section 10, without padding.
    const texts = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar']
    expect(texts.map(text => base32Of(utf8(text)))).toEqual(
      '|MY|MZXQ|MZXW6|MZXW6YQ|MZXW6YTB|MZXW6YTBOI'.split('|'),
    )
    expect(totpAddress(utf8('12345678901234567890'), 'li.wei', '明账')).toBe(
      'otpauth://totp/%E6%98%8E%E8%B4%A6:li.wei?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E6%98%8E%E8%B4%A6',
    )
  })
})

describe('recovery codes', () => {
  it('are read as they are written, however they are typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), bytes => {
        const code = recoveryCodeOf(bytes)
        expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}$/)
        expect(parseRecoveryCode(` ${code.toUpperCase().replaceAll('-', ' ')}`)).toBe(code)
        expect(parseRecoveryCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code)
      }),
    )
    expect(['', 'abcd', '0123-4567-89ab-c', 'uuuu-uuuu-uuuu'].map(parseRecoveryCode)).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  it('differ in every one of their sixty bits', () => {
    const base = new Uint8Array(8)
    const codes = Array.from({ length: 60 }, (_, bit) => {
      const bytes = base.slice()
      bytes[bit >> 3]! |= 128 >> (bit & 7)
      return recoveryCodeOf(bytes)
    })
    expect(new Set([recoveryCodeOf(base), ...codes]).size).toBe(61)
  })
})

describe('who needs a second factor', () => {
  it('is everybody with an office but an owner', () => {
    expect(ROLES.filter(role => !needsSecondFactor(role))).toEqual(['owner', 'tenant'])
  })

  it('may guess so seldom that a year of guessing finds a code once in forty', () => {
    const perDay = WRONG_CODE_LIMITS.map(({ minutes, wrong }) => Math.floor((1440 / minutes) * wrong))
    // Three codes of a million are right at any time.
    expect(Math.min(...perDay) * 365 * 3 * 40).toBeLessThan(1_000_000)
  })
})

describe('the kind of a device', () => {
  it.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148', 'phone'],
    ['Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Mobile Safari/537.36', 'phone'],
    ['Mozilla/5.0 (Linux; Android 14; SM-X200) AppleWebKit/537.36 Safari/537.36', 'tablet'],
    ['Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Mobile/15E148', 'tablet'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 'computer'],
    ['Mozilla/5.0 (X11; Linux x86_64)', 'computer'],
    ['curl/8', 'unknown'],
    [null, 'unknown'],
  ])('%s is %s', (userAgent, kind) => {
    expect(deviceKindOf(userAgent)).toBe(kind)
  })
})
