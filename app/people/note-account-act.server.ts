/** Audits what people do with their own keys. Never holds a key, a code or a name. */
import type { Tx } from '#db'
import { readOffices } from '#db/people'
import { insertAuditEvent } from '#db/platform'
import { canonicalText, dateOf } from '#kernel'
import type { Portal } from '#platform'
import type { AuditAct } from './audit-act.ts'
import type { Actor } from './permission.ts'

/** Notes a change somebody made to their own keys, in the audit of every community in which they hold an office. */
export async function noteAccountAct(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  act: AuditAct,
  detail: object = {},
): Promise<void> {
  const now = portal.clock.now()
  const offices = await readOffices(tx, [actor.userId], dateOf(now))
  for (const communityId of new Set(offices.map(office => office.community_id))) {
    await insertAuditEvent(tx, {
      community_id: communityId,
      audit_event_id: portal.random.id(),
      at: now,
      actor_user_id: actor.userId,
      act,
      subject: actor.userId,
      detail: canonicalText({
        ...(actor.addressClass === undefined ? {} : { from: actor.addressClass }),
        ...detail,
      }),
    })
  }
}
