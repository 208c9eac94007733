/** Opens a community's books: its chart, funds, bank accounts and transparency log, in one transaction. */
import type { Tx } from '#db'
import { findCommunities, insertAccounts, insertBankAccount, insertFunds, insertLedger } from '#db/ledger'
import { insertCommunity } from '#db/platform'
import { type CivilDate, err, isSlug, ok, type Period, type Result } from '#kernel'
import type { Portal } from '#platform'
import { createLog } from '#tlog/server'
import { CASH_PREFIX, CHART_OF_ACCOUNTS, type Fund, nextChildCode } from './account.ts'
import { hashAccountNumber, lastFour } from './account-number.server.ts'
import { encodeRemuneration, type RemunerationFormula } from './remuneration.ts'

export interface LedgerOpening {
  readonly slug: string
  readonly name: string
  readonly nameEn: string
  readonly district: string
  readonly firstPeriod: Period
  readonly funds: readonly Fund[]
  readonly remuneration: RemunerationFormula
  readonly bankAccounts: readonly BankAccountOpening[]
}

export interface BankAccountOpening {
  readonly fund: string
  readonly kind: 'bank' | 'wallet'
  readonly nameZh: string
  readonly nameEn: string
  readonly bankName: string
  readonly holderName: string
  readonly number: string
  readonly openedOn: CivilDate
}

export type OpenLedgerProblem = { readonly code: 'slug-malformed' } | { readonly code: 'slug-taken' }

async function addBankAccounts(
  portal: Portal,
  tx: Tx,
  communityId: number,
  openings: readonly BankAccountOpening[],
): Promise<void> {
  const accounts = [...CHART_OF_ACCOUNTS]
  for (const opening of openings) {
    const code = nextChildCode(accounts, CASH_PREFIX[opening.kind])
    accounts.push({ code, type: 'cash', nameZh: opening.nameZh, nameEn: opening.nameEn })
    await insertAccounts(tx, [
      { community_id: communityId, code, type: 'cash', name_zh: opening.nameZh, name_en: opening.nameEn },
    ])
    await insertBankAccount(tx, {
      community_id: communityId,
      account_code: code,
      fund_code: opening.fund,
      bank_name: opening.bankName,
      holder_name: opening.holderName,
      number_last4: lastFour(opening.number),
      number_hash: await hashAccountNumber(portal, opening.number),
      opened_on: opening.openedOn,
    })
  }
}

/**
 * Opens the books. Done by the operator on the command line, before anybody signs in. Bank accounts get the codes 100201,
 * 100202, ... and wallets 101201, ... in the order given.
 */
export async function openLedger(
  portal: Portal,
  opening: LedgerOpening,
): Promise<Result<{ readonly communityId: number }, OpenLedgerProblem>> {
  if (!isSlug(opening.slug)) return err({ code: 'slug-malformed' })
  return portal.db.transaction().execute(async tx => {
    if ((await findCommunities(tx, [opening.slug])).length > 0) return err({ code: 'slug-taken' })
    const origin = `${portal.settings.logHost}/c/${opening.slug}`
    const now = portal.clock.now()
    const communityId = await insertCommunity(tx, {
      slug: opening.slug,
      name: opening.name,
      name_en: opening.nameEn,
      district: opening.district,
      charging_model: 'trust',
      log_origin: origin,
      created_at: now,
    })
    await createLog(tx, communityId, origin)
    await insertLedger(tx, {
      community_id: communityId,
      first_period: opening.firstPeriod,
      remuneration: encodeRemuneration(opening.remuneration),
      opened_at: now,
    })
    await insertFunds(
      tx,
      opening.funds.map(fund => ({
        community_id: communityId,
        code: fund.code,
        kind: fund.kind,
        name_zh: fund.nameZh,
        name_en: fund.nameEn,
      })),
    )
    await insertAccounts(
      tx,
      CHART_OF_ACCOUNTS.map(account => ({
        community_id: communityId,
        code: account.code,
        type: account.type,
        name_zh: account.nameZh,
        name_en: account.nameEn,
      })),
    )
    await addBankAccounts(portal, tx, communityId, opening.bankAccounts)
    return ok({ communityId })
  })
}
