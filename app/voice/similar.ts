/**
 * How alike two short texts are, by the pairs of neighbouring characters they share (Dice): no dictionary, so it works for
 * Chinese, and whole thousandths, so that it is the same on every machine. Pure.
 */

/** From here on, a text is shown as perhaps the same question: found by trying real pairs, not by theory. */
export const SIMILAR_FROM_PERMILLE = 300

function lettersOf(text: string): readonly string[] {
  return [...text.normalize('NFKC').toLowerCase()].filter(character => /[\p{L}\p{N}]/u.test(character))
}

function pairsOf(text: string): ReadonlyMap<string, number> {
  const letters = lettersOf(text)
  const pairs = new Map<string, number>()
  for (let at = 0; at + 1 < letters.length; at++) {
    const pair = `${letters[at]}${letters[at + 1]}`
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  return pairs
}

function sizeOf(pairs: ReadonlyMap<string, number>): number {
  return [...pairs.values()].reduce((sum, count) => sum + count, 0)
}

function permilleOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const total = sizeOf(a) + sizeOf(b)
  if (total === 0) return 0
  let shared = 0
  for (const [pair, count] of a) shared += Math.min(count, b.get(pair) ?? 0)
  return Math.floor((2000 * shared) / total)
}

/** 0 for texts that share no pair, 1000 for texts of the same letters in the same order. */
export function similarity(a: string, b: string): number {
  return permilleOf(pairsOf(a), pairsOf(b))
}

/** Those of the candidates that are alike enough, most alike first, at most `limit`. */
export function similarTo<Candidate extends { readonly text: string }>(
  text: string,
  candidates: readonly Candidate[],
  limit = 3,
): readonly Candidate[] {
  const pairs = pairsOf(text)
  return candidates
    .map(candidate => ({ candidate, permille: permilleOf(pairs, pairsOf(candidate.text)) }))
    .filter(({ permille }) => permille >= SIMILAR_FROM_PERMILLE)
    .sort((a, b) => b.permille - a.permille)
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}
