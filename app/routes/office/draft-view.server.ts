/** Reads one draft for its page: as it shows, whose turn it is, and whether it is the reader's. */
import { formatVoucherKey, isRelease, parseVoucherKey, voucherAmount } from '#ledger'
import {
  type OpenDraft,
  readAttachedDocuments,
  readChart,
  readDraftDetail,
  readOfficeLines,
  readOpenDrafts,
  readVoucher,
  STEP_ACTION,
} from '#ledger/server'
import { can } from '#people'
import { readFactorKinds } from '#people/server'
import type { DecidedStep, DraftView, OwnFactors } from '#ui/office'
import { readPasskeyScript } from '../account/passkey-script.server.ts'
import { readNotesView } from './payment-notes.server.ts'
import { namedChart, type OfficeVisit } from './visit.server.ts'

const DRAFTS_LOOKED_AT = 200

/** The step that is due, when it belongs to the person's office and the person has not acted on this voucher; else null. */
export function stepOfMine({ actor, community }: OfficeVisit, draft: OpenDraft): DecidedStep | null {
  if (draft.due === null || draft.due === 'prepare') return null
  if (draft.approvals.some(approval => approval.userId === actor.userId)) return null
  if (draft.recusedIds.includes(actor.userId)) return null
  const { communityId } = community
  // Where the chair comes last, the release before it is somebody else's.
  const isBefore = draft.due === 'release_committee' && draft.required.includes('release_chair')
  if (isBefore && can(actor, STEP_ACTION.release_chair, communityId)) return null
  return can(actor, STEP_ACTION[draft.due], communityId) ? draft.due : null
}

/** How the person can confirm the step, when it is a release. */
export async function readOwnFactors(
  { portal, actor }: OfficeVisit,
  step: DecidedStep | null,
): Promise<OwnFactors> {
  if (step === null || !isRelease(step)) return { totp: false, passkey: false, script: null }
  const kinds = await readFactorKinds(portal, actor.userId)
  return { ...kinds, script: kinds.passkey ? await readPasskeyScript(portal) : null }
}

async function nextOfMine(visit: OfficeVisit, except: string): Promise<string | null> {
  const drafts = (await readOpenDrafts(visit.portal, visit.actor, visit.community, DRAFTS_LOOKED_AT)) ?? []
  return drafts.find(draft => draft.draftId !== except && stepOfMine(visit, draft) !== null)?.draftId ?? null
}

/** Everything the page of a draft shows; null when there is none. `posted` is believed only when there is such a voucher. */
export async function readDraftPage(visit: OfficeVisit, draftId: string, posted: string | null) {
  const { portal, actor, community } = visit
  const draft = await readDraftDetail(portal, actor, community, draftId)
  if (draft === null) return null
  const { content } = draft
  const key = parseVoucherKey(posted ?? '')
  const voucher = key === null || draft.state !== 'posted' ? null : await readVoucher(portal, community, key)
  const lines = await readOfficeLines(portal, actor, community, content.bankLines)
  const named = (other: typeof content.reverses) => (other === null ? null : formatVoucherKey(other))
  const view: DraftView = {
    draftId,
    state: draft.state,
    kind: content.kind,
    occurredOn: content.occurredOn,
    narration: content.narration,
    payee: draft.payee,
    amountFen: voucherAmount(content.postings),
    postings: content.postings,
    documents: await readAttachedDocuments(portal, actor, community, content.documents),
    lines: lines ?? [],
    contentDigest: draft.contentDigest,
    revision: draft.revision,
    reverses: named(content.reverses),
    replaces: named(content.replaces),
    required: draft.required,
    due: draft.due,
    draftedBy: draft.draftedByName,
    draftedAt: draft.draftedAt,
    approvals: draft.approvals.map(({ step, at, name }) => ({ step, at, name })),
    refusal: draft.refusal,
  }
  return {
    chart: namedChart(await readChart(portal.db, community.communityId)),
    draft: view,
    step: draft.state === 'open' ? stepOfMine(visit, draft) : null,
    tookStep: draft.approvals.find(approval => approval.userId === actor.userId)?.step ?? null,
    isPreparer: draft.draftedBy === actor.userId,
    nextMine: await nextOfMine(visit, draftId),
    posted: voucher === null ? null : posted,
    notes: await readNotesView(visit, draft),
  }
}
