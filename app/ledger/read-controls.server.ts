/** Reads the rules in force and how they came about: for the approval of payments, for officers, and for the public. */
import type { Tx } from '#db'
import {
  type ControlChangeRow,
  findControlChange,
  listBudgetLines,
  listConfirmedChanges,
  listControlChanges,
  listEmergencyReviews,
  listReissues,
} from '#db/ledger'
import {
  type CivilDate,
  type Fen,
  fen,
  fiscalYearOf,
  type Period,
  period,
  periodOf,
  type Result,
  sumFen,
} from '#kernel'
import { type Actor, can, type Role } from '#people'
import { listOfficeHolders, readDisplayNames } from '#people/server'
import type { Portal } from '#platform'
import type { Account } from './account.ts'
import {
  type Ceiling,
  CONTROL_ACTIONS,
  type ControlChange,
  decodeControlChange,
  isSecondSide,
} from './control-change.ts'
import { type Controls, firstControls } from './controls.ts'
import type { Posting } from './posting.ts'
import type { LedgerCommunity } from './read-chart.server.ts'
import { readTurnovers } from './reconcile-bank.server.ts'
import { type Allowance, checkSpending, expensesOf, type SpendingProblem } from './spending.ts'

const CHANGES_SHOWN = 60

/** The rules in force, and which version they are; the first is the one that nobody proposed. */
export interface ControlsInForce {
  readonly version: number
  readonly controls: Controls
}

/** A community as its rules are read: what was set when its books were opened. */
type Frame = Pick<LedgerCommunity, 'communityId' | 'chargingModel' | 'publishesDetail'>

/** The versions of the rules with the leaf of each, oldest first; the first has none. */
export async function readControlVersions(
  tx: Tx,
  community: Frame,
): Promise<readonly (ControlsInForce & { readonly leafIndex: number | null })[]> {
  const rows = await listConfirmedChanges(tx, community.communityId, ['controls'])
  const later = rows.flatMap(row => {
    const change = decodeControlChange(row.content)
    return change.kind === 'controls' ? [{ row, change }] : []
  })
  const first = later[0]?.change.before ?? firstControls(community)
  return [
    { version: 1, controls: first, leafIndex: null },
    ...later.map(({ row, change }) => ({
      version: row.version!,
      controls: change.controls,
      leafIndex: Number(row.leaf_index),
    })),
  ]
}

/** The rules that held for a voucher of this place in the log: a leaf before it made them. */
export function controlsAt(
  versions: Awaited<ReturnType<typeof readControlVersions>>,
  leafIndex: number,
): Controls {
  return versions.filter(each => each.leafIndex === null || each.leafIndex < leafIndex).at(-1)!.controls
}

/** The rules in force now. */
export async function readControls(tx: Tx, community: Frame): Promise<ControlsInForce> {
  return (await readControlVersions(tx, community)).at(-1)!
}

/** Ceilings that were voted and emergencies that were witnessed. */
export async function readAllowances(tx: Tx, communityId: number): Promise<Allowance[]> {
  const rows = await listConfirmedChanges(tx, communityId, ['ceiling', 'emergency'])
  return rows.flatMap(row => {
    const change = decodeControlChange(row.content)
    if (change.kind !== 'ceiling' && change.kind !== 'emergency') return []
    const witnessId = change.kind === 'emergency' ? row.decided_by : null
    return [{ changeId: row.change_id, kind: change.kind, ceiling: change.ceiling, witnessId }]
  })
}

/** Whether a payment is covered by budget, votes and emergencies; gives the emergencies it relies on. */
export async function readSpending(
  tx: Tx,
  communityId: number,
  payment: { readonly occurredOn: CivilDate; readonly postings: readonly Posting[] },
  accounts: readonly Account[],
): Promise<Result<readonly Allowance[], SpendingProblem>> {
  const fiscalYear = fiscalYearOf(periodOf(payment.occurredOn))
  const turnovers = await readTurnovers(tx, communityId, period(`${fiscalYear}-12`))
  const budget = await listBudgetLines(tx, communityId, fiscalYear)
  return checkSpending(expensesOf(payment.postings, accounts), fiscalYear, {
    budget: budget.map(row => ({
      fiscalYear: row.fiscal_year,
      fund: row.fund_code,
      account: row.account_code,
      direction: row.direction,
      amountFen: fen(row.amount_fen),
    })),
    allowances: await readAllowances(tx, communityId),
    spentFen: (fund, account) =>
      sumFen(
        turnovers
          .filter(
            row => row.fund === fund && row.account === account && fiscalYearOf(row.period) === fiscalYear,
          )
          .map(row => fen(row.debitFen - row.creditFen)),
      ),
  })
}

/** The office in which a person may be the second for a change; null when in none. */
export function secondOffice(
  actor: Actor,
  communityId: number,
  change: Pick<ControlChangeRow, 'kind' | 'proposed_by' | 'proposed_role'>,
): Role | null {
  if (actor.userId === change.proposed_by) return null
  const held = actor.roles.find(
    each =>
      can({ ...actor, roles: [each] }, CONTROL_ACTIONS[change.kind].confirm, communityId) &&
      isSecondSide(change.kind, change.proposed_role, each.role),
  )
  return held?.role ?? null
}

/** A change as its page shows it. Office holders are public. */
export interface ControlChangeView {
  readonly changeId: string
  readonly change: ControlChange
  readonly contentDigest: string
  readonly proposedBy: string | null
  readonly proposedRole: Role
  readonly proposedAt: Date
  readonly decision: 'confirmed' | 'refused' | 'withdrawn' | null
  readonly decidedBy: string | null
  readonly decidedRole: Role | null
  readonly decidedAt: Date | null
  readonly version: number | null
  readonly leafIndex: number | null
  /** Why it was refused, where that was said. */
  readonly note: string | null
  readonly review: EmergencyReviewView | null
}

/** What the owners' committee found when it looked at an emergency again. */
export interface EmergencyReviewView {
  readonly outcome: 'justified' | 'disputed'
  readonly note: string
  readonly by: string | null
  readonly at: Date
  readonly leafIndex: number
}

/** Changes with the names of those who made them, in the order of the rows. */
export async function viewsOf(
  tx: Tx,
  communityId: number,
  rows: readonly ControlChangeRow[],
): Promise<ControlChangeView[]> {
  const reviews = await listEmergencyReviews(tx, communityId)
  const people = rows.flatMap(row => [row.proposed_by, row.decided_by ?? row.proposed_by])
  const names = await readDisplayNames(tx, [
    ...new Set([...people, ...reviews.map(review => review.reviewed_by)]),
  ])
  return rows.map(row => {
    const review = reviews.find(each => each.change_id === row.change_id)
    return {
      changeId: row.change_id,
      change: decodeControlChange(row.content),
      contentDigest: row.content_digest,
      proposedBy: names.get(row.proposed_by) ?? null,
      proposedRole: row.proposed_role,
      proposedAt: row.proposed_at,
      decision: row.decision,
      decidedBy: row.decided_by === null ? null : (names.get(row.decided_by) ?? null),
      decidedRole: row.decided_role,
      decidedAt: row.decided_at,
      version: row.version,
      leafIndex: row.leaf_index === null ? null : Number(row.leaf_index),
      note: row.note,
      review:
        review === undefined
          ? null
          : {
              outcome: review.outcome,
              note: review.note,
              by: names.get(review.reviewed_by) ?? null,
              at: review.reviewed_at,
              leafIndex: Number(review.leaf_index),
            },
    }
  })
}

/** The changes that wait and the last decided ones, each with what the reader may do; null for whoever may not read them. */
export async function readControlChanges(portal: Portal, actor: Actor, community: LedgerCommunity) {
  const { communityId } = community
  if (!can(actor, 'community:read-full', communityId)) return null
  const rows = await listControlChanges(portal.db, communityId, CHANGES_SHOWN)
  const views = await viewsOf(portal.db, communityId, rows)
  return views.map((view, index) => withRights(view, rows[index]!, actor, communityId))
}

/** What the reader may do about a change. */
function withRights(view: ControlChangeView, row: ControlChangeRow, actor: Actor, communityId: number) {
  return {
    ...view,
    mayDecide: view.decision === null && secondOffice(actor, communityId, row) !== null,
    mayWithdraw: view.decision === null && row.proposed_by === actor.userId,
    mayReview:
      view.change.kind === 'emergency' &&
      view.decision === 'confirmed' &&
      view.review === null &&
      can(actor, 'emergency:review', communityId) &&
      ![row.proposed_by, row.decided_by].includes(actor.userId),
  }
}

/**
 * One change with what the reader may do, and, while it waits, the office holders who may be the second. Null when there is
 * none or the reader may not read it.
 */
export async function readControlChange(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  changeId: string,
) {
  const { communityId } = community
  if (!can(actor, 'community:read-full', communityId)) return null
  const row = await findControlChange(portal.db, communityId, changeId)
  if (row === undefined) return null
  const [view] = await viewsOf(portal.db, communityId, [row])
  const holders = view!.decision === null ? await listOfficeHolders(portal, communityId) : []
  const asked = holders.filter(
    ({ userId, role }) =>
      secondOffice({ ...actor, userId, roles: [{ communityId, role }] }, communityId, row) !== null,
  )
  return {
    ...withRights(view!, row, actor, communityId),
    asked: asked.map(({ displayName: name, role }) => ({ name, role })),
  }
}

/** A mapping without the words that a person typed; nothing for another kind. */
function withoutWords(view: ControlChangeView): ControlChangeView[] {
  const { change } = view
  if (change.kind !== 'map-columns') return []
  const directionWords = { in: [], out: [], neutral: [] }
  const file = { ...change.file, mapping: { ...change.file.mapping, directionWords } }
  return [{ ...view, change: { ...change, file } }]
}

/** What anybody may see: the rules in force, every version, every voted ceiling, every emergency and how bank files are read, newest first. */
export async function readPublicControls(portal: Portal, community: LedgerCommunity) {
  const { communityId } = community
  const rows = await listConfirmedChanges(portal.db, communityId, [
    'controls',
    'ceiling',
    'emergency',
    'map-columns',
  ])
  const versions = await readControlVersions(portal.db, community)
  const views = await viewsOf(portal.db, communityId, rows.reverse())
  return {
    inForce: versions.at(-1)!,
    versions,
    changes: views.filter(view => view.change.kind === 'controls'),
    allowances: views.filter(view => view.change.kind === 'ceiling' || view.change.kind === 'emergency'),
    mappings: views.flatMap(withoutWords),
  }
}

/** Ceilings and emergencies that concern a voucher's expenses, as recorded before it was posted. */
export async function readAllowancesOf(
  tx: Tx,
  communityId: number,
  voucher: {
    readonly occurredOn: CivilDate
    readonly postings: readonly Posting[]
    readonly leafIndex: number
  },
): Promise<(ControlChangeView & { readonly ceiling: Ceiling; readonly amountFen: Fen })[]> {
  const rows = await listConfirmedChanges(tx, communityId, ['ceiling', 'emergency'])
  const views = await viewsOf(tx, communityId, rows)
  const year = fiscalYearOf(periodOf(voucher.occurredOn))
  return views.flatMap(view => {
    const { change, leafIndex } = view
    if (change.kind !== 'ceiling' && change.kind !== 'emergency') return []
    const { ceiling } = change
    const touches = voucher.postings.some(
      ({ fund, account, side }) =>
        side === 'debit' &&
        fund === ceiling.fund &&
        account === ceiling.account &&
        year === ceiling.fiscalYear,
    )
    const isEarlier = leafIndex !== null && leafIndex < voucher.leafIndex
    return touches && isEarlier ? [{ ...view, ceiling, amountFen: ceiling.amountFen }] : []
  })
}

/** Statements that two people agreed to issue anew, and those that wait for the second; refused ones are left out. Newest agreed first. */
export async function readReissues(
  tx: Tx,
  communityId: number,
  month: Period,
): Promise<{ readonly changeId: string; readonly reason: string; readonly leafIndex: number | null }[]> {
  const rows = await listReissues(tx, communityId)
  return rows.flatMap(row => {
    const change = decodeControlChange(row.content)
    if (change.kind !== 'reissue' || change.period !== month) return []
    const leafIndex = row.leaf_index === null ? null : Number(row.leaf_index)
    return [{ changeId: row.change_id, reason: change.reason, leafIndex }]
  })
}
