/** The re-deriver's part for changes that take two people: each confirmed one is in the log as it is here, by two people, and none else. */
import type { Tx } from '#db'
import {
  type ControlChangeRow,
  listConfirmedChanges,
  listEmergencyReviews,
  listLeafSecrets,
} from '#db/ledger'
import { readEntries } from '#db/tlog'
import { equalBytes, parseCanonical, saltedDigest } from '#kernel'
import { changeMembers, decodeControlChange } from './control-change.ts'
import { controlLeaf, emergencyReviewLeaf } from './leaf.ts'
import type { LedgerCommunity } from './read-chart.server.ts'

/** Where findings go: what holds, under which name, about what, and what was found. */
interface Expecting {
  expect(holds: boolean, invariant: 'control-in-log', reference: string, found: string): void
}

const ENTRIES_AT_ONCE = 1000

/** The leaf that a confirmed change must have; null when a person was erased and it can only be found by its place. */
async function rebuildLeaf(tx: Tx, community: LedgerCommunity, row: ControlChangeRow) {
  const secrets = await listLeafSecrets(tx, community.communityId, row.leaf_index!)
  const byDigest = (step: string) => {
    const secret = secrets.find(each => each.name === `by/${step}`)
    return secret === undefined ? null : saltedDigest(secret.salt, secret.name, secret.value)
  }
  const [proposed, confirmed] = [byDigest('propose'), byDigest('confirm')]
  if (proposed === null || confirmed === null) return null
  return controlLeaf(community.logOrigin, {
    changeId: row.change_id,
    version: row.version,
    content: changeMembers(decodeControlChange(row.content), true),
    steps: [
      { step: 'propose', at: row.proposed_at, role: row.proposed_role, byDigest: proposed },
      { step: 'confirm', at: row.decided_at!, role: row.decided_role!, byDigest: confirmed },
    ],
  })
}

/** Every change that the log holds must be here under that leaf. */
async function checkLogged(
  tx: Tx,
  communityId: number,
  stored: ReadonlyMap<string, bigint | null>,
  findings: Expecting,
): Promise<void> {
  for (let first = 0; ; first += ENTRIES_AT_ONCE) {
    const entries = await readEntries(tx, communityId, first, ENTRIES_AT_ONCE)
    for (const { index, entry } of entries) {
      const leaf = parseCanonical(entry)
      const { t, change } = (leaf.ok ? leaf.value : {}) as { t?: string; change?: string }
      if ((t !== 'ledger.control' && t !== 'ledger.emergency-review') || change === undefined) continue
      findings.expect(stored.get(`${t} ${change}`) === BigInt(index), 'control-in-log', change, String(index))
    }
    if (entries.length < ENTRIES_AT_ONCE) return
  }
}

/** Checks every change that two people made, and every review of an emergency, against the log. */
export async function checkControlChanges(
  tx: Tx,
  community: LedgerCommunity,
  findings: Expecting,
): Promise<void> {
  const { communityId } = community
  const rows = await listConfirmedChanges(tx, communityId)
  const reviews = await listEmergencyReviews(tx, communityId)
  let version = 1
  for (const row of rows) {
    const leaf = await rebuildLeaf(tx, community, row)
    const [entry] = await readEntries(tx, communityId, Number(row.leaf_index), 1)
    if (row.kind === 'controls') version += 1
    const isLogged = entry !== undefined && (leaf === null || equalBytes(leaf, entry.entry))
    const isNext = row.version === (row.kind === 'controls' ? version : null)
    const isByTwo = row.proposed_by !== row.decided_by
    findings.expect(isLogged && isNext && isByTwo, 'control-in-log', row.change_id, String(row.leaf_index))
  }
  for (const review of reviews) {
    const { change_id: changeId, outcome, note, reviewed_role: role, reviewed_at: at } = review
    const leaf = emergencyReviewLeaf(community.logOrigin, { changeId, outcome, note, role, at })
    const [entry] = await readEntries(tx, communityId, Number(review.leaf_index), 1)
    const isLogged = entry !== undefined && equalBytes(leaf, entry.entry)
    findings.expect(isLogged, 'control-in-log', changeId, String(review.leaf_index))
  }
  const stored = new Map<string, bigint | null>([
    ...rows.map(row => [`ledger.control ${row.change_id}`, row.leaf_index] as const),
    ...reviews.map(row => [`ledger.emergency-review ${row.change_id}`, row.leaf_index] as const),
  ])
  await checkLogged(tx, communityId, stored, findings)
}
