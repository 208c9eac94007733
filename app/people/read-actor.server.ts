/** Who is asking, and may they: the only way from a request to an actor. Every action of an officer passes `requireActor`. */
import { readOffices, readOverseenCommunities, readSessionsByDigest, updateSessionsSeen } from '#db/people'
import { readCommunityById } from '#db/platform'
import { dateOf } from '#kernel'
import { type Portal, sessionTokenOf, together, tokenDigest } from '#platform'
import { type Action, type Actor, can, overseenBy } from './permission.ts'
import { needsSecondFactor } from './second-factor.ts'

/** Noting every request would write on every read; a minute is precise enough for an idle limit of many. */
const SEEN_EVERY_MS = 60_000

/** The offices that count in a session, and what is awaited before the others do. */
function officesIn(
  session: { readonly second_factor_at: Date | null; readonly has_second_factor: boolean },
  held: Actor['roles'],
): Pick<Actor, 'roles' | 'awaits' | 'secondFactorAt'> {
  if (session.second_factor_at !== null) return { roles: held, secondFactorAt: session.second_factor_at }
  if (session.has_second_factor) return { roles: [], awaits: 'second-factor' }
  const roles = held.filter(({ role }) => !needsSecondFactor(role))
  return roles.length === held.length ? { roles } : { roles, awaits: 'enrolment' }
}

/**
 * The person of a session with the offices held today; null when the session ended or the person was shut out. A password
 * alone opens no office: until the second factor is given, nothing that asks for an office finds one.
 */
export function readActor(portal: Portal, token: string): Promise<Actor | null> {
  return together(portal, 'actors', tokenDigest(token), digests => readActors(portal, digests))
}

/** Those of the sessions that requests which come at once belong to: each is read anew, together they cost as one. */
async function readActors(portal: Portal, digests: readonly string[]): Promise<(Actor | null)[]> {
  const now = portal.clock.now()
  const idleMs = (session: { readonly seen_at: Date }) => now.getTime() - session.seen_at.getTime()
  const sessions = (await readSessionsByDigest(portal.db, digests)).filter(
    session => now < session.expires_at && idleMs(session) < portal.settings.sessionIdleMs,
  )
  if (sessions.length === 0) return digests.map(() => null)
  const seen = sessions.filter(session => idleMs(session) >= SEEN_EVERY_MS).map(each => each.session_id)
  if (seen.length > 0) await updateSessionsSeen(portal.db, seen, now)
  const users = sessions.map(session => session.user_id)
  const offices = await readOffices(portal.db, users, dateOf(now))
  const overseen = await readOverseenCommunities(portal.db, users, dateOf(now))
  return digests.map(digest => {
    const session = sessions.find(each => each.token_digest === digest)
    if (session === undefined) return null
    const isTheirs = (row: { readonly user_id: string }) => row.user_id === session.user_id
    return {
      userId: session.user_id,
      displayName: session.display_name,
      sessionId: session.session_id,
      addressClass: session.address_class,
      ...officesIn(session, [
        ...offices.filter(isTheirs).map(({ community_id, role }) => ({ communityId: community_id, role })),
        ...overseen
          .filter(isTheirs)
          .map(({ community_id }) => ({ communityId: community_id, role: 'district_overseer' as const })),
      ]),
    }
  })
}

/** The person behind a request; null for the public. */
export async function actorOf(portal: Portal, request: Request): Promise<Actor | null> {
  const token = sessionTokenOf(request, portal.settings)
  return token === null ? null : readActor(portal, token)
}

/** Where what a session still awaits is done. */
const AWAITED_AT = { 'second-factor': '/sign-in/second', enrolment: '/account/second-factor' } as const

/**
 * Where a person begins after signing in: at what the session still awaits, an overseer of several communities at all of them, else at the officers' pages of the first community
 * they hold an office in (a teller at its polls), the public pages of one they own in, or the home page.
 */
export async function startPathOf(portal: Portal, actor: Actor): Promise<string> {
  if (actor.awaits !== undefined) return AWAITED_AT[actor.awaits]
  if (overseenBy(actor).length > 1) return '/oversight'
  const office =
    actor.roles.find(held => can(actor, 'community:read-full', held.communityId)) ?? actor.roles[0]
  const community = office === undefined ? null : await readCommunityById(portal.db, office.communityId)
  if (community === null) return '/'
  const start = `/c/${community.slug}`
  if (can(actor, 'community:read-full', community.community_id)) return `${start}/office`
  return can(actor, 'poll:read', community.community_id) ? `${start}/office/polls` : start
}

/**
 * The person behind a request, who may take the action in the community. Throws a response otherwise: to the sign-in page
 * when nobody is signed in, to the second factor when it is awaited (and back afterwards, when it was a page), 403 when it is
 * not theirs to do.
 */
export async function requireActor(
  portal: Portal,
  request: Request,
  action: Action,
  communityId: number,
): Promise<Actor> {
  const actor = await actorOf(portal, request)
  if (actor === null) throw ledTo('/sign-in', request)
  if (can(actor, action, communityId)) return actor
  if (actor.awaits !== undefined) throw ledTo(AWAITED_AT[actor.awaits], request)
  throw new Response(null, { status: 403 })
}

/**
 * The person behind a request for a page about their own account. Throws a redirect when nobody is signed in, or when there
 * is a second factor and it was not given yet: a password alone changes no key.
 */
export async function requireSignedIn(portal: Portal, request: Request): Promise<Actor> {
  const actor = await actorOf(portal, request)
  if (actor === null) throw ledTo('/sign-in', request)
  if (actor.awaits === 'second-factor') throw ledTo(AWAITED_AT['second-factor'], request)
  return actor
}

/** A redirect to a page before the one asked for, in the reader's language, and back afterwards when it was a page. */
export function ledTo(path: string, request: Request): Response {
  const url = new URL(request.url)
  const query = new URLSearchParams()
  for (const name of ['lang', 'mode']) {
    const value = url.searchParams.get(name)
    if (value !== null) query.set(name, value)
  }
  if (request.method === 'GET') query.set('next', `${url.pathname}${url.search}`)
  return new Response(null, { status: 303, headers: { Location: `${path}?${query}` } })
}
