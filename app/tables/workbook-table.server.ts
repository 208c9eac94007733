/**
 * Starts the workbook worker and waits for it, at most until the deadline. The worker runs from its source file with
 * tsx, wherever the caller runs from: source, tests, or the bundle of the server.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { err, ok, type Result } from '#kernel'
import { LARGEST_COLUMNS, LARGEST_ROWS } from './csv-table.server.ts'
import type { Table } from './table.ts'
import { type TableProblem, tableProblem } from './table-problem.ts'
import type { WorkbookAnswer, WorkbookRequest } from './workbook-worker.server.ts'

/** Bytes that all parts of a workbook may inflate to: 100,000 rows of a statement are about half of it. */
const LARGEST_INFLATED = 96 * 1024 * 1024
const DEADLINE_MS = 20_000
const WORKER_FILE = 'app/tables/workbook-worker.server.ts'

/** The directory of this project: the nearest one above this code that holds the worker's source. */
function projectRoot(): string {
  let directory = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const file = join(directory, 'package.json')
    if (existsSync(file) && readFileSync(file, 'utf8').includes('"name": "mingzhang"')) return directory
    const parent = dirname(directory)
    if (parent === directory) throw new Error('invariant broken: the project directory is not above its code')
    directory = parent
  }
}

/**
 * The thread registers tsx itself and then imports the worker's source: on Node 20 `--import tsx` in `execArgv` does not
 * reach the entry of a worker.
 */
function startWorker(request: WorkbookRequest): Worker {
  const root = projectRoot()
  const tsx = join(
    dirname(createRequire(join(root, 'package.json')).resolve('tsx/package.json')),
    'dist/esm/api/index.mjs',
  )
  const [register, source] = [tsx, join(root, WORKER_FILE)].map(file =>
    JSON.stringify(pathToFileURL(file).href),
  )
  return new Worker(`import(${register}).then(tsx => { tsx.register(); return import(${source}) })`, {
    eval: true,
    workerData: request,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    env: {},
  })
}

/** The answer of the worker; running out of memory or of time is a refusal like any other. */
function askWorker(request: WorkbookRequest): Promise<WorkbookAnswer | 'workbook-too-slow'> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(request)
    const timer = setTimeout(() => settle('workbook-too-slow'), DEADLINE_MS)
    const settle = (answer: WorkbookAnswer | 'workbook-too-slow') => {
      clearTimeout(timer)
      void worker.terminate()
      resolve(answer)
    }
    worker.once('message', (answer: WorkbookAnswer) => settle(answer))
    worker.once('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY')
        return settle({ ok: false, code: 'workbook-too-large', detail: 'memory' })
      clearTimeout(timer)
      reject(error)
    })
  })
}

/** The visible sheets of a workbook that hold anything, at least one, in its order; or why not. */
export async function readWorkbookTables(
  bytes: Uint8Array,
  kind: 'zip' | 'ole',
): Promise<Result<readonly Table[], readonly TableProblem[]>> {
  const answer = await askWorker({
    bytes,
    kind,
    largestInflated: LARGEST_INFLATED,
    largestRows: LARGEST_ROWS,
    largestColumns: LARGEST_COLUMNS,
  })
  if (answer === 'workbook-too-slow')
    return err([tableProblem('workbook-too-slow', {}, { seconds: String(DEADLINE_MS / 1000) })])
  if (!answer.ok) return err([tableProblem(answer.code, {}, { detail: answer.detail, limit: answer.detail })])
  const tables = answer.sheets.map(
    (sheet): Table => ({
      source: kind === 'zip' ? 'xlsx' : 'xls',
      sheet: sheet.name,
      encoding: 'binary',
      rows: sheet.rows,
      endsWithNewline: true,
      hiddenSheets: answer.hiddenSheets,
      otherSheets: answer.sheets.filter(other => other !== sheet).map(other => other.name),
    }),
  )
  return tables.length > 0 ? ok(tables) : err([tableProblem('file-empty')])
}
