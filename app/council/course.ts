/**
 * The course of minutes as a state machine over what happened: circulated, corrected, signed off, published. Any change of the text
 * is a new version and voids what was signed before; nothing unsigned is ever published. Pure: it is replayed by pages and by `fsck`.
 */
import { err, ok, type Result } from '#kernel'

/** How long those present may ask for corrections, in calendar days. */
export const CORRECTION_DAYS = 3

export type Stance = 'agrees' | 'refuses'
export type SignOffMethod = 'own-key' | 'paper'

export type CourseStep =
  | {
      readonly kind: 'circulated'
      readonly version: number
      readonly digest: string
      /** The seats whose word is asked for. */
      readonly required: readonly string[]
      readonly at: Date
      readonly correctionsUntil: Date
    }
  | { readonly kind: 'correction'; readonly no: number; readonly version: number; readonly at: Date }
  | { readonly kind: 'answer'; readonly no: number; readonly isAccepted: boolean; readonly version: number }
  | {
      readonly kind: 'sign-off'
      readonly version: number
      readonly digest: string
      readonly seat: string
      readonly stance: Stance
    }
  | { readonly kind: 'published'; readonly version: number; readonly digest: string; readonly at: Date }

export interface CourseStanding {
  readonly state: 'draft' | 'circulated' | 'published'
  readonly version: number
  readonly digest: string
  readonly required: readonly string[]
  readonly correctionsUntil: Date | null
  readonly openCorrections: readonly number[]
  /** Accepted, and the text does not have them yet. */
  readonly toTakeUp: readonly number[]
  /** What each seat said of the newest version. */
  readonly signed: Readonly<Record<string, Stance>>
  readonly published: { readonly version: number; readonly digest: string } | null
}

export const BEGINNING: CourseStanding = {
  state: 'draft',
  version: 0,
  digest: '',
  required: [],
  correctionsUntil: null,
  openCorrections: [],
  toTakeUp: [],
  signed: {},
  published: null,
}

export type CourseProblem = {
  readonly code:
    | 'minutes-not-circulated'
    | 'nothing-changed'
    | 'version-out-of-turn'
    | 'version-outdated'
    | 'text-differs'
    | 'corrections-closed'
    | 'correction-unknown'
    | 'correction-open'
    | 'correction-not-taken-up'
    | 'seat-not-asked'
    | 'seat-has-signed'
    | 'already-published'
    | 'sign-offs-missing'
    | 'not-enough-agree'
}

const problem = (code: CourseProblem['code']) => err({ code })

function circulate(
  standing: CourseStanding,
  step: Extract<CourseStep, { kind: 'circulated' }>,
): Result<CourseStanding, CourseProblem> {
  if (step.version !== standing.version + 1) return problem('version-out-of-turn')
  if (step.digest === standing.digest) return problem('nothing-changed')
  if (standing.openCorrections.length > 0) return problem('correction-open')
  return ok({
    ...standing,
    state: 'circulated',
    version: step.version,
    digest: step.digest,
    required: step.required,
    correctionsUntil: step.correctionsUntil,
    toTakeUp: [],
    signed: {},
  })
}

function answer(
  standing: CourseStanding,
  step: Extract<CourseStep, { kind: 'answer' }>,
): Result<CourseStanding, CourseProblem> {
  if (!standing.openCorrections.includes(step.no)) return problem('correction-unknown')
  return ok({
    ...standing,
    openCorrections: standing.openCorrections.filter(no => no !== step.no),
    toTakeUp: step.isAccepted ? [...standing.toTakeUp, step.no] : standing.toTakeUp,
  })
}

/** The text stands still: it is the newest, nobody waits for an answer, and what was accepted is in it. */
function standsStill(
  standing: CourseStanding,
  step: { readonly version: number; readonly digest: string },
): CourseProblem['code'] | null {
  if (standing.state === 'draft') return 'minutes-not-circulated'
  if (standing.published?.version === standing.version) return 'already-published'
  if (step.version !== standing.version) return 'version-outdated'
  if (step.digest !== standing.digest) return 'text-differs'
  if (standing.openCorrections.length > 0) return 'correction-open'
  return standing.toTakeUp.length > 0 ? 'correction-not-taken-up' : null
}

function signOff(
  standing: CourseStanding,
  step: Extract<CourseStep, { kind: 'sign-off' }>,
): Result<CourseStanding, CourseProblem> {
  const wrong = standsStill(standing, step)
  if (wrong !== null) return problem(wrong)
  if (!standing.required.includes(step.seat)) return problem('seat-not-asked')
  if (Object.hasOwn(standing.signed, step.seat)) return problem('seat-has-signed')
  return ok({ ...standing, signed: { ...standing.signed, [step.seat]: step.stance } })
}

/**
 * May be published when every seat that is asked has spoken, or the days for corrections are over, and more than half of them
 * agreed to exactly this text.
 */
function publish(
  standing: CourseStanding,
  step: Extract<CourseStep, { kind: 'published' }>,
): Result<CourseStanding, CourseProblem> {
  const wrong = standsStill(standing, step)
  if (wrong !== null) return problem(wrong)
  const { required, signed, correctionsUntil } = standing
  const hasSpoken = required.every(seat => Object.hasOwn(signed, seat))
  if (!hasSpoken && (correctionsUntil === null || step.at <= correctionsUntil))
    return problem('sign-offs-missing')
  const agreeing = required.filter(seat => signed[seat] === 'agrees').length
  if (2 * agreeing <= required.length) return problem('not-enough-agree')
  return ok({
    ...standing,
    state: 'published',
    published: { version: step.version, digest: step.digest },
  })
}

/** What follows from one more step, or why it may not be taken. */
export function takeCourseStep(
  standing: CourseStanding,
  step: CourseStep,
): Result<CourseStanding, CourseProblem> {
  switch (step.kind) {
    case 'circulated':
      return circulate(standing, step)
    case 'correction':
      if (standing.state === 'draft') return problem('minutes-not-circulated')
      if (standing.published?.version === standing.version) return problem('already-published')
      if (step.version !== standing.version) return problem('version-outdated')
      if (standing.correctionsUntil === null || step.at > standing.correctionsUntil)
        return problem('corrections-closed')
      return ok({ ...standing, openCorrections: [...standing.openCorrections, step.no] })
    case 'answer':
      return answer(standing, step)
    case 'sign-off':
      return signOff(standing, step)
    case 'published':
      return publish(standing, step)
  }
}

/** The standing after all steps in their order; the first one that may not be is named by its place. */
export function replayCourse(
  steps: readonly CourseStep[],
): Result<CourseStanding, CourseProblem & { readonly step: number }> {
  let standing = BEGINNING
  for (const [index, step] of steps.entries()) {
    const next = takeCourseStep(standing, step)
    if (!next.ok) return err({ ...next.error, step: index })
    standing = next.value
  }
  return ok(standing)
}
