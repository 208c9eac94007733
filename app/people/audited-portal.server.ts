/**
 * The portal as an officer's form gets it: whatever a room writes for it leaves an act in the audit, in the same transaction,
 * with who, in which office, by which permission, from which class of address, and why where the form says why. So that no
 * use case of any room can forget it.
 */
import { notingDatabase } from '#db'
import type { Portal } from '#platform'
import { noteAct, rememberStanding } from './audit.server.ts'
import { type Action, type Actor, officesFor } from './permission.ts'

/** What is being done, as the door and the form say; read when the act is written. */
export interface OfficeAct {
  readonly communityId: number
  /** The permission it takes. */
  readonly action: Action
  /** The page below the community's offices: ids of rows, no name. */
  readonly subject: string
  readonly pressed: { readonly intent?: string; readonly step?: string; readonly reason?: string }
}

/** Numbers of persons are not kept, whoever types them where a reason is asked for. */
function covered(reason: string): string {
  return reason.replace(/\d(?:[ -]?\d){5,}[\dXx]?/g, '****').slice(0, 200)
}

/** A portal for one form of this officer; `actOf` is asked when something was written. */
export function auditedPortal(portal: Portal, actor: Actor, actOf: () => OfficeAct): Portal {
  // A form that takes two transactions leaves two acts: by this they are found to be one.
  const form = portal.random.id()
  const told = () => {
    const { communityId, action, pressed } = actOf()
    const { intent, step, reason } = pressed
    const office = actor.roles.find(
      held => held.communityId === communityId && officesFor(action).includes(held.role),
    )
    return {
      form,
      from: actor.addressClass ?? 'unknown',
      ...(office === undefined ? {} : { office: office.role }),
      ...(intent ? { intent } : {}),
      ...(step ? { step } : {}),
      ...(reason ? { reason: covered(reason) } : {}),
    }
  }
  const audited: Portal = {
    ...portal,
    db: notingDatabase(portal.db, async tx => {
      const { communityId, action, subject } = actOf()
      await noteAct(audited, tx, { communityId, by: actor.userId, act: action, subject })
    }),
  }
  rememberStanding(audited, told)
  return audited
}
