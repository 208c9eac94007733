/** A published record of the log by its place: exactly its bytes, nothing built anew. Never writes. */
import { assert } from '#kernel'
import type { Portal } from '#platform'
import { decodeEntryBundle } from '#tlog'
import { readEntryBundle } from '#tlog/server'

const BUNDLE_ENTRIES = 256

/** The place in the log that an address names; null when it is no number. */
export function entryIndexOf(text: string | undefined): number | null {
  return text !== undefined && /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : null
}

/** The bytes of one published entry; null until a checkpoint covers it. */
export async function readPublishedEntry(
  portal: Portal,
  communityId: number,
  index: number,
): Promise<Uint8Array | null> {
  const width = (index % BUNDLE_ENTRIES) + 1
  const bundle = await readEntryBundle(portal.db, communityId, {
    index: (index - width + 1) / BUNDLE_ENTRIES,
    width,
  })
  if (bundle === null) return null
  const entries = decodeEntryBundle(bundle)
  assert(entries.ok, 'a bundle of our own log is well-formed')
  return entries.value.at(-1)!
}
