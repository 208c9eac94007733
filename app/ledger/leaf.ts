/**
 * The ledger's log leaves: the exact bytes that are stored, hashed and published. Pure; no personal data in a leaf:
 * persons stand as salted digests whose salt and value live in a deletable table.
 */
import { type CanonicalValue, canonicalBytes, formatInstant, type Period } from '#kernel'
import type { Step } from './approval.ts'
import type { Signal } from './signal.ts'
import { type DraftContent, formatVoucherKey, type Payee, type VoucherKey } from './voucher.ts'

/** A step as the log shows it: what was done when, by which office, and a salted digest of by whom. */
export interface LeafStep {
  readonly step: Step
  readonly at: Date
  readonly role: string
  readonly byDigest: string
}

/** Whom a payment paid: an organisation is named, a private person stands as the digest that the draft holds. */
function leafPayee(payee: Payee | null) {
  if (payee === null) return {}
  return payee.kind === 'organisation' ? { payee: payee.name } : { payee_digest: payee.digest }
}

/** A posted voucher. */
export function voucherLeaf(
  log: string,
  key: VoucherKey,
  period: Period,
  content: DraftContent,
  steps: readonly LeafStep[],
  postedAt: Date,
): Uint8Array {
  return canonicalBytes({
    v: 1,
    t: 'ledger.voucher',
    log,
    voucher: formatVoucherKey(key),
    kind: content.kind,
    occurred_on: content.occurredOn,
    period,
    narration: content.narration,
    ...leafPayee(content.payee),
    postings: content.postings.map(p => ({
      fund: p.fund,
      account: p.account,
      side: p.side,
      fen: p.amountFen.toString(),
    })),
    documents: content.documents,
    reverses: content.reverses === null ? undefined : formatVoucherKey(content.reverses),
    replaces: content.replaces === null ? undefined : formatVoucherKey(content.replaces),
    steps: steps.map(s => ({ step: s.step, at: formatInstant(s.at), role: s.role, by: s.byDigest })),
    posted_at: formatInstant(postedAt),
  })
}

/** A bank file taken in: figures and digest, and how a held file was let through. */
export function bankImportLeaf(
  log: string,
  imported: {
    readonly importId: string
    readonly bankAccount: string
    readonly fileSha256: string
    readonly layout: string
    /** The change by which two people agreed to the columns; null for a layout that is known. */
    readonly mappingChange: string | null
    readonly rows: number
    readonly postedNew: number
    readonly sumInFen: bigint
    readonly sumOutFen: bigint
    readonly firstOn: string | null
    readonly lastOn: string | null
    readonly outcome: 'accept' | 'hold'
    readonly confirmation: CanonicalValue
    readonly at: Date
  },
): Uint8Array {
  return canonicalBytes({
    v: 1,
    t: 'ledger.bank-import',
    log,
    import: imported.importId,
    bank_account: imported.bankAccount,
    file_sha256: imported.fileSha256,
    layout: imported.layout,
    mapping: imported.mappingChange ?? undefined,
    rows: imported.rows,
    new_rows: imported.postedNew,
    sum_in_fen: imported.sumInFen.toString(),
    sum_out_fen: imported.sumOutFen.toString(),
    first_on: imported.firstOn,
    last_on: imported.lastOn,
    outcome: imported.outcome,
    confirmation: imported.confirmation,
    at: formatInstant(imported.at),
  })
}

/** A bank line that no voucher will hold, explained in public. */
export function bankLineExplainedLeaf(
  log: string,
  bankLine: string,
  explanation: string,
  at: Date,
): Uint8Array {
  return canonicalBytes({
    v: 1,
    t: 'ledger.bank-line-explained',
    log,
    bank_line: bankLine,
    explanation,
    at: formatInstant(at),
  })
}

/** A redacted copy published beside an original: both by digest, so that neither can be exchanged unnoticed. */
export function redactedCopyLeaf(
  log: string,
  originalSha256: string,
  publicSha256: string,
  at: Date,
): Uint8Array {
  return canonicalBytes({
    v: 1,
    t: 'ledger.redacted-copy',
    log,
    original_sha256: originalSha256,
    public_sha256: publicSha256,
    at: formatInstant(at),
  })
}

/** A closed month: its trial balance by digest, and the lock's instant. */
export function periodClosedLeaf(
  log: string,
  period: Period,
  trialBalanceSha256: string,
  vouchers: number,
  closedAt: Date,
): Uint8Array {
  return canonicalBytes({
    v: 1,
    t: 'ledger.period-closed',
    log,
    period,
    trial_balance_sha256: trialBalanceSha256,
    vouchers,
    closed_at: formatInstant(closedAt),
  })
}

/** A change that two people made: what it says, which version of the rules it makes, and which offices proposed and confirmed. */
export function controlLeaf(
  log: string,
  change: {
    readonly changeId: string
    readonly version: number | null
    /** Without what may name a private person. */
    readonly content: CanonicalValue
    readonly steps: readonly {
      readonly step: string
      readonly at: Date
      readonly role: string
      readonly byDigest: string
    }[]
  },
): Uint8Array {
  return canonicalBytes({
    v: 1,
    t: 'ledger.control',
    log,
    change: change.changeId,
    version: change.version ?? undefined,
    content: change.content,
    steps: change.steps.map(s => ({ step: s.step, at: formatInstant(s.at), role: s.role, by: s.byDigest })),
  })
}

/** An emergency, looked at again. */
export function emergencyReviewLeaf(
  log: string,
  review: {
    readonly changeId: string
    readonly outcome: 'justified' | 'disputed'
    readonly note: string
    readonly role: string
    readonly at: Date
  },
): Uint8Array {
  return canonicalBytes({
    v: 1,
    t: 'ledger.emergency-review',
    log,
    change: review.changeId,
    outcome: review.outcome,
    note: review.note,
    role: review.role,
    at: formatInstant(review.at),
  })
}

/** What a posted payment should be looked at for, and which offices kept out of it on what ground. */
export function paymentNoteLeaf(
  log: string,
  key: VoucherKey,
  signals: readonly Signal[],
  recusals: readonly { readonly role: string; readonly kind: string }[],
): Uint8Array {
  return canonicalBytes({
    v: 1,
    t: 'ledger.payment-note',
    log,
    voucher: formatVoucherKey(key),
    signals: signals.map(({ kind, others }) => ({ kind, others })),
    recusals: recusals.map(({ role, kind }) => ({ role, kind })),
  })
}

/** The answer to a signal. */
export function signalAnswerLeaf(
  log: string,
  key: VoucherKey,
  answered: {
    readonly kind: string
    readonly answer: string
    readonly role: string
    readonly at: Date
  },
): Uint8Array {
  return canonicalBytes({
    v: 1,
    t: 'ledger.signal-answer',
    log,
    voucher: formatVoucherKey(key),
    signal: answered.kind,
    answer: answered.answer,
    role: answered.role,
    at: formatInstant(answered.at),
  })
}
