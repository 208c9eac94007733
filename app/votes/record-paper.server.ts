/**
 * Records a submission that was judged: its place, its commitments and leaves, what they hide, and the household's notices.
 * Within the caller's transaction, which holds the poll's counter. Never judges.
 */
import type { Tx } from '#db'
import { insertBallots, insertPapers, type PollRow, type UnitFileRow } from '#db/votes'
import { canonicalText } from '#kernel'
import { enqueueHouseholdMessages } from '#people/server'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import type { Channel } from './ballot.ts'
import type { UnitFile } from './cast-judgement.ts'
import { commitBallot, encodeVoteLeaf } from './leaf.ts'
import { leafHead, microsOf, type VotingCommunity } from './poll-access.server.ts'
import { holdersAt, sharesOf } from './roll.ts'

/** What a submission says, and whence it came. */
export interface Submission {
  readonly units: readonly UnitFileRow[]
  readonly by: string
  readonly asProxy: boolean
  readonly channel: Channel
  readonly paperNumber: number | null
  readonly evidence: string | null
  readonly answers: string
  readonly receivedAt: Date
  readonly recordedBy: string
}

/** Where a submission stands. */
export interface Recorded {
  readonly paperNo: number
  readonly receivedAt: Date
  readonly ballots: readonly { readonly unit: string; readonly seq: number; readonly leafIndex: number }[]
}

/** A unit's file as the engine's judgement takes it. A ballot whose secrets are erased cannot be judged with: the poll is over. */
export function unitFileOf(row: UnitFileRow): UnitFile {
  return {
    unit: row.unit_id,
    building: row.building,
    entrance: row.entrance,
    inBase: row.in_base,
    voters: row.voters,
    representative: row.representative,
    transfers: row.transfers.map(({ from, to, at }) => ({
      unit: row.unit_id,
      from,
      to,
      atMicros: Number(at),
    })),
    proxies: row.proxies.map(({ person, at }) => ({ proxy: person, registeredAtMicros: Number(at) })),
    ballots: row.ballots.flatMap(({ at, answers, ...ballot }) =>
      answers === null ? [] : [{ ...ballot, unit: row.unit_id, atMicros: Number(at), answers }],
    ),
  }
}

/** Who holds the unit now: the owners at notice, or whoever bought from them. */
export function holdersOf(file: UnitFile, atMicros: number): readonly string[] {
  return holdersAt(sharesOf(file.voters, file.transfers), atMicros)
}

/** A ballot of one unit on its way: its place and its commitment. */
interface Prepared {
  readonly submission: Submission
  readonly row: UnitFileRow
  readonly paperNo: number
  readonly seq: number
  readonly salt: Uint8Array
  readonly cc: string
}

/** Gives every ballot of the submissions its place, in their order, and its salted commitment. */
function prepare(
  portal: Portal,
  poll: { readonly poll_id: string; readonly last_seq: number; readonly last_paper: number },
  submissions: readonly Submission[],
): readonly Prepared[] {
  return submissions
    .flatMap((submission, at) =>
      submission.units.map(row => ({ submission, row, paperNo: poll.last_paper + 1 + at })),
    )
    .map((ballot, index) => {
      const salt = portal.random.bytes(16)
      const choice = ballot.submission.answers
      const cc = commitBallot({ poll: poll.poll_id, token: ballot.row.token, choice, salt })
      return { ...ballot, salt, cc, seq: poll.last_seq + index + 1 }
    })
}

function leavesOf(community: VotingCommunity, pollId: string, ballots: readonly Prepared[]): Uint8Array[] {
  return ballots.map(({ submission: { channel }, row: { token }, cc, seq }) =>
    encodeVoteLeaf({ ...leafHead(community, pollId), t: 'vote.ballot', seq, cc, channel, token }),
  )
}

/** Records submissions in their order; each has one ballot with its leaf for each unit. At least one. */
export async function recordPapers(
  portal: Portal,
  tx: Tx,
  community: VotingCommunity,
  poll: Pick<PollRow, 'poll_id' | 'title'> & { readonly last_seq: number; readonly last_paper: number },
  submissions: readonly Submission[],
): Promise<readonly Recorded[]> {
  const { communityId } = community
  const key = { community_id: communityId, poll_id: poll.poll_id }
  const prepared = prepare(portal, poll, submissions)
  const leaves = leavesOf(community, poll.poll_id, prepared)
  const { firstIndex } = await appendLeaf(tx, communityId, leaves)
  await insertPapers(
    tx,
    submissions.map((submission, at) => ({
      ...key,
      paper_no: poll.last_paper + 1 + at,
      by_person: submission.by,
      as_proxy: submission.asProxy,
      channel: submission.channel,
      paper_number: submission.paperNumber,
      withdraws: submission.answers === 'WITHDRAW',
      received_at: submission.receivedAt,
      recorded_by: submission.recordedBy,
      evidence_sha256: submission.evidence,
    })),
    poll.last_seq + prepared.length,
  )
  const ballots = prepared.map((each, index) => ({
    ...each,
    unit: each.row.unit_id,
    leafIndex: firstIndex + index,
  }))
  await insertBallots(
    tx,
    ballots.map(({ seq, paperNo, unit, cc, leafIndex }) => ({
      ...key,
      seq,
      paper_no: paperNo,
      unit_id: unit,
      cc,
      leaf_index: BigInt(leafIndex),
    })),
    ballots.map(({ seq, submission, salt }) => ({ ...key, seq, answers: submission.answers, salt })),
    ballots.flatMap(({ submission, row, seq }) => householdNotices(portal, key, submission, row, seq)),
  )
  const messages = ballots.flatMap(({ submission, row, seq }) =>
    holdersOf(unitFileOf(row), microsOf(submission.receivedAt)).map(personId => ({
      personId,
      kind: 'ballot-recorded' as const,
      subjectKey: `${poll.poll_id}/${seq}`,
      // With the number of the receipt, which opens on the page and nowhere else.
      values: { subject: `${poll.title} · ${row.unit_id} · № ${seq}` },
    })),
  )
  await enqueueHouseholdMessages(portal, tx, communityId, messages)
  return submissions.map((submission, at) => ({
    paperNo: poll.last_paper + 1 + at,
    receivedAt: submission.receivedAt,
    ballots: ballots
      .filter(ballot => ballot.submission === submission)
      .map(({ unit, seq, leafIndex }) => ({ unit, seq, leafIndex })),
  }))
}

/** A message for everybody who holds a unit, whoever cast: that a ballot was recorded, never what it says. */
function householdNotices(
  portal: Portal,
  key: { readonly community_id: number; readonly poll_id: string },
  { answers, channel, receivedAt }: Submission,
  row: UnitFileRow,
  seq: number,
) {
  const kind = answers === 'WITHDRAW' ? 'ballot-withdrawn' : 'ballot-recorded'
  return holdersOf(unitFileOf(row), microsOf(receivedAt)).map(person => ({
    community_id: key.community_id,
    notice_id: portal.random.id(),
    person_id: person,
    kind,
    detail: canonicalText({ poll: key.poll_id, unit: row.unit_id, seq, channel }),
    at: receivedAt,
  }))
}
