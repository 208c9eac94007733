/**
 * Publishing: signs the head of a log and stores the signed checkpoint. Signs nothing that is not proved to append to
 * everything signed before, by the database and by the sign-guard outside of it.
 */
import type { Database, Tx } from '#db'
import {
  insertCheckpoint,
  type LogHead,
  listUnpublishedLogs,
  readHead,
  readNewestCheckpoint,
  readTiles,
  tryPublisherLock,
} from '#db/tlog'
import { assert, equalBytes, err, ok, type Result } from '#kernel'
import { formatCheckpoint } from './checkpoint.ts'
import type { CheckpointSigner } from './log-signer.server.ts'
import { formatNote, verifyNote } from './note.ts'
import { isSameHead, type SignedHead, type SignGuard, type SignGuardRefusal } from './sign-guard.server.ts'
import { readerOfTiles, tilesOfNodes } from './tile.ts'
import {
  checkConsistency,
  emptyRoot,
  nodesOfConsistencyProof,
  nodesOfRange,
  proveConsistency,
  rootOf,
} from './tree.ts'

/** What publishing needs from the platform. */
export interface Publisher {
  readonly db: Database
  now(): Date
  /** The signer of the log with this origin. */
  signerOf(origin: string): Promise<CheckpointSigner>
  readonly guard: SignGuard
}

export type PublishProblemCode =
  | 'log-missing'
  /** Another process is publishing this log just now: no harm. */
  | 'publisher-busy'
  /** Checkpoints exist and the guard knows of none: adopt the newest on purpose, or bring the guard's files back. */
  | 'sign-guard-missing'
  /** The database is older than what was signed: a restored backup. */
  | 'log-went-back'
  /** The log does not contain what was signed: alarm, never retry. */
  | 'log-forked'
  | SignGuardRefusal

export interface PublishProblem {
  readonly code: PublishProblemCode
  readonly communityId: number
  readonly size: number
  /** Size of the head last signed, as the guard knows it. */
  readonly signedSize: number | null
}

export interface PublishedCheckpoint {
  readonly size: number
  /** The signed note. */
  readonly note: string
  /** False when the newest checkpoint already covers the head. */
  readonly isNew: boolean
}

/** Proves from the tiles that the head's root is the tree's, and that the tree appends to each earlier head. */
async function checkGrowth(
  tx: Tx,
  communityId: number,
  head: LogHead,
  earlier: readonly SignedHead[],
): Promise<boolean> {
  const nodes = [
    ...nodesOfRange(0, head.size),
    ...earlier.flatMap(({ size }) => nodesOfConsistencyProof(size, head.size)),
  ]
  const read = readerOfTiles(await readTiles(tx, communityId, tilesOfNodes(nodes, head.size)))
  if (!equalBytes(rootOf(head.size, read), head.root)) return false
  return earlier.every(({ size, root }) =>
    checkConsistency(proveConsistency(size, head.size, read), size, root, head.size, head.root),
  )
}

async function signHead(signer: CheckpointSigner, head: LogHead): Promise<string> {
  const text = formatCheckpoint(head)
  const note = formatNote(text, [await signer.sign(text)])
  const verified = verifyNote(note, [signer.key])
  assert(verified.ok && signer.key.name === head.origin, `the signer of ${head.origin} signs something else`)
  return note
}

/**
 * Signs and stores the head of one log in one transaction of its own, unless the newest checkpoint already covers it.
 * The guard remembers first, so a crash leaves at worst a remembered head without a signature, which is signed next time.
 */
export async function publishCheckpoint(
  publisher: Publisher,
  communityId: number,
): Promise<Result<PublishedCheckpoint, PublishProblem>> {
  return publisher.db.transaction().execute(async tx => {
    const refuse = (code: PublishProblemCode, size: number, signedSize: number | null) =>
      err({ code, communityId, size, signedSize })
    if (!(await tryPublisherLock(tx, communityId))) return refuse('publisher-busy', 0, null)
    const newest = await readNewestCheckpoint(tx, communityId)
    const head = await readHead(tx, communityId)
    if (head === null) return refuse('log-missing', 0, null)
    const last = await publisher.guard.last(head.origin)
    const signedSize = last?.size ?? null
    if (newest !== null && last === null) return refuse('sign-guard-missing', head.size, signedSize)
    const earlier = [newest, last].filter(known => known !== null)
    if (earlier.some(({ size }) => size > head.size)) return refuse('log-went-back', head.size, signedSize)
    if (!(await checkGrowth(tx, communityId, head, [{ size: 0, root: emptyRoot() }, ...earlier]))) {
      return refuse('log-forked', head.size, signedSize)
    }
    if (newest?.size === head.size && isSameHead(last, head)) {
      return ok({ size: newest.size, note: newest.note, isNew: false })
    }
    const remembered = await publisher.guard.remember(head.origin, head, last)
    if (!remembered.ok) return refuse(remembered.error, head.size, signedSize)
    if (newest?.size === head.size) return ok({ size: newest.size, note: newest.note, isNew: false })
    const note = await signHead(await publisher.signerOf(head.origin), head)
    await insertCheckpoint(tx, communityId, {
      size: head.size,
      root: head.root,
      note,
      publishedAt: publisher.now(),
    })
    return ok({ size: head.size, note, isNew: true })
  })
}

/** Publishes every log that has grown since its newest checkpoint; the problems are returned, one log's does not stop the next. */
export async function publishCheckpoints(
  publisher: Publisher,
): Promise<{ published: PublishedCheckpoint[]; problems: PublishProblem[] }> {
  const published: PublishedCheckpoint[] = []
  const problems: PublishProblem[] = []
  for (const communityId of await listUnpublishedLogs(publisher.db)) {
    const outcome = await publishCheckpoint(publisher, communityId)
    if (outcome.ok) published.push(outcome.value)
    else problems.push(outcome.error)
  }
  return { published, problems }
}

/**
 * Tells a guard that lost its files what the database's newest checkpoint is. An operator's deliberate act: whoever does
 * it vouches that no larger checkpoint was ever handed out.
 */
export async function adoptNewestCheckpoint(
  publisher: Pick<Publisher, 'db' | 'guard'>,
  communityId: number,
): Promise<Result<SignedHead | null, SignGuardRefusal>> {
  const head = await readHead(publisher.db, communityId)
  const newest = await readNewestCheckpoint(publisher.db, communityId)
  if (head === null || newest === null) return ok(null)
  const remembered = await publisher.guard.remember(head.origin, newest, null)
  return remembered.ok ? ok(newest) : remembered
}
