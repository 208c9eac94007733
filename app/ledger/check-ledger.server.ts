/**
 * The re-deriver (fsck) of a ledger: recomputes every sum, digest and leaf from the rows beneath and names what is off.
 * Reads only; an independent way to each figure, never the code path that wrote it.
 */
import type { Tx } from '#db'
import {
  countVouchers,
  listApprovals,
  listClosedPeriods,
  listDraftPayees,
  listLeafSecrets,
  listStoredDigests,
  listTurnovers,
  listTwiceHeldLines,
  listVoucherBankLines,
  listVoucherDocuments,
  listVouchersOffTheirLines,
  readDraftRevision,
  sumPostings,
} from '#db/ledger'
import { readEntries } from '#db/tlog'
import { equalBytes, fen, type Period, parseCanonical, period, saltedDigest, sha256Hex } from '#kernel'
import type { Portal } from '#platform'
import { inStepOrder, requiredSteps } from './approval.ts'
import { type AccountTurnover, encodeTrialBalance, trialBalance, unbalancedFunds } from './balance.ts'
import { checkBudgets } from './check-budgets.server.ts'
import { checkColumnMappings } from './check-column-mappings.server.ts'
import { checkControlChanges } from './check-controls.server.ts'
import { checkPaymentNotes } from './check-payment-notes.server.ts'
import { periodClosedLeaf, voucherLeaf } from './leaf.ts'
import { redPostings, turnover, voucherAmount } from './posting.ts'
import { type Chart, type LedgerCommunity, readChart } from './read-chart.server.ts'
import { controlsAt, readControlVersions } from './read-controls.server.ts'
import { readVouchersAfter } from './read-vouchers.server.ts'
import { type DraftContent, decodeDraft, draftDigest, encodeDraft, formatVoucherKey } from './voucher.ts'

/** The invariants of the books, as the health page names them. */
export const LEDGER_INVARIANTS = [
  'voucher-balances',
  'voucher-numbers-continuous',
  'voucher-matches-draft',
  'voucher-approved',
  'voucher-in-log',
  'reversal-mirrors',
  'turnover-adds-up',
  'trial-balance-zero',
  'bank-line-held-once',
  'bank-lines-add-up',
  'closed-period-unchanged',
  'document-intact',
  'control-in-log',
  'columns-by-two',
  'budget-by-vote',
  'payment-note-in-log',
] as const

export type LedgerInvariant = (typeof LEDGER_INVARIANTS)[number]

/** One row at fault: the voucher, month, bank line or document, and what was found there. */
export interface LedgerFinding {
  readonly invariant: LedgerInvariant
  readonly reference: string
  readonly found: string
}

export interface LedgerCheck {
  readonly vouchers: number
  readonly findings: readonly LedgerFinding[]
}

/** What a voucher is judged by: the chart, and every version of the community's rules. */
interface Rules {
  readonly chart: Chart
  readonly versions: Awaited<ReturnType<typeof readControlVersions>>
}

type StoredVoucher = Awaited<ReturnType<typeof readVouchersAfter>>[number]

/** Collects what is off. */
class Findings {
  readonly list: LedgerFinding[] = []

  expect(holds: boolean, invariant: LedgerInvariant, reference: string, found: string): void {
    if (!holds) this.list.push({ invariant, reference, found })
  }
}

async function rebuildLeaf(
  tx: Tx,
  community: LedgerCommunity,
  voucher: StoredVoucher,
  content: DraftContent,
) {
  const { communityId } = community
  const approvals = (await listApprovals(tx, communityId, [voucher.draftId])).filter(
    approval => approval.revision === voucher.revision,
  )
  const secrets = await listLeafSecrets(tx, communityId, BigInt(voucher.leafIndex))
  const steps = inStepOrder(approvals).map(approval => {
    const secret = secrets.find(candidate => candidate.name === `by/${approval.step}`)
    const byDigest = secret === undefined ? null : saltedDigest(secret.salt, secret.name, secret.value)
    return { step: approval.step, at: approval.approved_at, role: approval.role, byDigest }
  })
  // Once a person is erased their salt is gone and the leaf can no longer be rebuilt, only found by its digest.
  if (steps.some(step => step.byDigest === null)) return null
  return voucherLeaf(
    community.logOrigin,
    voucher.key,
    voucher.period,
    content,
    steps.map(step => ({ ...step, byDigest: step.byDigest! })),
    voucher.postedAt,
  )
}

function rowsEqualContent(
  voucher: StoredVoucher,
  content: DraftContent,
  documents: string[],
  lines: string[],
): boolean {
  const rows: DraftContent = {
    version: content.version,
    kind: voucher.kind,
    occurredOn: voucher.occurredOn,
    narration: voucher.narration,
    postings: voucher.postings,
    payee: content.payee,
    documents,
    bankLines: content.bankLines,
    reverses: voucher.reverses,
    replaces: voucher.replaces,
  }
  const sameLines = [...content.bankLines].sort().join() === [...lines].sort().join()
  return sameLines && equalBytes(encodeDraft(rows), encodeDraft(content))
}

/** True when the name kept beside a draft is the one its digest stands for, or was erased. */
async function isPayeeOwn(
  tx: Tx,
  communityId: number,
  voucher: StoredVoucher,
  { payee }: DraftContent,
): Promise<boolean> {
  const kept = await listDraftPayees(tx, communityId, [voucher.draftId])
  const person = kept.find(row => row.revision === voucher.revision)
  if (person === undefined) return true
  return payee?.kind === 'person' && saltedDigest(person.salt, 'payee', person.name) === payee.digest
}

async function checkVoucher(
  tx: Tx,
  community: LedgerCommunity,
  { chart, versions }: Rules,
  voucher: StoredVoucher,
  findings: Findings,
): Promise<void> {
  const { communityId } = community
  const name = formatVoucherKey(voucher.key)
  for (const fund of new Set(voucher.postings.map(p => p.fund))) {
    const sums = turnover(voucher.postings, p => p.fund === fund)
    findings.expect(
      sums.debitFen === sums.creditFen,
      'voucher-balances',
      name,
      `${fund}: ${sums.debitFen} ≠ ${sums.creditFen}`,
    )
  }
  const amount = voucherAmount(voucher.postings)
  findings.expect(voucher.amountFen === amount, 'voucher-balances', name, `${voucher.amountFen} ≠ ${amount}`)
  const draft = await readDraftRevision(tx, communityId, voucher.draftId, voucher.revision)
  if (draft === undefined) {
    findings.expect(false, 'voucher-matches-draft', name, voucher.draftId)
    return
  }
  const content = decodedOrNull(draft.content)
  if (content === null) {
    findings.expect(false, 'voucher-matches-draft', name, draft.content_digest)
    return
  }
  const documents = await listVoucherDocuments(tx, communityId, voucher.key)
  const lines = await listVoucherBankLines(tx, communityId, voucher.key)
  const isSame =
    rowsEqualContent(voucher, content, documents, lines) &&
    (await isPayeeOwn(tx, communityId, voucher, content))
  findings.expect(isSame, 'voucher-matches-draft', name, draft.content_digest)
  const approvals = (await listApprovals(tx, communityId, [voucher.draftId])).filter(
    approval => approval.revision === voucher.revision,
  )
  const digest = draftDigest(content)
  const required = requiredSteps(content, chart.accounts, controlsAt(versions, voucher.leafIndex))
  const approved =
    required.every(step => approvals.some(a => a.step === step && a.content_digest === digest)) &&
    new Set(approvals.map(a => a.user_id)).size === approvals.length
  findings.expect(approved, 'voucher-approved', name, approvals.map(a => a.step).join(', '))
  const [entry] = await readEntries(tx, communityId, voucher.leafIndex, 1)
  const logged = entry !== undefined && sha256Hex(entry.entry) === voucher.leafSha256
  const leaf = logged ? await rebuildLeaf(tx, community, voucher, content) : null
  const same = logged && (leaf === null || equalBytes(leaf, entry.entry))
  findings.expect(same, 'voucher-in-log', name, String(voucher.leafIndex))
}

/** What the draft says; null when its bytes are none that we ever stored: a finding, not the end of the check. */
function decodedOrNull(bytes: Uint8Array): DraftContent | null {
  try {
    return decodeDraft(bytes)
  } catch {
    return null
  }
}

async function checkVouchers(
  tx: Tx,
  community: LedgerCommunity,
  rules: Rules,
  findings: Findings,
): Promise<ReadonlyMap<string, StoredVoucher>> {
  const seen = new Map<string, StoredVoucher>()
  let after: StoredVoucher['key'] | null = null
  let last: StoredVoucher['key'] = { fiscalYear: 0, number: 0 }
  for (;;) {
    const page: StoredVoucher[] = await readVouchersAfter(tx, community.communityId, after, 200)
    if (page.length === 0) return seen
    for (const voucher of page) {
      const name = formatVoucherKey(voucher.key)
      const expected = voucher.key.fiscalYear === last.fiscalYear ? last.number + 1 : 1
      findings.expect(voucher.key.number === expected, 'voucher-numbers-continuous', name, String(expected))
      last = voucher.key
      seen.set(name, voucher)
      await checkVoucher(tx, community, rules, voucher, findings)
      if (voucher.reverses !== null) {
        const original = seen.get(formatVoucherKey(voucher.reverses))
        const mirrors =
          original !== undefined &&
          JSON.stringify(redPostings(original.postings), (_, v) =>
            typeof v === 'bigint' ? v.toString() : v,
          ) === JSON.stringify(voucher.postings, (_, v) => (typeof v === 'bigint' ? v.toString() : v))
        findings.expect(mirrors, 'reversal-mirrors', name, formatVoucherKey(voucher.reverses))
      }
    }
    after = page.at(-1)!.key
  }
}

async function checkTurnovers(tx: Tx, communityId: number, findings: Findings): Promise<AccountTurnover[]> {
  const summed = await sumPostings(tx, communityId)
  const stored = await listTurnovers(tx, communityId, '9999-12')
  const keyOf = (row: { period: string; fund_code: string; account_code: string }) =>
    `${row.period} ${row.fund_code} ${row.account_code}`
  const storedByKey = new Map(stored.map(row => [keyOf(row), row]))
  for (const row of summed) {
    const rollUp = storedByKey.get(keyOf(row))
    const same = rollUp?.debit_fen === row.debit_fen && rollUp.credit_fen === row.credit_fen
    findings.expect(
      same,
      'turnover-adds-up',
      keyOf(row),
      `${rollUp?.debit_fen}/${rollUp?.credit_fen} ≠ ${row.debit_fen}/${row.credit_fen}`,
    )
    storedByKey.delete(keyOf(row))
  }
  for (const [key, row] of storedByKey) {
    findings.expect(
      row.debit_fen === 0n && row.credit_fen === 0n,
      'turnover-adds-up',
      key,
      `${row.debit_fen}/${row.credit_fen} ≠ 0/0`,
    )
  }
  return summed.map(row => ({
    period: period(row.period),
    fund: row.fund_code,
    account: row.account_code,
    debitFen: fen(row.debit_fen),
    creditFen: fen(row.credit_fen),
  }))
}

const ENTRIES_AT_ONCE = 1000

/** Every voucher that the log holds must be in the books under that key: a row removed with all that hung on it leaves its leaf. */
async function checkLoggedVouchers(
  tx: Tx,
  communityId: number,
  vouchers: ReadonlyMap<string, StoredVoucher>,
  findings: Findings,
): Promise<void> {
  for (let first = 0; ; first += ENTRIES_AT_ONCE) {
    const entries = await readEntries(tx, communityId, first, ENTRIES_AT_ONCE)
    for (const { index, entry } of entries) {
      const leaf = parseCanonical(entry)
      const { t, voucher } = (leaf.ok ? leaf.value : {}) as { t?: string; voucher?: string }
      if (t !== 'ledger.voucher' || voucher === undefined) continue
      findings.expect(vouchers.get(voucher)?.leafIndex === index, 'voucher-in-log', voucher, String(index))
    }
    if (entries.length < ENTRIES_AT_ONCE) return
  }
}

async function checkClosedPeriods(
  tx: Tx,
  community: LedgerCommunity,
  turnovers: readonly AccountTurnover[],
  findings: Findings,
): Promise<void> {
  const { communityId, logOrigin } = community
  for (const closed of await listClosedPeriods(tx, communityId)) {
    const month: Period = period(closed.period)
    const digest = sha256Hex(closed.trial_balance)
    const derived = encodeTrialBalance(trialBalance(turnovers, month))
    const vouchers = await countVouchers(tx, communityId, month)
    const leaf = periodClosedLeaf(logOrigin, month, digest, vouchers, closed.closed_at)
    const [entry] = await readEntries(tx, communityId, Number(closed.leaf_index), 1)
    const logged = entry !== undefined && equalBytes(leaf, entry.entry)
    findings.expect(
      logged && equalBytes(derived, closed.trial_balance),
      'closed-period-unchanged',
      month,
      digest,
    )
  }
}

async function checkDocuments(portal: Portal, communityId: number, findings: Findings): Promise<void> {
  for (const digest of await listStoredDigests(portal.db, communityId)) {
    const bytes = await portal.objects.read(digest).catch(() => null)
    findings.expect(bytes !== null, 'document-intact', digest, 'missing')
  }
}

/** Checks every invariant of one community's books; no finding is a clean bill. */
export async function checkLedger(portal: Portal, community: LedgerCommunity): Promise<LedgerCheck> {
  const { communityId } = community
  const findings = new Findings()
  const vouchers = await portal.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async tx => {
      const chart = await readChart(tx, communityId)
      const rules = { chart, versions: await readControlVersions(tx, community) }
      const seen = await checkVouchers(tx, community, rules, findings)
      await checkLoggedVouchers(tx, communityId, seen, findings)
      await checkControlChanges(tx, community, findings)
      await checkColumnMappings(tx, communityId, findings)
      await checkBudgets(tx, communityId, findings)
      await checkPaymentNotes(tx, community, findings)
      const turnovers = await checkTurnovers(tx, communityId, findings)
      for (const month of new Set(turnovers.map(t => t.period))) {
        const funds = unbalancedFunds(trialBalance(turnovers, month))
        findings.expect(funds.length === 0, 'trial-balance-zero', month, funds.join(', '))
      }
      for (const line of await listTwiceHeldLines(tx, communityId)) {
        findings.expect(false, 'bank-line-held-once', line, 'held by more than one voucher')
      }
      for (const row of await listVouchersOffTheirLines(tx, communityId)) {
        const name = formatVoucherKey({ fiscalYear: row.fiscal_year, number: row.number })
        findings.expect(false, 'bank-lines-add-up', name, `${row.lines_fen} ≠ ${row.postings_fen}`)
      }
      await checkClosedPeriods(tx, community, turnovers, findings)
      return seen.size
    })
  await checkDocuments(portal, communityId, findings)
  return { vouchers, findings: findings.list }
}
