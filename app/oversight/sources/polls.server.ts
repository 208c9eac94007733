/** Polls: papers nobody has read, objections nobody has answered, results not posted, certificates not issued. */
import { listOpenObjections, listPollDeadlines, listUnreadPapers } from '#db/oversight'
import { dateOf, daysBetween } from '#kernel'
import { itemOf, type OversightItem } from '../item.ts'
import { daysAgo, type Source, type SourceContext } from '../source.server.ts'

const PAPER_DAYS = 2
const OBJECTION_DAYS = 3
const CERTIFICATE_DAYS = 7

export const papersAndObjections: Source = async context => {
  const { portal, community, today } = context
  const { communityId } = community
  const papers = await listUnreadPapers(portal.db, communityId, daysAgo(context, PAPER_DAYS))
  const objections = await listOpenObjections(portal.db, communityId, daysAgo(context, OBJECTION_DAYS))
  const since = (at: Date) => daysBetween(dateOf(at), today)
  return [
    ...papers.map(row =>
      itemOf('papers-unconfirmed', `votes/${row.poll_id}`, {
        subject: row.title,
        count: row.papers,
        days: since(row.oldest_at),
      }),
    ),
    ...objections.map(row =>
      itemOf('objection-unanswered', `votes/${row.poll_id}`, {
        subject: row.title,
        count: row.objections,
        days: since(row.oldest_at),
      }),
    ),
  ]
}

type PollRow = Awaited<ReturnType<typeof listPollDeadlines>>[number]

function overdueIn(row: PollRow, { today }: SourceContext): OversightItem[] {
  const { posting } = JSON.parse(row.course_days) as { posting: number }
  const href = `votes/${row.poll_id}`
  const unposted = row.posted_at === null ? daysBetween(dateOf(row.counted_at), today) - posting : 0
  const uncertified =
    row.final_at !== null && row.certified_at === null
      ? daysBetween(dateOf(row.final_at), today) - CERTIFICATE_DAYS
      : 0
  return [
    ...(unposted > 0 ? [itemOf('posting-overdue', href, { subject: row.title, days: unposted })] : []),
    ...(uncertified > 0
      ? [itemOf('certificate-overdue', href, { subject: row.title, days: uncertified })]
      : []),
  ]
}

export const pollDeadlines: Source = async context => {
  const rows = await listPollDeadlines(context.portal.db, context.community.communityId)
  return rows.flatMap(row => overdueIn(row, context))
}
