/** A draft as its reader needs it: first what it does and the two buttons, then the documents, then the bookkeeping. */
import { ButtonRow, LinkButton } from '../button.tsx'
import { ErrorSummary, type FieldError, Notice } from '../feedback.tsx'
import { Card } from '../page-shell.tsx'
import { PasskeyScriptTag } from '../second-factor.tsx'
import { useT } from '../viewer.tsx'
import { type DecidedStep, DecisionPanel, type OwnFactors, PreparerPanel } from './draft-decision.tsx'
import type { NamedChart } from './names.ts'
import { type OfficeFrame, officePath } from './office-page.tsx'
import { PaymentForms, PaymentNotes, type PaymentNotesView } from './payment-notes.tsx'
import {
  DocumentViews,
  DraftHistory,
  DraftStepper,
  type DraftView,
  MoneyInWords,
  PayeeDiffers,
  PostingTable,
} from './voucher-sheet.tsx'

export interface DraftPageProps {
  readonly frame: OfficeFrame
  readonly chart: NamedChart
  readonly draft: DraftView
  /** The step this person can take now. */
  readonly step: DecidedStep | null
  /** How this person can confirm a release. */
  readonly factors: OwnFactors
  readonly notes: PaymentNotesView
  /** The step this person already took, which is why the next one is somebody else's. */
  readonly tookStep: DecidedStep | 'prepare' | null
  readonly isPreparer: boolean
  /** Where "next one" leads after this one is done. */
  readonly nextMine: string | null
  /** The voucher that was just posted. */
  readonly posted: string | null
  readonly errors: readonly FieldError[]
  readonly reason: string
  readonly documentLimit: string
}

/** The page's content. */
export function DraftSheet(props: DraftPageProps) {
  const t = useT()
  const { frame, chart, draft, step, errors } = props
  return (
    <>
      {props.posted !== null && <PostedNotice {...props} posted={props.posted} />}
      <ErrorSummary errors={errors} />
      {draft.refusal !== null && draft.state === 'open' && (
        <Notice tone="warning" title={t('office.sentBackTitle')}>
          <p>{draft.refusal.reason}</p>
        </Notice>
      )}
      <DraftStepper draft={draft} />
      <Card>
        <MoneyInWords frame={frame} chart={chart} draft={draft} />
      </Card>
      <PayeeDiffers draft={draft} />
      {draft.documents.length > 0 && <DocumentViews {...props} documents={draft.documents} />}
      <PaymentNotes frame={frame} notes={props.notes} />
      {step !== null && <DecisionPanel {...props} step={step} />}
      {step === null && draft.state === 'open' && <WhyNotMe {...props} />}
      {props.isPreparer && draft.state === 'open' && <PreparerPanel frame={frame} draft={draft} />}
      <PaymentForms frame={frame} notes={props.notes} />
      <PostingTable frame={frame} chart={chart} draft={draft} />
      {draft.documents.length === 0 && <DocumentViews {...props} documents={draft.documents} />}
      <DraftHistory draft={draft} />
      {step !== null && <PasskeyScriptTag script={props.factors.script} />}
    </>
  )
}

function WhyNotMe(props: DraftPageProps) {
  const t = useT()
  const { draft, nextMine, frame } = props
  if (draft.due === null) return null
  return (
    <Notice title={t('office.notYourTurn', { who: t(`ledger.turn.${draft.due}`) })}>
      {props.tookStep !== null && (
        <p>{t('office.notYourTurnActed', { step: t(`ledger.step.${props.tookStep}`) })}</p>
      )}
      {nextMine !== null && (
        <p>
          <LinkButton tone="primary" href={officePath(frame.slug, 'drafts', nextMine)}>
            {t('office.nextMine')}
          </LinkButton>
        </p>
      )}
    </Notice>
  )
}

function PostedNotice(props: DraftPageProps & { readonly posted: string }) {
  const t = useT()
  const { frame, posted, draft, nextMine } = props
  return (
    <Notice tone="success" title={t('office.postedTitle', { voucher: posted })} live="status">
      <p>{t('office.postedText')}</p>
      <ButtonRow>
        {nextMine !== null && (
          <LinkButton tone="primary" href={officePath(frame.slug, 'drafts', nextMine)}>
            {t('office.nextMine')}
          </LinkButton>
        )}
        <LinkButton href={`/c/${frame.slug}/vouchers/${posted}`}>{t('office.seeVoucher')}</LinkButton>
        {draft.reverses !== null && frame.may.draft && (
          <LinkButton href={`${officePath(frame.slug, 'drafts', 'new')}?replaces=${draft.reverses}`}>
            {t('office.replace')}
          </LinkButton>
        )}
      </ButtonRow>
    </Notice>
  )
}
