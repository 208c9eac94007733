/**
 * Where a unit is, in one form whatever the file calls it: `1`, `01幢`, `1号楼` and `一栋` are `1栋`. The unit's id is made of
 * these words, so that the same unit is found again in the next file; it is readable and never changes.
 */
import { plainCell } from '#tables'
import { NOTHING_WORDS } from './vocabulary.ts'

export interface UnitPlace {
  readonly building: string
  /** Empty where a building has no entrances. */
  readonly entrance: string
  readonly number: string
}

const LONGEST_PART = 30
const DIGITS = '零一二三四五六七八九'
const NUMERAL = '[0-9]{1,4}|[A-Z]|[一二三四五六七八九十]{1,3}'
const BUILDING = new RegExp(`^第?(${NUMERAL})(?:栋|幢|号楼|号栋|座|楼|#楼|#|号)?$`)
const ENTRANCE = new RegExp(`^第?(${NUMERAL})(?:单元|单|梯)?$`)
/** `…1栋1单元101室`, `1#1-101`, `3号楼502`. */
const WRITTEN_PLACE = new RegExp(
  `(?:^|[^0-9A-Z])第?(${NUMERAL})(?:栋|幢|号楼|座|#楼|#)(?:第?(${NUMERAL})(?:单元|-))?([0-9A-Z]{1,8})(?:室|号|房)?$`,
)
/** `1-1-101`, `1-101`. */
const DASHED_PLACE = new RegExp(`^(${NUMERAL})-(?:(${NUMERAL})-)?([0-9A-Z]{1,8})$`)

const folded = (text: string): string =>
  plainCell(text)
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[—–−_]/g, '-')
    .toUpperCase()

/** `十二` as `12`, `012` as `12`, `A` as it is. */
function numeral(text: string): string {
  if (/^[0-9]+$/.test(text)) return text.replace(/^0+(?=.)/, '')
  if (!/[一二三四五六七八九十]/.test(text)) return text
  const [before, after] = text.includes('十') ? text.split('十') : ['', text]
  const ten = text.includes('十') ? (before === '' ? 1 : DIGITS.indexOf(before!)) : 0
  return String(ten * 10 + (after === '' ? 0 : DIGITS.indexOf(after!)))
}

const isNothing = (text: string) => text === '' || NOTHING_WORDS.includes(text)

/** A building in its one form; empty when none is named. A car park's number is no building's. */
export function buildingOf(text: string, isParking = false): string {
  const plain = folded(text)
  const match = BUILDING.exec(plain)
  if (isParking && /^[0-9]+$/.test(plain)) return `车场${numeral(plain)}`
  return match ? `${numeral(match[1]!)}栋` : plain.slice(0, LONGEST_PART)
}

/** An entrance (单元) in its one form; empty when none is named. */
export function entranceOf(text: string): string {
  const plain = folded(text)
  if (isNothing(plain)) return ''
  const match = ENTRANCE.exec(plain)
  return match ? `${numeral(match[1]!)}单元` : plain.slice(0, LONGEST_PART)
}

/** A room, shop or parking number without 号 and 室; empty when none is named. */
export function numberOf(text: string): string {
  return folded(text)
    .replace(/(?:号房|号|室|房)$/, '')
    .slice(0, LONGEST_PART)
}

/** A place written in one cell; null when it cannot be told apart. */
export function placeOf(text: string): UnitPlace | null {
  const plain = folded(text)
  const match = WRITTEN_PLACE.exec(plain) ?? DASHED_PLACE.exec(plain)
  if (!match) return null
  return {
    building: buildingOf(match[1]!),
    entrance: match[2] === undefined ? '' : entranceOf(match[2]),
    number: numberOf(match[3]!),
  }
}

/** `1栋-1单元-101`; without an entrance `1栋-101`. */
export function unitIdOf({ building, entrance, number }: UnitPlace): string {
  return [building, entrance, number].filter(part => part !== '').join('-')
}
