/**
 * Keeping out of a payment (回避): an officer says so, or a mark of theirs is the payee's too. Either blocks that person's step,
 * and stands on the voucher's public page by office and ground, never by name or number.
 */
import type { Tx } from '#db'
import {
  insertOfficerMarks,
  insertPaymentMarks,
  insertRecusals,
  listOfficerMarks,
  listPaymentMarks,
  listRecusals,
  lockDraft,
} from '#db/ledger'
import { err, ok, type Result } from '#kernel'
import { type Action, type Actor, can, type Role } from '#people'
import type { Portal } from '#platform'
import type { LedgerCommunity } from './read-chart.server.ts'
import { MARK_KINDS, type MarkKind, plainMark, type Relation, relatedOfficers } from './relation.ts'
import { markDigest } from './relation-digest.server.ts'

export type RecuseRefusal = {
  readonly code: 'not-permitted' | 'draft-unknown' | 'draft-not-open' | 'draft-not-yours' | 'mark-too-short'
}

/** Shorter marks would be shared by chance. */
const MARK_LENGTH_MIN = 2

/** What may be noted: texts by kind; empty ones are left out. */
export type MarkTexts = Readonly<Partial<Record<MarkKind | 'invoice', string>>>

async function digestsOf(
  portal: Portal,
  texts: MarkTexts,
): Promise<Result<{ kind: MarkKind | 'invoice'; digest: string }[], RecuseRefusal>> {
  const digests: { kind: MarkKind | 'invoice'; digest: string }[] = []
  for (const kind of [...MARK_KINDS, 'invoice'] as const) {
    const text = (texts[kind] ?? '').trim()
    if (text === '') continue
    if (plainMark(kind, text).length < MARK_LENGTH_MIN) return err({ code: 'mark-too-short' })
    digests.push({ kind, digest: await markDigest(portal, kind, text) })
  }
  return ok(digests)
}

function officeOf(actor: Actor, action: Action, communityId: number): Role | null {
  const held = actor.roles.find(each => can({ ...actor, roles: [each] }, action, communityId))
  return held?.role ?? null
}

/** The preparer notes whose account, phone and invoice it is: kept as keyed digests, for comparing alone. Needs `voucher:draft`. */
export async function notePaymentMarks(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  draftId: string,
  texts: MarkTexts,
): Promise<Result<null, RecuseRefusal>> {
  const { communityId } = community
  if (!can(actor, 'voucher:draft', communityId)) return err({ code: 'not-permitted' })
  const digests = await digestsOf(portal, texts)
  if (!digests.ok) return digests
  return portal.db.transaction().execute(async tx => {
    const draft = await lockDraft(tx, communityId, draftId)
    if (draft === undefined) return err({ code: 'draft-unknown' })
    if (draft.state !== 'open') return err({ code: 'draft-not-open' })
    if (draft.drafted_by !== actor.userId) return err({ code: 'draft-not-yours' })
    await insertPaymentMarks(
      tx,
      digests.value.map(mark => ({
        community_id: communityId,
        draft_id: draftId,
        ...mark,
        noted_by: actor.userId,
        noted_at: portal.clock.now(),
      })),
    )
    return ok(null)
  })
}

/** An officer notes their own marks, so that a relation is found without their word. Needs `relation:declare`. */
export async function noteOwnMarks(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  texts: MarkTexts,
): Promise<Result<null, RecuseRefusal>> {
  const { communityId } = community
  if (!can(actor, 'relation:declare', communityId)) return err({ code: 'not-permitted' })
  const digests = await digestsOf(portal, { ...texts, invoice: '' })
  if (!digests.ok) return digests
  await insertOfficerMarks(
    portal.db,
    digests.value.flatMap(({ kind, digest }) =>
      kind === 'invoice'
        ? []
        : [
            {
              community_id: communityId,
              user_id: actor.userId,
              kind,
              digest,
              noted_at: portal.clock.now(),
            },
          ],
    ),
  )
  return ok(null)
}

/** How many marks of each kind an officer noted, and when last: the marks themselves nobody can read. */
export async function readOwnMarks(portal: Portal, actor: Actor, community: LedgerCommunity) {
  const rows = await listOfficerMarks(portal.db, community.communityId)
  return MARK_KINDS.map(kind => {
    const mine = rows.filter(row => row.user_id === actor.userId && row.kind === kind)
    return { kind, count: mine.length, lastAt: mine.at(-1)?.noted_at ?? null }
  })
}

/** An officer keeps out of a payment by their own word. Needs `relation:declare`. */
export async function declareRelation(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  draftId: string,
): Promise<Result<null, RecuseRefusal>> {
  const { communityId } = community
  const role = officeOf(actor, 'relation:declare', communityId)
  if (role === null) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const draft = await lockDraft(tx, communityId, draftId)
    if (draft === undefined) return err({ code: 'draft-unknown' })
    if (draft.state !== 'open') return err({ code: 'draft-not-open' })
    const recused_at = portal.clock.now()
    const kind = 'declared' as const
    await insertRecusals(tx, [
      { community_id: communityId, draft_id: draftId, user_id: actor.userId, kind, role, recused_at },
    ])
    return ok(null)
  })
}

/** What keeps somebody from a payment. */
export type RelationProblem =
  | { readonly code: 'relation-blocks'; readonly kind: Relation['kind'] }
  /** Somebody who acted before is related: the payment is drafted anew by others. */
  | { readonly code: 'relation-of-earlier' }

/** Checks that nobody who acts on a payment is related to its payee. What is found is entered, and stays. */
export async function checkRelations(
  portal: Portal,
  tx: Tx,
  communityId: number,
  draftId: string,
  act: { readonly userId: string; readonly role: Role },
  earlier: readonly { readonly userId: string; readonly role: string }[],
): Promise<Result<null, RelationProblem>> {
  const stored = await listRecusals(tx, communityId, [draftId])
  const marks = (await listPaymentMarks(tx, communityId, [draftId])).flatMap(({ kind, digest }) =>
    kind === 'invoice' ? [] : [{ kind, digest }],
  )
  const officers = marks.length === 0 ? [] : await listOfficerMarks(tx, communityId)
  const people = [act, ...earlier]
  const found = relatedOfficers(
    marks,
    officers.map(row => ({ userId: row.user_id, kind: row.kind, digest: row.digest })),
  ).filter(relation => people.some(person => person.userId === relation.userId))
  await insertRecusals(
    tx,
    found.map(({ userId, kind }) => ({
      community_id: communityId,
      draft_id: draftId,
      user_id: userId,
      kind: kind as MarkKind,
      role: people.find(person => person.userId === userId)!.role as Role,
      recused_at: portal.clock.now(),
    })),
  )
  const all: Relation[] = [...stored.map(row => ({ userId: row.user_id, kind: row.kind })), ...found]
  const own = all.find(relation => relation.userId === act.userId)
  if (own !== undefined) return err({ code: 'relation-blocks', kind: own.kind })
  const isEarlier = all.some(relation => earlier.some(person => person.userId === relation.userId))
  return isEarlier ? err({ code: 'relation-of-earlier' }) : ok(null)
}
