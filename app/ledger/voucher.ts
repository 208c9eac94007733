/**
 * Vouchers (记账凭证): what a draft says, who must have acted on it, and when it may be posted. Pure; a posted voucher is
 * never edited: it is reversed in red and replaced.
 */
import {
  type CanonicalValue,
  type CivilDate,
  canonicalBytes,
  err,
  fen,
  ok,
  parseCanonical,
  type Result,
  sha256Hex,
} from '#kernel'
import { type Account, accountByCode, type Fund, OPENING_ACCOUNT } from './account.ts'
import { checkPostings, type Posting, type PostingProblem, paysMoney, redPostings } from './posting.ts'
import { privateTextIn } from './public-text.ts'

export type VoucherKind = 'opening' | 'receipt' | 'payment' | 'transfer' | 'reversal'

/** A posted voucher's name: fiscal year and continuous number, `2026-0042`. */
export interface VoucherKey {
  readonly fiscalYear: number
  readonly number: number
}

/** 收款方: an organisation by its name, a private person by a salted digest whose salt and name can be erased. */
export type Payee =
  | { readonly kind: 'organisation'; readonly name: string }
  | { readonly kind: 'person'; readonly digest: string }

/** 1: drafts before payees had a field of their own. They stay readable, byte for byte; nothing new is written so. */
export type DraftVersion = 1 | 2

/** What a draft proposes; its canonical bytes are what people sign off. */
export interface DraftContent {
  readonly version: DraftVersion
  readonly kind: VoucherKind
  readonly occurredOn: CivilDate
  /** 摘要: public, so it holds no private person's name and no number that identifies one. */
  readonly narration: string
  readonly postings: readonly Posting[]
  /** Whom a payment pays; null for every other kind. */
  readonly payee: Payee | null
  /** SHA-256 of the original source documents, lower-case hex, in the order they are shown. */
  readonly documents: readonly string[]
  readonly bankLines: readonly string[]
  readonly reverses: VoucherKey | null
  readonly replaces: VoucherKey | null
}

export type DraftProblem =
  | PostingProblem
  | { readonly code: 'narration-empty' }
  | { readonly code: 'narration-too-long'; readonly limit: number }
  | { readonly code: 'narration-private'; readonly found: string }
  | { readonly code: 'payee-missing' }
  | { readonly code: 'payee-too-long'; readonly limit: number }
  /** No money leaves, so there is nobody who is paid. */
  | { readonly code: 'payee-unfit' }
  | { readonly code: 'document-missing' }
  | { readonly code: 'date-in-future' }
  | { readonly code: 'reversal-names-none' }
  | { readonly code: 'opening-unfit'; readonly line: number }

export const NARRATION_LIMIT = 200
export const PAYEE_LIMIT = 100

/** `2026-0042`. */
export function formatVoucherKey(key: VoucherKey): string {
  return `${key.fiscalYear}-${String(key.number).padStart(4, '0')}`
}

/** The key in text of the form `2026-0042`, or null. */
export function parseVoucherKey(text: string): VoucherKey | null {
  const match = /^(\d{4})-(\d{4,7})$/.exec(text)
  if (!match) return null
  const key = { fiscalYear: Number(match[1]), number: Number(match[2]) }
  return key.number > 0 && formatVoucherKey(key) === text ? key : null
}

/**
 * receipt, payment or transfer, by what the postings do to money held. Money that leaves is a transfer only when it goes to
 * money held elsewhere or to another fund; whatever else stands beside it makes the voucher a payment, with all that a payment
 * needs.
 */
export function kindOf(
  postings: readonly Posting[],
  accounts: readonly Account[],
): 'receipt' | 'payment' | 'transfer' {
  const types = postings.map(posting => accountByCode(accounts, posting.account)?.type)
  if (!types.includes('cash')) return 'transfer'
  if (!paysMoney(postings, accounts)) return 'receipt'
  return types.every(type => type === 'cash' || type === 'interfund') ? 'transfer' : 'payment'
}

/** An opening enters money that was there and whose it was; income, expense and payments have vouchers of their own. */
function isOpeningLine(posting: Posting, accounts: readonly Account[]): boolean {
  const account = accountByCode(accounts, posting.account)
  if (account === null) return true
  if (account.type === 'cash') return posting.side === 'debit'
  return account.code === OPENING_ACCOUNT || account.type === 'liability' || account.type === 'interfund'
}

function checkPayee({ version, kind, payee }: DraftContent): DraftProblem[] {
  if (kind !== 'payment') return payee === null ? [] : [{ code: 'payee-unfit' }]
  if (payee === null) return version === 1 ? [] : [{ code: 'payee-missing' }]
  const isTooLong = payee.kind === 'organisation' && [...payee.name].length > PAYEE_LIMIT
  return isTooLong ? [{ code: 'payee-too-long', limit: PAYEE_LIMIT }] : []
}

/**
 * Checks a draft's content against the chart and the day it is drafted. `privateNames` are the private persons named on its
 * bank lines: their names must not appear in the narration. Gives all problems at once.
 */
export function checkDraft(
  content: DraftContent,
  chart: { readonly accounts: readonly Account[]; readonly funds: readonly Fund[] },
  context: { readonly today: CivilDate; readonly privateNames: readonly string[] },
): Result<null, readonly DraftProblem[]> {
  const problems: DraftProblem[] = []
  const narration = content.narration.trim()
  if (narration === '') problems.push({ code: 'narration-empty' })
  if ([...narration].length > NARRATION_LIMIT)
    problems.push({ code: 'narration-too-long', limit: NARRATION_LIMIT })
  const found = privateTextIn(narration, context.privateNames)
  if (found !== null) problems.push({ code: 'narration-private', found })
  if (content.occurredOn > context.today) problems.push({ code: 'date-in-future' })
  if (content.kind === 'reversal' && content.reverses === null) problems.push({ code: 'reversal-names-none' })
  problems.push(...checkPayee(content))
  if (content.kind === 'payment' && content.documents.length === 0)
    problems.push({ code: 'document-missing' })
  if (content.kind === 'opening') {
    content.postings.forEach((posting, index) => {
      if (!isOpeningLine(posting, chart.accounts)) problems.push({ code: 'opening-unfit', line: index + 1 })
    })
  }
  const postings = checkPostings(content.postings, chart, content.kind === 'reversal')
  if (!postings.ok) problems.push(...postings.error)
  return problems.length === 0 ? ok(null) : err(problems)
}

/** The content that takes a posted voucher back, in red on the same sides, in the month it is drafted in. */
export function reversalOf(
  original: { readonly key: VoucherKey; readonly postings: readonly Posting[] },
  occurredOn: CivilDate,
  narration: string,
): DraftContent {
  return {
    version: 2,
    kind: 'reversal',
    occurredOn,
    narration,
    postings: redPostings(original.postings),
    payee: null,
    documents: [],
    bankLines: [],
    reverses: original.key,
    replaces: null,
  }
}

function encodePayee(payee: Payee | null): CanonicalValue | undefined {
  if (payee === null) return undefined
  return payee.kind === 'organisation' ? { organisation: payee.name } : { person_digest: payee.digest }
}

/** The canonical form of a draft's content: the exact bytes that reviewer and releasers approve. */
export function encodeDraft(content: DraftContent): Uint8Array {
  const key = (voucher: VoucherKey | null) => (voucher === null ? undefined : formatVoucherKey(voucher))
  return canonicalBytes({
    v: content.version === 1 ? undefined : content.version,
    kind: content.kind,
    occurred_on: content.occurredOn,
    narration: content.narration,
    payee: encodePayee(content.payee),
    postings: content.postings.map(posting => ({
      fund: posting.fund,
      account: posting.account,
      side: posting.side,
      fen: posting.amountFen.toString(),
    })),
    documents: content.documents,
    bank_lines: content.bankLines,
    reverses: key(content.reverses),
    replaces: key(content.replaces),
  })
}

function decodeVersion(stored: CanonicalValue | undefined): DraftVersion {
  if (stored === undefined) return 1
  if (stored !== 2) throw new Error('invariant broken: stored draft is of no version of ours')
  return stored
}

function decodePayee(stored: CanonicalValue | undefined): Payee | null {
  if (stored === undefined) return null
  const { organisation, person_digest: digest } = stored as { organisation?: string; person_digest?: string }
  if (organisation !== undefined) return { kind: 'organisation', name: organisation }
  if (digest !== undefined) return { kind: 'person', digest }
  throw new Error('invariant broken: stored draft has a payee of no kind')
}

/** Reads stored draft bytes back. Throws when they are not ours: the database holds only what `encodeDraft` gave. */
export function decodeDraft(bytes: Uint8Array): DraftContent {
  const parsed = parseCanonical(bytes)
  if (!parsed.ok) throw new Error('invariant broken: stored draft is not canonical')
  const stored = parsed.value as { readonly [name: string]: CanonicalValue }
  const postings = stored.postings as readonly {
    fund: string
    account: string
    side: 'debit' | 'credit'
    fen: string
  }[]
  return {
    version: decodeVersion(stored.v),
    kind: stored.kind as VoucherKind,
    occurredOn: stored.occurred_on as CivilDate,
    narration: stored.narration as string,
    postings: postings.map(p => ({
      fund: p.fund,
      account: p.account,
      side: p.side,
      amountFen: fen(BigInt(p.fen)),
    })),
    payee: decodePayee(stored.payee),
    documents: stored.documents as readonly string[],
    bankLines: stored.bank_lines as readonly string[],
    reverses: stored.reverses === undefined ? null : parseVoucherKey(stored.reverses as string),
    replaces: stored.replaces === undefined ? null : parseVoucherKey(stored.replaces as string),
  }
}

/** The digest people sign off. */
export function draftDigest(content: DraftContent): string {
  return sha256Hex(encodeDraft(content))
}
