/**
 * Matching proposes vouchers for bank lines by rules the bookkeeper taught. Pure; it proposes, nothing posts by itself.
 */
import type { CivilDate, Fen } from '#kernel'
import type { Posting } from './posting.ts'

/** "Money in whose counterparty or purpose contains 物业费 is service fee": the first rule that fits, newest first. */
export interface MatchingRule {
  readonly ruleId: string
  readonly direction: 'in' | 'out'
  /** Compared without case, width or spaces. */
  readonly contains: string
  readonly fund: string
  readonly account: string
  /** The public narration of the voucher it proposes. */
  readonly narration: string
}

export interface MatchableLine {
  readonly bankLine: string
  readonly bookedOn: CivilDate
  readonly amountFen: Fen
  readonly counterparty: string
  readonly purpose: string
  /** Cash account of the bank account the line is on. */
  readonly cashAccount: string
  readonly fund: string
}

/** One voucher to draft: the lines of one day, one bank account and one rule together, as a bookkeeper would. */
export interface Proposal {
  readonly rule: MatchingRule
  readonly occurredOn: CivilDate
  readonly bankLines: readonly string[]
  readonly postings: readonly Posting[]
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s/g, '')
}

/** The first rule that fits the line, or null. */
export function ruleFor(line: MatchableLine, rules: readonly MatchingRule[]): MatchingRule | null {
  const direction = line.amountFen > 0n ? 'in' : 'out'
  const texts = [plain(line.counterparty), plain(line.purpose)]
  return (
    rules.find(
      rule =>
        rule.direction === direction &&
        rule.fund === line.fund &&
        texts.some(text => text.includes(plain(rule.contains))),
    ) ?? null
  )
}

/** The two postings of a bank line's money against an account, within the line's fund. */
export function postingsAgainst(
  line: { readonly cashAccount: string; readonly fund: string; readonly amountFen: Fen },
  account: string,
): Posting[] {
  const magnitude = (line.amountFen < 0n ? -line.amountFen : line.amountFen) as Fen
  const cash = { fund: line.fund, account: line.cashAccount, amountFen: magnitude }
  const other = { fund: line.fund, account, amountFen: magnitude }
  return line.amountFen > 0n
    ? [
        { ...cash, side: 'debit' },
        { ...other, side: 'credit' },
      ]
    : [
        { ...other, side: 'debit' },
        { ...cash, side: 'credit' },
      ]
}

/** Proposals for all lines that some rule fits, in the order of the lines; receipts of one day and rule share a voucher, payments stand alone. */
export function proposeVouchers(lines: readonly MatchableLine[], rules: readonly MatchingRule[]): Proposal[] {
  const groups = new Map<string, { rule: MatchingRule; lines: MatchableLine[] }>()
  for (const line of lines) {
    const rule = ruleFor(line, rules)
    if (rule === null || line.amountFen === 0n) continue
    const together =
      line.amountFen > 0n ? `${line.bookedOn}\n${rule.ruleId}\n${line.cashAccount}` : line.bankLine
    const group = groups.get(together)
    if (group) group.lines.push(line)
    else groups.set(together, { rule, lines: [line] })
  }
  return [...groups.values()].map(({ rule, lines: members }) => {
    const first = members[0]!
    const total = members.reduce((sum, line) => sum + line.amountFen, 0n) as Fen
    return {
      rule,
      occurredOn: first.bookedOn,
      bankLines: members.map(line => line.bankLine),
      postings: postingsAgainst({ ...first, amountFen: total }, rule.account),
    }
  })
}

function isSamePosting(a: Posting, b: Posting | undefined): boolean {
  return (
    b !== undefined &&
    a.fund === b.fund &&
    a.account === b.account &&
    a.side === b.side &&
    a.amountFen === b.amountFen
  )
}

/**
 * The rule that proposes exactly this voucher for these lines, to the day, the word and the fen; null when none does, because
 * then a person decided something that no rule says.
 */
export function ruleBehind(
  voucher: {
    readonly occurredOn: CivilDate
    readonly narration: string
    readonly postings: readonly Posting[]
  },
  lines: readonly MatchableLine[],
  rules: readonly MatchingRule[],
): MatchingRule | null {
  const [proposal, ...others] = proposeVouchers(lines, rules)
  if (proposal === undefined || others.length > 0 || proposal.bankLines.length !== lines.length) return null
  const isSame =
    proposal.occurredOn === voucher.occurredOn &&
    proposal.rule.narration === voucher.narration &&
    proposal.postings.length === voucher.postings.length &&
    proposal.postings.every((posting, index) => isSamePosting(posting, voucher.postings[index]))
  return isSame ? proposal.rule : null
}
