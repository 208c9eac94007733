/**
 * Announces a poll: motion, policy and roll are frozen, their digests logged, the units get their credentials and paper
 * numbers, and the clock steps are asked for. One transaction. No topic after it (rule 22).
 */
import { createHmac } from 'node:crypto'
import type { Tx } from '#db'
import {
  insertNotice,
  insertPollCounter,
  insertPollUnits,
  insertPollVoters,
  type PollRow,
  type PollUnitRow,
  updatePollState,
} from '#db/votes'
import {
  areaCentiM2,
  type CanonicalValue,
  type CivilDate,
  canonicalText,
  dateOf,
  err,
  formatInstant,
  idOf,
  ok,
  type Result,
  sha256Hex,
  toHex,
  utf8,
} from '#kernel'
import { type Actor, can } from '#people'
import { readRegister } from '#people/server'
import { enqueueJob, type Portal } from '#platform'
import { earliestOpening } from './course.ts'
import { type Motion, mattersDigest } from './motion.ts'
import { type Policy, policyDigest } from './policy.ts'
import {
  leafHead,
  lockPollIn,
  motionOf,
  type PollRefusal,
  policyOf,
  takeStep,
  type VotingCommunity,
} from './poll-access.server.ts'
import { afterClose, CLOSE_POLL, closeJobKey, OPEN_POLL } from './poll-jobs.server.ts'
import {
  compareText,
  headKeyOf,
  type Roll,
  rollBytes,
  rollDigest,
  type Unit,
  unitsInBase,
  votersOf,
} from './roll.ts'
import { makeWeightRoll, type UnitWeight } from './weights.ts'

export type AnnounceRefusal =
  | PollRefusal
  | { readonly code: 'revision-stale'; readonly revision: number }
  /** The notice lasts its days: the window may open on this day at the earliest. */
  | { readonly code: 'opens-too-early'; readonly earliest: CivilDate }
  /** A question whose scope holds no unit of the register. */
  | { readonly code: 'base-empty'; readonly question: string }

/** Announces a draft. Needs `poll:announce`; `revision` is the one that was shown. */
export async function announcePoll(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: { readonly pollId: string; readonly revision: number },
): Promise<Result<{ readonly leafIndex: number }, AnnounceRefusal>> {
  const { communityId } = community
  if (!can(actor, 'poll:announce', communityId)) return err({ code: 'not-permitted' })
  const paperCode = await openPaperCodes(portal)
  return portal.db.transaction().execute(async tx => {
    const locked = await lockPollIn(tx, community, request.pollId, ['draft'])
    if (!locked.ok) return locked
    const poll = locked.value
    if (poll.revision !== request.revision) return err({ code: 'revision-stale', revision: poll.revision })
    const motion = motionOf(poll.motion)
    const policy = policyOf(poll.policy)
    const now = portal.clock.now()
    const earliest = earliestOpening(dateOf(now), motion.course)
    if (dateOf(poll.opens_at) < earliest) return err({ code: 'opens-too-early', earliest })
    const roll = await readRoll(tx, communityId, dateOf(now))
    const empty = motion.questions.find(({ matter }) => baseOf(roll, policy, matter.scope).length === 0)
    if (empty !== undefined) return err({ code: 'base-empty', question: empty.questionId })
    const units = unitRows(portal, community, poll, motion, policy, roll, paperCode)
    const weightRoll = makeWeightRoll(poll.poll_id, units.filter(unit => unit.in_base).map(weightOf))
    const salt = portal.random.bytes(32)
    const digest = rollDigest(roll, toHex(salt))
    await insertNotice(tx, {
      community_id: communityId,
      poll_id: poll.poll_id,
      motion: poll.motion,
      policy: poll.policy,
      rules_version: poll.rules_version,
      roll: rollBytes(roll),
      roll_salt: salt,
      roll_digest: digest,
      weight_roll: weightRoll,
      course_days: canonicalText(motion.course as unknown as CanonicalValue),
      announced_at: now,
    })
    await insertPollUnits(tx, units)
    await insertPollVoters(tx, voterRows(communityId, poll.poll_id, roll))
    await insertPollCounter(tx, communityId, poll.poll_id)
    await updatePollState(tx, communityId, poll.poll_id, 'notice')
    await askForClockSteps(portal, tx, communityId, poll)
    const leafIndex = await takeStep(tx, community, {
      kind: 'notice',
      at: now,
      by: actor.userId,
      detail: {},
      leaf: {
        ...leafHead(community, poll.poll_id),
        t: 'vote.notice',
        motion: sha256Hex(poll.motion),
        policy: policyDigest(policy, poll.rules_version),
        roll: digest,
        matter: mattersDigest(motion.questions),
        weights: sha256Hex(weightRoll),
        opensAt: formatInstant(poll.opens_at),
        closesAt: formatInstant(poll.closes_at),
      },
    })
    return ok({ leafIndex })
  })
}

/** What the weight roll commits to for a unit. */
export function weightOf(unit: Pick<PollUnitRow, 'token' | 'area' | 'area_blinding'>): UnitWeight {
  return { token: unit.token, area: areaCentiM2(unit.area), blinding: unit.area_blinding }
}

/** The register of a day as a roll, in order of unit. */
/** The register on a day as a roll; with `knownAt` as it was known at that instant. */
export async function readRoll(tx: Tx, communityId: number, on: CivilDate, knownAt?: Date): Promise<Roll> {
  const register = await readRegister(tx, communityId, on, knownAt)
  const units: Unit[] = register.units.map(unit => ({
    id: unit.unitId,
    building: unit.building,
    entrance: unit.entrance,
    area: unit.areaCentiM2,
    areaSource: unit.areaSource,
    kind: unit.kind,
    status: unit.status,
    owners: unit.owners,
  }))
  return { developer: register.developer, units: units.sort((a, b) => compareText(a.id, b.id)) }
}

function baseOf(roll: Roll, policy: Policy, scope: Motion['questions'][number]['matter']['scope']) {
  return unitsInBase(roll, scope, policy.countSpecialSpaces)
}

/** The secret of a unit's printed ballot: made from the portal's key, so that it need not be kept in the clear. */
export type PaperCode = (pollId: string, unit: string) => string

/** Gives the maker of paper codes. */
export async function openPaperCodes(portal: Pick<Portal, 'keys' | 'random'>): Promise<PaperCode> {
  const key = await portal.keys.readOrCreate('ballot-paper-hmac', () => portal.random.bytes(32))
  return (pollId, unit) =>
    idOf(new Uint8Array(createHmac('sha256', key).update(`${pollId}\n${unit}`).digest()).subarray(0, 16))
}

/** The rows of the frozen units: each with a fresh credential, a paper number in the order of the roll, and its head's number. */
function unitRows(
  portal: Portal,
  { communityId }: VotingCommunity,
  poll: PollRow,
  motion: Motion,
  policy: Policy,
  roll: Roll,
  paperCode: PaperCode,
) {
  const inBase = new Set(motion.questions.flatMap(({ matter }) => baseOf(roll, policy, matter.scope)))
  const heads = new Map<string, number>()
  return roll.units.map((unit, index) => {
    const head = headKeyOf(roll, unit)
    heads.set(head, heads.get(head) ?? heads.size + 1)
    return {
      community_id: communityId,
      poll_id: poll.poll_id,
      unit_id: unit.id,
      token: portal.random.id(),
      paper_number: index + 1,
      paper_code_digest: sha256Hex(utf8(paperCode(poll.poll_id, unit.id))),
      building: unit.building,
      entrance: unit.entrance,
      area: unit.area as bigint,
      head_no: heads.get(head)!,
      in_base: inBase.has(unit),
      area_blinding: portal.random.bytes(32),
    }
  })
}

function voterRows(communityId: number, pollId: string, roll: Roll) {
  return roll.units.flatMap(unit =>
    votersOf(roll, unit).map(person => ({
      community_id: communityId,
      poll_id: pollId,
      unit_id: unit.id,
      person_id: person,
    })),
  )
}

/** The poll opens and closes by itself: asked for with the notice. */
async function askForClockSteps(portal: Portal, tx: Tx, communityId: number, poll: PollRow): Promise<void> {
  const order = { communityId, payload: { poll: poll.poll_id }, requestedBy: poll.created_by }
  await enqueueJob(portal, tx, { ...order, kind: OPEN_POLL, key: poll.poll_id, runAfter: poll.opens_at })
  await enqueueJob(portal, tx, {
    ...order,
    kind: CLOSE_POLL,
    key: closeJobKey(poll.poll_id, poll.closes_at),
    runAfter: afterClose(poll.closes_at),
  })
}
