/**
 * The public record of a ledger as one JSON text: what the public pages show, no more. Made here for `export` and for the
 * archive, and read here again to be checked. Amounts are decimal texts of fen.
 */
import { err, formatInstant, ok, type Result } from '#kernel'
import {
  type Account,
  type Fund,
  formatVoucherKey,
  journalAccount,
  type Posting,
  type VoucherKey,
} from '#ledger'

const FORMAT = 'mingzhang-export/1'

/** What the record is made from, as the rooms read it. */
export interface LedgerSource {
  readonly community: {
    readonly slug: string
    readonly name: string
    readonly nameEn: string
    readonly district: string
    readonly logOrigin: string
    readonly firstPeriod: string
  }
  readonly funds: readonly Fund[]
  readonly accounts: readonly Account[]
  readonly vouchers: readonly SourceVoucher[]
  readonly statements: readonly SourceStatement[]
}

/** A posted voucher. */
export interface SourceVoucher {
  readonly key: VoucherKey
  readonly kind: string
  readonly period: string
  readonly occurredOn: string
  readonly narration: string
  readonly amountFen: bigint
  readonly reverses: VoucherKey | null
  readonly replaces: VoucherKey | null
  readonly postedAt: Date
  readonly leafIndex: number
  readonly leafSha256: string
  readonly postings: readonly Posting[]
}

/** An issued statement. */
export interface SourceStatement {
  readonly statementId: string
  readonly digest: string
  readonly leafIndex: number
  readonly issuedAt: Date
}

/** The record's text. */
export function ledgerRecordText(source: LedgerSource): string {
  const { slug, name, nameEn, district, logOrigin, firstPeriod } = source.community
  const record = {
    format: FORMAT,
    community: { slug, name, nameEn, district, logOrigin, firstPeriod },
    currency: 'CNY',
    unit: 'fen',
    funds: source.funds,
    accounts: source.accounts,
    balances: balancesOf(source.accounts, source.vouchers),
    vouchers: source.vouchers.map(({ key, reverses, replaces, postedAt, ...voucher }) => ({
      voucher: formatVoucherKey(key),
      ...voucher,
      reverses: reverses === null ? null : formatVoucherKey(reverses),
      replaces: replaces === null ? null : formatVoucherKey(replaces),
      postedAt: formatInstant(postedAt),
    })),
    statements: source.statements.map(({ issuedAt, ...statement }) => ({
      ...statement,
      issuedAt: formatInstant(issuedAt),
    })),
  }
  const exact = (_: string, member: unknown) => (typeof member === 'bigint' ? member.toString() : member)
  return JSON.stringify(record, exact, 2)
}

/** What every account of every fund holds, debit positive, under the names of the journals. */
export function balancesOf(
  accounts: readonly Account[],
  vouchers: readonly { readonly postings: readonly Posting[] }[],
): readonly { readonly account: string; readonly balanceFen: bigint }[] {
  const balances = new Map<string, bigint>()
  for (const { fund, account, side, amountFen } of vouchers.flatMap(({ postings }) => postings)) {
    const name = journalAccount(accounts, fund, account)
    balances.set(name, (balances.get(name) ?? 0n) + (side === 'debit' ? amountFen : -amountFen))
  }
  return [...balances]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, balanceFen]) => ({ account, balanceFen }))
}

/** A voucher as the record says it. */
export interface RecordedVoucher {
  readonly voucher: string
  readonly kind: string
  readonly period: string
  readonly occurredOn: string
  readonly narration: string
  readonly amountFen: bigint
  readonly reverses: string | null
  readonly replaces: string | null
  readonly postedAt: string
  readonly leafIndex: number
  readonly leafSha256: string
  readonly postings: readonly Posting[]
}

/** The record read again. */
export interface LedgerRecord {
  readonly community: { readonly slug: string; readonly logOrigin: string }
  readonly accounts: readonly Account[]
  readonly balances: readonly { readonly account: string; readonly balanceFen: bigint }[]
  readonly vouchers: readonly RecordedVoucher[]
  readonly statements: readonly {
    readonly statementId: string
    readonly digest: string
    readonly leafIndex: number
  }[]
}

/** Thrown and caught in this file: the place where the record is not what it must be. */
class Malformed extends Error {}

/** Reads a record; the first place that is not as it must be is named. */
export function parseLedgerRecord(bytes: Uint8Array): Result<LedgerRecord, { readonly at: string }> {
  try {
    const record = recordOf(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), 'record')
    if (record.format !== FORMAT) throw new Malformed('format')
    const community = recordOf(record.community, 'community')
    return ok({
      community: { slug: text(community.slug, 'slug'), logOrigin: text(community.logOrigin, 'logOrigin') },
      accounts: list(record.accounts, 'accounts').map((each, i) => account(each, `accounts[${i}]`)),
      balances: list(record.balances, 'balances').map((each, i) => {
        const row = recordOf(each, `balances[${i}]`)
        return {
          account: text(row.account, `balances[${i}]`),
          balanceFen: fenOf(row.balanceFen, `balances[${i}]`),
        }
      }),
      vouchers: list(record.vouchers, 'vouchers').map((each, i) => voucher(each, `vouchers[${i}]`)),
      statements: list(record.statements, 'statements').map((each, i) => {
        const at = `statements[${i}]`
        const row = recordOf(each, at)
        return {
          statementId: text(row.statementId, at),
          digest: text(row.digest, at),
          leafIndex: whole(row.leafIndex, at),
        }
      }),
    })
  } catch (problem) {
    if (problem instanceof Malformed) return err({ at: problem.message })
    // No JSON, or no UTF-8.
    return err({ at: 'record' })
  }
}

function recordOf(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new Malformed(at)
  return value as Readonly<Record<string, unknown>>
}

function list(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Malformed(at)
  return value
}

function text(value: unknown, at: string): string {
  if (typeof value !== 'string') throw new Malformed(at)
  return value
}

function textOrNull(value: unknown, at: string): string | null {
  return value === null ? null : text(value, at)
}

function whole(value: unknown, at: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new Malformed(at)
  return value as number
}

function fenOf(value: unknown, at: string): bigint {
  if (typeof value !== 'string' || !/^-?(0|[1-9]\d{0,30})$/.test(value)) throw new Malformed(at)
  return BigInt(value)
}

const ACCOUNT_TYPES: readonly unknown[] = ['cash', 'interfund', 'liability', 'balance', 'income', 'expense']

function account(value: unknown, at: string): Account {
  const row = recordOf(value, at)
  if (!ACCOUNT_TYPES.includes(row.type)) throw new Malformed(at)
  return {
    code: text(row.code, at),
    type: row.type as Account['type'],
    nameZh: text(row.nameZh, at),
    nameEn: text(row.nameEn, at),
  }
}

function voucher(value: unknown, at: string): RecordedVoucher {
  const row = recordOf(value, at)
  return {
    voucher: text(row.voucher, at),
    kind: text(row.kind, at),
    period: text(row.period, at),
    occurredOn: text(row.occurredOn, at),
    narration: text(row.narration, at),
    amountFen: fenOf(row.amountFen, at),
    reverses: textOrNull(row.reverses, at),
    replaces: textOrNull(row.replaces, at),
    postedAt: text(row.postedAt, at),
    leafIndex: whole(row.leafIndex, at),
    leafSha256: text(row.leafSha256, at),
    postings: list(row.postings, at).map((each, i) => posting(each, `${at}.postings[${i}]`)),
  }
}

function posting(value: unknown, at: string): Posting {
  const row = recordOf(value, at)
  if (row.side !== 'debit' && row.side !== 'credit') throw new Malformed(at)
  return {
    fund: text(row.fund, at),
    account: text(row.account, at),
    side: row.side,
    amountFen: fenOf(row.amountFen, at) as Posting['amountFen'],
  }
}
