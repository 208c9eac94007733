/** Volunteer points: a second commodity in double entry, with vouchers of its own, and no balance below zero. Frozen. */
import { type Kysely, sql } from 'kysely'

const APPENDED = [
  'point_partner',
  'point_partner_end',
  'point_request',
  'point_decision',
  'point_voucher',
  'point_posting',
]

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const LEAF_KEY = 'foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)'
const PARTNER_KEY = 'foreign key (community_id, partner_id) references point_partner'

const TABLES = [
  // A shop or another organisation where points are redeemed.
  `create table point_partner (
    community_id integer not null references ledger,
    partner_id text not null,
    name text not null,
    registered_by text not null,
    registered_office text not null,
    registered_at timestamptz not null,
    leaf_index bigint not null,
    primary key (community_id, partner_id),
    ${LEAF_KEY}
  )`,
  `create table point_partner_end (
    community_id integer not null,
    partner_id text not null,
    ended_by text not null,
    ended_office text not null,
    ended_at timestamptz not null,
    leaf_index bigint not null,
    primary key (community_id, partner_id),
    ${PARTNER_KEY},
    ${LEAF_KEY}
  )`,
  // What takes two people: points for an activity, or spent from the pool. The bytes are what the second confirms.
  `create table point_request (
    community_id integer not null references ledger,
    request_id text not null,
    content bytea not null,
    content_digest text not null check (content_digest = encode(sha256(content), 'hex')),
    proposed_by text not null,
    proposed_office text not null,
    proposed_at timestamptz not null,
    primary key (community_id, request_id)
  )`,
  `create table point_decision (
    community_id integer not null,
    request_id text not null,
    decision text not null check (decision in ('confirmed', 'refused', 'withdrawn')),
    decided_by text not null,
    decided_office text not null,
    decided_at timestamptz not null,
    primary key (community_id, request_id),
    foreign key (community_id, request_id) references point_request
  )`,
  `create table point_voucher (
    community_id integer not null references ledger,
    number integer not null check (number > 0),
    kind text not null check (kind in ('grant', 'redeem', 'give', 'spend')),
    points bigint not null check (points > 0),
    partner_id text,
    -- What it was for; public words of officers, empty for what an owner does.
    activity text not null,
    happened_on date not null,
    by_user text not null,
    by_office text not null,
    at timestamptz not null,
    -- Of the digest by which a home stands in the leaf.
    salt bytea not null check (octet_length(salt) = 32),
    request_id text,
    -- Given out with the form: the same form sent twice posts once.
    form_key text,
    leaf_index bigint not null,
    primary key (community_id, number),
    unique (community_id, request_id),
    unique (community_id, form_key),
    check ((kind in ('grant', 'spend')) = (request_id is not null)),
    check ((kind in ('redeem', 'spend')) = (partner_id is not null)),
    foreign key (community_id, request_id) references point_decision,
    ${PARTNER_KEY},
    ${LEAF_KEY}
  )`,
  `create table point_posting (
    community_id integer not null,
    number integer not null,
    line integer not null check (line > 0),
    account text not null check (account ~ '^(issued|pool|(home|partner):.+)$'),
    commodity text not null default 'POINT' check (commodity = 'POINT'),
    points bigint not null check (points <> 0),
    primary key (community_id, number, line),
    foreign key (community_id, number) references point_voucher
  )`,
  'create index point_posting_by_account on point_posting (community_id, account, number)',
  // Kept up by the trigger below and by nothing else; fsck adds up anew.
  `create table point_balance (
    community_id integer not null references ledger,
    account text not null,
    points bigint not null,
    primary key (community_id, account),
    -- Issued is the other side of all that is out; nobody else owes points.
    check (case when account = 'issued' then points <= 0 else points >= 0 end)
  )`,
]

const FUNCTIONS = [
  // The last word on "two people", as for the rules for money.
  `create function refuse_own_point_request() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      if new.decision <> 'withdrawn' and exists (
        select from point_request r where r.community_id = new.community_id
          and r.request_id = new.request_id and r.proposed_by = new.decided_by
      ) then
        raise exception 'points % are decided by who proposed them', new.request_id using errcode = 'MZ013';
      end if;
      return new;
    end $$`,
  `create trigger point_decision_by_another before insert on point_decision
    for each row execute function refuse_own_point_request()`,
  `create function post_points() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      perform lock_ledger(new.community_id);
      if not exists (
        select from point_voucher v where v.community_id = new.community_id and v.number = new.number
          and v.xmin::text = (pg_current_xact_id()::xid)::text
      ) then
        raise exception 'point voucher % is already posted', new.number using errcode = 'MZ011';
      end if;
      -- First the row, then the sum: what is inserted is judged alone, and nothing may be below zero for a moment.
      insert into point_balance values (new.community_id, new.account, 0) on conflict do nothing;
      update point_balance set points = points + new.points
        where community_id = new.community_id and account = new.account;
      return new;
    end $$`,
  `create trigger point_posting_with_its_voucher before insert on point_posting
    for each row execute function post_points()`,
  `create function check_points_balance() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      if (
        select coalesce(sum(p.points), 1) <> 0 or sum(p.points) filter (where p.points > 0) <> new.points
        from point_posting p where p.community_id = new.community_id and p.number = new.number
      ) then
        raise exception 'point voucher % does not balance', new.number using errcode = 'MZ012';
      end if;
      return null;
    end $$`,
  `create constraint trigger point_voucher_balances after insert on point_voucher deferrable initially deferred
    for each row execute function check_points_balance()`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, [...TABLES, ...FUNCTIONS])
  await run(
    db,
    APPENDED.map(
      table => `create trigger ${table}_is_appended before update or delete or truncate on ${table}
        for each statement execute function forbid_change()`,
    ),
  )
  await run(db, [
    `grant select, insert on ${APPENDED.join(', ')} to mingzhang_app`,
    'grant select on point_balance to mingzhang_app',
  ])
}
