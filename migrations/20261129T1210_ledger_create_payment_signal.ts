/** What is noted about a payment beside its content: keyed digests of its payee's marks, recusals, signals and their answers. Frozen. */
import { type Kysely, sql } from 'kysely'

const MARKS = "('phone', 'bank-account', 'legal-person')"
const SIGNALS = `('split', 'same-invoice', 'same-picture', 'round-sum', 'new-payee', 'account-changed', 'shared-mark',
  'weekend', 'hasty', 'price')`

const STATEMENTS = [
  // Keyed digests only: two can be compared, none can be read back.
  `create table payment_mark (
    community_id integer not null,
    draft_id text not null,
    kind text not null check (kind in ('invoice', 'phone', 'bank-account', 'legal-person')),
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    noted_by text not null,
    noted_at timestamptz not null,
    primary key (community_id, draft_id, kind, digest),
    foreign key (community_id, draft_id) references voucher_draft
  )`,
  'create index payment_mark_by_digest on payment_mark (community_id, digest)',
  `create table officer_mark (
    community_id integer not null references ledger,
    user_id text not null,
    kind text not null check (kind in ${MARKS}),
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    noted_at timestamptz not null,
    primary key (community_id, user_id, kind, digest)
  )`,
  `create table draft_recusal (
    community_id integer not null,
    draft_id text not null,
    user_id text not null,
    kind text not null check (kind in ('declared', 'phone', 'bank-account', 'legal-person')),
    role text not null,
    recused_at timestamptz not null,
    primary key (community_id, draft_id, user_id, kind),
    foreign key (community_id, draft_id) references voucher_draft
  )`,
  `create table payment_note (
    community_id integer not null,
    draft_id text not null,
    leaf_index bigint not null,
    primary key (community_id, draft_id),
    unique (community_id, leaf_index),
    foreign key (community_id, draft_id) references voucher_draft,
    foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
  )`,
  `create table payment_signal (
    community_id integer not null,
    draft_id text not null,
    kind text not null check (kind in ${SIGNALS}),
    -- Numbers of the vouchers it speaks of, separated by spaces.
    others text not null,
    primary key (community_id, draft_id, kind),
    foreign key (community_id, draft_id) references payment_note
  )`,
  `create table signal_answer (
    community_id integer not null,
    draft_id text not null,
    kind text not null,
    answer text not null,
    answered_by text not null,
    answered_role text not null,
    answered_at timestamptz not null,
    leaf_index bigint not null,
    primary key (community_id, draft_id, kind),
    foreign key (community_id, draft_id, kind) references payment_signal,
    foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
  )`,
  ...[
    'payment_mark',
    'officer_mark',
    'draft_recusal',
    'payment_note',
    'payment_signal',
    'signal_answer',
  ].flatMap(table => [
    `create trigger ${table}_is_appended before update or delete or truncate on ${table}
      for each statement execute function forbid_change()`,
    `grant select, insert on ${table} to mingzhang_app`,
  ]),
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
