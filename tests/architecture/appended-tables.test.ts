/**
 * Nothing posted is ever edited: the types say so, and the database's own catalogue is asked whether it holds. Which tables
 * and columns are written once is read from db/schema (`Derived` is written by the database alone); a table that the types call so must be guarded twice.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'
import { APPLICATION_ROLE } from '../../db/index.server.ts'
import { sourcesBelow } from '../i18n/sources.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** Written once, and yet removed one day: what is personal (the leaf keeps a salted digest) or has had its time. */
const ERASABLE: readonly string[] = [
  'leaf_secret',
  'bank_line_private',
  'sign_in_attempt',
  'user_session',
  'poll_ballot_secret',
  'poll_leaf_secret',
  'roll_import_file',
  'draft_payee',
  'passkey_challenge',
  'letter_batch_file',
  'claim_proof',
  'audit_salt',
  'sms_factor',
  'sms_code',
  'sign_in_challenge',
  'oversight_text',
  'council_seat_contact',
  'council_sign_in',
  'voice_text',
  'project_text',
  'project_support',
  'service_sentence',
  // Told until the commit, by the database alone: no application reads or writes it.
  'audit_pending',
]
/** The head of the log is no row that stays: it may grow, by the log's own function, and a trigger of its own sees to it. */
const GROWING: readonly string[] = ['tlog']

interface TableType {
  readonly name: string
  readonly columns: readonly string[]
  readonly written: readonly string[]
}

/** The tables of db/schema, with their columns and those that are `Written`. */
function tableTypes(): readonly TableType[] {
  const interfaces = sourcesBelow('db/schema').flatMap(file => {
    const text = readFileSync(`${ROOT}${file}`, 'utf8')
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
    return tree.statements.filter(ts.isInterfaceDeclaration)
  })
  const columnsOf = new Map(
    interfaces.map(each => [each.name.text, each.members.filter(ts.isPropertySignature)] as const),
  )
  const tables = interfaces.filter(each => /\wTables$/.test(each.name.text))
  return tables.flatMap(each =>
    each.members.filter(ts.isPropertySignature).map(table => {
      const columns = columnsOf.get(table.type?.getText() ?? '') ?? []
      const isWritten = (type: string) => /^(Written(ByDefault)?|Derived)</.test(type)
      return {
        name: table.name.getText(),
        columns: columns.map(column => column.name.getText()),
        written: columns
          .filter(column => isWritten(column.type?.getText() ?? ''))
          .map(column => column.name.getText()),
      }
    }),
  )
}

const tables = tableTypes()
const appended = tables
  .filter(table => table.columns.length === table.written.length && !ERASABLE.includes(table.name))
  .map(table => table.name)

describe('the types of tables', () => {
  it('know which are appended only', () => {
    expect(tables.filter(table => table.columns.length === 0)).toEqual([])
    expect(tables.length).toBeGreaterThan(25)
    expect(appended).toEqual(
      expect.arrayContaining([
        'audit_event',
        'voucher',
        'posting',
        'bank_line',
        'tlog_entry',
        'fund_statement',
      ]),
    )
    expect(appended.length).toBeGreaterThan(15)
  })
})

describeOnEachDatabase('the catalogue', open => {
  let database: TestDatabase
  const ask = async (statement: string) =>
    (await database.asOwner(statement)).map(row => Object.values(row).join('.'))
  const listed = (names: readonly string[]) => names.map(name => `('${name}')`).join(', ')

  beforeAll(async () => {
    database = await open()
  })

  it('has the tables and columns of the types, and no others', async () => {
    const stored = await ask(`
      select table_name || '.' || column_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not like 'kysely%'
        and table_name not in (select inhrelid::regclass::text from pg_inherits)`)
    const typed = tables.flatMap(table => table.columns.map(column => `${table.name}.${column}`))
    expect(stored.sort()).toEqual(typed.sort())
  })

  it('grants the application no change of an appended row, in no column', async () => {
    const changeable = await ask(`
      select t.name from (values ${listed(appended)}) as t (name)
      where has_any_column_privilege('${APPLICATION_ROLE}', t.name, 'UPDATE')
        or has_table_privilege('${APPLICATION_ROLE}', t.name, 'DELETE')
        or has_table_privilege('${APPLICATION_ROLE}', t.name, 'TRUNCATE')
        or has_table_privilege('${APPLICATION_ROLE}', t.name, 'TRIGGER')`)
    expect(changeable).toEqual([])
  })

  it('grants no change of a column that is written once, in any table', async () => {
    const written = tables.flatMap(table => table.written.map(column => `('${table.name}', '${column}')`))
    const changeable = await ask(`
      select t.name || '.' || t.col from (values ${written.join(', ')}) as t (name, col)
      where has_column_privilege('${APPLICATION_ROLE}', t.name, t.col, 'UPDATE')`)
    expect(changeable).toEqual([])
  })

  it('stops the owner as well: each appended table, and each of its partitions, has the trigger', async () => {
    // Bits of tgtype: 1 per row, 2 before, 8 delete, 16 update, 32 truncate.
    const unguarded = await ask(`
      with appended (name) as (values ${listed(appended.filter(name => !GROWING.includes(name)))}),
      guarded as (
        select name::regclass::oid as id from appended
        union select inhrelid from pg_inherits join appended on inhparent = name::regclass::oid
      )
      select id::regclass::text from guarded where not exists (
        select from pg_trigger join pg_proc on pg_proc.oid = tgfoid
        where tgrelid = id and proname = 'forbid_change' and tgenabled = 'O' and tgqual is null
          and tgtype & 1 = 0 and tgtype & 2 = 2 and tgtype & 56 = 56
      )`)
    expect(unguarded).toEqual([])
    expect(
      await ask(`select tgname from pg_trigger join pg_proc on pg_proc.oid = tgfoid
        where proname = 'forbid_change' and tgrelid = 'tlog'::regclass order by tgname`),
    ).toEqual(['tlog_only_grows', 'tlog_stays'])
  })

  it('lets the application own nothing and make nothing', async () => {
    expect(
      await ask(
        `select relname from pg_class where relowner = (select oid from pg_roles where rolname = '${APPLICATION_ROLE}')`,
      ),
    ).toEqual([])
    expect(
      await ask(`select rolname from pg_roles where rolname = '${APPLICATION_ROLE}'
        and (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or has_schema_privilege(rolname, 'public', 'CREATE'))`),
    ).toEqual([])
  })

  it('is seen to tell: a grant is found', async () => {
    const isGranted = () =>
      ask(`select has_any_column_privilege('${APPLICATION_ROLE}', 'posting', 'UPDATE') as may`)
    expect(await isGranted()).toEqual(['false'])
    await ask(`grant update (amount_fen) on posting to ${APPLICATION_ROLE}`)
    expect(await isGranted()).toEqual(['true'])
  })
})
