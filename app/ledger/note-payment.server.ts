/**
 * Notes what a posted payment should be looked at for: its signals, and who kept out of it. In the transaction that posts it, as
 * a leaf of its own. Must never stop a payment: a signal is a question, and its answer stands beside it.
 */
import type { Tx } from '#db'
import {
  insertPaymentNote,
  insertSignalAnswer,
  listDraftPayees,
  listOpenSignals,
  listPaymentMarks,
  listRecentPayments,
  listRecusals,
  listSignals,
  lockLedger,
  readSourceDocuments,
} from '#db/ledger'
import { addDays, dateOf, err, type Fen, fen, ok, type Period, period, type Result } from '#kernel'
import { type Actor, can } from '#people'
import { readDisplayNames } from '#people/server'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import { magnitudeOf } from './approval.ts'
import type { Controls } from './controls.ts'
import { paymentNoteLeaf, signalAnswerLeaf } from './leaf.ts'
import { privateTextIn } from './public-text.ts'
import type { LedgerCommunity } from './read-chart.server.ts'
import { readControls } from './read-controls.server.ts'
import { type PaymentSeen, type Signal, type SignalKind, signalsOf } from './signal.ts'
import { type DraftContent, decodeDraft, formatVoucherKey, type VoucherKey } from './voucher.ts'

const HISTORY_DAYS = 400
const HISTORY_MAX = 2000
const ANSWER_LIMIT = 200

export type AnswerRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'signal-unknown' }
  | { readonly code: 'signal-answered' }
  | { readonly code: 'answer-missing' }
  | { readonly code: 'answer-too-long'; readonly limit: number }
  | { readonly code: 'answer-private'; readonly found: string }

interface PaymentRow {
  readonly draftId: string
  readonly revision: number
  readonly voucher: string | null
  readonly content: DraftContent
  readonly draftedAt: Date
  readonly releasedAt: Date
}

/** Fund and account of the largest debit: what a payment is mainly for. */
function purposeOf(content: DraftContent): string {
  const debits = content.postings.filter(posting => posting.side === 'debit')
  const [largest] = debits.sort((a, b) => (a.amountFen > b.amountFen ? -1 : 1))
  return largest === undefined ? '' : `${largest.fund} ${largest.account}`
}

/** Payments as signals see them: payees by name, marks and pictures by digest. */
async function seenOf(tx: Tx, communityId: number, rows: readonly PaymentRow[]): Promise<PaymentSeen[]> {
  const ids = rows.map(row => row.draftId)
  const persons = await listDraftPayees(tx, communityId, ids)
  const marks = await listPaymentMarks(tx, communityId, ids)
  const documents = await readSourceDocuments(tx, communityId, [
    ...new Set(rows.flatMap(row => row.content.documents)),
  ])
  const pictures = new Set(
    documents.filter(each => each.media_type.startsWith('image/')).map(each => each.sha256),
  )
  return rows.map(({ draftId, revision, voucher, content, draftedAt, releasedAt }) => {
    const person = persons.find(each => each.draft_id === draftId && each.revision === revision)
    const mine = marks.filter(mark => mark.draft_id === draftId)
    return {
      voucher,
      payee: content.payee?.kind === 'organisation' ? content.payee.name : (person?.name ?? null),
      amountFen: magnitudeOf(content),
      occurredOn: content.occurredOn,
      purpose: purposeOf(content),
      pictures: content.documents.filter(sha256 => pictures.has(sha256)),
      invoices: mine.filter(mark => mark.kind === 'invoice').map(mark => mark.digest),
      marks: mine.flatMap(({ kind, digest }) => (kind === 'invoice' ? [] : [{ kind, digest }])),
      draftedAt,
      releasedAt,
    }
  })
}

/** The signals of a payment beside the community's recent ones; none where the rules do not ask for them. */
export async function findSignals(
  tx: Tx,
  communityId: number,
  controls: Controls,
  payment: PaymentRow,
): Promise<Signal[]> {
  if (!controls.showsSignals || payment.content.kind !== 'payment') return []
  const since = addDays(dateOf(payment.releasedAt), -HISTORY_DAYS)
  const rows = await listRecentPayments(tx, communityId, since, HISTORY_MAX)
  const others = rows.filter(row => row.draft_id !== payment.draftId)
  const [seen, ...history] = await seenOf(tx, communityId, [
    payment,
    ...others.map(row => ({
      draftId: row.draft_id,
      revision: row.revision,
      voucher: formatVoucherKey({ fiscalYear: row.fiscal_year, number: row.number }),
      content: decodeDraft(row.content),
      draftedAt: row.drafted_at,
      releasedAt: row.posted_at,
    })),
  ])
  return signalsOf(seen!, history, controls.chairFromFen)
}

/** Notes signals and recusals of a payment that was just posted, within its transaction; nothing when there are none. */
export async function notePayment(
  tx: Tx,
  community: LedgerCommunity,
  controls: Controls,
  payment: PaymentRow & { readonly key: VoucherKey },
): Promise<void> {
  const { communityId } = community
  const { draftId, key } = payment
  const signals = await findSignals(tx, communityId, controls, payment)
  const recusals = await listRecusals(tx, communityId, [draftId])
  if (signals.length === 0 && recusals.length === 0) return
  const leaf = paymentNoteLeaf(community.logOrigin, key, signals, recusals)
  const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
  await insertPaymentNote(
    tx,
    { community_id: communityId, draft_id: draftId, leaf_index: BigInt(firstIndex) },
    signals.map(({ kind, others }) => ({
      community_id: communityId,
      draft_id: draftId,
      kind,
      others: others.join(' '),
    })),
  )
}

/** A signal with what was answered. */
export interface NotedSignal extends Signal {
  readonly answer: {
    readonly text: string
    readonly by: string | null
    readonly role: string
    readonly at: Date
    readonly leafIndex: number
  } | null
}

/** A signal that nobody answered. */
export interface OpenSignal extends Signal {
  readonly draftId: string
  readonly voucher: string
  readonly period: Period
  readonly narration: string
  readonly amountFen: Fen
  readonly postedAt: Date
}

type SignalRow = Awaited<ReturnType<typeof listSignals>>[number]

const othersOf = (row: SignalRow) => (row.others === '' ? [] : row.others.split(' '))

/** The signals of a posted payment, and who kept out of it: fit for the public. */
export async function readPaymentNotes(tx: Tx, communityId: number, draftId: string) {
  const rows = await listSignals(tx, communityId, draftId)
  const recusals = await listRecusals(tx, communityId, [draftId])
  const names = await readDisplayNames(
    tx,
    rows.flatMap(row => (row.answered_by === null ? [] : [row.answered_by])),
  )
  const signals = rows.map(
    (row): NotedSignal => ({
      kind: row.kind,
      others: othersOf(row),
      answer:
        row.answer === null
          ? null
          : {
              text: row.answer,
              by: names.get(row.answered_by ?? '') ?? null,
              role: row.answered_role ?? '',
              at: row.answered_at!,
              leafIndex: Number(row.answer_leaf_index),
            },
    }),
  )
  return { signals, recusals: recusals.map(({ role, kind }) => ({ role, kind })) }
}

/** What is noted about a draft: what its signals would be were it released now, or, once posted, what they are. */
export async function readDraftNotes(
  portal: Portal,
  community: LedgerCommunity,
  draft: {
    readonly draftId: string
    readonly revision: number
    readonly state: 'open' | 'posted' | 'withdrawn'
    readonly content: DraftContent
    readonly draftedAt: Date
  },
) {
  const { communityId } = community
  return portal.db.transaction().execute(async tx => {
    const noted = await readPaymentNotes(tx, communityId, draft.draftId)
    const recused = await listRecusals(tx, communityId, [draft.draftId])
    const marks = await listPaymentMarks(tx, communityId, [draft.draftId])
    const { controls } = await readControls(tx, community)
    const isOpen = draft.state === 'open'
    const payment = { ...draft, voucher: null, releasedAt: portal.clock.now() }
    const expected = isOpen ? await findSignals(tx, communityId, controls, payment) : []
    return {
      signals: isOpen ? expected.map(signal => ({ ...signal, answer: null })) : noted.signals,
      recusals: noted.recusals,
      recusedIds: recused.map(row => row.user_id),
      marks: [...new Set(marks.map(mark => mark.kind))],
    }
  })
}

/** Signals that nobody answered, of the months up to one (all of them by default), oldest voucher first. */
export async function readOpenSignals(
  portal: Pick<Portal, 'db'>,
  community: Pick<LedgerCommunity, 'communityId'>,
  until: Period = period('2199-12'),
): Promise<OpenSignal[]> {
  const rows = await listOpenSignals(portal.db, community.communityId, until)
  return rows.map(row => ({
    kind: row.kind,
    others: othersOf(row),
    draftId: row.draft_id,
    voucher: formatVoucherKey({ fiscalYear: row.fiscal_year, number: row.number }),
    period: period(row.period),
    narration: row.narration,
    amountFen: fen(row.amount_fen),
    postedAt: row.posted_at,
  }))
}

/** Answers a signal of a posted payment, in public and for good. Needs `signal:answer`. */
export async function answerSignal(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  request: { readonly draftId: string; readonly kind: SignalKind; readonly answer: string },
): Promise<Result<null, AnswerRefusal>> {
  const { communityId } = community
  const held = actor.roles.find(each => can({ ...actor, roles: [each] }, 'signal:answer', communityId))
  if (held === undefined) return err({ code: 'not-permitted' })
  const answer = request.answer.trim()
  if (answer === '') return err({ code: 'answer-missing' })
  if ([...answer].length > ANSWER_LIMIT) return err({ code: 'answer-too-long', limit: ANSWER_LIMIT })
  const persons = await listDraftPayees(portal.db, communityId, [request.draftId])
  const found = privateTextIn(
    answer,
    persons.map(person => person.name),
  )
  if (found !== null) return err({ code: 'answer-private', found })
  return portal.db.transaction().execute(async tx => {
    await lockLedger(tx, communityId)
    const row = (await listSignals(tx, communityId, request.draftId)).find(each => each.kind === request.kind)
    if (row === undefined) return err({ code: 'signal-unknown' } as const)
    if (row.answer !== null) return err({ code: 'signal-answered' } as const)
    const at = portal.clock.now()
    const key = { fiscalYear: row.fiscal_year, number: row.number }
    const answered = { kind: row.kind, answer, role: held.role, at }
    const { firstIndex } = await appendLeaf(tx, communityId, [
      signalAnswerLeaf(community.logOrigin, key, answered),
    ])
    await insertSignalAnswer(tx, {
      community_id: communityId,
      draft_id: request.draftId,
      kind: row.kind,
      answer,
      answered_by: actor.userId,
      answered_role: held.role,
      answered_at: at,
      leaf_index: BigInt(firstIndex),
    })
    return ok(null)
  })
}
