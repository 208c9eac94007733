/** One voucher draft on a sheet: what it does with the money, its lines, its documents, who acted and whose turn it is. */
import type { ReactNode } from 'react'
import type { CivilDate, Fen } from '#kernel'
import type { Posting, Step, VoucherKind } from '#ledger'
import { Button } from '../button.tsx'
import { DigestFigure } from '../digest.tsx'
import { type FieldError, Notice } from '../feedback.tsx'
import { DefinitionList } from '../figures.tsx'
import { FileField } from '../form.tsx'
import { LedgerAmount, Money } from '../money.tsx'
import { Section } from '../page-shell.tsx'
import { DateText, InstantText } from '../stamp.tsx'
import { StatePill } from '../state.tsx'
import { DataTable } from '../table.tsx'
import { Stepper, Timeline, type TimelineEntry } from '../timeline.tsx'
import { Anchor, useT } from '../viewer.tsx'
import type { OfficeLine } from './bench.tsx'
import { fileSize, type OfficeDocument } from './draft-form.tsx'
import { errorOf } from './import-list.tsx'
import { LineMoney } from './import-preview.tsx'
import { bankAccountLabel, type NamedChart, useNames } from './names.ts'
import { CsrfField, type OfficeFrame, officePath } from './office-page.tsx'

export interface DraftView {
  readonly draftId: string
  readonly state: 'open' | 'posted' | 'withdrawn'
  readonly kind: VoucherKind
  readonly occurredOn: CivilDate
  readonly narration: string
  /** Whom a payment pays, when it says so itself; `name` is null for a person who was erased. */
  readonly payee: { readonly name: string | null; readonly isPublic: boolean } | null
  readonly amountFen: Fen
  readonly postings: readonly Posting[]
  readonly documents: readonly OfficeDocument[]
  readonly lines: readonly OfficeLine[]
  readonly contentDigest: string
  readonly revision: number
  readonly reverses: string | null
  readonly replaces: string | null
  readonly required: readonly Step[]
  readonly due: Step | null
  readonly draftedBy: string | null
  readonly draftedAt: Date
  readonly approvals: readonly { readonly step: Step; readonly at: Date; readonly name: string | null }[]
  readonly refusal: {
    readonly step: Step
    readonly reason: string
    readonly at: Date
    readonly name: string | null
  } | null
}

interface SheetProps {
  readonly frame: OfficeFrame
  readonly chart: NamedChart
  readonly draft: DraftView
}

/** Where the draft stands and whose turn it is. */
export function DraftStatePill(props: { readonly draft: Pick<DraftView, 'state' | 'due' | 'refusal'> }) {
  const t = useT()
  const { state, due } = props.draft
  if (state === 'posted') return <StatePill tone="done" label={t('office.posted')} />
  if (state === 'withdrawn') return <StatePill tone="stopped" label={t('office.withdrawn')} />
  if (due === null)
    return <StatePill tone="attention" label={t('office.sentBack')} next={t('ledger.turn.prepare')} />
  return <StatePill tone="waiting" label={t(`office.waiting.${due}`)} next={t(`ledger.turn.${due}`)} />
}

/** The steps this voucher needs and how far it is. */
export function DraftStepper(props: { readonly draft: DraftView }) {
  const t = useT()
  const { required, due, state } = props.draft
  const current = state === 'posted' ? required.length : due === null ? 0 : required.indexOf(due)
  return (
    <Stepper
      label={t('office.steps')}
      steps={required.map(step => t(`ledger.step.${step}`))}
      current={current}
    />
  )
}

/** Whom the money goes to or comes from, as far as the bank lines say. */
function parties(lines: readonly OfficeLine[]): readonly string[] {
  return [...new Set(lines.map(line => line.counterparty).filter(name => name !== ''))]
}

/** Whom a payment pays, as its page says it; null when only its bank lines or documents know. */
export function usePayee(draft: Pick<DraftView, 'payee'>): string | null {
  const t = useT()
  return draft.payee === null ? null : (draft.payee.name ?? t('office.payeeErased'))
}

function PartyDetail({ draft }: Pick<SheetProps, 'draft'>) {
  const t = useT()
  const payee = usePayee(draft)
  if (payee !== null) {
    return (
      <>
        <strong className="payee">{payee}</strong>
        {draft.payee?.isPublic === false && <small> {t('office.payeePerson')}</small>}
      </>
    )
  }
  const who = parties(draft.lines).join(t('office.listJoin'))
  if (who !== '') return <strong>{who}</strong>
  return t(draft.kind === 'payment' ? 'office.payeeInDocument' : 'office.payerUnknown')
}

/** A warning when the bank names somebody else than the voucher. */
export function PayeeDiffers({ draft }: Pick<SheetProps, 'draft'>) {
  const t = useT()
  const payee = draft.payee?.name ?? null
  const names = parties(draft.lines)
  if (payee === null || names.every(name => name.trim() === payee)) return null
  return (
    <Notice tone="warning" title={t('office.payeeDiffersTitle')}>
      <p>{t('office.payeeDiffers', { payee, lines: names.join(t('office.listJoin')) })}</p>
    </Notice>
  )
}

/** The answer to "what am I agreeing to": how much, to whom, what for, out of which fund. */
export function MoneyInWords(props: SheetProps) {
  const t = useT()
  const names = useNames(props.chart)
  const { draft, chart } = props
  const isCash = (code: string) => chart.bankAccounts.some(account => account.accountCode === code)
  const others = draft.postings.filter(posting => !isCash(posting.account))
  const cash = draft.postings.filter(posting => isCash(posting.account))
  const funds = [...new Set(draft.postings.map(posting => names.fund(posting.fund)))]
  const list = (texts: readonly string[]) => [...new Set(texts)].join(t('office.listJoin'))
  const pays = draft.kind === 'payment'
  const items: { term: string; detail: ReactNode }[] = [
    { term: t('office.whatFor'), detail: <strong>{draft.narration}</strong> },
    {
      term: pays ? t('office.payee') : t('office.payer'),
      detail: <PartyDetail draft={draft} />,
    },
    { term: t('office.fund'), detail: list(funds) },
    {
      term: t('office.bankAccount'),
      detail: list(cash.map(posting => bankAccountLabel(chart, posting.account))) || '—',
    },
    { term: t('office.account'), detail: list(others.map(posting => names.account(posting.account))) },
    { term: t('office.occurredOn'), detail: <DateText date={draft.occurredOn} /> },
  ]
  if (draft.reverses !== null)
    items.push({
      term: t('office.reversesWhich'),
      detail: <VoucherLink {...props} voucher={draft.reverses} />,
    })
  if (draft.replaces !== null)
    items.push({
      term: t('office.replacesWhich'),
      detail: <VoucherLink {...props} voucher={draft.replaces} />,
    })
  return (
    <div className="money-in-words">
      <LedgerAmount amount={draft.amountFen} />
      <DefinitionList items={items} />
    </div>
  )
}

function VoucherLink(props: { readonly frame: OfficeFrame; readonly voucher: string }) {
  return <Anchor href={`/c/${props.frame.slug}/vouchers/${props.voucher}`}>{props.voucher}</Anchor>
}

/** The lines of the voucher as a bookkeeper reads them. */
export function PostingTable(props: SheetProps) {
  const t = useT()
  const names = useNames(props.chart)
  const { draft } = props
  const total = (side: Posting['side']) =>
    draft.postings
      .filter(posting => posting.side === side)
      .reduce((sum, posting) => sum + posting.amountFen, 0n) as Fen
  const cell = (posting: Posting, side: Posting['side']) =>
    posting.side === side ? (
      <Money amount={posting.amountFen} bare flow={posting.amountFen < 0n ? 'red' : 'neutral'} />
    ) : null
  const rows = draft.postings.map((posting, place) => ({ ...posting, place }))
  return (
    <Section title={t('office.postings')} id="postings">
      <DataTable
        caption={t('office.postings')}
        captionHidden
        dense
        rows={rows}
        rowKey={row => String(row.place)}
        columns={[
          {
            key: 'account',
            label: t('office.account'),
            cell: row => `${row.account} ${names.account(row.account)}`,
          },
          { key: 'fund', label: t('office.fund'), cell: row => names.fund(row.fund) },
          {
            key: 'debit',
            label: t('ledger.debit'),
            type: 'money',
            cell: row => cell(row, 'debit'),
            total: <Money amount={total('debit')} bare />,
          },
          {
            key: 'credit',
            label: t('ledger.credit'),
            type: 'money',
            cell: row => cell(row, 'credit'),
            total: <Money amount={total('credit')} bare />,
          },
        ]}
      />
      {draft.lines.length > 0 && <HeldLines draft={draft} />}
    </Section>
  )
}

/** The bank lines that the voucher will hold. */
function HeldLines({ draft }: Pick<SheetProps, 'draft'>) {
  const t = useT()
  return (
    <DataTable
      caption={t('office.heldLines', { count: draft.lines.length })}
      dense
      rows={draft.lines}
      rowKey={line => line.bankLine}
      columns={[
        {
          key: 'date',
          label: t('office.date'),
          type: 'date',
          cell: line => <DateText date={line.bookedOn} />,
        },
        {
          key: 'amount',
          label: t('office.amount'),
          type: 'money',
          card: 'amount',
          cell: line => <LineMoney {...line} />,
        },
        { key: 'who', label: t('office.counterparty'), cell: line => line.counterparty },
        { key: 'purpose', label: t('office.purpose'), cell: line => line.purpose },
      ]}
    />
  )
}

/** The originals, large enough to read: pictures in the page, PDF behind a button. */
export function DocumentViews(props: {
  readonly frame: OfficeFrame
  readonly documents: readonly OfficeDocument[]
  readonly errors: readonly FieldError[]
  readonly documentLimit: string
}) {
  const t = useT()
  const { frame, documents } = props
  return (
    <Section title={t('office.documents')} id="documents">
      {documents.length === 0 && <p>{t('office.noDocuments')}</p>}
      <div className="document-views">
        {documents.map((document, index) => {
          const address = officePath(frame.slug, 'documents', document.sha256)
          const isPicture = document.mediaType.startsWith('image/')
          return (
            <figure className="document-view" key={document.sha256}>
              {isPicture && (
                <a href={address}>
                  <img src={address} alt={t('office.documentAlt', { number: index + 1 })} loading="lazy" />
                </a>
              )}
              <figcaption>
                <Anchor className="button" data-tone="secondary" href={address}>
                  {t(isPicture ? 'office.openPicture' : 'office.openPdf')}
                </Anchor>
                <span className="document-view__name">
                  {document.fileName} · {fileSize(document.byteCount)}
                </span>
                <PublicCopy {...props} document={document} />
              </figcaption>
            </figure>
          )
        })}
      </div>
    </Section>
  )
}

function PublicCopy(props: {
  readonly frame: OfficeFrame
  readonly document: OfficeDocument
  readonly errors: readonly FieldError[]
  readonly documentLimit: string
}) {
  const t = useT()
  const { frame, document } = props
  return (
    <>
      <StatePill
        tone={document.publicSha256 === null ? 'waiting' : 'done'}
        label={t(document.publicSha256 === null ? 'office.noPublicCopy' : 'office.hasPublicCopy')}
      />
      {frame.may.draft && (
        <details className="more" open={errorOf(props.errors, 'files') !== undefined}>
          <summary>{t('office.uploadPublicCopy')}</summary>
          <form method="post" encType="multipart/form-data" className="more__body">
            <CsrfField frame={frame} />
            <input type="hidden" name="original" value={document.sha256} />
            <FileField
              name="files"
              id={`copy-${document.sha256.slice(0, 8)}`}
              label={t('office.publicCopy')}
              hint={t('office.publicCopyHint')}
              limit={{ types: t('office.documentTypes'), size: props.documentLimit }}
              accept=".pdf,.jpg,.jpeg,.png,.webp"
              error={errorOf(props.errors, 'files')}
              required
            />
            <Button name="intent" value="public-copy" tone="secondary">
              {t('office.savePublicCopy')}
            </Button>
          </form>
        </details>
      )}
    </>
  )
}

/** Who did which step when, and the fingerprint of exactly what they agreed to. */
export function DraftHistory(props: { readonly draft: DraftView }) {
  const t = useT()
  const { draft } = props
  const entries = draft.required.map((step): TimelineEntry => {
    const given = draft.approvals.find(approval => approval.step === step)
    const state = given
      ? 'done'
      : draft.state === 'withdrawn'
        ? 'stopped'
        : step === draft.due
          ? 'now'
          : 'next'
    return {
      key: step,
      title: t(`ledger.step.${step}`),
      state,
      who: given ? (given.name ?? t('office.erasedPerson')) : t(`ledger.turn.${step}`),
      at: given?.at,
    }
  })
  const { refusal } = draft
  if (refusal !== null) {
    entries.push({
      key: 'refusal',
      title: t('office.sentBack'),
      state: 'stopped',
      who: refusal.name ?? t('office.erasedPerson'),
      at: refusal.at,
      note: refusal.reason,
    })
  }
  return (
    <Section title={t('office.history')} id="history">
      <Timeline label={t('office.history')} entries={entries} />
      <DigestFigure hash={draft.contentDigest} label={t('office.contentDigest')} />
      <p className="field__hint">
        {t('office.revision', { revision: draft.revision })} <InstantText at={draft.draftedAt} />
      </p>
    </Section>
  )
}
