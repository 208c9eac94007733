/**
 * A row of one community that names a row of another, tried for every key of the database in turn, as the application: the
 * row holds nothing but that key, and nothing but that key stands in its way.
 */
import { APPLICATION_ROLE } from '../../db/index.server.ts'
import type { TestDatabase } from './database.ts'

interface Key {
  readonly name: string
  readonly child: string
  readonly parent: string
  /** Its columns beside the community, and those that they name, in the same order. */
  readonly columns: readonly string[]
  readonly named: readonly string[]
  /** Every column of the child beside the community. */
  readonly others: readonly string[]
  /** The child's other constraints, which are taken away for the attempt. */
  readonly constraints: readonly string[]
}

/** The keys between two tables that both carry a community; one from a table to itself needs the very constraints that are taken away. */
async function readKeys(database: TestDatabase): Promise<readonly Key[]> {
  const namesIn = (keys: string, table: string) => `array(select a.attname::text
    from unnest(c.${keys}) with ordinality as k (num, place) join pg_attribute a on a.attrelid = c.${table} and a.attnum = k.num
    where a.attname <> 'community_id' order by place)`
  const rows = await database.asOwner(`
    select c.conname as name, c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent,
      ${namesIn('conkey', 'conrelid')} as columns, ${namesIn('confkey', 'confrelid')} as named,
      array(select attname::text from pg_attribute
        where attrelid = c.conrelid and attnum > 0 and not attisdropped and attname <> 'community_id') as others,
      array(select o.conname::text from pg_constraint o
        where o.conrelid = c.conrelid and o.oid <> c.oid and o.conparentid = 0 and o.contype in ('f', 'p', 'u', 'c')) as constraints
    from pg_constraint c
    where c.contype = 'f' and c.conparentid = 0 and c.confrelid not in ('community'::regclass, c.conrelid)
      and exists (select from pg_attribute where attrelid = c.conrelid and attname = 'community_id')
      and exists (select from pg_attribute where attrelid = c.confrelid and attname = 'community_id')
      and not exists (select from pg_inherits where inhrelid = c.conrelid)
    order by 2, 1`)
  return rows as unknown as Key[]
}

/** One statement, because the embedded database takes one; what it changes goes with the error that it must end in. */
function attempt(key: Key, from: number, to: number): string {
  const quoted = (names: readonly string[]) => names.map(name => `"${name}"`).join(', ')
  const more = key.columns.length === 0 ? '' : ', '
  return `do $$ begin
    alter table ${key.child} disable trigger user;
    ${key.constraints.map(name => `alter table ${key.child} drop constraint if exists "${name}" cascade;`).join('\n')}
    ${key.others.map(name => `alter table ${key.child} alter column "${name}" drop not null;`).join('\n')}
    set local role ${APPLICATION_ROLE};
    insert into ${key.child} (community_id${more}${quoted(key.columns)})
      select ${to}${more}${quoted(key.named)} from ${key.parent} where community_id = ${from} limit 1;
    set constraints all immediate;
    raise exception 'the row crossed';
  end $$`
}

export interface Crossings {
  /** Keys that refused a row of the other community which names one of the first. */
  readonly refused: readonly string[]
  /** Keys that did not, with what was said instead. */
  readonly crossed: readonly string[]
  /** Tables of which the first community has no row that could be named. */
  readonly empty: readonly string[]
}

/** Tries every key: a row of `to`, which has no rows at all, that names one of `from`. */
export async function tryCrossings(database: TestDatabase, from: number, to: number): Promise<Crossings> {
  const found = { refused: [] as string[], crossed: [] as string[], empty: new Set<string>() }
  for (const key of await readKeys(database)) {
    const rows = await database.asOwner(`select 1 from ${key.parent} where community_id = ${from} limit 1`)
    if (rows.length === 0) {
      found.empty.add(key.parent)
      continue
    }
    const told = await database.asOwner(attempt(key, from, to)).then(
      () => 'done',
      (error: unknown) => String((error as Error).message),
    )
    // What the application may not write at all, a trigger of the database's own writes.
    const isRefused =
      (/foreign key/.test(told) && told.includes(key.name)) || told.includes('permission denied')
    if (isRefused) found.refused.push(`${key.child}.${key.name}`)
    else found.crossed.push(`${key.child}.${key.name}: ${told}`)
  }
  return { ...found, empty: [...found.empty] }
}
