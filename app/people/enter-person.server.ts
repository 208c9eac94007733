/**
 * Enters a person who is not on the roll: a written proxy who owns nothing here, a buyer before the roll is imported again. Name
 * and telephone are sealed; the same name with the same telephone is the same person, so that a limit per person cannot be
 * got round by typing them twice.
 */
import { insertPersons, readPersonPrivates } from '#db/people'
import { equalBytes, err, ok, type Result } from '#kernel'
import type { Portal } from '#platform'
import { noteAct } from './audit.server.ts'
import { type Actor, can } from './permission.ts'
import { sealPerson } from './person.server.ts'
import { openMatcher, openPersonSealer } from './person-seal.server.ts'
import { parsePhone } from './roll-file/personal-numbers.ts'

export type EnterPersonRefusal = {
  readonly code: 'not-permitted' | 'name-missing' | 'phone-malformed'
}

const LONGEST_NAME = 60

/** The person's id, new or known. Needs `proxy:register`; in the audit without the name. */
export async function enterPerson(
  portal: Portal,
  actor: Actor,
  community: { readonly communityId: number },
  person: { readonly name: string; readonly phone: string },
): Promise<Result<{ readonly personId: string }, EnterPersonRefusal>> {
  const { communityId } = community
  if (!can(actor, 'proxy:register', communityId)) return err({ code: 'not-permitted' })
  const name = person.name.normalize('NFC').trim()
  if (name === '' || name.length > LONGEST_NAME) return err({ code: 'name-missing' })
  const phone = parsePhone(person.phone)
  if (!phone.ok) return err({ code: phone.error })
  const matcher = await openMatcher(portal, communityId)
  const nameHash = matcher('name', name)
  const phoneHash = matcher('phone', phone.value)
  const sealer = await openPersonSealer(portal)
  return portal.db.transaction().execute(async tx => {
    const known = (await readPersonPrivates(tx, communityId, 'all')).find(
      row =>
        equalBytes(row.name_hash, nameHash) &&
        row.phone_hash !== null &&
        equalBytes(row.phone_hash, phoneHash),
    )
    if (known !== undefined) return ok({ personId: known.person_id })
    const personId = portal.random.id()
    const at = portal.clock.now()
    await insertPersons(
      tx,
      [{ community_id: communityId, person_id: personId, kind: 'natural', recorded_at: at }],
      [
        {
          community_id: communityId,
          person_id: personId,
          sealed: sealPerson(sealer, communityId, personId, { name, phone: phone.value }),
          name_hash: nameHash,
          phone_hash: phoneHash,
          identity_hash: null,
          identity_last4: null,
        },
      ],
    )
    await noteAct(portal, tx, { communityId, by: actor.userId, act: 'enter-person', subject: personId })
    return ok({ personId })
  })
}
