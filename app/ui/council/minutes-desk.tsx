/** Circulated minutes at the desk: corrections and their answers, the seats' signatures, and publishing. Decides nothing. */
import type { CourseStanding, DiffLine, Minutes, MinutesLine, Stance } from '#council'
import { Button, LinkButton } from '../button.tsx'
import { DigestFigure } from '../digest.tsx'
import { type FieldError, Notice } from '../feedback.tsx'
import { FileField, RadioGroup, SelectField, TextAreaField, TextField } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { CsrfField, type OfficeFrame } from '../office/office-page.tsx'
import { Card, Section } from '../page-shell.tsx'
import { FACTOR_FIELDS, FactorFields, type PasskeyScript, PasskeyScriptTag } from '../second-factor.tsx'
import { InstantText } from '../stamp.tsx'
import { StatePill } from '../state.tsx'
import { useT } from '../viewer.tsx'
import { ChangesText, MinutesText } from './minutes-text.tsx'

export interface DeskVersion {
  readonly version: number
  readonly digest: string
  readonly reason: string | null
  readonly circulatedAt: Date
  readonly correctionsUntil: Date
  readonly minutes: Minutes
  readonly changes: readonly DiffLine<MinutesLine>[] | null
}

export interface DeskCorrection {
  readonly no: number
  readonly version: number
  readonly seat: string
  readonly text: string
  readonly at: Date
  readonly answer: { readonly isAccepted: boolean; readonly text: string } | null
}

export interface MinutesDeskView {
  readonly meetingId: string
  readonly newest: DeskVersion
  readonly corrections: readonly DeskCorrection[]
  readonly standing: CourseStanding
  readonly ownSeats: readonly string[]
  /** Seats without an account, for which the clerk may speak. */
  readonly guestSeats: readonly string[]
  readonly factors: {
    readonly totp: boolean
    readonly passkey: boolean
    readonly script: PasskeyScript | null
  }
}

interface OfDesk {
  readonly frame: OfficeFrame
  readonly view: MinutesDeskView
  readonly errors: readonly FieldError[]
}

const nameOf = (minutes: Minutes, seat: string) =>
  minutes.seats.find(each => each.seat === seat)?.organisation ?? seat

function Hidden({ frame, view }: OfDesk) {
  return (
    <>
      <CsrfField frame={frame} />
      <input type="hidden" name="version" value={view.newest.version} />
      <input type="hidden" name="seen" value={view.newest.digest} />
    </>
  )
}

function CorrectionCard(props: OfDesk & { readonly correction: DeskCorrection }) {
  const t = useT()
  const { correction, view, frame } = props
  const { answer } = correction
  return (
    <Card>
      <h3>
        {t('councilDesk.correctionNumbered', {
          no: correction.no,
          who: nameOf(view.newest.minutes, correction.seat),
        })}{' '}
        {answer === null ? (
          <StatePill tone="attention" label={t('councilDesk.correctionOpen')} />
        ) : (
          <StatePill
            tone="done"
            label={t(answer.isAccepted ? 'councilDesk.correctionAccepted' : 'councilDesk.correctionAnswered')}
          />
        )}
      </h3>
      <p className="council-text">{correction.text}</p>
      {answer !== null && answer.text !== '' && <p>{t('councilDesk.answerOf', { text: answer.text })}</p>}
      {answer === null && frame.may.councilKeep && (
        <form method="post">
          <Hidden {...props} />
          <input type="hidden" name="correction" value={correction.no} />
          <RadioGroup
            name="isAccepted"
            id={`isAccepted-${correction.no}`}
            label={t('councilDesk.judgement')}
            choices={[
              { value: 'yes', label: t('councilDesk.accept'), hint: t('councilDesk.acceptHint') },
              { value: 'no', label: t('councilDesk.decline') },
            ]}
            required
          />
          <TextAreaField
            name="answer"
            id={`answer-${correction.no}`}
            label={t('councilDesk.answer')}
            rows={2}
            optional
          />
          <Button name="intent" value="answer">
            {t('councilDesk.answerSend')}
          </Button>
        </form>
      )}
    </Card>
  )
}

/** Corrections that were asked for, and the form for one more. */
export function Corrections(props: OfDesk) {
  const t = useT()
  const { view, errors, frame } = props
  const seats = [...view.ownSeats, ...(frame.may.councilKeep ? view.guestSeats : [])]
  const mayAsk = view.standing.state === 'circulated' && seats.length > 0
  return (
    <Section title={t('councilDesk.corrections')} id="corrections">
      <p>
        {t('councilDesk.correctionsUntil')} <InstantText at={view.newest.correctionsUntil} />
      </p>
      {view.corrections.map(correction => (
        <CorrectionCard key={correction.no} {...props} correction={correction} />
      ))}
      {mayAsk && (
        <details open={errorOf(errors, 'correction') !== undefined}>
          <summary>{t('councilDesk.askCorrection')}</summary>
          <form method="post">
            <Hidden {...props} />
            <SeatSelect view={view} seats={seats} />
            <TextAreaField
              name="correction"
              label={t('councilDesk.correctionText')}
              hint={t('councilDesk.correctionHint')}
              error={errorOf(errors, 'correction')}
              required
            />
            <Button name="intent" value="correct">
              {t('councilDesk.correctionSend')}
            </Button>
          </form>
        </details>
      )}
    </Section>
  )
}

function SeatSelect(props: { readonly view: MinutesDeskView; readonly seats: readonly string[] }) {
  const t = useT()
  return (
    <SelectField
      name="seat"
      label={t('councilDesk.forSeat')}
      choices={props.seats.map(seat => ({ value: seat, label: nameOf(props.view.newest.minutes, seat) }))}
      defaultValue={props.seats[0]}
    />
  )
}

function StanceFields(props: { readonly id: string; readonly errors: readonly FieldError[] }) {
  const t = useT()
  return (
    <details>
      <summary>{t('councilDesk.refuse')}</summary>
      <TextField
        name="reason"
        id={`reason-${props.id}`}
        label={t('councilDesk.refuseReason')}
        error={errorOf(props.errors, 'reason')}
        optional
      />
      <Button name="stance" value="refuses" tone="danger" formNoValidate>
        {t('councilDesk.refuseSend')}
      </Button>
    </details>
  )
}

/** The seat's own word, with a second factor for exactly this text. */
function OwnSignOff(props: OfDesk & { readonly seat: string }) {
  const t = useT()
  const { view, frame, errors, seat } = props
  return (
    <Card>
      <h3>{t('councilDesk.signAs', { who: nameOf(view.newest.minutes, seat) })}</h3>
      <form method="post">
        <Hidden {...props} />
        <input type="hidden" name="intent" value="sign" />
        <input type="hidden" name="seat" value={seat} />
        <input type="hidden" name="meeting" value={view.meetingId} />
        <input type="hidden" name="community" value={frame.slug} />
        <FactorFields
          kinds={view.factors}
          script={view.factors.script}
          asks="minutes"
          passkeyLabel={t('councilDesk.signPasskey')}
          error={errorOf(errors, FACTOR_FIELDS.code)}
        >
          <Button icon="done" name="stance" value="agrees">
            {t('councilDesk.sign')}
          </Button>
        </FactorFields>
        <StanceFields id={seat} errors={errors} />
      </form>
    </Card>
  )
}

/** A guest signs on paper; the clerk brings the scan. */
function PaperSignOff(props: OfDesk & { readonly seats: readonly string[] }) {
  const t = useT()
  return (
    <details open={errorOf(props.errors, 'file') !== undefined}>
      <summary>{t('councilDesk.paperSign')}</summary>
      <form method="post" encType="multipart/form-data">
        <Hidden {...props} />
        <input type="hidden" name="intent" value="sign" />
        <SeatSelect view={props.view} seats={props.seats} />
        <FileField
          name="file"
          label={t('councilDesk.scan')}
          hint={t('councilDesk.scanHint')}
          accept=".pdf,.jpg,.jpeg,.png,.webp"
          error={errorOf(props.errors, 'file')}
          required
        />
        <Button name="stance" value="agrees">
          {t('councilDesk.scanSend')}
        </Button>
      </form>
    </details>
  )
}

function SignedList({ view }: Pick<OfDesk, 'view'>) {
  const t = useT()
  const { standing, newest } = view
  return (
    <ul>
      {standing.required.map(seat => {
        const stance: Stance | undefined = standing.signed[seat]
        return (
          <li key={seat}>
            {nameOf(newest.minutes, seat)}{' '}
            {stance === undefined ? (
              <StatePill tone="waiting" label={t('councilDesk.notSigned')} />
            ) : (
              <StatePill
                tone={stance === 'agrees' ? 'done' : 'stopped'}
                label={t(`council.stance.${stance}`)}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** Who signed, who has to, and the way to publish. */
export function SignOffs(props: OfDesk) {
  const t = useT()
  const { view, frame } = props
  const { standing } = view
  const isUnsigned = (seat: string) =>
    standing.required.includes(seat) && !Object.hasOwn(standing.signed, seat)
  const mine = view.ownSeats.filter(isUnsigned)
  const guests = frame.may.councilKeep ? view.guestSeats.filter(isUnsigned) : []
  const isStill = standing.openCorrections.length === 0 && standing.toTakeUp.length === 0
  const isOpen = standing.state === 'circulated' && isStill
  return (
    <Section title={t('council.signOffs')} id="sign-offs" lead={t('councilDesk.signOffsLead')}>
      <DigestFigure hash={view.newest.digest} label={t('council.digest')} />
      <SignedList view={view} />
      {standing.openCorrections.length > 0 && (
        <Notice tone="warning" title={t('councilDesk.waitsForAnswer')} />
      )}
      {standing.toTakeUp.length > 0 && <Notice tone="warning" title={t('councilDesk.waitsForVersion')} />}
      {isOpen && mine.map(seat => <OwnSignOff key={seat} {...props} seat={seat} />)}
      {isOpen && mine.length > 0 && <PasskeyScriptTag script={view.factors.script} />}
      {isOpen && guests.length > 0 && <PaperSignOff {...props} seats={guests} />}
      {isOpen && frame.may.councilKeep && (
        <form method="post">
          <Hidden {...props} />
          <Button name="intent" value="publish" icon="right">
            {t('councilDesk.publish')}
          </Button>
        </form>
      )}
    </Section>
  )
}

/** Published: the sealed copy, or the button that asks for it again. */
export function CopyForm(props: { readonly frame: OfficeFrame; readonly href: string | null }) {
  const t = useT()
  if (props.href !== null) {
    return (
      <p>
        <LinkButton icon="download" href={props.href}>
          {t('council.copy')}
        </LinkButton>
      </p>
    )
  }
  return (
    <form method="post">
      <CsrfField frame={props.frame} />
      <p>{t('councilDesk.copyMaking')}</p>
      <Button name="intent" value="copy" tone="secondary">
        {t('councilDesk.copyAgain')}
      </Button>
    </form>
  )
}

/** The text itself, with what changed since the version before. */
export function CirculatedText({ view, frame }: Pick<OfDesk, 'view' | 'frame'>) {
  const t = useT()
  const { newest } = view
  return (
    <Section title={t('councilDesk.textOf', { version: newest.version })} id="text">
      {newest.changes !== null && (
        <>
          <h3>{t('councilDesk.changes')}</h3>
          {newest.reason !== null && <p>{newest.reason}</p>}
          <ChangesText changes={newest.changes} />
        </>
      )}
      <MinutesText minutes={newest.minutes} topicAt={topic => `/c/${frame.slug}/council/topics/${topic}`} />
    </Section>
  )
}

/** Sends what is saved to those who were there; a later version says why. */
export function CirculateForm(props: {
  readonly frame: OfficeFrame
  readonly isFirst: boolean
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  return (
    <form method="post">
      <CsrfField frame={props.frame} />
      {!props.isFirst && (
        <TextField
          name="reason"
          label={t('councilDesk.versionReason')}
          hint={t('councilDesk.versionReasonHint')}
          error={errorOf(props.errors, 'reason')}
          required
        />
      )}
      <Button name="intent" value="circulate" icon="right">
        {t(props.isFirst ? 'councilDesk.circulate' : 'councilDesk.circulateAgain')}
      </Button>
    </form>
  )
}
