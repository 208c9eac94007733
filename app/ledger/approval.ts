/**
 * Who must have acted before a voucher is posted: preparer, reviewer, and for every payment two releases, the property
 * company's and the owners' committee's, each by another person. Pure; must never know how anybody signs in.
 */
import { err, type Fen, fen, ok, type Result } from '#kernel'
import type { Account } from './account.ts'
import { type Controls, needsChair } from './controls.ts'
import { paysMoney, voucherAmount } from './posting.ts'
import type { DraftContent } from './voucher.ts'

/** prepare 制单, review 复核, release_company 物业放行 (A), release_committee 业委会放行 (B), release_chair 主任加签 (C). */
export type Step = 'prepare' | 'review' | 'release_company' | 'release_committee' | 'release_chair'

/** The order in which steps are taken. */
const STEP_ORDER: readonly Step[] = [
  'prepare',
  'review',
  'release_company',
  'release_committee',
  'release_chair',
]

/** The acts in the order of their steps, whatever the clock said. */
export function inStepOrder<T extends { readonly step: Step }>(acts: readonly T[]): T[] {
  return [...acts].sort((a, b) => STEP_ORDER.indexOf(a.step) - STEP_ORDER.indexOf(b.step))
}

/** A person's act on one exact content: `contentDigest` is what they saw. */
export interface Approval {
  readonly step: Step
  readonly userId: string
  readonly at: Date
  readonly contentDigest: string
}

export type ApprovalProblem =
  | { readonly code: 'step-not-due'; readonly due: Step | null }
  | { readonly code: 'same-person'; readonly step: Step }
  | { readonly code: 'content-changed' }

/** The steps that let money out: each is confirmed with a second factor of its own. */
export function isRelease(step: Step): boolean {
  return step.startsWith('release_')
}

/** What a second factor for a release is given for: this step on this exact content, and nothing else. */
export function releasePurpose(release: {
  readonly communityId: number
  readonly draftId: string
  readonly step: string
  readonly seenDigest: string
}): string {
  return `release ${release.communityId} ${release.draftId} ${release.step} ${release.seenDigest}`
}

const PAYMENT_STEPS = ['prepare', 'review', 'release_company', 'release_committee'] as const
const NO_THRESHOLD = { chairFromFen: null }

/** The steps a content needs under the rules in force, in order: from a threshold on the chair releases as well. */
export function requiredSteps(
  content: DraftContent,
  accounts: readonly Account[],
  controls: Pick<Controls, 'chairFromFen'> = NO_THRESHOLD,
): readonly Step[] {
  if (!paysMoney(content.postings, accounts)) return ['prepare', 'review']
  const isLarge = needsChair(controls, magnitudeOf(content))
  return isLarge ? [...PAYMENT_STEPS, 'release_chair'] : PAYMENT_STEPS
}

/** What a payment is worth beside a threshold: a red entry weighs as much as a black one. */
export function magnitudeOf(content: Pick<DraftContent, 'postings'>): Fen {
  const amount = voucherAmount(content.postings)
  return amount < 0n ? fen(-amount) : amount
}

/**
 * The steps of an open draft. When the threshold was raised while the chair's release alone was missing, the chair still gives
 * it: a payment that has all its other steps and is not posted waits for nobody else.
 */
export function openSteps(
  required: readonly Step[],
  approvals: readonly Approval[],
  contentDigest: string,
): readonly Step[] {
  const isStranded = dueStep(required, approvals, contentDigest) === null
  return isStranded && required.some(isRelease) && !required.includes('release_chair')
    ? [...required, 'release_chair']
    : required
}

/** The step that is due next, or null when all are done. Approvals of an earlier content do not count. */
export function dueStep(
  required: readonly Step[],
  approvals: readonly Approval[],
  contentDigest: string,
): Step | null {
  const done = new Set(approvals.filter(a => a.contentDigest === contentDigest).map(a => a.step))
  return required.find(step => !done.has(step)) ?? null
}

/**
 * Checks that a person may take a step now: it is the one due, on the content they saw, and nobody acts twice on one
 * voucher (不相容职务分离, 会计法 第25条).
 */
export function checkApproval(
  required: readonly Step[],
  approvals: readonly Approval[],
  act: { readonly step: Step; readonly userId: string; readonly seenDigest: string },
  contentDigest: string,
): Result<null, ApprovalProblem> {
  if (act.seenDigest !== contentDigest) return err({ code: 'content-changed' })
  const due = dueStep(required, approvals, contentDigest)
  if (due !== act.step) return err({ code: 'step-not-due', due })
  const earlier = approvals.find(a => a.contentDigest === contentDigest && a.userId === act.userId)
  return earlier === undefined ? ok(null) : err({ code: 'same-person', step: earlier.step })
}
