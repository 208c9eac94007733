/** Reads a community's frame: its accounts, funds, bank accounts and open months, as the domain's own types. */
import type { Tx } from '#db'
import {
  findCommunities,
  findCommunityById,
  lastClosedPeriod,
  listAccounts,
  listBankAccounts,
  listClosedPeriods,
  listCommunities,
  listFunds,
} from '#db/ledger'
import { type CivilDate, civilDate, type Period, period } from '#kernel'
import { together } from '#platform'
import type { Account, Fund } from './account.ts'
import type { PeriodState } from './period.ts'
import { decodeRemuneration, type RemunerationFormula } from './remuneration.ts'

/** A community that keeps a ledger. */
export interface LedgerCommunity {
  readonly communityId: number
  readonly slug: string
  readonly name: string
  readonly nameEn: string
  readonly district: string
  readonly chargingModel: 'trust' | 'remuneration' | 'lump_sum'
  readonly logOrigin: string
  readonly publishesDetail: boolean
  readonly firstPeriod: Period
  readonly remuneration: RemunerationFormula
}

/** A bank account or wallet; its number is never stored, only its last four digits and a keyed hash. */
export interface BankAccount {
  readonly accountCode: string
  readonly fund: string
  readonly bankName: string
  readonly holderName: string
  readonly numberLast4: string
  readonly numberHash: Uint8Array
  readonly openedOn: CivilDate
}

export interface Chart {
  readonly accounts: readonly Account[]
  readonly funds: readonly Fund[]
  readonly bankAccounts: readonly BankAccount[]
}

/** The community of an address name; null when there is none. Nearly every request asks for one: they are read together. */
export function readCommunity(tx: Tx, slug: string): Promise<LedgerCommunity | null> {
  return together(tx, 'community', slug, async slugs => {
    const rows = await findCommunities(tx, [...new Set(slugs)])
    return slugs.map(asked => communityOf(rows.find(row => row.slug === asked)))
  })
}

/** The community of a number; null when there is none. */
export async function readCommunityById(tx: Tx, communityId: number): Promise<LedgerCommunity | null> {
  return communityOf(await findCommunityById(tx, communityId))
}

/** Every community that keeps a ledger, by address name. */
export async function readCommunities(tx: Tx): Promise<LedgerCommunity[]> {
  return (await listCommunities(tx)).map(row => communityOf(row)!)
}

function communityOf(row: Awaited<ReturnType<typeof findCommunityById>>): LedgerCommunity | null {
  if (row === undefined) return null
  return {
    communityId: row.community_id,
    slug: row.slug,
    name: row.name,
    nameEn: row.name_en,
    district: row.district,
    chargingModel: row.charging_model,
    logOrigin: row.log_origin,
    publishesDetail: row.publishes_detail,
    firstPeriod: period(row.first_period),
    remuneration: decodeRemuneration(row.remuneration),
  }
}

/** Accounts, funds and bank accounts. */
export async function readChart(tx: Tx, communityId: number): Promise<Chart> {
  const accounts = await listAccounts(tx, communityId)
  const funds = await listFunds(tx, communityId)
  const bankAccounts = await listBankAccounts(tx, communityId)
  return {
    accounts: accounts.map(row => ({
      code: row.code,
      type: row.type,
      nameZh: row.name_zh,
      nameEn: row.name_en,
    })),
    funds: funds.map(row => ({ code: row.code, kind: row.kind, nameZh: row.name_zh, nameEn: row.name_en })),
    bankAccounts: bankAccounts.map(row => ({
      accountCode: row.account_code,
      fund: row.fund_code,
      bankName: row.bank_name,
      holderName: row.holder_name,
      numberLast4: row.number_last4,
      numberHash: row.number_hash,
      openedOn: civilDate(row.opened_on),
    })),
  }
}

/** The closed months of a community, oldest first. */
export async function readClosedMonths(tx: Tx, community: LedgerCommunity): Promise<Period[]> {
  const rows = await listClosedPeriods(tx, community.communityId)
  return rows.map(row => period(row.period))
}

/** Which months are closed. */
export async function readPeriodState(
  tx: Tx,
  community: Pick<LedgerCommunity, 'communityId' | 'firstPeriod'>,
): Promise<PeriodState> {
  const last = await lastClosedPeriod(tx, community.communityId)
  return { firstPeriod: community.firstPeriod, lastClosed: last === null ? null : period(last) }
}
