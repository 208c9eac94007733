/** Where a poll stands: the one act that comes next, whose it is, and every step of the course with its date. Decides no rule of a vote. */
import { dateOf } from '#kernel'
import type { CourseStepView, NextAct, Signer } from '#ui/desk'
import { COURSE_STEPS, type CourseStep, SIGNERS } from '#ui/desk'
import type { OfficePermissions } from '#ui/office'
import type { PollView } from '#votes/server'

/** What has been signed, as the steps of the course tell. */
export function signedSteps(poll: Pick<PollView, 'steps'>): ReadonlyMap<Signer, Date> {
  const signed = new Map<Signer, Date>()
  for (const step of poll.steps) {
    const signer = SIGNERS.find(each => step.kind === 'signoff' && step.detail.step === each)
    if (signer !== undefined) signed.set(signer, step.at)
  }
  return signed
}

export interface Next {
  readonly act: NextAct
  readonly at: CourseStepView['at']
}

type Standing = Pick<PollView, 'state' | 'opensAt' | 'closesAt' | 'steps' | 'deadlines' | 'objections'> & {
  readonly motion: Pick<PollView['motion'], 'officialVoting'>
}

/** The next act. `isReady` says of a draft that nothing keeps it from being announced. */
export function nextOf(poll: Standing, now: Date, isReady: boolean): Next {
  const isImport = poll.motion.officialVoting === 'import'
  switch (poll.state) {
    case 'draft':
      return { act: isReady ? 'announce' : 'revise', at: null }
    case 'notice':
      return { act: now < poll.opensAt ? 'await-opening' : 'open', at: poll.opensAt }
    case 'open':
      if (now <= poll.closesAt) return { act: 'vote', at: poll.closesAt }
      return { act: isImport ? 'import-result' : 'seal', at: null }
    case 'closed':
      return { act: isImport ? 'import-result' : 'seal', at: null }
    case 'sealed':
      return { act: isImport ? 'import-result' : 'tally', at: null }
    default:
      return nextAfterCount(poll, now)
  }
}

/** Signatures, then posting, then objections: in this order, because each shows what the one before made certain. */
function nextAfterCount(poll: Standing, now: Date): Next {
  const { deadlines, objections } = poll
  const signed = signedSteps(poll)
  const missing = SIGNERS.find(signer => !signed.has(signer))
  if (missing !== undefined) return { act: missing, at: null }
  if (deadlines !== null && deadlines.postedOn === null) return { act: 'post', at: deadlines.postedBy }
  if (poll.state === 'final') return { act: 'nothing', at: null }
  const until = deadlines?.objectionsUntil ?? null
  if (objections.made > objections.answered) return { act: 'answer', at: until }
  return until !== null && dateOf(now) <= until
    ? { act: 'await-objections', at: until }
    : { act: 'finalize', at: null }
}

const NEEDS: Readonly<Record<NextAct, readonly (keyof OfficePermissions)[]>> = {
  revise: ['pollDraft'],
  announce: ['pollAnnounce'],
  'await-opening': [],
  open: ['pollAnnounce'],
  vote: ['enter', 'deliver'],
  seal: ['pollClose', 'enter'],
  tally: ['pollClose'],
  'import-result': ['pollClose'],
  'teller-1': ['signOff'],
  'teller-2': ['signOff'],
  'party-branch': ['witness'],
  post: ['pollClose'],
  answer: ['answer'],
  'await-objections': [],
  finalize: ['pollClose'],
  nothing: [],
}

/** True when one of the person's offices can do it. That three people sign is the use case's rule. */
export function isMine(act: NextAct, may: OfficePermissions): boolean {
  return NEEDS[act].some(permission => may[permission])
}

const STEP_OF: Readonly<Partial<Record<NextAct, CourseStep>>> = {
  revise: 'draft',
  announce: 'notice',
  'await-opening': 'open',
  open: 'open',
  vote: 'close',
  seal: 'close',
  tally: 'tally',
  'import-result': 'tally',
  'teller-1': 'teller-1',
  'teller-2': 'teller-2',
  'party-branch': 'party-branch',
  post: 'posted',
  answer: 'objections',
  'await-objections': 'objections',
  finalize: 'final',
}

/** Every step: done with its time, or open with the date by which it comes. */
export function stepsOf(poll: PollView, next: Next): readonly CourseStepView[] {
  const times = doneTimes(poll)
  const due = dueTimes(poll)
  const now = STEP_OF[next.act]
  return COURSE_STEPS.map(step => {
    const isDone = times.has(step)
    return {
      step,
      state: isDone ? 'done' : step === now ? 'now' : 'next',
      at: (isDone ? times.get(step) : due.get(step)) ?? null,
      isOverdue: step === 'posted' && !isDone && (poll.deadlines?.isPostingOverdue ?? false),
      who: null,
    }
  })
}

function doneTimes(poll: PollView): ReadonlyMap<CourseStep, CourseStepView['at']> {
  const times = new Map<CourseStep, CourseStepView['at']>()
  const at = (kind: string) => poll.steps.find(step => step.kind === kind)?.at
  if (poll.state !== 'draft') times.set('draft', null)
  if (poll.announcedAt !== null) times.set('notice', poll.announcedAt)
  for (const [step, kind] of [
    ['open', 'open'],
    ['close', 'seal'],
    ['tally', 'tally'],
    ['final', 'final'],
  ] as const) {
    const done = at(kind)
    if (done !== undefined) times.set(step, done)
  }
  for (const [signer, when] of signedSteps(poll)) times.set(signer, when)
  if (poll.deadlines?.postedOn) times.set('posted', poll.deadlines.postedOn)
  if (poll.state === 'final') times.set('objections', poll.deadlines?.objectionsUntil ?? null)
  return times
}

function dueTimes(poll: PollView): ReadonlyMap<CourseStep, CourseStepView['at']> {
  return new Map<CourseStep, CourseStepView['at']>([
    ['open', poll.opensAt],
    ['close', poll.closesAt],
    ['posted', poll.deadlines?.postedBy ?? null],
    ['objections', poll.deadlines?.objectionsUntil ?? null],
  ])
}
