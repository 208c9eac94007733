/** What is personal about a person, opened for officers' pages. Whoever shows it writes the reading into the audit. */
import type { Tx } from '#db'
import { type PersonPrivateRow, readPersonPrivates } from '#db/people'
import type { Portal, Sealer } from '#platform'
import { openJson, openPersonSealer, sealJson } from './person-seal.server.ts'

/** Sealed about a person. */
export interface PersonSecret {
  readonly name: string
  readonly phone: string | null
}

const placeOf = (communityId: number, personId: string) => `person_private/${communityId}/${personId}`

/** Seals what is personal for the row of its person. */
export function sealPerson(
  sealer: Sealer,
  communityId: number,
  personId: string,
  secret: PersonSecret,
): Uint8Array {
  return sealJson(sealer, placeOf(communityId, personId), { name: secret.name, phone: secret.phone })
}

/** Opens the row of a person. */
export function openPerson(sealer: Sealer, row: PersonPrivateRow): PersonSecret {
  return openJson(sealer, placeOf(row.community_id, row.person_id), row.sealed) as PersonSecret
}

/** A person as an officer's page shows them: never more of a number than its end. */
export interface PersonCard {
  readonly personId: string
  readonly name: string
  readonly phoneLast4: string | null
  readonly identityLast4: string | null
}

/** Cards by person id; a person whose data was erased has none. The caller checks `roll:read` and writes the audit. */
export async function readPersonCards(
  portal: Portal,
  tx: Tx,
  communityId: number,
  personIds: readonly string[],
): Promise<Map<string, PersonCard>> {
  const sealer = await openPersonSealer(portal)
  const rows = await readPersonPrivates(tx, communityId, [...new Set(personIds)])
  return new Map(
    rows.map(row => {
      const { name, phone } = openPerson(sealer, row)
      const card = {
        personId: row.person_id,
        name,
        phoneLast4: phone === null ? null : phone.slice(-4),
        identityLast4: row.identity_last4,
      }
      return [row.person_id, card] as const
    }),
  )
}

/** Names by person id; a person whose data was erased has none. The caller checks the right to read and writes the audit. */
export async function readPersonNames(
  portal: Portal,
  tx: Tx,
  communityId: number,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  const cards = await readPersonCards(portal, tx, communityId, personIds)
  return new Map([...cards].map(([personId, card]) => [personId, card.name]))
}
