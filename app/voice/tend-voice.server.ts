/**
 * What the clock does for the voice, again and again: tells the answering seat once of what is overdue, publishes what homes said
 * after services when a round is due, and removes sentences that have had their time.
 */
import { listCases } from '#db/voice'
import { assert, dateOf } from '#kernel'
import { can } from '#people'
import { enqueueMessage, listOfficeHolders } from '#people/server'
import type { Portal } from '#platform'
import type { VoiceCommunity } from './case-access.server.ts'
import { dueStates } from './course.ts'
import { forgetSentences, publishServiceRound } from './service-survey.server.ts'
import { isSeat, officesOfSeat } from './subject.ts'

/** Cases that are looked at in one go. */
const MOST_OVERDUE = 500

/** Tells whoever holds an office of the answering seat of each case whose day has passed; once for each day that was set. */
export async function tellOverdue(portal: Portal, { communityId }: VoiceCommunity): Promise<number> {
  const today = dateOf(portal.clock.now())
  const wish = { states: dueStates(), isPublicOnly: false, limit: MOST_OVERDUE }
  const overdue = (await listCases(portal.db, communityId, wish)).filter(
    row => row.due_on !== null && row.due_on < today,
  )
  if (overdue.length === 0) return 0
  const holders = await listOfficeHolders(portal, communityId)
  return portal.db.transaction().execute(async tx => {
    let told = 0
    for (const row of overdue) {
      assert(isSeat(row.seat), `no seat: ${row.seat}`)
      const offices = officesOfSeat(row.seat)
      const needs = row.kind === 'challenge' ? 'challenge:answer' : 'request:handle'
      const concerned = holders.filter(({ userId, displayName, role }) => {
        const holder = { userId, displayName, roles: [{ communityId, role }], sessionId: '' }
        return offices.includes(role) && can(holder, needs, communityId)
      })
      for (const userId of new Set(concerned.map(holder => holder.userId))) {
        const isNew = await enqueueMessage(portal, tx, {
          communityId,
          userId,
          kind: row.kind === 'challenge' ? 'challenge-overdue' : 'request-overdue',
          subjectKey: `${row.case_id}/${row.due_on}`,
          values: { subject: row.subject_key ?? row.category ?? '' },
        })
        if (isNew) told += 1
      }
    }
    return told
  })
}

/** All of it, for one community. */
export async function tendVoice(portal: Portal, community: VoiceCommunity): Promise<void> {
  await tellOverdue(portal, community)
  await publishServiceRound(portal, community)
  await forgetSentences(portal, community)
}
