/** Re-derives volunteer points: every balance from the postings, every voucher from its move, every leaf from its row. Reads only. */
import type { Tx } from '#db'
import {
  findPointRequest,
  listAllPointVouchers,
  listPointBalances,
  listPointPartners,
  listPointPostings,
  type PointPostingRow,
  type PointVoucherRow,
} from '#db/ledger'
import { readEntries } from '#db/tlog'
import { equalBytes, parseCanonical } from '#kernel'
import type { Portal } from '#platform'
import { addPoints, decodePointRequest, homeOfAccount, type PointMove, pointPostings } from './point.ts'
import { partnerLeaf, pointLeaf } from './point-leaf.ts'
import type { LedgerCommunity } from './read-chart.server.ts'

/** What must hold of points; a finding names one of these. */
export const POINT_INVARIANTS = ['balance', 'voucher', 'in-log', 'by-two'] as const
type PointInvariant = (typeof POINT_INVARIANTS)[number]

export interface PointFinding {
  readonly invariant: PointInvariant
  readonly reference: string
  readonly found: string
}

/** Where findings go: what holds, under which name, about what, and what was found. */
class Findings {
  readonly list: PointFinding[] = []
  expect(holds: boolean, invariant: PointInvariant, reference: string, found: string): void {
    if (!holds) this.list.push({ invariant, reference, found })
  }
}

const ENTRIES_AT_ONCE = 1000

async function readPointLeaves(tx: Tx, communityId: number): Promise<Map<number, Uint8Array>> {
  const leaves = new Map<number, Uint8Array>()
  for (let first = 0; ; first += ENTRIES_AT_ONCE) {
    const entries = await readEntries(tx, communityId, first, ENTRIES_AT_ONCE)
    for (const { index, entry } of entries) {
      const json = parseCanonical(entry)
      const type = json.ok ? (json.value as { readonly t?: unknown } | null)?.t : undefined
      if (type === 'ledger.point' || type === 'ledger.point-partner') leaves.set(index, entry)
    }
    if (entries.length < ENTRIES_AT_ONCE) return leaves
  }
}

function isLogged(leaves: Map<number, Uint8Array>, index: bigint, made: Uint8Array): boolean {
  const leaf = leaves.get(Number(index))
  leaves.delete(Number(index))
  return leaf !== undefined && equalBytes(leaf, made)
}

/** The move that a voucher's row and postings say; null when they say none. */
function moveOf(row: PointVoucherRow, postings: readonly PointPostingRow[]): PointMove | null {
  const home = postings.map(each => homeOfAccount(each.account)).find(each => each !== null)
  const { kind, partner_id: partnerId } = row
  if (kind === 'spend') return partnerId === null ? null : { kind, partnerId }
  if (home === undefined || home === null) return null
  if (kind === 'redeem') return partnerId === null ? null : { kind, home, partnerId }
  return { kind, home }
}

/** Checks one voucher: its postings are its move's, two people stand behind what takes two, and its leaf is in the log. */
async function checkVoucher(
  tx: Tx,
  { communityId, logOrigin }: LedgerCommunity,
  row: PointVoucherRow,
  postings: readonly PointPostingRow[],
  leaves: Map<number, Uint8Array>,
  findings: Findings,
): Promise<void> {
  const reference = `points ${row.number}`
  const move = moveOf(row, postings)
  const wanted = move === null ? [] : pointPostings(move, row.points)
  const isOfMove =
    postings.length === wanted.length &&
    wanted.every(
      ({ account, points }, at) => postings[at]?.account === account && postings[at]?.points === points,
    )
  findings.expect(move !== null && isOfMove, 'voucher', reference, row.kind)
  const request = row.request_id === null ? null : await findPointRequest(tx, communityId, row.request_id)
  if (row.request_id !== null) {
    const said = request == null ? null : decodePointRequest(request.content)
    const isByTwo = request?.decision === 'confirmed' && request.proposed_by !== request.decided_by
    const isSame =
      said !== null &&
      said.points === row.points &&
      said.activity === row.activity &&
      said.happenedOn === row.happened_on &&
      JSON.stringify(said.move) === JSON.stringify(move)
    findings.expect(isByTwo && isSame, 'by-two', reference, row.request_id)
  }
  const made = pointLeaf({
    log: logOrigin,
    number: row.number,
    kind: row.kind,
    postings,
    activity: row.activity,
    happenedOn: row.happened_on,
    at: row.at,
    office: row.by_office,
    second: request?.decided_office ?? null,
    salt: row.salt,
  })
  findings.expect(isLogged(leaves, row.leaf_index, made), 'in-log', reference, String(row.leaf_index))
}

/** Checks all points of a community, whether they are on now or not. */
export async function checkPoints(
  { db: tx }: Pick<Portal, 'db'>,
  community: LedgerCommunity,
): Promise<{ readonly vouchers: number; readonly findings: readonly PointFinding[] }> {
  const { communityId, logOrigin } = community
  const findings = new Findings()
  const leaves = await readPointLeaves(tx, communityId)
  const vouchers = await listAllPointVouchers(tx, communityId)
  const postings = await listPointPostings(tx, communityId, null)
  for (const [index, row] of vouchers.entries()) {
    findings.expect(row.number === index + 1, 'voucher', `points ${row.number}`, `place ${index + 1}`)
    const own = postings.filter(each => each.number === row.number)
    await checkVoucher(tx, community, row, own, leaves, findings)
  }
  const { balances, overdrawn } = addPoints(postings)
  findings.expect(overdrawn === null, 'balance', overdrawn ?? '', 'below zero')
  const stored = await listPointBalances(tx, communityId, null)
  for (const account of new Set([...balances.keys(), ...stored.keys()])) {
    const [derived, kept] = [balances.get(account) ?? 0n, stored.get(account) ?? 0n]
    findings.expect(derived === kept, 'balance', account, `${kept}, not ${derived}`)
  }
  for (const row of await listPointPartners(tx, communityId)) {
    const { partner_id: partnerId, name } = row
    const registered = {
      partnerId,
      name,
      act: 'register',
      office: row.registered_office,
      at: row.registered_at,
    } as const
    let holds = isLogged(leaves, row.leaf_index, partnerLeaf(logOrigin, registered))
    if (row.ended_at !== null && row.end_leaf_index !== null) {
      const ended = { partnerId, name, act: 'end', office: row.ended_office ?? '', at: row.ended_at } as const
      holds = isLogged(leaves, row.end_leaf_index, partnerLeaf(logOrigin, ended)) && holds
    }
    findings.expect(holds, 'in-log', `partner ${partnerId}`, name)
  }
  for (const index of leaves.keys()) findings.expect(false, 'in-log', `leaf ${index}`, 'none')
  return { vouchers: vouchers.length, findings: findings.list }
}
