/** The role of overseers and auditors at the database: it reads the books, sees no secret, and changes nothing, anywhere. */
import { beforeAll, expect, it } from 'vitest'
import { READER_ROLE } from '../../db/index.server.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'

/** Tables with a secret, a person or a choice in them. */
const SECRET = [
  ...['user_session', 'invitation', 'owner_invitation', 'sign_in_attempt', 'message', 'message_choice'],
  ...['person_private', 'person_user', 'roll_import_file', 'roll_import', 'unit_owner', 'household_notice'],
  ...[
    'bank_line_private',
    'draft_payee',
    'leaf_secret',
    'poll_leaf_secret',
    'poll_ballot_secret',
    'poll_ballot',
  ],
  ...['poll_notice', 'poll_unit', 'poll_voter', 'poll_paper', 'poll_paper_entry', 'poll_objection_text'],
  ...['totp_factor', 'passkey', 'recovery_code', 'passkey_challenge', 'bank_import', 'audit_event'],
]
const SECRET_COLUMN =
  /password|secret|salt|sealed$|sealed_(reading|answers|address)|_hash$|code_digest|token_digest|credential|blinding/
/** Digests of what is public, and the salt beside a comment's own words. */
const NOT_SECRET = ['tlog_entry.leaf_hash', 'oversight_text.salt']

describeOnEachDatabase('the role that only reads', open => {
  let database: TestDatabase
  const ask = async (statement: string) =>
    (await database.asOwner(statement)).map(row => Object.values(row).join('.'))

  beforeAll(async () => {
    database = await open()
  })

  it('may change no table, own nothing and make nothing', async () => {
    expect(
      await ask(`select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and (
          has_any_column_privilege('${READER_ROLE}', c.oid, 'INSERT') or has_any_column_privilege('${READER_ROLE}', c.oid, 'UPDATE')
          or has_table_privilege('${READER_ROLE}', c.oid, 'DELETE') or has_table_privilege('${READER_ROLE}', c.oid, 'TRUNCATE'))`),
    ).toEqual([])
    expect(
      await ask(`select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'public' and p.prosecdef and p.prorettype <> 'trigger'::regtype
          and has_function_privilege('${READER_ROLE}', p.oid, 'EXECUTE')`),
    ).toEqual([])
    expect(
      await ask(`select rolname from pg_roles where rolname = '${READER_ROLE}' and (rolsuper or rolcanlogin or rolcreaterole
        or rolcreatedb or rolbypassrls or has_schema_privilege(rolname, 'public', 'CREATE')
        or pg_has_role(rolname, 'mingzhang_app', 'MEMBER'))`),
    ).toEqual([])
  })

  it('sees no secret table, and no secret column of any other', async () => {
    const listed = SECRET.map(name => `('${name}')`).join(', ')
    expect(
      await ask(`select t.name from (values ${listed}) as t (name)
        where has_any_column_privilege('${READER_ROLE}', t.name::regclass, 'SELECT')`),
    ).toEqual([])
    const readable = await ask(`
      select table_name, column_name from information_schema.columns where table_schema = 'public'
        and has_column_privilege('${READER_ROLE}', ('public.' || quote_ident(table_name))::regclass, column_name, 'SELECT')`)
    expect(readable.length).toBeGreaterThan(150)
    expect(readable.filter(name => SECRET_COLUMN.test(name) && !NOT_SECRET.includes(name))).toEqual([])
    expect(readable).toContain('voucher.narration')
    expect(readable).toContain('portal_user.display_name')
    expect(readable).not.toContain('portal_user.login')
  })

  it('is refused in fact: insert, update, delete and a secret', async () => {
    const refused = [
      `update voucher set narration = 'x'`,
      'delete from audit_event',
      `insert into account values (1, '1', 'cash', 'x', 'x')`,
      'truncate posting',
      'select sealed from person_private',
      'select words from oversight_text, user_session',
      'select * from portal_user',
      'select * from bank_account',
    ]
    for (const statement of refused) {
      const tried = database.db.transaction().execute(async tx => {
        const run = (sql: string) =>
          tx.executeQuery({
            sql,
            parameters: [],
            query: { kind: 'RawNode' },
            queryId: { queryId: sql },
          } as never)
        await run(`set local role ${READER_ROLE}`)
        return run(statement)
      })
      await expect(tried, statement).rejects.toThrow(/permission denied/)
    }
  })

  it('is seen to tell: a grant is found', async () => {
    const may = () => ask(`select has_table_privilege('${READER_ROLE}', 'voucher', 'UPDATE') as may`)
    expect(await may()).toEqual(['false'])
    await ask(`grant update on voucher to ${READER_ROLE}`)
    expect(await may()).toEqual(['true'])
  })
})
