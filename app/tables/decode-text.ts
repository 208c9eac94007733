/**
 * Bytes to text, strictly: UTF-8, else GB18030 (which holds GBK and GB2312), UTF-16 only with its mark. Never puts a
 * replacement character; names every line that does not decode.
 */
import { err, ok, type Result } from '#kernel'
import { type TableProblem, tableProblem } from './table-problem.ts'

export interface DecodedText {
  readonly text: string
  readonly encoding: 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'
}

const NEWLINE = 0x0a

function decodeFatal(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Byte ranges of physical lines. No byte 0x0A stands inside a character of UTF-8 or GB18030. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let start = 0
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    lines.push(bytes.subarray(start, end))
    start = end + 1
  }
  if (start < bytes.length) lines.push(bytes.subarray(start))
  return lines
}

const badLines = (lines: readonly Uint8Array[], encoding: string): number[] =>
  lines.flatMap((line, index) => (decodeFatal(line, encoding) === null ? [index + 1] : []))

/** Decodes or lists the lines at fault. */
export function decodeText(bytes: Uint8Array): Result<DecodedText, readonly TableProblem[]> {
  const marked = decodeMarked(bytes)
  if (marked) return marked
  const nul = bytes.indexOf(0)
  if (nul >= 0) {
    const line = linesOf(bytes.subarray(0, nul + 1)).length
    return err([tableProblem('nul-byte', { line })])
  }
  const utf8 = decodeFatal(bytes, 'utf-8')
  if (utf8 !== null) return ok({ text: utf8, encoding: 'utf-8' })
  const lines = linesOf(bytes)
  const gb18030 = decodeFatal(bytes, 'gb18030')
  const nonAscii = lines.filter(line => line.some(byte => byte > 0x7f)).length
  const badUtf8 = badLines(lines, 'utf-8')
  // Damaged UTF-8 often decodes as GB18030, to nonsense. GB18030 text hardly ever has half its lines in valid UTF-8.
  if ((nonAscii - badUtf8.length) * 2 > nonAscii) return err(broken(badUtf8, 'utf-8', lines.length))
  if (gb18030 !== null) return ok({ text: gb18030, encoding: 'gb18030' })
  return err(broken(badLines(lines, 'gb18030'), 'gb18030', lines.length))
}

function broken(lines: readonly number[], encoding: string, count: number): TableProblem[] {
  return lines.map(line => {
    const facts = {
      encoding: encoding === 'utf-8' ? 'UTF-8' : 'GB18030',
      last: line === count ? 'yes' : 'no',
    }
    return tableProblem('encoding-broken', { line }, facts)
  })
}

/** Text that begins with a byte order mark says itself what it is. */
function decodeMarked(bytes: Uint8Array): Result<DecodedText, readonly TableProblem[]> | null {
  const marks = [
    ['utf-8', [0xef, 0xbb, 0xbf]],
    ['utf-16le', [0xff, 0xfe]],
    ['utf-16be', [0xfe, 0xff]],
  ] as const
  const mark = marks.find(([, magic]) => magic.every((byte, i) => bytes[i] === byte))
  if (!mark) return null
  const [encoding] = mark
  const text = decodeFatal(bytes, encoding)
  if (text === null) {
    const lines = linesOf(bytes)
    const bad = encoding === 'utf-8' ? badLines(lines, encoding) : []
    if (bad.length > 0) return err(broken(bad, encoding, lines.length))
    return err([tableProblem('encoding-broken', {}, { encoding: encoding.toUpperCase(), last: 'yes' })])
  }
  const nul = text.indexOf('\0')
  if (nul >= 0) return err([tableProblem('nul-byte', { line: text.slice(0, nul).split('\n').length })])
  return ok({ text, encoding })
}
