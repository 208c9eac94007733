/**
 * `export --community C --format beancount|hledger|csv|json --out PATH`: the public record in formats that other people's
 * tools read. Holds what the public pages show, no more.
 */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CSV_START, csvRecord, firstDayOf, formatInstant, period } from '#kernel'
import { formatJournal, formatVoucherKey, journalAccount } from '#ledger'
import {
  type LedgerCommunity,
  readChart,
  readTurnovers,
  readVouchersAfter,
  type VoucherWithPostings,
} from '#ledger/server'
import type { Portal } from '#platform'
import { readStatements } from '#statements/server'
import {
  type ExitCode,
  inBothLanguages,
  jsonText,
  print,
  readArguments,
  requireCommunity,
  requireOption,
  WrongUse,
  withPortal,
} from './command-line.ts'

const FORMATS = ['beancount', 'hledger', 'csv', 'json'] as const
type Format = (typeof FORMATS)[number]

async function readAllVouchers(portal: Portal, communityId: number): Promise<VoucherWithPostings[]> {
  const all: VoucherWithPostings[] = []
  for (;;) {
    const page = await readVouchersAfter(portal.db, communityId, all.at(-1)?.key ?? null, 500)
    if (page.length === 0) return all
    all.push(...page)
  }
}

async function journalOf(
  portal: Portal,
  community: LedgerCommunity,
  format: 'beancount' | 'hledger',
): Promise<string> {
  const chart = await readChart(portal.db, community.communityId)
  return formatJournal(format, {
    community: community.name,
    accounts: chart.accounts,
    funds: chart.funds,
    firstDay: firstDayOf(community.firstPeriod),
    vouchers: await readAllVouchers(portal, community.communityId),
  })
}

async function csvOf(portal: Portal, community: LedgerCommunity): Promise<string> {
  const chart = await readChart(portal.db, community.communityId)
  const nameOf = (code: string) => chart.accounts.find(account => account.code === code)?.nameZh ?? code
  const head = [
    'voucher',
    'kind',
    'date',
    'period',
    'narration',
    'line',
    'fund',
    'account',
    'account_name',
    'debit',
    'credit',
    'leaf_index',
    'leaf_sha256',
  ]
  const records = (await readAllVouchers(portal, community.communityId)).flatMap(voucher =>
    voucher.postings.map((posting, index) =>
      csvRecord([
        { text: formatVoucherKey(voucher.key) },
        { text: voucher.kind },
        { text: voucher.occurredOn },
        { text: voucher.period },
        { text: voucher.narration },
        { number: index + 1 },
        { text: posting.fund },
        { text: posting.account },
        { text: nameOf(posting.account) },
        posting.side === 'debit' ? { amount: posting.amountFen } : { text: '' },
        posting.side === 'credit' ? { amount: posting.amountFen } : { text: '' },
        { number: voucher.leafIndex },
        { text: voucher.leafSha256 },
      ]),
    ),
  )
  return CSV_START + csvRecord(head.map(text => ({ text }))) + records.join('')
}

async function jsonOf(portal: Portal, community: LedgerCommunity): Promise<string> {
  const { communityId, slug, name, nameEn, district, logOrigin, firstPeriod } = community
  const chart = await readChart(portal.db, communityId)
  const turnovers = await readTurnovers(portal.db, communityId, period('2199-12'))
  const balances = new Map<string, bigint>()
  for (const turnover of turnovers) {
    const account = journalAccount(chart.accounts, turnover.fund, turnover.account)
    balances.set(account, (balances.get(account) ?? 0n) + turnover.debitFen - turnover.creditFen)
  }
  const vouchers = await readAllVouchers(portal, communityId)
  const statements = await readStatements(portal, community)
  return jsonText({
    format: 'mingzhang-export/1',
    community: { slug, name, nameEn, district, logOrigin, firstPeriod },
    currency: 'CNY',
    unit: 'fen',
    funds: chart.funds,
    accounts: chart.accounts,
    balances: [...balances]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([account, balanceFen]) => ({ account, balanceFen })),
    vouchers: vouchers.map(({ key, reverses, replaces, postedAt, ...voucher }) => ({
      voucher: formatVoucherKey(key),
      ...voucher,
      reverses: reverses === null ? null : formatVoucherKey(reverses),
      replaces: replaces === null ? null : formatVoucherKey(replaces),
      postedAt: formatInstant(postedAt),
    })),
    statements: statements.map(({ issuedAt, ...statement }) => ({
      ...statement,
      issuedAt: formatInstant(issuedAt),
    })),
  })
}

function isFormat(text: string): text is Format {
  return (FORMATS as readonly string[]).includes(text)
}

/** Runs the command; resolves to the exit code. */
export async function exportCommand(args: string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    community: { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string' },
  })
  if (positionals.length > 0) throw new WrongUse('cli.usage')
  const format = requireOption(values.format, '--format')
  if (!isFormat(format)) throw new WrongUse('cli.formatUnknown', { format })
  const out = requireOption(values.out, '--out')
  return withPortal(async portal => {
    const community = await requireCommunity(portal, values.community)
    const text =
      format === 'json'
        ? await jsonOf(portal, community)
        : format === 'csv'
          ? await csvOf(portal, community)
          : await journalOf(portal, community, format)
    await writeFile(resolve(process.env.INIT_CWD ?? process.cwd(), out), text)
    await print(inBothLanguages('cli.written', { path: out }))
    return 0
  })
}
