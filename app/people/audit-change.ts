/**
 * What an act changed, as the database noted it: read, narrowed to whom it concerns, and made into lines of "item, before, after".
 * Pure.
 */

/** Values of a row by column; null is an empty one. */
export type NotedValues = Readonly<Record<string, string | null>>

/** One row that an act wrote. */
export interface NotedRow {
  readonly table: string
  readonly op: 'insert' | 'update' | 'delete'
  /** Of a row that was changed in place: which. */
  readonly key: NotedValues
  /** Of a new row: the one it replaces. Null where there was none. */
  readonly before: NotedValues | null
  readonly after: NotedValues | null
  /** Columns that were written and of which nothing more is told. */
  readonly sealed: readonly string[]
  /** What the row decides. */
  readonly decides: { readonly table: string; readonly values: NotedValues } | null
  /** Units, persons and accounts that it is about. */
  readonly concerns: readonly string[]
}

/** All that is told of one act. */
export interface NotedChanges {
  readonly rows: readonly NotedRow[]
  /** How many rows more, by table. */
  readonly more: readonly { readonly table: string; readonly rows: number }[]
}

interface StoredRow {
  readonly t: string
  readonly o: NotedRow['op']
  readonly k?: NotedValues
  readonly b?: NotedValues
  readonly a?: NotedValues
  readonly h?: readonly string[]
  readonly of?: { readonly t: string; readonly a: NotedValues }
  readonly c?: readonly string[]
}

/** Reads what the database stored of an act; an act without has changed nothing that is told. */
export function readChanges(stored: string | null): NotedChanges {
  if (stored === null) return { rows: [], more: [] }
  const { rows, more } = JSON.parse(stored) as {
    readonly rows: readonly StoredRow[]
    readonly more: Readonly<Record<string, number>>
  }
  return {
    rows: rows.map(row => ({
      table: row.t,
      op: row.o,
      key: row.k ?? {},
      before: row.b ?? null,
      after: row.a ?? null,
      sealed: row.h ?? [],
      decides: row.of === undefined ? null : { table: row.of.t, values: row.of.a },
      concerns: row.c ?? [],
    })),
    more: Object.entries(more)
      .map(([table, count]) => ({ table, rows: count }))
      .sort((one, other) => (one.table < other.table ? -1 : 1)),
  }
}

/** Whom stored changes concern, each once, sorted. */
export function concernsIn(stored: string): readonly string[] {
  return [...new Set(readChanges(stored).rows.flatMap(row => row.concerns))].sort()
}

/** Only the rows about somebody or something of these ids: a neighbour's are left out, and how many there were. */
export function changesAbout(changes: NotedChanges, ids: readonly string[]): NotedChanges {
  return { rows: changes.rows.filter(row => row.concerns.some(id => ids.includes(id))), more: [] }
}

/** The changes of several acts as of one. */
export function joinChanges(parts: readonly NotedChanges[]): NotedChanges {
  return { rows: parts.flatMap(part => part.rows), more: parts.flatMap(part => part.more) }
}

/** What a second person decided, if a row of these is a decision. */
export function decisionIn(changes: NotedChanges): {
  readonly table: string
  readonly kind: string | null
  readonly decision: string
} | null {
  for (const { decides, after } of changes.rows) {
    const decision = after?.decision
    if (decides !== null && decision) {
      return { table: decides.table, kind: decides.values.kind ?? null, decision }
    }
  }
  return null
}

/** Whose office these changes are about: accounts of officers, whose names are public. */
export function officersIn(changes: NotedChanges): readonly string[] {
  return changes.rows.flatMap(({ after, key, decides }) => {
    const values = { ...key, ...after, ...decides?.values }
    const { role, user_id: user } = values
    return user && role && role !== 'owner' && role !== 'tenant' ? [user] : []
  })
}

/** One thing that became another. Null before: it was not there; null after: it is not any more. */
export interface ChangeLine {
  /** Words joined by dots; the last one that is no number names the thing. */
  readonly field: string
  readonly before: string | null
  readonly after: string | null
  /** True when it is only told that it was written. */
  readonly isSealed: boolean
}

/** A row tells no more than this. */
const LINES_MAX = 60

function parsed(text: string): unknown {
  if (!/^[[{]/.test(text)) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The leaves of a value that is itself JSON; the value itself of any other. */
function leavesOf(name: string, value: unknown, into: Map<string, string>): void {
  if (value === null || value === undefined) return
  const nested = typeof value === 'string' ? parsed(value) : value
  if (typeof nested === 'object' && nested !== null) {
    const members = Array.isArray(nested)
      ? nested.map((member, index) => [String(index + 1), member] as const)
      : Object.entries(nested)
    for (const [member, inner] of members) leavesOf(`${name}.${member}`, inner, into)
    return
  }
  into.set(name, String(value))
}

function flat(values: NotedValues | null): Map<string, string> {
  const leaves = new Map<string, string>()
  for (const [name, value] of Object.entries(values ?? {})) leavesOf(name, value, leaves)
  return leaves
}

interface Price {
  readonly kind: string
  readonly per: string
  readonly fen: string
}

/** A standard of fees by what it asks of each kind of unit, so that one kind is compared with itself. */
function byKind(standard: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { rates, ...others } = standard
  if (!Array.isArray(rates)) return standard
  const prices = (rates as readonly Price[]).flatMap(({ kind, per, fen }) => [
    [`price_${kind}_fen`, fen],
    [`price_${kind}_per`, `per_${per}`],
  ])
  return { ...others, ...Object.fromEntries(prices) }
}

/** A proposal of rules or fees carries what was in force and what shall be. */
function twoSides(values: NotedValues): { readonly was: NotedValues; readonly now: NotedValues } {
  const content = typeof values.content === 'string' ? parsed(values.content) : null
  const sides = content as Readonly<Record<string, Readonly<Record<string, unknown>> | null>> | null
  const side = sides?.controls ? 'controls' : sides?.standard ? 'standard' : null
  if (!sides || side === null) return { was: {}, now: values }
  const { before, [side]: after, ...others } = sides
  const read = (each: Readonly<Record<string, unknown>>) => (side === 'standard' ? byKind(each) : each)
  return {
    was: before ? { content: JSON.stringify({ [side]: read(before) }) } : {},
    now: { ...values, content: JSON.stringify({ ...others, [side]: read(after!) }) },
  }
}

/** What the row itself says already, and the version of a form: told once, or not at all. */
const SAID = ['content.kind', 'content.v', 'motion.v', 'motion.poll']

/** What differs, in the order of what is now. */
function differing(was: NotedValues | null, now: NotedValues | null): ChangeLine[] {
  const [before, after] = [flat(was), flat(now)]
  const fields = [...new Set([...after.keys(), ...before.keys()])].filter(field => !SAID.includes(field))
  return fields.flatMap(field => {
    const pair = { before: before.get(field) ?? null, after: after.get(field) ?? null }
    return pair.before === pair.after ? [] : [{ field, ...pair, isSealed: false }]
  })
}

/** The lines of a row: what it was and what it is, then what it decides, then what is only told to have been written. */
export function linesOf(row: NotedRow): readonly ChangeLine[] {
  const own = row.after === null ? null : twoSides(row.after)
  const decided = row.decides === null ? null : twoSides(row.decides.values)
  const lines = [
    ...differing({ ...own?.was, ...row.before }, own?.now ?? null),
    ...(decided === null ? [] : differing(decided.was, decided.now)),
    ...row.sealed.map(field => ({ field, before: null, after: null, isSealed: true })),
  ]
  return lines.slice(0, LINES_MAX)
}
