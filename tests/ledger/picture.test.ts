/** Pictures without what stands beside the picture: nothing of it survives, and not a byte of the picture is lost. */
import { describe, expect, it } from 'vitest'
import { concatBytes, toHex, utf8 } from '#kernel'
import { stripPicture } from '../../app/ledger/picture.ts'
import { pngChunk, pngOf, webpChunk, webpOf } from '../support/pictures.ts'
import { fc } from '../support/properties.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)
const segment = (marker: number, body: Uint8Array) =>
  concatBytes(bytes(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255), body)

const SOI = bytes(0xff, 0xd8)
const EOI = bytes(0xff, 0xd9)
const JFIF = segment(0xe0, concatBytes(utf8('JFIF\0'), bytes(1, 1, 0, 0, 1, 0, 1, 0, 0)))
const JFXX = segment(0xe0, concatBytes(utf8('JFXX\0'), bytes(0x10), utf8('thumbnail')))
const JFIF_WITH_THUMBNAIL = segment(
  0xe0,
  concatBytes(utf8('JFIF\0'), bytes(1, 1, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9)),
)
const EXIF = segment(0xe1, utf8('Exif\0\0GPS 30.6586 104.0648'))
const COMMENT = segment(0xfe, utf8('taken by Wang'))
const ADOBE = segment(0xee, utf8('Adobe'))
const DQT = segment(0xdb, bytes(...Array.from({ length: 65 }, (_, i) => i)))
const SOF = segment(0xc0, bytes(8, 0, 1, 0, 1, 1, 1, 0x11, 0))
const DHT = segment(0xc4, bytes(0, ...Array.from({ length: 17 }, () => 1)))
const SOS = segment(0xda, bytes(1, 1, 0, 0, 63, 0))
const SCAN = concatBytes(SOS, bytes(1, 2, 0xff, 0x00, 3, 0xff, 0xd0, 4, 0xff, 0xff, 0x00, 5))

const stripJpegMetadata = (picture: Uint8Array) => stripPicture('image/jpeg', picture)

describe('a JPEG', () => {
  const whole = concatBytes(SOI, JFIF, EXIF, DQT, COMMENT, SOF, ADOBE, DHT, SCAN, EOI)
  const bare = concatBytes(SOI, JFIF, DQT, SOF, ADOBE, DHT, SCAN, EOI)

  it('loses place, camera and comments, and not a byte of the picture', () => {
    expect(toHex(stripJpegMetadata(whole)!)).toBe(toHex(bare))
    expect(toHex(stripJpegMetadata(bare)!)).toBe(toHex(bare))
  })

  it('loses every application segment but the two that colours need', () => {
    for (let marker = 0xe1; marker <= 0xef; marker++) {
      const stripped = stripJpegMetadata(
        concatBytes(SOI, segment(marker, utf8('secret')), DQT, SOF, SCAN, EOI),
      )
      expect(toHex(stripped!).includes(toHex(utf8('secret')))).toBe(marker === 0xee)
    }
  })

  it('loses the small copies of the unredacted picture', () => {
    const expected = toHex(concatBytes(SOI, DQT, SOF, SCAN, EOI))
    for (const thumbnail of [JFXX, JFIF_WITH_THUMBNAIL])
      expect(toHex(stripJpegMetadata(concatBytes(SOI, thumbnail, DQT, SOF, SCAN, EOI))!)).toBe(expected)
  })

  it('loses what is appended after its end', () => {
    expect(
      toHex(stripJpegMetadata(concatBytes(bare, utf8('a film, or the picture unredacted'), whole))!),
    ).toBe(toHex(bare))
  })

  it('keeps all scans of a progressive picture, and drops metadata between them', () => {
    const progressive = (...between: Uint8Array[]) =>
      concatBytes(SOI, JFIF, DQT, SOF, DHT, SCAN, ...between, DHT, SCAN, SCAN, EOI)
    expect(toHex(stripJpegMetadata(progressive(EXIF, COMMENT))!)).toBe(toHex(progressive()))
  })

  it('is refused when it is cut short, at every byte', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(stripJpegMetadata(whole.subarray(0, length)), `${length} bytes`).toBeNull()
    }
  })

  it.each([
    ['no picture', concatBytes(SOI, JFIF, EOI)],
    ['a segment that says it is longer than the file', concatBytes(SOI, bytes(0xff, 0xe1, 0xff, 0xff), EOI)],
    ['a segment too short to say its length', concatBytes(SOI, bytes(0xff, 0xdb, 0, 1), SCAN, EOI)],
    ['bytes between its segments', concatBytes(SOI, JFIF, bytes(0), DQT, SCAN, EOI)],
    ['another beginning', concatBytes(bytes(0x00, 0xd8), JFIF, SCAN, EOI)],
  ])('is refused with %s', (_, broken) => {
    expect(stripJpegMetadata(broken)).toBeNull()
  })

  it('never throws, and what it gives is given again unchanged', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(whole.length), (noise, at) => {
        const mangled = concatBytes(whole.subarray(0, at), noise, whole.subarray(at))
        for (const input of [noise, mangled, concatBytes(SOI, noise)]) {
          const stripped = stripJpegMetadata(input)
          if (stripped !== null) expect(toHex(stripJpegMetadata(stripped)!)).toBe(toHex(stripped))
        }
        expect(toHex(whole)).toHaveLength(whole.length * 2)
      }),
    )
  })
})

const SECRETS = [
  'tEXt',
  'zTXt',
  'iTXt',
  'eXIf',
  'tIME',
  'iCCP',
  'acTL',
  'fcTL',
  'fdAT',
  'prVt',
  'hIST',
  'sPLT',
]

describe('a PNG', () => {
  const bare = pngOf([pngChunk('gAMA', bytes(0, 0, 1, 2)), pngChunk('tRNS', bytes(0, 1))])
  const stripPng = (picture: Uint8Array) => stripPicture('image/png', picture)

  it.each(SECRETS)('loses its %s, wherever it stands', name => {
    const secret = pngChunk(name, utf8('GPS 30.6586 王小明'))
    const kept = [pngChunk('gAMA', bytes(0, 0, 1, 2)), pngChunk('tRNS', bytes(0, 1))]
    expect(toHex(stripPng(pngOf([secret, ...kept], [secret]))!)).toBe(toHex(bare))
    expect(toHex(stripPng(bare)!)).toBe(toHex(bare))
  })

  it('loses what is appended after its end: a crop leaves the whole picture there', () => {
    expect(toHex(stripPng(concatBytes(bare, utf8('the rest of the picture'), bare))!)).toBe(toHex(bare))
  })

  it('is refused when it is cut short, at every byte', () => {
    for (let length = 0; length < bare.length; length++)
      expect(stripPng(bare.subarray(0, length)), `${length} bytes`).toBeNull()
  })

  it('is refused without a picture, with another beginning, and with a chunk longer than the file', () => {
    expect(
      stripPng(
        concatBytes(bare.subarray(0, 8), pngChunk('IHDR', new Uint8Array(13)), pngChunk('IEND', bytes())),
      ),
    ).toBeNull()
    expect(
      stripPng(concatBytes(bare.subarray(0, 8), pngChunk('IDAT', bytes(1)), pngChunk('IEND', bytes()))),
    ).toBeNull()
    const long = bare.slice()
    long[8] = 0xff
    expect(stripPng(long)).toBeNull()
  })
})

describe('a WebP', () => {
  const VP8 = webpChunk('VP8 ', bytes(1, 2, 3))
  const extended = (flags: number) => webpChunk('VP8X', bytes(flags, 0, 0, 0, 1, 0, 0, 1, 0, 0))
  const ALPHA = webpChunk('ALPH', bytes(9))
  const stripWebp = (picture: Uint8Array) => stripPicture('image/webp', picture)

  it('loses EXIF, XMP, profile and what is unknown, and no longer promises them', () => {
    const secrets = ['EXIF', 'XMP ', 'ICCP', 'prvt'].map(name => webpChunk(name, utf8('GPS 30.6586 王小明')))
    const stripped = stripWebp(webpOf(extended(0x3c), ...secrets, ALPHA, VP8, ...secrets))
    expect(toHex(stripped!)).toBe(toHex(webpOf(extended(0x10), ALPHA, VP8)))
    expect(toHex(stripWebp(stripped!)!)).toBe(toHex(stripped!))
  })

  it('stays as it is when there is nothing to lose, and loses what is appended', () => {
    for (const picture of [
      webpOf(VP8),
      webpOf(webpChunk('VP8L', bytes(4, 5))),
      webpOf(extended(0x10), ALPHA, VP8),
    ]) {
      expect(toHex(stripWebp(picture)!)).toBe(toHex(picture))
      expect(toHex(stripWebp(concatBytes(picture, utf8('and more')))!)).toBe(toHex(picture))
    }
  })

  it('is refused when it is cut short, animated, without a picture or with two', () => {
    const whole = webpOf(extended(0x10), ALPHA, VP8)
    for (let length = 0; length < whole.length; length++)
      expect(stripWebp(whole.subarray(0, length)), `${length} bytes`).toBeNull()
    expect(stripWebp(webpOf(extended(0x02), VP8))).toBeNull()
    expect(stripWebp(webpOf(extended(0)))).toBeNull()
    expect(stripWebp(webpOf(VP8, VP8))).toBeNull()
    expect(stripWebp(webpOf(VP8, extended(0)))).toBeNull()
    const long = whole.slice()
    long[16] = 0xff
    expect(stripWebp(long)).toBeNull()
  })
})

it('no picture makes it throw, and what it gives is given again unchanged', () => {
  const wholes = {
    'image/png': pngOf([pngChunk('tEXt', utf8('secret'))]),
    'image/webp': webpOf(webpChunk('VP8 ', bytes(1, 2, 3)), webpChunk('EXIF', utf8('secret'))),
  }
  fc.assert(
    fc.property(
      fc.constantFrom('image/png' as const, 'image/webp' as const),
      fc.uint8Array({ maxLength: 60 }),
      fc.nat(120),
      (kind, noise, at) => {
        const whole = wholes[kind]
        for (const input of [noise, concatBytes(whole.subarray(0, at), noise, whole.subarray(at))]) {
          const stripped = stripPicture(kind, input)
          if (stripped !== null) expect(toHex(stripPicture(kind, stripped)!)).toBe(toHex(stripped))
        }
      },
    ),
  )
})
