/** Lines in hand-written JSON. */
import { expect, it } from 'vitest'
import { lineOfDefect, linesOfPaths } from '../../app/votes/locate-json.ts'
import { fc } from '../support/properties.ts'

const TEXT = `{
 "a": [1,
   {"b": "x, ] \\" {",
    "c": [[], {}, 7]}],
 "d": {"e":
   null}
}`

it.each([
  [[], 1],
  [['a'], 2],
  [['a', 0], 2],
  [['a', 1], 3],
  [['a', 1, 'b'], 3],
  [['a', 1, 'c', 2], 4],
  [['d', 'e'], 6],
  [['d', 'missing'], 5],
  [['a', 9, 'z'], 2],
] as const)('finds %j or what is around it', (path, line) => {
  expect(linesOfPaths(TEXT, [path, []])).toEqual([line, 1])
})

it.each([
  ['{"a":\n 1,\n}', 3],
  ['{"a":\n 01}', 2],
  ['[1\n 2]', 2],
  ['{"a" \n"b"}', 2],
  ['{"a": 1}\n}', 2],
  ['[1,\n"x', 2],
  ['', 1],
  ['[\n\n', 3],
])('finds where %j stops being JSON', (text, line) => {
  expect(() => JSON.parse(text)).toThrow()
  expect(lineOfDefect(text)).toBe(line)
})

it('finds a line that exists, whatever the text', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map(json => `${json}\n]`),
  )
  fc.assert(
    fc.property(texts, fc.array(fc.array(fc.oneof(fc.string(), fc.nat(3)))), (text, paths) => {
      for (const line of [lineOfDefect(text), ...linesOfPaths(text, paths)]) {
        expect(line).toBeGreaterThanOrEqual(1)
        expect(line).toBeLessThanOrEqual(text.split('\n').length)
      }
    }),
  )
})
