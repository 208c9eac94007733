/** Reads open drafts for the officers' pages: what waits for whom. Only behind `community:read-full`. */
import type { Tx } from '#db'
import {
  listApprovals,
  listDraftPayees,
  listOpenDrafts,
  listRecusals,
  listRefusals,
  readDraft,
  readSourceDocuments,
} from '#db/ledger'
import { type Actor, can } from '#people'
import { readDisplayNames } from '#people/server'
import type { Portal } from '#platform'
import { type Approval, dueStep, inStepOrder, openSteps, requiredSteps, type Step } from './approval.ts'
import { type LedgerCommunity, readChart } from './read-chart.server.ts'
import { readControls } from './read-controls.server.ts'
import type { VoucherDocument } from './read-vouchers.server.ts'
import { type DraftContent, decodeDraft, type Payee } from './voucher.ts'

/** Whom a payment pays, as officers see it. */
export interface OfficePayee {
  /** Null when the person was erased. */
  readonly name: string | null
  /** True for an organisation: its name stands on the public page. */
  readonly isPublic: boolean
}

export interface OpenDraft {
  readonly draftId: string
  readonly revision: number
  readonly contentDigest: string
  readonly content: DraftContent
  readonly payee: OfficePayee | null
  readonly draftedBy: string
  readonly draftedByName: string | null
  readonly draftedAt: Date
  readonly required: readonly Step[]
  /** The step that is due; null when it was refused and waits for its preparer. */
  readonly due: Step | null
  readonly approvals: readonly (Approval & { readonly role: string; readonly name: string | null })[]
  /** Who keeps out of it. */
  readonly recusedIds: readonly string[]
  readonly refusal: {
    readonly step: Step
    readonly reason: string
    readonly at: Date
    readonly name: string | null
  } | null
}

export interface DraftDetail extends OpenDraft {
  readonly state: 'open' | 'posted' | 'withdrawn'
  readonly documents: readonly VoucherDocument[]
}

type DraftRow = Awaited<ReturnType<typeof listOpenDrafts>>[number]

function officePayee(payee: Payee | null, person: string | null): OfficePayee | null {
  if (payee === null) return null
  return payee.kind === 'organisation'
    ? { name: payee.name, isPublic: true }
    : { name: person, isPublic: false }
}

async function assemble(tx: Tx, community: LedgerCommunity, rows: readonly DraftRow[]): Promise<OpenDraft[]> {
  const { communityId } = community
  const ids = rows.map(row => row.draft_id)
  const approvals = await listApprovals(tx, communityId, ids)
  const refusals = await listRefusals(tx, communityId, ids)
  const payees = await listDraftPayees(tx, communityId, ids)
  const recusals = await listRecusals(tx, communityId, ids)
  const people = [
    ...rows.map(r => r.drafted_by),
    ...approvals.map(a => a.user_id),
    ...refusals.map(r => r.user_id),
  ]
  const names = await readDisplayNames(tx, [...new Set(people)])
  const { accounts } = await readChart(tx, communityId)
  const { controls } = await readControls(tx, community)
  return rows.map(row => {
    const content = decodeDraft(row.content)
    const given = approvals
      .filter(a => a.draft_id === row.draft_id && a.revision === row.revision)
      .map(a => ({
        step: a.step,
        userId: a.user_id,
        at: a.approved_at,
        contentDigest: a.content_digest,
        role: a.role,
        name: names.get(a.user_id) ?? null,
      }))
    const isDone = row.state === 'posted'
    const steps = requiredSteps(content, accounts, controls)
    const required = isDone
      ? inStepOrder(given).map(a => a.step)
      : openSteps(steps, given, row.content_digest)
    const person = payees.find(p => p.draft_id === row.draft_id && p.revision === row.revision)
    const refused = refusals.find(r => r.draft_id === row.draft_id && r.revision === row.revision)
    return {
      draftId: row.draft_id,
      revision: row.revision,
      contentDigest: row.content_digest,
      content,
      payee: officePayee(content.payee, person?.name ?? null),
      draftedBy: row.drafted_by,
      draftedByName: names.get(row.drafted_by) ?? null,
      draftedAt: row.drafted_at,
      required,
      due: refused === undefined ? dueStep(required, given, row.content_digest) : null,
      approvals: given,
      recusedIds: recusals.filter(r => r.draft_id === row.draft_id).map(r => r.user_id),
      refusal:
        refused === undefined
          ? null
          : {
              step: refused.step,
              reason: refused.reason,
              at: refused.refused_at,
              name: names.get(refused.user_id) ?? null,
            },
    }
  })
}

/** Open drafts, oldest first; null when the actor may not read them. */
export async function readOpenDrafts(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  limit: number,
): Promise<OpenDraft[] | null> {
  if (!can(actor, 'community:read-full', community.communityId)) return null
  return portal.db
    .transaction()
    .execute(async tx => assemble(tx, community, await listOpenDrafts(tx, community.communityId, limit)))
}

/** One draft with its source documents; null when there is none or the actor may not read it. */
export async function readDraftDetail(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  draftId: string,
): Promise<DraftDetail | null> {
  const { communityId } = community
  if (!can(actor, 'community:read-full', communityId)) return null
  return portal.db.transaction().execute(async tx => {
    const row = await readDraft(tx, communityId, draftId)
    if (row === undefined) return null
    const [draft] = await assemble(tx, community, [row])
    const documents = await readSourceDocuments(tx, communityId, draft!.content.documents)
    return {
      ...draft!,
      state: row.state,
      documents: documents.map(document => ({
        sha256: document.sha256,
        mediaType: document.media_type,
        byteCount: document.byte_count,
        publicSha256: document.public_sha256,
        publicMediaType: document.public_media_type,
      })),
    }
  })
}
