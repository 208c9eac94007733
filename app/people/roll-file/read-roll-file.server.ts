/** Bytes of an uploaded roll to what it says. Stores nothing and knows no database. */

import { err, ok, type Result } from '#kernel'
import type { Table, TableProblem } from '#tables'
import { openTableFile, readTextTable } from '#tables/server'
import { type RollProblem, rollProblem } from './roll-problem.ts'

const rollProblemOf = ({ code, line, facts }: TableProblem): RollProblem => rollProblem(code, { line }, facts)

/** The tables of a file, at least one; or why there are none. */
export async function readRollTables(
  bytes: Uint8Array,
): Promise<Result<readonly Table[], readonly RollProblem[]>> {
  const opened = await openTableFile(bytes)
  if (!opened.ok) return err(opened.error.map(rollProblemOf))
  if (opened.value.kind === 'workbook') return ok(opened.value.tables)
  const table = readTextTable(opened.value.decoded)
  return table.ok ? ok([table.value]) : err(table.error.map(rollProblemOf))
}
