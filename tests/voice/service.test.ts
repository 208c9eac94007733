import { describe, expect, it } from 'vitest'
import { civilDate, type Period, period } from '#kernel'
import { LEAST_ANSWERS, LEAST_OWNERS } from '#voice'
import {
  areServiceScores,
  encodeServiceFigures,
  lastSettledMonth,
  parseServiceFigures,
  roundDue,
  type ServiceAnswer,
  type ServiceHome,
  tallyService,
} from '../../app/voice/service.ts'
import { CATEGORIES, type Category } from '../../app/voice/subject.ts'
import { fc } from '../support/properties.ts'

const ROUND = { from: period('2026-03'), through: period('2026-03') }
const answers = (category: Category, count: number, result = 5): ServiceAnswer[] =>
  Array.from({ length: count }, () => ({ category, scores: { speed: 3, result, manner: 4 } }))
const homes = (category: Category, count: number, unitOf = (index: number) => `${category}-${index}`) =>
  Array.from({ length: count }, (_, index): ServiceHome => ({ category, unit: unitOf(index) }))

describe('the figures after services', () => {
  it('count who was asked, who answered, and who is content with what', () => {
    const figures = tallyService(
      ROUND,
      14,
      [...answers('repair', 6, 5), ...answers('cleaning', 5, 2)],
      [...homes('repair', 6), ...homes('cleaning', 5)],
    )
    expect(figures).toEqual({
      ...ROUND,
      asked: 14,
      answered: 11,
      aspects: {
        speed: { counted: 11, content: 0 },
        result: { counted: 11, content: 6 },
        manner: { counted: 11, content: 11 },
      },
      categories: [
        { category: 'repair', count: { counted: 6, content: 6 } },
        { category: 'cleaning', count: { counted: 5, content: 0 } },
      ],
    })
    expect(parseServiceFigures(encodeServiceFigures(figures!))).toEqual({ v: 1, ...figures })
    expect(() => parseServiceFigures(new Uint8Array([1]))).toThrow('malformed')
  })

  it('wait while there are fewer than five answers, or fewer than three homes', () => {
    expect(tallyService(ROUND, 9, answers('repair', 4), homes('repair', 4))).toBeNull()
    expect(
      tallyService(
        ROUND,
        9,
        answers('repair', 8),
        homes('repair', 8, i => `${i % 2}`),
      ),
    ).toBeNull()
    expect(
      tallyService(
        ROUND,
        9,
        answers('repair', 5),
        homes('repair', 5, i => `${i % 3}`),
      ),
    ).not.toBeNull()
  })

  it('never let anybody find a small kind, by itself or by subtraction', () => {
    const anyPart = fc.record({
      category: fc.constantFrom(...CATEGORIES),
      count: fc.integer({ min: 1, max: 9 }),
      units: fc.integer({ min: 1, max: 9 }),
    })
    fc.assert(
      fc.property(fc.uniqueArray(anyPart, { selector: part => part.category }), parts => {
        const given = parts.flatMap(part => answers(part.category, part.count))
        const figures = tallyService(
          ROUND,
          given.length,
          given,
          parts.flatMap(part => homes(part.category, part.count, i => `${part.category}-${i % part.units}`)),
        )
        if (figures === null) return
        const partOf = (category: Category) => parts.find(part => part.category === category)!
        const hidden = figures.categories.filter(each => each.count === null)
        for (const { category, count } of figures.categories) {
          if (count === null) continue
          expect(partOf(category).count).toBeGreaterThanOrEqual(LEAST_ANSWERS)
          expect(Math.min(partOf(category).count, partOf(category).units)).toBeGreaterThanOrEqual(
            LEAST_OWNERS,
          )
        }
        if (hidden.length > 0 && hidden.length < figures.categories.length) {
          expect(hidden.length).toBeGreaterThan(1)
          const rest = hidden.reduce((sum, { category }) => sum + partOf(category).count, 0)
          expect(rest).toBeGreaterThanOrEqual(LEAST_ANSWERS)
        }
      }),
    )
  })
})

describe('a round', () => {
  it('ends with the last month about which nobody can answer any more', () => {
    expect(lastSettledMonth(civilDate('2026-04-14'))).toBe('2026-02')
    expect(lastSettledMonth(civilDate('2026-04-15'))).toBe('2026-03')
    expect(lastSettledMonth(civilDate('2026-01-10'))).toBe('2025-11')
    expect(lastSettledMonth(civilDate('2028-03-14'))).toBe('2028-01')
    expect(lastSettledMonth(civilDate('2028-03-15'))).toBe('2028-02')
  })

  it('begins after the last published month, and grows until it is published', () => {
    const today = civilDate('2026-04-20')
    const round = (first: string | null, published: string | null) =>
      roundDue(today, first as Period | null, published as Period | null)
    expect(round(null, null)).toBeNull()
    expect(round('2026-04', null)).toBeNull()
    expect(round('2026-01', null)).toEqual({ from: '2026-01', through: '2026-03' })
    expect(round(null, '2026-02')).toEqual({ from: '2026-03', through: '2026-03' })
    expect(round(null, '2026-03')).toBeNull()
  })
})

describe('scores', () => {
  it('are three whole numbers from one to five, and nothing else', () => {
    for (const score of [1, 2, 3, 4, 5]) {
      expect(areServiceScores({ speed: score, result: score, manner: score })).toBe(true)
    }
    for (const scores of [
      {},
      { speed: 1, result: 1 },
      { speed: 0, result: 1, manner: 1 },
      { speed: 6, result: 1, manner: 1 },
      { speed: 1.5, result: 1, manner: 1 },
      { speed: Number.NaN, result: 1, manner: 1 },
      { speed: 1, result: 1, manner: 1, x: 1 },
    ]) {
      expect(areServiceScores(scores as Record<string, number>)).toBe(false)
    }
  })
})
