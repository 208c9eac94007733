/**
 * Checks the ledger's record of an archive against the leaves of its log: every voucher is what was logged, none is left out,
 * and every sum is made again from the postings. Pure, in whole fen.
 */
import {
  type CanonicalValue,
  canonicalText,
  type Period,
  parseCanonical,
  parsePeriod,
  sha256Hex,
} from '#kernel'
import {
  type AccountTurnover,
  accountByCode,
  encodeTrialBalance,
  parseVoucherKey,
  trialBalance,
  voucherAmount,
} from '#ledger'
import { type ArchiveFactName, type Finding, firstProblem } from './finding.ts'
import { balancesOf, type LedgerRecord, parseLedgerRecord, type RecordedVoucher } from './ledger-record.ts'

/** A leaf taken apart, with its place and digest. */
interface ReadLeaf {
  readonly index: number
  readonly sha256: string
  readonly members: Readonly<Record<string, CanonicalValue>>
}

const NAMES: readonly ArchiveFactName[] = [
  'ledger-record',
  'ledger-vouchers',
  'ledger-postings',
  'ledger-numbers',
  'ledger-balances',
  'ledger-months',
  'ledger-statements',
]

/** Judges a record by the leaves of the log. A record that cannot be read leaves no fact standing. */
export function checkLedgerRecord(
  bytes: Uint8Array | undefined,
  leaves: readonly Uint8Array[],
  origin: string,
): readonly Finding[] {
  const parsed = bytes === undefined ? null : parseLedgerRecord(bytes)
  if (parsed === null || !parsed.ok) {
    const problem = parsed === null ? 'missing' : `malformed: ${parsed.error.at}`
    return NAMES.map(name => ({ name, problem: name === 'ledger-record' ? problem : 'unread' }))
  }
  const record = parsed.value
  const read = leaves.flatMap((leaf, index) => readLeaf(leaf, index))
  const isKnown = ({ fund, account }: { fund: string; account: string }) =>
    fund !== '' && accountByCode(record.accounts, account) !== null
  const stranger = record.vouchers.find(({ postings }) => !postings.every(isKnown))
  const problems: readonly (string | null)[] = [
    record.community.logOrigin === origin ? null : 'other-log',
    vouchersProblem(record.vouchers, read),
    firstProblem(record.vouchers, postingsProblem),
    numbersProblem(record.vouchers),
    stranger === undefined ? balancesProblem(record) : `${stranger.voucher}: account-unknown`,
    monthsProblem(record.vouchers, read),
    statementsProblem(record, read),
  ]
  return NAMES.map((name, i) => ({ name, problem: problems[i]! }))
}

function readLeaf(leaf: Uint8Array, index: number): readonly ReadLeaf[] {
  const json = parseCanonical(leaf)
  if (!json.ok || json.value === null || typeof json.value !== 'object' || Array.isArray(json.value))
    return []
  const members = json.value as Readonly<Record<string, CanonicalValue>>
  const isRead = ['ledger.voucher', 'ledger.period-closed', 'statement'].includes(`${members.t}`)
  return isRead ? [{ index, sha256: sha256Hex(leaf), members }] : []
}

/** Vouchers and their leaves are the same, one for one, in the same places. */
function vouchersProblem(vouchers: readonly RecordedVoucher[], leaves: readonly ReadLeaf[]): string | null {
  const logged = new Map(
    leaves.filter(({ members }) => members.t === 'ledger.voucher').map(leaf => [leaf.index, leaf]),
  )
  const problem = firstProblem(vouchers, voucher => {
    const leaf = logged.get(voucher.leafIndex)
    logged.delete(voucher.leafIndex)
    if (leaf === undefined) return `${voucher.voucher}: not-logged`
    if (leaf.sha256 !== voucher.leafSha256) return `${voucher.voucher}: leaf`
    return firstProblem(Object.entries(loggedFormOf(voucher)), ([name, value]) => {
      const isSame = canonicalText(leaf.members[name] ?? null) === canonicalText(value)
      return isSame ? null : `${voucher.voucher}: ${name}`
    })
  })
  if (problem !== null) return problem
  const [left] = logged.values()
  return left === undefined ? null : `${left.members.voucher}: left-out`
}

/** The members of a voucher's leaf that the record tells too. */
function loggedFormOf(voucher: RecordedVoucher): Readonly<Record<string, CanonicalValue>> {
  return {
    voucher: voucher.voucher,
    kind: voucher.kind,
    occurred_on: voucher.occurredOn,
    period: voucher.period,
    narration: voucher.narration,
    postings: voucher.postings.map(({ fund, account, side, amountFen }) => ({
      fund,
      account,
      side,
      fen: amountFen.toString(),
    })),
    reverses: voucher.reverses,
    replaces: voucher.replaces,
    posted_at: voucher.postedAt,
  }
}

/** Debit equals credit within every fund, and the headline amount is the debit side. */
function postingsProblem({ voucher, postings, amountFen }: RecordedVoucher): string | null {
  const byFund = new Map<string, bigint>()
  for (const posting of postings) {
    const signed = posting.side === 'debit' ? posting.amountFen : -posting.amountFen
    byFund.set(posting.fund, (byFund.get(posting.fund) ?? 0n) + signed)
  }
  const off = [...byFund].find(([, sum]) => sum !== 0n)
  if (off !== undefined) return `${voucher}: ${off[0]} ${off[1]}`
  return voucherAmount(postings) === amountFen ? null : `${voucher}: amount`
}

/** Numbers of a fiscal year run from 1 without a gap. */
function numbersProblem(vouchers: readonly RecordedVoucher[]): string | null {
  const numbers = new Map<number, Set<number>>()
  for (const { voucher } of vouchers) {
    const key = parseVoucherKey(voucher)
    if (key === null) return `${voucher}: malformed`
    const known = numbers.get(key.fiscalYear) ?? new Set()
    if (known.has(key.number)) return `${voucher}: twice`
    numbers.set(key.fiscalYear, known.add(key.number))
  }
  return firstProblem(numbers, ([year, known]) => {
    for (let number = 1; number <= known.size; number++)
      if (!known.has(number)) return `${year}: ${number} missing`
    return null
  })
}

function balancesProblem({ accounts, balances, vouchers }: LedgerRecord): string | null {
  const derived = new Map(balancesOf(accounts, vouchers).map(row => [row.account, row.balanceFen]))
  if (balances.length !== derived.size) return `${balances.length} of ${derived.size}`
  return firstProblem(balances, ({ account, balanceFen }) =>
    derived.get(account) === balanceFen ? null : `${account}: ${balanceFen} for ${derived.get(account)}`,
  )
}

/** Every closed month has the trial balance and the number of vouchers that were logged when it was closed. */
function monthsProblem(vouchers: readonly RecordedVoucher[], leaves: readonly ReadLeaf[]): string | null {
  const turnovers = vouchers.flatMap(voucher => turnoversOf(voucher))
  const closings = leaves.filter(({ members }) => members.t === 'ledger.period-closed')
  return firstProblem(closings, ({ members }) => {
    const month = parsePeriod(`${members.period}`)
    if (!month.ok) return `${members.period}: malformed`
    const count = vouchers.filter(({ period }) => period === month.value).length
    if (members.vouchers !== count) return `${month.value}: ${count} of ${members.vouchers} vouchers`
    const derived = sha256Hex(encodeTrialBalance(trialBalance(turnovers, month.value)))
    return members.trial_balance_sha256 === derived ? null : `${month.value}: trial-balance`
  })
}

function turnoversOf({ period, postings }: RecordedVoucher): readonly AccountTurnover[] {
  const zero = 0n as AccountTurnover['debitFen']
  return postings.map(({ fund, account, side, amountFen }) => ({
    period: period as Period,
    fund,
    account,
    debitFen: side === 'debit' ? amountFen : zero,
    creditFen: side === 'credit' ? amountFen : zero,
  }))
}

/** Statements and their leaves are the same, one for one. */
function statementsProblem({ statements }: LedgerRecord, leaves: readonly ReadLeaf[]): string | null {
  const logged = new Map(
    leaves.filter(({ members }) => members.t === 'statement').map(leaf => [leaf.index, leaf]),
  )
  const problem = firstProblem(statements, ({ statementId, digest, leafIndex }) => {
    const leaf = logged.get(leafIndex)
    logged.delete(leafIndex)
    const isSame = leaf?.members.statement === statementId && leaf.members.sha256 === digest
    return isSame ? null : `${statementId}: not-logged`
  })
  if (problem !== null) return problem
  const [left] = logged.values()
  return left === undefined ? null : `${left.members.statement}: left-out`
}
