/** Corrections: which document a newer version replaces. A first version replaces nothing; every later one names an earlier. */
import { digest, matching, plainText, record, type Shape } from './shape.ts'

/** Which document a corrected one replaces (更正替代), and why, in words that the public reads. */
export interface Supersedes {
  readonly statementId: string
  /** SHA-256 of the replaced document's canonical JSON, hex. */
  readonly digest: string
  readonly reason: string
}

/** The shape of that member. */
export const SUPERSEDES: Shape = record({
  statementId: matching(/^[a-z0-9-]+-v[1-9]\d{0,2}$/),
  digest,
  reason: plainText(300),
})

/** True when version 1 replaces nothing and a later one an earlier one of the same `series`, such as `demo-2026-06`. */
export function isInOrder(series: string, version: number, supersedes: Supersedes | undefined): boolean {
  if (supersedes === undefined) return version === 1
  const start = `${series}-v`
  const { statementId } = supersedes
  const number = statementId.startsWith(start) ? statementId.slice(start.length) : ''
  return /^[1-9]\d{0,2}$/.test(number) && BigInt(number) < BigInt(version)
}
