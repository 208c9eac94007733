/**
 * Who must have acted before a voucher is posted: preparer, reviewer, and for every payment two releases, the property
 * company's and the owners' committee's, each by another person. Pure; must never know how anybody signs in.
 */
import { err, ok, type Result } from '#kernel'
import type { Account } from './account.ts'
import { paysMoney } from './posting.ts'
import type { DraftContent } from './voucher.ts'

/** prepare 制单, review 复核, release_company 物业放行 (A), release_committee 业委会放行 (B). */
export type Step = 'prepare' | 'review' | 'release_company' | 'release_committee'

/** The order in which steps are taken. */
const STEP_ORDER: readonly Step[] = ['prepare', 'review', 'release_company', 'release_committee']

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
  return step === 'release_company' || step === 'release_committee'
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

/** The steps a content needs, in order. */
export function requiredSteps(content: DraftContent, accounts: readonly Account[]): readonly Step[] {
  return paysMoney(content.postings, accounts)
    ? ['prepare', 'review', 'release_company', 'release_committee']
    : ['prepare', 'review']
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
