/** Where the register of owners and the binding of users to persons come from. */
import type { Tx } from '#db'
import type { CivilDate } from '#kernel'
import type { AreaSource, UnitKind, UnitStatus } from './roll.ts'

export interface RegisteredUnit {
  readonly unitId: string
  readonly building: string
  readonly entrance: string
  readonly number: string
  readonly kind: UnitKind
  readonly areaCentiM2: bigint
  readonly areaSource: AreaSource
  readonly status: UnitStatus
  readonly owners: readonly string[]
}

/** The register of a day. */
export async function readRegister(
  _tx: Tx,
  _communityId: number,
  _on: CivilDate,
): Promise<{ readonly developer: string | null; readonly units: readonly RegisteredUnit[] }> {
  return { developer: null, units: [] }
}

/** The person whom a user is bound to. */
export async function readPersonOf(_tx: Tx, _communityId: number, _userId: string): Promise<string | null> {
  return null
}
