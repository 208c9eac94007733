/** Who is asking, and may they: the only way from a request to an actor. Every action of an officer passes `requireActor`. */
import { readOffices, readSessionByDigest, updateSessionSeen } from '#db/people'
import { readCommunityById } from '#db/platform'
import { dateOf } from '#kernel'
import { type Portal, sessionTokenOf, tokenDigest } from '#platform'
import { type Action, type Actor, can } from './permission.ts'

/** Noting every request would write on every read; a minute is precise enough for an idle limit of many. */
const SEEN_EVERY_MS = 60_000

/** The person of a session with the offices held today; null when the session ended or the person was shut out. */
export async function readActor(portal: Portal, token: string): Promise<Actor | null> {
  const digest = tokenDigest(token)
  const session = await readSessionByDigest(portal.db, digest)
  if (session === null) return null
  const now = portal.clock.now()
  const idleMs = now.getTime() - session.seen_at.getTime()
  if (now >= session.expires_at || idleMs >= portal.settings.sessionIdleMs) return null
  if (idleMs >= SEEN_EVERY_MS) await updateSessionSeen(portal.db, digest, now)
  const offices = await readOffices(portal.db, session.user_id, dateOf(now))
  return {
    userId: session.user_id,
    displayName: session.display_name,
    roles: offices.map(office => ({ communityId: office.community_id, role: office.role })),
    sessionId: session.session_id,
  }
}

/** The person behind a request; null for the public. */
export async function actorOf(portal: Portal, request: Request): Promise<Actor | null> {
  const token = sessionTokenOf(request, portal.settings)
  return token === null ? null : readActor(portal, token)
}

/**
 * Where a person begins after signing in: the officers' pages of the first community they hold an office in, the public
 * pages of one they own in, or the home page.
 */
export async function startPathOf(portal: Portal, actor: Actor): Promise<string> {
  const office =
    actor.roles.find(held => can(actor, 'community:read-full', held.communityId)) ?? actor.roles[0]
  const community = office === undefined ? null : await readCommunityById(portal.db, office.communityId)
  if (community === null) return '/'
  const isOfficer = can(actor, 'community:read-full', community.community_id)
  return isOfficer ? `/c/${community.slug}/office` : `/c/${community.slug}`
}

/**
 * The person behind a request, who may take the action in the community. Throws a response otherwise: to the sign-in page
 * when nobody is signed in (and back afterwards, when it was a page), 403 when it is not theirs to do.
 */
export async function requireActor(
  portal: Portal,
  request: Request,
  action: Action,
  communityId: number,
): Promise<Actor> {
  const actor = await actorOf(portal, request)
  if (actor === null) throw toSignIn(request)
  if (!can(actor, action, communityId)) throw new Response(null, { status: 403 })
  return actor
}

function toSignIn(request: Request): Response {
  const url = new URL(request.url)
  const query = new URLSearchParams()
  for (const name of ['lang', 'mode']) {
    const value = url.searchParams.get(name)
    if (value !== null) query.set(name, value)
  }
  if (request.method === 'GET') query.set('next', `${url.pathname}${url.search}`)
  return new Response(null, { status: 303, headers: { Location: `/sign-in?${query}` } })
}
