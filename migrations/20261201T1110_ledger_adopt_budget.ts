/** By what right a year's budget holds: the vote that passed it, or words on a decision outside the portal. Frozen. */
import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  'alter table control_change drop constraint control_change_kind_check',
  `alter table control_change add constraint control_change_kind_check check (kind in
    ('controls', 'ceiling', 'emergency', 'teach-rule', 'retire-rule', 'add-account', 'reissue', 'fee-standard',
      'map-columns', 'adopt-budget'))`,
  `create table budget_adoption (
    community_id integer not null references ledger,
    fiscal_year integer not null,
    version integer not null check (version > 0),
    basis text not null check (basis in ('vote', 'outside', 'unrecorded')),
    poll_id text,
    question_id text,
    poll_title text,
    tally_digest text check (tally_digest ~ '^[0-9a-f]{64}$'),
    voted_fen bigint check (voted_fen > 0),
    words text,
    decided_on date,
    document text,
    -- The two officers who entered it; null for what the operator entered when the books were opened.
    change_id text,
    adopted_at timestamptz not null,
    primary key (community_id, fiscal_year, version),
    unique (community_id, change_id),
    foreign key (community_id, poll_id) references poll (community_id, poll_id),
    foreign key (community_id, change_id) references control_decision,
    check ((basis = 'vote') = (poll_id is not null and question_id is not null and poll_title is not null
      and tally_digest is not null and voted_fen is not null)),
    check ((basis = 'outside') = (words is not null and decided_on is not null and document is not null)),
    check (basis <> 'vote' or change_id is not null),
    -- After the first version of a year only a vote changes it.
    check (version = 1 or basis = 'vote')
  )`,
  // What was adopted before this table has no row here; every later line has.
  `alter table budget_line add constraint budget_line_is_adopted
    foreign key (community_id, fiscal_year, version) references budget_adoption not valid`,
  // The last word on the voted sum: what may be spent is never above it.
  `create function refuse_unvoted_budget() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      if exists (
        select from budget_adoption a where a.community_id = new.community_id and a.fiscal_year = new.fiscal_year
          and a.version = new.version and a.voted_fen < (
            select coalesce(sum(l.amount_fen), 0) from budget_line l where l.community_id = new.community_id
              and l.fiscal_year = new.fiscal_year and l.version = new.version and l.direction = 'out'
          )
      ) then
        raise exception 'the budget of % is above what was voted', new.fiscal_year using errcode = 'MZ048';
      end if;
      return null;
    end $$`,
  `create trigger budget_line_within_vote after insert on budget_line
    for each row execute function refuse_unvoted_budget()`,
  `create trigger budget_adoption_is_appended before update or delete or truncate on budget_adoption
    for each statement execute function forbid_change()`,
  'grant select, insert on budget_adoption to mingzhang_app',
  'grant select on budget_adoption to mingzhang_reader',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
