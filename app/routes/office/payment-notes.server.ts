/** What is noted about a payment, for its officers' page: read, and the three forms that add to it; every refusal in words. */
import type { Translate } from '#i18n'
import { MARK_KINDS, SIGNAL_KINDS } from '#ledger'
import {
  type AnswerRefusal,
  answerSignal,
  type DraftDetail,
  declareRelation,
  type MarkTexts,
  notePaymentMarks,
  type RecuseRefusal,
  readDraftNotes,
} from '#ledger/server'
import { can } from '#people'
import type { FieldError } from '#ui'
import type { PaymentNotesView } from '#ui/office'
import { type Entered, textOf } from './entered.ts'
import type { OfficeVisit } from './visit.server.ts'

/** What is noted about a draft or the voucher it became, and what the reader may add. */
export async function readNotesView(visit: OfficeVisit, draft: DraftDetail): Promise<PaymentNotesView> {
  const { portal, actor, community } = visit
  const { communityId } = community
  const noted = await readDraftNotes(portal, community, draft)
  const isOpen = draft.state === 'open'
  const isPayment = draft.content.kind === 'payment'
  const hasRecused = noted.recusedIds.includes(actor.userId)
  return {
    signals: noted.signals,
    recusals: noted.recusals,
    marks: noted.marks,
    isOpen,
    mayAnswer: draft.state === 'posted' && can(actor, 'signal:answer', communityId),
    mayNote: isOpen && isPayment && draft.draftedBy === actor.userId,
    mayDeclare: isOpen && isPayment && !hasRecused && can(actor, 'relation:declare', communityId),
  }
}

/** The marks a form enters. */
export function marksIn(form: Entered): MarkTexts {
  return Object.fromEntries([...MARK_KINDS, 'invoice'].map(kind => [kind, textOf(form, `mark-${kind}`)]))
}

/** Adds to what is noted; null when the form asks for something else. */
export async function actOnNotes({ portal, actor, community }: OfficeVisit, draftId: string, form: Entered) {
  switch (textOf(form, 'intent')) {
    case 'note-marks':
      return notePaymentMarks(portal, actor, community, draftId, marksIn(form))
    case 'declare':
      return declareRelation(portal, actor, community, draftId)
    case 'answer': {
      const kind = SIGNAL_KINDS.find(each => each === textOf(form, 'signal'))
      if (kind === undefined) throw new Response(null, { status: 400 })
      const answer = textOf(form, 'answer')
      return answerSignal(portal, actor, community, { draftId, kind, answer })
    }
    default:
      return null
  }
}

/** Why something was not noted, or an answer not taken. */
export function noteErrors(refusal: RecuseRefusal | AnswerRefusal, t: Translate): readonly FieldError[] {
  switch (refusal.code) {
    case 'answer-too-long':
      return [{ message: t('signals.problem.answer-too-long', { limit: refusal.limit }) }]
    case 'answer-private':
      return [{ message: t('signals.problem.answer-private', { found: refusal.found }) }]
    default:
      return [{ message: t(`signals.problem.${refusal.code}`) }]
  }
}
