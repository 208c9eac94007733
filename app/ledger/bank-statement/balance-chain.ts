/**
 * Does every balance follow from the one before? Files run oldest or newest first, and some shuffle the lines of one
 * day; a missing or changed line shows as a break. Reads lines only and changes nothing.
 */
import { type Fen, fen } from '#kernel'
import type { BankLine } from './bank-statement.ts'

/** A line whose balance does not follow. */
export interface BalanceBreak {
  readonly line: BankLine
  readonly previous: BankLine
  readonly expectedFen: Fen
  readonly statedFen: Fen
}

export interface BalanceChain {
  /** Null when the file has no balances. */
  readonly ok: boolean | null
  readonly order: 'oldest-first' | 'newest-first' | 'shuffled-days' | null
  readonly breaks: readonly BalanceBreak[]
  /** Balance before the first and after the last line, in the order of time. */
  readonly openingFen: Fen | null
  readonly closingFen: Fen | null
}

const NO_CHAIN: BalanceChain = { ok: null, order: null, breaks: [], openingFen: null, closingFen: null }

/** What a line did to the balance: neutral and unsettled lines did nothing that we know of. */
function effectOf(line: BankLine): bigint {
  return line.direction === 'neutral' || !line.settled ? 0n : line.amountFen
}

/** Checks the chain of a single currency; with several, each currency has its own balance. */
export function checkBalanceChain(lines: readonly BankLine[]): BalanceChain {
  const currencies = new Set(lines.map(line => line.currency))
  if (currencies.size <= 1) return checkOneCurrency(lines)
  const chains = [...currencies].map(currency =>
    checkOneCurrency(lines.filter(line => line.currency === currency)),
  )
  const known = chains.filter(chain => chain.ok !== null)
  if (known.length === 0) return NO_CHAIN
  return {
    ...NO_CHAIN,
    ok: known.every(chain => chain.ok),
    order: known[0]!.order,
    breaks: known.flatMap(chain => chain.breaks),
  }
}

function checkOneCurrency(lines: readonly BankLine[]): BalanceChain {
  if (!lines.some(line => line.balanceFen !== null)) return NO_CHAIN
  const forward = chainOf(lines, 'oldest-first')
  const backward = chainOf([...lines].reverse(), 'newest-first')
  const dates = courseOf(lines)
  // A reading against the dates is none: without it, a round trip that lost a line would chain the other way round.
  if (forward.breaks.length === 0 && dates !== 'back') return forward
  if (backward.breaks.length === 0 && dates !== 'forward') return backward
  const shuffled = chainOfShuffledDays(lines)
  if (shuffled) return shuffled
  if (dates !== null) return dates === 'forward' ? forward : backward
  return forward.breaks.length <= backward.breaks.length ? forward : backward
}

/** Where most steps from line to line go in time; null when as many go either way. */
function courseOf(lines: readonly BankLine[]): 'forward' | 'back' | null {
  let steps = 0
  for (let i = 1; i < lines.length; i++) {
    const [before, after] = [stampOf(lines[i - 1]!), stampOf(lines[i]!)]
    if (after > before) steps += 1
    if (after < before) steps -= 1
  }
  return steps === 0 ? null : steps > 0 ? 'forward' : 'back'
}

const stampOf = (line: BankLine) => `${line.bookedAt.date} ${line.bookedAt.time ?? ''}`

function chainOf(lines: readonly BankLine[], order: 'oldest-first' | 'newest-first'): BalanceChain {
  const breaks: BalanceBreak[] = []
  let known: { balance: bigint; line: BankLine } | null = null
  let opening: bigint | null = null
  let moved = 0n
  for (const line of lines) {
    moved += effectOf(line)
    if (line.balanceFen === null) continue
    if (known === null) opening = line.balanceFen - moved
    else if (known.balance + moved !== line.balanceFen) {
      breaks.push({
        line,
        previous: known.line,
        expectedFen: fen(known.balance + moved),
        statedFen: line.balanceFen,
      })
    }
    known = { balance: line.balanceFen, line }
    moved = 0n
  }
  return {
    ok: breaks.length === 0,
    order,
    breaks,
    openingFen: opening === null ? null : fen(opening),
    closingFen: known === null ? null : fen(known.balance + moved),
  }
}

/**
 * Days in order, lines within a day in any order that chains: each line is an edge from the balance before to the
 * balance after it, and a day is in order when its edges make one trail from the closing of the day before. Null when
 * they do not, or when a line has no balance.
 */
function chainOfShuffledDays(lines: readonly BankLine[]): BalanceChain | null {
  if (lines.some(line => line.balanceFen === null)) return null
  const days = new Map<string, BankLine[]>()
  for (const line of lines) {
    const day = days.get(line.bookedAt.date)
    if (day) day.push(line)
    else days.set(line.bookedAt.date, [line])
  }
  // A day whose payments cancel out ends where it began and does not say where: any of its balances, until another day tells.
  let standing: ReadonlySet<bigint> | null = null
  let opening: bigint | null = null
  for (const day of [...days.keys()].sort()) {
    const trail = trailOf(days.get(day)!, standing)
    if (!trail) return null
    if ('from' in trail) {
      opening ??= trail.from
      standing = new Set([trail.to])
    } else standing = trail.round
  }
  const first = lines[0]
  if (standing === null || first === undefined) return null
  const before = first.balanceFen! - effectOf(first)
  opening ??= standing.has(before) ? before : [...standing][0]!
  const closing = standing.has(opening) ? opening : [...standing][0]!
  return { ok: true, order: 'shuffled-days', breaks: [], openingFen: fen(opening), closingFen: fen(closing) }
}

/** A day's way from one balance to another, or round: from any of some balances back to it. */
type Trail = { readonly from: bigint; readonly to: bigint } | { readonly round: ReadonlySet<bigint> }

/** An Eulerian trail over the day's edges from one of `starts` (or from wherever one can begin): degrees and one component. */
function trailOf(lines: readonly BankLine[], starts: ReadonlySet<bigint> | null): Trail | null {
  const surplus = new Map<bigint, number>()
  const parent = new Map<bigint, bigint>()
  const rootOf = (node: bigint): bigint => {
    let root = node
    // Halving the path keeps a day of a hundred thousand lines from taking minutes.
    for (let above = parent.get(root) ?? root; above !== root; above = parent.get(root)!) {
      parent.set(root, parent.get(above)!)
      root = above
    }
    return root
  }
  for (const line of lines) {
    const to = line.balanceFen!
    const from = to - effectOf(line)
    surplus.set(from, (surplus.get(from) ?? 0) + 1)
    surplus.set(to, (surplus.get(to) ?? 0) - 1)
    for (const node of [from, to]) if (!parent.has(node)) parent.set(node, node)
    parent.set(rootOf(from), rootOf(to))
  }
  if (new Set([...parent.keys()].map(rootOf)).size > 1) return null
  const begins = [...surplus].filter(([, count]) => count > 0)
  const ends = [...surplus].filter(([, count]) => count < 0)
  if (begins.length === 0) {
    const round = new Set([...parent.keys()].filter(balance => starts === null || starts.has(balance)))
    return round.size > 0 ? { round } : null
  }
  const [begin, end] = [begins[0]!, ends[0]!]
  if (begins.length > 1 || begin[1] > 1 || ends.length > 1) return null
  return starts === null || starts.has(begin[0]) ? { from: begin[0], to: end[0] } : null
}
