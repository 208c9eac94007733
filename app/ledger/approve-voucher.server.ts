/**
 * Reviews and releases drafts. The last required step posts the voucher in the same transaction, so nobody can be told
 * "released" while the ledger does not have it. Nobody acts twice on one voucher.
 */
import type { Tx } from '#db'
import {
  insertApproval,
  insertRefusal,
  listApprovals,
  listDraftPayees,
  listRecusals,
  listRefusals,
  lockDraft,
  lockLedger,
} from '#db/ledger'
import { err, ok, periodOf, type Result } from '#kernel'
import { type Action, type Actor, can, type GivenFactor, type Role } from '#people'
import { enqueueMessage, type FactorRefusal, listOfficeHolders, takeSecondFactor } from '#people/server'
import type { Portal } from '#platform'
import {
  type Approval,
  type ApprovalProblem,
  checkApproval,
  dueStep,
  inStepOrder,
  isRelease,
  magnitudeOf,
  openSteps,
  releasePurpose,
  requiredSteps,
  type Step,
} from './approval.ts'
import { type Controls, isToldOf } from './controls.ts'
import { checkContent, type DraftRefusal } from './draft-voucher.server.ts'
import { notePayment } from './note-payment.server.ts'
import { postVoucher } from './post-voucher.server.ts'
import { type Chart, type LedgerCommunity, readChart } from './read-chart.server.ts'
import { readControls, readSpending } from './read-controls.server.ts'
import { checkRelations, type RelationProblem } from './recuse.server.ts'
import type { SpendingProblem } from './spending.ts'
import { type DraftContent, decodeDraft, formatVoucherKey, type VoucherKey } from './voucher.ts'

export type ApproveRefusal =
  | DraftRefusal
  | ApprovalProblem
  | { readonly code: 'already-refused' }
  | { readonly code: 'reason-missing' }
  | SpendingProblem
  | RelationProblem
  /** The chair's own release comes after this one. */
  | { readonly code: 'chair-releases-last' }
  /** Whoever witnessed the emergency that covers this payment releases none of it. */
  | { readonly code: 'witness-acted' }
  | FactorRefusal

export interface StepRequest {
  readonly draftId: string
  readonly step: Exclude<Step, 'prepare'>
  /** Digest of the content the person saw: a draft revised meanwhile is not approved by accident. */
  readonly seenDigest: string
  /** The second factor given for this release; a review needs none. */
  readonly factor?: GivenFactor
}

/** The permission each step needs. */
export const STEP_ACTION: Readonly<Record<StepRequest['step'], Action>> = {
  review: 'voucher:review',
  release_company: 'payment:release-company',
  release_committee: 'payment:release-committee',
  release_chair: 'payment:release-chair',
}

/** The office a step is taken in, as the log names it. */
function officeOf(actor: Actor, step: StepRequest['step'], communityId: number): Role {
  const held = actor.roles.filter(role => role.communityId === communityId)
  const office = held.find(role => can({ ...actor, roles: [role] }, STEP_ACTION[step], communityId))
  if (office === undefined) throw new Error('invariant broken: a permitted step without an office')
  return office.role
}

interface OpenDraft {
  readonly revision: number
  readonly content: Uint8Array
  readonly content_digest: string
  readonly drafted_at: Date
}

async function lockOpenDraft(
  tx: Tx,
  communityId: number,
  draftId: string,
): Promise<Result<OpenDraft, ApproveRefusal>> {
  const draft = await lockDraft(tx, communityId, draftId)
  if (draft === undefined) return err({ code: 'draft-unknown' })
  if (draft.state !== 'open') return err({ code: 'draft-not-open' })
  const refusals = await listRefusals(tx, communityId, [draftId])
  if (refusals.some(refusal => refusal.revision === draft.revision)) return err({ code: 'already-refused' })
  return ok(draft)
}

async function readApprovals(tx: Tx, communityId: number, draftId: string, revision: number) {
  const rows = await listApprovals(tx, communityId, [draftId])
  return inStepOrder(rows.filter(row => row.revision === revision)).map(row => ({
    step: row.step,
    userId: row.user_id,
    at: row.approved_at,
    contentDigest: row.content_digest,
    role: row.role,
  }))
}

/**
 * A release is confirmed with a second factor given for it alone: for this step on these bytes, and used up with the release. A
 * recovery code opens the door to a new phone, never the fund.
 */
async function confirmRelease(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  communityId: number,
  request: StepRequest,
): Promise<Result<unknown, FactorRefusal>> {
  const given = request.factor?.method === 'recovery' ? null : (request.factor ?? null)
  return takeSecondFactor(portal, tx, actor, given, releasePurpose({ communityId, ...request }))
}

/** A draft under its lock, as an act on it finds it: what it says, which steps it needs, who took which. */
interface Found {
  readonly revision: number
  readonly digest: string
  readonly contentBytes: Uint8Array
  readonly draftedAt: Date
  readonly content: DraftContent
  readonly chart: Chart
  readonly controls: Controls
  readonly required: readonly Step[]
  readonly approvals: readonly (Approval & { readonly role: string })[]
}

/** Finds the open draft of a request and checks that this person may act on it now. */
async function findForAct(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  community: LedgerCommunity,
  request: StepRequest,
): Promise<Result<Found, ApproveRefusal>> {
  const { communityId } = community
  const draft = await lockOpenDraft(tx, communityId, request.draftId)
  if (!draft.ok) return draft
  const { revision, content_digest: digest } = draft.value
  const content = decodeDraft(draft.value.content)
  const chart = await readChart(tx, communityId)
  const { controls } = await readControls(tx, community)
  const approvals = await readApprovals(tx, communityId, request.draftId, revision)
  const required = openSteps(requiredSteps(content, chart.accounts, controls), approvals, digest)
  const checked = checkApproval(required, approvals, { ...request, userId: actor.userId }, digest)
  if (!checked.ok) return checked
  const act = { userId: actor.userId, role: officeOf(actor, request.step, communityId) }
  const related = await checkRelations(portal, tx, communityId, request.draftId, act, approvals)
  if (!related.ok) return related
  const contentBytes = draft.value.content
  const draftedAt = draft.value.drafted_at
  return ok({ revision, digest, contentBytes, draftedAt, content, chart, controls, required, approvals })
}

/** The rules that only a release meets: the chair's turn, the budget, and who witnessed an emergency. */
async function checkRelease(
  tx: Tx,
  actor: Actor,
  communityId: number,
  step: StepRequest['step'],
  { content, chart, controls, required, approvals }: Found,
): Promise<Result<null, ApproveRefusal>> {
  const isChair = officeOf(actor, step, communityId) === 'committee_chair'
  if (step === 'release_committee' && isChair && required.includes('release_chair'))
    return err({ code: 'chair-releases-last' })
  if (!controls.needsBudgetLine) return ok(null)
  const covered = await readSpending(tx, communityId, content, chart.accounts)
  if (!covered.ok) return covered
  const acted = [actor.userId, ...approvals.map(approval => approval.userId)]
  const isWitness = covered.value.some(({ witnessId }) => witnessId !== null && acted.includes(witnessId))
  return isWitness ? err({ code: 'witness-acted' }) : ok(null)
}

/** Tells whoever may take the next release of a payment that is large enough to be told of. */
async function tellNextReleaser(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  communityId: number,
  draftId: string,
  { revision, digest, content, controls, required }: Found,
  approvals: readonly Approval[],
): Promise<void> {
  const due = dueStep(required, approvals, digest)
  if (due === null || due === 'prepare' || !isRelease(due) || !isToldOf(controls, magnitudeOf(content)))
    return
  const holders = await listOfficeHolders({ ...portal, db: tx }, communityId)
  const recused = await listRecusals(tx, communityId, [draftId])
  const next = holders.filter(({ userId, role }) => {
    const hasActed = approvals.some(approval => approval.userId === userId)
    const keepsOut = recused.some(recusal => recusal.user_id === userId)
    const holder = { ...actor, userId, roles: [{ communityId, role }] }
    return !hasActed && !keepsOut && can(holder, STEP_ACTION[due], communityId)
  })
  for (const userId of new Set(next.map(each => each.userId))) {
    await enqueueMessage(portal, tx, {
      communityId,
      userId,
      kind: 'release-waiting',
      subjectKey: `${draftId} ${revision} ${due}`,
      values: { subject: content.narration },
    })
  }
}

/**
 * Takes a step (复核, 物业放行, 业委会放行, 主任加签) on an open draft. Gives the voucher's key when it was the last one and the
 * voucher is posted, else null. Needs the step's permission, and for a release a fresh second factor; refuses a second act by the
 * same person, a step out of turn, a draft that changed since it was shown, and a payment that no budget, vote or emergency covers.
 */
export async function approveVoucher(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  request: StepRequest,
): Promise<Result<VoucherKey | null, ApproveRefusal>> {
  const { communityId } = community
  const { draftId, step } = request
  if (!can(actor, STEP_ACTION[step], communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    await lockLedger(tx, communityId)
    const found = await findForAct(portal, tx, actor, community, request)
    if (!found.ok) return found
    const { revision, digest, content, required } = found.value
    const given: Approval & { role: string } = {
      step,
      userId: actor.userId,
      at: portal.clock.now(),
      contentDigest: digest,
      role: officeOf(actor, step, communityId),
    }
    const approvals = [...found.value.approvals, given]
    // Checked again here: a month may have closed, or a bank line been taken, since the draft was made.
    const payees = await listDraftPayees(tx, communityId, [draftId])
    const payee = payees.find(row => row.revision === revision)?.name ?? null
    const fit = await checkContent(portal, tx, community, content, payee)
    if (!fit.ok) return fit
    if (isRelease(step)) {
      const allowed = await checkRelease(tx, actor, communityId, step, found.value)
      if (!allowed.ok) return allowed
      const confirmed = await confirmRelease(portal, tx, actor, communityId, request)
      if (!confirmed.ok) return confirmed
    }
    await insertApproval(tx, {
      community_id: communityId,
      draft_id: draftId,
      revision,
      step,
      user_id: given.userId,
      role: given.role,
      content_digest: digest,
      approved_at: given.at,
    })
    if (dueStep(required, approvals, digest) !== null) {
      await tellNextReleaser(portal, tx, actor, communityId, draftId, found.value, approvals)
      return ok(null)
    }
    const key = await postVoucher(portal, tx, community, {
      draftId,
      revision,
      contentBytes: found.value.contentBytes,
      period: periodOf(content.occurredOn),
      approvals,
    })
    const { controls, draftedAt } = found.value
    const voucher = formatVoucherKey(key)
    const payment = { draftId, revision, key, voucher, content, draftedAt, releasedAt: given.at }
    await notePayment(tx, community, controls, payment)
    return ok(key)
  })
}

/** Refuses a draft with a reason; its preparer revises it or withdraws it. Needs the permission of the step that is due. */
export async function refuseVoucher(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  request: StepRequest & { readonly reason: string },
): Promise<Result<null, ApproveRefusal>> {
  const { communityId } = community
  if (!can(actor, STEP_ACTION[request.step], communityId)) return err({ code: 'not-permitted' })
  if (request.reason.trim() === '') return err({ code: 'reason-missing' })
  return portal.db.transaction().execute(async tx => {
    const found = await findForAct(portal, tx, actor, community, request)
    if (!found.ok) return found
    await insertRefusal(tx, {
      community_id: communityId,
      draft_id: request.draftId,
      revision: found.value.revision,
      step: request.step,
      user_id: actor.userId,
      reason: request.reason.trim(),
      refused_at: portal.clock.now(),
    })
    return ok(null)
  })
}
