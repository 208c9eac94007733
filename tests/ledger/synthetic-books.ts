/** Years of bank lines and vouchers written straight into the tables, past every guard: for reading them, not for posting. */
import type { TestDatabase } from '../support/database.ts'

export interface SyntheticVoucher {
  readonly number: number
  readonly day: string
  readonly kind: 'receipt' | 'payment' | 'opening' | 'reversal'
  /** + into the account, - out of it. */
  readonly amountFen: bigint
  readonly lines: readonly string[]
  readonly reverses: number | null
}

export interface SyntheticLine {
  readonly id: string
  readonly day: string
  readonly amountFen: bigint
  readonly balanceFen: bigint | null
  readonly sequence: number
}

const quoted = (text: string) => `'${text}'`
const inserted = (table: string, columns: string, rows: readonly string[]) =>
  rows.length === 0
    ? ''
    : `insert into ${table} (${columns}) values ${rows.map(row => `(${row})`).join(',')};`

/** Vouchers are numbered within one fiscal year, whatever their day: only the key must be unique. */
export async function writeSyntheticBooks(
  database: TestDatabase,
  communityId: number,
  lines: readonly SyntheticLine[],
  vouchers: readonly SyntheticVoucher[],
): Promise<void> {
  const statements = ['set session_replication_role = replica;']
  const insert = (table: string, columns: string, rows: readonly string[]) => {
    for (let at = 0; at < rows.length; at += 2000)
      statements.push(inserted(table, columns, rows.slice(at, at + 2000)))
  }
  insert(
    'bank_line',
    'community_id, bank_line_id, account_code, import_id, source_line, booked_on, amount_fen, stated_fen, direction, balance_fen, is_reversal, line_key, occurrence, sequence',
    lines.map(
      (l, i) =>
        `${communityId}, ${quoted(l.id)}, '100201', 'import', ${i + 1}, ${quoted(l.day)}, ${l.amountFen}, ${l.amountFen}, ${quoted(l.amountFen < 0n ? 'out' : 'in')}, ${l.balanceFen ?? 'null'}, false, ${quoted(l.id)}, 1, ${l.sequence}`,
    ),
  )
  insert(
    'voucher',
    'community_id, fiscal_year, number, period, kind, occurred_on, narration, amount_fen, draft_id, revision, reverses_fiscal_year, reverses_number, posted_at, leaf_index, leaf_sha256',
    vouchers.map(
      v =>
        `${communityId}, 2016, ${v.number}, ${quoted(v.day.slice(0, 7))}, ${quoted(v.kind)}, ${quoted(v.day)}, 'x', ${v.amountFen < 0n ? -v.amountFen : v.amountFen}, 'draft-${v.number}', 1, ${v.reverses === null ? 'null, null' : `2016, ${v.reverses}`}, now(), ${v.number}, 'x'`,
    ),
  )
  const byNumber = new Map(vouchers.map(v => [v.number, v]))
  const account = (v: SyntheticVoucher) =>
    v.kind === 'opening' ? '3101' : v.amountFen < 0n ? '5103' : '410101'
  insert(
    'posting',
    'community_id, fiscal_year, number, line, fund_code, account_code, side, amount_fen',
    vouchers.flatMap(v => {
      const original = v.reverses === null ? undefined : byNumber.get(v.reverses)
      const isOut = (original ?? v).amountFen < 0n
      const amount = isOut ? -v.amountFen : v.amountFen // negative in a red entry, on the side of its original
      const sides = isOut ? ['credit', 'debit'] : ['debit', 'credit']
      return [
        `${communityId}, 2016, ${v.number}, 1, 'trust', '100201', ${quoted(sides[0]!)}, ${amount}`,
        `${communityId}, 2016, ${v.number}, 2, 'trust', ${quoted(account(original ?? v))}, ${quoted(sides[1]!)}, ${amount}`,
      ]
    }),
  )
  insert(
    'voucher_bank_line',
    'community_id, bank_line_id, fiscal_year, number',
    vouchers.flatMap(v => v.lines.map(id => `${communityId}, ${quoted(id)}, 2016, ${v.number}`)),
  )
  statements.push(`insert into account_turnover (community_id, period, fund_code, account_code, debit_fen, credit_fen)
    select community_id, v.period, p.fund_code, p.account_code,
      coalesce(sum(p.amount_fen) filter (where p.side = 'debit'), 0),
      coalesce(sum(p.amount_fen) filter (where p.side = 'credit'), 0)
    from posting p join voucher v using (community_id, fiscal_year, number) where community_id = ${communityId} group by 1, 2, 3, 4;`)
  for (const statement of statements) if (statement !== '') await database.asOwner(statement)
  await database.asOwner('set session_replication_role = origin')
}
