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
import type { Row, RowList, Sql } from 'postgres'

type Client = Sql<Record<string, unknown>>

/** Opens a postgres.js client of exactly one connection (`max: 1`) that calls `onclose` when its socket is gone. */
export type OpenClient = (onclose: () => void) => Client

/** The connection went away while it was in use. What was not committed is rolled back; a commit under way may have held. */
export class ConnectionLost extends Error {
  readonly code = 'CONNECTION_CLOSED'
  constructor() {
    super('the connection to the database was lost')
    this.name = 'ConnectionLost'
  }
}

/**
 * One connection, used by one caller at a time. postgres.js 3.4.9 writes to the null socket of a connection that closed
 * while it was reserved (an uncaught TypeError), does not answer what is sent between a socket's error and its close,
 * and hands the dead connection out again. So: a client of one connection each, a caller is answered at the latest when
 * the socket closes, and a closed client is thrown away, not reused.
 */
class Slot implements DatabaseConnection {
  #client: Client
  #isClosed = false
  /** Answers the caller who waits, if one does. */
  #abandon: () => void = () => {}

  constructor(readonly open: OpenClient) {
    this.#client = this.#connect()
  }

  #connect(): Client {
    this.#isClosed = false
    const client: Client = this.open(() => {
      if (this.#client !== client) return
      this.#isClosed = true
      this.#abandon()
    })
    return client
  }

  /** Before each use: a client whose connection closed is replaced by a fresh one. */
  renew(): void {
    if (!this.#isClosed) return
    const closed = this.#client
    this.#client = this.#connect()
    closed.end({ timeout: 0 }).catch(() => {})
  }

  #send(text: string, parameters: readonly unknown[], prepare: boolean): Promise<RowList<Row[]>> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new ConnectionLost())
      this.#abandon = () => reject(new ConnectionLost())
      this.#client.unsafe(text, [...parameters] as never[], { prepare }).then(resolve, reject)
    })
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    // postgres.js rejects `undefined` in a way that can end the process: refuse it before it gets there.
    if (query.parameters.includes(undefined)) throw new Error(`undefined parameter in: ${query.sql}`)
    const rows = await this.#send(query.sql, query.parameters, true)
    return { rows: rows as unknown as R[], numAffectedRows: BigInt(rows.count ?? 0) }
  }

  /** Streaming is not offered: lists page by key. */
  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not offered: page by key')
  }

  /** `begin`, `commit` or `rollback`. */
  async command(text: string): Promise<void> {
    await this.#send(text, [], false)
  }

  /** The server itself rolls back what was open on a connection that is gone. */
  async rollback(): Promise<void> {
    try {
      await this.command('rollback')
    } catch (problem) {
      if (!this.#isClosed) throw problem
    }
  }

  async close(): Promise<void> {
    await this.#client.end({ timeout: 5 })
  }
}

class PostgresJsDriver implements Driver {
  readonly #slots: readonly Slot[]
  readonly #free: Slot[]
  readonly #waiting: ((slot: Slot) => void)[] = []

  constructor(open: OpenClient, connections: number) {
    this.#slots = Array.from({ length: connections }, () => new Slot(open))
    this.#free = [...this.#slots]
  }

  async init(): Promise<void> {}

  /** The last one used first, so that idle connections stay idle; callers beyond their number wait in line. */
  async acquireConnection(): Promise<Slot> {
    const slot = this.#free.pop() ?? (await new Promise<Slot>(resolve => this.#waiting.push(resolve)))
    slot.renew()
    return slot
  }

  async beginTransaction(slot: Slot, settings: TransactionSettings): Promise<void> {
    const isolation = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : ''
    const access = settings.accessMode ? ` ${settings.accessMode}` : ''
    await slot.command(`begin${isolation}${access}`)
  }

  async commitTransaction(slot: Slot): Promise<void> {
    await slot.command('commit')
  }

  async rollbackTransaction(slot: Slot): Promise<void> {
    await slot.rollback()
  }

  async releaseConnection(slot: Slot): Promise<void> {
    const next = this.#waiting.shift()
    if (next) next(slot)
    else this.#free.push(slot)
  }

  async destroy(): Promise<void> {
    await Promise.all(this.#slots.map(slot => slot.close()))
  }
}

/** The dialect over clients of one connection each; destroying the Kysely instance ends them. */
export function postgresJsDialect(open: OpenClient, connections: number): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PostgresJsDriver(open, connections),
    createIntrospector: db => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}
