/** Writes an act of the people room into the audit, in the transaction of the act. */
import type { Tx } from '#db'
import { insertAuditEvent } from '#db/platform'
import { type CanonicalValue, canonicalText } from '#kernel'
import type { Portal } from '#platform'
import type { AddressClass, AuditAct } from './audit-act.ts'
import type { Action } from './permission.ts'

/** What an act is called: by a name of its own, or by the permission it took. */
export type ActName = AuditAct | Action

/** What is told of every act of the form that a portal serves. */
type Standing = () => { readonly from: AddressClass; readonly [name: string]: CanonicalValue }

const STANDINGS = new WeakMap<Portal, Standing>()

/** Has the acts of this portal say from where they were done, by which form, in which office and why; asked at each act. */
export function rememberStanding(portal: Portal, told: Standing): void {
  STANDINGS.set(portal, told)
}

/** Appends one act. `detail` holds ids and figures: never a name, a number of a person or a secret. */
export async function noteAct(
  portal: Portal,
  tx: Tx,
  act: {
    readonly communityId: number
    readonly by: string
    readonly act: AuditAct | Action
    readonly subject: string
    readonly detail?: { readonly [name: string]: CanonicalValue }
  },
): Promise<void> {
  await insertAuditEvent(tx, {
    community_id: act.communityId,
    audit_event_id: portal.random.id(),
    at: portal.clock.now(),
    actor_user_id: act.by,
    act: act.act,
    subject: act.subject,
    detail: canonicalText({ ...STANDINGS.get(portal)?.(), ...act.detail }),
  })
}
