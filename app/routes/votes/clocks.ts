/** The clocks of a poll out of its logged steps and deadlines, as the timeline shows them. Reads no clock. */

import type { PollClocks } from '#ui/votes'
import type { PollState } from '#votes'
import type { PollStepView, PollView } from '#votes/server'

/** What the timeline needs of a poll. */
type Course = Pick<PollView, 'state' | 'announcedAt' | 'opensAt' | 'closesAt' | 'steps' | 'deadlines'>

function extensionOf({ detail }: PollStepView): PollClocks['extensions'][number] | null {
  const { closesAt, decision } = detail
  return typeof closesAt === 'string' && typeof decision === 'string'
    ? { closesAt: new Date(closesAt), decision }
    : null
}

/** Steps with their instants, deadlines with their last day. */
export function clocksOf(poll: Course): PollClocks {
  const lastOf = (kind: string) => poll.steps.findLast(step => step.kind === kind)?.at ?? null
  return {
    state: poll.state,
    noticeAt: poll.announcedAt,
    opensAt: poll.opensAt,
    closesAt: poll.closesAt,
    extensions: poll.steps.filter(step => step.kind === 'extension').flatMap(step => extensionOf(step) ?? []),
    sealedAt: lastOf('seal'),
    countedAt: lastOf('tally'),
    objectionsUntil: poll.deadlines?.objectionsUntil ?? null,
    finalAt: lastOf('final'),
    postedBy: poll.deadlines?.postedBy ?? null,
    postedAt: lastOf('posted'),
    isPostingOverdue: poll.deadlines?.isPostingOverdue ?? false,
    annulmentUntil: poll.deadlines?.annulmentUntil ?? null,
  }
}

const COUNTED: readonly PollState[] = ['counted', 'objection', 'final']

/** Running polls first, then those announced, then those that are over; each group in the order given, newest first. */
export function groupPolls<Poll extends { readonly state: PollState }>(
  polls: readonly Poll[],
): { readonly running: readonly Poll[]; readonly coming: readonly Poll[]; readonly over: readonly Poll[] } {
  return {
    running: polls.filter(poll => poll.state === 'open'),
    coming: polls.filter(poll => poll.state === 'notice'),
    over: polls.filter(poll => !['draft', 'notice', 'open'].includes(poll.state)),
  }
}

/** True once the ballots were counted. */
export function isCounted(state: PollState): boolean {
  return COUNTED.includes(state)
}
