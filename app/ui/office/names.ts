/** Names of accounts and funds in the reader's language, and lists of them to choose from. */
import type { Account, AccountType, Fund } from '#ledger'
import type { Choice } from '../form.tsx'
import { useT, useViewer } from '../viewer.tsx'

interface Named {
  readonly code: string
  readonly nameZh: string
  readonly nameEn: string
}

/** The chart as pages need it: without account numbers. */
export interface NamedChart {
  readonly accounts: readonly Account[]
  readonly funds: readonly Fund[]
  readonly bankAccounts: readonly {
    readonly accountCode: string
    readonly fund: string
    readonly bankName: string
    readonly numberLast4: string
  }[]
}

const GROUPS: readonly AccountType[] = ['cash', 'expense', 'income', 'liability', 'interfund', 'balance']

/** The fund a form begins with: the trust fund, or the first where a community has none. */
export function mainFundOf(funds: readonly Fund[]): string {
  return (funds.find(fund => fund.kind === 'trust-fund') ?? funds[0])?.code ?? ''
}

/** Finds names by code; a code without a name is shown itself. */
export function useNames(chart: Pick<NamedChart, 'accounts' | 'funds'>) {
  const { lang } = useViewer()
  const t = useT()
  const nameOf = (each: Named) => (lang === 'en' ? each.nameEn : each.nameZh)
  const find = (list: readonly Named[], code: string) => {
    const found = list.find(each => each.code === code)
    return found === undefined ? code : nameOf(found)
  }
  return {
    account: (code: string) => find(chart.accounts, code),
    fund: (code: string) => find(chart.funds, code),
    fundChoices: chart.funds.map((fund): Choice => ({ value: fund.code, label: nameOf(fund) })),
    /** All accounts, grouped by type; `except` leaves types out. */
    accountChoices: (except: readonly AccountType[] = []) =>
      GROUPS.filter(type => !except.includes(type))
        .map(type => ({
          group: t(`ledger.accountType.${type}`),
          choices: chart.accounts
            .filter(account => account.type === type)
            .map((account): Choice => ({ value: account.code, label: `${account.code} ${nameOf(account)}` })),
        }))
        .filter(group => group.choices.length > 0),
  }
}

/** A bank account by its bank and last digits, as people tell accounts apart. */
export function bankAccountLabel(chart: Pick<NamedChart, 'bankAccounts'>, code: string): string {
  const found = chart.bankAccounts.find(account => account.accountCode === code)
  return found === undefined ? code : `${found.bankName} *${found.numberLast4}`
}
