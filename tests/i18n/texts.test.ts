/** No text is missing, unused, unequal in its placeholders, or written where it cannot be translated. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type MessageKey, translate, translateInParts } from '#i18n'
import { en } from '../../app/i18n/en/index.ts'
import { parseText } from '../../app/i18n/translation.ts'
import { zhCN } from '../../app/i18n/zh-cn/index.ts'
import { hardCodedIn, sourcesBelow } from './sources.ts'

type Texts = Record<string, Record<string, string>>
const chinese: Texts = zhCN
const english: Texts = en

function keysOf(texts: Texts): readonly string[] {
  return Object.entries(texts).flatMap(([area, words]) => Object.keys(words).map(key => `${area}.${key}`))
}

function textOf(texts: Texts, key: string): string {
  const dot = key.indexOf('.')
  return texts[key.slice(0, dot)]![key.slice(dot + 1)]!
}

function placeholdersOf(text: string): readonly string[] {
  return [...new Set(parseText(text).flatMap(piece => ('name' in piece ? [piece.name] : [])))].sort()
}

const keys = keysOf(chinese)
const program = sourcesBelow('app').filter(
  file => !file.startsWith('app/i18n/zh-cn/') && !file.startsWith('app/i18n/en/'),
)

describe('Chinese and English', () => {
  test('have the same keys', () => {
    expect(keys.length).toBeGreaterThan(200)
    expect(keysOf(english)).toEqual(expect.arrayContaining([...keys]))
    expect(keysOf(english).length).toBe(keys.length)
  })

  test('have the same placeholders and no stray brace', () => {
    const unequal = keys.filter(
      key => placeholdersOf(textOf(chinese, key)).join() !== placeholdersOf(textOf(english, key)).join(),
    )
    expect(unequal).toEqual([])
  })

  test('leave no text empty, and plural words to English', () => {
    expect(
      keys.filter(key => textOf(chinese, key).trim() === '' || textOf(english, key).trim() === ''),
    ).toEqual([])
    expect(keys.filter(key => textOf(chinese, key).includes('|'))).toEqual([])
  })

  test('are in their own language', () => {
    const mixed = keys.filter(key => /\p{Script=Han}/u.test(textOf(english, key)))
    // A link to the other language is written in that language; a Chinese term may follow its translation in brackets.
    const meant = mixed.filter(
      key =>
        key !== 'site.toChinese' && /\p{Script=Han}/u.test(textOf(english, key).replace(/\([^)]*\)/g, '')),
    )
    expect(meant).toEqual([])
  })

  test('use straight facts of typography: Chinese has no ASCII comma between characters', () => {
    expect(
      keys.filter(key => /\p{Script=Han}[,;:!?]|[,;:!?]\p{Script=Han}/u.test(textOf(chinese, key))),
    ).toEqual([])
  })
})

/** Keys that the program names, whole or by the beginning of a template. */
function usedKeys(sources: readonly string[]): (key: string) => boolean {
  const whole = new Set<string>()
  const beginnings = new Set<string>()
  for (const source of sources) {
    for (const match of source.matchAll(/['"`]([a-z][A-Za-z0-9]*\.[\w.-]+)['"`]/g)) whole.add(match[1]!)
    for (const match of source.matchAll(/`([a-z][A-Za-z0-9]*\.[\w.-]*)\$\{/g)) beginnings.add(match[1]!)
  }
  return key => whole.has(key) || [...beginnings].some(beginning => key.startsWith(beginning))
}

describe('every text', () => {
  const used = usedKeys(program.map(file => readFileSync(file, 'utf8')))

  test('is used', () => {
    expect(keys.filter(key => !used(key))).toEqual([])
  })

  test('that is used exists', () => {
    const areas = Object.keys(chinese).join('|')
    const named = program.flatMap(file =>
      [...readFileSync(file, 'utf8').matchAll(new RegExp(`\\bt\\(\\s*'((?:${areas})\\.[\\w.-]+)'`, 'g'))].map(
        match => match[1]!,
      ),
    )
    expect(named.length).toBeGreaterThan(100)
    expect(named.filter(key => !keys.includes(key))).toEqual([])
  })

  test('is found unused when nothing names it', () => {
    const none = usedKeys(["t('site.name')", `const key = \`ui.error.\${code}\``])
    expect(['site.name', 'ui.error.far', 'site.tagline', 'ui.errors'].filter(none)).toEqual([
      'site.name',
      'ui.error.far',
    ])
  })
})

describe('hard-coded text', () => {
  test('is nowhere in the program', () => {
    expect(program.length).toBeGreaterThan(40)
    expect(program.flatMap(file => hardCodedIn(file, readFileSync(file, 'utf8')))).toEqual([])
  })

  test.each([
    ['app/ui/x.tsx', 'const a = <p>Hello there</p>', 'Hello there'],
    ['app/ui/x.tsx', 'const a = <p>{"Total"}</p>', 'Total'],
    ['app/ui/x.tsx', 'const a = <Field label="Amount" />', 'Amount'],
    ['app/ui/x.tsx', 'const a = <Field label={"金额"} />', '金额'],
    ['app/people/role.ts', 'export const name = "业主"', '业主'],
    ['app/people/role.ts', `export const name = \`共 \${n} 户\``, '共 '],
    ['app/people/role.ts', 'export const name = /业主/', '/业主/'],
  ])('is seen in %s: %s', (file, source, text) => {
    expect(hardCodedIn(file, source).map(found => found.replace(/^\S+ /, '').trim())[0]).toBe(text.trim())
  })

  test.each([
    ['app/ui/x.tsx', '/** 民法典 */ const a = <p className="lead">{t("site.name")} · ¥</p>'],
    ['app/people/role.ts', 'export const name = "property company" // 物业'],
    ['app/votes/threshold.ts', 'export const article = "第二百七十八条"'],
  ])('is not seen where there is none: %s %s', (file, source) => {
    expect(hardCodedIn(file, source)).toEqual([])
  })
})

describe('translate', () => {
  test('fills placeholders and picks the word for a number', () => {
    const t = translate('en')
    expect(t('ui.errorSummaryTitle', { count: 1 })).toBe('There is 1 thing to correct')
    expect(t('ui.errorSummaryTitle', { count: 2n })).toBe('There are 2 things to correct')
    expect(translate('zh-CN')('ui.errorSummaryTitle', { count: 2 })).toBe('有 2 处需要改正')
    expect(translateInParts('en', 'ui.stepOf', { step: 1, total: 5 })).toEqual(['Step ', 1, ' of ', 5])
  })

  test('throws for what the compiler would have refused, rather than show a key', () => {
    const t = translate('en') as (key: string, values?: object) => string
    expect(() => t('site.nothing')).toThrow('no text site.nothing')
    expect(() => t('ui.stepOf', { step: 1 })).toThrow('not given {total}')
    expect(() => parseText('a {b} {')).toThrow('stray brace')
  })

  test('is checked by the compiler', () => {
    const t = translate('en')
    // @ts-expect-error: there is no such key
    expect(() => t('site.nothing')).toThrow()
    // @ts-expect-error: a placeholder is missing
    expect(() => t('ui.stepOf', { step: 1 })).toThrow()
    // @ts-expect-error: no values at all
    expect(() => t('ui.stepOf')).toThrow()
    const key: MessageKey = 'site.name'
    expect(t(key)).toBe('Mingzhang')
  })
})
