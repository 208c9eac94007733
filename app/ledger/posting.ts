/**
 * Postings (分录) and the rule of double entry. Pure; must never round and never net one fund against another.
 */
import { err, type Fen, fen, ok, type Result, ZERO_FEN } from '#kernel'
import { type Account, accountByCode, type Fund } from './account.ts'

export type Side = 'debit' | 'credit'

/** One line of a voucher. `amountFen` is positive, or negative in a red entry: never zero. */
export interface Posting {
  readonly fund: string
  readonly account: string
  readonly side: Side
  readonly amountFen: Fen
}

export type PostingProblem =
  | { readonly code: 'postings-too-few' }
  | { readonly code: 'postings-too-many'; readonly limit: number }
  | { readonly code: 'posting-zero'; readonly line: number }
  | { readonly code: 'posting-negative'; readonly line: number }
  | { readonly code: 'posting-positive-in-red'; readonly line: number }
  | { readonly code: 'posting-account-unknown'; readonly line: number; readonly account: string }
  | { readonly code: 'posting-fund-unknown'; readonly line: number; readonly fund: string }
  | {
      readonly code: 'fund-unbalanced'
      readonly fund: string
      readonly debitFen: Fen
      readonly creditFen: Fen
    }
  | { readonly code: 'interfund-unbalanced'; readonly debitFen: Fen; readonly creditFen: Fen }

/** A voucher with more lines than this is several vouchers. */
export const POSTING_LIMIT = 200

/** Debit and credit totals of the postings that satisfy a test. */
export function turnover(
  postings: readonly Posting[],
  counts: (posting: Posting) => boolean = () => true,
): { debitFen: Fen; creditFen: Fen } {
  let debit = 0n
  let credit = 0n
  for (const posting of postings.filter(counts)) {
    if (posting.side === 'debit') debit += posting.amountFen
    else credit += posting.amountFen
  }
  return { debitFen: fen(debit), creditFen: fen(credit) }
}

/**
 * Checks the lines of one voucher: 有借必有贷，借贷必相等 (会计法 第15条; 会计基础工作规范 第51条), within every fund by itself.
 * What one fund lends another borrows, in the same voucher: otherwise money could leave through 基金间往来, which the totals
 * of all funds leave out. `red` demands negative amounts throughout (红字), otherwise all are positive. Gives all problems at once.
 */
export function checkPostings(
  postings: readonly Posting[],
  chart: { readonly accounts: readonly Account[]; readonly funds: readonly Fund[] },
  red: boolean,
): Result<null, readonly PostingProblem[]> {
  const problems: PostingProblem[] = []
  if (postings.length < 2) problems.push({ code: 'postings-too-few' })
  if (postings.length > POSTING_LIMIT) problems.push({ code: 'postings-too-many', limit: POSTING_LIMIT })
  postings.forEach((posting, index) => {
    const line = index + 1
    if (posting.amountFen === ZERO_FEN) problems.push({ code: 'posting-zero', line })
    else if (!red && posting.amountFen < 0n) problems.push({ code: 'posting-negative', line })
    else if (red && posting.amountFen > 0n) problems.push({ code: 'posting-positive-in-red', line })
    if (accountByCode(chart.accounts, posting.account) === null) {
      problems.push({ code: 'posting-account-unknown', line, account: posting.account })
    }
    if (!chart.funds.some(fund => fund.code === posting.fund)) {
      problems.push({ code: 'posting-fund-unknown', line, fund: posting.fund })
    }
  })
  for (const fund of new Set(postings.map(posting => posting.fund))) {
    const { debitFen, creditFen } = turnover(postings, posting => posting.fund === fund)
    if (debitFen !== creditFen) problems.push({ code: 'fund-unbalanced', fund, debitFen, creditFen })
  }
  const between = turnover(
    postings,
    posting => accountByCode(chart.accounts, posting.account)?.type === 'interfund',
  )
  if (between.debitFen !== between.creditFen) problems.push({ code: 'interfund-unbalanced', ...between })
  return problems.length === 0 ? ok(null) : err(problems)
}

/** The same lines in red: same account, same side, negative amount, so that turnover is not inflated (红字冲销). */
export function redPostings(postings: readonly Posting[]): Posting[] {
  return postings.map(posting => ({ ...posting, amountFen: fen(-posting.amountFen) }))
}

/** What the postings move into (+) or out of (-) each cash account. */
export function cashMovement(postings: readonly Posting[], accounts: readonly Account[]): Map<string, Fen> {
  const movement = new Map<string, Fen>()
  for (const posting of postings) {
    if (accountByCode(accounts, posting.account)?.type !== 'cash') continue
    const signed = posting.side === 'debit' ? posting.amountFen : -posting.amountFen
    movement.set(posting.account, fen((movement.get(posting.account) ?? 0n) + signed))
  }
  return movement
}

/** True when the postings credit a cash account: money leaves (or, in red, a payment is taken back), so two releases are needed. */
export function paysMoney(postings: readonly Posting[], accounts: readonly Account[]): boolean {
  return postings.some(
    posting => posting.side === 'credit' && accountByCode(accounts, posting.account)?.type === 'cash',
  )
}

/** The voucher's headline amount: what its debit side adds up to. */
export function voucherAmount(postings: readonly Posting[]): Fen {
  return turnover(postings).debitFen
}
