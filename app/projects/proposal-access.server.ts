/** What every act on a proposal begins and ends with: the community, shared refusals, looking a text through, and the one place that appends. */
import type { Tx } from '#db'
import {
  insertProjectEvent,
  insertProjectText,
  nextEventNo,
  putProposalState,
  type StandingProposal,
} from '#db/projects'
import { canonicalText, dateOf, err, ok, type Result } from '#kernel'
import { readHomesOf } from '#people/server'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import { type PrivateKind, redact } from '#voice'
import type { ProposalAct, ProposalState } from './course.ts'
import { type ProposalDetail, type ProposalText, proposalLeaf, proposalTextDigest } from './leaf.ts'
import { LONGEST_PROPOSAL_PLACE, LONGEST_PROPOSAL_TEXT, LONGEST_PROPOSAL_TITLE } from './rules.ts'

/** A community whose residents propose. A `LedgerCommunity` is one. */
export interface ProjectCommunity {
  readonly communityId: number
  readonly logOrigin: string
}

/** Refusals of a text. */
export type ProposalTextRefusal =
  | { readonly code: 'title-missing' }
  | { readonly code: 'title-too-long'; readonly limit: number }
  | { readonly code: 'text-missing' }
  | { readonly code: 'text-too-long'; readonly limit: number }
  | { readonly code: 'place-too-long'; readonly limit: number }
  /** Numbers or addresses of a person stand in it: the text with them covered, to be sent instead. */
  | { readonly code: 'text-private'; readonly found: readonly PrivateKind[]; readonly redacted: ProposalText }

/** Refusals of every act on a proposal. */
export type ProposalRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'proposal-unknown' }
  /** It stands where this cannot be done. */
  | { readonly code: 'proposal-state'; readonly state: ProposalState }
  /** One's own proposal is judged, funded and accepted by somebody else. */
  | { readonly code: 'own-proposal' }

const LIMITS = [
  ['title', 'title-too-long', LONGEST_PROPOSAL_TITLE],
  ['text', 'text-too-long', LONGEST_PROPOSAL_TEXT],
  ['place', 'place-too-long', LONGEST_PROPOSAL_PLACE],
] as const

/** A text as it will be kept, or why not: everything here is public, so numbers of persons are covered first. */
export function checkProposalText(
  written: Pick<ProposalText, 'title' | 'text' | 'place'>,
): Result<ProposalText, ProposalTextRefusal> {
  const kept: Record<string, string> = {}
  const found = new Set<PrivateKind>()
  for (const [name, code, limit] of LIMITS) {
    const redaction = redact(written[name] ?? '')
    if ([...redaction.text].length > limit) return err({ code, limit })
    for (const kind of redaction.found) found.add(kind)
    if (redaction.text !== '') kept[name] = redaction.text
  }
  if (written.title !== undefined && kept.title === undefined) return err({ code: 'title-missing' })
  if (kept.text === undefined) return err({ code: 'text-missing' })
  return found.size > 0 ? err({ code: 'text-private', found: [...found], redacted: kept }) : ok(kept)
}

/** The homes of a signed-in person today, owned or rented, by name. */
export async function readHomes(
  portal: Portal,
  tx: Tx,
  communityId: number,
  userId: string,
): Promise<readonly string[]> {
  const homes = await readHomesOf(tx, communityId, userId, dateOf(portal.clock.now()))
  return homes.map(home => home.unitId)
}

/** An act that has been judged and is to be appended. */
export interface JudgedProposalAct {
  readonly proposalId: string
  readonly act: ProposalAct
  readonly userId: string
  readonly office: string
  readonly detail: ProposalDetail
  readonly hidden: ProposalText | null
  readonly next: StandingProposal['state']
}

/** Appends an act: leaf, event, text and state, in the caller's transaction and under the proposal's lock. Gives its number. */
export async function appendProposalAct(
  portal: Portal,
  tx: Tx,
  { communityId, logOrigin }: ProjectCommunity,
  judged: JudgedProposalAct,
): Promise<number> {
  const { proposalId, act, userId, office, detail, hidden, next } = judged
  const eventNo = await nextEventNo(tx, communityId, proposalId)
  const at = portal.clock.now()
  const salt = portal.random.bytes(32)
  const textDigest = hidden === null ? null : proposalTextDigest(salt, hidden)
  const leaf = proposalLeaf({ log: logOrigin, proposalId, eventNo, act, at, office, detail, textDigest })
  const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
  const key = { community_id: communityId, proposal_id: proposalId }
  await insertProjectEvent(tx, {
    ...key,
    event_no: eventNo,
    act,
    at,
    by_user: userId,
    by_office: office,
    detail: canonicalText(detail),
    text_digest: textDigest,
    leaf_index: BigInt(firstIndex),
  })
  if (hidden !== null) {
    await insertProjectText(tx, { ...key, event_no: eventNo, salt, value: canonicalText({ ...hidden }) })
  }
  await putProposalState(tx, { ...key, state: next, acted_at: at })
  return eventNo
}
