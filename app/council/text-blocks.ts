/**
 * The structure of a kept text: paragraphs, lists and tables, read from its lines as people type them (`- item`, `1. item`, `a | b`).
 * The text stays the text: pages and sheets draw the same lines in a better shape. Pure.
 */

export type TextBlock =
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  | { readonly kind: 'bullets'; readonly items: readonly string[] }
  | { readonly kind: 'numbers'; readonly start: number; readonly items: readonly string[] }
  /** Every row has as many cells as the first. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }

const BULLET = /^\s*[-*+\u{2022}\u{25CF}\u{25AA}\u{25E6}\u{2013}\u{B7}]\s+(\S.*)$/u
const NUMBER = /^\s*(\d{1,3})[.)\u{3001}\u{FF09}]\s*(\S.*)$/u
const RULE = /^:?-{3,}:?$/

/** The cells of a line between bars; null for a line that is no row of a table. */
export function cellsOf(line: string): readonly string[] | null {
  if (!line.includes('|')) return null
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '')
  const cells = inner.split('|').map(cell => cell.trim())
  return cells.length < 2 ? null : cells
}

/** How many lines from here on are rows of one table: at least two with the same number of cells. */
function tableLength(lines: readonly string[], from: number): number {
  const width = cellsOf(lines[from]!)?.length
  if (width === undefined) return 0
  let end = from + 1
  while (end < lines.length && cellsOf(lines[end]!)?.length === width) end++
  return end - from >= 2 ? end - from : 0
}

function runOf(lines: readonly string[], from: number, pattern: RegExp): readonly RegExpExecArray[] {
  const run: RegExpExecArray[] = []
  for (let at = from; at < lines.length; at++) {
    const match = pattern.exec(lines[at]!)
    if (match === null) break
    run.push(match)
  }
  return run
}

/** Numbers count on: what begins anew is another list. */
function countingOn(run: readonly RegExpExecArray[]): readonly RegExpExecArray[] {
  const first = Number.parseInt(run[0]?.[1] ?? '0', 10)
  const end = run.findIndex((match, index) => Number.parseInt(match[1]!, 10) !== first + index)
  return end === -1 ? run : run.slice(0, end)
}

function blockAt(lines: readonly string[], at: number): { block: TextBlock; length: number } | null {
  const rows = tableLength(lines, at)
  if (rows > 0) {
    const all = lines.slice(at, at + rows).map(line => cellsOf(line)!)
    const shown = all.filter(cells => !cells.every(cell => RULE.test(cell)))
    return { block: { kind: 'table', rows: shown }, length: rows }
  }
  const bullets = runOf(lines, at, BULLET)
  if (bullets.length > 0) {
    return { block: { kind: 'bullets', items: bullets.map(match => match[1]!) }, length: bullets.length }
  }
  const numbers = countingOn(runOf(lines, at, NUMBER))
  if (numbers.length < 2) return null
  const start = Number.parseInt(numbers[0]![1]!, 10)
  return { block: { kind: 'numbers', start, items: numbers.map(match => match[2]!) }, length: numbers.length }
}

/** The blocks of a text, in order. A single numbered line is text: it may be a year. */
export function textBlocks(text: string): readonly TextBlock[] {
  const blocks: TextBlock[] = []
  let paragraph: string[] = []
  const close = () => {
    if (paragraph.length > 0) blocks.push({ kind: 'text', lines: paragraph })
    paragraph = []
  }
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; ) {
    const found = blockAt(lines, at)
    if (found === null) {
      if (lines[at]!.trim() === '') close()
      else paragraph.push(lines[at]!)
      at++
    } else {
      close()
      blocks.push(found.block)
      at += found.length
    }
  }
  close()
  return blocks
}
