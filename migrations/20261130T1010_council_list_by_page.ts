/**
 * Two lists made from published minutes, so that a page reads the rows it shows: what was concluded, and what is owed. Derived:
 * replaced when a later issue supersedes, and made again by the checker. Frozen.
 */
import { type Kysely, sql } from 'kysely'

async function createTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table council_outcome (
      community_id integer not null,
      meeting_id text not null,
      item_no integer not null,
      topic_id text,
      kind text not null,
      held_on date not null,
      title text not null,
      conclusion text not null,
      opinion text not null,
      clause integer,
      published_at timestamptz not null,
      primary key (community_id, meeting_id, item_no),
      foreign key (community_id, meeting_id) references council_meeting
    )`.execute(db)
  await sql`
    create table council_open_action (
      community_id integer not null,
      meeting_id text not null,
      item_no integer not null,
      action_no integer not null,
      version integer not null,
      due_on date not null,
      primary key (community_id, meeting_id, item_no, action_no),
      foreign key (community_id, meeting_id, version, item_no, action_no) references council_action
    )`.execute(db)
}

/** What stands today: of each meeting the newest publication. */
async function fillIn(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into council_outcome
    select p.community_id, p.meeting_id, (i ->> 'no')::integer, i ->> 'topic', m.minutes ->> 'kind',
      left(m.minutes ->> 'startsAt', 10)::date, i ->> 'title', i ->> 'conclusion', i ->> 'opinion',
      (i -> 'vote' ->> 'clause')::integer, p.published_at
    from council_publication p
    join (select community_id, meeting_id, version, convert_from(content, 'UTF8')::jsonb as minutes
      from council_minutes) m using (community_id, meeting_id, version)
    cross join lateral jsonb_array_elements(m.minutes -> 'items') i
    where not exists (select from council_publication q where q.community_id = p.community_id
      and q.meeting_id = p.meeting_id and q.issue > p.issue)`.execute(db)
  await sql`
    insert into council_open_action
    select a.community_id, a.meeting_id, a.item_no, a.action_no, a.version, a.due_on
    from council_action a
    where a.version = (select max(p.version) from council_publication p
        where p.community_id = a.community_id and p.meeting_id = a.meeting_id)
      and coalesce((select e.kind from council_action_event e where e.community_id = a.community_id
        and e.meeting_id = a.meeting_id and e.item_no = a.item_no and e.action_no = a.action_no
        order by e.event_no desc limit 1), 'reopened') <> 'done'`.execute(db)
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await createTables(db)
  await fillIn(db)
  await sql`create index council_outcome_by_day on council_outcome
    (community_id, held_on desc, meeting_id desc, item_no)`.execute(db)
  await sql`create index council_outcome_by_topic on council_outcome (community_id, topic_id)
    where topic_id is not null`.execute(db)
  await sql`create index council_open_action_by_due on council_open_action (community_id, due_on)`.execute(db)
  await sql`create index council_action_by_topic on council_action (community_id, topic_id)
    where topic_id is not null`.execute(db)
  await sql`create index council_action_event_by_time on council_action_event (community_id, entered_at)`.execute(
    db,
  )
  await sql`create index council_action_event_by_proof on council_action_event (community_id, proof_sha256)
    where proof_sha256 is not null`.execute(db)
  await sql`grant select, insert, delete on council_outcome, council_open_action to mingzhang_app`.execute(db)
}
