import { describe, expect, it } from 'vitest'
import { ASPECTS, LEAST_ANSWERS, LEAST_OWNERS } from '#voice'
import {
  type Answer,
  areScores,
  encodeFigures,
  type Home,
  parseFigures,
  tallySurvey,
} from '../../app/voice/satisfaction.ts'
import { fc } from '../support/properties.ts'

const homes = (
  building: string,
  count: number,
  ownersEach = (index: number) => `${building}-${index}`,
): Home[] => Array.from({ length: count }, (_, index) => ({ building, owners: [ownersEach(index)] }))
const answers = (building: string, count: number, overall = 5): Answer[] =>
  Array.from({ length: count }, () => ({ building, scores: { overall } }))

const anyWorld = fc
  .array(
    fc.record({
      homes: fc.integer({ min: 0, max: 12 }),
      answered: fc.integer({ min: 0, max: 12 }),
      isOneOwner: fc.boolean(),
      overall: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map(buildings => ({
    homes: buildings.flatMap((each, index) =>
      homes(`${index}`, each.homes, each.isOneOwner ? () => `one-${index}` : undefined),
    ),
    answers: buildings.flatMap((each, index) =>
      answers(`${index}`, Math.min(each.homes, each.answered), each.overall),
    ),
  }))

describe('a survey', () => {
  it('counts homes, answers and who is content', () => {
    const figures = tallySurvey(
      [...homes('1', 10), ...homes('2', 10)],
      [...answers('1', 6, 5), ...answers('2', 6, 2), { building: '2', scores: { overall: 4, money: 3 } }],
    )
    expect(figures).toMatchObject({ homes: 20, answered: 13 })
    expect(figures.aspects?.overall).toEqual({ counted: 13, content: 7 })
    expect(figures.aspects?.money).toBeNull()
    expect(figures.buildings).toEqual([
      { building: '1', count: { counted: 6, content: 6 } },
      { building: '2', count: { counted: 7, content: 1 } },
    ])
  })

  it('withholds everything while fewer than five have answered', () => {
    const figures = tallySurvey(homes('1', 10), answers('1', 4))
    expect(figures.aspects).toBeNull()
    expect(figures.buildings).toEqual([{ building: '1', count: null }])
    expect(figures.answered).toBe(4)
  })

  it('withholds a small building and a second one, so that no subtraction gives it', () => {
    const world = [...homes('1', 10), ...homes('2', 10), ...homes('3', 10)]
    const given = [...answers('1', 8), ...answers('2', 6), ...answers('3', 2)]
    const withheld = tallySurvey(world, given).buildings.filter(each => each.count === null)
    expect(withheld.map(each => each.building)).toEqual(['2', '3'])
  })

  it('withholds a building of two owners, however many homes they have', () => {
    const world = [...homes('1', 10), ...homes('2', 10, index => `p${index % 2}`), ...homes('3', 10)]
    const { buildings } = tallySurvey(world, [...answers('1', 9), ...answers('2', 9), ...answers('3', 9)])
    expect(buildings.find(each => each.building === '2')?.count).toBeNull()
  })

  it('never lets anybody find a small group, by itself or by subtraction', () => {
    fc.assert(
      fc.property(anyWorld, world => {
        const figures = tallySurvey(world.homes, world.answers)
        const of = (building: string) => world.answers.filter(each => each.building === building).length
        const shown = figures.buildings.filter(each => each.count !== null)
        for (const { building } of shown) {
          const owners = new Set(
            world.homes.filter(home => home.building === building).flatMap(home => home.owners),
          )
          expect(of(building)).toBeGreaterThanOrEqual(LEAST_ANSWERS)
          expect(owners.size).toBeGreaterThanOrEqual(LEAST_OWNERS)
        }
        const hidden = figures.buildings.filter(each => each.count === null)
        if (figures.aspects === null) expect(shown).toEqual([])
        else if (hidden.length > 0 && shown.length > 0) {
          expect(hidden.length).toBeGreaterThan(1)
          const rest = hidden.reduce((sum, each) => sum + of(each.building), 0)
          expect(rest).toBeGreaterThanOrEqual(LEAST_ANSWERS)
        }
      }),
    )
  })

  it('is stored as it is hashed, and read back', () => {
    const figures = tallySurvey(homes('1', 10), answers('1', 6))
    expect(parseFigures(encodeFigures(2026, figures))).toEqual({ v: 1, year: 2026, ...figures })
    expect(() => parseFigures(new Uint8Array([1]))).toThrow('malformed')
  })

  it('takes whole scores from one to five, and an overall one', () => {
    expect(areScores({ overall: 5 })).toBe(true)
    expect(areScores(Object.fromEntries(ASPECTS.map(aspect => [aspect, 1])))).toBe(true)
    for (const scores of [
      {},
      { money: 3 },
      { overall: 0 },
      { overall: 6 },
      { overall: 2.5 },
      { overall: 1, x: 1 },
    ]) {
      expect(areScores(scores)).toBe(false)
    }
  })
})
