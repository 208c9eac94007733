/**
 * The re-deriver (fsck) of the projects: makes every leaf again from its row, walks every proposal through its course, opens
 * every digest whose text is still there, and counts supports and money again. Reads only; names what is off.
 */
import {
  listAllProposals,
  listProjectEvents,
  listProjectTexts,
  listRounds,
  listSupports,
  type ProjectEventRow,
  type StandingProposal,
} from '#db/projects'
import { readEntries } from '#db/tlog'
import { equalBytes, fen, parseCanonical } from '#kernel'
import type { Portal } from '#platform'
import { fundingOf } from './act-on-proposal.server.ts'
import { type ProposalAct, replayProposal } from './course.ts'
import { isCovered } from './funding.ts'
import {
  type ProposalDetail,
  type ProposalText,
  proposalLeaf,
  proposalTextDigest,
  roundLeaf,
} from './leaf.ts'
import type { ProjectCommunity } from './proposal-access.server.ts'

/** What must hold of stored proposals; a finding names one of these. */
export const PROJECT_INVARIANTS = [
  'act-matches-log',
  'leaf-has-its-act',
  'round-matches-log',
  'course-is-lawful',
  'state-is-of-the-acts',
  'text-matches-log',
  'supports-are-of-the-acts',
  'cost-is-covered',
] as const

export interface ProjectFinding {
  readonly invariant: (typeof PROJECT_INVARIANTS)[number]
  readonly reference: string
  readonly found: string
}

const ENTRIES_AT_ONCE = 1_000

type Texts = Awaited<ReturnType<typeof listProjectTexts>>

/** Every leaf of this room, by index. */
async function readProjectLeaves(portal: Portal, communityId: number): Promise<Map<number, Uint8Array>> {
  const leaves = new Map<number, Uint8Array>()
  for (let first = 0; ; first += ENTRIES_AT_ONCE) {
    const entries = await readEntries(portal.db, communityId, first, ENTRIES_AT_ONCE)
    for (const { index, entry } of entries) {
      const json = parseCanonical(entry)
      const type = json.ok ? (json.value as { readonly t?: unknown } | null)?.t : undefined
      if (typeof type === 'string' && type.startsWith('projects.')) leaves.set(index, entry)
    }
    if (entries.length < ENTRIES_AT_ONCE) return leaves
  }
}

/** True when the log holds exactly this leaf there. Takes it out of the map. */
function isLogged(leaves: Map<number, Uint8Array>, index: bigint, made: Uint8Array): boolean {
  const leaf = leaves.get(Number(index))
  leaves.delete(Number(index))
  return leaf !== undefined && equalBytes(leaf, made)
}

/** Each cost is covered by what was secured before it. */
function hasCoveredCosts(events: readonly ProjectEventRow[]): boolean {
  return events.every((event, index) => {
    const { fen: cost = '0' } = JSON.parse(event.detail) as ProposalDetail
    return event.act !== 'report' || isCovered(fen(BigInt(cost)), fundingOf(events.slice(0, index)))
  })
}

/** The homes that support after all acts; null where a text that says so was erased. */
function homesAfter(events: readonly ProjectEventRow[], texts: Texts): readonly string[] | null {
  const homes = new Set<string>()
  for (const event of events.filter(each => each.act === 'support' || each.act === 'unsupport')) {
    const text = texts.find(each => each.event_no === event.event_no)
    if (text === undefined) return null
    const { home = '' } = JSON.parse(text.value) as ProposalText
    if (event.act === 'support') homes.add(home)
    else homes.delete(home)
  }
  return [...homes].sort()
}

interface OneProposal {
  readonly row: StandingProposal
  readonly events: readonly ProjectEventRow[]
  readonly texts: Texts
  readonly supports: readonly string[]
}

function checkProposal(
  { logOrigin }: ProjectCommunity,
  { row, events, texts, supports }: OneProposal,
  leaves: Map<number, Uint8Array>,
): ProjectFinding[] {
  const findings: ProjectFinding[] = []
  const { proposal_id: proposalId } = row
  for (const [index, event] of events.entries()) {
    const made = proposalLeaf({
      log: logOrigin,
      proposalId,
      eventNo: event.event_no,
      act: event.act as ProposalAct,
      at: event.at,
      office: event.by_office,
      detail: JSON.parse(event.detail) as ProposalDetail,
      textDigest: event.text_digest,
    })
    const reference = `${proposalId} act ${event.event_no}`
    if (!isLogged(leaves, event.leaf_index, made) || event.event_no !== index + 1)
      findings.push({ invariant: 'act-matches-log', reference, found: `leaf ${event.leaf_index}` })
  }
  for (const text of texts) {
    const digest = proposalTextDigest(text.salt, JSON.parse(text.value) as ProposalText)
    const event = events.find(each => each.event_no === text.event_no)
    const reference = `${proposalId} act ${text.event_no}`
    if (digest !== event?.text_digest)
      findings.push({ invariant: 'text-matches-log', reference, found: digest })
  }
  const acts = events.map(event => event.act as ProposalAct)
  const state = replayProposal(acts)
  if (state === null)
    findings.push({ invariant: 'course-is-lawful', reference: proposalId, found: acts.join(' ') })
  else if (state !== row.state)
    findings.push({ invariant: 'state-is-of-the-acts', reference: proposalId, found: row.state })
  const homes = homesAfter(events, texts)
  if (homes !== null && homes.join('\n') !== supports.join('\n'))
    findings.push({
      invariant: 'supports-are-of-the-acts',
      reference: proposalId,
      found: `${supports.length}`,
    })
  if (!hasCoveredCosts(events))
    findings.push({ invariant: 'cost-is-covered', reference: proposalId, found: acts.join(' ') })
  return findings
}

/** Read by one statement of each kind. */
const PROPOSALS_AT_ONCE = 200

/** Checks all rounds and proposals of a community. */
export async function checkProjects(
  portal: Portal,
  community: ProjectCommunity,
): Promise<{ readonly proposals: number; readonly findings: readonly ProjectFinding[] }> {
  const { communityId, logOrigin } = community
  const leaves = await readProjectLeaves(portal, communityId)
  const rows = await listAllProposals(portal.db, communityId)
  const findings: ProjectFinding[] = []
  for (const round of await listRounds(portal.db, communityId)) {
    const made = roundLeaf(logOrigin, {
      roundId: round.round_id,
      title: round.title,
      opensOn: round.opens_on,
      closesOn: round.closes_on,
      office: round.opened_office,
      at: round.opened_at,
    })
    if (!isLogged(leaves, round.leaf_index, made))
      findings.push({ invariant: 'round-matches-log', reference: round.round_id, found: round.title })
  }
  for (let first = 0; first < rows.length; first += PROPOSALS_AT_ONCE) {
    const some = rows.slice(first, first + PROPOSALS_AT_ONCE)
    const ids = some.map(row => row.proposal_id)
    const events = await listProjectEvents(portal.db, communityId, ids, 'all')
    const texts = await listProjectTexts(portal.db, communityId, ids, 'all')
    const supports = await listSupports(portal.db, communityId, ids)
    for (const row of some) {
      const isOwn = (each: { readonly proposal_id: string }) => each.proposal_id === row.proposal_id
      const homes = supports.filter(isOwn).map(each => each.unit_id)
      const stored = { row, events: events.filter(isOwn), texts: texts.filter(isOwn), supports: homes.sort() }
      findings.push(...checkProposal(community, stored, leaves))
    }
  }
  for (const index of leaves.keys())
    findings.push({ invariant: 'leaf-has-its-act', reference: `leaf ${index}`, found: 'none' })
  return { proposals: rows.length, findings }
}
