/** Names of voters for the counter's desk: whose signature a paper carries, who may be named as a proxy. Each reading is in the audit. */
import { insertAuditEvent } from '#db/platform'
import { canonicalText } from '#kernel'
import { type Actor, can } from '#people'
import { readPersonNames } from '#people/server'
import type { Portal } from '#platform'
import type { VotingCommunity } from './poll-access.server.ts'

/**
 * Names by person id; a person whose data was erased has none. Empty without `ballot:enter` or `objection:answer`: nobody
 * else has to tell voters apart by name.
 */
export async function readVoterNames(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: { readonly pollId: string; readonly persons: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const { communityId } = community
  const persons = [...new Set(request.persons)]
  const isAllowed = can(actor, 'ballot:enter', communityId) || can(actor, 'objection:answer', communityId)
  if (!isAllowed || persons.length === 0) return new Map()
  const names = await readPersonNames(portal, portal.db, communityId, persons)
  await insertAuditEvent(portal.db, {
    community_id: communityId,
    audit_event_id: portal.random.id(),
    at: portal.clock.now(),
    actor_user_id: actor.userId,
    act: 'read-voters',
    subject: request.pollId,
    detail: canonicalText({ names: names.size, from: actor.addressClass ?? 'unknown' }),
  })
  return names
}
