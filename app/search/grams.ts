/**
 * Words of a text as an index can hold them. Chinese is written without spaces and no segmentation is certain, so every run of
 * letters and digits is taken as its pairs of neighbouring characters: a text holds a word exactly when it holds all the
 * word's pairs in a row, which the pairs find and a comparison of the text confirms. Pure; knows no database.
 */

const RUN = /[\p{L}\p{N}]+/gu
const HAN = /\p{Script=Han}/u
/** A search of more words, or a longer one, is cut: nobody types it, and a machine that does shall not cost more. */
const MOST_TERMS = 8
const LONGEST_TERM = 40

/** A text as it is kept and shown: full-width letters and digits as plain ones, spaces single. */
export function shownText(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim()
}

/** A shown text as it is compared: in small letters, each at the place it has in the shown one. */
export function foldedText(shown: string): string {
  return [...shown]
    .map(character =>
      character.length === character.toLowerCase().length ? character.toLowerCase() : character,
    )
    .join('')
}

/** The pairs of a folded text, each Chinese character alone as well, and a run of one letter as it is; sorted, each once. */
export function gramsOf(folded: string): string[] {
  const grams = new Set<string>()
  for (const [run] of folded.matchAll(RUN)) {
    const characters = [...run]
    if (characters.length === 1) grams.add(run)
    characters.forEach((character, at) => {
      if (HAN.test(character)) grams.add(character)
      const next = characters[at + 1]
      if (next !== undefined) grams.add(character + next)
    })
  }
  return [...grams].sort()
}

/** What is searched for: words that must all be found, and the pairs that any text with them holds. */
export interface SearchTerms {
  readonly terms: readonly string[]
  readonly grams: readonly string[]
}

/** Reads what somebody typed; null when there is nothing in it that could be found. */
export function parseSearch(typed: string): SearchTerms | null {
  const terms = foldedText(shownText(typed))
    .split(' ')
    .map(term => [...term].slice(0, LONGEST_TERM).join(''))
    .filter(term => gramsOf(term).length > 0)
  const kept = [...new Set(terms)].slice(0, MOST_TERMS)
  return kept.length === 0 ? null : { terms: kept, grams: gramsOf(kept.join(' ')) }
}
