/**
 * The archive of one poll as a public file. Anybody may ask for it, so it is made once for each step that the poll takes, one
 * at a time, packed beside the event loop, and kept in memory within a bound. What is kept is public and can be made again.
 */
import { err, ok, type Result } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import type { Portal } from '#platform'
import { readCheckpoint } from '#tlog/server'
import { readPoll } from '#votes/server'
import { readArchive } from './read-archive.server.ts'
import { packArchiveAside } from './zip.server.ts'

interface KeptArchive {
  /** The log's size at the checkpoint that the archive ends with. */
  readonly size: number
  readonly zip: Uint8Array
}

/** Bytes that all kept archives of a process may take; the newest one stays even when it alone is larger. */
const KEPT_BYTES = 64 * 1024 * 1024

class ArchiveShelf {
  private readonly kept = new Map<string, KeptArchive>()
  private last: Promise<unknown> = Promise.resolve()

  find(name: string): KeptArchive | undefined {
    return this.kept.get(name)
  }

  keep(name: string, archive: KeptArchive): void {
    this.kept.delete(name)
    this.kept.set(name, archive)
    let bytes = [...this.kept.values()].reduce((sum, { zip }) => sum + zip.length, 0)
    for (const [oldest, { zip }] of this.kept) {
      if (bytes <= KEPT_BYTES || oldest === name) break
      this.kept.delete(oldest)
      bytes -= zip.length
    }
  }

  /** Runs one act after the other, whatever became of the one before. */
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.last.then(act, act)
    this.last = turn.catch(() => null)
    return turn
  }
}

const shelves = new WeakMap<Portal, ArchiveShelf>()

function shelfOf(portal: Portal): ArchiveShelf {
  const shelf = shelves.get(portal) ?? new ArchiveShelf()
  shelves.set(portal, shelf)
  return shelf
}

/**
 * The zip of a counted poll. `poll-uncounted` before the count, `log-unpublished` for the moment until a checkpoint covers it.
 * A later step of the poll (a sign-off, its end) makes the file anew once a checkpoint covers that step.
 */
export async function readPublicArchive(
  portal: Portal,
  community: LedgerCommunity,
  request: { readonly poll: string; readonly readme: string },
): Promise<Result<Uint8Array, 'poll-unknown' | 'poll-uncounted' | 'log-unpublished'>> {
  const poll = await readPoll(portal, community, null, request.poll)
  if (poll === null) return err('poll-unknown')
  if (poll.deadlines === null) return err('poll-uncounted')
  const needed = 1 + Math.max(...poll.steps.map(({ leafIndex }) => leafIndex ?? -1))
  const shelf = shelfOf(portal)
  const name = `${community.communityId}/${poll.pollId}`
  const isNew = (archive: KeptArchive | undefined) => archive !== undefined && archive.size >= needed
  if (isNew(shelf.find(name))) return ok(shelf.find(name)!.zip)
  return shelf.inTurn(async () => {
    const kept = shelf.find(name)
    const newest = await readCheckpoint(portal.db, community.communityId)
    // Whoever waited for this turn finds what the one before has made.
    if (kept !== undefined && (isNew(kept) || (newest?.size ?? 0) < needed)) return ok(kept.zip)
    const files = await readArchive(portal, community, request)
    if (!files.ok) return err('log-unpublished')
    const zip = await packArchiveAside(files.value)
    shelf.keep(name, { size: newest?.size ?? 0, zip })
    return ok(zip)
  })
}
