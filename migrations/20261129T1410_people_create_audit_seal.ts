/** The audit in the log: batches of salted digests, so that no act can be changed or taken out unnoticed. Frozen. */
import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  // From where a session was begun, as a class: no address is kept.
  `alter table user_session add column address_class text not null default 'unknown'
    check (address_class in ('loopback', 'local', 'ipv4', 'ipv6', 'unknown'))`,
  `create table audit_batch (
    community_id integer not null references community,
    batch_no integer not null check (batch_no > 0),
    events integer not null check (events > 0),
    leaf_index bigint not null,
    leaf bytea not null,
    sealed_at timestamptz not null,
    primary key (community_id, batch_no)
  )`,
  `create table audit_seal (
    community_id integer not null,
    audit_event_id text not null,
    batch_no integer not null,
    place integer not null check (place >= 0),
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    primary key (community_id, audit_event_id),
    unique (community_id, batch_no, place),
    foreign key (community_id, batch_no) references audit_batch
  )`,
  // Without its salt nobody can tell what a digest says; the digest and the batch stay.
  `create table audit_salt (
    community_id integer not null,
    audit_event_id text not null,
    salt bytea not null check (octet_length(salt) = 32),
    primary key (community_id, audit_event_id),
    foreign key (community_id, audit_event_id) references audit_seal
  )`,
  'create index audit_event_by_subject on audit_event (community_id, subject, at desc)',
  'create index audit_event_by_time on audit_event (community_id, at desc, audit_event_id desc)',
  'grant select, insert on audit_batch, audit_seal, audit_salt to mingzhang_app',
  'grant delete on audit_salt to mingzhang_app',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  for (const table of ['audit_batch', 'audit_seal']) {
    await sql`
      create trigger ${sql.raw(table)}_is_appended before update or delete or truncate on ${sql.table(table)}
      for each statement execute function forbid_change()`.execute(db)
  }
}
