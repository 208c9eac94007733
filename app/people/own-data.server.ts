/** Everything that is stored about the person signed in, for themselves: what people keep. Other rooms add what is theirs. */
import {
  readPasskeys,
  readPersonPrivates,
  readPersonsOfUser,
  readSmsFactor,
  readTotpInUse,
  readUserById,
} from '#db/people'
import { readCommunityById } from '#db/platform'
import { assert, dateOf, formatAreaM2 } from '#kernel'
import type { Portal } from '#platform'
import { maskedAddress } from './message.ts'
import { readMessageChoice } from './message-choice.server.ts'
import { noteAccountAct } from './note-account-act.server.ts'
import { listSessions } from './own-sessions.server.ts'
import type { Actor } from './permission.ts'
import { openPerson } from './person.server.ts'
import { openPersonSealer } from './person-seal.server.ts'
import { readOwnAudit } from './read-audit.server.ts'
import { readUnitsOf } from './read-register.server.ts'

/** The account: never a secret, only that there is one and since when. */
async function accountOf(portal: Portal, actor: Actor) {
  const user = await readUserById(portal.db, actor.userId)
  assert(user !== null, 'somebody signed in is a user')
  const choice = await readMessageChoice(portal, portal.db, actor.userId)
  const totp = await readTotpInUse(portal.db, actor.userId)
  const sms = await readSmsFactor(portal.db, actor.userId)
  return {
    login: user.login,
    displayName: user.display_name,
    createdAt: user.created_at,
    roles: actor.roles,
    sessions: await listSessions(portal, actor),
    authenticatorSince: totp?.confirmed_at ?? null,
    passkeys: (await readPasskeys(portal.db, actor.userId)).map(row => ({
      name: row.name,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
    })),
    smsSignInSince: sms?.verified_at ?? null,
    messages: {
      channel: choice.channel,
      address: choice.address === null ? null : maskedAddress(choice.address),
      isDigest: choice.isDigest,
    },
  }
}

/** What the registers say of the person, by community: whole, because it is theirs. */
async function registersOf(portal: Portal, actor: Actor) {
  const sealer = await openPersonSealer(portal)
  const found = []
  for (const { community_id, person_id, bound_at } of await readPersonsOfUser(portal.db, actor.userId)) {
    const community = await readCommunityById(portal.db, community_id)
    const [row] = await readPersonPrivates(portal.db, community_id, [person_id])
    const secret = row === undefined ? null : openPerson(sealer, row)
    const units = await readUnitsOf(portal.db, community_id, person_id, dateOf(portal.clock.now()))
    found.push({
      community: community?.name ?? '',
      personId: person_id,
      accountSince: bound_at,
      name: secret?.name ?? null,
      phone: secret?.phone ?? null,
      identityLast4: row?.identity_last4 ?? null,
      units: units.map(unit => ({
        unit: unit.unitId,
        areaM2: formatAreaM2(unit.areaCentiM2),
        kind: unit.kind,
      })),
    })
  }
  return found
}

/** Reads it all, and notes that it was downloaded. */
export async function readOwnData(portal: Portal, actor: Actor) {
  const data = {
    takenAt: portal.clock.now(),
    account: await accountOf(portal, actor),
    registers: await registersOf(portal, actor),
    audit: (await readOwnAudit(portal, actor)).map(({ community, acts }) => ({
      community: community.name,
      acts: acts.map(({ at, by, act, subject }) => ({ at, by, act, subject })),
    })),
  }
  await portal.db.transaction().execute(tx => noteAccountAct(portal, tx, actor, 'export-own-data'))
  return data
}
