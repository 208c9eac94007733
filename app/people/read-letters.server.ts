/** What the letters' pages show: batches with their progress, letters with who has them, requests for a code that wait. No name. */
import { readBoundPersons, readCodeRequests, readLetterBatches, readLetters, readUserNames } from '#db/people'
import { type CivilDate, civilDate, dateOf } from '#kernel'
import { type Job, type Portal, readNewestJob } from '#platform'
import { readChosenProof } from './claim-proof.server.ts'
import type { ClaimProof, CodeReason } from './letter.ts'
import { PRINT_LETTERS } from './letters.server.ts'
import { type Actor, can } from './permission.ts'
import { readRegisteredUnits } from './read-register.server.ts'
import { compareUnitIds } from './register.ts'

interface Community {
  readonly communityId: number
}

export interface LetterBatch {
  readonly batchId: string
  /** Empty for all. */
  readonly building: string
  readonly proof: ClaimProof
  readonly requestedAt: Date
  readonly requestedBy: string
  readonly letters: number
  readonly handed: number
  readonly hasFile: boolean
  readonly isMade: boolean
  readonly fetchedAt: Date | null
  readonly job: Pick<Job, 'jobId' | 'state' | 'progressDone' | 'progressTotal' | 'outcome'> | null
}

export interface LetterBoard {
  readonly proof: ClaimProof
  readonly batches: readonly LetterBatch[]
  /** In reading order; how many households, and in how many somebody signs in. */
  readonly buildings: readonly {
    readonly building: string
    readonly units: number
    readonly joined: number
  }[]
  readonly requests: readonly CodeRequest[]
}

export interface CodeRequest {
  readonly requestId: string
  readonly kind: 'owner' | 'tenant'
  readonly unitId: string
  readonly until: CivilDate | null
  readonly reason: CodeReason
  readonly requestedBy: string
  readonly requestedAt: Date
  /** True for whoever asked: another person confirms. */
  readonly isOwn: boolean
}

/** Requests for a code that wait for a second person; null when the actor has nothing to do with them. Needs `owner-code:request`. */
export async function readWaitingCodes(
  portal: Portal,
  actor: Actor,
  { communityId }: Community,
): Promise<readonly CodeRequest[] | null> {
  if (!can(actor, 'owner-code:request', communityId)) return null
  const rows = await readCodeRequests(portal.db, communityId)
  const names = await readUserNames(
    portal.db,
    rows.map(row => row.requested_by),
  )
  return rows.map(row => ({
    requestId: row.request_id,
    kind: row.kind,
    unitId: row.unit_id,
    until: row.term_until === null ? null : civilDate(row.term_until),
    reason: row.reason,
    requestedBy: names.get(row.requested_by) ?? row.requested_by,
    requestedAt: row.requested_at,
    isOwn: row.requested_by === actor.userId,
  }))
}

async function readBatches(portal: Portal, communityId: number, batchId: string | null) {
  const rows = await readLetterBatches(portal.db, communityId, batchId)
  const names = await readUserNames(
    portal.db,
    rows.map(row => row.requested_by),
  )
  const batches: LetterBatch[] = []
  for (const row of rows) {
    const isMade = row.letters > 0
    const job = isMade ? null : await readNewestJob(portal.db, communityId, PRINT_LETTERS, row.batch_id)
    batches.push({
      batchId: row.batch_id,
      building: row.building,
      proof: row.proof,
      requestedAt: row.requested_at,
      requestedBy: names.get(row.requested_by) ?? row.requested_by,
      letters: row.letters,
      handed: row.handed,
      hasFile: row.has_file,
      isMade,
      fetchedAt: row.fetched_at,
      job,
    })
  }
  return batches
}

async function joinedUnits(portal: Portal, communityId: number) {
  const today = dateOf(portal.clock.now())
  const units = await readRegisteredUnits(portal.db, communityId, today)
  const bound = await readBoundPersons(portal.db, communityId)
  return units.map(({ unitId, building, owners }) => ({
    unitId,
    building,
    isJoined: owners.some(owner => bound.has(owner)),
  }))
}

/** Everything of the letters' page; null when the actor may neither print nor hand over. Needs `letter:hand-over`. */
export async function readLetterBoard(
  portal: Portal,
  actor: Actor,
  community: Community,
): Promise<LetterBoard | null> {
  const { communityId } = community
  if (!can(actor, 'letter:hand-over', communityId)) return null
  const counts = new Map<string, { units: number; joined: number }>()
  for (const { building, isJoined } of await joinedUnits(portal, communityId)) {
    const before = counts.get(building) ?? { units: 0, joined: 0 }
    counts.set(building, { units: before.units + 1, joined: before.joined + (isJoined ? 1 : 0) })
  }
  return {
    proof: await readChosenProof(portal.db, communityId),
    batches: await readBatches(portal, communityId, null),
    buildings: [...counts]
      .map(([building, count]) => ({ building, ...count }))
      .toSorted((a, b) => compareUnitIds(a.building, b.building)),
    requests: (await readWaitingCodes(portal, actor, community)) ?? [],
  }
}

export interface LetterPage {
  readonly batch: LetterBatch
  readonly letters: readonly {
    readonly unitId: string
    readonly building: string
    readonly codes: number
    readonly handedAt: Date | null
    readonly handedBy: string | null
    readonly isJoined: boolean
  }[]
}

/** The letters of a batch in reading order; null for no such batch or somebody else's work. Needs `letter:hand-over`. */
export async function readLetterPage(
  portal: Portal,
  actor: Actor,
  { communityId }: Community,
  batchId: string,
): Promise<LetterPage | null> {
  if (!can(actor, 'letter:hand-over', communityId)) return null
  const [batch] = await readBatches(portal, communityId, batchId)
  if (batch === undefined) return null
  const rows = await readLetters(portal.db, communityId, batchId)
  const handers = [...new Set(rows.flatMap(row => row.handed_by ?? []))]
  const names = await readUserNames(portal.db, handers)
  const units = new Map((await joinedUnits(portal, communityId)).map(unit => [unit.unitId, unit]))
  return {
    batch,
    letters: rows
      .map(row => ({
        unitId: row.unit_id,
        building: units.get(row.unit_id)?.building ?? '',
        codes: row.codes,
        handedAt: row.handed_at,
        handedBy: row.handed_by === null ? null : (names.get(row.handed_by) ?? row.handed_by),
        isJoined: units.get(row.unit_id)?.isJoined ?? false,
      }))
      .toSorted((a, b) => compareUnitIds(a.unitId, b.unitId)),
  }
}
