/** Payments released at night, and drafts that have waited for an officer for more than a week. Said as facts, never as a charge. */
import { countOldDrafts, listOddReleases } from '#db/oversight'
import { dateOf, daysBetween } from '#kernel'
import { formatVoucherKey } from '#ledger'
import { itemOf } from '../item.ts'
import { daysAgo, type Source } from '../source.server.ts'

/** From ten at night to six in the morning, in the last two months. */
const NIGHT = { fromHour: 22, untilHour: 6 }
const LOOK_BACK_DAYS = 60
const SHOWN_MAX = 20
const DRAFT_DAYS = 7

export const releases: Source = async context => {
  const { portal, community, today } = context
  const { communityId } = community
  const since = daysAgo(context, LOOK_BACK_DAYS)
  const odd = await listOddReleases(portal.db, communityId, { ...NIGHT, since }, SHOWN_MAX)
  const drafts = await countOldDrafts(portal.db, communityId, daysAgo(context, DRAFT_DAYS))
  return [
    ...odd.map(row => {
      const key = formatVoucherKey({ fiscalYear: row.fiscal_year, number: row.number })
      const days = daysBetween(dateOf(row.released_at), today)
      return itemOf('release-odd-hours', `vouchers/${key}`, { subject: key, days })
    }),
    ...(drafts.oldest_at === null
      ? []
      : [
          itemOf('drafts-waiting', 'office', {
            count: drafts.count,
            days: daysBetween(dateOf(drafts.oldest_at), today),
          }),
        ]),
  ]
}
