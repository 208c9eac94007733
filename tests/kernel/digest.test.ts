/** Digests and signatures by published vectors, and text forms of bytes that take exactly one text per value. */
import { describe, expect, it } from 'vitest'
import {
  concatBytes,
  equalBytes,
  fingerprint,
  fromBase64,
  fromHex,
  isEd25519Signature,
  sha256,
  sha256Hex,
  toBase64,
  toHex,
  utf8,
} from '#kernel'
import { fc } from '../support/properties.ts'

describe('SHA-256 (FIPS 180-4 examples)', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('%j', (text, hex) => {
    expect(sha256Hex(utf8(text))).toBe(hex)
    expect(toHex(sha256(utf8(text)))).toBe(hex)
    expect(sha256Hex(utf8(`${text} `))).not.toBe(hex)
  })

  it('the short form is the first sixteen digits in fours', () => {
    expect(fingerprint('e3b0c44298fc1c149afbf4c8996fb924')).toBe('e3b0 c442 98fc 1c14')
  })
})

describe('Ed25519 (RFC 8032 §7.1, test 3)', () => {
  const key = fromHex('fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025')!
  const message = fromHex('af82')!
  const signature = fromHex(
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  )!

  it('verifies', () => {
    expect(isEd25519Signature(signature, message, key)).toBe(true)
  })

  it('does not with any one bit of signature, message or key turned', () => {
    const turned = (bytes: Uint8Array, bit: number) =>
      bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
    for (let bit = 0; bit < 512; bit += 13)
      expect(isEd25519Signature(turned(signature, bit), message, key)).toBe(false)
    for (let bit = 0; bit < 16; bit++)
      expect(isEd25519Signature(signature, turned(message, bit), key)).toBe(false)
    for (let bit = 0; bit < 256; bit += 7)
      expect(isEd25519Signature(signature, message, turned(key, bit))).toBe(false)
  })

  it('is false, not an exception, for what is no signature and no key at all', () => {
    const none = new Uint8Array()
    expect(isEd25519Signature(none, message, key)).toBe(false)
    expect(isEd25519Signature(signature, message, none)).toBe(false)
    expect(isEd25519Signature(signature.subarray(1), message, key)).toBe(false)
    expect(isEd25519Signature(signature, message, new Uint8Array(32).fill(255))).toBe(false)
  })

  it('takes neither a small-order key nor a signature with S beyond the order', () => {
    const identity = new Uint8Array(32)
    identity[0] = 1
    const zero = concatBytes(identity, new Uint8Array(32))
    expect(isEd25519Signature(zero, message, identity)).toBe(false)
    const order = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010')!
    let carry = 0
    const larger = signature.map((byte, index) => {
      if (index < 32) return byte
      const sum = byte + order[index - 32]! + carry
      carry = sum >> 8
      return sum & 255
    })
    expect(isEd25519Signature(larger, message, key)).toBe(false)
  })
})

describe('text forms', () => {
  const bytes = fc.uint8Array({ maxLength: 200 })

  it('come back, and one changed character is other bytes or none', () => {
    fc.assert(
      fc.property(bytes, value => {
        expect(fromHex(toHex(value))).toEqual(value)
        expect(fromHex(toHex(value).toUpperCase())).toEqual(value)
        expect(fromBase64(toBase64(value))).toEqual(value)
        expect(toBase64(value)).toBe(Buffer.from(value).toString('base64'))
      }),
    )
  })

  it.each(['0', 'abc', 'zz', '0x00', ' 00', '00 ', '0０', 'a-'])('%j is no hexadecimal', text => {
    expect(fromHex(text)).toBeNull()
  })

  it.each([
    'A',
    'AA',
    'AAA',
    'AA=',
    'AB==',
    'AAB=',
    'AAAA=',
    '====',
    'AA==\n',
    ' AAAA',
    'A A A A',
    'AA-_',
    'AAAA====',
    '钱',
  ])('%j is no strict base64', text => {
    expect(fromBase64(text)).toBeNull()
  })

  it('there is one text for each value, exhausted over all texts of four characters from a small alphabet', () => {
    const alphabet = ['A', 'B', 'Q', 'g', 'w', '/', '=']
    const seen = new Map<string, string>()
    for (const a of alphabet)
      for (const b of alphabet)
        for (const c of alphabet)
          for (const d of alphabet) {
            const value = fromBase64(a + b + c + d)
            if (value === null) continue
            expect(seen.get(toHex(value))).toBeUndefined()
            seen.set(toHex(value), a + b + c + d)
          }
    expect(seen.size).toBeGreaterThan(1000)
  })

  it('same bytes are equal, longer or other ones are not; parts are joined in order', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(equalBytes(a, Uint8Array.from(a))).toBe(true)
        expect(equalBytes(a, concatBytes(a, new Uint8Array(1)))).toBe(false)
        expect(toHex(concatBytes(a, b))).toBe(toHex(a) + toHex(b))
        expect(equalBytes(a, b)).toBe(toHex(a) === toHex(b))
      }),
    )
  })
})
