/** Why bytes did not become a table: codes with a place and facts. The words live in i18n. */

/** Every code. The order is the order of a catalogue of messages. */
export const TABLE_PROBLEM_CODES = [
  'file-empty',
  'file-too-large',
  'encoding-broken',
  'nul-byte',
  'line-too-long',
  'too-many-rows',
  'too-many-columns',
  'csv-quotes-broken',
  'csv-quote-swallows-lines',
  'format-pdf',
  'format-image',
  'format-archive',
  'format-unknown',
  'markup-dtd',
  'markup-broken',
  'workbook-broken',
  'workbook-encrypted',
  'workbook-too-large',
  'workbook-too-slow',
  'workbook-no-visible-sheet',
] as const

export type TableProblemCode = (typeof TABLE_PROBLEM_CODES)[number]

/** One thing that refuses the file. `facts` fill the message: every value is already text. */
export interface TableProblem {
  readonly code: TableProblemCode
  /** Line or row from 1; null when it is about the whole file. */
  readonly line: number | null
  readonly facts: Readonly<Record<string, string>>
}

/** A problem of a code, at a place. */
export function tableProblem(
  code: TableProblemCode,
  place: { readonly line?: number } = {},
  facts: Readonly<Record<string, string>> = {},
): TableProblem {
  return { code, line: place.line ?? null, facts }
}
