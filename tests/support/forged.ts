/**
 * Fields that no form of ours has: columns of our tables and what officers would like to decide, under both spellings. Every
 * walk through forms sends them beside the real ones, and asks at its end whether one of them reached a row.
 */
import type { TestDatabase } from './database.ts'

const COLUMNS = [
  ...['community_id', 'user_id', 'actor_id', 'session_id', 'display_name', 'password_hash', 'login'],
  ...['status', 'state', 'revision_no', 'draft_id', 'poll_id', 'case_id', 'entry_id', 'leaf_index', 'seq'],
  ...['approved_by', 'approvals', 'drafted_by', 'uploaded_by', 'created_by', 'created_at', 'proposed_by'],
  ...['proposed_role', 'decided_by', 'decided_at', 'decided_role', 'posted_by', 'posted_at', 'released_by'],
  ...['granted_by', 'term_from', 'term_until', 'second_factor_at', 'content_digest', 'is_private', 'by_user'],
  ...['by_office', 'asked_by', 'answered_by', 'published_at', 'closed_by', 'voucher_number'],
  ...['owner_of', 'weight', 'area_centi_m2', 'counted', 'excluded', 'sealed', 'salt', 'verdict', 'is_admin'],
] as const

const MARK = 'forged:'
/** The mark as it stands in a column of bytes. */
const MARK_HEX = Buffer.from(MARK).toString('hex')

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** The forged fields, but for those that the form itself has. */
export function forgedBeside(names: Iterable<string>): readonly (readonly [string, string])[] {
  const own = new Set(names)
  const forged = new Set(['__proto__', 'constructor', ...COLUMNS, ...COLUMNS.map(camel)])
  return [...forged].filter(name => !own.has(name)).map(name => [name, `${MARK}${name}`])
}

/** The tables that hold something forged, in a text, in JSON or in bytes: there must be none. */
export async function forgedTables(database: TestDatabase): Promise<readonly string[]> {
  const tables = await database.asOwner(`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`)
  const parts = tables.map(
    ({ name }) => `select '${name}' as name where exists (
      select from "${name}" row where row::text like '%${MARK}%' or row::text like '%${MARK_HEX}%')`,
  )
  return (await database.asOwner(parts.join(' union all '))).map(row => String(row.name))
}
