/**
 * Takes an owners' roll in: upload, read (a job), preview against the register, answers to what only a person can tell, one
 * confirmation that stores everything in one transaction. The file and what was read of it are sealed while they wait and
 * gone afterwards. Nothing is stored while any row is refused.
 */
import type { Tx } from '#db'
import {
  deleteRollImportFile,
  findRollImport,
  insertRollColumnMapping,
  insertRollImport,
  listRollColumnMappings,
  lockRegister,
  type RollImportRow,
  readLastConfirmation,
  readRollImportFile,
  updateRollImport,
} from '#db/people'
import {
  type CanonicalValue,
  type CivilDate,
  canonicalText,
  dateOf,
  err,
  ok,
  plainFileName,
  type Result,
  sha256Hex,
} from '#kernel'
import { enqueueJob, type JobRun, type Portal, type Sealer } from '#platform'
import type { Table } from '#tables'
import { noteAct } from './audit.server.ts'
import { type Actor, can } from './permission.ts'
import { openPersonSealer, sealJson } from './person-seal.server.ts'
import type { AreaSource } from './register.ts'
import {
  checkRollMapping,
  parseRollMapping,
  type RollMapping,
  type RollMappingProblem,
  rollHeaderSignature,
  rollHeaderSignatures,
} from './roll-file/column-mapping.ts'
import type { RollAnswers } from './roll-file/compare-roll.ts'
import { readRollTables } from './roll-file/read-roll-file.server.ts'
import { isRefused } from './roll-file/roll-problem.ts'
import {
  encodeRollReading,
  mappedTable,
  type RollReading,
  readRoll,
  refusedReading,
} from './roll-file/roll-reading.ts'

export type RollRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'file-empty' }
  | { readonly code: 'file-too-large'; readonly limitBytes: number }
  | { readonly code: 'effective-in-future' }
  | { readonly code: 'effective-too-early'; readonly lastOn: CivilDate }
  | { readonly code: 'import-unknown' }
  | { readonly code: 'import-not-ready'; readonly state: string }
  | { readonly code: 'answers-missing'; readonly count: number }
  | { readonly code: 'developer-missing' }
  | { readonly code: 'preview-stale' }
  | RollMappingProblem

/** Largest roll taken in; a community of ten thousand units is a quarter of it. */
export const ROLL_FILE_LIMIT_BYTES = 8 * 1024 * 1024

export const READ_ROLL_IMPORT = 'people.read-roll-import'

interface Community {
  readonly communityId: number
}

export const rollPlace = (what: 'file' | 'reading' | 'answers', communityId: number, importId: string) =>
  `roll_import/${communityId}/${importId}/${what}`

function enqueueReading(
  portal: Portal,
  tx: Tx,
  communityId: number,
  actor: Actor,
  importId: string,
  attempt: string,
) {
  return enqueueJob(portal, tx, {
    communityId,
    kind: READ_ROLL_IMPORT,
    key: `${importId}/${attempt}`,
    payload: { importId },
    requestedBy: actor.userId,
  })
}

/** The register runs forward: a roll describes a day from the last one on, up to today. */
export async function checkEffective(
  tx: Tx,
  communityId: number,
  effectiveOn: CivilDate,
  today: CivilDate,
): Promise<Result<null, RollRefusal>> {
  if (effectiveOn > today) return err({ code: 'effective-in-future' })
  const last = await readLastConfirmation(tx, communityId, null)
  if (last === null || last.effective_on <= effectiveOn) return ok(null)
  return err({ code: 'effective-too-early', lastOn: last.effective_on as CivilDate })
}

/**
 * Takes a file in and has it read. `effectiveOn` is the day it describes, `areaSource` where its areas come from unless it says
 * so itself. Needs `roll:import`.
 */
export async function uploadRoll(
  portal: Portal,
  actor: Actor,
  community: Community,
  file: {
    readonly name: string
    readonly bytes: Uint8Array
    readonly effectiveOn: CivilDate
    readonly areaSource: AreaSource
  },
): Promise<Result<{ readonly importId: string }, RollRefusal>> {
  const { communityId } = community
  if (!can(actor, 'roll:import', communityId)) return err({ code: 'not-permitted' })
  if (file.bytes.length === 0) return err({ code: 'file-empty' })
  if (file.bytes.length > ROLL_FILE_LIMIT_BYTES)
    return err({ code: 'file-too-large', limitBytes: ROLL_FILE_LIMIT_BYTES })
  const now = portal.clock.now()
  const effective = await checkEffective(portal.db, communityId, file.effectiveOn, dateOf(now))
  if (!effective.ok) return effective
  const sealer = await openPersonSealer(portal)
  const importId = portal.random.id()
  await portal.db.transaction().execute(async tx => {
    const row = {
      community_id: communityId,
      import_id: importId,
      file_name: plainFileName(file.name),
      file_sha256: sha256Hex(file.bytes),
      file_bytes: file.bytes.length,
      effective_on: file.effectiveOn,
      area_source: file.areaSource,
      uploaded_by: actor.userId,
      uploaded_at: now,
    }
    await insertRollImport(tx, row, sealer.seal(rollPlace('file', communityId, importId), file.bytes))
    await enqueueReading(portal, tx, communityId, actor, importId, 'first')
  })
  return ok({ importId })
}

/** The tables of the waiting file. */
async function openTables(tx: Tx, sealer: Sealer, row: RollImportRow) {
  const sealed = await readRollImportFile(tx, row.community_id, row.import_id)
  if (sealed === null) return null
  return readRollTables(sealer.open(rollPlace('file', row.community_id, row.import_id), sealed))
}

/** A mapping remembered for one of the header rows, put at that row; null when there is none that fits. */
async function rememberedMapping(
  tx: Tx,
  communityId: number,
  tables: readonly Table[],
): Promise<RollMapping | null> {
  const table = mappedTable(tables)
  const signatures = rollHeaderSignatures(table)
  for (const each of await listRollColumnMappings(tx, communityId, [...signatures.keys()])) {
    const headerRow = signatures.get(each.header_signature)!
    const checked = checkRollMapping(table, { ...parseRollMapping(each.mapping), headerRow })
    if (checked.ok) return checked.value
  }
  return null
}

async function readingOf(portal: Portal, row: RollImportRow, tables: readonly Table[]): Promise<RollReading> {
  const areaSource = row.area_source
  if (row.column_mapping !== null)
    return readRoll(tables, { areaSource, mapping: parseRollMapping(row.column_mapping) })
  const reading = readRoll(tables, { areaSource })
  if (reading.head.length === 0) return reading
  const mapping = await rememberedMapping(portal.db, row.community_id, tables)
  return mapping === null ? reading : readRoll(tables, { areaSource, mapping })
}

/** The job that reads an uploaded roll and seals what it says for the preview. */
export async function readRollImportJob({
  portal,
  job,
  finish,
  progress,
}: JobRun): Promise<Result<string, string>> {
  const { importId } = job.payload as { importId: string }
  const { communityId } = job
  const row = await findRollImport(portal.db, communityId, importId)
  if (row === undefined || row.state !== 'reading') return ok('nothing-to-read')
  const sealer = await openPersonSealer(portal)
  await progress(0, 2)
  const tables = await openTables(portal.db, sealer, row)
  if (tables === null) return err('file-missing')
  await progress(1, 2)
  const reading = tables.ok ? await readingOf(portal, row, tables.value) : refusedReading(tables.error)
  const state = reading.head.length > 0 ? 'unknown' : isRefused(reading.problems) ? 'rejected' : 'ready'
  const sealed = sealJson(sealer, rollPlace('reading', communityId, importId), encodeRollReading(reading))
  await portal.db.transaction().execute(async tx => {
    await updateRollImport(tx, communityId, importId, { state, sealed_reading: sealed })
    await finish(tx, state)
  })
  return ok(state)
}

type WaitingRow = Result<RollImportRow, RollRefusal>

/** The import, locked, when the actor may change it and it is in one of the states. */
async function lockWaiting(
  tx: Tx,
  actor: Actor,
  communityId: number,
  importId: string,
  states: readonly RollImportRow['state'][],
): Promise<WaitingRow> {
  if (!can(actor, 'roll:import', communityId)) return err({ code: 'not-permitted' })
  const row = await findRollImport(tx, communityId, importId, { lock: true })
  if (row === undefined) return err({ code: 'import-unknown' })
  return states.includes(row.state) ? ok(row) : err({ code: 'import-not-ready', state: row.state })
}

/** Reads a file of an unknown layout under a mapping made by hand, and remembers it for that header. Needs `roll:import`. */
export async function mapRoll(
  portal: Portal,
  actor: Actor,
  community: Community,
  importId: string,
  mapping: RollMapping,
): Promise<Result<null, RollRefusal>> {
  const { communityId } = community
  const sealer = await openPersonSealer(portal)
  return portal.db.transaction().execute(async tx => {
    const waiting = await lockWaiting(tx, actor, communityId, importId, ['unknown', 'rejected'])
    if (!waiting.ok) return waiting
    const tables = await openTables(tx, sealer, waiting.value)
    if (tables === null || !tables.ok) return err({ code: 'import-unknown' })
    const table = mappedTable(tables.value)
    const checked = checkRollMapping(table, mapping)
    if (!checked.ok) return checked
    const stored = canonicalText(checked.value as unknown as CanonicalValue)
    if (mapping.headerRow >= 0) {
      const signature = rollHeaderSignature(table, mapping.headerRow)
      const [before] = await listRollColumnMappings(tx, communityId, [signature])
      await insertRollColumnMapping(tx, {
        community_id: communityId,
        header_signature: signature,
        mapping_no: (before?.mapping_no ?? 0) + 1,
        mapping: stored,
        taught_by: actor.userId,
        taught_at: portal.clock.now(),
      })
    }
    await updateRollImport(tx, communityId, importId, { state: 'reading', column_mapping: stored })
    // A key of its own each time: the same mapping may be tried again after another one.
    await enqueueReading(portal, tx, communityId, actor, importId, portal.random.id())
    return ok(null)
  })
}

/** Keeps what only a person can tell: who is one person, whose the unsold units are, whether units are gone. Needs `roll:import`. */
export async function settleRoll(
  portal: Portal,
  actor: Actor,
  community: Community,
  importId: string,
  answers: RollAnswers,
): Promise<Result<null, RollRefusal>> {
  const { communityId } = community
  const sealer = await openPersonSealer(portal)
  return portal.db.transaction().execute(async tx => {
    const waiting = await lockWaiting(tx, actor, communityId, importId, ['ready'])
    if (!waiting.ok) return waiting
    const place = rollPlace('answers', communityId, importId)
    const sealed = sealJson(sealer, place, answers as unknown as CanonicalValue)
    await updateRollImport(tx, communityId, importId, { sealed_answers: sealed })
    return ok(null)
  })
}

/** Puts an import aside with all that is personal in it; the register stays as it is. Needs `roll:import`. */
export async function discardRoll(
  portal: Portal,
  actor: Actor,
  community: Community,
  importId: string,
): Promise<Result<null, RollRefusal>> {
  const { communityId } = community
  return portal.db.transaction().execute(async tx => {
    const states = ['ready', 'unknown', 'rejected'] as const
    const waiting = await lockWaiting(tx, actor, communityId, importId, states)
    if (!waiting.ok) return waiting
    await forgetImport(tx, communityId, importId, 'discarded')
    await noteAct(portal, tx, {
      communityId,
      by: actor.userId,
      act: 'discard-roll',
      subject: importId,
      detail: { file: waiting.value.file_sha256 },
    })
    return ok(null)
  })
}

/** Ends an import: its file, what was read of it and the answers go. */
export async function forgetImport(
  tx: Tx,
  communityId: number,
  importId: string,
  state: 'stored' | 'discarded',
): Promise<void> {
  await updateRollImport(tx, communityId, importId, { state, sealed_reading: null, sealed_answers: null })
  await deleteRollImportFile(tx, communityId, importId)
}

/** The import to be confirmed, with the register locked. */
export async function lockForConfirmation(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  communityId: number,
  importId: string,
): Promise<WaitingRow> {
  await lockRegister(tx, communityId)
  const waiting = await lockWaiting(tx, actor, communityId, importId, ['ready'])
  if (!waiting.ok) return waiting
  const effectiveOn = waiting.value.effective_on as CivilDate
  const effective = await checkEffective(tx, communityId, effectiveOn, dateOf(portal.clock.now()))
  return effective.ok ? waiting : effective
}
