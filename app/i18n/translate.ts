/**
 * Looks a text up and fills it in. Keys and placeholders are checked by the compiler; a text that is missing at run
 * time is a defect and throws, it never shows a key to a reader.
 */
import { en } from './en/index.ts'
import { type Lang, type Piece, parseText } from './translation.ts'
import { zhCN } from './zh-cn/index.ts'

type Messages = typeof zhCN
/** Every key, as `area.key`; a key may itself contain dots and hyphens (`bankImport.problem.csv-bad-quote`). */
export type MessageKey = {
  [Area in keyof Messages & string]: `${Area}.${keyof Messages[Area] & string}`
}[keyof Messages & string]

type TextOf<Key> = Key extends `${infer Area}.${infer Rest}`
  ? Area extends keyof Messages
    ? Rest extends keyof Messages[Area]
      ? Messages[Area][Rest]
      : never
    : never
  : never
type PlaceholdersIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholdersIn<Rest>
  : never
type PlaceholdersOf<Key extends MessageKey> = PlaceholdersIn<TextOf<Key>>

/** What a placeholder takes. Money, dates and areas are formatted before they come here. */
export type MessageValue = string | number | bigint
/** The second argument of `t`: present exactly when the text (or any text of a union of keys) has placeholders. */
export type MessageArguments<Key extends MessageKey, Value = MessageValue> = [PlaceholdersOf<Key>] extends [
  never,
]
  ? []
  : [values: { readonly [Name in PlaceholdersOf<Key>]: Value }]
/** `t('area.key', {placeholder})` for one language. */
export type Translate = <Key extends MessageKey>(key: Key, ...args: MessageArguments<Key>) => string

const MESSAGES: Record<Lang, Record<string, Record<string, string>>> = { 'zh-CN': zhCN, en }
const PIECES = new Map<string, readonly Piece[]>()

function piecesOf(lang: Lang, key: MessageKey): readonly Piece[] {
  const known = PIECES.get(`${lang} ${key}`)
  if (known) return known
  const dot = key.indexOf('.')
  const text = MESSAGES[lang][key.slice(0, dot)]?.[key.slice(dot + 1)]
  if (text === undefined) throw new Error(`invariant broken: no text ${key} in ${lang}`)
  const pieces = parseText(text)
  PIECES.set(`${lang} ${key}`, pieces)
  return pieces
}

function givenFor<Value>(values: Record<string, Value> | undefined, name: string, key: string): Value {
  const value = values?.[name]
  if (value === undefined) throw new Error(`invariant broken: text ${key} was not given {${name}}`)
  return value
}

function wordAfter(piece: { one?: string; other?: string }, value: MessageValue): string {
  return value === 1 || value === 1n || value === '1' ? piece.one! : piece.other!
}

/** The translator of one language. */
export function translate(lang: Lang): Translate {
  return (key, ...args) => {
    const values = args[0] as Record<string, MessageValue> | undefined
    return piecesOf(lang, key)
      .map(piece => {
        if ('words' in piece) return piece.words
        const value = givenFor(values, piece.name, key)
        return piece.one === undefined ? String(value) : wordAfter(piece, value)
      })
      .join('')
  }
}

/**
 * A text in parts, for a sentence that holds a link or a figure: placeholders are given as anything (a React node) and
 * come back in the order in which the language wants them.
 */
export function translateInParts<Key extends MessageKey, Value>(
  lang: Lang,
  key: Key,
  values: { readonly [Name in PlaceholdersOf<Key>]: Value },
): readonly (string | Value)[] {
  return piecesOf(lang, key).map(piece =>
    'words' in piece ? piece.words : givenFor(values as Record<string, Value>, piece.name, key),
  )
}
