/**
 * Results of filed polls as the JSON that auditors compare: integers written out exactly, however large. Figures only;
 * never a percentage, never a sentence.
 */
import type { Exclusion } from './ballot.ts'
import type { FiledPoll } from './poll-file.ts'
import { type Figures, type Tally, tally } from './tally.ts'
import type { Gate, Measure, Outcome } from './threshold.ts'

/** The figures of one question under the names of the file format. */
export interface FiguresRecord {
  readonly total: Measure
  readonly participating: Measure
  readonly for: Measure
  readonly against: Measure
  readonly abstain: Measure
  readonly quorum: Gate
  readonly approval: Gate
  readonly outcome: Outcome
}

/** One poll's result, or the same ballots under another policy. */
export interface ResultRecord extends FiguresRecord {
  readonly excluded: readonly Exclusion[]
  readonly clause?: FiguresRecord & {
    readonly majority: string | null
    readonly silentArea: bigint
    readonly silentHeads: bigint
  }
}

/** A result of the file: the poll under its own policy and, where it names any, under its alternatives in their order. */
export interface FiledResult extends ResultRecord {
  readonly id: string
  readonly alternatives?: readonly ResultRecord[]
}

/** Tallies a poll of a file. */
export function resultOf(filed: FiledPoll): FiledResult {
  return {
    id: filed.id,
    ...recordOf(tally(filed.poll)),
    ...(filed.alternatives.length > 0 && {
      alternatives: filed.alternatives.map(poll => recordOf(tally(poll))),
    }),
  }
}

function recordOf({ clause, excluded, ...strict }: Tally): ResultRecord {
  return {
    ...figuresRecordOf(strict),
    excluded,
    ...(clause !== undefined && {
      clause: {
        majority: clause.majority,
        silentArea: clause.silentArea,
        silentHeads: clause.silentHeads,
        ...figuresRecordOf(clause),
      },
    }),
  }
}

function figuresRecordOf(figures: Figures): FiguresRecord {
  return {
    total: figures.total,
    participating: figures.participating,
    for: figures.inFavour,
    against: figures.against,
    abstain: figures.abstain,
    quorum: figures.quorum,
    approval: figures.approval,
    outcome: figures.outcome,
  }
}

/** `{"results":[...]}` as JSON text. Big integers become number literals with all their digits. */
export function formatResults(results: readonly FiledResult[]): string {
  return exactJson({ results })
}

function exactJson(value: unknown): string {
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return `[${value.map(exactJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${exactJson(member)}`).join(',')}}`
}
