/**
 * Hidden weights: a poll's units by token, each with a commitment to its area, and the opening of their sum alone. Published
 * with the notice, so that no weight can change afterwards and nobody learns a single one. Never holds a unit's number.
 *
 * The portal makes the commitments and knows what opens them: they hide areas from neighbours, not from the portal.
 */
import {
  type AreaCentiM2,
  assert,
  type CanonicalValue,
  canonicalBytes,
  commit,
  err,
  isCommitmentTo,
  ok,
  parseCanonical,
  type Result,
  sumBlindings,
  sumCommitments,
  toHex,
} from '#kernel'
import { areaOf, hexBytes, isRecord, isToken } from './public-shape.ts'
import { compareText } from './roll.ts'

/** A unit's weight with what opens its commitment: the portal's and the owner's own, never published for one unit. */
export interface UnitWeight {
  /** The unit's credential in this poll, as in the leaves of its ballots. */
  readonly token: string
  readonly area: AreaCentiM2
  /** 32 random bytes, fresh for every poll. */
  readonly blinding: Uint8Array
}

/** The published weight roll, taken apart. */
export interface WeightRoll {
  readonly poll: string
  /** Commitment to the area by token, in order of token. */
  readonly units: ReadonlyMap<string, Uint8Array>
  readonly totalArea: AreaCentiM2
  /** Opens the sum of all commitments to the total. */
  readonly totalBlinding: Uint8Array
}

export type WeightRollProblem = 'weights-malformed' | 'weights-point-malformed' | 'weights-total-wrong'

/** The public bytes of a poll's weight roll, whose digest the notice names. One weight per unit of the base, at least one. */
export function makeWeightRoll(poll: string, weights: readonly UnitWeight[]): Uint8Array {
  const units = [...weights].sort((a, b) => compareText(a.token, b.token))
  assert(new Set(units.map(({ token }) => token)).size === units.length, 'two units have one token')
  const bytes = canonicalBytes({
    v: 1,
    poll,
    units: units.map(({ token, area, blinding }) => ({ token, area: toHex(commit(area, blinding)) })),
    totalArea: units.reduce((sum, { area }) => sum + area, 0n).toString(),
    totalBlinding: toHex(sumBlindings(units.map(({ blinding }) => blinding))),
    unitCount: units.length,
  })
  assert(parseWeightRoll(bytes).ok, 'malformed weight roll')
  return bytes
}

/** Takes a weight roll apart; judges no sum. Refuses what is not canonical, not in order, or has a member too many. */
export function parseWeightRoll(bytes: Uint8Array): Result<WeightRoll, 'weights-malformed'> {
  const json = parseCanonical(bytes)
  if (!json.ok || !isRecord(json.value)) return err('weights-malformed')
  const { v, poll, units, totalArea, totalBlinding, unitCount, ...others } = json.value
  const area = areaOf(totalArea)
  const blinding = hexBytes(totalBlinding, 32)
  if (v !== 1 || !isToken(poll) || Object.keys(others).length > 0 || area === null || blinding === null) {
    return err('weights-malformed')
  }
  if (!Array.isArray(units) || units.length === 0 || units.length !== unitCount)
    return err('weights-malformed')
  const byToken = new Map<string, Uint8Array>()
  let last = ''
  for (const unit of units as readonly CanonicalValue[]) {
    if (!isRecord(unit) || Object.keys(unit).length !== 2) return err('weights-malformed')
    const commitment = hexBytes(unit.area, 32)
    if (!isToken(unit.token) || unit.token <= last || commitment === null) return err('weights-malformed')
    last = unit.token
    byToken.set(unit.token, commitment)
  }
  return ok({ poll, units: byToken, totalArea: area, totalBlinding: blinding })
}

/** Takes a weight roll apart and checks that its commitments sum to the total area. */
export function checkWeightRoll(bytes: Uint8Array): Result<WeightRoll, WeightRollProblem> {
  const roll = parseWeightRoll(bytes)
  if (!roll.ok) return roll
  const { units, totalArea, totalBlinding } = roll.value
  const sum = sumCommitments([...units.values()])
  if (sum === null) return err('weights-point-malformed')
  return isCommitmentTo(sum, totalArea, totalBlinding) ? roll : err('weights-total-wrong')
}

/** What an owner checks of the own unit: that its commitment on the roll holds the registered area. */
export function isWeightOf(roll: WeightRoll, weight: UnitWeight): boolean {
  const commitment = roll.units.get(weight.token)
  return commitment !== undefined && isCommitmentTo(commitment, weight.area, sumBlindings([weight.blinding]))
}
