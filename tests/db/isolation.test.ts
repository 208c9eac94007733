/**
 * A row of one community never reaches another: the database's own catalogue is asked whether every key between tables of
 * communities carries the community, and the application role tries to step across.
 */
import { beforeAll, expect, it } from 'vitest'
import { enterTestCommunity } from '../support/communities.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'

/** What names a row of another table, and is nevertheless no key: names of users and bytes, and rows that are first of their kind. */
const MUST_BE_KEYS = [
  ...[
    'posting.account_code',
    'posting.fund_code',
    'voucher.draft_id',
    'voucher.leaf_index',
    'leaf_secret.leaf_index',
  ],
  ...['voucher_bank_line.bank_line_id', 'voucher_document.sha256', 'period_close.leaf_index'],
  ...[
    'unit_record.unit_id',
    'unit_owner.person_id',
    'person_private.person_id',
    'owner_invitation.person_id',
  ],
  ...[
    'poll_unit.poll_id',
    'poll_unit.unit_id',
    'poll_voter.person_id',
    'poll_ballot.poll_id',
    'poll_proxy.proxy_person',
  ],
  ...['poll_leaf_secret.leaf_index', 'household_notice.person_id', 'micro_grid_place.grid_id'],
  ...['oversight_entry.leaf_index', 'oversight_reply.entry_id', 'oversight_text.leaf_index'],
]

/** Rows of a community that are found by another key first. */
const LED_BY_ANOTHER = ['job'] as const

/** What is of the portal or of a person, and of no community. */
const OF_NO_COMMUNITY = [
  ...['audit_pending', 'jurisdiction', 'message_choice', 'overseer_term', 'passkey', 'passkey_challenge'],
  ...['portal_user'],
  ...['recovery_code', 'second_factor_use', 'sign_in_attempt', 'sign_in_challenge', 'sms_code', 'sms_factor'],
  ...['totp_factor', 'user_session'],
]

describeOnEachDatabase('keys between tables of communities', open => {
  let database: TestDatabase
  let first: number
  let second: number

  beforeAll(async () => {
    database = await open()
    first = await enterTestCommunity(database.db, 'first')
    second = await enterTestCommunity(database.db, 'second')
  })

  /** Foreign keys between two tables with `community_id` that do not hand it on. */
  const loose = async () =>
    (
      await database.asOwner(`
        select c.conrelid::regclass::text || '.' || c.conname as name from pg_constraint c
        where c.contype = 'f'
          and exists (select from pg_attribute where attrelid = c.conrelid and attname = 'community_id')
          and exists (select from pg_attribute where attrelid = c.confrelid and attname = 'community_id')
          and not exists (
            select from generate_subscripts(c.conkey, 1) as place
            join pg_attribute own on own.attrelid = c.conrelid and own.attnum = c.conkey[place]
            join pg_attribute other on other.attrelid = c.confrelid and other.attnum = c.confkey[place]
            where own.attname = 'community_id' and other.attname = 'community_id')
        order by 1`)
    ).map(row => row.name)

  it('carry the community, each of them', async () => {
    const [counted] = await database.asOwner(
      `select count(*)::integer as keys from pg_constraint where contype = 'f' and conparentid = 0`,
    )
    expect(counted!.keys).toBeGreaterThan(60)
    expect(await loose()).toEqual([])
  })

  const tablesWhere = async (condition: string) =>
    (
      await database.asOwner(`
        select t.oid::regclass::text as name from pg_class t
        where t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace and t.relname not like 'kysely%'
          and not t.relispartition and ${condition} order by 1`)
    ).map(row => String(row.name))
  const HAS_COMMUNITY = `exists (select from pg_attribute where attrelid = t.oid and attname = 'community_id')`

  it('lead with the community in every table that has one, and the tables without are known', async () => {
    const led = `exists (select from pg_constraint c join pg_attribute a on a.attrelid = t.oid and a.attnum = c.conkey[1]
      where c.conrelid = t.oid and c.contype = 'p' and a.attname = 'community_id')`
    expect(await tablesWhere(`${HAS_COMMUNITY} and not ${led}`)).toEqual([...LED_BY_ANOTHER])
    expect(await tablesWhere(`not ${HAS_COMMUNITY}`)).toEqual([...OF_NO_COMMUNITY])
  })

  it('are there where a row names another', async () => {
    const rows = await database.asOwner(`
      select distinct k.conrelid::regclass::text || '.' || a.attname as name from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey) where k.contype = 'f'`)
    const keys = rows.map(row => row.name)
    expect(MUST_BE_KEYS.filter(name => !keys.includes(name))).toEqual([])
  })

  it('are seen to be looked at: a key without the community is named', async () => {
    await database.asOwner(
      'create table loose_leaf (community_id integer primary key, import_id text unique)',
    )
    await database.asOwner(`create table loose_child (community_id integer, import_id text constraint loose
      references loose_leaf (import_id))`)
    expect(await loose()).toEqual(['loose_child.loose'])
    await database.asOwner('drop table loose_child')
    await database.asOwner('drop table loose_leaf')
  })

  it('hold against the application: no row of one community can name a row of another', async () => {
    const run = (sql: string) =>
      database.db.executeQuery({
        sql,
        parameters: [],
        query: { kind: 'RawNode' },
        queryId: { queryId: sql },
      } as never)
    await run(`insert into tlog (community_id, origin) values (${first}, 'one'), (${second}, 'two')`)
    await run(`select tlog_append(${first}, array['\\x01'::bytea])`)
    await run(
      `insert into ledger values (${first}, '2026-01', '{}', now()), (${second}, '2026-01', '{}', now())`,
    )
    await run(`insert into fund values (${first}, 'trust', 'trust-fund', 'x', 'x')`)
    await run(`insert into account values (${first}, '100201', 'cash', 'x', 'x')`)
    await run(`insert into micro_grid values (${first}, 'G1', 'x', now())`)
    await run(`insert into voucher_draft (community_id, draft_id, opened_at) values (${first}, 'd', now())`)
    await run(`insert into person values (${first}, 'p', 'natural', now())`)
    const across = (community: number) => [
      `insert into leaf_secret values (${community}, 0, 'n', sha256(''), 'v')`,
      `insert into bank_account values (${community}, '100201', 'trust', 'b', 'h', '1234', sha256(''), '2026-01-01')`,
      `insert into micro_grid_place values (${community}, '1', '', 'G1')`,
      `insert into voucher_draft_revision values (${community}, 'd', 1, ''::bytea, encode(sha256(''), 'hex'), 'u', now())`,
      `insert into person_private values (${community}, 'p', '\\x00', sha256(''), null, null, null)`,
      `insert into oversight_entry values (${community}, 'e', 'comment', 'community', '', 'overseer', null, now(), 0)`,
      `insert into oversight_text values (${community}, 0, sha256(''), 'u', 'w')`,
    ]
    for (const statement of across(second)) {
      await expect(run(statement), statement).rejects.toThrow(/foreign key/)
    }
    for (const statement of across(first)) await run(statement)
    await expect(
      run(`insert into oversight_reply values (${second}, 'r', 'e', 'answer', 'manager', now(), 0)`),
    ).rejects.toThrow(/foreign key/)
  })
})
