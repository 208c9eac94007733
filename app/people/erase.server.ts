/**
 * Erasure: what is personal is removed with its key; what was counted, posted and logged stands, because it never held it. A
 * person of the register is an id without a name then, an account a login nobody has.
 */
import type { Tx } from '#db'
import {
  deleteAuditSalts,
  deletePasskeysOf,
  deletePersonPrivate,
  deleteSessionsOf,
  deleteSmsFactor,
  deleteTotpFactors,
  eraseUserRow,
  insertPersonErasure,
  lockRegister,
  readPersonsOfUser,
  readUsersOfPerson,
  replaceRecoveryCodes,
} from '#db/people'
import { dateOf, err, ok, type Result, toHex } from '#kernel'
import type { Portal } from '#platform'
import { noteAct } from './audit.server.ts'
import { noteAccountAct } from './note-account-act.server.ts'
import { mayChangeKeys } from './own-factors.server.ts'
import { hashPassword } from './password-hash.server.ts'
import { type Actor, can } from './permission.ts'
import { readUnitsOf } from './read-register.server.ts'

export type EraseRefusal = {
  readonly code: 'not-permitted' | 'still-owner' | 'nothing-personal' | 'office-held' | 'not-fresh'
}

/** What another room forgets of an account that is erased, in the transaction of its erasure. */
export type ErasureElsewhere = (portal: Portal, tx: Tx, userId: string) => Promise<void>

/**
 * Removes what is personal of a person, with what other rooms know of the accounts bound to them, notes why, and audits it. The
 * caller holds a transaction and has seen that it may be done.
 */
export async function removePersonalData(
  portal: Portal,
  tx: Tx,
  erasure: {
    readonly communityId: number
    readonly personId: string
    readonly ground: 'asked' | 'retention'
    readonly by: string
  },
  elsewhere: readonly ErasureElsewhere[],
): Promise<boolean> {
  const { communityId, personId, ground, by } = erasure
  const users = await readUsersOfPerson(tx, communityId, personId)
  const wasThere = await deletePersonPrivate(tx, communityId, personId)
  if (!wasThere) return false
  for (const forget of elsewhere) for (const userId of users) await forget(portal, tx, userId)
  await insertPersonErasure(tx, {
    community_id: communityId,
    person_id: personId,
    ground,
    erased_by: by,
    erased_at: portal.clock.now(),
  })
  await deleteAuditSalts(tx, communityId, personId)
  const subject = personId
  await noteAct(portal, tx, { communityId, by, act: 'erase-person', subject, detail: { ground } })
  return true
}

/** Erases a person of the register who asked for it and owns nothing here today; `elsewhere` for the accounts bound to them. Needs `person:erase`. */
export async function erasePerson(
  portal: Portal,
  actor: Actor,
  { communityId }: { readonly communityId: number },
  personId: string,
  elsewhere: readonly ErasureElsewhere[] = [],
): Promise<Result<void, EraseRefusal>> {
  if (!can(actor, 'person:erase', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    await lockRegister(tx, communityId)
    const units = await readUnitsOf(tx, communityId, personId, dateOf(portal.clock.now()))
    if (units.length > 0) return err({ code: 'still-owner' } as const)
    const order = { communityId, personId, ground: 'asked', by: actor.userId } as const
    const done = await removePersonalData(portal, tx, order, elsewhere)
    return done ? ok(undefined) : err({ code: 'nothing-personal' } as const)
  })
}

/**
 * Erases the account of the person signed in, who holds no office and, where there is a second factor, gave it minutes ago. The
 * register keeps its owner; whoever owns nothing any more is erased from it as well; `elsewhere` is what other rooms forget.
 */
export async function eraseOwnAccount(
  portal: Portal,
  actor: Actor,
  elsewhere: readonly ErasureElsewhere[] = [],
): Promise<Result<void, EraseRefusal>> {
  const isOfficer = actor.roles.some(({ role }) => role !== 'owner' && role !== 'tenant')
  if (isOfficer || actor.awaits !== undefined) return err({ code: 'office-held' })
  const passwordHash = await hashPassword(toHex(portal.random.bytes(32)), portal.random.bytes(16))
  const now = portal.clock.now()
  return portal.db.transaction().execute(async tx => {
    if (!(await mayChangeKeys(portal, actor, tx))) return err({ code: 'not-fresh' } as const)
    const { userId } = actor
    for (const { community_id: communityId, person_id: personId } of await readPersonsOfUser(tx, userId)) {
      const units = await readUnitsOf(tx, communityId, personId, dateOf(now))
      const order = { communityId, personId, ground: 'asked', by: userId } as const
      if (units.length === 0) await removePersonalData(portal, tx, order, [])
    }
    for (const forget of elsewhere) await forget(portal, tx, userId)
    await noteAccountAct(portal, tx, actor, 'erase-account')
    await eraseUserRow(tx, userId, {
      login: `erased-${userId.slice(0, 20)}`,
      displayName: 'erased',
      passwordHash,
      at: now,
    })
    await deleteSmsFactor(tx, userId)
    await deletePasskeysOf(tx, userId)
    await deleteTotpFactors(tx, userId, 'all')
    await replaceRecoveryCodes(tx, userId, [])
    await deleteSessionsOf(tx, userId)
    return ok(undefined)
  })
}
