/** Reads rolls made in memory, for these tests. */
import type { AreaSource } from '#people'
import type { RollMapping } from '../../../app/people/roll-file/column-mapping.ts'
import { readRollTables } from '../../../app/people/roll-file/read-roll-file.server.ts'
import { type RollReading, readRoll, refusedReading } from '../../../app/people/roll-file/roll-reading.ts'
import { csvOf, utf8Of } from '../../tables/making.ts'

export const HEADER = ['楼栋', '单元', '房号', '建筑面积', '业主姓名', '联系电话', '身份证号'] as const

/** Citizen numbers with a right check digit; of nobody. */
export const IDENTITIES = ['11010519491231002X', '440524188001010014'] as const

export async function readRollBytes(
  bytes: Uint8Array,
  options: { readonly areaSource?: AreaSource; readonly mapping?: RollMapping } = {},
): Promise<RollReading> {
  const tables = await readRollTables(bytes)
  if (!tables.ok) return refusedReading(tables.error)
  return readRoll(tables.value, { areaSource: 'register', ...options })
}

/** A CSV with this header and these rows. */
export const readRows = (
  rows: readonly (readonly string[])[],
  header: readonly string[] = HEADER,
): Promise<RollReading> => readRollBytes(utf8Of(csvOf([header, ...rows])))

/** `code@line column`, in order. */
export const codesOf = ({ problems }: RollReading): readonly string[] =>
  problems.map(({ code, line, column }) => `${code}${line === null ? '' : `@${line}`}${column ?? ''}`)
