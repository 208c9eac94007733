/**
 * Keeps the index up with the log: each leaf that makes a text public puts it in, in order, and the place reached is kept in
 * the same transaction. The index holds nothing that cannot be made again from there; nobody waits for it.
 */
import { readIndexed, upsertSearchDocuments, writeIndexed } from '#db/search'
import { type CanonicalValue, parseCanonical } from '#kernel'
import { type LedgerCommunity, readCommunities } from '#ledger/server'
import type { Portal } from '#platform'
import { readLeaves } from '#tlog/server'
import type { SearchDocument } from './document.ts'
import { foldedText, gramsOf, shownText } from './grams.ts'
import { SOURCES } from './sources.server.ts'

const LEAVES_AT_ONCE = 500
/** A longer text is found by what it begins with. */
const LONGEST_BODY = 20_000

/** Puts in what the log has beyond the index; gives how many leaves that were. */
export async function indexCommunity(portal: Portal, community: LedgerCommunity): Promise<number> {
  const { communityId } = community
  for (let read = 0; ; ) {
    const from = await readIndexed(portal.db, communityId)
    const leaves = await readLeaves(portal.db, communityId, from, LEAVES_AT_ONCE)
    if (leaves.length === 0) return read
    const found = new Map<string, SearchDocument>()
    for (const [place, leaf] of leaves.entries()) {
      const document = await documentOf(portal, community, leaf, from + place)
      if (document !== null) found.set(`${document.kind}/${document.key}`, document)
    }
    await portal.db.transaction().execute(async tx => {
      // Whoever else was indexing has come as far or further: what both write is the same.
      await writeIndexed(tx, communityId, from + leaves.length)
      await upsertSearchDocuments(
        tx,
        [...found.values()].map(document => rowOf(communityId, document)),
      )
    })
    read += leaves.length
  }
}

/** Every community in its turn. */
export async function indexCommunities(portal: Portal): Promise<void> {
  for (const community of await readCommunities(portal.db)) await indexCommunity(portal, community)
}

async function documentOf(
  portal: Portal,
  community: LedgerCommunity,
  bytes: Uint8Array,
  index: number,
): Promise<SearchDocument | null> {
  const leaf = parseCanonical(bytes)
  if (!leaf.ok || typeof leaf.value !== 'object' || leaf.value === null) return null
  const fields = leaf.value as { readonly [name: string]: CanonicalValue }
  const source = typeof fields.t === 'string' ? SOURCES[fields.t] : undefined
  return source === undefined ? null : source(portal, community, fields, index)
}

function rowOf(communityId: number, { kind, key, title, body, on }: SearchDocument) {
  const shownTitle = shownText(title)
  const shownBody = shownText(body).slice(0, LONGEST_BODY)
  const folded = foldedText(`${shownTitle} ${shownBody}`)
  return {
    community_id: communityId,
    kind,
    document_key: key,
    title: shownTitle,
    body: shownBody,
    folded,
    grams: gramsOf(folded),
    happened_on: on,
  }
}
