/**
 * Changes of office by two people: one officer proposes, another of the same side confirms, and only then somebody is
 * invited, an office ends, or the second factors of somebody who lost them are taken away. What was proposed and what was
 * decided is appended and never changed.
 */
import type { Tx } from '#db'
import {
  deletePasskeysOf,
  deleteSessionsOf,
  deleteTotpFactors,
  endOfficeTerms,
  insertRoleChange,
  insertRoleChangeDecision,
  listRoleChanges,
  type RoleChangeRow,
  readAllTerms,
  readOfficeHolders,
  readRoleChange,
  replaceRecoveryCodes,
} from '#db/people'
import { addDays, type CivilDate, civilDate, dateOf, err, ok, type Result } from '#kernel'
import type { Portal } from '#platform'
import { noteAct } from './audit.server.ts'
import type { AuditAct } from './audit-act.ts'
import { enqueueMessage } from './enqueue-message.server.ts'
import { enterInvitation, type Invited } from './invite-user.server.ts'
import { type OfficeState, officeBoard } from './office-board.ts'
import { type Actor, can, mayDecideChange, mayInvite } from './permission.ts'
import type { Role } from './role.ts'

const REASON_LENGTH_MAX = 200
const CHANGES_SHOWN = 50

export type ChangeKind = RoleChangeRow['kind']

/** What one officer proposes. */
export type ProposedChange =
  | {
      readonly kind: 'appoint'
      readonly role: Role
      readonly displayName: string
      readonly from: CivilDate
      readonly until: CivilDate | null
      readonly isDeputy: boolean
      readonly reason: string
    }
  | {
      readonly kind: 'end'
      readonly role: Role
      readonly userId: string
      readonly lastDay: CivilDate
      readonly reason: string
    }
  | {
      readonly kind: 'reset-factors'
      readonly role: Role
      readonly userId: string
      readonly reason: string
    }

export type ChangeRefusal = {
  readonly code:
    | 'not-permitted'
    | 'name-missing'
    | 'term-malformed'
    | 'reason-missing'
    /** Nobody of that name holds the office. */
    | 'holder-unknown'
    | 'change-unknown'
    | 'change-decided'
    /** Whoever proposes, and whoever it is about, is not the second person. */
    | 'same-person'
}

export interface RoleChange {
  readonly changeId: string
  readonly kind: ChangeKind
  readonly role: Role
  readonly displayName: string
  readonly from: CivilDate | null
  readonly until: CivilDate | null
  readonly isDeputy: boolean
  readonly reason: string
  readonly proposedBy: string
  readonly proposedAt: Date
  readonly decision: 'confirmed' | 'refused' | 'withdrawn' | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  /** What the reader may do about it. */
  readonly mayDecide: boolean
  readonly mayWithdraw: boolean
}

async function audit(
  portal: Portal,
  tx: Tx,
  communityId: number,
  actor: Actor,
  act: AuditAct,
  changeId: string,
  detail: object,
): Promise<void> {
  await noteAct(portal, tx, { communityId, by: actor.userId, act, subject: changeId, detail: { ...detail } })
}

async function nameOfHolder(
  portal: Portal,
  tx: Tx,
  communityId: number,
  change: { readonly userId: string; readonly role: Role },
): Promise<string | null> {
  const holders = await readOfficeHolders(tx, communityId, dateOf(portal.clock.now()))
  const found = holders.find(holder => holder.user_id === change.userId && holder.role === change.role)
  return found?.display_name ?? null
}

/** Tells everybody who may confirm the change; the page has the details. */
async function tellDeciders(
  portal: Portal,
  tx: Tx,
  communityId: number,
  actor: Actor,
  change: { readonly changeId: string; readonly proposal: ProposedChange },
): Promise<void> {
  const { changeId, proposal } = change
  const holders = await readOfficeHolders(tx, communityId, dateOf(portal.clock.now()))
  const isAbout = proposal.kind === 'appoint' ? null : proposal.userId
  const deciders = holders.filter(({ user_id: userId, role }) => {
    const decider = { ...actor, userId, roles: [{ communityId, role }] }
    const isInvolved = userId === actor.userId || userId === isAbout
    return !isInvolved && mayDecideChange(decider, proposal.role, communityId)
  })
  for (const userId of new Set(deciders.map(decider => decider.user_id))) {
    // An office and no name: the invited person is nobody's business before they accept.
    const values = { subject: proposal.role }
    await enqueueMessage(portal, tx, {
      communityId,
      userId,
      kind: 'role-change-waiting',
      subjectKey: changeId,
      values,
    })
  }
}

function checkProposal(change: ProposedChange, today: CivilDate): ChangeRefusal['code'] | null {
  if (change.reason.trim() === '') return 'reason-missing'
  if (change.kind === 'appoint') {
    const name = change.displayName.normalize('NFC').trim()
    if (name === '' || name.length > 60) return 'name-missing'
    return change.until !== null && change.until < change.from ? 'term-malformed' : null
  }
  return change.kind === 'end' && change.lastDay < addDays(today, -1) ? 'term-malformed' : null
}

/** Proposes a change of an office of the proposer's side. Gives its id; nothing else happens. */
export async function proposeRoleChange(
  portal: Portal,
  actor: Actor,
  communityId: number,
  change: ProposedChange,
): Promise<Result<string, ChangeRefusal>> {
  if (!mayInvite(actor, change.role, communityId)) return err({ code: 'not-permitted' })
  const now = portal.clock.now()
  const problem = checkProposal(change, dateOf(now))
  if (problem !== null) return err({ code: problem })
  const changeId = portal.random.id()
  return portal.db.transaction().execute(async tx => {
    const name =
      change.kind === 'appoint' ? change.displayName : await nameOfHolder(portal, tx, communityId, change)
    if (name === null) return err({ code: 'holder-unknown' } as const)
    await insertRoleChange(tx, {
      community_id: communityId,
      change_id: changeId,
      kind: change.kind,
      role: change.role,
      user_id: change.kind === 'appoint' ? null : change.userId,
      display_name: name.normalize('NFC').trim(),
      term_from: change.kind === 'appoint' ? change.from : null,
      term_until: change.kind === 'appoint' ? change.until : change.kind === 'end' ? change.lastDay : null,
      is_deputy: change.kind === 'appoint' && change.isDeputy,
      reason: change.reason.trim().slice(0, REASON_LENGTH_MAX),
      proposed_by: actor.userId,
      proposed_at: now,
    })
    const { kind, role } = change
    await audit(portal, tx, communityId, actor, 'propose-role-change', changeId, { kind, role })
    await tellDeciders(portal, tx, communityId, actor, { changeId, proposal: change })
    return ok(changeId)
  })
}

/** What a decided change gives: an invitation to hand over, or nothing. */
export type Decided = Invited | null

async function putIntoEffect(
  portal: Portal,
  tx: Tx,
  communityId: number,
  actor: Actor,
  change: RoleChangeRow,
): Promise<Result<Decided, ChangeRefusal>> {
  if (change.kind === 'appoint') {
    return enterInvitation(portal, tx, actor.userId, {
      communityId,
      role: change.role,
      displayName: change.display_name,
      from: civilDate(change.term_from!),
      until: change.term_until === null ? null : civilDate(change.term_until),
      isDeputy: change.is_deputy,
    })
  }
  const userId = change.user_id!
  if (change.kind === 'end') {
    const today = dateOf(portal.clock.now())
    const yesterday = addDays(today, -1)
    const wanted = civilDate(change.term_until!)
    // What was decided late ends now: nobody's past acts are taken back.
    const lastDay = wanted < yesterday ? yesterday : wanted
    await endOfficeTerms(tx, { communityId, userId, role: change.role, on: today, lastDay })
    return ok(null)
  }
  await deleteTotpFactors(tx, userId, 'all')
  await deletePasskeysOf(tx, userId)
  await replaceRecoveryCodes(tx, userId, [])
  await deleteSessionsOf(tx, userId)
  return ok(null)
}

type Decision = 'confirmed' | 'refused' | 'withdrawn'

function checkDecision(
  actor: Actor,
  communityId: number,
  change: RoleChangeRow,
  decision: Decision,
): ChangeRefusal['code'] | null {
  if (change.decision !== null) return 'change-decided'
  if (decision === 'withdrawn') return change.proposed_by === actor.userId ? null : 'not-permitted'
  if (!mayDecideChange(actor, change.role, communityId)) return 'not-permitted'
  const isInvolved = change.proposed_by === actor.userId || change.user_id === actor.userId
  return isInvolved ? 'same-person' : null
}

/**
 * Decides a change: another officer of the same side confirms or refuses it, its proposer withdraws it. Confirmed, it takes
 * effect in the same transaction. Gives the invitation to hand over when somebody is appointed.
 */
export async function decideRoleChange(
  portal: Portal,
  actor: Actor,
  communityId: number,
  changeId: string,
  decision: Decision,
): Promise<Result<Decided, ChangeRefusal>> {
  return portal.db.transaction().execute(async tx => {
    const change = await readRoleChange(tx, communityId, changeId)
    if (change === null) return err({ code: 'change-unknown' } as const)
    const problem = checkDecision(actor, communityId, change, decision)
    if (problem !== null) return err({ code: problem })
    const isFirst = await insertRoleChangeDecision(tx, {
      community_id: communityId,
      change_id: changeId,
      decision,
      decided_by: actor.userId,
      decided_at: portal.clock.now(),
    })
    if (!isFirst) return err({ code: 'change-decided' } as const)
    const { kind, role } = change
    await audit(portal, tx, communityId, actor, 'decide-role-change', changeId, { decision, kind, role })
    if (decision !== 'confirmed') return ok(null)
    return putIntoEffect(portal, tx, communityId, actor, change)
  })
}

/** The changes that wait and the last decided ones; null for whoever may not read them. */
export async function readRoleChanges(
  portal: Portal,
  actor: Actor,
  communityId: number,
): Promise<RoleChange[] | null> {
  if (!can(actor, 'community:read-full', communityId)) return null
  const rows = await listRoleChanges(portal.db, communityId, CHANGES_SHOWN)
  return rows.map(row => ({
    changeId: row.change_id,
    kind: row.kind,
    role: row.role,
    displayName: row.display_name,
    from: row.term_from === null ? null : civilDate(row.term_from),
    until: row.term_until === null ? null : civilDate(row.term_until),
    isDeputy: row.is_deputy,
    reason: row.reason,
    proposedBy: row.proposer_name,
    proposedAt: row.proposed_at,
    decision: row.decision,
    decidedBy: row.decider_name,
    decidedAt: row.decided_at,
    mayDecide: checkDecision(actor, communityId, row, 'confirmed') === null,
    mayWithdraw: checkDecision(actor, communityId, row, 'withdrawn') === null,
  }))
}

/** The offices of a community today: held, held by a deputy, empty since when. */
export async function readOfficeBoard(portal: Portal, communityId: number): Promise<readonly OfficeState[]> {
  const rows = await readAllTerms(portal.db, communityId)
  const terms = rows.map(row => ({
    userId: row.user_id,
    displayName: row.display_name,
    role: row.role,
    from: civilDate(row.term_from),
    until: row.term_until === null ? null : civilDate(row.term_until),
    isDeputy: row.is_deputy,
  }))
  return officeBoard(terms, dateOf(portal.clock.now()))
}
