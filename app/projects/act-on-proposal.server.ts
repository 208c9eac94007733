/**
 * Takes the next act on a proposal: who may, in which state, with what. One way for all acts, because the tables say the rest.
 * Nobody judges, funds or accepts what they proposed, and whoever reported a result does not accept it.
 */
import type { Tx } from '#db'
import {
  deleteSupport,
  findProposal,
  insertSupport,
  listProjectEvents,
  listSupports,
  lockProposal,
  type ProjectEventRow,
  type StandingProposal,
} from '#db/projects'
import { err, fen, isId, ok, parseYuan, type Result } from '#kernel'
import { type Actor, can, officesFor } from '#people'
import type { Portal } from '#platform'
import { checkOwnDocuments, type DocumentsRefusal } from '#voice/server'
import { nextProposalState, type ProposalState } from './course.ts'
import { type Funding, isCovered, isFundingSource } from './funding.ts'
import type { ProposalDetail, ProposalText } from './leaf.ts'
import {
  appendProposalAct,
  checkProposalText,
  type ProjectCommunity,
  type ProposalRefusal,
  type ProposalTextRefusal,
  readHomes,
} from './proposal-access.server.ts'
import { type FormedAct, PROPOSAL_RULES, type ProposalRule } from './rules.ts'

export interface ProposalRequest {
  readonly proposalId: string
  readonly act: FormedAct
  readonly text?: string
  readonly documents?: readonly string[]
  /** As typed: yuan with at most two places. */
  readonly amount?: string
  readonly source?: string
  /** The home that supports. */
  readonly home?: string
}

export type ProposalActRefusal =
  | ProposalRefusal
  | ProposalTextRefusal
  | DocumentsRefusal
  /** Proposed by somebody else: only they take it back. */
  | { readonly code: 'not-your-proposal' }
  | { readonly code: 'home-not-yours' }
  | { readonly code: 'already-supported' }
  | { readonly code: 'not-supported' }
  | { readonly code: 'already-hidden' }
  | { readonly code: 'amount-malformed' }
  | { readonly code: 'source-unknown' }
  /** It cost more than what was secured: the missing source first. */
  | { readonly code: 'cost-not-covered' }
  /** Reported by this very person: another officer accepts. */
  | { readonly code: 'second-needed' }

/** The office in which the actor may take an act of that kind, or why not. */
export function judgeProposalActor(
  actor: Actor,
  communityId: number,
  rule: Pick<ProposalRule, 'by' | 'needs'>,
  row: Pick<StandingProposal, 'proposed_by'>,
): Result<string, ProposalRefusal | { readonly code: 'not-your-proposal' }> {
  if (!can(actor, rule.needs, communityId)) return err({ code: 'not-permitted' })
  const isOwn = row.proposed_by === actor.userId
  if (rule.by === 'home') return ok('owner')
  if (rule.by === 'proposer') return isOwn ? ok('owner') : err({ code: 'not-your-proposal' })
  if (isOwn) return err({ code: 'own-proposal' })
  const office = officesFor(rule.needs).find(role =>
    actor.roles.some(held => held.communityId === communityId && held.role === role),
  )
  return office === undefined ? err({ code: 'not-permitted' }) : ok(office)
}

const detailOf = (event: ProjectEventRow) => JSON.parse(event.detail) as ProposalDetail

/** What was secured so far. */
export function fundingOf(events: readonly ProjectEventRow[]): readonly Funding[] {
  return events
    .filter(event => event.act === 'fund')
    .map(detailOf)
    .flatMap(({ source, fen: amount }) =>
      source === undefined || amount === undefined ? [] : [{ source, amountFen: fen(BigInt(amount)) }],
    )
}

/** True when the newest word on the text is to hide it. */
export function isTextHidden(events: readonly { readonly act: string }[]): boolean {
  return events.findLast(event => event.act === 'hide' || event.act === 'show')?.act === 'hide'
}

/** Where it leads, or why it cannot be done now. */
function judgeWhen(
  actor: Actor,
  act: FormedAct,
  row: StandingProposal,
  events: readonly ProjectEventRow[],
): Result<ProposalState, ProposalActRefusal> {
  const next = nextProposalState(row.state, act)
  if (next === null) return err({ code: 'proposal-state', state: row.state })
  if ((act === 'hide' || act === 'show') && isTextHidden(events) === (act === 'hide'))
    return err({ code: 'already-hidden' })
  const reported = events.findLast(event => event.act === 'report')
  if (act === 'accept' && reported?.by_user === actor.userId) return err({ code: 'second-needed' })
  return ok(next)
}

/** The figures that an act brings. */
function judgeFigures(
  rule: ProposalRule,
  request: ProposalRequest,
  events: readonly ProjectEventRow[],
): Result<ProposalDetail, ProposalActRefusal> {
  if (rule.amount === undefined) return ok({})
  const amount = parseYuan(request.amount ?? '')
  if (!amount.ok || amount.value < 0n) return err({ code: 'amount-malformed' })
  const detail = { fen: String(amount.value) }
  if (rule.source === undefined)
    return isCovered(amount.value, fundingOf(events)) ? ok(detail) : err({ code: 'cost-not-covered' })
  const source = request.source ?? ''
  if (!isFundingSource(source)) return err({ code: 'source-unknown' })
  return amount.value === 0n ? err({ code: 'amount-malformed' }) : ok({ ...detail, source })
}

function textOf(
  rule: ProposalRule,
  { text = '' }: ProposalRequest,
): Result<ProposalText | null, ProposalTextRefusal> {
  const isAbsent = rule.text === undefined || (rule.text === 'may' && text.trim() === '')
  return isAbsent ? ok(null) : checkProposalText({ text })
}

/** Supports for a home of one's own, or takes it back: whichever of its owners comes first speaks for it. */
async function supportFor(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  community: ProjectCommunity,
  request: ProposalRequest,
  next: ProposalState,
): Promise<Result<{ readonly state: ProposalState }, ProposalActRefusal>> {
  const { communityId } = community
  const { proposalId, act } = request
  const homes = await readHomes(portal, tx, communityId, actor.userId)
  const home = homes.find(each => each === request.home)
  if (home === undefined) return err({ code: 'home-not-yours' })
  const supports = await listSupports(tx, communityId, [proposalId])
  const isSupporting = supports.some(each => each.unit_id === home)
  if (isSupporting !== (act === 'unsupport'))
    return err({ code: act === 'support' ? 'already-supported' : 'not-supported' })
  const eventNo = await appendProposalAct(portal, tx, community, {
    proposalId,
    act,
    userId: actor.userId,
    office: 'owner',
    detail: {},
    hidden: { home },
    next,
  })
  const key = { community_id: communityId, proposal_id: proposalId, unit_id: home, event_no: eventNo }
  if (act === 'support') await insertSupport(tx, key)
  else await deleteSupport(tx, key)
  return ok({ state: next })
}

/** Takes an act on a proposal. The rule of the act says who may and what it needs. */
export async function actOnProposal(
  portal: Portal,
  actor: Actor,
  community: ProjectCommunity,
  request: ProposalRequest,
): Promise<Result<{ readonly state: ProposalState }, ProposalActRefusal>> {
  const { communityId } = community
  const { proposalId, act } = request
  const rule = PROPOSAL_RULES[act]
  if (!isId(proposalId)) return err({ code: 'proposal-unknown' })
  return portal.db.transaction().execute(async tx => {
    await lockProposal(tx, communityId, proposalId)
    const row = await findProposal(tx, communityId, proposalId)
    if (row === undefined) return err({ code: 'proposal-unknown' } as const)
    const office = judgeProposalActor(actor, communityId, rule, row)
    if (!office.ok) return office
    const events = await listProjectEvents(tx, communityId, [proposalId])
    const next = judgeWhen(actor, act, row, events)
    if (!next.ok) return next
    if (rule.by === 'home') return supportFor(portal, tx, actor, community, request, next.value)
    const figures = judgeFigures(rule, request, events)
    if (!figures.ok) return figures
    const hidden = textOf(rule, request)
    if (!hidden.ok) return hidden
    const wanted = rule.documents === undefined ? [] : (request.documents ?? [])
    const documents = await checkOwnDocuments(tx, actor, community, wanted)
    if (!documents.ok) return documents
    const named = documents.value.length === 0 ? {} : { documents: documents.value }
    await appendProposalAct(portal, tx, community, {
      proposalId,
      act,
      userId: actor.userId,
      office: office.value,
      detail: { ...figures.value, ...named },
      hidden: hidden.value,
      next: next.value,
    })
    return ok({ state: next.value })
  })
}
