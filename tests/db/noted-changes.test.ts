/**
 * What an officer's act changed is noted by the database: values before and after, in the transaction of the act, by triggers on
 * every table that the application writes, and in a table that it cannot write. Nothing secret and nobody's name is among it.
 */
import { type Kysely, sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { isChangedTable, linesOf, type NotedChanges, readChanges } from '#people'
import { APPLICATION_ROLE, notingDatabase, type Schema, type Tx } from '../../db/index.server.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'

/** Tables that the application writes and of which an act tells nothing, and why not. */
const UNTOLD: Readonly<Record<string, string>> = {
  ...told('the audit itself, and the log that it stands in', [
    'audit_batch',
    'audit_event',
    'audit_salt',
    'audit_seal',
    'tlog',
    'tlog_checkpoint',
  ]),
  ...told('made from other rows, which are told, and made again by the check', [
    'account_turnover',
    'community_check',
    'council_open_action',
    'council_outcome',
    'poll_board',
    'poll_counter',
    'search_document',
    'search_progress',
    'voucher_counter',
  ]),
  ...told('what the portal does by itself: jobs, messages, files made from a document that is told', [
    'fund_statement_file',
    'household_notice',
    'job',
    'message',
    'message_attempt',
    'message_choice',
    'message_delivery',
    'minutes_copy_file',
    'tally_certificate_file',
  ]),
  ...told('keys and the ways in: that one was used or changed is an act with a name of its own', [
    'claim_attempt',
    'claim_proof',
    'passkey',
    'passkey_challenge',
    'recovery_code',
    'second_factor_use',
    'sign_in_attempt',
    'sign_in_challenge',
    'sms_code',
    'sms_factor',
    'totp_factor',
    'user_session',
  ]),
  ...told('words and names that can be erased: a note of them could not', [
    'bank_line_private',
    'council_seat_contact',
    'council_sign_in',
    'draft_payee',
    'leaf_secret',
    'oversight_text',
    'poll_leaf_secret',
    'poll_objection_text',
    'project_text',
    'roll_import_file',
    'voice_text',
  ]),
  ...told('how a home voted, answered or supported: never to be put together with it', [
    'poll_ballot',
    'poll_ballot_secret',
    'poll_paper',
    'project_support',
    'service_answer',
    'service_home',
    'service_sentence',
    'survey_answer',
    'survey_unit',
  ]),
  ...told('a copy of the register, digested in the log where it is frozen', ['poll_unit', 'poll_voter']),
}

function told(why: string, tables: readonly string[]): Record<string, string> {
  return Object.fromEntries(tables.map(table => [table, why]))
}

/** Columns that say who, when and where in the log: the act itself says it. */
const PLUMBING =
  /^(community_id|leaf_index|leaf_sha256|at|.*_at|.*_by|by_user|.*_(role|office)|.*_id|.*_digest|.*_sha256|step_no|line|number|fiscal_year|occurrence|sequence|source_line|setting_no|clock_no|confirmation_no|mapping_no|transfer_no|refusal_no|event_no|version|revision|digest|parent_level|question_id|.*_origin|.*byte_count)$/
/** Left out though they are none of these: read from a row that is told, or of no use without it. */
const LEFT = [
  'bank_line.balance_fen',
  'bank_line.stated_fen',
  'bank_import.mapping_change',
  'poll_notice.motion',
  'point_posting.commodity',
]
/** Whatever is called so is a secret, a person or the mark of one. */
const SECRET =
  /password|secret|salt|sealed|_hash$|code_digest|token|credential|blinding|login|display_name|holder|deputy_name|phone|identity|^answers$|signed_by|proxy_person|by_person|opened_by|contains|reading|^roll$|weight_roll|last4|file_name|counterparty/
/** Bytes that are public documents, with nobody's name in them. */
const OPEN_BYTES = ['content', 'motion']
/** Minutes in the making and attendance have names in them, as `content` too. */
const CLOSED = ['council_attendance.content', 'council_minutes.content', 'council_section.content']

interface Noting {
  readonly table: string
  readonly told: readonly string[]
  readonly sealed: readonly string[]
  readonly text: string
}

describeOnEachDatabase('what an act changed', open => {
  let database: TestDatabase
  let community = 0
  let acts = 0

  beforeAll(async () => {
    database = await open()
    await database.asOwner(`
      insert into community values (7, 'noted', '甲', 'A', '区', 'trust', 'log.example/7', true, now());
      insert into portal_user values ('u1', 'u1', 'Officer One', 'hash', now(), null);
      insert into tlog (community_id, origin) values (7, 'log.example/7')`)
    community = 7
  })

  const act = (tx: Tx) => {
    acts += 1
    return tx
      .insertInto('audit_event')
      .values({
        community_id: community,
        audit_event_id: `e${acts}`,
        at: new Date(),
        actor_user_id: 'u1',
        act: 'test',
        subject: 's',
        detail: '{}',
      })
      .execute()
  }
  const kept = async (): Promise<readonly NotedChanges[]> =>
    (
      await database.asOwner(
        'select changes from audit_change order by length(audit_event_id), audit_event_id',
      )
    ).map(row => readChanges(String(row.changes)))
  /** What one form that does so leaves; null for nothing. */
  const noted = async (run: (tx: Tx) => Promise<unknown>): Promise<NotedChanges | null> => {
    const before = (await kept()).length
    await notingDatabase(database.db, async tx => void (await act(tx)))
      .transaction()
      .execute(run)
    const made = (await kept()).slice(before)
    expect(made.length).toBeLessThan(2)
    return made[0] ?? null
  }
  const at = new Date('2026-07-01T01:00:00Z')
  const grid = (id: string, name: string) => ({ community_id: community, grid_id: id, name, created_at: at })
  const setting = (no: number, days: number) => ({
    community_id: community,
    kind: 'counterparty' as const,
    setting_no: no,
    days,
    set_by: 'u1',
    set_at: at,
  })
  const notings = async (): Promise<readonly Noting[]> => {
    const rows = await database.asOwner(`
      select t.tgrelid::regclass::text as place, rtrim(encode(t.tgargs, 'escape'), '\\000') as noting, array_agg(a.attname::text) as columns
      from pg_trigger t join pg_attribute a on a.attrelid = t.tgrelid and a.attnum > 0 and not a.attisdropped
      where t.tgname like '%_notes_insert' group by 1, 2 order by 1`)
    return rows.map(row => {
      const text = String(row.noting)
      const spec = JSON.parse(text) as Record<string, readonly string[] | undefined>
      return {
        table: String(row.place),
        told: [...(spec.shown ?? []), ...(spec.texts ?? []), ...(spec.json ?? [])],
        sealed: spec.sealed ?? [],
        text,
      }
    })
  }

  it('is noted of every table that the application writes, but of those named here', async () => {
    const rows = await database.asOwner(`
      select c.relname as name,
        (select count(*) from pg_trigger t join pg_proc p on p.oid = t.tgfoid where t.tgrelid = c.oid
          and p.proname = 'note_change' and t.tgenabled = 'O' and t.tgtype & 1 = 0 and t.tgtype & 2 = 0)::integer as noting
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and (has_any_column_privilege('${APPLICATION_ROLE}', c.oid, 'INSERT') or has_any_column_privilege('${APPLICATION_ROLE}', c.oid, 'UPDATE')
          or has_table_privilege('${APPLICATION_ROLE}', c.oid, 'DELETE'))`)
    const wrong = rows.filter(({ name, noting }) => noting !== (Object.hasOwn(UNTOLD, String(name)) ? 0 : 3))
    expect(wrong).toEqual([])
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(UNTOLD)))
    expect(rows.length - Object.keys(UNTOLD).length).toBeGreaterThan(80)
  })

  it('names each column as told, as sealed or as plumbing, and tells no secret one', async () => {
    const columns = await database.asOwner(`
      select c.relname as place, a.attname as name, a.atttypid = 'bytea'::regtype as bytes from pg_attribute a
      join pg_class c on c.oid = a.attrelid where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped`)
    const wrong = (await notings()).flatMap(({ table, told: shown, sealed }) =>
      columns
        .filter(column => column.place === table)
        .map(column => ({ name: String(column.name), bytes: column.bytes === true }))
        .filter(({ name, bytes }) => {
          const path = `${table}.${name}`
          const isSecret = SECRET.test(name) || CLOSED.includes(path) || (bytes && !OPEN_BYTES.includes(name))
          if (shown.includes(name)) return isSecret && name !== 'credential'
          return !sealed.includes(name) && !PLUMBING.test(name) && !LEFT.includes(path)
        })
        .map(({ name }) => `${table}.${name}`),
    )
    expect(wrong).toEqual([])
  })

  it('has a word for each table that is told', async () => {
    const tables = (await notings()).map(({ table }) => table)
    expect(tables.filter(table => !isChangedTable(table))).toEqual([])
  })

  it('has no value of a secret column, whatever stands in it', async () => {
    for (const { table, text } of await notings()) {
      const [row] = await database.asOwner(`
        with planted as (select jsonb_object_agg(a.attname, case
            when a.attname::text ~ '${SECRET.source}' or a.atttypid = 'bytea'::regtype and a.attname::text <> all ('{${OPEN_BYTES}}')
              or '${table}.' || a.attname = any ('{${CLOSED}}') then 'PLANTED' else 'open' end) as secrets
          from pg_attribute a where a.attrelid = '${table}'::regclass and a.attnum > 0 and not a.attisdropped),
        noting as (select '${text}'::jsonb - 'order' - 'of' as told)
        select noted_row('${table}', 'INSERT', told, null, secrets)::text
          || noted_row('${table}', 'DELETE', told, secrets, null)::text
          || coalesce(noted_row('${table}', 'UPDATE', told, secrets, (select jsonb_object_agg(key, value || '2') from jsonb_each_text(secrets)))::text, '')
          as noted from planted, noting`)
      expect(`${table} ${row!.noted}`).not.toContain('PLANTED')
      expect(String(row!.noted)).toContain(`"t": "${table}"`)
    }
  })

  it('says what a row was and is, of the columns that changed', async () => {
    await noted(tx =>
      tx
        .insertInto('micro_grid')
        .values([grid('G1', '东片'), grid('G2', '西片')])
        .execute(),
    )
    const changes = await noted(tx =>
      tx.updateTable('micro_grid').set({ name: '南片' }).where('grid_id', '=', 'G1').execute(),
    )
    expect(changes!.rows).toEqual([
      {
        table: 'micro_grid',
        op: 'update',
        key: { grid_id: 'G1' },
        before: { name: '东片' },
        after: { name: '南片' },
        sealed: [],
        decides: null,
        concerns: [],
      },
    ])
    const none = (tx: Tx) =>
      tx.updateTable('micro_grid').set({ name: '南片' }).where('grid_id', '=', 'G1').execute()
    expect(await noted(none)).toBeNull()
  })

  it('says what a new version replaces', async () => {
    const first = await noted(tx => tx.insertInto('retention_setting').values(setting(1, 90)).execute())
    const second = await noted(tx => tx.insertInto('retention_setting').values(setting(2, 30)).execute())
    expect(first!.rows[0]).toMatchObject({ op: 'insert', before: null, after: { days: '90' } })
    expect(linesOf(second!.rows[0]!)).toEqual([{ field: 'days', before: '90', after: '30', isSealed: false }])
  })

  it('says of what is decided what it is', async () => {
    const content = Buffer.from(
      JSON.stringify({
        kind: 'controls',
        reason: '业主大会决定',
        contains: '王某',
        before: { chair_from_fen: null },
        controls: { chair_from_fen: '500000' },
      }),
    )
    await database.asOwner(`insert into ledger values (7, '2025-01', '{}', now())`)
    const change = { community_id: community, change_id: 'c1', kind: 'controls' as const }
    const digest = (
      await database.asOwner(`select encode(sha256('\\x${content.toString('hex')}'), 'hex') as d`)
    )[0]!.d
    await database.asOwner(`insert into control_change values
      (7, '${change.change_id}', 'controls', '\\x${content.toString('hex')}', '${digest}', 'u1', 'manager', now())`)
    const changes = await noted(tx =>
      tx
        .insertInto('control_decision')
        .values({
          community_id: community,
          change_id: 'c1',
          decision: 'refused',
          decided_by: 'u2',
          decided_role: 'committee_chair',
          decided_at: at,
          version: null,
          leaf_index: null,
        })
        .execute(),
    )
    expect(changes!.rows[0]).toMatchObject({
      after: { decision: 'refused' },
      decides: { table: 'control_change', values: { kind: 'controls' } },
    })
    expect(linesOf(changes!.rows[0]!)).toContainEqual({
      field: 'content.controls.chair_from_fen',
      before: null,
      after: '500000',
      isSealed: false,
    })
    expect(JSON.stringify(changes)).not.toContain('王某')
  })

  it('covers numbers in words and shortens what is long', async () => {
    const term = {
      community_id: community,
      change_id: 'r1',
      kind: 'end' as const,
      role: 'teller' as const,
      user_id: 'u1',
      display_name: '赵六丁',
      term_from: null,
      term_until: '2026-08-31',
      is_deputy: false,
      reason: `电话 13812345678，${'因'.repeat(400)}`,
      proposed_by: 'u1',
      proposed_at: at,
    }
    const changes = await noted(tx => tx.insertInto('role_change').values(term).execute())
    const text = JSON.stringify(changes)
    expect(text).not.toMatch(/138123|赵六丁/)
    expect(changes!.rows[0]!.after!.reason).toMatch(/^电话 \*\*\*\*，因+… \(\d+\)$/)
    expect(changes!.rows[0]!.sealed).toEqual(['display_name'])
    expect(changes!.rows[0]!.concerns).toEqual(['u1'])
  })

  it('is forty rows and then numbers, however many were written and in however many statements', async () => {
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => grid(`M${from + index}`, 'x'))
    const changes = await noted(async tx => {
      await tx.insertInto('micro_grid').values(many(0, 1000)).execute()
      for (let from = 1000; from < 1100; from += 1) {
        await tx.insertInto('micro_grid').values(many(from, 1)).execute()
      }
    })
    expect(changes!.rows).toHaveLength(40)
    expect(changes!.more).toEqual([{ table: 'micro_grid', rows: 1060 }])
  })

  it('belongs to the act that follows it; the last act has the rest', async () => {
    const before = (await kept()).length
    await notingDatabase(database.db, async () => {})
      .transaction()
      .execute(async tx => {
        await tx.insertInto('micro_grid').values(grid('A1', 'x')).execute()
        await act(tx)
        await tx.insertInto('micro_grid').values(grid('A2', 'x')).execute()
        await act(tx)
        await tx.insertInto('micro_grid').values(grid('A3', 'x')).execute()
      })
    const ids = (await kept()).slice(before).map(({ rows }) => rows.map(row => row.after!.grid_id))
    expect(ids).toEqual([['A1'], ['A2', 'A3']])
  })

  it('is nothing where the act was refused, broke off or was nobody’s form', async () => {
    const before = await kept()
    const write = (tx: Tx) => tx.insertInto('micro_grid').values(grid('R1', 'x')).execute()
    const refused = async (tx: Tx) => {
      await write(tx)
      return { ok: false }
    }
    expect(await noted(refused)).toBeNull()
    await expect(
      noted(async tx => {
        await tx.insertInto('micro_grid').values(grid('R2', 'x')).execute()
        throw new Error('power cut')
      }),
    ).rejects.toThrow('power cut')
    await database.db
      .transaction()
      .execute(tx => tx.insertInto('micro_grid').values(grid('R3', 'x')).execute())
    expect(await kept()).toEqual(before)
    expect(await database.asOwner('select * from audit_pending')).toEqual([])
  })

  it('cannot be written, changed, taken out or feigned by the application', async () => {
    const tryAs = (statement: string) => sql.raw(statement).execute(database.db as Kysely<Schema>)
    for (const statement of [
      `insert into audit_change values (7, 'e1', '{"v":1,"rows":[],"more":{}}', '{}')`,
      `update audit_change set changes = '{}'`,
      'delete from audit_change',
      'truncate audit_change',
      'select * from audit_pending',
      `insert into audit_pending (xid, row_count, concerns, is_first) values (pg_current_xact_id(), 1, '{}', true)`,
      `select note_table('micro_grid', '{}')`,
      'drop trigger micro_grid_notes_update on micro_grid',
      'alter table micro_grid disable trigger all',
    ]) {
      await expect(tryAs(statement), statement).rejects.toThrow(/permission denied|must be owner/)
    }
    const feigned = database.db.transaction().execute(async tx => {
      await sql`create temporary table micro_grid_too (grid_id text) on commit drop`.execute(tx)
      await sql`create trigger feigned after insert on micro_grid_too referencing new table as now_rows
        for each statement execute function note_change('{}')`.execute(tx)
    })
    await expect(feigned).rejects.toThrow('permission denied')
    await expect(database.asOwner(`update audit_change set changes = '{}'`)).rejects.toThrow('never changed')
  })

  it('is missed when a trigger is: the list above would name the table', async () => {
    await database.asOwner('drop trigger micro_grid_notes_update on micro_grid')
    const changes = await noted(tx =>
      tx.updateTable('micro_grid').set({ name: '北片' }).where('grid_id', '=', 'G2').execute(),
    )
    expect(changes).toBeNull()
  })
})
