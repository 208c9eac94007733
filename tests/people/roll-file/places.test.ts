/** Where a unit is: one form for everything people write, and the same form again when it is written back. */
import { describe, expect, it } from 'vitest'
import {
  buildingOf,
  entranceOf,
  numberOf,
  placeOf,
  unitIdOf,
} from '../../../app/people/roll-file/unit-place.ts'
import { fc } from '../../support/properties.ts'

describe('a building', () => {
  it.each([
    ['1', '1栋'],
    ['01', '1栋'],
    ['１栋', '1栋'],
    ['1 幢', '1栋'],
    ['1号楼', '1栋'],
    ['第十二栋', '12栋'],
    ['一栋', '1栋'],
    ['二十三幢', '23栋'],
    ['十栋', '10栋'],
    ['a座', 'A栋'],
    ['1#', '1栋'],
    ['商业楼', '商业楼'],
    ['一期1栋', '一期1栋'],
    ['', ''],
  ])('%j is %j', (text, building) => {
    expect(buildingOf(text)).toBe(building)
  })

  it('of a car park keeps its own name', () => {
    expect([buildingOf('1', true), buildingOf('地下一层', true)]).toEqual(['车场1', '地下一层'])
  })
})

describe('an entrance and a number', () => {
  it.each([
    ['1', '1单元'],
    ['一单元', '1单元'],
    ['02单元', '2单元'],
    ['/', ''],
    ['无', ''],
    ['', ''],
    ['东门', '东门'],
  ])('the entrance %j is %j', (text, entrance) => {
    expect(entranceOf(text)).toBe(entrance)
  })

  it.each([
    ['101', '101'],
    ['101室', '101'],
    ['101号房', '101'],
    [' c-001 ', 'C-001'],
    ['="0101"', '0101'],
  ])('the number %j is %j', (text, number) => {
    expect(numberOf(text)).toBe(number)
  })
})

describe('a place in one cell', () => {
  it.each([
    ['1栋1单元101室', '1栋-1单元-101'],
    ['示例小区1栋2单元1803', '1栋-2单元-1803'],
    ['武侯区示例路8号 3号楼502', '3栋-502'],
    ['1-2-301', '1栋-2单元-301'],
    ['1#2-301', '1栋-2单元-301'],
    ['2-502', '2栋-502'],
    ['A座1203', 'A栋-1203'],
  ])('%j is %j', (text, unit) => {
    expect(unitIdOf(placeOf(text)!)).toBe(unit)
  })

  it.each(['', '101', '示例小区', '1栋', '2025年3月'])('%j cannot be told', text => {
    expect(placeOf(text)).toBeNull()
  })
})

describe('the form of a place', () => {
  const numeral = fc.integer({ min: 1, max: 9999 }).map(String)

  it('is what it becomes again', () => {
    fc.assert(
      fc.property(numeral, numeral, numeral, (b, e, n) => {
        const place = { building: buildingOf(b), entrance: entranceOf(e), number: numberOf(n) }
        expect(buildingOf(place.building)).toBe(place.building)
        expect(entranceOf(place.entrance)).toBe(place.entrance)
        expect(placeOf(`${b}栋${e}单元${n}室`)).toEqual(place)
        expect(placeOf(`${b}-${e}-${n}`)).toEqual(place)
        expect(unitIdOf(place)).toBe(`${b}栋-${e}单元-${n}`)
      }),
    )
  })

  it('never throws and is short, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), text => {
        const id = unitIdOf({
          building: buildingOf(text),
          entrance: entranceOf(text),
          number: numberOf(text),
        })
        expect(id.length).toBeLessThan(120)
        placeOf(text)
      }),
    )
  })
})
