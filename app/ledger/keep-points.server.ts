/**
 * Volunteer points through the hands of officers: partners are registered, points for an activity and spending from the pool
 * are proposed by one and confirmed by another. Nobody is either of the two for a home of their own. Off unless the rules say so.
 */
import type { Tx } from '#db'
import {
  findPointRequest,
  insertPointDecision,
  insertPointPartner,
  insertPointPartnerEnd,
  insertPointRequest,
  insertPointVoucher,
  listPointBalances,
  listPointPartners,
  lockLedger,
  nextPointNumber,
} from '#db/ledger'
import { dateOf, err, ok, parseCivilDate, type Result, sha256Hex } from '#kernel'
import { type Actor, isHome, officesFor, type Role } from '#people'
import { readHomesOf, readRegister } from '#people/server'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import {
  type ActivityProblem,
  checkActivity,
  decodePointRequest,
  encodePointRequest,
  ISSUED,
  LONGEST_PARTNER,
  type PointMove,
  type PointRequest,
  parsePoints,
  pointPostings,
} from './point.ts'
import { partnerLeaf, pointLeaf } from './point-leaf.ts'
import { isOrganisation } from './public-text.ts'
import type { LedgerCommunity } from './read-chart.server.ts'
import { readControls } from './read-controls.server.ts'

/** Refusals that every act on points shares. */
export type PointRefusal =
  | { readonly code: 'not-permitted' }
  /** The community's rules have no points. */
  | { readonly code: 'points-off' }
  | { readonly code: 'points-malformed' }
  | { readonly code: 'partner-unknown' }
  /** There are fewer points than that. */
  | { readonly code: 'points-missing'; readonly balance: bigint }

export type KeepPointsRefusal =
  | PointRefusal
  | ActivityProblem
  | { readonly code: 'home-unknown' }
  /** One's own home gets its points from others. */
  | { readonly code: 'own-home' }
  | { readonly code: 'day-malformed' }
  | { readonly code: 'partner-name-missing' | 'partner-name-private' }
  | { readonly code: 'request-unknown' | 'request-decided' | 'content-changed' | 'second-needed' }

/** The office in which the actor keeps points here; null when in none. */
function keepingOffice(actor: Actor, communityId: number): Role | null {
  const held = actor.roles.filter(each => each.communityId === communityId).map(each => each.role)
  return officesFor('points:keep').find(role => held.includes(role)) ?? null
}

/** True when the rules of the community have points. */
export async function hasPoints(tx: Tx, community: LedgerCommunity): Promise<boolean> {
  return (await readControls(tx, community)).controls.volunteerPoints
}

/** The homes of a signed-in person today, owned or rented, by name. */
export async function homesOf(
  portal: Portal,
  tx: Tx,
  communityId: number,
  userId: string,
): Promise<readonly string[]> {
  const homes = await readHomesOf(tx, communityId, userId, dateOf(portal.clock.now()))
  return homes.map(home => home.unitId)
}

/** A partner that is one today; null for any other. */
export async function findPartner(tx: Tx, communityId: number, partnerId: string) {
  const partner = (await listPointPartners(tx, communityId)).find(each => each.partner_id === partnerId)
  return partner === undefined || partner.ended_at !== null ? null : partner
}

/** What a voucher says besides its postings. */
export interface VoucherWords {
  readonly activity: string
  readonly happenedOn: string
  readonly userId: string
  readonly office: Role
  readonly second: Role | null
  readonly requestId: string | null
  readonly formKey: string | null
}

/** Posts a move under the lock of the ledger, which the caller holds: leaf, voucher and postings, or that points are missing. */
export async function postPoints(
  portal: Portal,
  tx: Tx,
  { communityId, logOrigin }: LedgerCommunity,
  move: PointMove,
  points: bigint,
  words: VoucherWords,
): Promise<Result<{ readonly number: number }, PointRefusal>> {
  const postings = pointPostings(move, points)
  const [{ account }] = postings
  const balance = (await listPointBalances(tx, communityId, [account])).get(account) ?? 0n
  if (account !== ISSUED && balance < points) return err({ code: 'points-missing', balance })
  const number = await nextPointNumber(tx, communityId)
  const at = portal.clock.now()
  const salt = portal.random.bytes(32)
  const { activity, happenedOn, office, second } = words
  const leaf = pointLeaf({
    log: logOrigin,
    number,
    kind: move.kind,
    postings,
    activity,
    happenedOn,
    at,
    office,
    second,
    salt,
  })
  const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
  await insertPointVoucher(
    tx,
    {
      community_id: communityId,
      number,
      kind: move.kind,
      points,
      partner_id: 'partnerId' in move ? move.partnerId : null,
      activity,
      happened_on: happenedOn,
      by_user: words.userId,
      by_office: office,
      at,
      salt,
      request_id: words.requestId,
      form_key: words.formKey,
      leaf_index: BigInt(firstIndex),
    },
    postings,
  )
  return ok({ number })
}

/** What an officer proposes: points for a home's activity, or from the pool to a partner. As typed. */
export interface PointProposal {
  readonly kind: 'grant' | 'spend'
  readonly home: string
  readonly partnerId: string
  readonly points: string
  readonly activity: string
  /** The day it was done; not after today. */
  readonly happenedOn: string
}

async function judgeMove(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  communityId: number,
  { kind, home, partnerId }: PointProposal,
): Promise<Result<PointRequest['move'], KeepPointsRefusal>> {
  if (kind === 'spend') {
    const partner = await findPartner(tx, communityId, partnerId)
    return partner === null ? err({ code: 'partner-unknown' }) : ok({ kind, partnerId })
  }
  const today = dateOf(portal.clock.now())
  const { units } = await readRegister(tx, communityId, today)
  const unit = units.find(each => each.unitId === home.trim() && isHome(each))
  if (unit === undefined) return err({ code: 'home-unknown' })
  const own = await homesOf(portal, tx, communityId, actor.userId)
  return own.includes(unit.unitId) ? err({ code: 'own-home' }) : ok({ kind, home: unit.unitId })
}

/** Proposes points. Needs `points:keep`. Nothing is posted before another officer confirms. */
export async function proposePoints(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  proposal: PointProposal,
): Promise<Result<{ readonly requestId: string }, KeepPointsRefusal>> {
  const { communityId } = community
  const office = keepingOffice(actor, communityId)
  if (office === null) return err({ code: 'not-permitted' })
  const points = parsePoints(proposal.points)
  if (points === null) return err({ code: 'points-malformed' })
  const activity = proposal.activity.trim()
  const problem = checkActivity(activity)
  if (problem !== null) return err(problem)
  const day = parseCivilDate(proposal.happenedOn)
  if (!day.ok || day.value > dateOf(portal.clock.now())) return err({ code: 'day-malformed' })
  return portal.db.transaction().execute(async tx => {
    if (!(await hasPoints(tx, community))) return err({ code: 'points-off' } as const)
    const move = await judgeMove(portal, tx, actor, communityId, proposal)
    if (!move.ok) return move
    const content = encodePointRequest({ move: move.value, points, activity, happenedOn: day.value })
    const requestId = portal.random.id()
    await insertPointRequest(tx, {
      community_id: communityId,
      request_id: requestId,
      content,
      content_digest: sha256Hex(content),
      proposed_by: actor.userId,
      proposed_office: office,
      proposed_at: portal.clock.now(),
    })
    return ok({ requestId })
  })
}

/**
 * Another officer confirms or refuses, on the digest they saw; its proposer withdraws. Confirmed, the voucher is posted in the
 * same transaction.
 */
export async function decidePoints(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  request: {
    readonly requestId: string
    readonly decision: 'confirmed' | 'refused' | 'withdrawn'
    readonly seenDigest: string
  },
): Promise<Result<{ readonly number: number | null }, KeepPointsRefusal>> {
  const { communityId } = community
  const { requestId, decision, seenDigest } = request
  const office = keepingOffice(actor, communityId)
  if (office === null) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    await lockLedger(tx, communityId)
    if (!(await hasPoints(tx, community))) return err({ code: 'points-off' } as const)
    const row = await findPointRequest(tx, communityId, requestId)
    if (row === undefined) return err({ code: 'request-unknown' } as const)
    if (row.decision !== null) return err({ code: 'request-decided' } as const)
    if (row.content_digest !== seenDigest) return err({ code: 'content-changed' } as const)
    const isProposer = row.proposed_by === actor.userId
    if (isProposer !== (decision === 'withdrawn')) return err({ code: 'second-needed' } as const)
    const { move, points, activity, happenedOn } = decodePointRequest(row.content)
    if (decision === 'confirmed' && move.kind === 'grant') {
      const own = await homesOf(portal, tx, communityId, actor.userId)
      if (own.includes(move.home)) return err({ code: 'own-home' } as const)
    }
    if (decision === 'confirmed' && move.kind === 'spend') {
      const pool = (await listPointBalances(tx, communityId, ['pool'])).get('pool') ?? 0n
      if (pool < points) return err({ code: 'points-missing', balance: pool } as const)
    }
    await insertPointDecision(tx, {
      community_id: communityId,
      request_id: requestId,
      decision,
      decided_by: actor.userId,
      decided_office: office,
      decided_at: portal.clock.now(),
    })
    if (decision !== 'confirmed') return ok({ number: null })
    return postPoints(portal, tx, community, move, points, {
      activity,
      happenedOn,
      userId: row.proposed_by,
      office: row.proposed_office,
      second: office,
      requestId,
      formKey: null,
    })
  })
}

/** Registers a partner by the name of its organisation. Needs `points:keep`. */
export async function registerPartner(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  wish: { readonly name: string },
): Promise<Result<{ readonly partnerId: string }, KeepPointsRefusal>> {
  const { communityId, logOrigin } = community
  const office = keepingOffice(actor, communityId)
  if (office === null) return err({ code: 'not-permitted' })
  const name = wish.name.trim()
  if (name === '' || [...name].length > LONGEST_PARTNER) return err({ code: 'partner-name-missing' })
  if (!isOrganisation(name)) return err({ code: 'partner-name-private' })
  return portal.db.transaction().execute(async tx => {
    await lockLedger(tx, communityId)
    if (!(await hasPoints(tx, community))) return err({ code: 'points-off' } as const)
    const at = portal.clock.now()
    const partnerId = portal.random.id()
    const leaf = partnerLeaf(logOrigin, { partnerId, name, act: 'register', office, at })
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertPointPartner(tx, {
      community_id: communityId,
      partner_id: partnerId,
      name,
      registered_by: actor.userId,
      registered_office: office,
      registered_at: at,
      leaf_index: BigInt(firstIndex),
    })
    return ok({ partnerId })
  })
}

/** Ends a partner: nothing more is redeemed there. Needs `points:keep`. */
export async function endPartner(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  partnerId: string,
): Promise<Result<null, KeepPointsRefusal>> {
  const { communityId, logOrigin } = community
  const office = keepingOffice(actor, communityId)
  if (office === null) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    await lockLedger(tx, communityId)
    if (!(await hasPoints(tx, community))) return err({ code: 'points-off' } as const)
    const partner = await findPartner(tx, communityId, partnerId)
    if (partner === null) return err({ code: 'partner-unknown' } as const)
    const at = portal.clock.now()
    const leaf = partnerLeaf(logOrigin, { partnerId, name: partner.name, act: 'end', office, at })
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertPointPartnerEnd(tx, {
      community_id: communityId,
      partner_id: partnerId,
      ended_by: actor.userId,
      ended_office: office,
      ended_at: at,
      leaf_index: BigInt(firstIndex),
    })
    return ok(null)
  })
}
