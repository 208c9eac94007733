/**
 * What is registered beside the roll while a poll runs: deliveries (rule 18), written proxies (rule 9), representatives of
 * co-owned units (rule 10) and sales (rule 5). Each is one transaction with its leaf; documents stand as salted digests.
 */
import type { Tx } from '#db'
import {
  insertDeliveries,
  insertHouseholdNotices,
  insertProxy,
  insertRepresentative,
  insertTransfer,
  listBallots,
  listDeliveries,
  listPollUnits,
  listProxies,
  listTransfers,
  type PollRow,
  readUnitFiles,
} from '#db/votes'
import { canonicalText, dateOf, err, ok, type Result } from '#kernel'
import { type Action, type Actor, can } from '#people'
import { enqueueHouseholdMessages } from '#people/server'
import type { Portal } from '#platform'
import type { UnitFile } from './cast-judgement.ts'
import {
  appendVoteLeaf,
  leafHead,
  lockPollIn,
  microsOf,
  type PollRefusal,
  policyOf,
  salted,
  type VotingCommunity,
} from './poll-access.server.ts'
import { holdersOf, unitFileOf } from './record-paper.server.ts'
import { standingUnits } from './standing.ts'
import { keepVoteDocument, type VoteDocumentRefusal } from './vote-document.server.ts'

export type DeliveryMethod = 'handed' | 'posted-at-door' | 'registered-mail' | 'message'

export type RegisterRefusal =
  | PollRefusal
  | { readonly code: 'unit-unknown'; readonly unit: string }
  | { readonly code: 'units-missing' }
  | { readonly code: 'already-delivered'; readonly unit: string }
  | VoteDocumentRefusal
  | { readonly code: 'person-unknown' }
  /** An owner of the unit needs no proxy for it. */
  | { readonly code: 'proxy-is-owner' }
  | { readonly code: 'already-registered' }
  /** The proxy already acts for as many owners as the policy allows. */
  | { readonly code: 'proxy-limit'; readonly limit: number }
  /** Only a co-owner of a co-owned unit can be its representative. */
  | { readonly code: 'not-a-co-owner' }
  | { readonly code: 'not-the-holder' }

/** The permission, and the document kept: what comes before the locks. */
async function keepBefore(
  portal: Portal,
  actor: Actor,
  { communityId }: VotingCommunity,
  action: Action,
  pollId: string,
  document: Uint8Array,
): Promise<Result<string, RegisterRefusal>> {
  if (!can(actor, action, communityId)) return err({ code: 'not-permitted' })
  return keepVoteDocument(portal, `vote/${pollId}/register`, document)
}

/** Puts a transaction around one entry of the register: the poll locked, between notice and close, the unit's file read. */
function withUnit(
  portal: Portal,
  community: VotingCommunity,
  { pollId, unit }: { readonly pollId: string; readonly unit: string },
  act: (
    tx: Tx,
    poll: PollRow,
    file: UnitFile,
    now: Date,
  ) => Promise<Result<{ leafIndex: number }, RegisterRefusal>>,
): Promise<Result<{ readonly leafIndex: number }, RegisterRefusal>> {
  return portal.db.transaction().execute(async tx => {
    const poll = await lockPollIn(tx, community, pollId, ['notice', 'open'])
    if (!poll.ok) return poll
    const [row] = await readUnitFiles(tx, community.communityId, pollId, [unit], [])
    if (row === undefined) return err({ code: 'unit-unknown', unit })
    const now = portal.clock.now()
    if (now > poll.value.closes_at) return err({ code: 'poll-state', state: 'closed' })
    return act(tx, poll.value, unitFileOf(row), now)
  })
}

/** Records that the ballots of units were delivered, in one leaf. Needs `ballot:deliver`; from notice to close. */
export async function recordDelivery(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: {
    readonly pollId: string
    readonly units: readonly string[]
    readonly method: DeliveryMethod
    /** Photograph or receipt; null when there is none. */
    readonly evidence: Uint8Array | null
  },
): Promise<Result<{ readonly leafIndex: number }, RegisterRefusal>> {
  const { communityId } = community
  const { pollId, method } = request
  const units = [...new Set(request.units)].sort()
  if (!can(actor, 'ballot:deliver', communityId)) return err({ code: 'not-permitted' })
  if (units.length === 0) return err({ code: 'units-missing' })
  const evidence =
    request.evidence === null
      ? ok(null)
      : await keepVoteDocument(portal, `vote/${pollId}/register`, request.evidence)
  if (!evidence.ok) return evidence
  return portal.db.transaction().execute(async tx => {
    const poll = await lockPollIn(tx, community, pollId, ['notice', 'open'])
    if (!poll.ok) return poll
    const known = new Set((await listPollUnits(tx, communityId, pollId)).map(row => row.unit_id))
    const unknown = units.find(unit => !known.has(unit))
    if (unknown !== undefined) return err({ code: 'unit-unknown', unit: unknown })
    const delivered = new Set((await listDeliveries(tx, communityId, pollId)).map(row => row.unit_id))
    const twice = units.find(unit => delivered.has(unit))
    if (twice !== undefined) return err({ code: 'already-delivered', unit: twice })
    const now = portal.clock.now()
    if (now > poll.value.closes_at) return err({ code: 'poll-state', state: 'closed' })
    const list = salted(portal, 'list', canonicalText({ units, method, evidence: evidence.value }))
    const leafIndex = await appendVoteLeaf(
      tx,
      community,
      { ...leafHead(community, pollId), t: 'vote.delivery', list: list.digest, unitCount: units.length },
      [list],
    )
    await insertDeliveries(
      tx,
      units.map(unit => ({
        community_id: communityId,
        poll_id: pollId,
        unit_id: unit,
        delivered_at: now,
        method,
        by_user: actor.userId,
        evidence_sha256: evidence.value,
        leaf_index: BigInt(leafIndex),
      })),
    )
    return ok({ leafIndex })
  })
}

/** Registers a written proxy (授权委托书) for a unit. Needs `proxy:register`; from notice to close. */
export async function registerProxy(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: {
    readonly pollId: string
    readonly unit: string
    readonly proxyPerson: string
    readonly document: Uint8Array
  },
): Promise<Result<{ readonly leafIndex: number }, RegisterRefusal>> {
  const { communityId } = community
  const { pollId, unit, proxyPerson } = request
  if (proxyPerson.trim() === '') return err({ code: 'person-unknown' })
  const kept = await keepBefore(portal, actor, community, 'proxy:register', pollId, request.document)
  if (!kept.ok) return kept
  return withUnit(portal, community, request, async (tx, poll, file, now) => {
    if (holdersOf(file, microsOf(now)).includes(proxyPerson)) return err({ code: 'proxy-is-owner' })
    if (file.proxies.some(({ proxy }) => proxy === proxyPerson)) return err({ code: 'already-registered' })
    const limit = policyOf(poll.policy).proxyLimit
    const heads = new Map(
      (await listPollUnits(tx, communityId, pollId)).map(row => [row.unit_id, row.head_no]),
    )
    const actsFor = new Set(
      (await listProxies(tx, communityId, pollId))
        .filter(row => row.proxy_person === proxyPerson)
        .map(row => heads.get(row.unit_id)),
    )
    if (actsFor.add(heads.get(unit)).size > limit) return err({ code: 'proxy-limit', limit })
    const document = salted(portal, 'document', kept.value)
    const leafIndex = await appendVoteLeaf(
      tx,
      community,
      { ...leafHead(community, pollId), t: 'vote.proxy', document: document.digest },
      [document],
    )
    await insertProxy(tx, {
      community_id: communityId,
      poll_id: pollId,
      unit_id: unit,
      proxy_person: proxyPerson,
      registered_at: now,
      document_sha256: kept.value,
      by_user: actor.userId,
      leaf_index: BigInt(leafIndex),
    })
    return ok({ leafIndex })
  })
}

/** Names the co-owner who decides for a unit, once per poll. Needs `proxy:register`; from notice to close. */
export async function nameRepresentative(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: {
    readonly pollId: string
    readonly unit: string
    readonly person: string
    readonly document: Uint8Array
  },
): Promise<Result<{ readonly leafIndex: number }, RegisterRefusal>> {
  const { communityId } = community
  const { pollId, unit, person } = request
  const kept = await keepBefore(portal, actor, community, 'proxy:register', pollId, request.document)
  if (!kept.ok) return kept
  return withUnit(portal, community, request, async (tx, _poll, file, now) => {
    const holders = holdersOf(file, microsOf(now))
    if (holders.length < 2 || !holders.includes(person)) return err({ code: 'not-a-co-owner' })
    if (file.representative !== null) return err({ code: 'already-registered' })
    const leafIndex = await appendEntry(portal, tx, community, pollId, 'representative', kept.value)
    await insertRepresentative(tx, {
      community_id: communityId,
      poll_id: pollId,
      unit_id: unit,
      person_id: person,
      named_at: now,
      document_sha256: kept.value,
      by_user: actor.userId,
      leaf_index: BigInt(leafIndex),
    })
    return ok({ leafIndex })
  })
}

/** Registers a sale: the buyer holds the seller's share from this instant on. Needs `proxy:register`; from notice to close. */
export async function registerTransfer(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: {
    readonly pollId: string
    readonly unit: string
    readonly fromPerson: string
    readonly toPerson: string
    readonly document: Uint8Array
  },
): Promise<Result<{ readonly leafIndex: number }, RegisterRefusal>> {
  const { communityId } = community
  const { pollId, unit, fromPerson, toPerson } = request
  if (toPerson.trim() === '') return err({ code: 'person-unknown' })
  const kept = await keepBefore(portal, actor, community, 'proxy:register', pollId, request.document)
  if (!kept.ok) return kept
  return withUnit(portal, community, request, async (tx, _poll, file, now) => {
    const holders = holdersOf(file, microsOf(now))
    if (!holders.includes(fromPerson)) return err({ code: 'not-the-holder' })
    if (holders.includes(toPerson)) return err({ code: 'already-registered' })
    const leafIndex = await appendEntry(portal, tx, community, pollId, 'transfer', kept.value)
    await insertTransfer(tx, {
      community_id: communityId,
      poll_id: pollId,
      transfer_no: (await listTransfers(tx, communityId, pollId)).length + 1,
      unit_id: unit,
      from_person: fromPerson,
      to_person: toPerson,
      at: afterBallots(file, now),
      document_sha256: kept.value,
      by_user: actor.userId,
      leaf_index: BigInt(leafIndex),
    })
    return ok({ leafIndex })
  })
}

/** Now, but after every ballot of the unit: a sale never reaches back over what the seller has cast. */
function afterBallots(file: UnitFile, now: Date): Date {
  const last = Math.max(0, ...file.ballots.map(ballot => ballot.atMicros / 1000))
  return new Date(Math.max(now.getTime(), last + 1))
}

async function appendEntry(
  portal: Portal,
  tx: Tx,
  community: VotingCommunity,
  pollId: string,
  entry: 'representative' | 'transfer',
  documentSha256: string,
): Promise<number> {
  const document = salted(portal, 'document', documentSha256)
  const leaf = {
    ...leafHead(community, pollId),
    t: 'vote.register',
    entry,
    document: document.digest,
  } as const
  return appendVoteLeaf(tx, community, leaf, [document])
}

/** Reminds the voters of units without a standing ballot, and nobody else. Needs `ballot:deliver`; gives how many units. */
export async function remindUnits(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  { pollId }: { readonly pollId: string },
): Promise<Result<{ readonly units: number }, PollRefusal>> {
  const { communityId } = community
  if (!can(actor, 'ballot:deliver', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const poll = await lockPollIn(tx, community, pollId, ['open'])
    if (!poll.ok) return poll
    const standing = standingUnits(await listBallots(tx, communityId, pollId))
    const silent = (await listPollUnits(tx, communityId, pollId))
      .filter(unit => unit.in_base && !standing.has(unit.unit_id))
      .map(unit => unit.unit_id)
    const files = (await readUnitFiles(tx, communityId, pollId, silent, [])).map(unitFileOf)
    const now = portal.clock.now()
    const told = files.flatMap(({ unit, ...file }) =>
      holdersOf({ unit, ...file }, microsOf(now)).map(person => ({ unit, person })),
    )
    await insertHouseholdNotices(
      tx,
      told.map(({ unit, person }) => ({
        community_id: communityId,
        notice_id: portal.random.id(),
        person_id: person,
        kind: 'reminder',
        detail: canonicalText({ poll: pollId, unit, seq: null, channel: null }),
        at: now,
      })),
    )
    const day = dateOf(now)
    await enqueueHouseholdMessages(
      portal,
      tx,
      communityId,
      told.map(({ unit, person }) => ({
        personId: person,
        kind: 'vote-waiting',
        subjectKey: `${pollId}/${unit}/${day}`,
        values: { subject: `${poll.value.title} · ${unit}` },
      })),
    )
    return ok({ units: silent.length })
  })
}
