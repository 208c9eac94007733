/** What there is to say about a roll's file: codes with a place and facts. The words live in i18n. */
import { TABLE_PROBLEM_CODES, type TableProblemCode } from '#tables'

/** An error refuses the file; a notice is only said. */
export type RollProblemSeverity = 'error' | 'notice'

const OF_TABLES = Object.fromEntries(TABLE_PROBLEM_CODES.map(code => [code, 'error'])) as Readonly<
  Record<TableProblemCode, 'error'>
>

/** Every code with its weight. */
export const ROLL_PROBLEM_SEVERITY = {
  ...OF_TABLES,
  'layout-unknown': 'error',
  'mapping-unfit': 'error',
  'roll-empty': 'error',
  'too-many-units': 'error',
  'building-missing': 'error',
  'number-missing': 'error',
  'place-malformed': 'error',
  'unit-twice': 'error',
  'area-missing': 'error',
  'area-malformed': 'error',
  'area-too-precise': 'error',
  'area-zero': 'error',
  'area-source-unknown': 'error',
  'kind-unknown': 'error',
  'status-unknown': 'error',
  'owner-missing': 'error',
  'owner-masked': 'error',
  'owner-not-all': 'error',
  'owner-malformed': 'error',
  'owner-key-unknown': 'error',
  'owner-key-twice': 'error',
  'formula-uncached': 'error',
  'phone-malformed': 'notice',
  'identity-malformed': 'notice',
  'identity-rounded': 'notice',
  'identity-unassigned': 'notice',
  'identity-shared': 'notice',
  'total-mismatch': 'notice',
  'left-out': 'notice',
  'sheets-unread': 'notice',
  'hidden-rows': 'notice',
  'hidden-sheets': 'notice',
} as const satisfies Record<string, RollProblemSeverity>

export type RollProblemCode = keyof typeof ROLL_PROBLEM_SEVERITY

/** One thing to say. `facts` fill the message: every value is already text, and no name or number of a person. */
export interface RollProblem {
  readonly code: RollProblemCode
  readonly severity: RollProblemSeverity
  /** Name of the sheet; null for a file that is one table, or for the whole file. */
  readonly sheet: string | null
  readonly line: number | null
  /** Heading of the column as printed. */
  readonly column: string | null
  readonly facts: Readonly<Record<string, string>>
}

export interface RollPlaceInFile {
  readonly sheet?: string | null
  readonly line?: number | null
  readonly column?: string | null
}

/** A problem of a code, at a place. */
export function rollProblem(
  code: RollProblemCode,
  place: RollPlaceInFile = {},
  facts: Readonly<Record<string, string>> = {},
): RollProblem {
  const { sheet = null, line = null, column = null } = place
  return { code, severity: ROLL_PROBLEM_SEVERITY[code], sheet, line, column, facts }
}

/** True when anything refuses the file. */
export function isRefused(problems: readonly RollProblem[]): boolean {
  return problems.some(problem => problem.severity === 'error')
}
