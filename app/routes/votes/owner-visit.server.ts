/** What every page of an owner begins with: which community, who is asking, may they vote here at all. Reads only. */

import type { Result } from '#kernel'
import { type LedgerCommunity, readCommunity } from '#ledger/server'
import type { Action, Actor } from '#people'
import { requireActor } from '#people/server'
import { csrfField, currentPortal, type Portal } from '#platform'
import { type MyPoll, type MyPollRefusal, type MyVoting, readMyPoll, readMyVoting } from '#votes/server'
import { viewOf } from '../public/community.server.ts'

export interface OwnerVisit {
  readonly portal: Portal
  readonly community: LedgerCommunity
  readonly actor: Actor
  readonly frame: OwnerFrame
}

/** What the frame of an owner's page needs; the reader's own name, nobody else's. */
export interface OwnerFrame {
  readonly community: ReturnType<typeof viewOf>
  readonly displayName: string
  readonly csrf: { readonly name: string; readonly value: string }
}

/**
 * The visit of a page or an action. Throws 404 for no such community, a redirect to the sign-in for nobody, 403 for somebody
 * who is no owner here (nor a tenant, where the page says that tenants may). Which units a person may speak for is decided by
 * the rooms, from the frozen roll.
 */
export async function enterOwner(
  request: Request,
  slug: string | undefined,
  action: Action = 'ballot:cast',
): Promise<OwnerVisit> {
  const portal = currentPortal()
  const community = await readCommunity(portal.db, slug ?? '')
  if (community === null) throw new Response(null, { status: 404 })
  const actor = await requireActor(portal, request, action, community.communityId)
  const frame = {
    community: viewOf(community),
    displayName: actor.displayName,
    csrf: csrfField(request, portal.settings),
  }
  return { portal, community, actor, frame }
}

/** The reader's side of a poll. Throws 404 for no such poll, 403 for somebody bound to no owner of the register. */
export async function readOwnPoll(visit: OwnerVisit, pollId: string | undefined): Promise<MyPoll> {
  return found(await readMyPoll(visit.portal, visit.actor, visit.community, pollId ?? ''))
}

/** What the reader votes with in a poll. Throws as `readOwnPoll` does. */
export async function readOwnVoting(visit: OwnerVisit, pollId: string | undefined): Promise<MyVoting> {
  return found(await readMyVoting(visit.portal, visit.actor, visit.community, pollId ?? ''))
}

function found<Read extends MyVoting>(read: Result<Read, MyPollRefusal>): Read {
  if (read.ok && read.value.poll.state !== 'draft') return read.value
  throw new Response(null, { status: read.ok || read.error.code === 'poll-unknown' ? 404 : 403 })
}
