/**
 * The words for a problem of a bank file: place, what is wrong, what to do. The problem itself is codes and facts from
 * the ledger room; any object of that shape will do. Never reads a file.
 */
import { translate } from './translate.ts'
import type { Lang } from './translation.ts'
import type { bankImport } from './zh-cn/bank-import.ts'

type KeyAfter<Prefix extends string> = keyof typeof bankImport extends infer Key
  ? Key extends `${Prefix}.${infer Rest}`
    ? Rest
    : never
  : never

/** Codes that have words. The ledger's codes must be among them, or its callers do not compile. */
export type BankProblemKey = KeyAfter<'problem'>

export interface BankProblemFacts {
  readonly code: BankProblemKey
  readonly line: number | null
  readonly column: string | null
  readonly facts: Readonly<Record<string, string>>
}

const SIDES: ReadonlySet<string> = new Set<KeyAfter<'side'>>(['all', 'in', 'out', 'neutral'])

/** Every placeholder of every problem; a problem brings its own values. */
const NO_FACTS = {
  account: '',
  asOf: '',
  bytes: '',
  count: '',
  counted: '',
  currency: '',
  derived: '',
  difference: '',
  encoding: '',
  expected: '',
  extra: '',
  firstLine: '',
  lastLine: '',
  limit: '',
  lines: '',
  other: '',
  previousLine: '',
  rows: '',
  seconds: '',
  serial: '',
  sheets: '',
  stated: '',
  status: '',
  value: '',
}

/** What a stranger typed, on one line, without control characters (a terminal would obey them), and not at length. */
function quoted(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim()
  return plain.length > 120 ? `${plain.slice(0, 120)}...` : plain
}

/** One sentence or two, beginning with file and line. */
export function bankProblemText(problem: BankProblemFacts, file: string, lang: Lang): string {
  const t = translate(lang)
  const line = problem.line === null ? '' : String(problem.line)
  const place =
    problem.line === null
      ? t('bankImport.place.file', { file })
      : problem.column === null
        ? t('bankImport.place.line', { file, line })
        : t('bankImport.place.cell', { file, line, column: quoted(problem.column) })
  const said = problem.facts.side ?? ''
  const side = SIDES.has(said) ? t(`bankImport.side.${said as KeyAfter<'side'>}`) : said
  const facts = Object.fromEntries(
    Object.entries(problem.facts).map(([name, value]) => [name, quoted(value)]),
  )
  return place + t(`bankImport.problem.${problem.code}`, { ...NO_FACTS, ...facts, line, side })
}
