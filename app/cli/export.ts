/**
 * `export --community C --format beancount|hledger|csv|json|archive --out PATH [--poll ID]`: the public record in formats
 * that other people's tools read; `archive` is one zip that `recompute` takes. Holds what the public pages show, no more.
 */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { packArchive, readAllVouchers, readArchive, readLedgerRecord } from '#archive/server'
import { CSV_START, csvRecord, firstDayOf } from '#kernel'
import { formatJournal, formatVoucherKey } from '#ledger'
import { type LedgerCommunity, readChart } from '#ledger/server'
import type { Portal } from '#platform'
import { openPublisher, publishCheckpoint } from '#tlog/server'
import {
  type ExitCode,
  inBothLanguages,
  print,
  readArguments,
  requireCommunity,
  requireOption,
  WrongUse,
  withPortal,
} from './command-line.ts'

const FORMATS = ['beancount', 'hledger', 'csv', 'json', 'archive'] as const
type Format = (typeof FORMATS)[number]

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

function isFormat(text: string): text is Format {
  return (FORMATS as readonly string[]).includes(text)
}

/**
 * The whole public record, or one poll with the log that proves it, as the bytes of a zip. Signs a checkpoint first where the
 * newest does not cover the log and nobody else is signing.
 */
async function archiveOf(
  portal: Portal,
  community: LedgerCommunity,
  poll: string | undefined,
): Promise<Uint8Array> {
  await publishCheckpoint(openPublisher(portal), community.communityId)
  const readme = inBothLanguages('cli.archiveReadme')
  const files = await readArchive(portal, community, { poll: poll ?? null, readme })
  if (files.ok) return packArchive(files.value)
  if (files.error === 'log-unpublished') throw new WrongUse('cli.logUnpublished')
  throw new WrongUse('cli.pollUnknown', { poll: poll ?? '' })
}

function bodyOf(
  portal: Portal,
  community: LedgerCommunity,
  format: Format,
  poll: string | undefined,
): Promise<string | Uint8Array> {
  switch (format) {
    case 'archive':
      return archiveOf(portal, community, poll)
    case 'json':
      return readLedgerRecord(portal, community)
    case 'csv':
      return csvOf(portal, community)
    default:
      return journalOf(portal, community, format)
  }
}

/** Runs the command; resolves to the exit code. */
export async function exportCommand(args: string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    community: { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string' },
    poll: { type: 'string' },
  })
  if (positionals.length > 0) throw new WrongUse('cli.usage')
  const format = requireOption(values.format, '--format')
  if (!isFormat(format)) throw new WrongUse('cli.formatUnknown', { format })
  if (values.poll !== undefined && format !== 'archive') throw new WrongUse('cli.usage')
  const out = requireOption(values.out, '--out')
  return withPortal(async portal => {
    const community = await requireCommunity(portal, values.community)
    const body = await bodyOf(portal, community, format, values.poll)
    await writeFile(resolve(process.env.INIT_CWD ?? process.cwd(), out), body)
    await print(inBothLanguages('cli.written', { path: out }))
    return 0
  })
}
