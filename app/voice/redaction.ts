/**
 * Finds in a text that is going to be public what tells who or where a private person is: phone, identity, card and
 * landline numbers, e-mail addresses. Gives the text with each of them covered. It cannot know names: the page asks for that. Pure.
 */

export const PRIVATE_KINDS = ['identity', 'card', 'mobile', 'landline', 'email'] as const
export type PrivateKind = (typeof PRIVATE_KINDS)[number]

export interface Redaction {
  /** The kinds that were found, in the order of `PRIVATE_KINDS`; empty for a text that can be public. */
  readonly found: readonly PrivateKind[]
  /** The text as it could be public: plain forms of all characters, each find covered by `****`. */
  readonly text: string
}

const COVER = '****'
/** Digits as people write them: with one gap or stroke between. */
const GAP = '[ \\u00a0\\-\\u2010-\\u2015\\u2212]?'
const digits = (count: string) => `(?:\\d${GAP})${count}`

/** In order: what is longer is covered first, so that its part is not taken for something else. */
const PATTERNS: readonly (readonly [PrivateKind, RegExp])[] = [
  ['email', /[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/gi],
  ['identity', new RegExp(`(?<!\\d)${digits('{17}')}[\\dXx](?![\\dA-Za-z])`, 'g')],
  ['card', new RegExp(`(?<!\\d)${digits('{14,18}')}\\d(?!\\d)`, 'g')],
  ['mobile', new RegExp(`(?<!\\d)(?:\\+?86${GAP})?1${GAP}[3-9]${GAP}${digits('{8}')}\\d(?!\\d)`, 'g')],
  ['landline', /(?<!\d)0\d{2,3}[ \u00a0\-\u2010-\u2015\u2212]?\d{7,8}(?!\d)/g],
]

/** Letters, digits and what joins them in numbers and addresses, in their plain form; everything else as it was written. */
function folded(character: string): string {
  const plain = character.normalize('NFKC')
  return /^[\w@.+-]+$/.test(plain) ? plain : character
}

/** Unusual forms of letters and digits folded, characters that nobody sees taken out, line ends as one. Punctuation stays. */
export function plainText(text: string): string {
  return [...text.normalize('NFC').replace(/\r\n?/g, '\n')]
    .map(folded)
    .join('')
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .trim()
}

/** Looks through a text. */
export function redact(text: string): Redaction {
  const found = new Set<PrivateKind>()
  let covered = plainText(text)
  for (const [kind, pattern] of PATTERNS) {
    covered = covered.replace(pattern, () => {
      found.add(kind)
      return COVER
    })
  }
  return { found: PRIVATE_KINDS.filter(kind => found.has(kind)), text: covered }
}
