/**
 * Checks the log of an archive: the leaves grow again into the tree that the checkpoint's signature is over. Pure; which key
 * is the community's is for the reader to know.
 */
import { equalBytes, parseCanonical, toHex } from '#kernel'
import {
  createGrowingTree,
  type Hash,
  hashLeaf,
  parseCheckpoint,
  parseVkey,
  type VerifierKey,
  verifyNote,
} from '#tlog'
import {
  type ArchiveFiles,
  CHECKPOINT_FILE,
  KEYS_FILE,
  LEAVES_FILE,
  type Manifest,
  splitLines,
} from './archive-file.ts'
import type { Finding } from './finding.ts'

/** An archive's log as it was read. */
export interface LogReading {
  readonly findings: readonly Finding[]
  readonly leaves: readonly Uint8Array[]
  /** Root of the leaves, hexadecimal. */
  readonly root: string
  /** Name and id of the key whose signature holds; null when none does. */
  readonly signedBy: string | null
}

/** Root over the first leaves. */
export function rootOfLeaves(leaves: readonly Uint8Array[]): Hash {
  const tree = createGrowingTree()
  for (const leaf of leaves) tree.append(hashLeaf(leaf))
  return tree.root()
}

/** Reads and checks the log. `vkeys` are the reader's own keys, one a line; null takes those in the archive. */
export function readArchivedLog(files: ArchiveFiles, manifest: Manifest, vkeys: string | null): LogReading {
  const lines = splitLines(files.get(LEAVES_FILE) ?? Uint8Array.of(0))
  const leaves = lines ?? []
  const root = rootOfLeaves(leaves)
  const note = textOf(files.get(CHECKPOINT_FILE))
  const keys = parseKeys(vkeys ?? textOf(files.get(KEYS_FILE)))
  const signature = verifyNote(note, keys)
  const head = parseCheckpoint(signature.ok ? signature.value.text : note.slice(0, note.indexOf('\n\n') + 1))
  const signer = signature.ok ? signature.value.signatures[0]!.key : null
  return {
    leaves,
    root: toHex(root),
    signedBy: signer === null ? null : `${signer.name}+${signer.keyId}`,
    findings: [
      { name: 'log-leaves', problem: lines === null ? 'malformed' : leavesProblem(leaves, manifest) },
      { name: 'log-root', problem: head.ok ? headProblem(head.value, manifest, root) : 'malformed' },
      {
        name: 'log-signature',
        problem: signatureProblem(signer, manifest, signature.ok ? null : signature.error),
      },
    ],
  }
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes)
}

/** The keys of a text with one per line; lines that are none are left out. */
function parseKeys(text: string): readonly VerifierKey[] {
  return text.split('\n').flatMap(line => {
    const key = parseVkey(line.trim())
    return key.ok ? [key.value] : []
  })
}

/** Every leaf is canonical and of this log, and there are as many as the manifest says. */
function leavesProblem(leaves: readonly Uint8Array[], { leafCount, origin }: Manifest): string | null {
  if (leaves.length !== leafCount) return `${leaves.length} of ${leafCount}`
  for (const [index, leaf] of leaves.entries()) {
    const json = parseCanonical(leaf)
    const { t, log } = (json.ok ? (json.value ?? {}) : {}) as { readonly t?: unknown; readonly log?: unknown }
    if (typeof t !== 'string') return `${index}: malformed`
    if (log !== origin) return `${index}: other-log`
  }
  return null
}

function headProblem(
  head: { readonly origin: string; readonly size: number; readonly root: Hash },
  { origin, leafCount }: Manifest,
  root: Hash,
): string | null {
  if (head.origin !== origin) return 'other-log'
  if (head.size !== leafCount) return `${leafCount} of ${head.size}`
  return equalBytes(head.root, root) ? null : 'root'
}

function signatureProblem(
  signer: VerifierKey | null,
  { origin }: Manifest,
  problem: string | null,
): string | null {
  if (signer === null) return problem ?? 'missing'
  return signer.name === origin ? null : 'other-log'
}
