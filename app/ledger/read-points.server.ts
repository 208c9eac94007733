/** Reads volunteer points: for everybody without a home, for an owner their own, for officers what waits. Null where they are off. */
import {
  listPointBalances,
  listPointPartners,
  listPointPostings,
  listPointRequests,
  listPointVouchers,
  type PointVoucherRow,
  sumPartnerPoints,
} from '#db/ledger'
import { type CivilDate, civilDate } from '#kernel'
import { type Actor, can, type Role } from '#people'
import { readDisplayNames } from '#people/server'
import type { Portal } from '#platform'
import { hasPoints, homesOf } from './keep-points.server.ts'
import {
  decodePointRequest,
  homeAccount,
  homeOfAccount,
  ISSUED,
  POOL,
  type PointKind,
  type PointRequest,
} from './point.ts'
import type { LedgerCommunity } from './read-chart.server.ts'

const VOUCHERS_SHOWN = 50
const REQUESTS_SHOWN = 60

export interface PointPartner {
  readonly partnerId: string
  readonly name: string
  readonly isEnded: boolean
}

/** A voucher as everybody sees it: no home. */
export interface PointVoucherView {
  readonly number: number
  readonly kind: PointKind
  readonly points: bigint
  /** The partner's name. */
  readonly partner: string | null
  readonly activity: string
  readonly happenedOn: CivilDate
  readonly at: Date
  readonly leafIndex: number
}

async function readPartners(portal: Portal, communityId: number): Promise<readonly PointPartner[]> {
  const rows = await listPointPartners(portal.db, communityId)
  return rows.map(row => ({
    partnerId: row.partner_id,
    name: row.name,
    isEnded: row.ended_at !== null,
  }))
}

function voucherView(row: PointVoucherRow, partners: readonly PointPartner[]): PointVoucherView {
  return {
    number: row.number,
    kind: row.kind,
    points: row.points,
    partner: partners.find(each => each.partnerId === row.partner_id)?.name ?? null,
    activity: row.activity,
    happenedOn: civilDate(row.happened_on),
    at: row.at,
    leafIndex: Number(row.leaf_index),
  }
}

/** The public page: figures, partners and vouchers below a number, newest first. Null where points are off. */
export async function readPublicPoints(portal: Portal, community: LedgerCommunity, before: number | null) {
  const { communityId } = community
  if (!(await hasPoints(portal.db, community))) return null
  const partners = await readPartners(portal, communityId)
  const balances = await listPointBalances(portal.db, communityId, [ISSUED, POOL])
  const issued = -(balances.get(ISSUED) ?? 0n)
  const pool = balances.get(POOL) ?? 0n
  const redeemed = await sumPartnerPoints(portal.db, communityId)
  const rows = await listPointVouchers(portal.db, communityId, { before, limit: VOUCHERS_SHOWN + 1 })
  const shown = rows.slice(0, VOUCHERS_SHOWN)
  return {
    figures: { issued, redeemed, pool, held: issued - redeemed - pool },
    partners: partners.filter(each => !each.isEnded),
    vouchers: shown.map(row => voucherView(row, partners)),
    older: rows.length > shown.length ? (shown.at(-1)?.number ?? null) : null,
  }
}

/** An owner's own: each home with its points, and the vouchers of these homes. Null where points are off. */
export async function readOwnPoints(portal: Portal, actor: Actor, community: LedgerCommunity) {
  const { communityId } = community
  if (!(await hasPoints(portal.db, community))) return null
  const homes = await homesOf(portal, portal.db, communityId, actor.userId)
  const accounts = homes.map(homeAccount)
  const balances = await listPointBalances(portal.db, communityId, accounts)
  const partners = await readPartners(portal, communityId)
  const wish = { before: null, accounts, limit: VOUCHERS_SHOWN }
  const rows = await listPointVouchers(portal.db, communityId, wish)
  const postings = await listPointPostings(
    portal.db,
    communityId,
    rows.map(row => row.number),
  )
  return {
    homes: homes.map(home => ({ home, points: balances.get(homeAccount(home)) ?? 0n })),
    partners: partners.filter(each => !each.isEnded),
    vouchers: rows.map(row => {
      const own = postings.find(each => each.number === row.number && accounts.includes(each.account))
      const home = own === undefined ? null : homeOfAccount(own.account)
      return { ...voucherView(row, partners), home, change: own?.points ?? 0n }
    }),
    /** Comes with the form and goes back with it. */
    formKey: portal.random.id(),
  }
}

/** What waits and what was decided, with what the reader may do; null for whoever may not keep points, or where they are off. */
export async function readPointDesk(portal: Portal, actor: Actor, community: LedgerCommunity) {
  const { communityId } = community
  if (!can(actor, 'points:keep', communityId) || !(await hasPoints(portal.db, community))) return null
  const rows = await listPointRequests(portal.db, communityId, REQUESTS_SHOWN)
  const names = await readDisplayNames(portal.db, [
    ...new Set(rows.flatMap(row => [row.proposed_by, row.decided_by ?? row.proposed_by])),
  ])
  const balances = await listPointBalances(portal.db, communityId, [POOL])
  return {
    pool: balances.get(POOL) ?? 0n,
    partners: (await readPartners(portal, communityId)).filter(each => !each.isEnded),
    requests: rows.map((row): PointRequestView => {
      const isOwn = row.proposed_by === actor.userId
      return {
        requestId: row.request_id,
        request: decodePointRequest(row.content),
        contentDigest: row.content_digest,
        proposedBy: names.get(row.proposed_by) ?? null,
        proposedOffice: row.proposed_office,
        proposedAt: row.proposed_at,
        decision: row.decision,
        decidedBy: row.decided_by === null ? null : (names.get(row.decided_by) ?? null),
        decidedOffice: row.decided_office,
        mayDecide: row.decision === null && !isOwn,
        mayWithdraw: row.decision === null && isOwn,
      }
    }),
  }
}

/** A request as officers see it. */
export interface PointRequestView {
  readonly requestId: string
  readonly request: PointRequest
  readonly contentDigest: string
  readonly proposedBy: string | null
  readonly proposedOffice: Role
  readonly proposedAt: Date
  readonly decision: 'confirmed' | 'refused' | 'withdrawn' | null
  readonly decidedBy: string | null
  readonly decidedOffice: Role | null
  readonly mayDecide: boolean
  readonly mayWithdraw: boolean
}
