/**
 * Text that people typed or pasted from a word processor, made printable: line ends, tabs of a table and the bullets of a list
 * stay readable, and whatever no sheet can print is refused by name. Never changes a word.
 */
import { err, ok, type Result } from '#kernel'

export const LONGEST_LINE = 200
export const LONGEST_TEXT = 6000

export interface TextProblem {
  readonly code: 'text-too-long' | 'text-unprintable'
  /** The field, as the caller named it. */
  readonly at: string
  /** How long it may be, or the character that cannot be printed. */
  readonly detail: string
}

/** Controls, invisible and bidirectional marks, private use, unassigned, and pictographs, of which the sheet's fonts have none. */
const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}\p{Extended_Pictographic}]/u

/** Byte order marks, soft hyphens and joiners that word processors leave: nobody sees them, and nobody misses them. */
const LEFT_BY_EDITORS = /\u{FEFF}|\u{200B}|\u{AD}|\u{2060}|\u{FE0F}/gu

/** The text as it is kept: NFC, one kind of line end, tabs as a bar between cells, no blank at the end of a line. */
export function cleanText(
  text: string,
  at: string,
  longest: number = LONGEST_TEXT,
): Result<string, TextProblem> {
  const clean = text
    .replace(/\r\n?|\u{2028}|\u{2029}|\v|\f/gu, '\n')
    .replace(LEFT_BY_EDITORS, '')
    .replace(/\t/g, ' | ')
    .replace(/[ \u{3000}\u{A0}]+$/gmu, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .normalize('NFC')
  if (clean.length > longest) return err({ code: 'text-too-long', at, detail: String(longest) })
  const unprintable = UNPRINTABLE.exec(clean)
  if (unprintable === null) return ok(clean)
  const codePoint = unprintable[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return err({ code: 'text-unprintable', at, detail: `U+${codePoint}` })
}

/** The same for one line: line ends become blanks. */
export function cleanLine(text: string, at: string): Result<string, TextProblem> {
  return cleanText(text.replace(/\s*[\r\n]+\s*/g, ' '), at, LONGEST_LINE)
}

/** Cleans a record of texts; gives all of them, or the first problem. `lines` are the ones of one line. */
export function cleanAll<Name extends string>(
  texts: Readonly<Record<Name, string>>,
  lines: readonly NoInfer<Name>[] = [],
): Result<Record<Name, string>, TextProblem> {
  const cleaned: Partial<Record<Name, string>> = {}
  for (const name of Object.keys(texts) as Name[]) {
    const clean = lines.includes(name) ? cleanLine(texts[name], name) : cleanText(texts[name], name)
    if (!clean.ok) return clean
    cleaned[name] = clean.value
  }
  return ok(cleaned as Record<Name, string>)
}
