/**
 * The layout of an archive: which file is called what, and the manifest that names each by its digest. It holds public bytes
 * only; what they mean is judged elsewhere.
 */
import {
  assert,
  type CanonicalValue,
  canonicalBytes,
  concatBytes,
  err,
  ok,
  parseCanonical,
  type Result,
  sha256Hex,
  utf8,
} from '#kernel'
import type { PollArchive } from '#votes'

/** Files by name. */
export type ArchiveFiles = ReadonlyMap<string, Uint8Array>

export const README_FILE = 'README.txt'
export const MANIFEST_FILE = 'manifest.json'
/** One leaf a line, in the order of the log; a leaf's hash is `SHA-256(0x00 || line)`. */
export const LEAVES_FILE = 'log/leaves.jsonl'
/** The signed note of the log's newest checkpoint. */
export const CHECKPOINT_FILE = 'log/checkpoint.txt'
/** Verifier keys, one a line. */
export const KEYS_FILE = 'log/keys.txt'
/** What `export --format json` gives. */
export const LEDGER_FILE = 'ledger/record.json'

const FORMAT = 'mingzhang-archive/1'
const POLL_PARTS = [
  'motion.json',
  'policy.json',
  'roll.json',
  'weights.json',
  'board.json',
  'counts.jsonl',
] as const
export type PollPart = (typeof POLL_PARTS)[number]

/** `polls/<poll>/board.json`. */
export function pollFile(poll: string, part: PollPart): string {
  return `polls/${poll}/${part}`
}

/** What an archive is put together from. */
export interface ArchiveSource {
  readonly community: string
  readonly origin: string
  /** The log's entries up to the checkpoint, in order. */
  readonly leaves: readonly Uint8Array[]
  readonly checkpoint: string
  readonly vkeys: readonly string[]
  /** Null in the archive of one poll. */
  readonly ledger: string | null
  readonly polls: readonly PollArchive[]
  /** The explanation for people, in both languages. */
  readonly readme: string
}

/** What the manifest says of the whole. */
export interface Manifest {
  readonly community: string
  readonly origin: string
  readonly leafCount: number
  /** `community` is everything that is public; `poll` is one poll with the log that proves it. */
  readonly scope: 'community' | 'poll'
  readonly polls: readonly string[]
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[]
}

/** The files of an archive, manifest and all, in order of name. Equal sources give equal bytes. */
export function archiveFilesOf(source: ArchiveSource): ArchiveFiles {
  const files = new Map<string, Uint8Array>([
    [README_FILE, utf8(source.readme)],
    [LEAVES_FILE, linesOf(source.leaves)],
    [CHECKPOINT_FILE, utf8(source.checkpoint)],
    [KEYS_FILE, utf8(source.vkeys.map(vkey => `${vkey}\n`).join(''))],
  ])
  if (source.ledger !== null) files.set(LEDGER_FILE, utf8(source.ledger))
  for (const poll of source.polls) addPoll(files, poll)
  const named = [...files].sort(([a], [b]) => (a < b ? -1 : 1))
  const manifest: CanonicalValue = {
    v: 1,
    format: FORMAT,
    community: source.community,
    origin: source.origin,
    leafCount: source.leaves.length,
    scope: source.ledger === null ? 'poll' : 'community',
    polls: source.polls.map(({ pollId }) => pollId),
    files: named.map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: sha256Hex(bytes) })),
  }
  return new Map([[MANIFEST_FILE, canonicalBytes(manifest)], ...named])
}

function addPoll(files: Map<string, Uint8Array>, poll: PollArchive): void {
  assert(isPollName(poll.pollId), `not the name of a poll: ${poll.pollId}`)
  const add = (part: PollPart, bytes: Uint8Array) => files.set(pollFile(poll.pollId, part), bytes)
  add('motion.json', poll.motion)
  add('policy.json', poll.policy)
  add('roll.json', poll.publicRoll)
  add('weights.json', poll.weightRoll)
  if (poll.board !== null) add('board.json', poll.board)
  add('counts.jsonl', linesOf(poll.counts))
}

function isPollName(text: unknown): text is string {
  return typeof text === 'string' && /^[a-z0-9][a-z0-9-]{0,39}$/.test(text)
}

/** The archived poll; null when a part is missing. */
export function pollOfFiles(files: ArchiveFiles, pollId: string): PollArchive | null {
  const read = (part: PollPart) => files.get(pollFile(pollId, part))
  const [motion, policy, publicRoll, weightRoll] = [
    read('motion.json'),
    read('policy.json'),
    read('roll.json'),
    read('weights.json'),
  ]
  const counts = splitLines(read('counts.jsonl') ?? Uint8Array.of(0))
  if (!motion || !policy || !publicRoll || !weightRoll || counts === null) return null
  return { pollId, motion, policy, publicRoll, weightRoll, board: read('board.json') ?? null, counts }
}

const LINE_END = 0x0a

/** Texts without a line break, one a line. */
export function linesOf(texts: readonly Uint8Array[]): Uint8Array {
  assert(
    texts.every(text => text.length > 0 && !text.includes(LINE_END)),
    'a line is not empty and holds no line break',
  )
  return concatBytes(...texts.flatMap(text => [text, Uint8Array.of(LINE_END)]))
}

/** The lines again; null when one is empty or the last has no end. */
export function splitLines(bytes: Uint8Array): readonly Uint8Array[] | null {
  const lines: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    const end = bytes.indexOf(LINE_END, at)
    if (end <= at) return null
    lines.push(bytes.subarray(at, end))
    at = end + 1
  }
  return lines
}

/** Reads the manifest. Refuses what is not an archive of this version. */
export function parseManifest(files: ArchiveFiles): Result<Manifest, 'not-an-archive'> {
  const json = parseCanonical(files.get(MANIFEST_FILE) ?? new Uint8Array(0))
  if (!json.ok || json.value === null || typeof json.value !== 'object') return err('not-an-archive')
  const { v, format, ...manifest } = json.value as Partial<Manifest> & { v?: unknown; format?: unknown }
  const { community, origin, leafCount, scope, polls, files: named } = manifest
  const isGood =
    v === 1 &&
    format === FORMAT &&
    typeof community === 'string' &&
    typeof origin === 'string' &&
    Number.isSafeInteger(leafCount) &&
    (scope === 'community' || scope === 'poll') &&
    Array.isArray(polls) &&
    polls.every(isPollName) &&
    Array.isArray(named) &&
    named.every(isNamedFile)
  return isGood ? ok(manifest as Manifest) : err('not-an-archive')
}

function isNamedFile(file: unknown): boolean {
  const { name, bytes, sha256 } = (file ?? {}) as Partial<Manifest['files'][number]>
  return typeof name === 'string' && Number.isSafeInteger(bytes) && /^[0-9a-f]{64}$/.test(`${sha256}`)
}

/** The first file that is missing, changed or not named; null when all are as the manifest says. */
export function filesProblem(files: ArchiveFiles, manifest: Manifest): string | null {
  const named = new Map(manifest.files.map(file => [file.name, file]))
  for (const { name, bytes, sha256 } of named.values()) {
    const file = files.get(name)
    if (file === undefined) return `${name}: missing`
    if (file.length !== bytes || sha256Hex(file) !== sha256) return `${name}: changed`
  }
  const unnamed = [...files.keys()].find(name => name !== MANIFEST_FILE && !named.has(name))
  return unnamed === undefined ? null : `${unnamed}: not-named`
}
