/**
 * Invitation letters for a building or for all: asked for once, made by a job in one transaction with its codes, fetched,
 * handed over unit by unit. A code is in the file and nowhere else; the file is sealed and does not stay.
 */
import type { Tx } from '#db'
import {
  deleteLetterFile,
  insertLetterBatch,
  insertLetterHandovers,
  insertMadeBatch,
  lockRegister,
  readBoundPersons,
  readInvitedPersons,
  readLetterBatches,
  readLetterFile,
  readLetters,
  readPersonPrivates,
  updateLetterFileFetched,
} from '#db/people'
import { assert, type CanonicalValue, dateOf, err, ok, type Result } from '#kernel'
import { enqueueJob, type JobRun, type Portal, type Sealer } from '#platform'
import { noteAct } from './audit.server.ts'
import { lastFourOf, openProofHasher, readChosenProof } from './claim-proof.server.ts'
import { codeExpiry, makeCode, proofRow } from './invite-owner.server.ts'
import { type ClaimProof, LONGEST_HELP, maskedName, type PlannedLetter, planLetters } from './letter.ts'
import { type Actor, can } from './permission.ts'
import { openPerson } from './person.server.ts'
import { openPersonSealer } from './person-seal.server.ts'
import { readRegisteredUnits } from './read-register.server.ts'

export const PRINT_LETTERS = 'print-letters'
export const REMOVE_LETTERS = 'remove-letters'

/** How long the file waits for somebody to fetch it, and how long it stays for a printer that jammed. */
const KEPT_DAYS = 7
const KEPT_AFTER_FETCH_HOURS = 1

export type LetterRefusal =
  | { readonly code: 'not-permitted' | 'nobody-to-invite' | 'batch-unknown' | 'file-gone' }
  /** Codes of these households are out already: new ones make them void. */
  | { readonly code: 'codes-are-out'; readonly count: number }

interface Community {
  readonly communityId: number
}

async function planOf(portal: Portal, tx: Tx, communityId: number, building: string, proof: ClaimProof) {
  const today = dateOf(portal.clock.now())
  const filter = building === '' ? {} : { building }
  const units = await readRegisteredUnits(tx, communityId, today, filter)
  const persons = [...new Set(units.flatMap(unit => unit.owners))]
  const rows = new Map((await readPersonPrivates(tx, communityId, persons)).map(row => [row.person_id, row]))
  const sealer = await openPersonSealer(portal)
  const provable = [...rows.values()]
    .filter(row => proof === 'none' || lastFourOf(sealer, row, proof) !== null)
    .map(row => row.person_id)
  const withAccount = await readBoundPersons(tx, communityId)
  const letters = planLetters(units, { withAccount, provable: new Set(provable) })
  return { letters, rows, sealer }
}

function invitedOf(letters: readonly PlannedLetter[]): string[] {
  const slots = letters.flatMap(letter => letter.slots)
  return [...new Set(slots.filter(slot => slot.kind === 'code').map(slot => slot.personId))]
}

/** Asks for the letters of a building, or of all for an empty name. Needs `letter:print`. */
export async function requestLetters(
  portal: Portal,
  actor: Actor,
  community: Community,
  order: { readonly building: string; readonly help: string; readonly replaces: boolean },
): Promise<Result<{ readonly batchId: string }, LetterRefusal>> {
  const { communityId } = community
  const { building } = order
  if (!can(actor, 'letter:print', communityId)) return err({ code: 'not-permitted' })
  const at = portal.clock.now()
  return portal.db.transaction().execute(async tx => {
    await lockRegister(tx, communityId)
    const proof = await readChosenProof(tx, communityId)
    const { letters } = await planOf(portal, tx, communityId, building, proof)
    if (letters.length === 0) return err({ code: 'nobody-to-invite' } as const)
    const out = await readInvitedPersons(tx, communityId, at)
    const again = letters.filter(letter => letter.slots.some(slot => out.has(slot.personId)))
    if (again.length > 0 && !order.replaces) {
      return err({ code: 'codes-are-out', count: again.length } as const)
    }
    const batchId = portal.random.id()
    await insertLetterBatch(tx, {
      community_id: communityId,
      batch_id: batchId,
      building,
      proof,
      help: order.help.normalize('NFC').trim().slice(0, LONGEST_HELP),
      requested_by: actor.userId,
      requested_at: at,
    })
    const detail = { building, letters: letters.length, replaced: again.length, proof }
    await noteAct(portal, tx, {
      communityId,
      by: actor.userId,
      act: 'request-letters',
      subject: batchId,
      detail,
    })
    await enqueueJob(portal, tx, {
      communityId,
      kind: PRINT_LETTERS,
      key: batchId,
      payload: { batchId },
      requestedBy: actor.userId,
    })
    return ok({ batchId })
  })
}

/** What stands in a letter for one owner, as it is drawn. */
export interface DraftedSlot {
  /** Masked; null once the personal data was erased. */
  readonly name: string | null
  readonly kind: 'code' | 'desk' | 'has-account'
  /** The secret; null unless there is a code. */
  readonly code: string | null
}

export interface DraftedLetters {
  readonly communityId: number
  readonly batchId: string
  readonly requestedBy: string
  readonly proof: ClaimProof
  readonly help: string
  readonly expiresAt: Date
  readonly letters: readonly {
    readonly unitId: string
    readonly building: string
    readonly slots: readonly DraftedSlot[]
  }[]
  readonly rows: Omit<Parameters<typeof insertMadeBatch>[1], 'file'>
}

/** The letters of a batch with new codes, none of which is stored yet; null when there is no such batch. */
export async function draftLetters(
  portal: Portal,
  communityId: number,
  batchId: string,
): Promise<DraftedLetters | null> {
  const [batch] = await readLetterBatches(portal.db, communityId, batchId)
  if (batch === undefined) return null
  const { proof, building, help, requested_by: invitedBy } = batch
  const { letters, rows: persons, sealer } = await planOf(portal, portal.db, communityId, building, proof)
  const hasher = await openProofHasher(portal, communityId)
  const unitOf = new Map<string, string>()
  for (const { unitId, slots } of letters) {
    for (const { personId } of slots) if (!unitOf.has(personId)) unitOf.set(personId, unitId)
  }
  // One code for one person, however many of their units have a letter: the newest code is the only one that opens.
  const made = new Map(
    invitedOf(letters).map(personId => {
      const unitId = unitOf.get(personId)!
      return [personId, makeCode(portal, { communityId, unitId, role: 'owner', invitedBy, until: null })]
    }),
  )
  const entries = [...made].map(([personId, { invitation }]) => ({ personId, invitation }))
  const nameOf = (personId: string) => {
    const row = persons.get(personId)
    return row === undefined ? null : maskedName(openPerson(sealer, row).name)
  }
  return {
    communityId,
    batchId,
    requestedBy: invitedBy,
    proof,
    help,
    expiresAt: codeExpiry(portal.clock.now()),
    letters: letters.map(({ unitId, building: ofUnit, slots }) => ({
      unitId,
      building: ofUnit,
      slots: slots.map(({ personId, kind }) => ({
        name: nameOf(personId),
        kind,
        code: kind === 'code' ? (made.get(personId)?.code ?? null) : null,
      })),
    })),
    rows: {
      invitations: entries.map(({ invitation }) => invitation),
      owners: entries.map(({ personId, invitation: { invitation_id } }) => ({
        community_id: communityId,
        invitation_id,
        person_id: personId,
      })),
      proofs: entries.flatMap(({ personId, invitation }) => {
        const person = persons.get(personId)
        return proofRow({ sealer, hasher }, proof, person, invitation.invitation_id) ?? []
      }),
      letters: letters.map(({ unitId, slots }) => ({
        community_id: communityId,
        batch_id: batchId,
        unit_id: unitId,
        codes: slots.filter(slot => slot.kind === 'code').length,
      })),
    },
  }
}

const placeOf = (communityId: number, batchId: string) => `letter_batch_file/${communityId}/${batchId}`

function removalOf(batchId: string, why: 'fetched' | 'old', runAfter: Date, requestedBy: string) {
  const payload: CanonicalValue = { batchId }
  return { kind: REMOVE_LETTERS, key: `${batchId} ${why}`, payload, requestedBy, runAfter }
}

/** Stores codes and file of a batch, in the transaction that ends its job. */
export async function storeLetters(
  portal: Portal,
  tx: Tx,
  drafted: DraftedLetters,
  pdf: Uint8Array,
): Promise<void> {
  const { communityId, batchId, requestedBy, rows } = drafted
  const now = portal.clock.now()
  const sealer: Sealer = await openPersonSealer(portal)
  const file = {
    community_id: communityId,
    batch_id: batchId,
    sealed: sealer.seal(placeOf(communityId, batchId), pdf),
    made_at: now,
  }
  await insertMadeBatch(tx, { ...rows, file })
  await noteAct(portal, tx, {
    communityId,
    by: requestedBy,
    act: 'print-letters',
    subject: batchId,
    detail: { letters: rows.letters.length, codes: rows.invitations.length },
  })
  const until = new Date(now.getTime() + KEPT_DAYS * 86_400_000)
  await enqueueJob(portal, tx, { communityId, ...removalOf(batchId, 'old', until, requestedBy) })
}

/** The file of a batch, for the printer. It goes an hour after it was first fetched. Needs `letter:print`. */
export async function openLetters(
  portal: Portal,
  actor: Actor,
  community: Community,
  batchId: string,
): Promise<Result<Uint8Array, LetterRefusal>> {
  const { communityId } = community
  if (!can(actor, 'letter:print', communityId)) return err({ code: 'not-permitted' })
  const sealer = await openPersonSealer(portal)
  const now = portal.clock.now()
  return portal.db.transaction().execute(async tx => {
    const file = await readLetterFile(tx, communityId, batchId)
    if (file === null) return err({ code: 'file-gone' } as const)
    await updateLetterFileFetched(tx, communityId, batchId, now)
    await noteAct(portal, tx, { communityId, by: actor.userId, act: 'open-letters', subject: batchId })
    const until = new Date(now.getTime() + KEPT_AFTER_FETCH_HOURS * 3_600_000)
    await enqueueJob(portal, tx, { communityId, ...removalOf(batchId, 'fetched', until, actor.userId) })
    return ok(sealer.open(placeOf(communityId, batchId), file.sealed))
  })
}

/** Removes the file of a batch when its time has come. */
export async function removeLettersJob({ portal, job, finish }: JobRun): Promise<Result<string, string>> {
  const { batchId } = job.payload as { batchId: string }
  await portal.db.transaction().execute(async tx => {
    const wasThere = await deleteLetterFile(tx, job.communityId, batchId)
    await finish(tx, wasThere ? 'removed' : 'gone')
  })
  return ok('removed')
}

/** Notes that letters of a batch were handed over at the door. Gives how many are new. Needs `letter:hand-over`. */
export async function markHandedOver(
  portal: Portal,
  actor: Actor,
  community: Community,
  handed: { readonly batchId: string; readonly units: readonly string[] },
): Promise<Result<number, LetterRefusal>> {
  const { communityId } = community
  if (!can(actor, 'letter:hand-over', communityId)) return err({ code: 'not-permitted' })
  const at = portal.clock.now()
  return portal.db.transaction().execute(async tx => {
    const known = new Set((await readLetters(tx, communityId, handed.batchId)).map(letter => letter.unit_id))
    const units = [...new Set(handed.units)].filter(unit => known.has(unit))
    if (units.length === 0) return err({ code: 'batch-unknown' } as const)
    const count = await insertLetterHandovers(
      tx,
      units.map(unit => ({
        community_id: communityId,
        batch_id: handed.batchId,
        unit_id: unit,
        handed_by: actor.userId,
        handed_at: at,
      })),
    )
    assert(count <= units.length, 'a letter is handed over once')
    if (count > 0) {
      await noteAct(portal, tx, {
        communityId,
        by: actor.userId,
        act: 'hand-over-letters',
        subject: handed.batchId,
        detail: { units: units.toSorted() },
      })
    }
    return ok(count)
  })
}
