/**
 * Changes that take two people: one officer proposes, another confirms, and only then it holds, in the same transaction as its
 * leaf. An emergency is confirmed by the party branch with a second factor of its own, and looked at again by the committee.
 */
import type { Tx } from '#db'
import {
  type ControlChangeRow,
  findControlChange,
  findPublicCopy,
  insertAccounts,
  insertControlChange,
  insertControlDecision,
  insertEmergencyReview,
  insertLeafSecrets,
  insertMatchingRule,
  listEmergencyReviews,
  lockLedger,
  retireMatchingRule,
} from '#db/ledger'
import { updateCommunitySettings } from '#db/platform'
import { err, ok, type Result, saltedDigest, sha256Hex } from '#kernel'
import { type Actor, can, type GivenFactor, type Role } from '#people'
import { enqueueMessage, type FactorRefusal, listOfficeHolders, takeSecondFactor } from '#people/server'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import { budgetObstacle, enterBudget } from './budget-adoption.server.ts'
import type { VoteReference } from './budget-plan.ts'
import { settleColumnMapping } from './column-mapping-version.server.ts'
import {
  CONTROL_ACTIONS,
  type ControlChange,
  type ControlChangeProblem,
  changeMembers,
  checkControlChange,
  decodeControlChange,
  encodeControlChange,
  parentOf,
  REASON_LIMIT,
  witnessPurpose,
} from './control-change.ts'
import { controlLeaf, emergencyReviewLeaf } from './leaf.ts'
import { privateTextIn } from './public-text.ts'
import { type LedgerCommunity, readChart } from './read-chart.server.ts'
import { readControls, secondOffice } from './read-controls.server.ts'
import { readFeeStandards } from './read-fee-standards.server.ts'

export type ControlRefusal =
  | ControlChangeProblem
  | { readonly code: 'not-permitted' }
  | { readonly code: 'change-unknown' }
  | { readonly code: 'change-decided' }
  /** What was shown is not what is there. */
  | { readonly code: 'content-changed' }
  /** Whoever proposes is not the second person; rules and ceilings need the other side. */
  | { readonly code: 'second-needed' }
  | { readonly code: 'not-an-emergency' }
  /** Why somebody does not agree: needed where the proposer must do it again. */
  | { readonly code: 'note-missing' | 'note-too-long' }
  | { readonly code: 'note-private'; readonly found: string }
  /** The contract named has no published copy that anybody could read. */
  | { readonly code: 'fee-document-not-public' }
  | FactorRefusal

function officeOf(actor: Actor, change: ControlChange, communityId: number): Role | null {
  const { propose } = CONTROL_ACTIONS[change.kind]
  const held = actor.roles.find(each => can({ ...actor, roles: [each] }, propose, communityId))
  return held?.role ?? null
}

/** Tells everybody who may be the second; the page has the details. */
async function tellSeconds(
  portal: Portal,
  tx: Tx,
  communityId: number,
  actor: Actor,
  row: Pick<ControlChangeRow, 'change_id' | 'kind' | 'proposed_by' | 'proposed_role'>,
): Promise<void> {
  const holders = await listOfficeHolders({ ...portal, db: tx }, communityId)
  const seconds = holders.filter(({ userId, role }) => {
    return secondOffice({ ...actor, userId, roles: [{ communityId, role }] }, communityId, row) !== null
  })
  for (const userId of new Set(seconds.map(each => each.userId))) {
    await enqueueMessage(portal, tx, {
      communityId,
      userId,
      kind: 'control-change-waiting',
      subjectKey: row.change_id,
      values: { subject: row.kind },
    })
  }
}

/** The first thing in the way of a change, with the books and the rules as they are now. */
async function checkNow(
  tx: Tx,
  community: LedgerCommunity,
  change: ControlChange,
): Promise<Result<null, ControlRefusal>> {
  const { communityId } = community
  const chart = await readChart(tx, communityId)
  const { controls } = await readControls(tx, community)
  const feeStandard = (await readFeeStandards(tx, communityId)).at(-1)?.standard ?? null
  const checked = checkControlChange(change, chart, { controls, feeStandard })
  if (!checked.ok || change.kind !== 'fee-standard' || change.standard.document === '') return checked
  const isPublic = (await findPublicCopy(tx, communityId, change.standard.document)) !== undefined
  return isPublic ? ok(null) : err({ code: 'fee-document-not-public' })
}

/** Proposes a change within the caller's transaction, which has checked what is proposed. Gives its id. */
export async function enterControlChange(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  community: LedgerCommunity,
  change: ControlChange,
): Promise<Result<string, ControlRefusal>> {
  const { communityId } = community
  const office = officeOf(actor, change, communityId)
  if (office === null) return err({ code: 'not-permitted' })
  const checked = await checkNow(tx, community, change)
  if (!checked.ok) return checked
  const content = encodeControlChange(change)
  const row = {
    community_id: communityId,
    change_id: portal.random.id(),
    kind: change.kind,
    content,
    content_digest: sha256Hex(content),
    proposed_by: actor.userId,
    proposed_role: office,
    proposed_at: portal.clock.now(),
  }
  await insertControlChange(tx, row)
  await tellSeconds(portal, tx, communityId, actor, row)
  return ok(row.change_id)
}

/** Proposes a change. Gives its id; nothing else happens before a second person confirms it. */
export async function proposeControlChange(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  change: ControlChange,
): Promise<Result<string, ControlRefusal>> {
  if (officeOf(actor, change, community.communityId) === null) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(tx => enterControlChange(portal, tx, actor, community, change))
}

async function putIntoEffect(
  portal: Portal,
  tx: Tx,
  communityId: number,
  row: ControlChangeRow,
): Promise<void> {
  const change = decodeControlChange(row.content)
  if (change.kind === 'controls') {
    const { chargingModel, publishesDetail } = change.controls
    await updateCommunitySettings(tx, communityId, {
      charging_model: chargingModel,
      publishes_detail: publishesDetail,
    })
  }
  if (change.kind === 'teach-rule') {
    const { rule } = change
    await insertMatchingRule(tx, {
      community_id: communityId,
      rule_id: rule.ruleId,
      direction: rule.direction,
      contains: rule.contains,
      fund_code: rule.fund,
      account_code: rule.account,
      narration: rule.narration,
      taught_by: row.proposed_by,
      taught_at: portal.clock.now(),
    })
  }
  if (change.kind === 'adopt-budget') await enterBudget(portal, tx, communityId, change.plan, row.change_id)
  if (change.kind === 'retire-rule')
    await retireMatchingRule(tx, communityId, change.ruleId, portal.clock.now())
  if (change.kind === 'add-account') {
    const { code, nameZh, nameEn } = change
    const parent = parentOf(code, await readChart(tx, communityId))!
    await insertAccounts(tx, [
      { community_id: communityId, code, type: parent.type, name_zh: nameZh, name_en: nameEn },
    ])
  }
}

/** Appends the leaf of a confirmed change: who proposed and who confirmed stand as salted digests beside their offices. */
async function appendConfirmed(
  portal: Portal,
  tx: Tx,
  community: LedgerCommunity,
  row: ControlChangeRow,
  second: { readonly userId: string; readonly role: Role; readonly version: number | null },
): Promise<number> {
  const at = portal.clock.now()
  const acts = [
    { step: 'propose', at: row.proposed_at, role: row.proposed_role, userId: row.proposed_by },
    { step: 'confirm', at, role: second.role, userId: second.userId },
  ].map(act => ({ ...act, salt: portal.random.bytes(32) }))
  const bytes = controlLeaf(community.logOrigin, {
    changeId: row.change_id,
    version: second.version,
    content: changeMembers(decodeControlChange(row.content), true),
    steps: acts.map(({ salt, userId, ...act }) => ({
      ...act,
      byDigest: saltedDigest(salt, `by/${act.step}`, userId),
    })),
  })
  const { firstIndex } = await appendLeaf(tx, community.communityId, [bytes])
  await insertLeafSecrets(
    tx,
    acts.map(act => ({
      community_id: community.communityId,
      leaf_index: BigInt(firstIndex),
      name: `by/${act.step}`,
      salt: act.salt,
      value: act.userId,
    })),
  )
  return firstIndex
}

export interface ControlDecision {
  readonly changeId: string
  readonly decision: 'confirmed' | 'refused' | 'withdrawn'
  /** Digest of the content the person saw. */
  readonly seenDigest: string
  /** Why it is refused, for whoever proposed it. */
  readonly note?: string
  /** What the room of votes says now of the vote that a budget names; whoever composes hands it in. */
  readonly vote?: VoteReference | null
  /** The second factor of whoever witnesses an emergency. */
  readonly factor?: GivenFactor
}

/** Why a refusal cannot be entered as it is; null when it can. Columns that are refused must be chosen again: that needs a word. */
function noteProblem(row: ControlChangeRow, note: string): ControlRefusal | null {
  if (note === '') return row.kind === 'map-columns' ? { code: 'note-missing' } : null
  if ([...note].length > REASON_LIMIT) return { code: 'note-too-long' }
  const found = privateTextIn(note, [])
  return found === null ? null : { code: 'note-private', found }
}

async function checkDecision(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  community: LedgerCommunity,
  row: ControlChangeRow,
  request: ControlDecision,
): Promise<Result<Role, ControlRefusal>> {
  const { communityId } = community
  if (row.decision !== null) return err({ code: 'change-decided' })
  if (request.seenDigest !== row.content_digest) return err({ code: 'content-changed' })
  if (request.decision === 'withdrawn') {
    return row.proposed_by === actor.userId ? ok(row.proposed_role) : err({ code: 'not-permitted' })
  }
  if (!can(actor, CONTROL_ACTIONS[row.kind].confirm, communityId)) return err({ code: 'not-permitted' })
  const office = secondOffice(actor, communityId, row)
  if (office === null) return err({ code: 'second-needed' })
  if (request.decision === 'refused') {
    const problem = noteProblem(row, request.note?.trim() ?? '')
    return problem === null ? ok(office) : err(problem)
  }
  // Looked at again: an account may have come, or the rules may have become what is proposed, since.
  const checked = await checkNow(tx, community, decodeControlChange(row.content))
  if (!checked.ok) return checked
  const obstacle = await budgetObstacle(tx, communityId, row, request.vote ?? null)
  if (obstacle !== null) return err(obstacle)
  if (row.kind !== 'emergency') return ok(office)
  const given = request.factor?.method === 'recovery' ? null : (request.factor ?? null)
  const confirmed = await takeSecondFactor(
    portal,
    tx,
    actor,
    given,
    witnessPurpose({ communityId, ...request }),
  )
  return confirmed.ok ? ok(office) : confirmed
}

/**
 * Decides a change: a second person confirms or refuses it, its proposer withdraws it. Confirmed, it holds from this
 * transaction on. An emergency needs the witness's fresh second factor.
 */
export async function decideControlChange(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  request: ControlDecision,
): Promise<Result<null, ControlRefusal>> {
  const { communityId } = community
  return portal.db.transaction().execute(async tx => {
    // The rules of a payment's last step are the rules in force when it posts: neither changes under the other.
    await lockLedger(tx, communityId)
    const row = await findControlChange(tx, communityId, request.changeId)
    if (row === undefined) return err({ code: 'change-unknown' } as const)
    const checked = await checkDecision(portal, tx, actor, community, row, request)
    if (!checked.ok) return checked
    const isConfirmed = request.decision === 'confirmed'
    const version =
      isConfirmed && row.kind === 'controls' ? (await readControls(tx, community)).version + 1 : null
    const second = { userId: actor.userId, role: checked.value, version }
    const leafIndex = isConfirmed ? await appendConfirmed(portal, tx, community, row, second) : null
    await insertControlDecision(tx, {
      community_id: communityId,
      change_id: row.change_id,
      decision: request.decision,
      decided_by: actor.userId,
      decided_role: checked.value,
      decided_at: portal.clock.now(),
      version,
      leaf_index: leafIndex === null ? null : BigInt(leafIndex),
      note: request.decision === 'refused' ? request.note?.trim() || null : null,
    })
    await settleColumnMapping(tx, communityId, row, request.decision)
    if (isConfirmed) await putIntoEffect(portal, tx, communityId, row)
    return ok(null)
  })
}

/** The owners' committee looks at an emergency again, in public. Needs `emergency:review`, and nobody who recorded or witnessed it. */
export async function reviewEmergency(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  review: {
    readonly changeId: string
    readonly outcome: 'justified' | 'disputed'
    readonly note: string
  },
): Promise<Result<null, ControlRefusal>> {
  const { communityId } = community
  const office = actor.roles.find(each =>
    can({ ...actor, roles: [each] }, 'emergency:review', communityId),
  )?.role
  if (office === undefined) return err({ code: 'not-permitted' })
  const note = review.note.trim()
  if (note === '') return err({ code: 'reason-missing' })
  if ([...note].length > REASON_LIMIT) return err({ code: 'reason-too-long' })
  const found = privateTextIn(note, [])
  if (found !== null) return err({ code: 'reason-private', found })
  return portal.db.transaction().execute(async tx => {
    await lockLedger(tx, communityId)
    const row = await findControlChange(tx, communityId, review.changeId)
    if (row === undefined) return err({ code: 'change-unknown' } as const)
    if (row.kind !== 'emergency' || row.decision !== 'confirmed')
      return err({ code: 'not-an-emergency' } as const)
    if ([row.proposed_by, row.decided_by].includes(actor.userId))
      return err({ code: 'second-needed' } as const)
    const reviews = await listEmergencyReviews(tx, communityId)
    if (reviews.some(each => each.change_id === row.change_id))
      return err({ code: 'change-decided' } as const)
    const at = portal.clock.now()
    const leaf = emergencyReviewLeaf(community.logOrigin, { ...review, note, role: office, at })
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertEmergencyReview(tx, {
      community_id: communityId,
      change_id: row.change_id,
      outcome: review.outcome,
      note,
      reviewed_by: actor.userId,
      reviewed_role: office,
      reviewed_at: at,
      leaf_index: BigInt(firstIndex),
    })
    return ok(null)
  })
}
