/**
 * The independent re-deriver of a log: every leaf hash, tile and root again from the entries, with the pure tree code and
 * not with the database's, and every checkpoint against them. It changes nothing and stops at nothing it can name.
 */
import type { Tx } from '#db'
import { listCheckpoints, readEntries, readExtent, readStoredTiles, type StoredCheckpoint } from '#db/tlog'
import { concatBytes, equalBytes } from '#kernel'
import { parseCheckpoint } from './checkpoint.ts'
import { createGrowingTree, type GrowingTree } from './growing-tree.ts'
import { parseNote, type VerifierKey, verifyNote } from './note.ts'
import type { SignedHead } from './sign-guard.server.ts'
import { hashComplete, splitHashes, TILE_WIDTH, type TileBytes } from './tile.ts'
import { type Hash, hashLeaf } from './tree.ts'

/** What is off, and where. Sizes and indices count leaves; `index` with `level` counts tiles. */
export type LogFinding =
  | { readonly code: 'log-missing' }
  | { readonly code: 'leaf-missing' | 'leaf-hash-wrong'; readonly index: number }
  | { readonly code: 'leaf-unexpected' | 'tile-unexpected'; readonly count: number }
  | { readonly code: 'tile-missing' | 'tile-wrong'; readonly level: number; readonly index: number }
  | {
      readonly code:
        | 'head-root-wrong'
        | 'head-edge-wrong'
        | 'checkpoint-malformed'
        | 'checkpoint-origin-wrong'
        | 'checkpoint-signature-invalid'
        | 'checkpoint-columns-wrong'
        | 'checkpoint-ahead'
        | 'checkpoint-root-wrong'
        | 'signed-head-missing'
      readonly size: number
    }

const PAGE = 1000

async function readAllCheckpoints(tx: Tx, communityId: number): Promise<StoredCheckpoint[]> {
  const checkpoints: StoredCheckpoint[] = []
  for (;;) {
    const page = await listCheckpoints(tx, communityId, checkpoints.at(-1)?.size ?? -1, PAGE)
    checkpoints.push(...page)
    if (page.length < PAGE) return checkpoints
  }
}

function checkSignedText(
  checkpoint: StoredCheckpoint,
  origin: string,
  keys: readonly VerifierKey[],
): LogFinding[] {
  const { size, note, root } = checkpoint
  const parsed = parseNote(note)
  const head = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed
  if (!head.ok) return [{ code: 'checkpoint-malformed', size }]
  const findings: LogFinding[] = []
  if (head.value.origin !== origin) findings.push({ code: 'checkpoint-origin-wrong', size })
  if (head.value.size !== size || !equalBytes(head.value.root, root)) {
    findings.push({ code: 'checkpoint-columns-wrong', size })
  }
  const logKeys = keys.filter(key => key.name === origin)
  if (!verifyNote(note, logKeys).ok) findings.push({ code: 'checkpoint-signature-invalid', size })
  return findings
}

async function checkTiles(
  tx: Tx,
  communityId: number,
  completed: readonly TileBytes[],
): Promise<LogFinding[]> {
  const wanted = completed.map(({ tile }) => ({ level: tile.level as number, index: tile.index }))
  const stored = await readStoredTiles(tx, communityId, wanted)
  const findings: LogFinding[] = []
  for (const [i, { level, index }] of wanted.entries()) {
    const found = stored.find(tile => tile.level === level && tile.index === index)
    const { bytes } = completed[i]!
    if (found === undefined) findings.push({ code: 'tile-missing', level, index })
    else if (
      !equalBytes(found.hashes, bytes) ||
      !equalBytes(found.tileRoot, hashComplete(splitHashes(bytes)))
    )
      findings.push({ code: 'tile-wrong', level, index })
  }
  return findings
}

/** Grows the tree again from the stored entries, page by page, up to `size` or the first gap; notes the roots at the sizes asked for. */
async function regrow(
  tx: Tx,
  communityId: number,
  size: number,
  sizesOfInterest: ReadonlySet<number>,
): Promise<{ tree: GrowingTree; roots: Map<number, Hash>; tileCount: number; findings: LogFinding[] }> {
  const tree = createGrowingTree()
  const roots = new Map<number, Hash>([[0, tree.root()]])
  const findings: LogFinding[] = []
  let tileCount = 0
  while (tree.size() < size) {
    const first = tree.size()
    const entries = await readEntries(tx, communityId, first, Math.min(TILE_WIDTH, size - first))
    const completed: TileBytes[] = []
    for (const { index, leafHash, entry } of entries) {
      if (index !== tree.size()) break
      const hash = hashLeaf(entry)
      if (!equalBytes(hash, leafHash)) findings.push({ code: 'leaf-hash-wrong', index })
      completed.push(...tree.append(hash))
      if (sizesOfInterest.has(tree.size())) roots.set(tree.size(), tree.root())
    }
    tileCount += completed.length
    findings.push(...(await checkTiles(tx, communityId, completed)))
    if (tree.size() < Math.min(first + TILE_WIDTH, size)) {
      findings.push({ code: 'leaf-missing', index: tree.size() })
      break
    }
  }
  return { tree, roots, tileCount, findings }
}

function checkRoot(
  roots: ReadonlyMap<number, Hash>,
  { size, root }: SignedHead,
  wrong: 'checkpoint-root-wrong' | 'signed-head-missing',
  ahead: 'checkpoint-ahead' | 'signed-head-missing',
): LogFinding[] {
  const regrown = roots.get(size)
  if (regrown === undefined) return [{ code: ahead, size }]
  return equalBytes(regrown, root) ? [] : [{ code: wrong, size }]
}

/**
 * Re-derives the whole log of a community and names everything that is off; an empty list is a clean log. `keys` are all
 * keys the log ever signed with. `lastSigned`, from the sign-guard, shows a database that is older than what was signed.
 */
export async function checkLog(
  tx: Tx,
  communityId: number,
  keys: readonly VerifierKey[],
  lastSigned: SignedHead | null = null,
): Promise<LogFinding[]> {
  // Checkpoints before the head: what is appended meanwhile lies beyond both.
  const checkpoints = await readAllCheckpoints(tx, communityId)
  const extent = await readExtent(tx, communityId)
  if (extent === null) return [{ code: 'log-missing' }]
  const heads = lastSigned === null ? checkpoints : [...checkpoints, lastSigned]
  const { tree, roots, tileCount, findings } = await regrow(
    tx,
    communityId,
    extent.size,
    new Set(heads.map(({ size }) => size)),
  )
  if (extent.entryCount > extent.size) {
    findings.push({ code: 'leaf-unexpected', count: extent.entryCount - extent.size })
  }
  if (extent.tileCount > tileCount)
    findings.push({ code: 'tile-unexpected', count: extent.tileCount - tileCount })
  if (!equalBytes(tree.root(), extent.root)) findings.push({ code: 'head-root-wrong', size: extent.size })
  if (!equalBytes(concatBytes(...tree.edge()), extent.edge)) {
    findings.push({ code: 'head-edge-wrong', size: extent.size })
  }
  for (const checkpoint of checkpoints) {
    findings.push(...checkSignedText(checkpoint, extent.origin, keys))
    findings.push(...checkRoot(roots, checkpoint, 'checkpoint-root-wrong', 'checkpoint-ahead'))
  }
  if (lastSigned !== null) {
    findings.push(...checkRoot(roots, lastSigned, 'signed-head-missing', 'signed-head-missing'))
  }
  return findings
}
