/**
 * The re-deriver (fsck) of oversight: every comment, finding and reply is the leaf it names, made again from its row and its
 * words, and no leaf of theirs is without its row. Reads only.
 */
import { listEntries, listReplies, listTexts } from '#db/oversight'
import { readEntries as readLogEntries } from '#db/tlog'
import { equalBytes, toHex } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import type { Portal } from '#platform'
import { readLogSize } from '#tlog/server'
import { entryLeaf, entryState, hiddenIn, type ReplyKind, replyLeaf } from './entry.ts'

export const OVERSIGHT_INVARIANTS = [
  'entry-in-log',
  'reply-in-log',
  'leaf-has-its-row',
  'reply-in-turn',
] as const

export interface OversightFinding {
  readonly invariant: (typeof OVERSIGHT_INVARIANTS)[number]
  readonly reference: string
  readonly found: string
}

type EntryRow = Awaited<ReturnType<typeof listEntries>>[number]
type ReplyRow = Awaited<ReturnType<typeof listReplies>>[number]
type TextRow = Awaited<ReturnType<typeof listTexts>>[number]

const ALL = 1_000_000
const AT_ONCE = 1000
const OURS = /"t":"oversight\.(?:entry|reply)"/

/** The leaf's members that nobody can make again once the words are erased. */
function withoutDigests(leaf: Uint8Array): string {
  return new TextDecoder().decode(leaf).replace(/"(by|words)":"[0-9a-f]{64}"/g, '"$1":""')
}

function isOwnLeaf(
  stored: Uint8Array | undefined,
  text: TextRow | undefined,
  leafOf: (digests: ReturnType<typeof hiddenIn>) => Uint8Array,
): boolean {
  if (stored === undefined) return false
  if (text !== undefined) return equalBytes(stored, leafOf(hiddenIn(text.salt, text)))
  const none = '0'.repeat(64)
  return withoutDigests(stored) === withoutDigests(leafOf({ by: none, words: none }))
}

function entryLeafOf(community: LedgerCommunity, row: EntryRow) {
  return (digests: ReturnType<typeof hiddenIn>) =>
    entryLeaf(community.logOrigin, {
      entryId: row.entry_id,
      kind: row.kind,
      about: { kind: row.subject_kind, subject: row.subject },
      role: row.role,
      replyDueOn: row.reply_due_on,
      madeAt: row.made_at,
      ...digests,
    })
}

function replyLeafOf(community: LedgerCommunity, row: ReplyRow) {
  return (digests: ReturnType<typeof hiddenIn>) =>
    replyLeaf(community.logOrigin, {
      replyId: row.reply_id,
      entryId: row.entry_id,
      kind: row.kind,
      role: row.role,
      madeAt: row.made_at,
      ...digests,
    })
}

/** A word of the other side stands only after an answer, and nothing after it is settled. */
function isInTurn(kinds: readonly ReplyKind[]): boolean {
  return kinds.every((kind, place) => {
    const state = entryState(kinds.slice(0, place))
    return kind === 'answer' ? state !== 'settled' : state === 'answered'
  })
}

async function readOurLeaves(portal: Portal, communityId: number): Promise<Map<bigint, Uint8Array>> {
  const leaves = new Map<bigint, Uint8Array>()
  const size = await readLogSize(portal.db, communityId)
  for (let first = 0; first < size; first += AT_ONCE) {
    for (const { index, entry } of await readLogEntries(portal.db, communityId, first, AT_ONCE)) {
      if (OURS.test(new TextDecoder().decode(entry))) leaves.set(BigInt(index), entry)
    }
  }
  return leaves
}

/** Checks a community's entries and replies; gives their number and what is off. */
export async function checkOversight(
  portal: Portal,
  community: LedgerCommunity,
): Promise<{ readonly entries: number; readonly findings: readonly OversightFinding[] }> {
  const { communityId } = community
  const entries = await listEntries(portal.db, communityId, null, ALL)
  const replies = await listReplies(
    portal.db,
    communityId,
    entries.map(row => row.entry_id),
  )
  const rows = [...entries, ...replies]
  const texts = await listTexts(
    portal.db,
    communityId,
    rows.map(row => row.leaf_index),
  )
  const textOf = (row: { leaf_index: bigint }) => texts.find(text => text.leaf_index === row.leaf_index)
  const leaves = await readOurLeaves(portal, communityId)
  const hashOf = (index: bigint) => (leaves.has(index) ? toHex(leaves.get(index)!).slice(0, 16) : `${index}`)
  const findings: OversightFinding[] = []
  const expect = (
    holds: boolean,
    invariant: OversightFinding['invariant'],
    reference: string,
    found: string,
  ) => {
    if (!holds) findings.push({ invariant, reference, found })
  }
  for (const row of entries) {
    const own = isOwnLeaf(leaves.get(row.leaf_index), textOf(row), entryLeafOf(community, row))
    expect(own, 'entry-in-log', row.entry_id, hashOf(row.leaf_index))
    const kinds = replies.filter(reply => reply.entry_id === row.entry_id).map(reply => reply.kind)
    expect(isInTurn(kinds), 'reply-in-turn', row.entry_id, kinds.join(' '))
  }
  for (const row of replies) {
    const own = isOwnLeaf(leaves.get(row.leaf_index), textOf(row), replyLeafOf(community, row))
    expect(own, 'reply-in-log', row.reply_id, hashOf(row.leaf_index))
  }
  const named = new Set(rows.map(row => row.leaf_index))
  for (const index of leaves.keys()) expect(named.has(index), 'leaf-has-its-row', `${index}`, hashOf(index))
  return { entries: entries.length, findings }
}
