/**
 * The owners in a cell: `张三、李四` are two people, `张 三` is one whose name is spread out, and a company is one owner
 * whatever stands in its name. Refuses what names nobody exactly: 张三等2人, 张**.
 */
import { err, ok, type Result } from '#kernel'
import { plainCell } from '#tables'
import { NOTHING_WORDS, ORGANISATION_ENDINGS } from './vocabulary.ts'

export type OwnerNameProblem = 'owner-masked' | 'owner-not-all' | 'owner-malformed'

const LONGEST_NAME = 60
const MOST_OWNERS = 20

/** A separator between owners, or between their numbers in the same order. */
const BETWEEN = /[、,，/／;；|｜&＆+＋\n]+/u

/** The parts of a cell that lists several. */
export function listedParts(text: string): readonly string[] {
  return plainCell(text)
    .split(BETWEEN)
    .map(part => part.trim())
    .filter(part => part !== '')
}

/** True for the name of a company, an office or another body. */
export function isOrganisation(name: string): boolean {
  const plain = name.replace(/\([^)]*\)$/, '')
  return [...plain].length > 4 && ORGANISATION_ENDINGS.some(ending => plain.endsWith(ending))
}

/** `张三 李四` are two people; `张 三` and `欧阳 锋` are one; letters keep their spaces. */
function bySpaces(part: string): readonly string[] {
  if (!/^[\p{Script=Han}\s]+$/u.test(part) || isOrganisation(part.replace(/\s/g, ''))) return [part]
  const words = part.split(/\s+/)
  return words.length > 1 && words.every(word => [...word].length >= 2) ? words : [words.join('')]
}

/** A name in the form that is compared: NFKC, no spaces between characters, no share or remark in brackets behind it. */
export function normalName(text: string): string {
  const plain = text.normalize('NFKC').replace(/\s+/g, ' ').trim()
  const remarked = isOrganisation(plain)
    ? plain
    : plain.replace(/\((?:[\d.]+%|[\d/]+|共有|共同共有|按份共有|产权人|业主|配偶|夫|妻)\)$/, '').trim()
  return /^[\p{Script=Han}\s]+$/u.test(remarked) ? remarked.replace(/\s/g, '') : remarked
}

/** The owners of a cell, each once, in order; empty when none is named. */
export function ownerNamesOf(text: string): Result<readonly string[], OwnerNameProblem> {
  const plain = plainCell(text).normalize('NFKC')
  if (plain === '' || NOTHING_WORDS.includes(plain)) return ok([])
  if (/[*＊×]/u.test(plain)) return err('owner-masked')
  const names = [...new Set(listedParts(plain).flatMap(bySpaces).map(normalName))]
  if (names.some(name => /等(?:\d+|[二三四五六七八九十]+)?人?$/.test(name))) return err('owner-not-all')
  const isName = (name: string) =>
    name.length <= LONGEST_NAME &&
    /^[\p{L}\p{M}\d·•.'() -]+$/u.test(name) &&
    /\p{L}/u.test(name) &&
    !/\d{6}/.test(name)
  return names.length <= MOST_OWNERS && names.every(isName) ? ok(names) : err('owner-malformed')
}
