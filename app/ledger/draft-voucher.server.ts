/**
 * Drafts vouchers: the preparer's work, its revisions and its withdrawal. A revision voids earlier approvals, because they
 * were given to other bytes. Must never post.
 */
import type { Tx } from '#db'
import {
  findVoucher,
  insertApproval,
  insertDraft,
  insertDraftPayee,
  insertDraftRevision,
  listPostings,
  listVoucherBankLines,
  lockDraft,
  readBankLines,
  readSourceDocuments,
  updateDraftState,
} from '#db/ledger'
import {
  type CivilDate,
  civilDate,
  dateOf,
  err,
  type Fen,
  fen,
  ok,
  type Result,
  saltedDigest,
  sha256Hex,
} from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { checkPostingDate, type PeriodProblem } from './period.ts'
import { cashMovement, type Posting } from './posting.ts'
import { isOrganisation, publicCounterparty } from './public-text.ts'
import { type Chart, type LedgerCommunity, readChart, readPeriodState } from './read-chart.server.ts'
import {
  checkDraft,
  type DraftContent,
  type DraftProblem,
  encodeDraft,
  formatVoucherKey,
  kindOf,
  PAYEE_LIMIT,
  type Payee,
  reversalOf,
  type VoucherKey,
} from './voucher.ts'

export type DraftRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'draft-unfit'; readonly problems: readonly DraftProblem[] }
  | PeriodProblem
  | { readonly code: 'draft-unknown' }
  | { readonly code: 'draft-not-open' }
  | { readonly code: 'draft-not-yours' }
  | { readonly code: 'document-unknown'; readonly sha256: string }
  | { readonly code: 'bank-line-unknown'; readonly bankLine: string }
  | { readonly code: 'bank-line-taken'; readonly bankLine: string; readonly voucher: string }
  | { readonly code: 'bank-line-moves-nothing'; readonly bankLine: string }
  /** The money of a bank account belongs to one fund. */
  | { readonly code: 'cash-fund-differs'; readonly account: string; readonly fund: string }
  | {
      readonly code: 'bank-lines-differ'
      readonly account: string
      readonly linesFen: Fen
      readonly postingsFen: Fen
    }
  | { readonly code: 'voucher-unknown'; readonly voucher: string }
  | { readonly code: 'already-reversed'; readonly by: string }
  | { readonly code: 'reversal-of-reversal' }
  | { readonly code: 'reversal-before-original'; readonly occurredOn: CivilDate }
  | { readonly code: 'not-reversed-yet'; readonly voucher: string }

/** What a preparer enters; the kind follows from the postings. */
export interface DraftInput {
  readonly occurredOn: CivilDate
  readonly narration: string
  readonly postings: readonly Posting[]
  /** 收款方 of a payment, by name. An organisation's becomes public, a private person's never does. */
  readonly payee?: string
  readonly documents: readonly string[]
  readonly bankLines: readonly string[]
  readonly replaces: VoucherKey | null
  /** Money that was there on the first day. */
  readonly opening?: boolean
}

export interface DraftReference {
  readonly draftId: string
  readonly revision: number
  readonly contentDigest: string
}

async function checkBankLines(
  tx: Tx,
  communityId: number,
  content: DraftContent,
  chart: Chart,
): Promise<Result<readonly string[], DraftRefusal>> {
  const lines = await readBankLines(tx, communityId, content.bankLines)
  const byId = new Map(lines.map(line => [line.bank_line_id, line]))
  const sums = new Map<string, bigint>()
  for (const id of content.bankLines) {
    const line = byId.get(id)
    if (line === undefined) return err({ code: 'bank-line-unknown', bankLine: id })
    if (line.voucher_number !== null && line.voucher_fiscal_year !== null) {
      const voucher = formatVoucherKey({ fiscalYear: line.voucher_fiscal_year, number: line.voucher_number })
      return err({ code: 'bank-line-taken', bankLine: id, voucher })
    }
    if (line.amount_fen === 0n) return err({ code: 'bank-line-moves-nothing', bankLine: id })
    sums.set(line.account_code, (sums.get(line.account_code) ?? 0n) + line.amount_fen)
  }
  const movement = cashMovement(content.postings, chart.accounts)
  for (const [account, sum] of sums) {
    const posted = movement.get(account) ?? fen(0n)
    if (posted !== sum) {
      return err({ code: 'bank-lines-differ', account, linesFen: fen(sum), postingsFen: posted })
    }
  }
  return ok(await readPrivateNames(tx, communityId, content))
}

/** Private persons on the lines of a content, and on those of the vouchers it takes back or replaces. */
async function readPrivateNames(tx: Tx, communityId: number, content: DraftContent): Promise<string[]> {
  const ids = new Set(content.bankLines)
  for (const key of [content.reverses, content.replaces]) {
    for (const id of key === null ? [] : await listVoucherBankLines(tx, communityId, key)) ids.add(id)
  }
  const lines = await readBankLines(tx, communityId, [...ids])
  return lines.map(line => line.counterparty ?? '').filter(name => name !== '' && !isOrganisation(name))
}

async function checkReferences(
  tx: Tx,
  communityId: number,
  content: DraftContent,
): Promise<Result<null, DraftRefusal>> {
  const documents = await readSourceDocuments(tx, communityId, content.documents)
  const missing = content.documents.find(sha256 => !documents.some(document => document.sha256 === sha256))
  if (missing !== undefined) return err({ code: 'document-unknown', sha256: missing })
  if (content.reverses !== null) {
    const original = await findVoucher(tx, communityId, content.reverses)
    if (original === undefined)
      return err({ code: 'voucher-unknown', voucher: formatVoucherKey(content.reverses) })
    if (original.kind === 'reversal') return err({ code: 'reversal-of-reversal' })
    if (content.occurredOn < original.occurred_on)
      return err({ code: 'reversal-before-original', occurredOn: civilDate(original.occurred_on) })
    if (original.reversed_by_number !== null && original.reversed_by_fiscal_year !== null) {
      const by = { fiscalYear: original.reversed_by_fiscal_year, number: original.reversed_by_number }
      return err({ code: 'already-reversed', by: formatVoucherKey(by) })
    }
  }
  if (content.replaces !== null) {
    const voucher = formatVoucherKey(content.replaces)
    const original = await findVoucher(tx, communityId, content.replaces)
    if (original === undefined) return err({ code: 'voucher-unknown', voucher })
    if (original.reversed_by_number === null) return err({ code: 'not-reversed-yet', voucher })
  }
  return ok(null)
}

/** Every rule a content must satisfy to be drafted and, again inside the posting transaction, to be posted. */
export async function checkContent(
  portal: Portal,
  tx: Tx,
  community: LedgerCommunity,
  content: DraftContent,
  /** Name of the private person who is paid, when there is one. */
  payee: string | null,
): Promise<Result<{ readonly chart: Chart }, DraftRefusal>> {
  const chart = await readChart(tx, community.communityId)
  const dated = checkPostingDate(await readPeriodState(tx, community), content.occurredOn)
  if (!dated.ok) return dated
  const references = await checkReferences(tx, community.communityId, content)
  if (!references.ok) return references
  const lines = await checkBankLines(tx, community.communityId, content, chart)
  if (!lines.ok) return lines
  const misplaced = content.postings.find(posting =>
    chart.bankAccounts.some(
      account => account.accountCode === posting.account && account.fund !== posting.fund,
    ),
  )
  if (misplaced !== undefined) {
    return err({ code: 'cash-fund-differs', account: misplaced.account, fund: misplaced.fund })
  }
  const privateNames = payee === null ? lines.value : [...lines.value, payee]
  const checked = checkDraft(content, chart, { today: dateOf(portal.clock.now()), privateNames })
  return checked.ok ? ok({ chart }) : err({ code: 'draft-unfit', problems: checked.error })
}

/** A content to store, and who its payee's digest stands for. */
interface NewContent {
  readonly content: DraftContent
  readonly person: { readonly salt: Uint8Array; readonly name: string } | null
}

async function insertRevision(
  portal: Portal,
  tx: Tx,
  communityId: number,
  draftId: string,
  revision: number,
  actor: Actor,
  { content, person }: NewContent,
): Promise<DraftReference> {
  const bytes = encodeDraft(content)
  const contentDigest = sha256Hex(bytes)
  const now = portal.clock.now()
  await insertDraftRevision(tx, {
    community_id: communityId,
    draft_id: draftId,
    revision,
    content: bytes,
    content_digest: contentDigest,
    drafted_by: actor.userId,
    drafted_at: now,
  })
  if (person !== null) {
    await insertDraftPayee(tx, { community_id: communityId, draft_id: draftId, revision, ...person })
  }
  await insertApproval(tx, {
    community_id: communityId,
    draft_id: draftId,
    revision,
    step: 'prepare',
    user_id: actor.userId,
    role: 'bookkeeper',
    content_digest: contentDigest,
    approved_at: now,
  })
  return { draftId, revision, contentDigest }
}

/** The payee as the content holds it: what is not surely an organisation is a private person. */
function payeeOf(portal: Portal, name: string): { payee: Payee | null; person: NewContent['person'] } {
  if (name === '') return { payee: null, person: null }
  const organisation = publicCounterparty(name)
  if (organisation !== null) return { payee: { kind: 'organisation', name: organisation }, person: null }
  const salt = portal.random.bytes(32)
  return { payee: { kind: 'person', digest: saltedDigest(salt, 'payee', name) }, person: { salt, name } }
}

function contentOf(portal: Portal, input: DraftInput, chart: Chart): Result<NewContent, DraftRefusal> {
  const name = (input.payee ?? '').trim().replace(/\s+/g, ' ')
  if ([...name].length > PAYEE_LIMIT) {
    return err({ code: 'draft-unfit', problems: [{ code: 'payee-too-long', limit: PAYEE_LIMIT }] })
  }
  const { payee, person } = payeeOf(portal, name)
  const content: DraftContent = {
    version: 2,
    kind: input.opening ? 'opening' : kindOf(input.postings, chart.accounts),
    occurredOn: input.occurredOn,
    narration: input.narration.trim(),
    postings: input.postings,
    payee,
    documents: [...new Set(input.documents)],
    bankLines: [...new Set(input.bankLines)],
    reverses: null,
    replaces: input.replaces,
  }
  return ok({ content, person })
}

async function openDraft(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  community: LedgerCommunity,
  made: NewContent,
): Promise<Result<DraftReference, DraftRefusal>> {
  const checked = await checkContent(portal, tx, community, made.content, made.person?.name ?? null)
  if (!checked.ok) return checked
  const draftId = portal.random.id()
  await insertDraft(tx, {
    community_id: community.communityId,
    draft_id: draftId,
    opened_at: portal.clock.now(),
  })
  return ok(await insertRevision(portal, tx, community.communityId, draftId, 1, actor, made))
}

/** Drafts a voucher and takes the preparer's step on it. Needs `voucher:draft`. */
export async function draftVoucher(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  input: DraftInput,
): Promise<Result<DraftReference, DraftRefusal>> {
  if (!can(actor, 'voucher:draft', community.communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const made = contentOf(portal, input, await readChart(tx, community.communityId))
    return made.ok ? openDraft(portal, tx, actor, community, made.value) : made
  })
}

/** Drafts the red entry that takes a posted voucher back, in the month it is drafted in (红字冲销). Needs `voucher:reverse`. */
export async function draftReversal(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  input: { readonly reverses: VoucherKey; readonly occurredOn: CivilDate; readonly narration: string },
): Promise<Result<DraftReference, DraftRefusal>> {
  if (!can(actor, 'voucher:reverse', community.communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const rows = await listPostings(tx, community.communityId, [input.reverses])
    const postings = rows.map(row => ({
      fund: row.fund_code,
      account: row.account_code,
      side: row.side,
      amountFen: fen(row.amount_fen),
    }))
    const content = reversalOf({ key: input.reverses, postings }, input.occurredOn, input.narration.trim())
    return openDraft(portal, tx, actor, community, { content, person: null })
  })
}

/** Replaces an open draft's content; earlier approvals stay with the earlier revision and count no more. Only its preparer may. */
export async function reviseDraft(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  draftId: string,
  input: DraftInput,
): Promise<Result<DraftReference, DraftRefusal>> {
  if (!can(actor, 'voucher:draft', community.communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const draft = await lockDraft(tx, community.communityId, draftId)
    if (draft === undefined) return err({ code: 'draft-unknown' })
    if (draft.state !== 'open') return err({ code: 'draft-not-open' })
    if (draft.drafted_by !== actor.userId) return err({ code: 'draft-not-yours' })
    const made = contentOf(portal, input, await readChart(tx, community.communityId))
    if (!made.ok) return made
    const { content, person } = made.value
    const checked = await checkContent(portal, tx, community, content, person?.name ?? null)
    if (!checked.ok) return checked
    const next = draft.revision + 1
    return ok(await insertRevision(portal, tx, community.communityId, draftId, next, actor, made.value))
  })
}

/** Takes an open draft off the table; its revisions stay on record. Only its preparer may. */
export async function withdrawDraft(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  draftId: string,
): Promise<Result<null, DraftRefusal>> {
  if (!can(actor, 'voucher:draft', community.communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const draft = await lockDraft(tx, community.communityId, draftId)
    if (draft === undefined) return err({ code: 'draft-unknown' })
    if (draft.state !== 'open') return err({ code: 'draft-not-open' })
    if (draft.drafted_by !== actor.userId) return err({ code: 'draft-not-yours' })
    await updateDraftState(tx, community.communityId, draftId, 'withdrawn')
    return ok(null)
  })
}
