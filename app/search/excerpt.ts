/** A piece of a found text around what was searched for, with the words marked. Pure: gives parts, never markup. */
import { foldedText } from './grams.ts'

/** A part of a text; a hit is shown marked. */
export interface TextPart {
  /** Where it stands in the shown text. */
  readonly at: number
  readonly text: string
  readonly isHit: boolean
}

/** Characters before the first hit, and of the whole piece. */
const BEFORE = 24
const LONGEST = 140

interface Span {
  readonly from: number
  readonly to: number
}

/** Where any of the terms stands, in order; what overlaps or touches is one. */
function hitsIn(folded: string, terms: readonly string[]): readonly Span[] {
  const found: Span[] = []
  for (const term of terms) {
    if (term === '') continue
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1)) {
      found.push({ from: at, to: at + term.length })
    }
  }
  found.sort((a, b) => a.from - b.from || a.to - b.to)
  const merged: Span[] = []
  for (const span of found) {
    const last = merged.at(-1)
    if (last === undefined || span.from > last.to) merged.push(span)
    else merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
  }
  return merged
}

/** Not between the halves of a character that takes two places. */
function whole(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}

/** The whole text in parts. */
export function markedText(shown: string, terms: readonly string[]): readonly TextPart[] {
  return partsOf(shown, { from: 0, to: shown.length }, terms)
}

/** The piece of the text where the first hit stands, with `…` where something is left out. */
export function excerptOf(shown: string, terms: readonly string[]): readonly TextPart[] {
  const [first] = hitsIn(foldedText(shown), terms)
  const from = whole(shown, Math.max(0, (first?.from ?? 0) - BEFORE))
  const to = whole(shown, Math.min(shown.length, from + LONGEST))
  const parts = partsOf(shown, { from, to }, terms)
  const gap = (at: number): TextPart => ({ at, text: '…', isHit: false })
  return [...(from > 0 ? [gap(-1)] : []), ...parts, ...(to < shown.length ? [gap(to)] : [])]
}

function partsOf(shown: string, { from, to }: Span, terms: readonly string[]): readonly TextPart[] {
  const parts: TextPart[] = []
  let at = from
  for (const hit of hitsIn(foldedText(shown), terms)) {
    const [begin, end] = [Math.max(hit.from, from), Math.min(hit.to, to)]
    if (begin >= end) continue
    if (begin > at) parts.push({ at, text: shown.slice(at, begin), isHit: false })
    parts.push({ at: begin, text: shown.slice(begin, end), isHit: true })
    at = end
  }
  if (at < to) parts.push({ at, text: shown.slice(at, to), isHit: false })
  return parts
}
