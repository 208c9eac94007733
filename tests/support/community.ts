/** A small community with its officers, for tests of the ledger and all that stands on it. */
import { type CivilDate, fen, period } from '#kernel'
import { type LedgerCommunity, openLedger, readCommunity } from '#ledger/server'
import type { Actor, Role } from '#people'
import { addUser } from '#people/server'
import type { TestPortal } from './portal.ts'

export interface SampleCommunity {
  readonly community: LedgerCommunity
  readonly bookkeeper: Actor
  readonly reviewer: Actor
  readonly manager: Actor
  readonly treasurer: Actor
  readonly overseer: Actor
}

/** Account number of the generated corporate fixtures' holder; any other statement is another account's. */
export const SAMPLE_ACCOUNT_NUMBER = '4402000000000001234'

async function addOfficer(
  portal: TestPortal,
  communityId: number,
  login: string,
  role: Role,
): Promise<Actor> {
  const displayName = `officer ${login}`
  const added = await addUser(portal, { login, displayName, password: `a long pass phrase of ${login}` }, [
    { communityId, role, from: '2020-01-01' as CivilDate, until: null },
  ])
  if (!added.ok) throw new Error(`officer ${login}: ${added.error.code}`)
  return { userId: added.value, displayName, roles: [{ communityId, role }], sessionId: `session-${login}` }
}

/** Opens a community of this slug with a trust fund at a bank and a maintenance fund, and five officers. */
export async function openSampleCommunity(
  portal: TestPortal,
  slug = 'sample',
  options: { readonly firstPeriod?: string; readonly accountNumber?: string } = {},
): Promise<SampleCommunity> {
  const opened = await openLedger(portal, {
    slug,
    name: '示例小区',
    nameEn: 'Sample Court',
    district: '成都市武侯区',
    firstPeriod: period(options.firstPeriod ?? '2025-01'),
    funds: [
      { code: 'trust', kind: 'trust-fund', nameZh: '共有基金', nameEn: 'Trust fund' },
      { code: 'maintenance', kind: 'maintenance-fund', nameZh: '维修资金', nameEn: 'Maintenance fund' },
    ],
    remuneration: { kind: 'fixed', amountFen: fen(2_000_000n) },
    bankAccounts: [
      {
        fund: 'trust',
        kind: 'bank',
        nameZh: '银行存款：共管账户',
        nameEn: 'Bank, co-managed account',
        bankName: '工商银行',
        holderName: '示例小区业主大会',
        number: options.accountNumber ?? SAMPLE_ACCOUNT_NUMBER,
        openedOn: '2024-12-01' as CivilDate,
      },
    ],
  })
  if (!opened.ok) throw new Error(opened.error.code)
  const community = await readCommunity(portal.db, slug)
  if (community === null) throw new Error('the community did not open')
  const { communityId } = community
  return {
    community,
    bookkeeper: await addOfficer(portal, communityId, `${slug}-kuaiji`, 'bookkeeper'),
    reviewer: await addOfficer(portal, communityId, `${slug}-fuhe`, 'bookkeeper'),
    manager: await addOfficer(portal, communityId, `${slug}-jingli`, 'manager'),
    treasurer: await addOfficer(portal, communityId, `${slug}-caiwu`, 'committee_treasurer'),
    overseer: await addOfficer(portal, communityId, `${slug}-dangzhibu`, 'overseer'),
  }
}
