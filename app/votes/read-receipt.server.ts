/**
 * An owner's own proofs and messages: the receipt that opens a ballot's commitment, and the notices of the household. What is
 * not the reader's own is not there.
 */
import {
  findNotice,
  listBallotsOpened,
  listHouseholdNotices,
  listPolls,
  listPollUnits,
  markHouseholdNoticesRead,
} from '#db/votes'
import { assert, toBase64, toHex } from '#kernel'
import type { Actor } from '#people'
import { readPersonOf } from '#people/server'
import type { Portal } from '#platform'
import { readInclusionProof } from '#tlog/server'
import type { Channel } from './ballot.ts'
import type { VotingCommunity } from './poll-access.server.ts'
import { readLeaves } from './read-result.server.ts'

/** A community whose receipts name it. */
export type ReceiptCommunity = VotingCommunity & { readonly slug: string }

/** What proves a ballot without this server: all texts as they were hashed. */
export interface Receipt {
  readonly v: 1
  readonly community: string
  readonly log: string
  readonly poll: string
  readonly seq: number
  readonly unit: string
  /** `q1=FOR;q2=PLAN-A` or `WITHDRAW`. */
  readonly answers: string
  /** Hexadecimal, 16 bytes. */
  readonly salt: string
  readonly token: string
  readonly leafIndex: number
  /** Base64 of the leaf's bytes. */
  readonly leaf: string
  /** The `.tlog-proof` of the leaf, with its signed checkpoint: null until a checkpoint covers the leaf. */
  readonly proof: string | null
}

/** The receipt of a ballot of the reader's own; null when it is not theirs, or erased. */
export async function readReceipt(
  portal: Portal,
  actor: Actor,
  { communityId, logOrigin, slug }: ReceiptCommunity,
  { pollId, seq }: { readonly pollId: string; readonly seq: number },
): Promise<Receipt | null> {
  const tx = portal.db
  const person = await readPersonOf(tx, communityId, actor.userId)
  if (person === null || (await findNotice(tx, communityId, pollId)) === undefined) return null
  const row = (await listBallotsOpened(tx, communityId, pollId, person)).find(ballot => ballot.seq === seq)
  if (row === undefined || row.answers === null || row.salt === null) return null
  const leafIndex = Number(row.leaf_index)
  const [leaf] = await readLeaves(tx, communityId, [leafIndex])
  const unit = (await listPollUnits(tx, communityId, pollId)).find(each => each.unit_id === row.unit_id)
  const proof = await readInclusionProof(tx, communityId, leafIndex)
  assert(leaf !== undefined && unit !== undefined, `ballot ${seq} has no leaf or no unit`)
  return {
    v: 1,
    community: slug,
    log: logOrigin,
    poll: pollId,
    seq,
    unit: row.unit_id,
    answers: row.answers,
    salt: toHex(row.salt),
    token: unit.token,
    leafIndex,
    leaf: toBase64(leaf.bytes),
    proof: proof.ok ? proof.value : null,
  }
}

/** A message on "my page". `detail` holds ids and numbers for the text in i18n, never a choice. */
export interface HouseholdNotice {
  readonly noticeId: string
  readonly kind: 'ballot-recorded' | 'ballot-withdrawn' | 'reminder' | 'objection-answered'
  readonly pollId: string
  readonly title: string
  readonly unit: string
  readonly channel: Channel | null
  readonly seq: number | null
  readonly at: Date
  readonly isRead: boolean
}

/** The reader's notices, newest first, at most 100; empty for a user bound to no person. */
export async function readNotices(
  portal: Portal,
  actor: Actor,
  { communityId }: VotingCommunity,
): Promise<readonly HouseholdNotice[]> {
  const person = await readPersonOf(portal.db, communityId, actor.userId)
  if (person === null) return []
  const rows = await listHouseholdNotices(portal.db, communityId, person, NOTICES_SHOWN)
  const titles = new Map((await listPolls(portal.db, communityId)).map(poll => [poll.poll_id, poll.title]))
  return rows.map(row => {
    const detail = JSON.parse(row.detail) as Pick<HouseholdNotice, 'unit' | 'channel' | 'seq'> & {
      readonly poll: string
    }
    return {
      noticeId: row.notice_id,
      kind: row.kind as HouseholdNotice['kind'],
      pollId: detail.poll,
      title: titles.get(detail.poll) ?? '',
      unit: detail.unit,
      channel: detail.channel,
      seq: detail.seq,
      at: row.at,
      isRead: row.read_at !== null,
    }
  })
}

const NOTICES_SHOWN = 100

/** Marks the reader's notices as read; those of others are left alone. */
export async function markNoticesRead(
  portal: Portal,
  actor: Actor,
  { communityId }: VotingCommunity,
  noticeIds: readonly string[],
): Promise<void> {
  const person = await readPersonOf(portal.db, communityId, actor.userId)
  if (person === null) return
  await markHouseholdNoticesRead(portal.db, communityId, person, noticeIds, portal.clock.now())
}
