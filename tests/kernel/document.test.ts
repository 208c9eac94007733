/** Source documents by their first bytes. */
import { describe, expect, it } from 'vitest'
import { concatBytes, plainFileName, sniffDocument, utf8 } from '#kernel'
import { fc } from '../support/properties.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)

const SOI = bytes(0xff, 0xd8)

describe('what a file is', () => {
  it.each([
    ['application/pdf', utf8('%PDF-1.7')],
    ['image/jpeg', concatBytes(SOI, bytes(0xff, 0xe0))],
    ['image/png', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ['image/webp', concatBytes(utf8('RIFF'), bytes(1, 2, 3, 4), utf8('WEBPVP8 '))],
  ])('%s', (type, content) => {
    expect(sniffDocument(content)).toBe(type)
  })

  it.each([
    ['nothing', bytes()],
    ['HTML', utf8('<html>')],
    ['SVG', utf8('<svg xmlns=')],
    ['a program', utf8('MZ')],
    ['an archive', utf8('PK\u0003\u0004')],
    ['a sound', concatBytes(utf8('RIFF'), bytes(1, 2, 3, 4), utf8('WAVEfmt '))],
    ['half a signature', bytes(0x89, 0x50, 0x4e)],
    ['a PDF that begins later', utf8(' %PDF-1.7')],
    ['a GIF', utf8('GIF89a')],
  ])('not %s', (_, content) => {
    expect(sniffDocument(content)).toBeNull()
  })
})

describe('the name of a file', () => {
  it.each([
    ['发票 3月.pdf', '发票 3月.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\keys\\log.pem', 'log.pem'],
    ['a\u0000b.png', 'ab.png'],
    ['gpj\u202egnp.exe', 'gpjgnp.exe'],
    ['a\r\nSet-Cookie: x', 'aSet-Cookie: x'],
    ['folder/', ''],
    ['😀'.repeat(200), '😀'.repeat(120)],
  ])('%j is kept as %j', (given, kept) => {
    expect(plainFileName(given)).toBe(kept)
  })

  it('is plain once it is plain, and never a path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), name => {
        const plain = plainFileName(name)
        expect(plainFileName(plain)).toBe(plain)
        expect(plain).not.toMatch(/[\\/\0\n]/)
      }),
    )
  })
})
