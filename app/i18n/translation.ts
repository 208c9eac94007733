/**
 * The shapes of the texts: what an area may contain and what its translation must contain. Types and one parser of
 * placeholders; never a text.
 */

/** `zh-CN` is the source, `en` is complete. */
export type Lang = 'zh-CN' | 'en'

/** What a translated area must look like: exactly the keys of the source (`en/<area>.ts` ends in `satisfies Translation<typeof …>`). */
export type Translation<Source> = { readonly [Key in keyof Source]: string }

/** A piece of a text: words, a placeholder `{name}`, or a word that follows a number: `{count|payment|payments}`. */
export type Piece =
  | { readonly words: string }
  | { readonly name: string; readonly one?: string; readonly other?: string }

/**
 * Splits `Row {line}: {count|cell|cells} off` into its pieces. A brace that does not enclose a name is a defect of the
 * text and throws, so that the test which reads every text finds it.
 */
export function parseText(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(/\{([a-z][A-Za-z0-9]*)(?:\|([^|{}]*)\|([^|{}]*))?\}/g)) {
    if (match.index > at) pieces.push({ words: text.slice(at, match.index) })
    pieces.push(
      match[2] === undefined ? { name: match[1]! } : { name: match[1]!, one: match[2], other: match[3]! },
    )
    at = match.index + match[0].length
  }
  if (at < text.length) pieces.push({ words: text.slice(at) })
  for (const piece of pieces) {
    if ('words' in piece && /[{}]/.test(piece.words))
      throw new Error(`invariant broken: stray brace in "${text}"`)
  }
  return pieces
}
