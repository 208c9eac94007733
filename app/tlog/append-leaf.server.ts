/**
 * Making a log and appending to it, inside the caller's transaction: the entry, the caller's rows and the head are
 * committed together or not at all. Nothing here publishes.
 */

import type { Tx } from '#db'
import { appendEntries, insertLog } from '#db/tlog'
import { assert, utf8 } from '#kernel'
import { isKeyName } from './note.ts'
import { LARGEST_ENTRY_BYTES } from './tile.ts'

/** PostgreSQL and most witnesses agree on this much. */
const LONGEST_ORIGIN_BYTES = 255

/** True for an origin that may also stand as key name in a signature line. */
export function isOrigin(origin: string): boolean {
  return isKeyName(origin) && utf8(origin).length <= LONGEST_ORIGIN_BYTES
}

/**
 * Makes the empty log of a community. The origin is its name for ever, in every checkpoint and key; by custom the
 * address without scheme and trailing slash, such as `ledger.example.cn/c/1001`.
 */
export async function createLog(tx: Tx, communityId: number, origin: string): Promise<void> {
  assert(isOrigin(origin), `not an origin: ${origin}`)
  await insertLog(tx, communityId, origin)
}

/**
 * Appends entries in order and returns the index of the first and the new size. Call it last in the transaction: it holds
 * the log's lock until commit. Under REPEATABLE READ a concurrent append ends in SQLSTATE 40001: run under READ COMMITTED.
 * Several logs in one transaction must be appended to in ascending `communityId`. Entries hold no personal data.
 */
export async function appendLeaf(
  tx: Tx,
  communityId: number,
  entries: readonly Uint8Array[],
): Promise<{ firstIndex: number; size: number }> {
  assert(entries.length > 0, 'nothing to append')
  assert(
    entries.every(entry => entry.length <= LARGEST_ENTRY_BYTES),
    'an entry has at most 65,535 bytes',
  )
  const { firstIndex, size } = await appendEntries(tx, communityId, entries)
  assert(size === firstIndex + entries.length, 'the log grew by something else')
  return { firstIndex, size }
}
