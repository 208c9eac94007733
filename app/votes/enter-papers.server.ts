/**
 * Paper ballots at the counter's desk: received, read by one teller and by another from the scan, a difference decided by a
 * third. What two agree on is cast in the same transaction. Papers that can never count are refused with their reason.
 */
import type { Tx } from '#db'
import {
  findCastPaper,
  findPaperReceipt,
  findPoll,
  findRefusedPaper,
  findUnitOfPaper,
  insertPaperEntry,
  insertPaperReceipt,
  listPaperEntries,
  lockForCasting,
  type PollUnitRow,
  readUnitFiles,
} from '#db/votes'
import { type CivilDate, dateOf, err, ok, parseCivilDate, type Result, sha256Hex, utf8 } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { type AnswerProblem, checkAnswers, encodeAnswers } from './answers.ts'
import type { Reason } from './ballot.ts'
import { judgeCast, questionsOf, type UnitFile } from './cast-judgement.ts'
import type { Motion } from './motion.ts'
import {
  CLOCK,
  microsOf,
  motionOf,
  type PollRefusal,
  policyOf,
  type VotingCommunity,
  windowOf,
} from './poll-access.server.ts'
import { recordPapers, unitFileOf } from './record-paper.server.ts'
import { openWhenDue, refusePaper, sealWhenComplete } from './run-poll.server.ts'
import { keepVoteDocument, scanPlace, type VoteDocumentRefusal } from './vote-document.server.ts'

/** A printed ballot by its number, or by the secret of its QR code. */
export type PaperReference = { readonly paperNumber: number } | { readonly paperCode: string }

export type PaperRefusal =
  | PollRefusal
  | { readonly code: 'paper-unknown' }
  | { readonly code: 'official-system-only'; readonly system: string }
  | { readonly code: 'before-open'; readonly opensAt: Date }
  /** Signed or received after the close: recorded as refused, with its place in the public count. */
  | { readonly code: 'paper-late'; readonly paperNumber: number }
  | { readonly code: 'paper-refused-before'; readonly reason: Reason | 'UNCONFIRMED' }
  | { readonly code: 'paper-already-cast' }

export type EntryRefusal =
  | PaperRefusal
  /** Who entered a paper never confirms it. */
  | { readonly code: 'same-teller' }
  | { readonly code: 'signed-on-malformed' }
  | { readonly code: 'signer-missing' }
  | VoteDocumentRefusal
  /** A third entry decides between the two that differ: it must agree with one of them. */
  | { readonly code: 'agrees-with-neither' }
  | AnswerProblem

/** What a teller reads on a paper. */
export interface PaperEntry {
  readonly pollId: string
  readonly paper: PaperReference
  /** Person id of who signed, of the unit's voters or its registered proxies (`readDesk` lists them by paper). */
  readonly signedBy: string
  readonly asProxy: boolean
  /** Question id to mark (`marksOf`); `BLANK` for none, `OVERVOTE` for several. */
  readonly answers: { readonly [questionId: string]: string }
  readonly signedOn: CivilDate | string
  /** Image or PDF; needed with the first entry, ignored afterwards: the others read the same scan. */
  readonly scan: Uint8Array | null
}

export type EntryOutcome =
  /** The first entry stands; another teller reads the scan. */
  | { readonly outcome: 'entered'; readonly paperNumber: number }
  | {
      readonly outcome: 'cast'
      readonly paperNumber: number
      readonly seq: number
      readonly leafIndex: number
    }
  /** Two entries differ; a third person reads the scan. */
  | { readonly outcome: 'differs'; readonly paperNumber: number }
  /** A paper that can never count: recorded as refused. */
  | { readonly outcome: 'refused'; readonly paperNumber: number; readonly reason: Reason }

type CastingPoll = NonNullable<Awaited<ReturnType<typeof lockForCasting>>>

/** The printed ballot that a teller holds, before any lock; opens a poll whose opening has come. */
async function findPaper(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  { pollId, paper }: { readonly pollId: string; readonly paper: PaperReference },
): Promise<Result<PollUnitRow, PaperRefusal>> {
  const { communityId } = community
  if (!can(actor, 'ballot:enter', communityId)) return err({ code: 'not-permitted' })
  const poll = await findPoll(portal.db, communityId, pollId)
  if (poll === undefined || poll.state === 'draft') return err({ code: 'poll-unknown' })
  const { officialVoting, officialSystem } = motionOf(poll.motion)
  if (officialVoting === 'import') return err({ code: 'official-system-only', system: officialSystem ?? '' })
  if (poll.state === 'notice' && portal.clock.now() >= poll.opens_at) {
    await portal.db.transaction().execute(tx => openWhenDue(portal, tx, community, pollId, CLOCK))
  }
  const reference = 'paperNumber' in paper ? paper : { codeDigest: sha256Hex(utf8(paper.paperCode)) }
  const unit = await findUnitOfPaper(portal.db, communityId, pollId, reference)
  return unit === undefined ? err({ code: 'paper-unknown' }) : ok(unit)
}

/** Puts a transaction with the poll's and its counter's locks around an act on one paper. */
async function withLocks<T>(
  portal: Portal,
  { communityId }: VotingCommunity,
  pollId: string,
  act: (tx: Tx, poll: CastingPoll) => Promise<Result<T, EntryRefusal>>,
): Promise<Result<T, EntryRefusal>> {
  return portal.db.transaction().execute(async tx => {
    const poll = await lockForCasting(tx, communityId, pollId)
    return poll === undefined ? err({ code: 'poll-unknown' }) : act(tx, poll)
  })
}

/**
 * Receives a paper at the desk: from this instant on it belongs to the poll, whenever it is read. Needs `ballot:enter`. A
 * paper offered after the close is recorded as refused (LATE) and answered with `paper-late`.
 */
export async function receivePaper(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: {
    readonly pollId: string
    readonly paper: PaperReference
    readonly signedOn?: CivilDate | string
  },
): Promise<Result<{ readonly paperNumber: number; readonly receivedAt: Date }, EntryRefusal>> {
  const signedOn = request.signedOn === undefined ? null : parseCivilDate(request.signedOn)
  if (signedOn !== null && !signedOn.ok) return err({ code: 'signed-on-malformed' })
  const unit = await findPaper(portal, actor, community, request)
  if (!unit.ok) return unit
  const paperNumber = unit.value.paper_number
  return withLocks(portal, community, request.pollId, async (tx, poll) => {
    const receipt = await judgeReceipt(portal, tx, community, poll, {
      paperNumber,
      by: actor.userId,
      signedOn: signedOn?.value ?? null,
    })
    if (!receipt.ok) return receipt
    if (receipt.value.isNew) await insertPaperReceipt(tx, receipt.value.row)
    return ok({ paperNumber, receivedAt: receipt.value.row.received_at })
  })
}

interface PaperReceipt {
  readonly row: Parameters<typeof insertPaperReceipt>[1] & { readonly received_at: Date }
  readonly isNew: boolean
}

/** The receipt that a paper has or may be given now. A late paper is recorded as refused; anything else leaves nothing. */
async function judgeReceipt(
  portal: Portal,
  tx: Tx,
  community: VotingCommunity,
  poll: CastingPoll,
  offer: { readonly paperNumber: number; readonly by: string; readonly signedOn: CivilDate | null },
): Promise<Result<PaperReceipt, PaperRefusal>> {
  const { communityId } = community
  const { paperNumber, signedOn, by } = offer
  const key = [tx, communityId, poll.poll_id, paperNumber] as const
  if ((await findCastPaper(...key)) !== undefined) return err({ code: 'paper-already-cast' })
  const refused = await findRefusedPaper(...key)
  if (refused !== undefined) {
    return err({ code: 'paper-refused-before', reason: refused.reason as Reason | 'UNCONFIRMED' })
  }
  const isSignedLate = signedOn !== null && signedOn > dateOf(poll.closes_at)
  const receipt = await findPaperReceipt(...key)
  if (receipt !== undefined && !isSignedLate) {
    return ['open', 'closed'].includes(poll.state)
      ? ok({ row: receipt, isNew: false })
      : err({ code: 'poll-state', state: poll.state })
  }
  const now = portal.clock.now()
  if (now < poll.opens_at) return err({ code: 'before-open', opensAt: poll.opens_at })
  if (isSignedLate || now > poll.closes_at || poll.state !== 'open') {
    await refusePaper(portal, tx, community, poll, { paperNumber, reason: 'LATE', signedOn, by })
    return err({ code: 'paper-late', paperNumber })
  }
  const row = {
    community_id: communityId,
    poll_id: poll.poll_id,
    paper_number: paperNumber,
    received_at: now,
    received_by: by,
  }
  return ok({ row, isNew: true })
}

/** Enters what a teller reads. Needs `ballot:enter`. Receives the paper when that was not done before. */
export async function enterPaper(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  entry: PaperEntry,
): Promise<Result<EntryOutcome, EntryRefusal>> {
  const { pollId } = entry
  const signedOn = parseCivilDate(entry.signedOn)
  if (!signedOn.ok) return err({ code: 'signed-on-malformed' })
  if (entry.signedBy.trim() === '') return err({ code: 'signer-missing' })
  const unit = await findPaper(portal, actor, community, entry)
  if (!unit.ok) return unit
  const paperNumber = unit.value.paper_number
  // Kept before the locks: a picture takes longer to store than a ballot to cast.
  const scan =
    entry.scan === null ? null : await keepVoteDocument(portal, scanPlace(pollId, paperNumber), entry.scan)
  if (scan !== null && !scan.ok) return scan
  const outcome = await withLocks<EntryOutcome>(portal, community, pollId, async (tx, poll) => {
    const offer = { paperNumber, by: actor.userId, signedOn: signedOn.value }
    const receipt = await judgeReceipt(portal, tx, community, poll, offer)
    if (!receipt.ok) return receipt
    const paper = { poll, unit: unit.value, receipt: receipt.value, scan: scan?.value ?? null }
    return enterLocked(portal, tx, community, paper, actor, { ...entry, signedOn: signedOn.value })
  })
  // After the close the last paper that is read seals.
  if (outcome.ok && (outcome.value.outcome === 'cast' || outcome.value.outcome === 'refused')) {
    const state = (await findPoll(portal.db, community.communityId, pollId))?.state
    if (state === 'closed') {
      await sealWhenComplete(portal, community, { pollId, by: CLOCK, refusesPending: false })
    }
  }
  return outcome
}

interface PaperAtDesk {
  readonly poll: CastingPoll
  readonly unit: PollUnitRow
  readonly receipt: PaperReceipt
  /** Digest of the scan that came with this entry; null when none did. */
  readonly scan: string | null
}

type EntryRow = Awaited<ReturnType<typeof listPaperEntries>>[number]

/** One more entry of a paper that lies at the desk, and what follows from it. */
async function enterLocked(
  portal: Portal,
  tx: Tx,
  community: VotingCommunity,
  paper: PaperAtDesk,
  actor: Actor,
  entry: PaperEntry & { readonly signedOn: CivilDate },
): Promise<Result<EntryOutcome, EntryRefusal>> {
  const { communityId } = community
  const { poll, unit } = paper
  const paperNumber = unit.paper_number
  const earlier = await listPaperEntries(tx, communityId, poll.poll_id, paperNumber)
  if (earlier.some(each => each.entered_by === actor.userId)) return err({ code: 'same-teller' })
  const [file] = (await readUnitFiles(tx, communityId, poll.poll_id, [unit.unit_id], [])).map(unitFileOf)
  const answers = paperAnswers(motionOf(poll.motion), file!, entry.answers)
  if (!answers.ok) return answers
  const row = {
    community_id: communityId,
    poll_id: poll.poll_id,
    paper_number: paperNumber,
    entry_no: earlier.length + 1,
    entered_by: actor.userId,
    signed_by: entry.signedBy,
    as_proxy: entry.asProxy,
    answers: answers.value,
    signed_on: entry.signedOn,
    entered_at: portal.clock.now(),
  }
  const agreeing = earlier.filter(each => isSameReading(each, row))
  if (earlier.length === 2 && agreeing.length === 0) return err({ code: 'agrees-with-neither' })
  const scan = earlier[0]?.scan_sha256 ?? paper.scan
  if (scan === null) return err({ code: 'document-missing' })
  if (paper.receipt.isNew) await insertPaperReceipt(tx, paper.receipt.row)
  await insertPaperEntry(tx, { ...row, scan_sha256: scan })
  if (earlier.length === 0) return ok({ outcome: 'entered', paperNumber })
  if (agreeing.length === 0) return ok({ outcome: 'differs', paperNumber })
  return castEntry(portal, tx, community, paper, { ...row, scan_sha256: scan })
}

/** The text of what a teller read: every question asked of the unit has a mark, or none, or several. */
function paperAnswers(
  motion: Motion,
  file: UnitFile,
  given: { readonly [questionId: string]: string },
): Result<string, AnswerProblem> {
  const checked = checkAnswers(questionsOf(motion.questions, file), given, 'paper')
  if (!checked.ok) return checked
  const order = motion.questions.map(question => question.questionId)
  return ok(
    encodeAnswers(order, { choices: new Map(order.map(id => [id, checked.value.get(id) ?? 'BLANK'])) }),
  )
}

type Reading = Pick<EntryRow, 'signed_by' | 'as_proxy' | 'answers' | 'signed_on'>

function isSameReading(a: Reading, b: Reading): boolean {
  return (
    a.signed_by === b.signed_by &&
    a.as_proxy === b.as_proxy &&
    a.answers === b.answers &&
    a.signed_on === b.signed_on
  )
}

/** Casts what two tellers agree on; a paper that can never count is recorded as refused instead. */
async function castEntry(
  portal: Portal,
  tx: Tx,
  community: VotingCommunity,
  { poll, unit, receipt }: PaperAtDesk,
  entry: EntryRow,
): Promise<Result<EntryOutcome, EntryRefusal>> {
  const { signed_by: by, as_proxy: asProxy, answers } = entry
  const paperNumber = unit.paper_number
  const receivedAt = receipt.row.received_at
  const rows = await readUnitFiles(
    tx,
    community.communityId,
    poll.poll_id,
    [unit.unit_id],
    asProxy ? [by] : [],
  )
  const channel = asProxy ? 'proxy' : 'paper'
  const rules = {
    questions: motionOf(poll.motion).questions,
    policy: policyOf(poll.policy),
    window: windowOf(poll),
  }
  const units = [unit.unit_id]
  const judged = judgeCast(rules, rows.map(unitFileOf), {
    units,
    by,
    asProxy,
    channel,
    atMicros: microsOf(receivedAt),
    answers,
  })
  const { obstacle: reason } = judged.get(unit.unit_id)!
  if (reason !== null) {
    const refusal = { paperNumber, reason, signedOn: entry.signed_on, by: entry.entered_by }
    await refusePaper(portal, tx, community, poll, refusal)
    return ok({ outcome: 'refused', paperNumber, reason })
  }
  const [recorded] = await recordPapers(portal, tx, community, poll, [
    {
      units: rows.filter(row => row.unit_id === unit.unit_id),
      by,
      asProxy,
      channel,
      paperNumber,
      evidence: entry.scan_sha256,
      answers,
      receivedAt,
      recordedBy: entry.entered_by,
    },
  ])
  const { seq, leafIndex } = recorded!.ballots[0]!
  return ok({ outcome: 'cast', paperNumber, seq, leafIndex })
}
