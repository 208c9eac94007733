/** Kysely over postgres.js with named prepared statements. Connects; must never know a table. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type { ReservedSql, Sql } from 'postgres'

type Pool = Sql<Record<string, unknown>>

/** A statement outside a transaction runs on any connection of the pool; `begin` reserves one until release. */
class PooledConnection implements DatabaseConnection {
  #reserved: ReservedSql | null = null

  constructor(readonly pool: Pool) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    // postgres.js rejects `undefined` in a way that can end the process: refuse it before it gets there.
    if (query.parameters.includes(undefined)) throw new Error(`undefined parameter in: ${query.sql}`)
    const rows = await (this.#reserved ?? this.pool).unsafe(query.sql, [...query.parameters] as never[], {
      prepare: true,
    })
    return { rows: rows as unknown as R[], numAffectedRows: BigInt(rows.count ?? 0) }
  }

  /** Streaming is not offered: lists page by key. */
  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not offered: page by key')
  }

  async begin(settings: TransactionSettings): Promise<void> {
    this.#reserved = await this.pool.reserve()
    const isolation = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : ''
    const access = settings.accessMode ? ` ${settings.accessMode}` : ''
    await this.#reserved.unsafe(`begin${isolation}${access}`)
  }

  async end(command: 'commit' | 'rollback'): Promise<void> {
    await this.#reserved?.unsafe(command)
  }

  async savepoint(command: string): Promise<void> {
    await this.#reserved?.unsafe(command)
  }

  release(): void {
    this.#reserved?.release()
    this.#reserved = null
  }
}

class PostgresJsDriver implements Driver {
  constructor(readonly pool: Pool) {}

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PooledConnection> {
    return new PooledConnection(this.pool)
  }

  async beginTransaction(connection: PooledConnection, settings: TransactionSettings): Promise<void> {
    await connection.begin(settings)
  }

  async commitTransaction(connection: PooledConnection): Promise<void> {
    await connection.end('commit')
  }

  async rollbackTransaction(connection: PooledConnection): Promise<void> {
    await connection.end('rollback')
  }

  async releaseConnection(connection: PooledConnection): Promise<void> {
    connection.release()
  }

  async destroy(): Promise<void> {
    await this.pool.end({ timeout: 5 })
  }
}

/** The dialect on an open postgres.js pool; destroying the Kysely instance ends the pool. */
export function postgresJsDialect(pool: Pool): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PostgresJsDriver(pool),
    createIntrospector: db => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}
