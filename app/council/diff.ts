/** A readable difference of two lists of lines: the longest common part stays, the rest was taken out or put in. Pure. */

export interface DiffLine<Line> {
  readonly kind: 'same' | 'removed' | 'added'
  readonly line: Line
}

/** Lengths of the longest common subsequence of every pair of tails, row by row. */
function tailLengths<Line>(
  before: readonly Line[],
  after: readonly Line[],
  isSame: (a: Line, b: Line) => boolean,
): Uint32Array {
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] = isSame(before[i]!, after[j]!)
        ? lengths[(i + 1) * width + j + 1]! + 1
        : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  return lengths
}

/**
 * The difference from `before` to `after`: taking the added lines away gives `before`, taking the removed ones away gives
 * `after`, and no shorter list does both. Where lines were replaced, the removed ones come first.
 */
export function diffLines<Line>(
  before: readonly Line[],
  after: readonly Line[],
  isSame: (a: Line, b: Line) => boolean,
): readonly DiffLine<Line>[] {
  const width = after.length + 1
  const lengths = tailLengths(before, after, isSame)
  const lines: DiffLine<Line>[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && isSame(before[i]!, after[j]!)) {
      lines.push({ kind: 'same', line: after[j]! })
      i++
      j++
    } else if (
      i < before.length &&
      (j === after.length || lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)
    ) {
      lines.push({ kind: 'removed', line: before[i]! })
      i++
    } else {
      lines.push({ kind: 'added', line: after[j]! })
      j++
    }
  }
  return lines
}

/** True when nothing was taken out and nothing put in. */
export function isUnchanged(lines: readonly DiffLine<unknown>[]): boolean {
  return lines.every(line => line.kind === 'same')
}
