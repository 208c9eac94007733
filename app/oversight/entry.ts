/**
 * Comments of overseers and findings of auditors: what they are about, how they are answered, when one is overdue, and the
 * leaves they leave. Pure; a leaf holds digests of words and author, never the words.
 */
import { addDays, type CivilDate, canonicalBytes, formatInstant, parsePeriod, saltedDigest } from '#kernel'
import { parseVoucherKey } from '#ledger'
import { type Action, type Actor, can, type Role } from '#people'

export type EntryKind = 'comment' | 'finding'
/** `answer` by who is asked; `settle` or `insist` by the side that wrote the entry. */
export type ReplyKind = 'answer' | 'settle' | 'insist'
export type EntryState = 'open' | 'answered' | 'settled'

/** What an entry is about. */
export interface EntrySubject {
  readonly kind: 'community' | 'period' | 'voucher'
  /** Empty, `2026-06` or `2026-0042`. */
  readonly subject: string
}

/** The act that writes an entry of a kind, and that settles it. */
export const ENTRY_ACTION = {
  comment: 'oversight:comment',
  finding: 'finding:make',
} as const satisfies Record<EntryKind, Action>

/** A finding is answered within this many days. */
export const FINDING_REPLY_DAYS = 15
export const WORDS_LENGTH_MAX = 2000

/** Reads what somebody typed: nothing is the community, a month, or a voucher; null for anything else. */
export function parseSubject(text: string): EntrySubject | null {
  const typed = text.normalize('NFKC').trim()
  if (typed === '') return { kind: 'community', subject: '' }
  if (parsePeriod(typed).ok) return { kind: 'period', subject: typed }
  return parseVoucherKey(typed) === null ? null : { kind: 'voucher', subject: typed }
}

/** Where an entry stands after its replies, in their order. */
export function entryState(replies: readonly ReplyKind[]): EntryState {
  const last = replies.at(-1)
  if (last === 'settle') return 'settled'
  return last === 'answer' ? 'answered' : 'open'
}

/** The replies that the actor may give to an entry now. */
export function repliesOpenTo(
  actor: Actor | null,
  communityId: number,
  entry: { readonly kind: EntryKind; readonly state: EntryState },
): readonly ReplyKind[] {
  const mayAnswer = entry.state !== 'settled' && can(actor, 'oversight:answer', communityId)
  const mayJudge = entry.state === 'answered' && can(actor, ENTRY_ACTION[entry.kind], communityId)
  return [...(mayAnswer ? (['answer'] as const) : []), ...(mayJudge ? (['settle', 'insist'] as const) : [])]
}

/** The office in which the actor acts: the first of theirs that the act belongs to. */
export function actingRole(actor: Actor, communityId: number, action: Action): Role | null {
  const held = actor.roles.find(each => {
    return each.communityId === communityId && can({ ...actor, roles: [each] }, action, communityId)
  })
  return held?.role ?? null
}

/** The last day for the reply to a finding made on a day. */
export function replyDueOn(madeOn: CivilDate): CivilDate {
  return addDays(madeOn, FINDING_REPLY_DAYS)
}

/** What a leaf says of words and author. */
export function hiddenIn(salt: Uint8Array, hidden: { readonly author: string; readonly words: string }) {
  return {
    by: saltedDigest(salt, 'oversight/by', hidden.author),
    words: saltedDigest(salt, 'oversight/words', hidden.words),
  }
}

type Hidden = ReturnType<typeof hiddenIn>

/** A comment or a finding. */
export function entryLeaf(
  log: string,
  entry: {
    readonly entryId: string
    readonly kind: EntryKind
    readonly about: EntrySubject
    readonly role: string
    readonly replyDueOn: string | null
    readonly madeAt: Date
  } & Hidden,
): Uint8Array {
  return canonicalBytes({
    v: 1,
    t: 'oversight.entry',
    log,
    entry: entry.entryId,
    kind: entry.kind,
    about: { kind: entry.about.kind, subject: entry.about.subject },
    role: entry.role,
    reply_due_on: entry.replyDueOn,
    by: entry.by,
    words: entry.words,
    at: formatInstant(entry.madeAt),
  })
}

/** An answer, or what the other side says to it. */
export function replyLeaf(
  log: string,
  reply: {
    readonly replyId: string
    readonly entryId: string
    readonly kind: ReplyKind
    readonly role: string
    readonly madeAt: Date
  } & Hidden,
): Uint8Array {
  return canonicalBytes({
    v: 1,
    t: 'oversight.reply',
    log,
    reply: reply.replyId,
    entry: reply.entryId,
    kind: reply.kind,
    role: reply.role,
    by: reply.by,
    words: reply.words,
    at: formatInstant(reply.madeAt),
  })
}
