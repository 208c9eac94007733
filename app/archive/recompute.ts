/**
 * Makes every figure of an archive again and says which facts hold: the files, the log, the ledger, every poll, and whether
 * the archive only appends to an older one. Pure: no database, no network, no clock.
 */
import { equalBytes, ok, type Result } from '#kernel'
import { checkPollArchive, type LoggedPoll, type PollFactName, readLoggedPolls } from '#votes'
import {
  type ArchiveFiles,
  filesProblem,
  LEDGER_FILE,
  type Manifest,
  parseManifest,
  pollOfFiles,
} from './archive-file.ts'
import { type ArchiveFactName, type Finding, firstProblem } from './finding.ts'
import { checkLedgerRecord } from './ledger-facts.ts'
import { parseLedgerRecord } from './ledger-record.ts'
import { type LogReading, readArchivedLog } from './log-facts.ts'

/** A fact; `poll` names the poll it is about. `detail` is the first thing found against it, empty when it holds. */
export interface ArchiveFact {
  readonly name: ArchiveFactName | PollFactName
  readonly poll: string | null
  readonly ok: boolean
  readonly detail: string
}

/** What a recount came to. */
export interface Recomputation {
  readonly ok: boolean
  readonly facts: readonly ArchiveFact[]
  readonly community: string
  readonly origin: string
  readonly leafCount: number
  /** Root of the log as it was made again, hexadecimal. */
  readonly root: string
  /** Name and id of the key that signed it; null when no known key did. */
  readonly signedBy: string | null
  readonly polls: readonly string[]
}

/** What the reader brings besides the archive. */
export interface RecomputeOptions {
  /** The reader's own keys, one a line; null takes the archive's, which prove less. */
  readonly vkeys: string | null
  /** An older archive of the same community. */
  readonly older: ArchiveFiles | null
}

interface Reading {
  readonly files: ArchiveFiles
  readonly manifest: Manifest
  readonly log: LogReading
  readonly logged: ReadonlyMap<string, LoggedPoll>
}

/** Recounts an archive. Refuses what is not one, here or as the older one. */
export function recomputeArchive(
  files: ArchiveFiles,
  options: RecomputeOptions,
): Result<Recomputation, 'not-an-archive'> {
  const reading = readArchive(files, options.vkeys)
  if (!reading.ok) return reading
  const older = options.older === null ? null : readArchive(options.older, options.vkeys)
  if (older !== null && !older.ok) return older
  const { manifest, log, logged } = reading.value
  const findings: Finding[] = [
    { name: 'files', problem: filesProblem(files, manifest) },
    ...log.findings,
    ...(manifest.scope === 'community'
      ? checkLedgerRecord(files.get(LEDGER_FILE), log.leaves, manifest.origin)
      : []),
    { name: 'polls', problem: pollsProblem(reading.value) },
    ...(older === null ? [] : newerFindings(reading.value, older.value)),
  ]
  const facts: readonly ArchiveFact[] = [
    ...findings.map(({ name, problem }) => ({
      name,
      poll: null,
      ok: problem === null,
      detail: problem ?? '',
    })),
    ...manifest.polls.flatMap(poll => pollFacts(files, poll, logged.get(poll) ?? null)),
  ]
  return ok({
    ok: facts.every(fact => fact.ok),
    facts,
    community: manifest.community,
    origin: manifest.origin,
    leafCount: log.leaves.length,
    root: log.root,
    signedBy: log.signedBy,
    polls: manifest.polls,
  })
}

function readArchive(files: ArchiveFiles, vkeys: string | null): Result<Reading, 'not-an-archive'> {
  const manifest = parseManifest(files)
  if (!manifest.ok) return manifest
  const log = readArchivedLog(files, manifest.value, vkeys)
  return ok({ files, manifest: manifest.value, log, logged: readLoggedPolls(log.leaves) })
}

function pollFacts(files: ArchiveFiles, poll: string, logged: LoggedPoll | null): readonly ArchiveFact[] {
  const archive = pollOfFiles(files, poll)
  if (archive === null) return [{ name: 'notice', poll, ok: false, detail: 'missing' }]
  return checkPollArchive(archive, logged).map(fact => ({ ...fact, poll }))
}

/** Every poll that the log counted is in the archive of a community. */
function pollsProblem({ manifest, logged }: Reading): string | null {
  if (new Set(manifest.polls).size !== manifest.polls.length) return 'twice'
  if (manifest.scope === 'poll') return manifest.polls.length === 1 ? null : `${manifest.polls.length} of 1`
  return firstProblem(logged, ([poll, { tallyLeaves, imported }]) => {
    const isCounted = tallyLeaves.length > 0 || imported.length > 0
    return isCounted && !manifest.polls.includes(poll) ? `${poll}: left-out` : null
  })
}

/** The newer archive only appends: the older leaves come first in it, and what was published then is unchanged. */
function newerFindings(newer: Reading, older: Reading): readonly Finding[] {
  return [
    { name: 'newer-log', problem: newerLogProblem(newer, older) },
    ...(newer.manifest.scope === 'community' && older.manifest.scope === 'community'
      ? [{ name: 'newer-ledger' as const, problem: newerLedgerProblem(newer, older) }]
      : []),
    { name: 'newer-polls', problem: newerPollsProblem(newer, older) },
  ]
}

function newerLogProblem({ log, manifest }: Reading, older: Reading): string | null {
  if (older.manifest.origin !== manifest.origin) return 'other-log'
  const broken = older.log.findings.find(({ problem }) => problem !== null)
  if (broken !== undefined) return `older: ${broken.name}: ${broken.problem}`
  if (older.log.leaves.length > log.leaves.length) return `${log.leaves.length} of ${older.log.leaves.length}`
  return firstProblem(older.log.leaves.entries(), ([index, leaf]) =>
    equalBytes(leaf, log.leaves[index]!) ? null : `${index}: changed`,
  )
}

function newerLedgerProblem(newer: Reading, older: Reading): string | null {
  const [now, then] = [newer, older].map(({ files }) =>
    parseLedgerRecord(files.get(LEDGER_FILE) ?? new Uint8Array(0)),
  )
  if (!now?.ok || !then?.ok) return 'unread'
  const textOf = (voucher: object) =>
    JSON.stringify(voucher, (_, member: unknown) => (typeof member === 'bigint' ? `${member}` : member))
  const current = new Map(now.value.vouchers.map(voucher => [voucher.voucher, textOf(voucher)]))
  return firstProblem(then.value.vouchers, voucher => {
    const known = current.get(voucher.voucher)
    if (known === undefined) return `${voucher.voucher}: left-out`
    return known === textOf(voucher) ? null : `${voucher.voucher}: changed`
  })
}

/** What was frozen at a notice stays; a board is replaced only by a recount that the log has since. */
function newerPollsProblem(newer: Reading, older: Reading): string | null {
  const isWhole = newer.manifest.scope === 'community'
  return firstProblem(older.manifest.polls, poll => {
    if (!newer.manifest.polls.includes(poll)) return isWhole ? `${poll}: left-out` : null
    const [now, then] = [pollOfFiles(newer.files, poll), pollOfFiles(older.files, poll)]
    if (now === null || then === null) return `${poll}: unread`
    const frozen = ['motion', 'policy', 'publicRoll', 'weightRoll'] as const
    const changed = frozen.find(part => !equalBytes(now[part], then[part]))
    if (changed !== undefined) return `${poll}: ${changed}`
    const tallies = ({ logged }: Reading) => logged.get(poll)?.tallyLeaves.length ?? 0
    const isSame = equalBytes(now.board ?? new Uint8Array(0), then.board ?? new Uint8Array(0))
    return isSame || tallies(newer) > tallies(older) ? null : `${poll}: board`
  })
}
