/**
 * Outside judges of the exported books: hledger and beancount read the journals of the demo community, and each account's
 * balance must be the portal's own to the fen. A journal with one figure changed must be refused by both.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { assert } from '#kernel'
import { judge, portalCommand, pythonWith } from './judge.ts'

const BEANCOUNT = ['beancount==3.2.0', 'beanquery==0.2.0']

/** Fen by account; accounts that stand at nothing left out, because the judges print them or not as they like. */
type Balances = Readonly<Record<string, string>>

function balancesOf(rows: readonly (readonly [account: string, fen: bigint])[]): Balances {
  return Object.fromEntries(
    rows
      .filter(([, fen]) => fen !== 0n)
      .map(([account, fen]) => [account, String(fen)] as const)
      .sort(),
  )
}

/** `-1,234.5` yuan in fen; whole numbers only, as the journal wrote them. */
function fenOfYuan(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text.replaceAll(',', '').trim())
  assert(match !== null, `the judge printed an amount: ${text}`)
  const fen = BigInt(match[2]!) * 100n + BigInt((match[3] ?? '').padEnd(2, '0'))
  return match[1] === '-' ? -fen : fen
}

async function hledgerBalances(path: string): Promise<Balances | null> {
  const { code, out, text } = await judge(
    'hledger',
    ...['-f', path, 'balance', '--flat', '--no-total', '--empty', '--layout=bare', '-O', 'csv'],
  )
  if (code !== 0) {
    assert(/balanced|could not/i.test(text), `hledger says why: ${text}`)
    return null
  }
  const rows = parse(out, { columns: true }) as { account: string; commodity: string; balance: string }[]
  return balancesOf(rows.map(({ account, balance }) => [account, fenOfYuan(balance)]))
}

async function beancountBalances(path: string): Promise<Balances | null> {
  const bin = pythonWith(...BEANCOUNT)
  const checked = await judge(join(bin, 'bean-check'), path)
  if (checked.code !== 0) {
    assert(checked.text.includes('does not balance'), `beancount says why: ${checked.text}`)
    return null
  }
  const query = 'SELECT account, sum(number) AS balance GROUP BY account'
  const { out } = await judge(join(bin, 'bean-query'), '-f', 'csv', path, query)
  const rows = parse(out, { columns: true, trim: true }) as { account: string; balance: string }[]
  return balancesOf(rows.map(({ account, balance }) => [account, fenOfYuan(balance)]))
}

/** The journal with one figure of its last entry a fen larger. */
function tampered(journal: string): string {
  const at = journal.trimEnd().lastIndexOf('\n')
  const line = journal.slice(at).trimEnd()
  const digit = (Number(/\d(?=(?: CNY)?$)/.exec(line)?.[0]) + 1) % 10
  return `${journal.slice(0, at)}${line.replace(/\d(?=(?: CNY)?$)/, String(digit))}\n`
}

/** Lets both tools read the demo's books; resolves to one line for each thing seen. Throws at the first disagreement. */
export async function judgeJournals(): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-journals-'))
  const settings = { PORTAL_DATA: join(directory, 'data'), LOG_LEVEL: 'silent' }
  const path = (name: string) => join(directory, name)
  try {
    const seeded = await portalCommand(settings, 'demo')
    assert(seeded.code === 0, `the demo is seeded: ${seeded.text}`)
    for (const format of ['json', 'hledger', 'beancount']) {
      const to = path(`books.${format}`)
      const exported = await portalCommand(
        settings,
        ...['export', '--community', 'demo', '--format', format, '--out', to],
      )
      assert(exported.code === 0, `the books are exported: ${exported.text}`)
    }
    const books = JSON.parse(readFileSync(path('books.json'), 'utf8')) as {
      readonly balances: readonly { account: string; balanceFen: string }[]
      readonly vouchers: readonly unknown[]
    }
    const ours = balancesOf(books.balances.map(({ account, balanceFen }) => [account, BigInt(balanceFen)]))
    assert(Object.keys(ours).length > 10 && books.vouchers.length > 100, 'the books are not empty')
    const lines: string[] = []
    for (const [format, read] of [
      ['hledger', hledgerBalances],
      ['beancount', beancountBalances],
    ] as const) {
      const journal = readFileSync(path(`books.${format}`), 'utf8')
      const theirs = await read(path(`books.${format}`))
      assert(
        JSON.stringify(theirs) === JSON.stringify(ours),
        `${format} agrees:\n${JSON.stringify(theirs)}\n${JSON.stringify(ours)}`,
      )
      writeFileSync(path(`forged.${format}`), tampered(journal))
      assert((await read(path(`forged.${format}`))) === null, `${format} refuses a changed figure`)
      lines.push(
        `${format}: ${books.vouchers.length} vouchers, ${Object.keys(ours).length} balances to the fen; a changed figure is refused`,
      )
    }
    return lines
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
