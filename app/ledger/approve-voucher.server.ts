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
  listRefusals,
  lockDraft,
  lockLedger,
} from '#db/ledger'
import { err, ok, periodOf, type Result } from '#kernel'
import { type Action, type Actor, can, type GivenFactor, type Role } from '#people'
import { type FactorRefusal, takeSecondFactor } from '#people/server'
import type { Portal } from '#platform'
import {
  type Approval,
  type ApprovalProblem,
  checkApproval,
  dueStep,
  inStepOrder,
  isRelease,
  releasePurpose,
  requiredSteps,
  type Step,
} from './approval.ts'
import { checkContent, type DraftRefusal } from './draft-voucher.server.ts'
import { postVoucher } from './post-voucher.server.ts'
import { type LedgerCommunity, readChart } from './read-chart.server.ts'
import { decodeDraft, type VoucherKey } from './voucher.ts'

export type ApproveRefusal =
  | DraftRefusal
  | ApprovalProblem
  | { readonly code: 'already-refused' }
  | { readonly code: 'reason-missing' }
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

/**
 * Takes a step (复核, 物业放行, 业委会放行) on an open draft. Gives the voucher's key when it was the last one and the voucher
 * is posted, else null. Needs the step's permission, and for a release a fresh second factor; refuses a second act by the same
 * person, a step out of turn, and a draft that changed since it was shown.
 */
export async function approveVoucher(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  request: StepRequest,
): Promise<Result<VoucherKey | null, ApproveRefusal>> {
  const { communityId } = community
  if (!can(actor, STEP_ACTION[request.step], communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    await lockLedger(tx, communityId)
    const draft = await lockOpenDraft(tx, communityId, request.draftId)
    if (!draft.ok) return draft
    const { revision, content_digest: digest } = draft.value
    const content = decodeDraft(draft.value.content)
    const { accounts } = await readChart(tx, communityId)
    const required = requiredSteps(content, accounts)
    const approvals = await readApprovals(tx, communityId, request.draftId, revision)
    const checked = checkApproval(required, approvals, { ...request, userId: actor.userId }, digest)
    if (!checked.ok) return checked
    const given: Approval & { role: string } = {
      step: request.step,
      userId: actor.userId,
      at: portal.clock.now(),
      contentDigest: digest,
      role: officeOf(actor, request.step, communityId),
    }
    const all = [...approvals, given]
    const last = dueStep(required, all, digest) === null
    // Checked again here: a month may have closed, or a bank line been taken, since the draft was made.
    const payees = await listDraftPayees(tx, communityId, [request.draftId])
    const payee = payees.find(row => row.revision === revision)?.name ?? null
    const fit = await checkContent(portal, tx, community, content, payee)
    if (!fit.ok) return fit
    if (isRelease(request.step)) {
      const confirmed = await confirmRelease(portal, tx, actor, communityId, request)
      if (!confirmed.ok) return confirmed
    }
    await insertApproval(tx, {
      community_id: communityId,
      draft_id: request.draftId,
      revision,
      step: given.step,
      user_id: given.userId,
      role: given.role,
      content_digest: digest,
      approved_at: given.at,
    })
    if (!last) return ok(null)
    const key = await postVoucher(portal, tx, community, {
      draftId: request.draftId,
      revision,
      contentBytes: draft.value.content,
      period: periodOf(content.occurredOn),
      approvals: all,
    })
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
    const draft = await lockOpenDraft(tx, communityId, request.draftId)
    if (!draft.ok) return draft
    const { revision, content_digest: digest } = draft.value
    const { accounts } = await readChart(tx, communityId)
    const required = requiredSteps(decodeDraft(draft.value.content), accounts)
    const approvals = await readApprovals(tx, communityId, request.draftId, revision)
    const checked = checkApproval(required, approvals, { ...request, userId: actor.userId }, digest)
    if (!checked.ok) return checked
    await insertRefusal(tx, {
      community_id: communityId,
      draft_id: request.draftId,
      revision,
      step: request.step,
      user_id: actor.userId,
      reason: request.reason.trim(),
      refused_at: portal.clock.now(),
    })
    return ok(null)
  })
}
