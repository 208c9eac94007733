/** The zip: the same bytes every time, and nothing inflated that is out of bounds. */
import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { packArchive, unpackArchive } from '#archive/server'
import { toHex, utf8 } from '#kernel'

const files = new Map([
  ['README.txt', utf8('read me\n')],
  ['polls/p1/board.json', utf8('{"a":1}'.repeat(500))],
])

function codeOf(bytes: Uint8Array): string | null {
  const unpacked = unpackArchive(bytes)
  return unpacked.ok ? null : unpacked.error
}

/** The bytes with a number written over every place of a mark, in the local headers and in the directory. */
function overwritten(
  zip: Uint8Array,
  offsets: { local: number; central: number },
  value: number,
  width: 2 | 4,
) {
  const bytes = zip.slice()
  const view = new DataView(bytes.buffer)
  for (let at = 0; at + 4 <= bytes.length; at++) {
    const mark = view.getUint32(at, true)
    const offset = mark === 0x04034b50 ? offsets.local : mark === 0x02014b50 ? offsets.central : null
    if (offset === null) continue
    if (width === 2) view.setUint16(at + offset, value, true)
    else view.setUint32(at + offset, value, true)
  }
  return bytes
}

describe('an archive’s zip', () => {
  it('is the same bytes every time, and unpacks to the same files', () => {
    const zip = packArchive(files)
    expect(toHex(packArchive(new Map(files)))).toBe(toHex(zip))
    expect(unpackArchive(zip)).toEqual({ ok: true, value: files })
    // Others' tools read it, too: this is no format of our own.
    expect(Object.keys(unzipSync(zip))).toEqual([...files.keys()])
  })

  it.each([
    '../../etc/passwd',
    '/etc/passwd',
    'a\\b',
    'a//b',
    'a/../b',
    '',
    '.hidden',
    'a/'.repeat(9),
    '名册.json',
  ])('with the name %j is refused', name => {
    expect(codeOf(zipSync({ 'README.txt': utf8('x'), [name]: utf8('x') }))).toBe('zip-names')
  })

  it('with one name twice is refused', () => {
    const once = zipSync({ 'a.txt': utf8('one'), 'b.txt': utf8('two') }, { level: 0 })
    const text = toHex(once).replaceAll(toHex(utf8('b.txt')), toHex(utf8('a.txt')))
    const twice = Uint8Array.from(text.match(/../g)!, digits => Number.parseInt(digits, 16))
    expect(codeOf(once)).toBeNull()
    expect(codeOf(twice)).toBe('zip-names')
  })

  it('that is broken, cut off, encrypted in another way or no zip is refused', () => {
    const zip = packArchive(files)
    for (const bytes of [
      new Uint8Array(0),
      utf8('PK'),
      strToU8('%PDF-1.7'),
      zip.slice(0, -30),
      zip.slice(40),
    ]) {
      expect(codeOf(bytes)).toMatch(/^zip-(broken|names)$/)
    }
    expect(codeOf(overwritten(zip, { local: 8, central: 10 }, 14, 2))).toBe('zip-broken')
  })

  it('that says it inflates to more than it can, or to more than we take, is refused before it is inflated', () => {
    const zip = packArchive(files)
    expect(codeOf(overwritten(zip, { local: 22, central: 24 }, 100_000_000, 4))).toBe('zip-broken')
    expect(codeOf(overwritten(zip, { local: 22, central: 24 }, 0x7fffffff, 4))).toBe('zip-too-large')
  })

  it('that inflates to more than it says gives no more than that', () => {
    const bomb = zipSync({ 'a.txt': new Uint8Array(1_000_000) })
    const unpacked = unpackArchive(overwritten(bomb, { local: 22, central: 24 }, 1_000, 4))
    const size = unpacked.ok ? unpacked.value.get('a.txt')!.length : 0
    expect(size).toBeLessThanOrEqual(1_000)
  })

  it('with too many files is refused', () => {
    const many = Object.fromEntries(Array.from({ length: 20_001 }, (_, i) => [`f${i}`, new Uint8Array(0)]))
    expect(codeOf(zipSync(many, { level: 0 }))).toBe('zip-too-many')
  })
})
