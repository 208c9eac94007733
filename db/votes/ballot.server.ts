/** SQL of ballots: what is known of units while somebody casts, submissions with their ballots, papers at the desk. */
import { type Insertable, sql } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

/** What is known of a unit in a poll. Instants are microseconds of the Unix epoch as text. */
export interface UnitFileRow {
  readonly unit_id: string
  readonly token: string
  readonly building: string
  readonly entrance: string
  readonly in_base: boolean
  readonly voters: readonly string[]
  readonly representative: string | null
  readonly transfers: readonly { readonly from: string; readonly to: string; readonly at: string }[]
  readonly proxies: readonly { readonly person: string; readonly at: string }[]
  readonly ballots: readonly {
    readonly seq: number
    readonly by: string
    readonly asProxy: boolean
    readonly channel: 'online' | 'paper' | 'proxy'
    readonly at: string
    /** Null once the secrets are erased. */
    readonly answers: string | null
  }[]
}

/**
 * The files of some units in one statement: voters, representative, sales, mandates and ballots in order of place. With
 * persons, also of every unit that one of them has cast for as somebody's proxy.
 */
export async function readUnitFiles(
  tx: Tx,
  communityId: number,
  pollId: string,
  units: readonly string[],
  proxies: readonly string[],
): Promise<UnitFileRow[]> {
  const { rows } = await sql<UnitFileRow>`
    select u.unit_id, u.token, u.building, u.entrance, u.in_base,
      coalesce((select json_agg(v.person_id order by v.person_id) from poll_voter v
        where v.community_id = u.community_id and v.poll_id = u.poll_id and v.unit_id = u.unit_id), '[]') as voters,
      (select r.person_id from poll_representative r
        where r.community_id = u.community_id and r.poll_id = u.poll_id and r.unit_id = u.unit_id) as representative,
      coalesce((select json_agg(json_build_object('from', t.from_person, 'to', t.to_person,
          'at', (extract(epoch from t.at) * 1000000)::bigint::text) order by t.transfer_no) from poll_transfer t
        where t.community_id = u.community_id and t.poll_id = u.poll_id and t.unit_id = u.unit_id), '[]') as transfers,
      coalesce((select json_agg(json_build_object('person', x.proxy_person,
          'at', (extract(epoch from x.registered_at) * 1000000)::bigint::text) order by x.leaf_index) from poll_proxy x
        where x.community_id = u.community_id and x.poll_id = u.poll_id and x.unit_id = u.unit_id), '[]') as proxies,
      coalesce((select json_agg(json_build_object('seq', b.seq, 'by', p.by_person, 'asProxy', p.as_proxy,
          'channel', p.channel, 'at', (extract(epoch from p.received_at) * 1000000)::bigint::text,
          'answers', s.answers) order by b.seq)
        from poll_ballot b
        join poll_paper p on p.community_id = b.community_id and p.poll_id = b.poll_id and p.paper_no = b.paper_no
        left join poll_ballot_secret s on s.community_id = b.community_id and s.poll_id = b.poll_id and s.seq = b.seq
        where b.community_id = u.community_id and b.poll_id = u.poll_id and b.unit_id = u.unit_id), '[]') as ballots
    from poll_unit u
    where u.community_id = ${communityId} and u.poll_id = ${pollId} and u.unit_id in (
      select unnest(${[...units]}::text[])
      union select b.unit_id from poll_paper p join poll_ballot b
          on b.community_id = p.community_id and b.poll_id = p.poll_id and b.paper_no = p.paper_no
        where p.community_id = ${communityId} and p.poll_id = ${pollId} and p.as_proxy
          and p.by_person = any(${[...proxies]}::text[])
    )
    order by u.unit_id`.execute(tx)
  return rows
}

/** Enters submissions and moves the counter on to the last of them; the caller holds the counter's lock. */
export async function insertPapers(
  tx: Tx,
  rows: readonly Insertable<Schema['poll_paper']>[],
  lastSeq: number,
): Promise<void> {
  const last = rows.at(-1)!
  await tx
    .with('moved', cte =>
      cte
        .updateTable('poll_counter')
        .set({ last_seq: lastSeq, last_paper: last.paper_no })
        .where('community_id', '=', last.community_id)
        .where('poll_id', '=', last.poll_id),
    )
    .insertInto('poll_paper')
    .values(rows)
    .execute()
}

/** Enters the ballots of submissions with what they hide and whom to tell. */
export async function insertBallots(
  tx: Tx,
  ballots: readonly Insertable<Schema['poll_ballot']>[],
  secrets: readonly Insertable<Schema['poll_ballot_secret']>[],
  notices: readonly Insertable<Schema['household_notice']>[],
): Promise<void> {
  await tx
    .with('ballots', cte => cte.insertInto('poll_ballot').values(ballots))
    .with('notices', cte => cte.insertInto('household_notice').values(notices))
    .insertInto('poll_ballot_secret')
    .values(secrets)
    .execute()
}

/**
 * Every ballot of a poll, or of one person, with its submission and what it hides, in order of place. For the count and the
 * owner's own page. A person's papers are found first: the planner, left alone, goes through the whole poll in order of place.
 */
export async function listBallotsOpened(tx: Tx, communityId: number, pollId: string, person?: string) {
  const papers = tx
    .selectFrom('poll_paper')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
  return tx
    .with(
      cte => (person === undefined ? cte('p') : cte('p').materialized()),
      () => (person === undefined ? papers : papers.where('by_person', '=', person)),
    )
    .selectFrom('p')
    .innerJoin('poll_ballot as b', join =>
      join
        .onRef('b.community_id', '=', 'p.community_id')
        .onRef('b.poll_id', '=', 'p.poll_id')
        .onRef('b.paper_no', '=', 'p.paper_no'),
    )
    .leftJoin('poll_ballot_secret as s', join =>
      join
        .onRef('s.community_id', '=', 'b.community_id')
        .onRef('s.poll_id', '=', 'b.poll_id')
        .onRef('s.seq', '=', 'b.seq'),
    )
    .select(['b.seq', 'b.paper_no', 'b.unit_id', 'b.cc', 'b.leaf_index'])
    .select(['p.by_person', 'p.as_proxy', 'p.channel', 'p.withdraws', 'p.received_at', 'p.evidence_sha256'])
    .select(['s.answers', 's.salt'])
    .orderBy('b.seq')
    .execute()
}

/** Every ballot of a poll with its submission, in order of place. Reads nothing of what was chosen. */
export async function listBallots(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll_ballot as b')
    .innerJoin('poll_paper as p', join =>
      join
        .onRef('p.community_id', '=', 'b.community_id')
        .onRef('p.poll_id', '=', 'b.poll_id')
        .onRef('p.paper_no', '=', 'b.paper_no'),
    )
    .select(['b.seq', 'b.paper_no', 'b.unit_id', 'b.cc', 'b.leaf_index'])
    .select(['p.by_person', 'p.as_proxy', 'p.channel', 'p.withdraws', 'p.received_at'])
    .where('b.community_id', '=', communityId)
    .where('b.poll_id', '=', pollId)
    .orderBy('b.seq')
    .execute()
}

/** Every submission with the number of its ballots and, while they are kept, its answers. */
export async function listPollPapers(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll_paper as p')
    .leftJoin('poll_ballot as b', join =>
      join
        .onRef('b.community_id', '=', 'p.community_id')
        .onRef('b.poll_id', '=', 'p.poll_id')
        .onRef('b.paper_no', '=', 'p.paper_no'),
    )
    .leftJoin('poll_ballot_secret as s', join =>
      join
        .onRef('s.community_id', '=', 'b.community_id')
        .onRef('s.poll_id', '=', 'b.poll_id')
        .onRef('s.seq', '=', 'b.seq'),
    )
    .select(['p.paper_no', 'p.paper_number', 'p.by_person', 'p.as_proxy'])
    .select(eb => [eb.fn.count<bigint>('b.seq').as('ballots'), eb.fn.min('s.answers').as('answers')])
    .where('p.community_id', '=', communityId)
    .where('p.poll_id', '=', pollId)
    .groupBy(['p.paper_no', 'p.paper_number', 'p.by_person', 'p.as_proxy'])
    .orderBy('p.paper_no')
    .execute()
}

/** Receives a paper; false when that was done before. */
export async function insertPaperReceipt(
  tx: Tx,
  row: Insertable<Schema['poll_paper_receipt']>,
): Promise<boolean> {
  const done = await tx
    .insertInto('poll_paper_receipt')
    .values(row)
    .onConflict(conflict => conflict.columns(['community_id', 'poll_id', 'paper_number']).doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** When a paper was received; undefined when it was not. */
export async function findPaperReceipt(tx: Tx, communityId: number, pollId: string, paperNumber: number) {
  return tx
    .selectFrom('poll_paper_receipt')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .where('paper_number', '=', paperNumber)
    .executeTakeFirst()
}

/** Appends what a teller read. */
export async function insertPaperEntry(tx: Tx, row: Insertable<Schema['poll_paper_entry']>): Promise<void> {
  await tx.insertInto('poll_paper_entry').values(row).execute()
}

/** What tellers read on a paper, or on all papers of a poll, in order. */
export async function listPaperEntries(tx: Tx, communityId: number, pollId: string, paperNumber?: number) {
  const query = tx
    .selectFrom('poll_paper_entry')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
  const some = paperNumber === undefined ? query : query.where('paper_number', '=', paperNumber)
  return some.orderBy('paper_number').orderBy('entry_no').execute()
}

/** Papers that were received and are neither cast nor refused. */
export async function listPendingPapers(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll_paper_receipt as r')
    .innerJoin('poll_unit as u', join =>
      join
        .onRef('u.community_id', '=', 'r.community_id')
        .onRef('u.poll_id', '=', 'r.poll_id')
        .onRef('u.paper_number', '=', 'r.paper_number'),
    )
    .select(['r.paper_number', 'r.received_at', 'u.unit_id'])
    .where('r.community_id', '=', communityId)
    .where('r.poll_id', '=', pollId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('poll_paper as p')
            .select('p.paper_no')
            .whereRef('p.community_id', '=', 'r.community_id')
            .whereRef('p.poll_id', '=', 'r.poll_id')
            .whereRef('p.paper_number', '=', 'r.paper_number'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('poll_refused_paper as f')
            .select('f.refusal_no')
            .whereRef('f.community_id', '=', 'r.community_id')
            .whereRef('f.poll_id', '=', 'r.poll_id')
            .whereRef('f.paper_number', '=', 'r.paper_number'),
        ),
      ),
    )
    .orderBy('r.paper_number')
    .execute()
}

/** The submission that a paper was cast as; undefined when it was not. */
export async function findCastPaper(tx: Tx, communityId: number, pollId: string, paperNumber: number) {
  return tx
    .selectFrom('poll_paper')
    .select(['paper_no'])
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .where('paper_number', '=', paperNumber)
    .executeTakeFirst()
}

/** The refusal of a paper; undefined when it was not refused. */
export async function findRefusedPaper(tx: Tx, communityId: number, pollId: string, paperNumber: number) {
  return tx
    .selectFrom('poll_refused_paper')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .where('paper_number', '=', paperNumber)
    .executeTakeFirst()
}

/** Records a refused paper with the next number; the caller holds the poll's counter or its row. */
export async function insertRefusedPaper(
  tx: Tx,
  row: Omit<Insertable<Schema['poll_refused_paper']>, 'refusal_no'>,
): Promise<void> {
  await tx
    .insertInto('poll_refused_paper')
    .values(eb => ({
      ...row,
      refusal_no: eb
        .selectFrom('poll_refused_paper')
        .select(sql<number>`coalesce(max(refusal_no), 0) + 1`.as('next'))
        .where('community_id', '=', row.community_id)
        .where('poll_id', '=', row.poll_id),
    }))
    .execute()
}

/** Papers refused at the desk, in order. */
export async function listRefusedPapers(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll_refused_paper as f')
    .innerJoin('poll_unit as u', join =>
      join
        .onRef('u.community_id', '=', 'f.community_id')
        .onRef('u.poll_id', '=', 'f.poll_id')
        .onRef('u.paper_number', '=', 'f.paper_number'),
    )
    .selectAll('f')
    .select('u.unit_id')
    .where('f.community_id', '=', communityId)
    .where('f.poll_id', '=', pollId)
    .orderBy('f.refusal_no')
    .execute()
}

/** How many submissions came from papers, by nothing else. */
export async function countCastPapers(tx: Tx, communityId: number, pollId: string): Promise<number> {
  const row = await tx
    .selectFrom('poll_paper')
    .select(eb => eb.fn.countAll<bigint>().as('count'))
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .where('paper_number', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Tells households. */
export async function insertHouseholdNotices(
  tx: Tx,
  rows: readonly Insertable<Schema['household_notice']>[],
): Promise<void> {
  if (rows.length > 0) await tx.insertInto('household_notice').values(rows).execute()
}

/** A person's notices, newest first. */
export async function listHouseholdNotices(tx: Tx, communityId: number, personId: string, limit: number) {
  return tx
    .selectFrom('household_notice')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('person_id', '=', personId)
    .orderBy('at', 'desc')
    .orderBy('notice_id')
    .limit(limit)
    .execute()
}

/** Marks a person's own notices as read. */
export async function markHouseholdNoticesRead(
  tx: Tx,
  communityId: number,
  personId: string,
  noticeIds: readonly string[],
  at: Date,
): Promise<void> {
  if (noticeIds.length === 0) return
  await tx
    .updateTable('household_notice')
    .set({ read_at: at })
    .where('community_id', '=', communityId)
    .where('person_id', '=', personId)
    .where('notice_id', 'in', [...noticeIds])
    .where('read_at', 'is', null)
    .execute()
}
