/**
 * The re-deriver (fsck) of the council: every notice, text and sign-off against its digest and its leaf, every course replayed, every
 * action item made again from the text it stands in. Reads only: whoever edits a row behind the triggers is named here.
 */
import type { Tx } from '#db'
import {
  listActionEvents,
  listAllTopics,
  listNotices,
  listTopicEvents,
  type MinutesRows,
  readAllActions,
  readDerivedLists,
  readMinutesRows,
} from '#db/council'
import { readEntries } from '#db/tlog'
import { canonicalText, equalBytes, sha256Hex } from '#kernel'
import type { Portal } from '#platform'
import { type CouncilCommunity, readSeats } from './council-access.server.ts'
import { openActionRows } from './finish-action.server.ts'
import {
  actionEventDigest,
  type CouncilLeaf,
  encodeCouncilLeaf,
  parseCouncilLeaf,
  topicDigest,
  topicEventDigest,
} from './leaf.ts'
import { parseMinutes } from './minutes.ts'
import { parseNotice } from './notice.ts'
import { actionRows, outcomeRows } from './sign-off-minutes.server.ts'
import { standingOf } from './stored-minutes.server.ts'

/** What must hold of stored minutes; a finding names one of these. */
export const COUNCIL_INVARIANTS = [
  'rows-can-be-read',
  'notice-matches-log',
  'minutes-match-log',
  'sign-off-matches-log',
  'seat-signed-itself',
  'publication-matches-log',
  'leaves-have-their-rows',
  'course-can-be',
  'actions-are-of-the-minutes',
  'topics-match-log',
  'reports-match-log',
  'lists-are-of-the-minutes',
] as const

export interface CouncilFinding {
  readonly invariant: (typeof COUNCIL_INVARIANTS)[number]
  readonly reference: string
  readonly found: string
}

type Note = (invariant: CouncilFinding['invariant'], reference: string, found: string) => void

const ENTRIES_AT_ONCE = 1_000

async function readCouncilLeaves(tx: Tx, communityId: number): Promise<Map<number, Uint8Array>> {
  const leaves = new Map<number, Uint8Array>()
  for (let first = 0; ; first += ENTRIES_AT_ONCE) {
    const entries = await readEntries(tx, communityId, first, ENTRIES_AT_ONCE)
    for (const { index, entry } of entries) if (parseCouncilLeaf(entry).ok) leaves.set(index, entry)
    if (entries.length < ENTRIES_AT_ONCE) return leaves
  }
}

/** Takes the row's leaf from the heap and compares it byte for byte with what the row says. */
class LeafHeap {
  constructor(
    private readonly leaves: Map<number, Uint8Array>,
    private readonly note: Note,
  ) {}

  take(invariant: CouncilFinding['invariant'], index: bigint, leaf: CouncilLeaf): void {
    const stored = this.leaves.get(Number(index))
    this.leaves.delete(Number(index))
    if (stored !== undefined && equalBytes(stored, encodeCouncilLeaf(leaf))) return
    const reference =
      'version' in leaf ? `${leaf.meeting}/${leaf.version}` : 'topic' in leaf ? leaf.topic : leaf.meeting
    this.note(invariant, reference, `leaf ${index}`)
  }

  /** Leaves that no row claims: somebody removed it. */
  rest(): void {
    for (const index of this.leaves.keys()) this.note('leaves-have-their-rows', `leaf ${index}`, 'no row')
  }
}

function checkMinutes(community: CouncilCommunity, rows: MinutesRows, heap: LeafHeap, note: Note): void {
  const headOf = (row: { meeting_id: string; version: number }) =>
    ({ v: 1, log: community.logOrigin, meeting: row.meeting_id, version: row.version }) as const
  for (const row of rows.minutes) {
    const minutes = sha256Hex(row.content)
    heap.take('minutes-match-log', row.leaf_index, { ...headOf(row), t: 'council.circulated', minutes })
    if (minutes !== row.digest) note('minutes-match-log', `${row.meeting_id}/${row.version}`, minutes)
    if (parseMinutes(row.content)?.meeting !== row.meeting_id)
      note('rows-can-be-read', `${row.meeting_id}/${row.version}`, 'minutes')
  }
  for (const row of rows.signOffs) {
    const { seat_id: seat, stance, method, digest } = row
    const leaf = { ...headOf(row), t: 'council.signoff', minutes: digest, seat, stance, method } as const
    heap.take('sign-off-matches-log', row.leaf_index, leaf)
  }
  for (const row of rows.publications) {
    const { digest, issue } = row
    const leaf = { ...headOf(row), t: 'council.published', minutes: digest, issue } as const
    heap.take('publication-matches-log', row.leaf_index, leaf)
  }
}

function checkCourses(rows: MinutesRows, note: Note): void {
  for (const meeting of new Set(rows.minutes.map(row => row.meeting_id))) {
    const own = <Row extends { readonly meeting_id: string }>(list: readonly Row[]) =>
      list.filter(row => row.meeting_id === meeting)
    const isReadable = own(rows.minutes).every(row => parseMinutes(row.content) !== null)
    if (!isReadable) continue
    const standing = standingOf({
      minutes: own(rows.minutes),
      corrections: own(rows.corrections),
      answers: own(rows.answers),
      signOffs: own(rows.signOffs),
      publications: own(rows.publications),
    })
    if (!standing.ok) note('course-can-be', meeting, standing.error.code)
  }
}

async function checkActions(
  tx: Tx,
  { communityId }: CouncilCommunity,
  rows: MinutesRows,
  note: Note,
): Promise<void> {
  const stored = (await readAllActions(tx, communityId)).map(row => canonicalText({ ...row }))
  const expected = rows.publications.flatMap(publication => {
    const { meeting_id: meeting, version } = publication
    const row = rows.minutes.find(each => each.meeting_id === meeting && each.version === version)
    const minutes = row === undefined ? null : parseMinutes(row.content)
    return minutes === null ? [] : actionRows(communityId, version, minutes)
  })
  const derived = expected.map(row => canonicalText({ ...row }))
  for (const row of derived) if (!stored.includes(row)) note('actions-are-of-the-minutes', 'missing', row)
  for (const row of stored) if (!derived.includes(row)) note('actions-are-of-the-minutes', 'added', row)
}

/** A seat's own key is its holder's: whoever else signed for it did not. */
async function checkHolders(
  tx: Tx,
  { communityId }: CouncilCommunity,
  rows: MinutesRows,
  note: Note,
): Promise<void> {
  const seats = new Map((await readSeats(tx, communityId)).map(seat => [seat.seatId, seat]))
  for (const { meeting_id, version, seat_id, method, signed_by } of rows.signOffs) {
    if (method !== 'own-key' || seats.get(seat_id)?.userId === signed_by) continue
    note('seat-signed-itself', `${meeting_id}/${version}`, seat_id)
  }
}

/** Topics, what happened to them, and what became of action items. Rows of before they were logged have no leaf. */
async function checkTopics(tx: Tx, community: CouncilCommunity, heap: LeafHeap): Promise<void> {
  const { communityId, logOrigin: log } = community
  for (const row of await listAllTopics(tx, communityId)) {
    if (row.leaf_index === null) continue
    const { topic_id: topic, number, title, summary, source, source_reference: reference } = row
    const content = topicDigest({ title, summary, source, reference })
    heap.take('topics-match-log', row.leaf_index, { v: 1, t: 'council.topic', log, topic, number, content })
  }
  for (const row of await listTopicEvents(tx, communityId, null)) {
    if (row.leaf_index === null) continue
    const { topic_id: topic, event_no: no, kind, reference, text, happened_on: happenedOn } = row
    const content = topicEventDigest({ kind, reference, text, happenedOn })
    heap.take('topics-match-log', row.leaf_index, { v: 1, t: 'council.topic-event', log, topic, no, content })
  }
  for (const row of await listActionEvents(tx, communityId)) {
    if (row.leaf_index === null) continue
    const { meeting_id: meeting, item_no: item, action_no: action, event_no: no, kind, text } = row
    const content = actionEventDigest({ kind, text, proof: row.proof_sha256 })
    const leaf = { v: 1, t: 'council.action-event', log, meeting, item, action, no, content } as const
    heap.take('reports-match-log', row.leaf_index, leaf)
  }
}

/** The lists that pages read, made again from the minutes that stand. */
async function checkLists(
  tx: Tx,
  { communityId }: CouncilCommunity,
  rows: MinutesRows,
  note: Note,
): Promise<void> {
  const stored = await readDerivedLists(tx, communityId)
  const events = await listActionEvents(tx, communityId)
  const actions = await readAllActions(tx, communityId)
  const last = new Map(rows.publications.map(row => [row.meeting_id, row]))
  const outcomes = [...last.values()].flatMap(({ meeting_id, version, published_at }) => {
    const row = rows.minutes.find(each => each.meeting_id === meeting_id && each.version === version)
    const minutes = row === undefined ? null : parseMinutes(row.content)
    return minutes === null ? [] : outcomeRows(communityId, minutes, published_at)
  })
  const standing = actions.filter(row => last.get(row.meeting_id)?.version === row.version)
  compareLists(outcomes, stored.outcomes, note)
  compareLists(openActionRows(standing, events), stored.open, note)
}

function compareLists(expected: readonly object[], stored: readonly object[], note: Note): void {
  const textOf = (row: object) => {
    const values = Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Date ? value.toISOString() : value,
    ])
    return canonicalText(Object.fromEntries(values))
  }
  const made = new Set(expected.map(textOf))
  const found = new Set(stored.map(textOf))
  for (const row of made) if (!found.has(row)) note('lists-are-of-the-minutes', 'missing', row)
  for (const row of found) if (!made.has(row)) note('lists-are-of-the-minutes', 'added', row)
}

/** Checks all that the council of a community stored; no finding is a clean bill. */
export async function checkCouncil(
  portal: Portal,
  community: CouncilCommunity,
): Promise<{ readonly minutes: number; readonly findings: readonly CouncilFinding[] }> {
  const tx = portal.db
  const { communityId } = community
  const findings: CouncilFinding[] = []
  const note: Note = (invariant, reference, found) => findings.push({ invariant, reference, found })
  const heap = new LeafHeap(await readCouncilLeaves(tx, communityId), note)
  for (const row of await listNotices(tx, communityId, null)) {
    const notice = sha256Hex(row.content)
    const { meeting_id: meeting, version } = row
    const leaf = { v: 1, t: 'council.notice', log: community.logOrigin, meeting, version, notice } as const
    heap.take('notice-matches-log', row.leaf_index, leaf)
    if (parseNotice(row.content) === null) note('rows-can-be-read', `${meeting}/${version}`, 'notice')
  }
  const rows = await readMinutesRows(tx, communityId, null)
  checkMinutes(community, rows, heap, note)
  checkCourses(rows, note)
  await checkActions(tx, community, rows, note)
  await checkHolders(tx, community, rows, note)
  await checkTopics(tx, community, heap)
  await checkLists(tx, community, rows, note)
  heap.rest()
  return { minutes: rows.minutes.length, findings }
}
