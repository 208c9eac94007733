/** The words for a problem of a roll's file: place, what is wrong, what to do. Never reads a file. */
import { translate } from './translate.ts'
import type { Lang } from './translation.ts'
import type { roll } from './zh-cn/roll.ts'

type KeyAfter<Prefix extends string> = keyof typeof roll extends infer Key
  ? Key extends `${Prefix}.${infer Rest}`
    ? Rest
    : never
  : never

/** Codes that have words. Those of people must be among them, or its callers do not compile. */
export type RollProblemKey = KeyAfter<'problem'>

export interface RollProblemFacts {
  readonly code: RollProblemKey
  readonly sheet: string | null
  readonly line: number | null
  readonly column: string | null
  readonly facts: Readonly<Record<string, string>>
}

/** Every placeholder of every problem; a problem brings its own values. */
const NO_FACTS = {
  bytes: '',
  count: '',
  counted: '',
  encoding: '',
  firstLine: '',
  lastLine: '',
  limit: '',
  seconds: '',
  sheets: '',
  stated: '',
  unit: '',
  value: '',
}

/** What a stranger typed, on one line and not at length. */
function quoted(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim()
  return plain.length > 120 ? `${plain.slice(0, 120)}...` : plain
}

/** One sentence or two, beginning with the sheet or the file, and the line. */
export function rollProblemText(problem: RollProblemFacts, file: string, lang: Lang): string {
  const t = translate(lang)
  const where = quoted(problem.sheet ?? file)
  const line = problem.line === null ? '' : String(problem.line)
  const place =
    problem.line === null
      ? t('roll.place.file', { file: where })
      : problem.column === null
        ? t('roll.place.line', { file: where, line })
        : t('roll.place.cell', { file: where, line, column: quoted(problem.column) })
  const facts = Object.fromEntries(
    Object.entries(problem.facts).map(([name, value]) => [name, quoted(value)]),
  )
  return place + t(`roll.problem.${problem.code}`, { ...NO_FACTS, ...facts })
}
