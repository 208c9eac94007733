/** The text of a rendered PDF, page by page, read back through the embedded fonts' own ToUnicode maps. */
import { inflateSync } from 'node:zlib'
import {
  isDict,
  isRef,
  isStream,
  memberOf,
  objectAt,
  type PdfFile,
  type PdfValue,
  pageIdsOf,
  resolve,
} from '../../app/statements/pdf-file.ts'

/** Text in drawing order, runs joined by spaces. */
export function pageTexts(file: PdfFile): string[] {
  return pageIdsOf(file).map(id => {
    const page = objectAt(file, id)!.value
    const fonts = memberOf(file, memberOf(file, page, 'Resources'), 'Font')
    const maps = new Map<string, ReadonlyMap<string, string>>()
    if (isDict(fonts)) for (const [name, font] of fonts.entries) maps.set(name, toUnicode(file, font))
    return runs(streamText(file, isDict(page) ? page.entries.get('Contents') : null), maps)
  })
}

function streamText(file: PdfFile, value: PdfValue | undefined): string {
  const stream = isRef(value) ? resolve(file, value) : (value ?? null)
  if (!isStream(stream)) return ''
  return inflateSync(file.bytes.subarray(stream.from, stream.to)).toString('latin1')
}

function toUnicode(file: PdfFile, font: PdfValue): ReadonlyMap<string, string> {
  const dict = resolve(file, font)
  const map = new Map<string, string>()
  const source = streamText(file, isDict(dict) ? dict.entries.get('ToUnicode') : null)
  // pdfkit writes ranges with one list of targets each: <first> <last> [<..> <..>].
  for (const [, first, , list] of source.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi)) {
    const targets = [...list!.matchAll(/<([^>]*)>/g)].map(match => match[1]!)
    for (const [index, target] of targets.entries()) {
      const glyph = (Number.parseInt(first!, 16) + index).toString(16).padStart(4, '0')
      const units = target.replace(/\s/g, '').match(/.{4}/g) ?? []
      map.set(glyph, String.fromCharCode(...units.map(unit => Number.parseInt(unit, 16))))
    }
  }
  return map
}

function runs(content: string, maps: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  const texts: string[] = []
  let map: ReadonlyMap<string, string> = new Map()
  for (const [, font, array] of content.matchAll(/\/(\w+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font !== undefined) map = maps.get(font) ?? new Map()
    else {
      const glyphs = [...array!.matchAll(/<([0-9a-f]*)>/gi)].map(match => match[1]!).join('')
      texts.push((glyphs.match(/.{4}/g) ?? []).map(glyph => map.get(glyph) ?? '?').join(''))
    }
  }
  return texts.join(' ')
}
