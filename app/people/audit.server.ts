/** Writes an act of the people room into the audit, in the transaction of the act. */
import type { Tx } from '#db'
import { insertAuditEvent } from '#db/platform'
import { type CanonicalValue, canonicalText } from '#kernel'
import type { Portal } from '#platform'
import type { AddressClass } from './audit-act.ts'

/** From which class of address the form came that a portal serves. */
const STANDINGS = new WeakMap<Portal, AddressClass>()

/** Has the acts of this portal say from where they were done. */
export function rememberStanding(portal: Portal, from: AddressClass): void {
  STANDINGS.set(portal, from)
}

/** Appends one act. `detail` holds ids and figures: never a name, a number of a person or a secret. */
export async function noteAct(
  portal: Portal,
  tx: Tx,
  act: {
    readonly communityId: number
    readonly by: string
    readonly act: string
    readonly subject: string
    readonly detail?: { readonly [name: string]: CanonicalValue }
  },
): Promise<void> {
  const from = STANDINGS.get(portal)
  await insertAuditEvent(tx, {
    community_id: act.communityId,
    audit_event_id: portal.random.id(),
    at: portal.clock.now(),
    actor_user_id: act.by,
    act: act.act,
    subject: act.subject,
    detail: canonicalText({ ...act.detail, ...(from === undefined ? {} : { from }) }),
  })
}
