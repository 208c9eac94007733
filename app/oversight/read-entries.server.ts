/** Reads comments and findings with their replies, as everybody may; with an actor, also what that one may do about each. */
import { type findEntry, listEntries, listReplies, listTexts } from '#db/oversight'
import { type CivilDate, civilDate } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import type { Actor, Role } from '#people'
import type { Portal } from '#platform'
import {
  type EntryKind,
  type EntryState,
  type EntrySubject,
  entryState,
  type ReplyKind,
  repliesOpenTo,
} from './entry.ts'

const ENTRIES_SHOWN = 100

/** What somebody wrote; null words and name when they were erased. */
export interface Written {
  readonly role: Role
  readonly name: string | null
  readonly words: string | null
  readonly madeAt: Date
  readonly leafIndex: number
}

export interface OversightEntry extends Written {
  readonly entryId: string
  readonly kind: EntryKind
  readonly about: EntrySubject
  readonly replyDueOn: CivilDate | null
  readonly state: EntryState
  readonly replies: readonly (Written & { readonly replyId: string; readonly kind: ReplyKind })[]
  /** What the reader may answer now. */
  readonly mayReply: readonly ReplyKind[]
}

type EntryRow = NonNullable<Awaited<ReturnType<typeof findEntry>>>

/** Entries of a community, newest first; of one month or voucher when it is given. */
export async function readEntries(
  portal: Portal,
  community: LedgerCommunity,
  actor: Actor | null,
  about: EntrySubject | null,
): Promise<readonly OversightEntry[]> {
  const { communityId } = community
  return assemble(portal, communityId, actor, await listEntries(portal.db, communityId, about, ENTRIES_SHOWN))
}

async function assemble(
  portal: Portal,
  communityId: number,
  actor: Actor | null,
  rows: readonly EntryRow[],
): Promise<readonly OversightEntry[]> {
  const replies = await listReplies(
    portal.db,
    communityId,
    rows.map(row => row.entry_id),
  )
  const texts = await listTexts(
    portal.db,
    communityId,
    [...rows, ...replies].map(row => row.leaf_index),
  )
  const writtenIn = (row: { role: Role; made_at: Date; leaf_index: bigint }): Written => {
    const text = texts.find(each => each.leaf_index === row.leaf_index)
    return {
      role: row.role,
      name: text?.display_name ?? null,
      words: text?.words ?? null,
      madeAt: row.made_at,
      leafIndex: Number(row.leaf_index),
    }
  }
  return rows.map(row => {
    const own = replies.filter(reply => reply.entry_id === row.entry_id)
    const state = entryState(own.map(reply => reply.kind))
    return {
      ...writtenIn(row),
      entryId: row.entry_id,
      kind: row.kind,
      about: { kind: row.subject_kind, subject: row.subject },
      replyDueOn: row.reply_due_on === null ? null : civilDate(row.reply_due_on),
      state,
      replies: own.map(reply => ({ ...writtenIn(reply), replyId: reply.reply_id, kind: reply.kind })),
      mayReply: repliesOpenTo(actor, communityId, { kind: row.kind, state }),
    }
  })
}
