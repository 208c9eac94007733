/** One unit at the counter's desk: whose it is, where its ballot is, and the next thing to do with it as one big button. */
import type { CivilDate } from '#kernel'
import type { Channel } from '#votes'
import { Button, LinkButton } from '../button.tsx'
import { ErrorSummary, type FieldError, Notice } from '../feedback.tsx'
import { DefinitionList } from '../figures.tsx'
import { DateField, FileField } from '../form.tsx'
import { Icon } from '../icon.tsx'
import { errorOf } from '../office/import-list.tsx'
import { CsrfField, type OfficeFrame, officePath } from '../office/office-page.tsx'
import { Section } from '../page-shell.tsx'
import { InstantText } from '../stamp.tsx'
import { useT } from '../viewer.tsx'
import { type EnteredReading, type ReadableQuestion, ReadingFields } from './paper-fields.tsx'
import { DESK_ICONS, type DeskUnit } from './unit-grid.tsx'

export const DELIVERY_METHODS = ['handed', 'posted-at-door', 'registered-mail', 'message'] as const
export type DeliveryMethod = (typeof DELIVERY_METHODS)[number]

export interface UnitDeskView extends DeskUnit {
  readonly pollId: string
  /** The owners on the frozen roll and their agents: who may have signed, as choices of the form. */
  readonly signers: readonly { readonly value: string; readonly label: string; readonly hint?: string }[]
  readonly isDelivered: boolean
  readonly paperNumber: number
  /** When its paper was taken in; null while it was not. */
  readonly receivedAt: Date | null
  /** Why its paper was refused; null when none was. */
  readonly refusal: string | null
  /** That it voted and by which channel, never what. */
  readonly votedBy: Channel | null
  /** `late` is after the close: a paper that is offered then is refused and recorded. */
  readonly window: 'open' | 'late' | 'closed'
  /** False once a reading stands: the next one is somebody else's, from the image. */
  readonly canBeRead: boolean
  /** Where this person reads its paper from the image; null when that is not theirs to do. */
  readonly paperHref: string | null
  readonly questions: readonly ReadableQuestion[]
  readonly today: CivilDate
}

interface UnitDeskProps {
  readonly frame: OfficeFrame
  readonly unit: UnitDeskView
  readonly entered: EnteredReading
  readonly errors: readonly FieldError[]
  readonly documentLimit: string
}

/** The whole page below its heading. */
export function UnitDesk(props: UnitDeskProps) {
  const t = useT()
  const { unit, errors, frame } = props
  const canEnter = frame.may.enter && unit.window === 'open' && unit.canBeRead && unit.refusal === null
  return (
    <>
      <ErrorSummary errors={errors} />
      <p className="unit-state" data-state={unit.state}>
        <Icon name={DESK_ICONS[unit.state]} />
        {t(`desk.state.${unit.state}`)}
      </p>
      <UnitFacts unit={unit} />
      {unit.refusal !== null && (
        <Notice tone="danger" title={t('desk.wasRefused')}>
          <p>{unit.refusal}</p>
        </Notice>
      )}
      {!unit.isDelivered && frame.may.deliver && unit.state !== 'voted' && <Deliver {...props} />}
      {canEnter && <TakeIn {...props} />}
      {unit.paperHref !== null && (
        <p>
          <LinkButton tone="primary" icon="verify" href={unit.paperHref}>
            {t('desk.checkPaper')}
          </LinkButton>
        </p>
      )}
      {unit.window === 'closed' && <Notice title={t('desk.windowClosed')} />}
      {unit.window === 'late' && unit.refusal === null && unit.canBeRead && <OfferedLate {...props} />}
      <p>
        <LinkButton
          icon="previous"
          href={`${officePath(frame.slug, 'polls', unit.pollId, 'desk')}?${new URLSearchParams({ building: unit.building, entrance: unit.entrance })}`}
        >
          {t('desk.backToGrid')}
        </LinkButton>
      </p>
    </>
  )
}

function UnitFacts(props: { readonly unit: UnitDeskView }) {
  const t = useT()
  const { unit } = props
  return (
    <DefinitionList
      items={[
        {
          term: t('desk.owners'),
          detail: unit.signers.map(signer => signer.label).join(t('office.listJoin')),
        },
        { term: t('desk.paperNumber'), detail: unit.paperNumber },
        { term: t('desk.delivery'), detail: t(unit.isDelivered ? 'desk.wasDelivered' : 'desk.notDelivered') },
        ...(unit.receivedAt === null
          ? []
          : [{ term: t('desk.receivedAt'), detail: <InstantText at={unit.receivedAt} /> }]),
        {
          term: t('desk.ballots'),
          detail: unit.votedBy === null ? t('desk.noBallots') : t(`desk.channel.${unit.votedBy}`),
        },
      ]}
    />
  )
}

function Deliver(props: UnitDeskProps) {
  const t = useT()
  return (
    <Section title={t('desk.deliver')} lead={t('desk.deliverLead')}>
      <form method="post" encType="multipart/form-data">
        <CsrfField frame={props.frame} />
        <input type="hidden" name="intent" value="deliver" />
        <div className="big-buttons">
          {DELIVERY_METHODS.map((method, index) => (
            <Button key={method} name="method" value={method} tone={index === 0 ? 'primary' : 'secondary'}>
              {t(`desk.method.${method}`)}
            </Button>
          ))}
        </div>
        <details className="more">
          <summary>{t('desk.evidence')}</summary>
          <div className="more__body">
            <PhotoField name="evidence" label={t('desk.evidencePhoto')} {...props} />
          </div>
        </details>
      </form>
    </Section>
  )
}

/** A photograph taken now, or a file; without a camera the browser offers files. */
export function PhotoField(props: {
  readonly name: string
  /** Where several stand on one page. */
  readonly id?: string
  readonly label: string
  readonly errors: readonly FieldError[]
  readonly documentLimit: string
  readonly required?: boolean
}) {
  const t = useT()
  return (
    <FileField
      name={props.name}
      id={props.id}
      label={props.label}
      accept="image/*,application/pdf"
      capture="environment"
      limit={{ types: t('office.documentTypes'), size: props.documentLimit }}
      error={errorOf(props.errors, props.id ?? props.name)}
      required={props.required}
      optional={!props.required}
    />
  )
}

/** After the close: the paper is refused, with the date that stands on it, so that everybody can see how many came late. */
function OfferedLate(props: UnitDeskProps) {
  const t = useT()
  const { unit, entered, errors } = props
  return (
    <Section title={t('desk.late')} lead={t('desk.lateLead')} id="late">
      <form method="post">
        <CsrfField frame={props.frame} />
        <DateField
          name="signedOn"
          label={t('desk.signedOn')}
          defaultValue={entered.signedOn}
          max={unit.today}
          error={errorOf(errors, 'signedOn')}
          optional
        />
        <div className="big-buttons">
          <Button name="intent" value="receive" tone="secondary">
            {t('desk.recordLate')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function TakeIn(props: UnitDeskProps) {
  const t = useT()
  const { unit } = props
  return (
    <Section title={t('desk.takeIn')} lead={t('desk.takeInLead')} id="take-in">
      {unit.votedBy !== null && (
        <Notice tone="warning" title={t('desk.alreadyVoted')}>
          <p>{t('desk.alreadyVotedText')}</p>
        </Notice>
      )}
      <form method="post" encType="multipart/form-data">
        <CsrfField frame={props.frame} />
        <PhotoField name="scan" label={t('desk.scan')} {...props} required />
        <ReadingFields
          signers={unit.signers}
          questions={unit.questions}
          entered={props.entered}
          today={unit.today}
          errors={props.errors}
        />
        <div className="big-buttons">
          <Button name="intent" value="enter" icon="done">
            {t('desk.enter.first')}
          </Button>
        </div>
      </form>
      {unit.receivedAt === null && (
        <form method="post" className="receive-only">
          <CsrfField frame={props.frame} />
          <p>{t('desk.receiveLead')}</p>
          <div className="big-buttons">
            <Button name="intent" value="receive" tone="secondary">
              {t('desk.receive')}
            </Button>
          </div>
        </form>
      )}
    </Section>
  )
}
