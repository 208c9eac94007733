/**
 * The door for the verifier in the browser: the words of the areas `verify` and `verifyPage` alone, in both languages, so
 * that the script which people keep offline does not carry the words of the whole portal.
 */
import { verify as verifyEn } from '../en/verify.ts'
import { verifyPage as verifyPageEn } from '../en/verify-page.ts'
import { type Lang, parseText } from '../translation.ts'
import { verify } from '../zh-cn/verify.ts'
import { verifyPage } from '../zh-cn/verify-page.ts'

export { instantText, moneyText, periodText } from '../figures.ts'
export type { Lang } from '../translation.ts'

type Texts = Readonly<Record<string, string>>
const AREAS: Readonly<Record<Lang, { readonly verify: Texts; readonly verifyPage: Texts }>> = {
  'zh-CN': { verify, verifyPage },
  en: { verify: verifyEn, verifyPage: verifyPageEn },
}

/** Each language by its own name, whatever the page is set to. */
export const LANGUAGE_NAMES: Readonly<Record<Lang, string>> = { 'zh-CN': '中文', en: 'English' }

/** Keys of the page's own words, as the pages' translator names them. */
export type VerifyPageKey = `verifyPage.${keyof typeof verifyPage & string}`

/** What the verifier says, in one language. */
export interface VerifierWords {
  readonly lang: Lang
  /** A text of the page. */
  readonly t: (key: VerifyPageKey, values?: Readonly<Record<string, string | number>>) => string
  /** A text of the verdict, by its key within the area `verify`. */
  readonly say: (key: string, values?: Readonly<Record<string, string>>) => string
}

function fill(
  text: string | undefined,
  key: string,
  values: Readonly<Record<string, string | number>>,
): string {
  if (text === undefined) throw new Error(`invariant broken: no text ${key}`)
  return parseText(text)
    .map(piece => {
      if ('words' in piece) return piece.words
      const value = values[piece.name]
      if (value === undefined) throw new Error(`invariant broken: text ${key} was not given {${piece.name}}`)
      return piece.one === undefined ? String(value) : value === 1 ? piece.one : piece.other!
    })
    .join('')
}

/** The words of one language. A missing text is a defect and throws. */
export function verifierWords(lang: Lang): VerifierWords {
  const areas = AREAS[lang]
  return {
    lang,
    t: (key, values = {}) => fill(areas.verifyPage[key.slice('verifyPage.'.length)], key, values),
    say: (key, values = {}) => fill(areas.verify[key], key, values),
  }
}
