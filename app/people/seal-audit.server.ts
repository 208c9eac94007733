/** Puts acts of the audit into the log, a batch at a time: from then on none can be changed or taken out unnoticed. */
import {
  insertAuditBatch,
  listUnsealedAudits,
  lockAudit,
  readLastBatchNo,
  readUnsealedEvents,
} from '#db/people'
import { readCommunityById } from '#db/platform'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import { auditBatchLeaf, auditDigest } from './audit-act.ts'

const BATCH_EVENTS_MAX = 500
/** An act waits so long for others to share a leaf with. */
const WAITS_MS = 3_600_000

/** Seals the acts of a community that no batch has; gives how many. */
export async function sealAudit(portal: Portal, communityId: number): Promise<number> {
  const community = await readCommunityById(portal.db, communityId)
  if (community === null) return 0
  return portal.db.transaction().execute(async tx => {
    await lockAudit(tx, communityId)
    const rows = await readUnsealedEvents(tx, communityId, BATCH_EVENTS_MAX)
    if (rows.length === 0) return 0
    const no = (await readLastBatchNo(tx, communityId)) + 1
    const sealedAt = portal.clock.now()
    const salted = rows.map(row => {
      const salt = portal.random.bytes(32)
      const act = {
        at: row.at,
        by: row.actor_user_id,
        act: row.act,
        subject: row.subject,
        detail: row.detail,
        changes: row.changes,
      }
      return { id: row.audit_event_id, salt, digest: auditDigest(salt, { id: row.audit_event_id, ...act }) }
    })
    const digests = salted.map(each => each.digest)
    const leaf = auditBatchLeaf(community.log_origin, { no, digests, sealedAt })
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertAuditBatch(
      tx,
      {
        community_id: communityId,
        batch_no: no,
        events: rows.length,
        leaf_index: BigInt(firstIndex),
        leaf,
        sealed_at: sealedAt,
      },
      salted.map(({ id, digest }, place) => ({
        community_id: communityId,
        audit_event_id: id,
        batch_no: no,
        place,
        digest,
      })),
      salted.map(({ id, salt }) => ({ community_id: communityId, audit_event_id: id, salt })),
    )
    return rows.length
  })
}

/** Seals every audit with an act that has waited an hour: for the server's loop. */
export async function sealDueAudits(portal: Portal): Promise<void> {
  const before = new Date(portal.clock.now().getTime() - WAITS_MS)
  for (const communityId of await listUnsealedAudits(portal.db, before)) await sealAudit(portal, communityId)
}
