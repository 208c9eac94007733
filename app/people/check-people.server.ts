/**
 * The re-deriver (fsck) of people: the audit against the log, act by act, what two people must have done, and the register. Reads only.
 */
import {
  listSameHandCodes,
  listUnauditedBindings,
  listUnerased,
  readAuditBatches,
  readSealedEvents,
  type SealedEventRow,
} from '#db/people'
import { readEntries } from '#db/tlog'
import { equalBytes } from '#kernel'
import type { Portal } from '#platform'
import { auditBatchLeaf, auditDigest } from './audit-act.ts'
import { concernsIn } from './audit-change.ts'
import { checkRegister, REGISTER_INVARIANTS } from './check-register.server.ts'

/** The invariants of people, as the health page names them. */
export const PEOPLE_INVARIANTS = [
  'audit-batches-continuous',
  'audit-batch-in-log',
  'audit-event-intact',
  'code-takes-two',
  'binding-audited',
  'erasure-complete',
  ...REGISTER_INVARIANTS,
] as const
export type PeopleInvariant = (typeof PEOPLE_INVARIANTS)[number]

/** One row at fault, and what was found there. */
export interface PeopleFinding {
  readonly invariant: PeopleInvariant
  readonly reference: string
  readonly found: string
}

export interface PeopleCheck {
  readonly audited: number
  readonly findings: readonly PeopleFinding[]
}

/** What is wrong with an act that a batch has; null when it is what was sealed, or its salt was removed. */
function faultOf(row: SealedEventRow): string | null {
  const { at, actor_user_id: by, act, subject, detail, changes } = row
  if (at === null || by === null || act === null || subject === null || detail === null) return 'missing'
  const concerns = [...(row.concerns ?? [])].sort()
  if (changes !== null && concernsIn(changes).join() !== concerns.join()) return 'concerns'
  if (row.salt === null) return null
  const digest = auditDigest(row.salt, { id: row.audit_event_id, at, by, act, subject, detail, changes })
  return digest === row.digest ? null : 'changed'
}

async function checkBatches(
  portal: Portal,
  community: { readonly communityId: number; readonly logOrigin: string },
): Promise<PeopleCheck> {
  const { communityId, logOrigin } = community
  const findings: PeopleFinding[] = []
  const batches = await readAuditBatches(portal.db, communityId)
  let audited = 0
  for (const [at, batch] of batches.entries()) {
    const reference = String(batch.batch_no)
    if (batch.batch_no !== at + 1) {
      findings.push({ invariant: 'audit-batches-continuous', reference, found: `place ${at + 1}` })
    }
    const rows = await readSealedEvents(portal.db, communityId, batch.batch_no)
    audited += rows.length
    for (const row of rows) {
      const fault = faultOf(row)
      if (fault !== null) {
        findings.push({ invariant: 'audit-event-intact', reference: row.audit_event_id, found: fault })
      }
    }
    const digests = rows.map(row => row.digest)
    const leaf = auditBatchLeaf(logOrigin, { no: batch.batch_no, digests, sealedAt: batch.sealed_at })
    const [entry] = await readEntries(portal.db, communityId, Number(batch.leaf_index), 1)
    const isInLog = entry !== undefined && equalBytes(entry.entry, leaf) && equalBytes(batch.leaf, leaf)
    if (!isInLog)
      findings.push({ invariant: 'audit-batch-in-log', reference, found: `leaf ${batch.leaf_index}` })
  }
  return { audited, findings }
}

/** Checks a community: every batch of the audit, every code that two issued, every account of an owner, the register. */
export async function checkPeople(
  portal: Portal,
  community: { readonly communityId: number; readonly logOrigin: string },
): Promise<PeopleCheck> {
  const { communityId } = community
  const { audited, findings } = await checkBatches(portal, community)
  const sameHands = await listSameHandCodes(portal.db, communityId)
  const unerased = await listUnerased(portal.db, communityId)
  const unaudited = await listUnauditedBindings(portal.db, communityId)
  return {
    audited,
    findings: [
      ...findings,
      ...(await checkRegister(portal, community)),
      ...sameHands.map(reference => ({
        invariant: 'code-takes-two' as const,
        reference,
        found: 'one person',
      })),
      ...unerased.map(reference => ({ invariant: 'erasure-complete' as const, reference, found: 'data' })),
      ...unaudited.map(reference => ({ invariant: 'binding-audited' as const, reference, found: 'no act' })),
    ],
  }
}
