/** SQL of what needs eyes: each query finds rows of one community that have waited, or that somebody should look at. */
import { sql } from 'kysely'
import type { Tx } from '../schema/index.ts'

/** Every month's newest statement: when it was issued, and whether its sealed and its timestamped file are there. */
export async function listStatementStates(
  tx: Tx,
  communityId: number,
): Promise<{ period: string; issued_at: Date; is_sealed: boolean; is_timestamped: boolean }[]> {
  const { rows } = await sql<{
    period: string
    issued_at: Date
    is_sealed: boolean
    is_timestamped: boolean
  }>`
    select distinct on (s.period) s.period, s.issued_at,
      exists (select from fund_statement_file f
        where f.community_id = s.community_id and f.statement_id = s.statement_id) as is_sealed,
      exists (select from fund_statement_file f
        where f.community_id = s.community_id and f.statement_id = s.statement_id and f.level = 'B-T') as is_timestamped
    from fund_statement s where s.community_id = ${communityId}
    order by s.period, s.version desc`.execute(tx)
  return rows
}

/** Posted vouchers with a release given between two hours of the night, since an instant; newest first. */
export async function listOddReleases(
  tx: Tx,
  communityId: number,
  night: { readonly fromHour: number; readonly untilHour: number; readonly since: Date },
  limit: number,
): Promise<{ fiscal_year: number; number: number; released_at: Date }[]> {
  const { rows } = await sql<{ fiscal_year: number; number: number; released_at: Date }>`
    select v.fiscal_year, v.number, max(a.approved_at) as released_at
    from voucher v
    join voucher_approval a on a.community_id = v.community_id and a.draft_id = v.draft_id and a.revision = v.revision
    where v.community_id = ${communityId} and v.posted_at >= ${night.since}
      and a.step in ('release_company', 'release_committee')
      and (extract(hour from a.approved_at at time zone 'Asia/Shanghai') >= ${night.fromHour}
        or extract(hour from a.approved_at at time zone 'Asia/Shanghai') < ${night.untilHour})
    group by v.fiscal_year, v.number
    order by v.fiscal_year desc, v.number desc limit ${limit}`.execute(tx)
  return rows
}

/** Drafts that wait for an officer since before an instant: how many, and since when the oldest. */
export async function countOldDrafts(
  tx: Tx,
  communityId: number,
  before: Date,
): Promise<{ count: number; oldest_at: Date | null }> {
  const row = await tx
    .selectFrom('voucher_draft')
    .select(({ fn }) => [fn.countAll<bigint>().as('count'), fn.min('opened_at').as('oldest_at')])
    .where('community_id', '=', communityId)
    .where('state', '=', 'open')
    .where('opened_at', '<', before)
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), oldest_at: row.oldest_at }
}

/** Paper ballots handed in before an instant that are neither cast nor refused, by poll that still takes them. */
export async function listUnreadPapers(
  tx: Tx,
  communityId: number,
  before: Date,
): Promise<{ poll_id: string; title: string; papers: number; oldest_at: Date }[]> {
  const { rows } = await sql<{ poll_id: string; title: string; papers: number; oldest_at: Date }>`
    select p.poll_id, p.title, count(*)::integer as papers, min(r.received_at) as oldest_at
    from poll p
    join poll_paper_receipt r on r.community_id = p.community_id and r.poll_id = p.poll_id
    where p.community_id = ${communityId} and p.state in ('open', 'closed') and r.received_at < ${before}
      and not exists (select from poll_paper c where c.community_id = r.community_id and c.poll_id = r.poll_id
        and c.paper_number = r.paper_number)
      and not exists (select from poll_refused_paper f where f.community_id = r.community_id and f.poll_id = r.poll_id
        and f.paper_number = r.paper_number)
    group by p.poll_id, p.title order by min(r.received_at)`.execute(tx)
  return rows
}

/** Objections made before an instant that nobody has answered, by poll. */
export async function listOpenObjections(
  tx: Tx,
  communityId: number,
  before: Date,
): Promise<{ poll_id: string; title: string; objections: number; oldest_at: Date }[]> {
  const { rows } = await sql<{ poll_id: string; title: string; objections: number; oldest_at: Date }>`
    select p.poll_id, p.title, count(*)::integer as objections, min(o.made_at) as oldest_at
    from poll p join poll_objection o on o.community_id = p.community_id and o.poll_id = p.poll_id
    where p.community_id = ${communityId} and o.made_at < ${before}
      and not exists (select from poll_objection_answer a where a.community_id = o.community_id
        and a.poll_id = o.poll_id and a.objection_id = o.objection_id)
    group by p.poll_id, p.title order by min(o.made_at)`.execute(tx)
  return rows
}

/** Counted polls with what must follow the count: the days of their course, the posting, the end and the certificate. */
export async function listPollDeadlines(
  tx: Tx,
  communityId: number,
): Promise<
  {
    poll_id: string
    title: string
    course_days: string
    counted_at: Date
    posted_at: Date | null
    final_at: Date | null
    certified_at: Date | null
  }[]
> {
  const { rows } = await sql<{
    poll_id: string
    title: string
    course_days: string
    counted_at: Date
    posted_at: Date | null
    final_at: Date | null
    certified_at: Date | null
  }>`
    select p.poll_id, p.title, n.course_days,
      (select min(s.at) from poll_step s where s.community_id = p.community_id and s.poll_id = p.poll_id
        and s.kind = 'tally') as counted_at,
      (select min(s.at) from poll_step s where s.community_id = p.community_id and s.poll_id = p.poll_id
        and s.kind = 'posted') as posted_at,
      (select min(s.at) from poll_step s where s.community_id = p.community_id and s.poll_id = p.poll_id
        and s.kind = 'final') as final_at,
      (select min(c.issued_at) from tally_certificate c where c.community_id = p.community_id
        and c.poll_id = p.poll_id) as certified_at
    from poll p join poll_notice n on n.community_id = p.community_id and n.poll_id = p.poll_id
    where p.community_id = ${communityId} and p.state in ('counted', 'objection', 'final')
    order by p.poll_id`.execute(tx)
  return rows
}
