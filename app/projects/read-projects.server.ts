/**
 * Reads rounds and proposals as everybody sees them. Who proposed is never given out, nor which homes support; a hidden text is
 * not either, only the reason.
 */
import {
  findProposal,
  listProjectEvents,
  listProjectTexts,
  listProposals,
  listRounds,
  listSupports,
  type ProjectEventRow,
  type StandingProposal,
} from '#db/projects'
import { assert, civilDate, dateOf, fen, isId } from '#kernel'
import { type Actor, isRole } from '#people'
import { readDisplayNames } from '#people/server'
import type { Portal } from '#platform'
import { readDocumentKinds } from '#voice/server'
import { fundingOf, isTextHidden } from './act-on-proposal.server.ts'
import type { ProposalAct, ProposalState } from './course.ts'
import type { ProposalDetail, ProposalText } from './leaf.ts'
import { type ProjectCommunity, readHomes } from './proposal-access.server.ts'
import type { ProposalDocument, ProposalEventView, ProposalView, RoundView } from './proposal-view.ts'

/** What the views of some proposals are made with. */
interface Beside {
  readonly texts: ReadonlyMap<string, ProposalText>
  readonly names: ReadonlyMap<string, string>
  readonly kinds: ReadonlyMap<string, string>
}

const keyOf = (row: { readonly proposal_id: string; readonly event_no: number }) =>
  `${row.proposal_id} ${row.event_no}`
const detailOf = (row: ProjectEventRow) => JSON.parse(row.detail) as ProposalDetail

function documentsOf(row: ProjectEventRow, { kinds }: Beside): readonly ProposalDocument[] {
  return (detailOf(row).documents ?? []).flatMap(sha256 => {
    const mediaType = kinds.get(sha256)
    return mediaType === undefined ? [] : [{ sha256, mediaType }]
  })
}

function eventViewOf(row: ProjectEventRow, beside: Beside): ProposalEventView {
  const detail = detailOf(row)
  assert(isRole(row.by_office), `an act in the office ${row.by_office}`)
  const isOwner = row.by_office === 'owner'
  return {
    eventNo: row.event_no,
    act: row.act as ProposalAct,
    at: row.at,
    office: row.by_office,
    name: isOwner ? null : (beside.names.get(row.by_user) ?? null),
    text: row.act === 'propose' ? null : (beside.texts.get(keyOf(row))?.text ?? null),
    documents: row.act === 'propose' ? [] : documentsOf(row, beside),
    amountFen: detail.fen === undefined ? null : fen(BigInt(detail.fen)),
    source: detail.source ?? null,
    pollId: detail.poll ?? null,
    leafIndex: Number(row.leaf_index),
  }
}

function viewOf(row: StandingProposal, rows: readonly ProjectEventRow[], beside: Beside): ProposalView {
  const [first] = rows
  assert(first !== undefined && first.act === 'propose', `proposal ${row.proposal_id} was never made`)
  const isHidden = isTextHidden(rows)
  const written = isHidden ? undefined : beside.texts.get(keyOf(first))
  const events = rows.map(each => eventViewOf(each, beside))
  return {
    proposalId: row.proposal_id,
    number: row.number,
    roundId: row.round_id,
    state: row.state,
    proposedAt: row.proposed_at,
    title: written?.title ?? null,
    text: written?.text ?? null,
    place: written?.place ?? null,
    documents: isHidden ? [] : documentsOf(first, beside),
    isHidden,
    hiddenBecause: isHidden ? (events.findLast(each => each.act === 'hide')?.text ?? null) : null,
    textDigest: first.text_digest,
    wantedFen: fen(BigInt(detailOf(first).fen ?? '0')),
    supports: Number(row.supports),
    funding: fundingOf(rows),
    costFen: events.findLast(each => each.act === 'report')?.amountFen ?? null,
    pollId: events.findLast(each => each.pollId !== null)?.pollId ?? null,
    events,
  }
}

async function viewsOf(
  portal: Portal,
  community: ProjectCommunity,
  rows: readonly StandingProposal[],
): Promise<readonly ProposalView[]> {
  const { communityId } = community
  const ids = rows.map(row => row.proposal_id)
  const events = await listProjectEvents(portal.db, communityId, ids)
  const texts = new Map(
    (await listProjectTexts(portal.db, communityId, ids)).map(row => [
      keyOf(row),
      JSON.parse(row.value) as ProposalText,
    ]),
  )
  const officers = events.filter(event => event.by_office !== 'owner').map(event => event.by_user)
  const names = await readDisplayNames(portal.db, [...new Set(officers)])
  const digests = events.flatMap(event => detailOf(event).documents ?? [])
  const kinds = await readDocumentKinds(portal, community, digests)
  return rows.map(row => {
    const own = events.filter(event => event.proposal_id === row.proposal_id)
    return viewOf(row, own, { texts, names, kinds })
  })
}

/** All rounds, newest first. */
export async function readRounds(
  portal: Portal,
  { communityId }: Pick<ProjectCommunity, 'communityId'>,
): Promise<readonly RoundView[]> {
  const today = dateOf(portal.clock.now())
  return (await listRounds(portal.db, communityId)).map(row => {
    const [opensOn, closesOn] = [civilDate(row.opens_on), civilDate(row.closes_on)]
    const isOpen = opensOn <= today && today <= closesOn
    return { roundId: row.round_id, title: row.title, opensOn, closesOn, isOpen }
  })
}

const LISTED = 100

/** Proposals, newest first; `mineOf` leaves only those that this person made. */
export async function readProposals(
  portal: Portal,
  community: ProjectCommunity,
  filter: { readonly states?: readonly ProposalState[]; readonly mineOf?: Actor } = {},
): Promise<readonly ProposalView[]> {
  const { states, mineOf } = filter
  const rows = await listProposals(portal.db, community.communityId, {
    ...(states === undefined ? {} : { states }),
    ...(mineOf === undefined ? {} : { proposedBy: mineOf.userId }),
    limit: LISTED,
  })
  return viewsOf(portal, community, rows)
}

/** A proposal and what it is to the reader; null when there is none. */
export async function readProposal(
  portal: Portal,
  community: ProjectCommunity,
  actor: Actor | null,
  proposalId: string,
): Promise<{ readonly view: ProposalView; readonly isOwn: boolean } | null> {
  const row = isId(proposalId) ? await findProposal(portal.db, community.communityId, proposalId) : undefined
  if (row === undefined) return null
  const [view] = await viewsOf(portal, community, [row])
  return view === undefined ? null : { view, isOwn: row.proposed_by === actor?.userId }
}

/** The reader's homes, and which of them support a proposal. */
export async function readOwnSupport(
  portal: Portal,
  actor: Actor,
  { communityId }: ProjectCommunity,
  proposalId: string,
): Promise<readonly { readonly home: string; readonly supports: boolean }[]> {
  const homes = await readHomes(portal, portal.db, communityId, actor.userId)
  const supports = await listSupports(portal.db, communityId, [proposalId])
  return homes.map(home => ({ home, supports: supports.some(each => each.unit_id === home) }))
}

/** A picture or paper that a proposal names; null for any other, and for those of a hidden text. */
export async function readProposalDocument(
  portal: Portal,
  community: ProjectCommunity,
  request: { readonly proposalId: string; readonly sha256: string },
): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string } | null> {
  const read = await readProposal(portal, community, null, request.proposalId)
  const named = [
    ...(read?.view.documents ?? []),
    ...(read?.view.events.flatMap(each => each.documents) ?? []),
  ]
  const document = named.find(each => each.sha256 === request.sha256)
  const bytes = document === undefined ? null : await portal.objects.read(document.sha256)
  return document === undefined || bytes === null ? null : { bytes, mediaType: document.mediaType }
}
