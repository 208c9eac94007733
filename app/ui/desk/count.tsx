/** The count for those who sign it: the verdict, the figures and the digest they put their name to, who signed, posting, the end. */
import type { CivilDate } from '#kernel'
import type { Figures, MatterClass } from '#votes'
import { Button, ButtonRow } from '../button.tsx'
import { DigestFigure } from '../digest.tsx'
import { ErrorSummary, type FieldError, Notice } from '../feedback.tsx'
import { CheckboxField, TextField } from '../form.tsx'
import { Icon } from '../icon.tsx'
import { errorOf } from '../office/import-list.tsx'
import { CsrfField, type OfficeFrame } from '../office/office-page.tsx'
import { Card, Section } from '../page-shell.tsx'
import { InstantText } from '../stamp.tsx'
import { Timeline } from '../timeline.tsx'
import { Sentence, useT } from '../viewer.tsx'
import { FiguresTable } from '../votes/result.tsx'
import { VerdictSentence } from '../votes/verdict.tsx'
import { Certificate, type CertificateView } from './certificate.tsx'
import type { EnteredMinutes } from './minutes-fields.tsx'
import { When } from './poll-list.tsx'

export const SIGNERS = ['teller-1', 'teller-2', 'party-branch'] as const
export type Signer = (typeof SIGNERS)[number]

/** A question's result, or a plan's. */
export interface CountedView {
  readonly key: string
  readonly title: string
  readonly of: string | null
  readonly matterClass: MatterClass
  readonly figures: Figures
}

export interface CountView {
  readonly pollId: string
  readonly countedAt: Date
  readonly digest: string
  readonly counted: readonly CountedView[]
  readonly election: {
    readonly seats: number
    readonly elected: readonly string[]
    readonly tied: readonly string[]
    readonly vacantSeats: number
  } | null
  /** The government's system, when this is its result. */
  readonly importedFrom: string | null
  readonly signed: Readonly<Partial<Record<Signer, { readonly at: Date; readonly name: string | null }>>>
  /** The signature this person can give now; null when none is theirs. */
  readonly mine: Signer | null
  readonly posting: {
    readonly postedBy: CivilDate
    readonly postedOn: CivilDate | null
    readonly isOverdue: boolean
  }
  readonly refused: readonly { readonly reason: string; readonly count: number }[]
  readonly certificate: CertificateView
}

interface CountProps {
  readonly frame: OfficeFrame
  readonly view: CountView
  readonly errors: readonly FieldError[]
}

/** The whole page below its heading, once counted. */
export function Count(
  props: CountProps & { readonly place: string; readonly minutes: EnteredMinutes | null },
) {
  const t = useT()
  const { view } = props
  return (
    <>
      <ErrorSummary errors={props.errors} />
      {view.importedFrom !== null && (
        <Notice tone="warning" title={t('officePolls.importedTitle', { system: view.importedFrom })}>
          <p>{t('officePolls.importedText')}</p>
        </Notice>
      )}
      <Section title={t('officePolls.result')} lead={t('officePolls.resultLead')}>
        {view.counted.map(each => (
          <Card key={each.key}>
            <h3>{each.title}</h3>
            <VerdictSentence
              matterClass={each.matterClass}
              figures={each.figures}
              of={each.of ?? undefined}
            />
            <FiguresTable figures={each.figures} against={each.of === null ? 'against' : 'otherPlans'} />
          </Card>
        ))}
        {view.election !== null && <Elected election={view.election} />}
        {view.refused.length > 0 && (
          <Notice title={t('officePolls.refusedPapers')}>
            <ul className="plain-list">
              {view.refused.map(({ reason, count }) => (
                <li key={reason}>{t('officePolls.refusedCount', { reason, count })}</li>
              ))}
            </ul>
          </Notice>
        )}
      </Section>
      <SignOff {...props} />
      <Posting {...props} />
      {view.importedFrom === null && (
        <Certificate
          frame={props.frame}
          view={view.certificate}
          errors={props.errors}
          minutes={props.minutes}
        />
      )}
    </>
  )
}

function Elected(props: { readonly election: NonNullable<CountView['election']> }) {
  const t = useT()
  const { election } = props
  const names = (list: readonly string[]) =>
    list.length === 0 ? t('officePolls.nobody') : list.join(t('office.listJoin'))
  return (
    <Notice title={t('officePolls.elected', { names: names(election.elected), seats: election.seats })}>
      {election.tied.length > 0 && <p>{t('officePolls.tied', { names: names(election.tied) })}</p>}
      {election.vacantSeats > 0 && <p>{t('officePolls.vacant', { count: election.vacantSeats })}</p>}
    </Notice>
  )
}

function SignOff(props: CountProps) {
  const t = useT()
  const { view, frame } = props
  const next = SIGNERS.find(signer => view.signed[signer] === undefined)
  return (
    <Section title={t('officePolls.signOff')} lead={t('officePolls.signOffLead')} id="sign-off">
      <Timeline
        label={t('officePolls.signOff')}
        entries={SIGNERS.map(signer => {
          const signed = view.signed[signer]
          return {
            key: signer,
            title: t(`officePolls.step.${signer}`),
            state:
              signed !== undefined
                ? ('done' as const)
                : signer === next
                  ? ('now' as const)
                  : ('next' as const),
            at: signed?.at,
            who: signed?.name ?? undefined,
          }
        })}
      />
      <DigestFigure hash={view.digest} label={t('officePolls.countDigest')} />
      {view.mine !== null && (
        <section className="agree-panel" aria-labelledby="sign-title" id="sign">
          <h2 id="sign-title">{t(`officePolls.signTitle.${view.mine}`)}</h2>
          <p>{t(`officePolls.signText.${view.mine}`)}</p>
          <form method="post" className="agree-panel__agree">
            <CsrfField frame={frame} />
            <input type="hidden" name="step" value={view.mine} />
            <input type="hidden" name="seen" value={view.digest} />
            <button
              className="agree-panel__button"
              type="submit"
              name="intent"
              value="sign"
              data-tone="agree"
            >
              <Icon name="done" />
              <span>{t('officePolls.sign')}</span>
            </button>
          </form>
          <p>{t('officePolls.signNot')}</p>
        </section>
      )}
    </Section>
  )
}

function Posting(props: CountProps & { readonly place: string }) {
  const t = useT()
  const { view, frame, errors } = props
  const { posting } = view
  if (posting.postedOn !== null) {
    return (
      <Notice
        tone="success"
        title={<Sentence text="officePolls.postedOn" values={{ date: <When at={posting.postedOn} /> }} />}
      />
    )
  }
  return (
    <Section title={t('officePolls.posting')} lead={t('officePolls.postingLead')} id="posting">
      <Notice
        tone={posting.isOverdue ? 'danger' : 'info'}
        title={
          <Sentence
            text={posting.isOverdue ? 'officePolls.postingOverdue' : 'officePolls.postBy'}
            values={{ date: <When at={posting.postedBy} /> }}
          />
        }
      />
      {frame.may.pollClose && (
        <form method="post">
          <CsrfField frame={frame} />
          <TextField
            name="place"
            label={t('officePolls.place')}
            hint={t('officePolls.placeHint')}
            defaultValue={props.place}
            error={errorOf(errors, 'place')}
            maxLength={200}
            required
          />
          <div>
            <Button name="intent" value="post" icon="done">
              {t('officePolls.posted')}
            </Button>
          </div>
        </form>
      )}
    </Section>
  )
}

/** Before the count: closing with papers that still lie unread. */
export function SealForm(props: {
  readonly frame: OfficeFrame
  readonly pending: readonly number[]
  readonly closesAt: Date
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { frame, pending, errors } = props
  return (
    <>
      <ErrorSummary errors={errors} />
      <Notice
        title={
          <Sentence text="officePolls.closedAt" values={{ when: <InstantText at={props.closesAt} /> }} />
        }
      >
        <p>{t('officePolls.sealText')}</p>
      </Notice>
      {pending.length > 0 && (
        <Notice tone="warning" title={t('officePolls.pending', { count: pending.length })}>
          <p>{t('officePolls.pendingText', { numbers: pending.join(t('office.listJoin')) })}</p>
        </Notice>
      )}
      {frame.may.pollClose && (
        <form method="post">
          <CsrfField frame={frame} />
          {pending.length > 0 && (
            <CheckboxField
              name="refusesPending"
              label={t('officePolls.refusePending', { count: pending.length })}
              hint={t('officePolls.refusePendingHint')}
              error={errorOf(errors, 'refusesPending')}
            />
          )}
          <ButtonRow>
            <Button name="intent" value="seal" icon="done">
              {t('officePolls.sealNow')}
            </Button>
          </ButtonRow>
        </form>
      )}
    </>
  )
}
