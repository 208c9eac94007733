/** The pure door of tables: the grid that a file becomes, and why it may not become one. */
export { cellAt, isBlankRow, plainCell, type Table, type TableRow, type TableSource } from './table.ts'
export {
  TABLE_PROBLEM_CODES,
  type TableProblem,
  type TableProblemCode,
  tableProblem,
} from './table-problem.ts'
