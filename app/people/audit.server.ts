/** Writes an act of the people room into the audit, in the transaction of the act. */
import type { Tx } from '#db'
import { insertAuditEvent } from '#db/platform'
import { type CanonicalValue, canonicalText } from '#kernel'
import type { Portal } from '#platform'

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
  await insertAuditEvent(tx, {
    community_id: act.communityId,
    audit_event_id: portal.random.id(),
    at: portal.clock.now(),
    actor_user_id: act.by,
    act: act.act,
    subject: act.subject,
    detail: canonicalText(act.detail ?? {}),
  })
}
