/**
 * The bookkeeper's bench: what is unmatched, the rules taught, the drafts they propose, and explanations for lines that no
 * voucher will hold. Must never post.
 */
import {
  insertBankLineExplanation,
  insertMatchingRule,
  listMatchingRules,
  listOpenDrafts,
  listUnmatchedLines,
  listVoucherBankLines,
  lockLedger,
  readBankLines,
  retireMatchingRule,
} from '#db/ledger'
import { type CivilDate, civilDate, err, type Fen, fen, ok, type Result } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import { accountByCode } from './account.ts'
import { proposeControlChange } from './change-controls.server.ts'
import { type DraftReference, type DraftRefusal, draftVoucher } from './draft-voucher.server.ts'
import { bankLineExplainedLeaf } from './leaf.ts'
import { type MatchingRule, type Proposal, proposeVouchers } from './matching.ts'
import { privateTextIn } from './public-text.ts'
import { type LedgerCommunity, readChart } from './read-chart.server.ts'
import { readControls } from './read-controls.server.ts'
import { decodeDraft, type VoucherKey } from './voucher.ts'

export type TeachRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'rule-too-short' }
  | { readonly code: 'rule-account-unfit'; readonly account: string }
  | { readonly code: 'rule-fund-unknown'; readonly fund: string }
  | { readonly code: 'narration-empty' }
  | { readonly code: 'narration-private'; readonly found: string }
  | { readonly code: 'rule-unknown' }

export type ExplainRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'bank-line-unknown'; readonly bankLine: string }
  | { readonly code: 'bank-line-already-answered'; readonly bankLine: string }
  | { readonly code: 'explanation-empty' }
  | { readonly code: 'explanation-private'; readonly found: string }

/** A bank line as officers see it, names included: only behind `community:read-full`. */
export interface OfficeBankLine {
  readonly bankLine: string
  readonly bookedOn: CivilDate
  readonly amountFen: Fen
  readonly statedFen: Fen
  readonly direction: 'in' | 'out' | 'neutral'
  readonly account: string
  readonly fund: string
  readonly counterparty: string
  readonly counterpartyLast4: string
  readonly purpose: string
}

type LineRow = Awaited<ReturnType<typeof listUnmatchedLines>>[number]

function officeLine(row: LineRow): OfficeBankLine {
  return {
    bankLine: row.bank_line_id,
    bookedOn: civilDate(row.booked_on),
    amountFen: fen(row.amount_fen),
    statedFen: fen(row.stated_fen),
    direction: row.direction,
    account: row.account_code,
    fund: row.fund_code,
    counterparty: row.counterparty ?? '',
    counterpartyLast4: row.counterparty_last4 ?? '',
    purpose: row.purpose ?? '',
  }
}

/** How many unmatched lines one bench shows and proposes for; the oldest come first. */
export const BENCH_LIMIT = 500

/** The live matching rules, newest first. */
export async function readMatchingRules(portal: Portal, community: LedgerCommunity): Promise<MatchingRule[]> {
  const rows = await listMatchingRules(portal.db, community.communityId)
  return rows.map(row => ({
    ruleId: row.rule_id,
    direction: row.direction,
    contains: row.contains,
    fund: row.fund_code,
    account: row.account_code,
    narration: row.narration,
  }))
}

/** What lies on the bench. */
export interface Bench {
  readonly lines: readonly OfficeBankLine[]
  /** What the rules propose for lines that no open draft holds yet. */
  readonly proposals: readonly Proposal[]
  /** The open draft that holds a line, by bank line. */
  readonly drafted: ReadonlyMap<string, string>
}

/** No community has so many drafts waiting at once; beyond it the posting itself refuses a line that is taken. */
const OPEN_DRAFTS_LIMIT = 10_000

/** Which open draft holds which bank line. */
async function readDraftedLines(portal: Portal, communityId: number): Promise<Map<string, string>> {
  const drafts = await listOpenDrafts(portal.db, communityId, OPEN_DRAFTS_LIMIT)
  return new Map(
    drafts.flatMap(draft =>
      decodeDraft(draft.content).bankLines.map(line => [line, draft.draft_id] as const),
    ),
  )
}

/** Unmatched lines with what the rules propose for them. Null without `community:read-full`. */
export async function readBench(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
): Promise<Bench | null> {
  if (!can(actor, 'community:read-full', community.communityId)) return null
  const rows = await listUnmatchedLines(portal.db, community.communityId, BENCH_LIMIT)
  const lines = rows.map(officeLine)
  const rules = await readMatchingRules(portal, community)
  const drafted = await readDraftedLines(portal, community.communityId)
  const proposals = proposeVouchers(
    lines.filter(line => !drafted.has(line.bankLine)).map(line => ({ ...line, cashAccount: line.account })),
    rules,
  )
  return { lines, proposals, drafted }
}

/** The named lines as officers see them; null without `community:read-full`. */
export async function readOfficeLines(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  ids: readonly string[],
): Promise<OfficeBankLine[] | null> {
  if (!can(actor, 'community:read-full', community.communityId)) return null
  return (await readBankLines(portal.db, community.communityId, ids)).map(officeLine)
}

/** The bank lines a posted voucher names, as officers see them; null without `community:read-full`. */
export async function readVoucherLines(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  key: VoucherKey,
): Promise<OfficeBankLine[] | null> {
  const ids = await listVoucherBankLines(portal.db, community.communityId, key)
  return readOfficeLines(portal, actor, community, ids)
}

/** A rule that was taught: it holds at once, or, where two people change rules, waits under that change. */
export type TaughtRule = MatchingRule & { readonly waitsAs: string | null }

/** Teaches a rule. Needs `matching-rule:teach`; where the community's rules say so, a second person confirms it first. */
export async function teachMatchingRule(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  input: Omit<MatchingRule, 'ruleId'>,
): Promise<Result<TaughtRule, TeachRefusal>> {
  const { communityId } = community
  if (!can(actor, 'matching-rule:teach', communityId)) return err({ code: 'not-permitted' })
  if ([...input.contains.trim()].length < 2) return err({ code: 'rule-too-short' })
  const chart = await readChart(portal.db, communityId)
  const account = accountByCode(chart.accounts, input.account)
  if (account === null || account.type === 'cash')
    return err({ code: 'rule-account-unfit', account: input.account })
  if (!chart.funds.some(fund => fund.code === input.fund))
    return err({ code: 'rule-fund-unknown', fund: input.fund })
  const narration = input.narration.trim()
  if (narration === '') return err({ code: 'narration-empty' })
  const found = privateTextIn(narration, [])
  if (found !== null) return err({ code: 'narration-private', found })
  const rule: MatchingRule = {
    ...input,
    narration,
    contains: input.contains.trim(),
    ruleId: portal.random.id(),
  }
  const { controls } = await readControls(portal.db, community)
  if (controls.pairedChanges) {
    const change = { kind: 'teach-rule' as const, rule, reason: narration }
    const waits = await proposeControlChange(portal, actor, community, change)
    return waits.ok ? ok({ ...rule, waitsAs: waits.value }) : err({ code: 'not-permitted' })
  }
  const row = {
    community_id: communityId,
    rule_id: rule.ruleId,
    direction: rule.direction,
    contains: rule.contains,
    fund_code: rule.fund,
    account_code: rule.account,
    narration: rule.narration,
    taught_by: actor.userId,
    taught_at: portal.clock.now(),
  }
  await portal.db.transaction().execute(tx => insertMatchingRule(tx, row))
  return ok({ ...rule, waitsAs: null })
}

/** Retires a rule, or gives the change under which that waits; what it proposed and people drafted stays. Needs `matching-rule:teach`. */
export async function retireRule(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  ruleId: string,
): Promise<Result<string | null, TeachRefusal>> {
  if (!can(actor, 'matching-rule:teach', community.communityId)) return err({ code: 'not-permitted' })
  const rule = (await readMatchingRules(portal, community)).find(each => each.ruleId === ruleId)
  if (rule === undefined) return err({ code: 'rule-unknown' })
  const { controls } = await readControls(portal.db, community)
  if (controls.pairedChanges) {
    const change = { kind: 'retire-rule' as const, ruleId, reason: rule.narration }
    const waits = await proposeControlChange(portal, actor, community, change)
    return waits.ok ? ok(waits.value) : err({ code: 'not-permitted' })
  }
  const now = portal.clock.now()
  const retired = await portal.db
    .transaction()
    .execute(tx => retireMatchingRule(tx, community.communityId, ruleId, now))
  return retired ? ok(null) : err({ code: 'rule-unknown' })
}

/**
 * Drafts what the rules propose: every receipt proposal when `bankLines` is null, else the proposals that hold exactly
 * these lines. Payments are left to be drafted one by one, with their source documents. Gives the drafts and the first
 * refusal of each proposal that could not be drafted.
 */
export async function draftProposals(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  bankLines: readonly string[] | null,
): Promise<
  Result<
    { readonly drafted: readonly DraftReference[]; readonly refused: readonly DraftRefusal[] },
    DraftRefusal
  >
> {
  if (!can(actor, 'voucher:draft', community.communityId)) return err({ code: 'not-permitted' })
  const bench = await readBench(portal, actor, community)
  if (bench === null) return err({ code: 'not-permitted' })
  const wanted = bankLines === null ? null : new Set(bankLines)
  const drafted: DraftReference[] = []
  const refused: DraftRefusal[] = []
  for (const proposal of bench.proposals) {
    if (proposal.rule.direction === 'out') continue
    if (wanted !== null && !proposal.bankLines.every(line => wanted.has(line))) continue
    const draft = await draftVoucher(portal, actor, community, {
      occurredOn: proposal.occurredOn,
      narration: proposal.rule.narration,
      postings: proposal.postings,
      documents: [],
      bankLines: proposal.bankLines,
      replaces: null,
    })
    if (draft.ok) drafted.push(draft.value)
    else refused.push(draft.error)
  }
  return ok({ drafted, refused })
}

/** Explains a line that no voucher will hold, for the public to read. Needs `bank-line:explain`. */
export async function explainBankLine(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  input: { readonly bankLine: string; readonly explanation: string },
): Promise<Result<null, ExplainRefusal>> {
  const { communityId } = community
  const { bankLine } = input
  if (!can(actor, 'bank-line:explain', communityId)) return err({ code: 'not-permitted' })
  const explanation = input.explanation.trim()
  if (explanation === '') return err({ code: 'explanation-empty' })
  return portal.db.transaction().execute(async tx => {
    // Two explanations at once, or one beside a posting: the second sees the first.
    await lockLedger(tx, communityId)
    const [line] = await readBankLines(tx, communityId, [bankLine])
    if (line === undefined) return err({ code: 'bank-line-unknown', bankLine })
    if (line.voucher_number !== null || line.explanation !== null) {
      return err({ code: 'bank-line-already-answered', bankLine })
    }
    const found = privateTextIn(explanation, [line.counterparty ?? ''])
    if (found !== null) return err({ code: 'explanation-private', found })
    const now = portal.clock.now()
    const leaf = bankLineExplainedLeaf(community.logOrigin, bankLine, explanation, now)
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertBankLineExplanation(tx, {
      community_id: communityId,
      bank_line_id: bankLine,
      explanation,
      explained_by: actor.userId,
      explained_at: now,
      leaf_index: BigInt(firstIndex),
    })
    return ok(null)
  })
}
