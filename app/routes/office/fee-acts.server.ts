/** What the officers' page knows of service fees, and the form that proposes a standard. */
import { proposeControlChange, readFeeStandards } from '#ledger/server'
import { readPolls } from '#votes/server'
import type { Entered } from './entered.ts'
import { feeChangeIn } from './fee-form.ts'
import { type OfficeVisit, requireAct } from './visit.server.ts'

/** What a standard may follow on, and rest on: the one confirmed last, and the votes that are over. */
export async function feesOf({ portal, community }: Pick<OfficeVisit, 'portal' | 'community'>) {
  const standards = await readFeeStandards(portal.db, community.communityId)
  const polls = (await readPolls(portal, community, null)).filter(poll => poll.outcomes !== null)
  return {
    last: standards.at(-1)?.standard ?? null,
    polls: polls.map(({ pollId, title }) => ({ pollId, title })),
  }
}

/** Proposes the standard that the form holds. Throws 403 for whoever may not. */
export async function proposeFees(visit: OfficeVisit, form: Entered) {
  requireAct(visit, 'fee-standard:propose')
  const { last, polls } = await feesOf(visit)
  const change = feeChangeIn(form, last, polls)
  return change.ok ? proposeControlChange(visit.portal, visit.actor, visit.community, change.value) : change
}
