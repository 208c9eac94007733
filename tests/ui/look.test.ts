/** The look holds its promises: contrast of the tokens, no style in components, nothing from the server in the ui room. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const tokens = new Map(
  [...readFileSync('app/ui/styles/tokens.css', 'utf8').matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(
    match => [match[1]!, match[2]!],
  ),
)

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG 2.2 §1.4.3: (lighter + 0.05) / (darker + 0.05). */
function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

describe('contrast', () => {
  test.each([
    ...['ink', 'ink-soft', 'ink-faint', 'pine', 'cinnabar', 'ochre', 'in', 'out', 'indigo'].flatMap(text =>
      ['paper', 'ground'].map(ground => [text, ground, 4.5] as const),
    ),
    ['in', 'pine-wash', 4.5],
    ['pine-deep', 'pine-wash', 4.5],
    ['ochre', 'ochre-wash', 4.5],
    ['cinnabar', 'cinnabar-wash', 4.5],
    ['indigo', 'indigo-wash', 4.5],
    ['ink', 'focus', 4.5],
    ['paper', 'pine', 4.5],
    ['paper', 'cinnabar', 4.5],
    ['rule-strong', 'paper', 3],
    ['in-bar', 'paper', 3],
    ['out-bar', 'paper', 3],
  ] as const)('%s on %s is at least %d', (text, ground, least) => {
    expect(contrast(tokens.get(text)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(least)
  })

  test('is computed as the standard says', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#777777', '#ffffff')).toBeLessThan(4.5)
  })
})

const sources = readdirSync('app/ui', { recursive: true, encoding: 'utf8' })
  .filter(file => /\.tsx?$/.test(file))
  .map(file => ({ file, text: readFileSync(`app/ui/${file}`, 'utf8') }))

test('components carry no style and no handler, and come without the server', () => {
  expect(sources.length).toBeGreaterThan(25)
  for (const { file, text } of sources) {
    expect(text, file).not.toMatch(/\sstyle=|dangerouslySetInnerHTML|\son[A-Z]\w+=/)
    expect(text, file).not.toMatch(/from '(?:node:|[^']*\.server|#\w+\/server|#db|#platform)/)
  }
})

test('every class of the stylesheet is used by a component', () => {
  const css = readdirSync('app/ui/styles')
    .map(file => readFileSync(`app/ui/styles/${file}`, 'utf8').replace(/\/\*[\s\S]*?\*\/|@import.*/g, ''))
    .join('\n')
  const styled = new Set([...css.matchAll(/\.([a-z][\w-]*)(?=[\s,:.[>{)])/g)].map(match => match[1]!))
  const drawing = ['app/ui', 'app/routes'].flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => /\.tsx?$/.test(file))
      .map(file => readFileSync(`${folder}/${file}`, 'utf8')),
  )
  const everything = drawing.join('\n')
  expect(styled.size).toBeGreaterThan(100)
  // `chart__bar-${flow}` is the one name that is put together.
  const unused = [...styled].filter(
    name => !everything.includes(name.replace(/^chart__bar-(in|out)$/, 'chart__bar-')),
  )
  expect(unused).toEqual([])
})
