/**
 * The re-deriver (fsck) of votes: makes every digest, commitment, place and tally of every poll again from the rows beneath
 * and names what is off. Reads only. Whoever edits or removes a row behind the triggers is found here, because the log keeps
 * what was.
 */
import type { Tx } from '#db'
import { readEntries } from '#db/tlog'
import {
  findBoard,
  listPaperEntries,
  listPollPapers,
  listPolls,
  listPollVoters,
  listRowLeaves,
  listSteps,
  listTallies,
  listVoteSecrets,
  type PollRow,
} from '#db/votes'
import { dateOf, equalBytes, formatInstant, saltedDigest, sha256Hex, toHex } from '#kernel'
import type { Portal } from '#platform'
import { readRoll, weightOf } from './announce-poll.server.ts'
import { countQuestion, encodeCount } from './count-poll.ts'
import { POLL_STATES } from './course.ts'
import { commitBallot, parseVoteLeaf, sealDigest, talliesDigest, type VoteLeaf } from './leaf.ts'
import { boardOf } from './make-board.server.ts'
import { mattersDigest } from './motion.ts'
import { parseOfficialResult } from './official-result.ts'
import { policyDigest } from './policy.ts'
import { policyOf, type VotingCommunity } from './poll-access.server.ts'
import { differingUnits, headKeyOf, rollDigest, votersOf } from './roll.ts'
import { type ReadPoll, readStoredPoll } from './stored-poll.server.ts'
import { makeWeightRoll } from './weights.ts'

/** What must hold of stored polls; a finding names one of these. */
export const VOTE_INVARIANTS = [
  'rows-can-be-read',
  'rows-have-their-leaves',
  'leaves-have-their-rows',
  'state-has-its-steps',
  'notice-is-frozen',
  'roll-is-frozen',
  'roll-is-the-register',
  'weights-are-of-the-roll',
  'window-is-announced',
  'ballots-stand-in-order',
  'ballot-matches-log',
  'ballot-opens',
  'ballot-is-in-the-window',
  'paper-was-read-twice',
  'seal-matches-ballots',
  'tally-is-the-count',
  'board-is-the-count',
  'sign-off-matches-tally',
  'hidden-value-matches-log',
] as const

export interface VoteFinding {
  readonly invariant: (typeof VOTE_INVARIANTS)[number]
  readonly reference: string
  readonly found: string
}

/** Leaves of votes by index. */
type Leaves = ReadonlyMap<number, VoteLeaf>

/** Collects what is off in one poll. */
type Note = (invariant: VoteFinding['invariant'], reference: string, found: string) => void

/** Checks all polls of a community. */
export async function checkVotes(
  portal: Portal,
  community: VotingCommunity,
): Promise<{ readonly polls: number; readonly ballots: number; readonly findings: readonly VoteFinding[] }> {
  const tx = portal.db
  const { communityId } = community
  const leaves = await readVoteLeaves(tx, communityId)
  const polls = await listPolls(tx, communityId)
  const findings: VoteFinding[] = []
  const note: Note = (invariant, reference, found) => findings.push({ invariant, reference, found })
  const claimed = new Set<number>()
  let ballots = 0
  for (const poll of polls) {
    for (const row of await listRowLeaves(tx, communityId, poll.poll_id)) {
      claimed.add(row.leafIndex)
      const leaf = leaves.get(row.leafIndex)
      const isOwn =
        leaf?.poll === poll.poll_id && leaf.log === community.logOrigin && row.types.includes(leaf.t)
      if (!isOwn)
        note(
          'rows-have-their-leaves',
          `${poll.poll_id} ${row.table}`,
          `leaf ${row.leafIndex}: ${leaf?.t ?? 'none'}`,
        )
    }
    if (poll.state === 'draft') continue
    try {
      ballots += await checkPoll(tx, community, poll, leaves, note)
    } catch (error) {
      // Bytes that are not ours any more: what else is off cannot be told.
      note('rows-can-be-read', poll.poll_id, error instanceof Error ? error.message : String(error))
    }
  }
  for (const [index, leaf] of leaves) {
    if (!claimed.has(index)) note('leaves-have-their-rows', `${leaf.poll} leaf ${index}`, leaf.t)
  }
  return { polls: polls.length, ballots, findings }
}

const ENTRIES_AT_ONCE = 1_000

/** What follows from rows; null when they no longer fit together. */
function derived<Value>(derive: () => Value): Value | null {
  try {
    return derive()
  } catch {
    return null
  }
}

/** Every vote leaf of a community's log. */
async function readVoteLeaves(tx: Tx, communityId: number): Promise<Leaves> {
  const leaves = new Map<number, VoteLeaf>()
  for (let first = 0; ; first += ENTRIES_AT_ONCE) {
    const entries = await readEntries(tx, communityId, first, ENTRIES_AT_ONCE)
    for (const { index, entry } of entries) {
      const leaf = parseVoteLeaf(entry)
      if (leaf.ok) leaves.set(index, leaf.value)
    }
    if (entries.length < ENTRIES_AT_ONCE) return leaves
  }
}

/** Checks one announced poll; gives the number of its ballots. */
async function checkPoll(
  tx: Tx,
  community: VotingCommunity,
  poll: PollRow,
  leaves: Leaves,
  note: Note,
): Promise<number> {
  const read = await readStoredPoll(tx, community, poll)
  const steps = await listSteps(tx, community.communityId, [poll.poll_id])
  const leafOf = <Type extends VoteLeaf['t']>(type: Type) =>
    [...leaves.values()].findLast(
      (leaf): leaf is Extract<VoteLeaf, { readonly t: Type }> =>
        leaf.t === type && leaf.poll === poll.poll_id,
    )
  checkSteps(poll, steps, note)
  checkNotice(poll, read, leafOf('vote.notice'), leafOf('vote.extension'), note)
  await checkRoll(tx, community, poll, read, note)
  checkBallots(poll, read, leaves, note)
  await checkPapers(tx, community, poll, note)
  const seal = leafOf('vote.seal')
  if (seal !== undefined) {
    const digest = sealDigest(poll.poll_id, read.rows)
    if (seal.ballots !== digest || seal.ballotCount !== read.rows.length) {
      note('seal-matches-ballots', poll.poll_id, `${read.rows.length} ballots, ${digest}`)
    }
  }
  await checkTallies(tx, community, poll, read, leaves, note)
  await checkHiddenValues(tx, community, poll, leaves, note)
  return read.rows.length
}

/** The step that each state after the draft stands on; the objection period begins with the count. */
const STEP_OF_STATE: Readonly<Partial<Record<PollRow['state'], string>>> = {
  notice: 'notice',
  open: 'open',
  closed: 'close',
  sealed: 'seal',
  counted: 'tally',
  final: 'final',
}

function checkSteps(
  poll: PollRow,
  steps: readonly { readonly kind: string; readonly step_no: number }[],
  note: Note,
): void {
  const reached = POLL_STATES.slice(0, POLL_STATES.indexOf(poll.state) + 1)
  for (const state of POLL_STATES) {
    const kind = STEP_OF_STATE[state]
    if (kind === undefined) continue
    const isTaken = steps.some(step => step.kind === kind)
    if (isTaken !== reached.includes(state))
      note('state-has-its-steps', poll.poll_id, `${poll.state}: ${kind}`)
  }
  steps.forEach((step, index) => {
    if (step.step_no !== index + 1)
      note('state-has-its-steps', poll.poll_id, `step ${step.step_no} at place ${index + 1}`)
  })
}

function checkNotice(
  poll: PollRow,
  { notice, motion }: ReadPoll,
  leaf: Extract<VoteLeaf, { readonly t: 'vote.notice' }> | undefined,
  extension: Extract<VoteLeaf, { readonly t: 'vote.extension' }> | undefined,
  note: Note,
): void {
  const isSame =
    equalBytes(poll.motion, notice.motion) &&
    poll.policy === notice.policy &&
    poll.rules_version === notice.rules_version &&
    leaf?.motion === sha256Hex(notice.motion) &&
    leaf.policy === policyDigest(policyOf(notice.policy), notice.rules_version) &&
    leaf.matter === mattersDigest(motion.questions)
  if (!isSame) note('notice-is-frozen', poll.poll_id, sha256Hex(notice.motion))
  if (leaf?.roll !== notice.roll_digest || leaf.weights !== sha256Hex(notice.weight_roll)) {
    note('notice-is-frozen', poll.poll_id, notice.roll_digest)
  }
  const closes = extension?.closesAt ?? leaf?.closesAt
  if (leaf?.opensAt !== formatInstant(poll.opens_at) || closes !== formatInstant(poll.closes_at)) {
    note(
      'window-is-announced',
      poll.poll_id,
      `${formatInstant(poll.opens_at)} ${formatInstant(poll.closes_at)}`,
    )
  }
}

async function checkRoll(
  tx: Tx,
  { communityId }: VotingCommunity,
  poll: PollRow,
  { notice, stored, units }: ReadPoll,
  note: Note,
): Promise<void> {
  const { roll } = stored
  const digest = rollDigest(roll, toHex(notice.roll_salt))
  if (digest !== notice.roll_digest) note('roll-is-frozen', poll.poll_id, digest)
  const known = await readRoll(tx, communityId, dateOf(notice.announced_at), notice.announced_at)
  for (const id of differingUnits(roll, known)) note('roll-is-the-register', poll.poll_id, id)
  const rows = new Map(units.map(unit => [unit.unit_id, unit]))
  const heads = new Map<string, number>()
  for (const unit of roll.units) {
    const row = rows.get(unit.id)
    const head = headKeyOf(roll, unit)
    heads.set(head, heads.get(head) ?? heads.size + 1)
    const isSame =
      row?.area === unit.area &&
      row.building === unit.building &&
      row.entrance === unit.entrance &&
      row.head_no === heads.get(head)
    if (!isSame) note('roll-is-frozen', `${poll.poll_id} unit`, unit.id)
  }
  if (rows.size !== roll.units.length) note('roll-is-frozen', poll.poll_id, `${rows.size} units`)
  const frozen = roll.units.flatMap(unit => votersOf(roll, unit).map(person => `${unit.id}\n${person}`))
  const voters = (await listPollVoters(tx, communityId, poll.poll_id)).map(
    row => `${row.unit_id}\n${row.person_id}`,
  )
  if (frozen.sort().join('\n\n') !== voters.sort().join('\n\n')) {
    note('roll-is-frozen', poll.poll_id, `${voters.length} voters`)
  }
  const weights = makeWeightRoll(poll.poll_id, units.filter(unit => unit.in_base).map(weightOf))
  if (!equalBytes(weights, notice.weight_roll))
    note('weights-are-of-the-roll', poll.poll_id, sha256Hex(weights))
}

function checkBallots(poll: PollRow, { rows, units }: ReadPoll, leaves: Leaves, note: Note): void {
  const tokens = new Map(units.map(unit => [unit.unit_id, unit.token]))
  rows.forEach((row, index) => {
    const reference = `${poll.poll_id} ballot ${row.seq}`
    const before = rows[index - 1]
    if (row.seq !== index + 1 || (before !== undefined && before.leaf_index >= row.leaf_index)) {
      note('ballots-stand-in-order', reference, `place ${index + 1}`)
    }
    const leaf = leaves.get(Number(row.leaf_index))
    const token = tokens.get(row.unit_id)
    const isLogged =
      leaf?.t === 'vote.ballot' &&
      leaf.seq === row.seq &&
      leaf.cc === row.cc &&
      leaf.channel === row.channel &&
      leaf.token === token
    if (!isLogged) note('ballot-matches-log', reference, row.cc)
    if (row.received_at < poll.opens_at || row.received_at > poll.closes_at) {
      note('ballot-is-in-the-window', reference, formatInstant(row.received_at))
    }
    if (row.answers === null || row.salt === null) {
      // Erased once the poll is over; before that it must open.
      if (poll.state !== 'final') note('ballot-opens', reference, 'erased')
      return
    }
    const cc = commitBallot({ poll: poll.poll_id, token: token ?? '-', choice: row.answers, salt: row.salt })
    if (cc !== row.cc || row.withdraws !== (row.answers === 'WITHDRAW')) note('ballot-opens', reference, cc)
  })
}

/** A paper counts on two agreeing readings of different people, and is cast as they read it. */
async function checkPapers(
  tx: Tx,
  { communityId }: VotingCommunity,
  poll: PollRow,
  note: Note,
): Promise<void> {
  const entries = await listPaperEntries(tx, communityId, poll.poll_id)
  for (const paper of await listPollPapers(tx, communityId, poll.poll_id)) {
    if (paper.ballots === 0n)
      note('ballots-stand-in-order', `${poll.poll_id} paper ${paper.paper_no}`, 'no ballot')
    if (paper.paper_number === null) continue
    const agreeing = entries.filter(
      entry =>
        entry.paper_number === paper.paper_number &&
        entry.signed_by === paper.by_person &&
        entry.as_proxy === paper.as_proxy &&
        (paper.answers === null || entry.answers === paper.answers),
    )
    if (new Set(agreeing.map(entry => entry.entered_by)).size < 2) {
      note(
        'paper-was-read-twice',
        `${poll.poll_id} paper ${paper.paper_number}`,
        `${agreeing.length} agreeing`,
      )
    }
  }
}

async function checkTallies(
  tx: Tx,
  { communityId }: VotingCommunity,
  poll: PollRow,
  read: ReadPoll,
  leaves: Leaves,
  note: Note,
): Promise<void> {
  const tallies = await listTallies(tx, communityId, [poll.poll_id])
  if (tallies.length === 0) return
  const isOpenable = read.stored.ballots.length === read.rows.length
  const board = await findBoard(tx, communityId, poll.poll_id)
  const imported = parseOfficialResult(tallies[0]!.result) !== null
  if (!imported && isOpenable) {
    const again = derived(() => boardOf(poll.poll_id, read))
    if (board === undefined || again === null || !equalBytes(board.bytes, again)) {
      note('board-is-the-count', poll.poll_id, board?.digest ?? 'missing')
    }
  }
  for (const row of tallies) {
    const reference = `${poll.poll_id} ${row.question_id}`
    const leaf = leaves.get(Number(row.leaf_index))
    const isLogged =
      (leaf?.t === 'vote.tally' && leaf.board === board?.digest) || (leaf?.t === 'vote.import' && imported)
    if (!isLogged || leaf.tally !== row.digest || leaf.question !== row.question_id) {
      note('tally-is-the-count', reference, row.digest)
    }
    const question = read.motion.questions.find(({ questionId }) => questionId === row.question_id)
    if (imported || !isOpenable || question === undefined) {
      if (question === undefined || (imported && sha256Hex(row.result) !== row.digest)) {
        note('tally-is-the-count', reference, sha256Hex(row.result))
      }
      continue
    }
    const count = derived(() => countQuestion(read.stored, question, toHex(read.notice.roll_salt)))
    if (count === null || !equalBytes(encodeCount(count), row.result) || count.digest !== row.digest) {
      note('tally-is-the-count', reference, count?.digest ?? 'none')
    }
  }
  const digest = talliesDigest(
    poll.poll_id,
    tallies.map(row => ({ question: row.question_id, tally: row.digest })),
  )
  for (const leaf of leaves.values()) {
    const isFor = (leaf.t === 'vote.signoff' || leaf.t === 'vote.final') && leaf.poll === poll.poll_id
    if (isFor && leaf.tally !== digest) note('sign-off-matches-tally', poll.poll_id, leaf.tally)
  }
}

/** The members of leaves that are salted digests, by the name under which salt and value are kept. */
function hiddenDigest(leaf: VoteLeaf, name: string): string | null {
  if (leaf.t === 'vote.proxy' || leaf.t === 'vote.register') return name === 'document' ? leaf.document : null
  if (leaf.t === 'vote.delivery') return name === 'list' ? leaf.list : null
  if (leaf.t === 'vote.refusal') return name === 'paper' ? leaf.paper : null
  if (leaf.t === 'vote.close') return name === 'papers' ? leaf.papers : null
  if (leaf.t === 'vote.objection') return name === 'objection' ? leaf.objection : null
  if (leaf.t === 'vote.answer') return name === 'answer' ? leaf.answer : null
  if (leaf.t === 'vote.signoff') return name === `by/${leaf.step}` ? leaf.by : null
  return null
}

async function checkHiddenValues(
  tx: Tx,
  { communityId }: VotingCommunity,
  poll: PollRow,
  leaves: Leaves,
  note: Note,
): Promise<void> {
  for (const secret of await listVoteSecrets(tx, communityId, poll.poll_id)) {
    const leaf = leaves.get(Number(secret.leaf_index))
    const digest = saltedDigest(secret.salt, secret.name, secret.value)
    if (leaf === undefined || hiddenDigest(leaf, secret.name) !== digest) {
      note('hidden-value-matches-log', `${poll.poll_id} leaf ${secret.leaf_index}`, secret.name)
    }
  }
}
