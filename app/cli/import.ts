/**
 * `import FILE... [--community C] [--account CODE] [--dry-run] [--json]`: reads bank, WeChat and Alipay files and says what
 * it thinks of them. The dry run judges each file alone, without a database or a network, and stores nothing; without
 * `--dry-run` the lines of accepted files are stored for the community's bank account. There is no option that names columns: a
 * file of an unknown layout is stored only when both sides have agreed to the columns of its header on the page.
 *
 * Exit 0 when every file can be imported, 1 when any is held or rejected, 2 for wrong use or a file that cannot be opened.
 * Errors and holds go to standard error, one per line, with file and line.
 */
import { readFile, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bankProblemText, type Translate, translate } from '#i18n'
import { type CivilDate, dateOf, fen, formatYuan } from '#kernel'
import { sumBankLines } from '#ledger'
import { readBankStatementFile } from '#ledger/server'
import { systemClock } from '#platform/process'
import { type ExitCode, print, requireCommunity, withPortal } from './command-line.ts'
import type { ImportReport, Reading } from './import-report.ts'
import { accountToImport, storeImport } from './store-imports.ts'

/** Larger than what is read (the reader refuses it by name), small enough to hold in memory. */
const LARGEST_FILE_BYTES = 64 * 1024 * 1024

export interface ImportDryRunOptions {
  readonly asOf: CivilDate
  /** Number of the bank account the files should be of. */
  readonly expectedAccount?: string
}

export interface ImportDryRun {
  readonly files: readonly ImportReport[]
  /** Files that could not be opened. */
  readonly unreadable: readonly string[]
}

const zh = translate('zh-CN')
const en = translate('en')
const inBoth = (text: (t: Translate) => string): string => `${text(zh)} / ${text(en)}`

/** Runs the command; resolves to the exit code. */
export async function importCommand(args: string[]): Promise<number> {
  const parsed = parseImportArgs(args)
  if (!parsed) return refuse(inBoth(t => t('bankImport.cli.usage')))
  const { account } = parsed
  const isNumber = account !== undefined && /^[\dx*\s-]{8,}$/i.test(account)
  const run = await runImportDryRun(parsed.files, {
    asOf: dateOf(systemClock.now()),
    ...(isNumber ? { expectedAccount: account } : {}),
  })
  if (!parsed.dryRun && run.unreadable.length === 0) {
    return withPortal(async portal => {
      const community = await requireCommunity(portal, parsed.community)
      const code = await accountToImport(portal, community, account)
      const files: ImportReport[] = []
      for (const report of run.files) {
        const bytes = await readBytes(resolve(process.env.INIT_CWD ?? process.cwd(), report.file))
        const file = { name: basename(report.file), bytes: bytes ?? new Uint8Array() }
        files.push(await storeImport(portal, community, code, file, report))
      }
      return answer({ ...run, files }, parsed.json)
    })
  }
  return answer(run, parsed.json)
}

/** Says what became of the files; the exit code follows from it. */
async function answer(run: ImportDryRun, json: boolean): Promise<ExitCode> {
  if (json) await print(JSON.stringify({ files: run.files }, null, 2))
  else for (const report of run.files) await print(describe(report))
  for (const file of run.unreadable)
    process.stderr.write(`${file}: ${inBoth(t => t('bankImport.cli.unreadable'))}\n`)
  for (const { problems, file } of run.files) {
    for (const { line, code, message, severity } of problems) {
      if (severity !== 'notice') process.stderr.write(`${file}:${line ?? 0}: ${code}: ${message}\n`)
    }
  }
  if (run.unreadable.length > 0) return 2
  return run.files.every(report => report.outcome === 'accept') ? 0 : 1
}

interface ImportArgs {
  readonly files: readonly string[]
  readonly account: string | undefined
  readonly community: string | undefined
  readonly dryRun: boolean
  readonly json: boolean
}

function parseImportArgs(args: string[]): ImportArgs | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        community: { type: 'string' },
        account: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    if (positionals.length === 0) return null
    const { account, community, json } = values
    return { files: positionals, account, community, dryRun: values['dry-run'], json }
  } catch {
    return null
  }
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`)
  return 2
}

/** Reads and judges files, one after another. Paths are relative to where the person stands, also under npm. */
export async function runImportDryRun(
  files: readonly string[],
  options: ImportDryRunOptions,
): Promise<ImportDryRun> {
  const reports: ImportReport[] = []
  const unreadable: string[] = []
  for (const file of files) {
    const bytes = await readBytes(resolve(process.env.INIT_CWD ?? process.cwd(), file))
    if (bytes === null) unreadable.push(file)
    else reports.push(reportOf(file, await readBankStatementFile({ name: file, bytes, ...options })))
  }
  return { files: reports, unreadable }
}

async function readBytes(path: string): Promise<Uint8Array | null> {
  try {
    const found = await stat(path)
    if (!found.isFile() || found.size > LARGEST_FILE_BYTES) return null
    return await readFile(path)
  } catch {
    return null
  }
}

function reportOf(file: string, reading: Reading): ImportReport {
  const { statement, outcome } = reading
  const lines = outcome === 'reject' || statement === null ? [] : statement.lines
  const sums = sumBankLines(lines)
  const dates = lines.map(line => line.bookedAt.date).sort()
  const counts = outcome !== 'reject'
  return {
    file,
    layout: statement?.layout ?? null,
    mapping: null,
    bank: statement?.bank ?? null,
    encoding: reading.encoding,
    outcome,
    rows: sums.rows,
    rows_in: sums.rowsIn,
    rows_out: sums.rowsOut,
    rows_neutral: sums.rowsNeutral,
    sum_in_fen: sums.sumInFen.toString(),
    sum_out_fen: sums.sumOutFen.toString(),
    sum_neutral_fen: sums.sumNeutralFen.toString(),
    date_min: dates[0] ?? null,
    date_max: dates.at(-1) ?? null,
    opening_fen: (counts ? statement?.openingFen?.toString() : null) ?? null,
    closing_fen: (counts ? statement?.closingFen?.toString() : null) ?? null,
    balance_chain_ok: (counts ? statement?.balanceChainOk : null) ?? null,
    posted_new: 0,
    already_there: 0,
    problems: reading.problems.map(problem => ({
      line: problem.line,
      column: problem.column,
      severity: problem.severity,
      code: problem.code,
      message: `${bankProblemText(problem, file, 'zh-CN')} / ${bankProblemText(problem, file, 'en')}`,
    })),
  }
}

function describe(report: ImportReport): string {
  const summary = zh('bankImport.cli.summary', {
    file: report.file,
    outcome: zh(`bankImport.outcome.${report.outcome}`),
    layout: report.layout ?? '-',
    rows: report.rows,
    rowsIn: report.rows_in,
    rowsOut: report.rows_out,
    rowsNeutral: report.rows_neutral,
    sumIn: yuan(report.sum_in_fen),
    sumOut: yuan(report.sum_out_fen),
  })
  const notices = report.problems.filter(problem => problem.severity === 'notice')
  return [summary, ...notices.map(notice => `  ${notice.message}`)].join('\n')
}

function yuan(fenText: string): string {
  return formatYuan(fen(BigInt(fenText)))
}
