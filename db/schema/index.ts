/** The shape of every table, composed of one file per room. Types only. */
import type { Kysely } from 'kysely'

// biome-ignore lint/suspicious/noEmptyInterface: rooms are added below
export interface Schema {}

export type Tx = Kysely<Schema>
