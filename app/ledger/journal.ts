/**
 * The ledger as plain-text accounting journals, so that anybody recomputes every balance with tools that are not ours
 * (beancount, hledger). Pure; a journal holds what the public may see and nothing else.
 */
import { type CivilDate, type Fen, fen, formatYuanPlain } from '#kernel'
import { type Account, type AccountType, accountByCode } from './account.ts'
import type { Posting } from './posting.ts'
import { formatVoucherKey, type VoucherKey } from './voucher.ts'

export type JournalFormat = 'beancount' | 'hledger'

export interface JournalVoucher {
  readonly key: VoucherKey
  readonly occurredOn: CivilDate
  readonly narration: string
  readonly postings: readonly Posting[]
  readonly leafSha256: string
}

export interface JournalSource {
  readonly community: string
  readonly accounts: readonly Account[]
  readonly funds: readonly { readonly code: string }[]
  readonly firstDay: CivilDate
  readonly vouchers: readonly JournalVoucher[]
}

/** The five roots every plain-text accounting tool knows. */
const ROOT: Readonly<Record<AccountType, string>> = {
  cash: 'Assets',
  interfund: 'Assets',
  liability: 'Liabilities',
  balance: 'Equity',
  income: 'Income',
  expense: 'Expenses',
}

/** `Assets:Trust:100201`: root by type, then fund, then account code. */
export function journalAccount(accounts: readonly Account[], fund: string, code: string): string {
  const account = accountByCode(accounts, code)
  if (account === null) throw new Error(`invariant broken: posting on unknown account ${code}`)
  return `${ROOT[account.type]}:${fund.charAt(0).toUpperCase()}${fund.slice(1)}:${code}`
}

/** Debit positive, credit negative, as journals write it. */
function signed(posting: Posting): Fen {
  return posting.side === 'debit' ? posting.amountFen : fen(-posting.amountFen)
}

function quoted(text: string): string {
  return `"${text
    .replace(/[\r\n\t]+/g, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')}"`
}

/** hledger ends a description at a semicolon and splits it at a bar: their full-width forms say the same to people. */
function plainDescription(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replaceAll(';', '；')
    .replaceAll('|', '｜')
}

function usedAccounts(source: JournalSource): { name: string; nameZh: string }[] {
  const used = new Map<string, string>()
  for (const posting of source.vouchers.flatMap(voucher => voucher.postings)) {
    const name = journalAccount(source.accounts, posting.fund, posting.account)
    used.set(name, accountByCode(source.accounts, posting.account)?.nameZh ?? '')
  }
  return [...used].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, nameZh]) => ({ name, nameZh }))
}

function beancount(source: JournalSource): string {
  const opens = usedAccounts(source).map(
    ({ name, nameZh }) => `${source.firstDay} open ${name} CNY\n  name: ${quoted(nameZh)}`,
  )
  const entries = source.vouchers.map(voucher => {
    const key = formatVoucherKey(voucher.key)
    const lines = voucher.postings.map(
      posting =>
        `  ${journalAccount(source.accounts, posting.fund, posting.account)}  ${formatYuanPlain(signed(posting))} CNY`,
    )
    const head = `${voucher.occurredOn} * ${quoted(voucher.narration)} ^voucher-${key}`
    return [head, `  leaf: ${quoted(voucher.leafSha256)}`, ...lines].join('\n')
  })
  const head = [`option "title" ${quoted(source.community)}`, 'option "operating_currency" "CNY"']
  return `${[head.join('\n'), opens.join('\n'), ...entries].join('\n\n')}\n`
}

function hledger(source: JournalSource): string {
  const declared = usedAccounts(source).map(
    ({ name, nameZh }) => `account ${name}  ; ${plainDescription(nameZh)}`,
  )
  const entries = source.vouchers.map(voucher => {
    const lines = voucher.postings.map(
      posting =>
        `    ${journalAccount(source.accounts, posting.fund, posting.account)}  CNY ${formatYuanPlain(signed(posting))}`,
    )
    const head = `${voucher.occurredOn} * (${formatVoucherKey(voucher.key)}) ${plainDescription(voucher.narration)}`
    return [head, `    ; leaf: ${voucher.leafSha256}`, ...lines].join('\n')
  })
  const head = [`; ${plainDescription(source.community)}`, 'commodity CNY 1000.00']
  return `${[head.join('\n'), declared.join('\n'), ...entries].join('\n\n')}\n`
}

/** The whole journal in the format of the tool. */
export function formatJournal(format: JournalFormat, source: JournalSource): string {
  return format === 'beancount' ? beancount(source) : hledger(source)
}
