/** On a draft's page: its signals with the forms that answer them, what identifies the payee, and the way to keep out of it. Decides nothing. */
import type { MarkKind } from '#ledger'
import { Button } from '../button.tsx'
import { Notice } from '../feedback.tsx'
import { TextField } from '../form.tsx'
import { Card, Section } from '../page-shell.tsx'
import { RecusalList, type ShownRecusal, type ShownSignal, SignalList } from '../signals.tsx'
import { InstantText } from '../stamp.tsx'
import { Anchor, useT } from '../viewer.tsx'
import { CsrfField, type OfficeFrame, officePath } from './office-page.tsx'

/** What is noted about a payment, as its officers see it. */
export interface PaymentNotesView {
  readonly signals: readonly ShownSignal[]
  readonly recusals: readonly ShownRecusal[]
  /** Kinds of marks the preparer noted; nobody can read the marks themselves. */
  readonly marks: readonly (MarkKind | 'invoice')[]
  readonly isOpen: boolean
  readonly mayAnswer: boolean
  readonly mayNote: boolean
  readonly mayDeclare: boolean
}

interface NotesProps {
  readonly frame: OfficeFrame
  readonly notes: PaymentNotesView
}

/** Signals and recusals, above the decision. */
export function PaymentNotes({ frame, notes }: NotesProps) {
  const t = useT()
  return (
    <>
      {notes.recusals.length > 0 && (
        <Notice title={t('signals.recusalTitle')}>
          <RecusalList recusals={notes.recusals} />
        </Notice>
      )}
      {notes.signals.length > 0 && (
        <Section
          title={t('signals.title')}
          lead={t(notes.isOpen ? 'signals.leadDraft' : 'signals.leadPosted')}
          id="signals"
        >
          <Card>
            <SignalList signals={notes.signals} isDraft={notes.isOpen}>
              {signal => notes.mayAnswer && <AnswerForm frame={frame} signal={signal} />}
            </SignalList>
          </Card>
        </Section>
      )}
    </>
  )
}

function AnswerForm(props: { readonly frame: OfficeFrame; readonly signal: ShownSignal }) {
  const t = useT()
  return (
    <form method="post">
      <CsrfField frame={props.frame} />
      <input type="hidden" name="signal" value={props.signal.kind} />
      <TextField
        name="answer"
        id={`answer-${props.signal.kind}`}
        label={t('signals.answerLabel')}
        hint={t('signals.answerHint')}
        maxLength={200}
        required
      />
      <div>
        <Button name="intent" value="answer" tone="secondary">
          {t('signals.save')}
        </Button>
      </div>
    </form>
  )
}

const PAYMENT_MARKS = ['invoice', 'bank-account', 'phone', 'legal-person'] as const

function MarkFields(props: { readonly kinds: readonly (MarkKind | 'invoice')[] }) {
  const t = useT()
  return (
    <>
      {props.kinds.map(kind => (
        <TextField
          key={kind}
          name={`mark-${kind}`}
          label={t(`signals.mark.${kind}`)}
          maxLength={60}
          width="half"
          autoComplete="off"
          optional
        />
      ))}
    </>
  )
}

/** What identifies the payee, for its preparer; and the way to keep out, for everybody who could act. */
export function PaymentForms({ frame, notes }: NotesProps) {
  const t = useT()
  const noted = notes.marks.map(kind => t(`signals.mark.${kind}`)).join(t('office.listJoin'))
  return (
    <>
      {notes.mayNote && (
        <details className="more" id="marks">
          <summary>{t('signals.marksTitle')}</summary>
          <form method="post" className="more__body">
            <CsrfField frame={frame} />
            <p>{t('signals.marksLead')}</p>
            {noted !== '' && <p>{t('signals.marksNoted', { kinds: noted })}</p>}
            <MarkFields kinds={PAYMENT_MARKS} />
            <div>
              <Button name="intent" value="note-marks" tone="secondary">
                {t('signals.marksSave')}
              </Button>
            </div>
          </form>
        </details>
      )}
      {notes.mayDeclare && (
        <details className="more" id="declare">
          <summary>{t('signals.declareTitle')}</summary>
          <form method="post" className="more__body">
            <CsrfField frame={frame} />
            <p>{t('signals.declareLead')}</p>
            <div>
              <Button name="intent" value="declare" tone="danger">
                {t('signals.declare')}
              </Button>
            </div>
            <p>
              <Anchor href={officePath(frame.slug, 'relations')}>{t('signals.ownLink')}</Anchor>
            </p>
          </form>
        </details>
      )}
    </>
  )
}

/** What an officer noted of their own, by how many, and the form to note more. */
export function OwnMarks(props: {
  readonly frame: OfficeFrame
  readonly marks: readonly {
    readonly kind: MarkKind
    readonly count: number
    readonly lastAt: Date | null
  }[]
}) {
  const t = useT()
  return (
    <>
      <dl className="definitions">
        {props.marks.map(({ kind, count, lastAt }) => (
          <div key={kind}>
            <dt>{t(`signals.mark.${kind}`)}</dt>
            <dd>
              {lastAt === null ? (
                t('signals.ownNone')
              ) : (
                <>
                  {t('signals.ownCount', { count })} <InstantText at={lastAt} />
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <form method="post">
        <CsrfField frame={props.frame} />
        <MarkFields kinds={props.marks.map(mark => mark.kind)} />
        <div>
          <Button>{t('signals.ownSave')}</Button>
        </div>
      </form>
    </>
  )
}
