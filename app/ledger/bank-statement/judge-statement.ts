/**
 * The verdict on a table: which family it is, what its lines are, and whether its own totals, balances and account
 * agree. Pure: the same file gives the same verdict anywhere. Holds and refuses; never repairs.
 */
import { type CivilDate, err, type Fen, fen, formatYuan, ok, type Result } from '#kernel'
import type { Table } from '#tables'
import { checkBalanceChain } from './balance-chain.ts'
import {
  type BankLine,
  type BankLineSums,
  type BankOutcome,
  type BankProblem,
  type BankStatement,
  bankProblem,
  NO_STATED_TOTALS,
  outcomeOf,
  type StatedTotals,
  sumBankLines,
} from './bank-statement.ts'
import {
  type ColumnMapping,
  checkColumnMapping,
  findHeader,
  findSignature,
  type MappingProblem,
  mappingOf,
  textAbove,
} from './column-mapping.ts'
import { MAPPED_LAYOUT_ID } from './layouts.ts'
import { type ReadLine, readLines } from './read-lines.ts'
import { accountIn, readStatedFacts, type StatedFacts } from './stated-facts.ts'
import { BANK_NAMES } from './vocabulary.ts'

export interface JudgeOptions {
  /** Lines dated after this day are refused. */
  readonly asOf: CivilDate
  /** Number of the bank account that the import is for; a statement of another one is held. */
  readonly expectedAccount?: string
}

export interface JudgedStatement {
  readonly outcome: BankOutcome
  readonly statement: BankStatement | null
  /** The mapping the lines were read with; null when no header was found. */
  readonly mapping: ColumnMapping | null
  readonly problems: readonly BankProblem[]
}

/** Finds the family of a table and judges it. An unknown layout is refused as `layout-unknown`. */
export function judgeTable(table: Table, options: JudgeOptions): JudgedStatement {
  const header = findHeader(table)
  if (!header) {
    const problems = [
      ...sheetProblems(table),
      bankProblem('layout-unknown', {}, { rows: String(table.rows.length) }),
    ]
    return { outcome: 'reject', statement: null, mapping: null, problems }
  }
  const { layout, mapping } = mappingOf(table, header)
  return judgeMapped(table, mapping, options, {
    id: layout.id,
    bank: layout.bank || bankInTitle(table, mapping),
  })
}

/**
 * Judges a table under a mapping that a person made or that is remembered for this bank; with `signature` the header is
 * looked up, because the next file of the same bank has another number of rows above it.
 */
export function applyColumnMapping(
  table: Table,
  mapping: ColumnMapping,
  options: JudgeOptions & { readonly signature?: string; readonly bank?: string },
): Result<JudgedStatement, MappingProblem> {
  const found = options.signature === undefined ? mapping.headerRow : findSignature(table, options.signature)
  if (found === null) return err({ code: 'mapping-unfit', reason: 'out-of-range' })
  const checked = checkColumnMapping(table, { ...mapping, headerRow: found })
  if (!checked.ok) return checked
  const bank = options.bank ?? bankInTitle(table, checked.value)
  return ok(judgeMapped(table, checked.value, options, { id: MAPPED_LAYOUT_ID, bank }))
}

function bankInTitle(table: Table, mapping: ColumnMapping): string | null {
  const above = textAbove(table, mapping.headerRow)
  return BANK_NAMES.find(([, name]) => name.test(above))?.[0] ?? null
}

function judgeMapped(
  table: Table,
  mapping: ColumnMapping,
  options: JudgeOptions,
  family: { readonly id: string; readonly bank: string | null },
): JudgedStatement {
  const rows = readLines(table, mapping, options.asOf)
  const facts = readStatedFacts(rows.otherRows, mapping.columns, table.rows[mapping.headerRow]?.line ?? 0)
  const { kept, repeats } = dropRepeats(rows.lines)
  const lines = kept.map(read => read.line)
  const account = accountOf(kept, facts)
  const chain = checkBalanceChain(lines)
  const statement: BankStatement = {
    layout: family.id,
    bank: family.bank,
    encoding: table.encoding,
    accountNumber: account.number,
    accountHolder: facts.accountHolder ?? kept.find(read => read.ownName !== '')?.ownName ?? null,
    lines,
    stated: facts.totals.at(-1) ?? NO_STATED_TOTALS,
    statedOpeningFen: facts.openingFen,
    statedClosingFen: facts.closingFen,
    openingFen: facts.openingFen ?? chain.openingFen,
    closingFen: facts.closingFen ?? chain.closingFen,
    balanceChainOk: chain.ok,
  }
  const found = [...sheetProblems(table), ...rows.problems, ...repeats, ...reusedSerials(lines)]
  // Sums, balances and account are worth comparing only when every line could be read.
  if (outcomeOf(found) !== 'reject') {
    found.push(
      ...account.problems,
      ...wrongAccount(account, options.expectedAccount),
      ...compareTotals(facts.totals, lines),
      ...chain.breaks.map(broken =>
        bankProblem(
          'balance-break',
          { line: broken.line.sourceLine },
          {
            previousLine: String(broken.previous.sourceLine),
            expected: formatYuan(broken.expectedFen),
            stated: formatYuan(broken.statedFen),
            difference: formatYuan(fen(broken.statedFen - broken.expectedFen)),
          },
        ),
      ),
      ...endBalances(facts, chain.openingFen, chain.closingFen),
    )
    if (lines.length === 0) found.push(bankProblem('statement-empty'))
  }
  const problems = gatherNotices(found)
  return { outcome: outcomeOf(problems), statement, mapping, problems }
}

/** Repeats of a row, word for word and under the same serial, count once (an export pasted twice). */
function dropRepeats(lines: readonly ReadLine[]): { kept: ReadLine[]; repeats: BankProblem[] } {
  const first = new Map<string, ReadLine>()
  const repeats: BankProblem[] = []
  const kept = lines.filter(read => {
    if (read.line.serial === null) return true
    const earlier = first.get(read.rowText)
    if (!earlier) {
      first.set(read.rowText, read)
      return true
    }
    const facts = { firstLine: String(earlier.line.sourceLine), serial: read.line.serial }
    repeats.push(bankProblem('duplicate-line', { line: read.line.sourceLine }, facts))
    return false
  })
  return { kept, repeats }
}

/** One serial on lines that differ: each is kept, and said. */
function reusedSerials(lines: readonly BankLine[]): BankProblem[] {
  const seen = new Map<string, BankLine>()
  const problems: BankProblem[] = []
  for (const line of lines) {
    if (line.serial === null) continue
    const earlier = seen.get(line.serial)
    if (!earlier) seen.set(line.serial, line)
    else problems.push(bankProblem('serial-reused', { line: line.sourceLine }, { serial: line.serial }))
  }
  return problems
}

function sheetProblems(table: Table): BankProblem[] {
  const problems: BankProblem[] = []
  const hidden = table.rows.filter(row => row.hidden)
  for (const row of hidden) problems.push(bankProblem('hidden-rows', { line: row.line }))
  if (table.hiddenSheets.length > 0)
    problems.push(bankProblem('hidden-sheets', {}, { sheets: table.hiddenSheets.join(', ') }))
  if (table.otherSheets.length > 0)
    problems.push(bankProblem('other-sheets', {}, { sheets: table.otherSheets.join(', ') }))
  return problems
}

function accountOf(
  lines: readonly ReadLine[],
  facts: StatedFacts,
): { number: string | null; line: number | null; problems: readonly BankProblem[] } {
  const onLines = new Map<string, number>()
  for (const read of lines) {
    const account = accountIn(read.ownAccount)
    if (account !== null && !onLines.has(account)) onLines.set(account, read.line.sourceLine)
  }
  const number = facts.accountNumber ?? onLines.keys().next().value ?? null
  const others = [...onLines].filter(([account]) => number !== null && !isSameAccount(account, number))
  const problems = others.map(([account, line]) =>
    bankProblem('account-mixed', { line }, { account: number ?? '', other: account }),
  )
  const line = facts.accountNumber === null ? (onLines.get(number ?? '') ?? null) : facts.accountLine
  return { number, line, problems }
}

function wrongAccount(
  account: { readonly number: string | null; readonly line: number | null },
  expected: string | undefined,
): BankProblem[] {
  const { number: stated, line } = account
  if (expected === undefined || stated === null || isSameAccount(stated, expected)) return []
  return [bankProblem('account-mismatch', { line }, { stated, expected })]
}

/** Equal digits; where one of the two is masked, equal where it is not. */
export function isSameAccount(a: string, b: string): boolean {
  const [left, right] = [a, b].map(text => text.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase())
  const fits = (masked: string, other: string) => {
    if (!/[x*]/.test(masked)) return false
    const parts = masked.split(/[x*]+/).map(part => part.replace(/[^\w@.]/g, '\\$&'))
    return new RegExp(`^${parts.join('.*')}$`).test(other)
  }
  return left === right || fits(left!, right!) || fits(right!, left!)
}

/** One stated figure that differs from the lines. */
function differences(stated: StatedTotals, sums: BankLineSums): BankProblem[] {
  const place = { line: stated.line }
  const counts = [
    ['all', stated.count, sums.rows],
    ['in', stated.inCount, sums.rowsIn],
    ['out', stated.outCount, sums.rowsOut],
    ['neutral', stated.neutralCount, sums.rowsNeutral],
  ] as const
  const amounts = [
    ['in', stated.inFen, sums.sumInFen],
    ['out', stated.outFen, sums.sumOutFen],
    ['neutral', stated.neutralFen, sums.sumNeutralFen],
  ] as const
  return [
    ...amounts
      .filter(([, said, counted]) => said !== null && said !== counted)
      .map(([side, said, counted]) =>
        bankProblem('total-mismatch', place, {
          side,
          stated: formatYuan(said!),
          counted: formatYuan(counted),
          difference: formatYuan(fen(said! - counted)),
        }),
      ),
    ...counts
      .filter(([, said, counted]) => said !== null && said !== counted)
      .map(([side, said, counted]) =>
        bankProblem('count-mismatch', place, { side, stated: String(said), counted: String(counted) }),
      ),
  ]
}

/**
 * Compares what the file states with what its lines add up to. Closed lines may or may not be in a wallet's totals, and
 * a file of several pages totals each page: the file agrees when any of these readings does.
 */
function compareTotals(totals: readonly StatedTotals[], lines: readonly BankLine[]): BankProblem[] {
  if (totals.length === 0) return []
  const all = sumBankLines(lines)
  const settled = sumBankLines(lines.filter(line => line.settled))
  const agree = (stated: StatedTotals) =>
    differences(stated, all).length === 0 || differences(stated, settled).length === 0
  const last = totals.at(-1)!
  if (totals.length > 1 && (totals.every(agree) || agree(addTotals(totals)))) return []
  if (totals.length > 1 && totals.every(stated => isPartOf(stated, all)) && agree(last)) return []
  return totals.filter(stated => !agree(stated)).flatMap(stated => differences(stated, all))
}

function isPartOf(stated: StatedTotals, all: BankLineSums): boolean {
  return (stated.inFen ?? 0n) <= all.sumInFen && (stated.outFen ?? 0n) <= all.sumOutFen
}

function addTotals(totals: readonly StatedTotals[]): StatedTotals {
  const addFen = (amounts: readonly (Fen | null)[]): Fen | null =>
    amounts.every(amount => amount !== null) ? fen(amounts.reduce((sum, amount) => sum + amount!, 0n)) : null
  const addCount = (counts: readonly (number | null)[]): number | null =>
    counts.every(count => count !== null) ? counts.reduce((sum, count) => sum! + count!, 0) : null
  return {
    line: totals.at(-1)?.line ?? null,
    count: addCount(totals.map(stated => stated.count)),
    inCount: addCount(totals.map(stated => stated.inCount)),
    outCount: addCount(totals.map(stated => stated.outCount)),
    neutralCount: addCount(totals.map(stated => stated.neutralCount)),
    inFen: addFen(totals.map(stated => stated.inFen)),
    outFen: addFen(totals.map(stated => stated.outFen)),
    neutralFen: addFen(totals.map(stated => stated.neutralFen)),
  }
}

/** Stated opening and closing balance against the ends of the chain. */
function endBalances(facts: StatedFacts, opening: Fen | null, closing: Fen | null): BankProblem[] {
  const ends = [
    ['opening-mismatch', facts.openingFen, opening],
    ['closing-mismatch', facts.closingFen, closing],
  ] as const
  return ends
    .filter(([, stated, derived]) => stated !== null && derived !== null && stated !== derived)
    .map(([code, stated, derived]) =>
      bankProblem(
        code,
        {},
        {
          stated: formatYuan(stated!),
          derived: formatYuan(derived!),
          difference: formatYuan(fen(stated! - derived!)),
        },
      ),
    )
}

/** Notices of one kind become one, with the lines listed; errors and holds stay one per line. */
function gatherNotices(problems: readonly BankProblem[]): BankProblem[] {
  const order = { error: 0, hold: 1, notice: 2 }
  const gathered: BankProblem[] = []
  const groups = new Map<string, BankProblem[]>()
  for (const problem of problems) {
    if (problem.severity !== 'notice' || problem.line === null || problem.code === 'duplicate-line')
      gathered.push(problem)
    else {
      const group = groups.get(problem.code)
      if (group) group.push(problem)
      else groups.set(problem.code, [problem])
    }
  }
  for (const group of groups.values()) {
    const lines = group.map(problem => String(problem.line))
    const listed = lines.slice(0, 20).join(', ') + (lines.length > 20 ? ' ...' : '')
    gathered.push({ ...group[0]!, facts: { ...group[0]!.facts, count: String(lines.length), lines: listed } })
  }
  return gathered.sort((a, b) => order[a.severity] - order[b.severity] || (a.line ?? 0) - (b.line ?? 0))
}
