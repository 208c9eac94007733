/**
 * A database whose every transaction that writes ends with a note, in that transaction: so that an act and the trace of it
 * are one; what rows were before and after, the database itself adds to the note. Knows no table but the audit's own.
 */
import { type KyselyPlugin, type RootOperationNode, sql } from 'kysely'
import type { Schema, Tx } from './schema/index.ts'

/** The one table whose row is a trace itself. */
const AUDIT: keyof Schema = 'audit_event'

interface Watched {
  hasWritten: boolean
  isNoted: boolean
}

function isAudit(node: RootOperationNode): boolean {
  return node.kind === 'InsertQueryNode' && node.into?.table.identifier.name === AUDIT
}

/** Sees what a transaction writes, and changes no query. */
function watching(watched: Watched): KyselyPlugin {
  return {
    transformQuery({ node }) {
      if (isAudit(node)) watched.isNoted = true
      else if (/^(?:Insert|Update|Delete)QueryNode$/.test(node.kind)) watched.hasWritten = true
      return node
    },
    transformResult: async ({ result }) => result,
  }
}

/** True for what is given when nothing was done: a refusal, which may have written (a wrong code counts), or no row found to change. */
function isRefusal(result: unknown): boolean {
  if (result === false) return true
  return typeof result === 'object' && result !== null && (result as { readonly ok?: unknown }).ok === false
}

/** The same database; `note` is called at the end of each transaction that wrote, was not refused, and noted nothing itself. */
export function notingDatabase(db: Tx, note: (tx: Tx) => Promise<void>): Tx {
  const execute = <Result>(run: (tx: Tx) => Promise<Result>): Promise<Result> =>
    db.transaction().execute(async tx => {
      const watched: Watched = { hasWritten: false, isNoted: false }
      // Until the commit the triggers of every table tell what changes.
      await sql`select set_config('mingzhang.noting', 'on', true)`.execute(tx)
      const result = await run(tx.withPlugin(watching(watched)))
      if (watched.hasWritten && !watched.isNoted && !isRefusal(result)) await note(tx)
      return result
    })
  return new Proxy(db, {
    get(target, name) {
      if (name === 'transaction') return () => ({ execute })
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
