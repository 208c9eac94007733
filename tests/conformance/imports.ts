/**
 * `import --dry-run --json` over the shared bank, WeChat, Alipay and hostile files, against the truth of their manifest, file
 * by file. The files are not ours to keep: where they do not lie beside the project this judge says so and has nothing to say.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assert } from '#kernel'
import { portalCommand } from './judge.ts'

const DIRECTORY = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const KINDS = ['bank_corporate', 'bank_personal', 'wechat', 'alipay', 'hostile']
/** Number of the account that the hostile files' statements are of; another one's is held. */
const ACCOUNT = '4402010009200123456'

interface Sample {
  readonly id: string
  readonly kind: string
  readonly file: string
  readonly truth: Readonly<Record<string, string | number | boolean | null | undefined>>
  readonly expected_behaviour?: {
    readonly outcome: 'accept' | 'hold' | 'reject' | 'accept_or_clear_error'
    readonly posted: { readonly rows: number; readonly sum_in_fen?: number; readonly sum_out_fen?: number }
  }
}

interface Report {
  readonly file: string
  readonly outcome: 'accept' | 'hold' | 'reject'
  readonly rows: number
  readonly sum_in_fen: string
  readonly sum_out_fen: string
  readonly balance_chain_ok: boolean | null
  readonly already_there: number
  readonly problems: readonly {
    readonly line: number | null
    readonly code: string
    readonly message: string
  }[]
  readonly [field: string]: unknown
}

/** Fields of the report by the name the manifest has for them. */
const FIELDS: Readonly<Record<string, string>> = {
  rows_total: 'rows',
  rows_in: 'rows_in',
  rows_out: 'rows_out',
  rows_neutral: 'rows_neutral',
  sum_in_fen: 'sum_in_fen',
  sum_out_fen: 'sum_out_fen',
  sum_neutral_fen: 'sum_neutral_fen',
  balance_chain_ok: 'balance_chain_ok',
  derived_opening_fen: 'opening_fen',
  closing_fen: 'closing_fen',
}

async function dryRun(files: readonly string[], ...options: string[]): Promise<readonly Report[]> {
  const paths = files.map(file => join(DIRECTORY, file))
  const { out, text } = await portalCommand({}, 'import', '--dry-run', '--json', ...options, ...paths)
  const { files: reports } = JSON.parse(out) as { readonly files: readonly Report[] }
  assert(reports.length === files.length, `every file is reported: ${text}`)
  return reports
}

/** What a well-meant file's report says otherwise than the manifest. */
function differences({ truth }: Sample, report: Report): string[] {
  if (report.outcome === 'reject') return [`outcome reject: ${report.problems[0]?.code}`]
  return Object.entries(FIELDS).flatMap(([theirs, ours]) => {
    const [expected, found] = [truth[theirs], report[ours]]
    if (expected === undefined || expected === null || found === null) return []
    return String(expected) === String(found)
      ? []
      : [`${ours}: ${String(found)} instead of ${String(expected)}`]
  })
}

/** What a hostile file's report says otherwise than it must. */
function wrongOutcome({ expected_behaviour: expected }: Sample, report: Report): string[] {
  if (expected === undefined) return []
  const { outcome } = report
  const isSilent = outcome !== 'accept' && report.problems.every(problem => problem.message === '')
  if (isSilent) return ['refused without a word']
  if (expected.outcome === 'accept_or_clear_error') return []
  if (outcome !== expected.outcome) return [`${outcome} instead of ${expected.outcome}`]
  const rows = report.rows - report.already_there
  if (outcome === 'accept' && rows !== expected.posted.rows)
    return [`${rows} rows instead of ${expected.posted.rows}`]
  if (outcome === 'reject' && report.rows !== 0) return ['rows of a rejected file']
  return []
}

/** Judges all files; resolves to one line for each kind. Throws with every disagreement listed. */
export async function judgeImports(): Promise<readonly string[]> {
  const manifest = join(DIRECTORY, 'manifest.json')
  if (!existsSync(manifest)) return ['the shared files do not lie beside the project: nothing to compare']
  const { samples } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly samples: readonly Sample[] }
  const lines: string[] = []
  const wrong: string[] = []
  for (const kind of KINDS) {
    const ofKind = samples.filter(sample => sample.kind === kind)
    const isHostile = kind === 'hostile'
    const reports = await dryRun(
      ofKind.map(({ file }) => file),
      ...(isHostile ? ['--account', ACCOUNT] : []),
    )
    ofKind.forEach((sample, index) => {
      const found = (isHostile ? wrongOutcome : differences)(sample, reports[index]!)
      wrong.push(...found.map(difference => `${sample.file}: ${difference}`))
    })
    lines.push(`import --dry-run: ${ofKind.length} files of ${kind} agree with the manifest`)
  }
  assert(wrong.length === 0, `the imports agree with the manifest:\n${wrong.join('\n')}`)
  return lines
}
