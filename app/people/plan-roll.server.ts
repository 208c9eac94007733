/** Opens a sealed import and compares it with the register as it stands: the preview, and what confirming goes by. */
import type { Tx } from '#db'
import { type PersonPrivateRow, type RollImportRow, readPersonPrivates } from '#db/people'
import { type CivilDate, toHex } from '#kernel'
import type { Portal, Sealer } from '#platform'
import { rollPlace } from './import-roll.server.ts'
import { type Matcher, openJson, openMatcher, openPersonSealer } from './person-seal.server.ts'
import { readRegister } from './read-register.server.ts'
import type { Register } from './register.ts'
import {
  compareRoll,
  NO_ANSWERS,
  type RollAnswers,
  type RollKeys,
  type RollPlan,
} from './roll-file/compare-roll.ts'
import { decodeRollReading, type RollReading } from './roll-file/roll-reading.ts'
import type { KnownPerson } from './roll-file/same-person.ts'

export interface OpenedImport {
  readonly reading: RollReading
  readonly answers: RollAnswers
}

/** What was read of an import and what was answered; null before it was read and after it ended. */
export function openImport(sealer: Sealer, row: RollImportRow): OpenedImport | null {
  if (row.sealed_reading === null) return null
  const place = (what: 'reading' | 'answers') => rollPlace(what, row.community_id, row.import_id)
  const reading = decodeRollReading(openJson(sealer, place('reading'), row.sealed_reading))
  const answers =
    row.sealed_answers === null
      ? NO_ANSWERS
      : (openJson(sealer, place('answers'), row.sealed_answers) as RollAnswers)
  return { reading, answers }
}

const keysBy = (matcher: Matcher): RollKeys => ({
  name: text => toHex(matcher('name', text)),
  phone: text => toHex(matcher('phone', text)),
  identity: text => toHex(matcher('identity', text)),
})

function knownPersons(rows: readonly PersonPrivateRow[], register: Register): KnownPerson[] {
  const units = new Map<string, string[]>()
  for (const unit of register.units) {
    for (const owner of unit.owners) units.set(owner, [...(units.get(owner) ?? []), unit.unitId])
  }
  const hex = (bytes: Uint8Array | null) => (bytes === null ? null : toHex(bytes))
  return rows.map(row => ({
    personId: row.person_id,
    nameKey: toHex(row.name_hash),
    phoneKey: hex(row.phone_hash),
    identityKey: hex(row.identity_hash),
    units: units.get(row.person_id) ?? [],
  }))
}

/** The plan of an import that was read without refusals. */
export async function planRoll(
  portal: Portal,
  tx: Tx,
  row: RollImportRow,
  opened: OpenedImport,
): Promise<RollPlan> {
  const { community_id } = row
  const matcher = await openMatcher(portal, community_id)
  const register = await readRegister(tx, community_id, row.effective_on as CivilDate)
  const known = knownPersons(await readPersonPrivates(tx, community_id, 'all'), register)
  return compareRoll(opened.reading.rows, register, known, opened.answers, keysBy(matcher))
}

/** The plan with the sealer that opened it; null when there is nothing to compare. */
export async function openPlan(portal: Portal, tx: Tx, row: RollImportRow) {
  const sealer = await openPersonSealer(portal)
  const opened = openImport(sealer, row)
  if (opened === null) return null
  const plan = row.state === 'ready' ? await planRoll(portal, tx, row, opened) : null
  return { sealer, ...opened, plan }
}
