/** Volunteer points in the hands of an owner: redeemed at a partner, or given to the public pool, confirmed on their own phone. */
import { findPointVoucherOfForm, lockLedger } from '#db/ledger'
import { dateOf, err, isId, ok, type Result } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { findPartner, hasPoints, homesOf, type PointRefusal, postPoints } from './keep-points.server.ts'
import { parsePoints } from './point.ts'
import type { LedgerCommunity } from './read-chart.server.ts'

export type UsePointsRefusal =
  | PointRefusal
  | { readonly code: 'home-not-yours' }
  /** The form did not come from a page of ours. */
  | { readonly code: 'form-unknown' }

/**
 * Redeems or gives points of a home of one's own. Needs `points:use`. `formKey` came with the form: sent twice, also at once, it
 * posts once and both get the same number.
 */
export async function spendOwnPoints(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  use: {
    readonly home: string
    readonly points: string
    /** Null gives them to the pool. */
    readonly partnerId: string | null
    readonly formKey: string
  },
): Promise<Result<{ readonly number: number }, UsePointsRefusal>> {
  const { communityId } = community
  const { home, partnerId, formKey } = use
  if (!can(actor, 'points:use', communityId)) return err({ code: 'not-permitted' })
  if (!isId(formKey)) return err({ code: 'form-unknown' })
  const points = parsePoints(use.points)
  if (points === null) return err({ code: 'points-malformed' })
  return portal.db.transaction().execute(async tx => {
    await lockLedger(tx, communityId)
    if (!(await hasPoints(tx, community))) return err({ code: 'points-off' } as const)
    const done = await findPointVoucherOfForm(tx, communityId, formKey)
    if (done !== undefined) {
      const isTheirs = done.by_user === actor.userId
      return isTheirs ? ok({ number: done.number }) : err({ code: 'form-unknown' } as const)
    }
    const homes = await homesOf(portal, tx, communityId, actor.userId)
    if (!homes.includes(home)) return err({ code: 'home-not-yours' } as const)
    if (partnerId !== null && (await findPartner(tx, communityId, partnerId)) === null)
      return err({ code: 'partner-unknown' } as const)
    const move =
      partnerId === null ? ({ kind: 'give', home } as const) : ({ kind: 'redeem', home, partnerId } as const)
    return postPoints(portal, tx, community, move, points, {
      activity: '',
      happenedOn: dateOf(portal.clock.now()),
      userId: actor.userId,
      office: 'owner',
      second: null,
      requestId: null,
      formKey,
    })
  })
}
