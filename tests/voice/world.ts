/** A small community with a posted payment, two owners and the officers who answer and watch, for tests of the voice. */
import type { CivilDate } from '#kernel'
import { formatVoucherKey } from '#ledger'
import { approveVoucher, draftVoucher, type LedgerCommunity } from '#ledger/server'
import type { Actor, Role } from '#people'
import { addUser } from '#people/server'
import { createLogKey } from '#tlog/server'
import { entry, must } from '../ledger/office.ts'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import type { TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

export interface VoiceWorld {
  readonly portal: TestPortal
  readonly community: LedgerCommunity
  readonly owner: Actor
  readonly neighbour: Actor
  readonly manager: Actor
  readonly chair: Actor
  readonly overseer: Actor
  readonly residents: Actor
  /** A manager who owns a home here, too. */
  readonly managerAtHome: Actor
  /** Key of a posted voucher. */
  readonly voucher: string
}

/** A receipt through draft and review; gives its number. */
async function postReceipt(portal: TestPortal, sample: SampleCommunity): Promise<string> {
  const { bookkeeper, reviewer, community } = sample
  const draft = must(await draftVoucher(portal, bookkeeper, community, entry(150_000n)))
  const seen = { draftId: draft.draftId, step: 'review' as const, seenDigest: draft.contentDigest }
  const key = must(await approveVoucher(portal, reviewer, community, seen))
  if (key === null) throw new Error('a reviewed receipt is posted')
  return formatVoucherKey(key)
}

/** The password of everybody who is not one of the sample's officers. */
export const passwordOf = (login: string) => `a long pass phrase ${login}`

/** The world over a database of its own. */
export function openVoiceWorld(database: TestDatabase, slug = 'sample'): Promise<VoiceWorld> {
  return openVoiceWorldOn(openTestPortal(database, { seed: slug }), slug)
}

/** The world in a portal that is there. */
export async function openVoiceWorldOn(portal: TestPortal, slug: string): Promise<VoiceWorld> {
  await createLogKey(portal)
  const sample = await openSampleCommunity(portal, slug)
  const { community } = sample
  const { communityId } = community
  const add = async (login: string, ...held: readonly Role[]): Promise<Actor> => {
    const displayName = `person ${login}`
    const terms = held.map(role => ({ communityId, role, from: '2020-01-01' as CivilDate, until: null }))
    const added = await addUser(portal, { login, displayName, password: passwordOf(login) }, terms)
    if (!added.ok) throw new Error(`${login}: ${added.error.code}`)
    const roles = held.map(role => ({ communityId, role }))
    return { userId: added.value, displayName, roles, sessionId: `session-${login}` }
  }
  return {
    portal,
    community,
    manager: sample.manager,
    overseer: sample.overseer,
    owner: await add(`${slug}-yezhu`, 'owner'),
    neighbour: await add(`${slug}-linju`, 'owner'),
    chair: await add(`${slug}-zhuren`, 'committee_chair'),
    residents: await add(`${slug}-juwei`, 'residents_committee'),
    managerAtHome: await add(`${slug}-jingli2`, 'manager', 'owner'),
    voucher: await postReceipt(portal, sample),
  }
}
