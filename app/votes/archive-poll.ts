/**
 * A poll as it goes into the public archive: the published bytes, and the reading of what the log says of it. No owner, no
 * choice outside the board, no secret. Pure.
 */
import {
  type AreaCentiM2,
  type CanonicalValue,
  canonicalBytes,
  err,
  ok,
  parseCanonical,
  type Result,
} from '#kernel'
import { CHANNELS, REASONS, type Reason } from './ballot.ts'
import type { BoardEvidence } from './board-facts.ts'
import { areaOf, countOf, hasOnly, hexBytes, isRecord, isToken } from './public-shape.ts'
import { type AreaSource, type PublicRollRow, UNIT_KINDS, type UnitKind } from './roll.ts'
import type { Outcome } from './threshold.ts'

/** What `readArchive` gives of one poll. The poll's leaves are the log's and are not repeated here. */
export interface PollArchive {
  readonly pollId: string
  /** Canonical bytes of the motion as it was frozen; the notice names their SHA-256. */
  readonly motion: Uint8Array
  /** `policyBytes(policy, rulesVersion)`; the notice names their SHA-256. */
  readonly policy: Uint8Array
  /** `publicRollBytes(pollId, publicRoll(roll))`: units without owners. */
  readonly publicRoll: Uint8Array
  /** The weight roll's bytes; the notice names their SHA-256. */
  readonly weightRoll: Uint8Array
  /** The board's bytes; the tallies name their SHA-256. Null for a result taken over from another system. */
  readonly board: Uint8Array | null
  /** The result of every question as it was posted, in order: canonical bytes of a count, figures and no choice. */
  readonly counts: readonly Uint8Array[]
}

/** The public roll as bytes, in the order of its rows. */
export function publicRollBytes(poll: string, rows: readonly PublicRollRow[]): Uint8Array {
  return canonicalBytes({
    v: 1,
    poll,
    units: rows.map(row => ({ ...row, area: row.area.toString() })) as unknown as CanonicalValue,
  })
}

const ROW_MEMBERS = ['unit', 'building', 'entrance', 'area', 'areaSource', 'kind', 'developerStock']

/** Takes a public roll apart; refuses one with a member too many, so that no name travels in it. */
export function parsePublicRoll(
  bytes: Uint8Array,
): Result<{ readonly poll: string; readonly rows: readonly PublicRollRow[] }, 'roll-malformed'> {
  const json = parseCanonical(bytes)
  if (!json.ok || !isRecord(json.value) || !hasOnly(json.value, ['v', 'poll', 'units']))
    return err('roll-malformed')
  const { v, poll, units } = json.value
  if (v !== 1 || !isToken(poll) || !Array.isArray(units)) return err('roll-malformed')
  const rows: PublicRollRow[] = []
  for (const unit of units as readonly CanonicalValue[]) {
    const row = isRecord(unit) && hasOnly(unit, ROW_MEMBERS) ? rowOf(unit) : null
    if (row === null) return err('roll-malformed')
    rows.push(row)
  }
  return new Set(rows.map(({ unit }) => unit)).size === rows.length
    ? ok({ poll, rows })
    : err('roll-malformed')
}

function rowOf(row: Readonly<Record<string, CanonicalValue>>): PublicRollRow | null {
  const area: AreaCentiM2 | null = areaOf(row.area)
  const isGood =
    isToken(row.unit) &&
    typeof row.building === 'string' &&
    typeof row.entrance === 'string' &&
    ['register', 'survey', 'contract'].includes(row.areaSource as string) &&
    (UNIT_KINDS as readonly unknown[]).includes(row.kind) &&
    typeof row.developerStock === 'boolean'
  if (!isGood || area === null) return null
  return {
    unit: row.unit as string,
    building: row.building as string,
    entrance: row.entrance as string,
    area,
    areaSource: row.areaSource as AreaSource,
    kind: row.kind as UnitKind,
    developerStock: row.developerStock as boolean,
  }
}

/** What the log says of one poll, beyond what its board is checked with. */
export interface LoggedPoll extends Omit<BoardEvidence, 'weightRoll' | 'notice' | 'tallyLeaves'> {
  readonly notice: { readonly motion: string; readonly policy: string; readonly weights: string } | null
  readonly tallyLeaves: readonly (BoardEvidence['tallyLeaves'][number] & { readonly tally: string })[]
  /** Questions whose result was taken over from another system. */
  readonly imported: readonly string[]
  /** A ballot after the seal, or a second notice or seal: the log itself is out of order. */
  readonly disorder: string | null
}

/** A leaf's members that are read here; another type of leaf, or one that is malformed, gives null. */
type ReadLeaf =
  | ({ readonly t: 'vote.notice' } & NonNullable<LoggedPoll['notice']>)
  | ({ readonly t: 'vote.ballot' } & LoggedPoll['ballotLeaves'][number])
  | ({ readonly t: 'vote.seal' } & NonNullable<LoggedPoll['sealLeaf']>)
  | ({ readonly t: 'vote.tally' } & LoggedPoll['tallyLeaves'][number])
  | { readonly t: 'vote.import'; readonly question: string }

/** Reads what the log says of every poll in it, by poll; `leaves` are all entries in the order of the log. */
export function readLoggedPolls(leaves: readonly Uint8Array[]): ReadonlyMap<string, LoggedPoll> {
  const polls = new Map<string, LoggedPoll>()
  for (const bytes of leaves) {
    const json = parseCanonical(bytes)
    if (!json.ok || !isRecord(json.value)) continue
    const { t, poll } = json.value
    if (typeof t !== 'string' || !t.startsWith('vote.') || !isToken(poll)) continue
    const before = polls.get(poll) ?? NOTHING_LOGGED
    const leaf = readLeaf(json.value)
    polls.set(poll, { ...(leaf === 'malformed' ? outOfOrder(before, t) : withLeaf(before, leaf)), poll })
  }
  return polls
}

const NOTHING_LOGGED: LoggedPoll = {
  poll: '',
  notice: null,
  ballotLeaves: [],
  sealLeaf: null,
  tallyLeaves: [],
  imported: [],
  disorder: null,
}

function outOfOrder(logged: LoggedPoll, what: string): LoggedPoll {
  return { ...logged, disorder: logged.disorder ?? what }
}

function withLeaf(logged: LoggedPoll, leaf: ReadLeaf | null): LoggedPoll {
  if (leaf === null) return logged
  const { t, ...members } = leaf
  if (t === 'vote.import') return { ...logged, imported: [...logged.imported, leaf.question] }
  if (t === 'vote.notice') {
    const notice = members as NonNullable<LoggedPoll['notice']>
    return logged.notice === null ? { ...logged, notice } : outOfOrder(logged, `${t}-twice`)
  }
  if (t === 'vote.seal') {
    const sealLeaf = members as NonNullable<LoggedPoll['sealLeaf']>
    return logged.sealLeaf === null ? { ...logged, sealLeaf } : outOfOrder(logged, `${t}-twice`)
  }
  if (t === 'vote.ballot') {
    const ballot = members as LoggedPoll['ballotLeaves'][number]
    // Pushed to, not copied: a poll has thousands.
    const ballotLeaves = logged.ballotLeaves.length === 0 ? [] : (logged.ballotLeaves as (typeof ballot)[])
    ballotLeaves.push(ballot)
    const appended = { ...logged, ballotLeaves }
    return logged.sealLeaf === null ? appended : outOfOrder(appended, `${t}-after-seal`)
  }
  const tally = members as LoggedPoll['tallyLeaves'][number]
  const counted = { ...logged, tallyLeaves: [...logged.tallyLeaves, tally] }
  return logged.sealLeaf === null ? outOfOrder(counted, `${t}-before-seal`) : counted
}

function isDigest(value: unknown): value is string {
  return hexBytes(value, 32) !== null
}

function readLeaf(leaf: Readonly<Record<string, CanonicalValue>>): ReadLeaf | null | 'malformed' {
  const { t } = leaf
  if (t === 'vote.notice') {
    const { motion, policy, weights } = leaf
    return isDigest(motion) && isDigest(policy) && isDigest(weights)
      ? { t, motion, policy, weights }
      : 'malformed'
  }
  if (t === 'vote.ballot') {
    const { cc, token, channel } = leaf
    const seq = countOf(leaf.seq)
    const isGood = (CHANNELS as readonly unknown[]).includes(channel) && isDigest(cc) && isToken(token)
    return seq !== null && isGood ? { t, seq, cc, token } : 'malformed'
  }
  if (t === 'vote.seal') {
    const ballotCount = countOf(leaf.ballotCount)
    return isDigest(leaf.ballots) && ballotCount !== null
      ? { t, ballots: leaf.ballots, ballotCount }
      : 'malformed'
  }
  if (t === 'vote.tally') return readTally(leaf) ?? 'malformed'
  if (t === 'vote.import') return isToken(leaf.question) ? { t, question: leaf.question } : 'malformed'
  return null
}

function readTally(leaf: Readonly<Record<string, CanonicalValue>>): ReadLeaf | null {
  const { question, board, tally, outcome, excludedByReason } = leaf
  const outcomes: readonly unknown[] = ['PASSED', 'NOT_PASSED', 'NO_QUORUM']
  if (!isToken(question) || !isDigest(board) || !isDigest(tally) || !outcomes.includes(outcome)) return null
  if (!isRecord(excludedByReason)) return null
  const isGood = Object.entries(excludedByReason).every(
    ([reason, count]) => (REASONS as readonly string[]).includes(reason) && countOf(count) !== null,
  )
  if (!isGood) return null
  return {
    t: 'vote.tally',
    question,
    board,
    tally,
    outcome: outcome as Outcome,
    excludedByReason: excludedByReason as { readonly [Name in Reason]?: number },
  }
}
