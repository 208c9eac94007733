/** One voucher as its page shows it: what the public may see, and nothing that can be traced to a private person. Never writes. */
import { type CivilDate, type Fen, fen, fiscalYearOf } from '#kernel'
import { accountByCode, formatVoucherKey, type VoucherKey } from '#ledger'
import {
  type LedgerCommunity,
  readAllowancesOf,
  readFund,
  readVoucher,
  type VoucherDetail,
} from '#ledger/server'
import type { Portal } from '#platform'
import { readCheckpoint } from '#tlog/server'
import { viewOf } from './community.server.ts'
import type { Named } from './fund-view.ts'

/** A year's budget line of an account that this voucher touches. */
export interface BudgetView extends Named {
  readonly account: string
  readonly fund: string
  readonly budgetFen: Fen
  readonly allowedFen: Fen
  readonly actualFen: Fen
}

function keyText(key: VoucherKey | null): string | null {
  return key && formatVoucherKey(key)
}

function documentsOf(voucher: VoucherDetail) {
  return voucher.documents.map(document => ({
    sha256: document.sha256,
    mediaType: document.mediaType,
    byteCount: document.byteCount,
    publicSha256: document.publicSha256,
    publicMediaType: document.publicMediaType,
  }))
}

const namesOf = ({ nameZh, nameEn }: Named): Named => ({ nameZh, nameEn })

/** The page of a voucher; null when there is none. */
export async function readVoucherView(portal: Portal, community: LedgerCommunity, key: VoucherKey) {
  const voucher = await readVoucher(portal, community, key)
  if (voucher === null) return null
  const reading = await readFund(portal, community, voucher.period)
  const { accounts, funds } = reading.chart
  const named = (code: string): Named & { code: string; type: string } => {
    const account = accountByCode(accounts, code)
    if (account === null) throw new Error(`invariant broken: posting on unknown account ${code}`)
    return account
  }
  const checkpoint = await readCheckpoint(portal.db, community.communityId)
  const touched = voucher.postings.filter(posting => named(posting.account).type === 'expense')
  const budget: BudgetView[] = reading.budget
    .filter(line => line.direction === 'out' && line.amountFen > 0n)
    .filter(line => touched.some(p => p.account === line.account && p.fund === line.fund))
    .map(line => ({
      account: line.account,
      fund: line.fund,
      ...namesOf(named(line.account)),
      budgetFen: line.amountFen,
      allowedFen: line.allowedFen,
      actualFen: line.actualFen,
    }))
  return {
    community: viewOf(community),
    asOf: reading.asOf ?? voucher.postedAt,
    reconciledThrough: reading.reconciledThrough,
    unmatchedLines: reading.unmatched.lines,
    number: formatVoucherKey(voucher.key),
    kind: voucher.kind,
    period: voucher.period,
    year: fiscalYearOf(voucher.period),
    occurredOn: voucher.occurredOn,
    narration: voucher.narration,
    amountFen: voucher.amountFen,
    payee: voucher.payee,
    postedAt: voucher.postedAt,
    postings: voucher.postings.map((posting, place) => ({
      line: place + 1,
      side: posting.side,
      amountFen: posting.amountFen,
      account: named(posting.account),
      fund: funds.find(each => each.code === posting.fund)!,
    })),
    steps: voucher.steps,
    notes: voucher.notes,
    documents: documentsOf(voucher),
    bankLines: voucher.bankLines.map((line, place) => ({
      key: String(place),
      lines: line.lines,
      bookedOn: line.bookedOn as CivilDate,
      amountFen: fen(line.amountFen),
      account: namesOf(named(line.account)),
      counterparty: line.counterparty,
    })),
    reverses: keyText(voucher.reverses),
    replaces: keyText(voucher.replaces),
    reversedBy: keyText(voucher.reversedBy),
    replacedBy: keyText(voucher.replacedBy),
    hasExpense: touched.length > 0,
    budget,
    allowances: await readAllowancesOf(portal.db, community.communityId, voucher),
    ruleNames: { accounts, funds },
    log: {
      index: voucher.leafIndex,
      sha256: voucher.leafSha256,
      isPublished: checkpoint !== null && voucher.leafIndex < checkpoint.size,
    },
  }
}

export type VoucherPage = NonNullable<Awaited<ReturnType<typeof readVoucherView>>>
