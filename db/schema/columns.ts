/** Column kinds that hold our rules in the type system. */
import type { ColumnType } from 'kysely'

/** Written once: inserted, read, never updated (principle 5: nothing posted is ever edited). */
export type Written<T> = ColumnType<T, T, never>

/** Written once by the database's own default; may be given on insert, never updated. */
export type WrittenByDefault<T> = ColumnType<T, T | undefined, never>

/** A column that may change, with a default on insert. */
export type Defaulted<T> = ColumnType<T, T | undefined, T>

/** Written by the database's own function; the application can neither insert nor update it. */
export type Derived<T> = ColumnType<T, never, never>
