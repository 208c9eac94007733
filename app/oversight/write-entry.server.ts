/**
 * Writes comments of overseers, findings of auditors, and the replies to both. Row, words and leaf are one transaction; nothing
 * written is changed, and whoever only looks can still change no figure.
 */
import type { Tx } from '#db'
import {
  findEntry,
  insertEntry,
  insertOversightText,
  insertReply,
  listReplies,
  lockEntry,
} from '#db/oversight'
import { dateOf, err, isId, ok, type Result } from '#kernel'
import { parseVoucherKey, privateTextIn } from '#ledger'
import { type LedgerCommunity, readVoucher } from '#ledger/server'
import { type Actor, can } from '#people'
import { type ActName, noteAct } from '#people/server'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import {
  actingRole,
  ENTRY_ACTION,
  type EntryKind,
  type EntrySubject,
  entryLeaf,
  entryState,
  hiddenIn,
  parseSubject,
  type ReplyKind,
  repliesOpenTo,
  replyDueOn,
  replyLeaf,
  WORDS_LENGTH_MAX,
} from './entry.ts'

export type EntryRefusal = {
  readonly code:
    | 'not-permitted'
    | 'words-missing'
    | 'words-too-long'
    /** A phone, identity or card number: what is written here is public. */
    | 'words-private'
    | 'subject-unknown'
    | 'entry-unknown'
    /** Nothing of that kind can be said to it now. */
    | 'reply-unfit'
}

function checkWords(text: string): Result<string, EntryRefusal> {
  const words = text.normalize('NFC').replace(/\r\n?/g, '\n').trim()
  if (words === '') return err({ code: 'words-missing' })
  if (words.length > WORDS_LENGTH_MAX) return err({ code: 'words-too-long' })
  return privateTextIn(words, []) === null ? ok(words) : err({ code: 'words-private' })
}

async function findSubject(
  portal: Portal,
  community: LedgerCommunity,
  text: string,
): Promise<EntrySubject | null> {
  const about = parseSubject(text)
  if (about === null) return null
  if (about.kind === 'period') return about.subject < community.firstPeriod ? null : about
  if (about.kind === 'community') return about
  const key = parseVoucherKey(about.subject)
  return key !== null && (await readVoucher(portal, community, key)) !== null ? about : null
}

/** Appends the leaf with the words beside it; gives the leaf's index. */
async function append(
  portal: Portal,
  tx: Tx,
  community: LedgerCommunity,
  hidden: { readonly author: string; readonly words: string },
  leafOf: (digests: ReturnType<typeof hiddenIn>) => Uint8Array,
): Promise<bigint> {
  const salt = portal.random.bytes(32)
  const { firstIndex } = await appendLeaf(tx, community.communityId, [leafOf(hiddenIn(salt, hidden))])
  const leafIndex = BigInt(firstIndex)
  await insertOversightText(tx, {
    community_id: community.communityId,
    leaf_index: leafIndex,
    salt,
    ...hidden,
  })
  return leafIndex
}

/** Writes a comment or a finding; gives its id. A finding asks for a reply within fifteen days. */
export async function writeEntry(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  entry: { readonly kind: EntryKind; readonly about: string; readonly words: string },
): Promise<Result<string, EntryRefusal>> {
  const { communityId } = community
  const role = actingRole(actor, communityId, ENTRY_ACTION[entry.kind])
  if (role === null) return err({ code: 'not-permitted' })
  const words = checkWords(entry.words)
  if (!words.ok) return words
  const about = await findSubject(portal, community, entry.about)
  if (about === null) return err({ code: 'subject-unknown' })
  const madeAt = portal.clock.now()
  const entryId = portal.random.id()
  const due = entry.kind === 'finding' ? replyDueOn(dateOf(madeAt)) : null
  return portal.db.transaction().execute(async tx => {
    await audit(portal, tx, communityId, actor, `write-${entry.kind}`, entryId)
    const { kind } = entry
    const hidden = { author: actor.userId, words: words.value }
    const leafIndex = await append(portal, tx, community, hidden, digests =>
      entryLeaf(community.logOrigin, { entryId, kind, about, role, replyDueOn: due, madeAt, ...digests }),
    )
    await insertEntry(tx, {
      community_id: communityId,
      entry_id: entryId,
      kind,
      subject_kind: about.kind,
      subject: about.subject,
      role,
      reply_due_on: due,
      made_at: madeAt,
      leaf_index: leafIndex,
    })
    return ok(entryId)
  })
}

/** Replies to an entry: an answer, or the other side's word on it. */
export async function replyToEntry(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  reply: { readonly entryId: string; readonly kind: ReplyKind; readonly words: string },
): Promise<Result<void, EntryRefusal>> {
  const { communityId } = community
  const words = checkWords(reply.words)
  if (!isId(reply.entryId)) return err({ code: 'entry-unknown' })
  return portal.db.transaction().execute(async tx => {
    await lockEntry(tx, communityId)
    const entry = await findEntry(tx, communityId, reply.entryId)
    if (entry === undefined) return err({ code: 'entry-unknown' })
    const action = reply.kind === 'answer' ? 'oversight:answer' : ENTRY_ACTION[entry.kind]
    const role = actingRole(actor, communityId, action)
    if (role === null || !can(actor, action, communityId)) return err({ code: 'not-permitted' })
    const before = await listReplies(tx, communityId, [reply.entryId])
    const state = entryState(before.map(each => each.kind))
    if (!repliesOpenTo(actor, communityId, { kind: entry.kind, state }).includes(reply.kind)) {
      return err({ code: 'reply-unfit' })
    }
    if (!words.ok) return words
    const { entryId, kind } = reply
    const replyId = portal.random.id()
    const madeAt = portal.clock.now()
    await audit(portal, tx, communityId, actor, `reply-${kind}`, entryId)
    const hidden = { author: actor.userId, words: words.value }
    const leafIndex = await append(portal, tx, community, hidden, digests =>
      replyLeaf(community.logOrigin, { replyId, entryId, kind, role, madeAt, ...digests }),
    )
    await insertReply(tx, {
      community_id: communityId,
      reply_id: replyId,
      entry_id: entryId,
      kind,
      role,
      made_at: madeAt,
      leaf_index: leafIndex,
    })
    return ok(undefined)
  })
}

async function audit(
  portal: Portal,
  tx: Tx,
  communityId: number,
  actor: Actor,
  act: ActName,
  subject: string,
): Promise<void> {
  await noteAct(portal, tx, { communityId, by: actor.userId, act, subject })
}
