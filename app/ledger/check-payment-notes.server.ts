/** The re-deriver's part for what was noted of payments: signals, recusals and answers are in the log as they are here, and none else. */
import type { Tx } from '#db'
import { listPaymentNotes, listRecusals, listSignalAnswers, listSignals } from '#db/ledger'
import { readEntries } from '#db/tlog'
import { equalBytes, parseCanonical } from '#kernel'
import { paymentNoteLeaf, signalAnswerLeaf } from './leaf.ts'
import type { LedgerCommunity } from './read-chart.server.ts'
import { SIGNAL_KINDS } from './signal.ts'
import { formatVoucherKey } from './voucher.ts'

/** Where findings go: what holds, under which name, about what, and what was found. */
interface Expecting {
  expect(holds: boolean, invariant: 'payment-note-in-log', reference: string, found: string): void
}

const ENTRIES_AT_ONCE = 1000

async function isInLog(tx: Tx, communityId: number, index: bigint, leaf: Uint8Array): Promise<boolean> {
  const [entry] = await readEntries(tx, communityId, Number(index), 1)
  return entry !== undefined && equalBytes(leaf, entry.entry)
}

/** Every note and every answer that the log holds must be here under that leaf. */
async function checkLogged(
  tx: Tx,
  communityId: number,
  stored: ReadonlySet<string>,
  findings: Expecting,
): Promise<void> {
  for (let first = 0; ; first += ENTRIES_AT_ONCE) {
    const entries = await readEntries(tx, communityId, first, ENTRIES_AT_ONCE)
    for (const { index, entry } of entries) {
      const leaf = parseCanonical(entry)
      const { t, voucher } = (leaf.ok ? leaf.value : {}) as { t?: string; voucher?: string }
      if (t !== 'ledger.payment-note' && t !== 'ledger.signal-answer') continue
      findings.expect(stored.has(String(index)), 'payment-note-in-log', voucher ?? '', String(index))
    }
    if (entries.length < ENTRIES_AT_ONCE) return
  }
}

/** Checks the notes and answers of a community's payments against the log. */
export async function checkPaymentNotes(
  tx: Tx,
  community: LedgerCommunity,
  findings: Expecting,
): Promise<void> {
  const { communityId, logOrigin } = community
  const stored = new Set<string>()
  const keys = new Map<string, { fiscalYear: number; number: number }>()
  for (const note of await listPaymentNotes(tx, communityId)) {
    const key = { fiscalYear: note.fiscal_year, number: note.number }
    keys.set(note.draft_id, key)
    stored.add(String(note.leaf_index))
    const rows = await listSignals(tx, communityId, note.draft_id)
    const signals = SIGNAL_KINDS.flatMap(kind => {
      const row = rows.find(each => each.kind === kind)
      if (row === undefined) return []
      return [{ kind, others: row.others === '' ? [] : row.others.split(' ') }]
    })
    const recusals = await listRecusals(tx, communityId, [note.draft_id])
    const leaf = paymentNoteLeaf(logOrigin, key, signals, recusals)
    const isLogged = await isInLog(tx, communityId, note.leaf_index, leaf)
    findings.expect(isLogged, 'payment-note-in-log', formatVoucherKey(key), String(note.leaf_index))
  }
  for (const row of await listSignalAnswers(tx, communityId)) {
    const key = keys.get(row.draft_id)
    stored.add(String(row.leaf_index))
    const { kind, answer, answered_role: role, answered_at: at } = row
    const isLogged =
      key !== undefined &&
      (await isInLog(
        tx,
        communityId,
        row.leaf_index,
        signalAnswerLeaf(logOrigin, key, { kind, answer, role, at }),
      ))
    findings.expect(isLogged, 'payment-note-in-log', row.draft_id, String(row.leaf_index))
  }
  await checkLogged(tx, communityId, stored, findings)
}
