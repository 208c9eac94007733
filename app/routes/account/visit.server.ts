/** What every page about one's own account begins with: who is asking. Reads only. */
import type { Actor } from '#people'
import { requireSignedIn, startPathOf } from '#people/server'
import { csrfField, currentPortal, type Portal } from '#platform'
import type { AccountFrame } from './account-page.tsx'

export interface AccountVisit {
  readonly portal: Portal
  readonly actor: Actor
  readonly frame: AccountFrame
}

/** The visit of a page or an action. Throws a redirect for nobody, and before the second factor was given. */
export async function enterAccount(request: Request): Promise<AccountVisit> {
  const portal = currentPortal()
  const actor = await requireSignedIn(portal, request)
  const start = actor.awaits === undefined ? await startPathOf(portal, actor) : '/'
  return {
    portal,
    actor,
    frame: { name: actor.displayName, csrf: csrfField(request, portal.settings), start },
  }
}
