/** Changes that wait for a second person, with the buttons of whoever may decide, and what was decided. Decides nothing. */
import { Button, ButtonRow, LinkButton } from '../button.tsx'
import { ChangeWords, type RuleNames, type ShownChange } from '../control-rules.tsx'
import { EmptyState, type FieldError } from '../feedback.tsx'
import { RadioGroup, TextField } from '../form.tsx'
import { Card, Section } from '../page-shell.tsx'
import { FACTOR_FIELDS, FactorFields } from '../second-factor.tsx'
import { useT } from '../viewer.tsx'
import type { OwnFactors } from './draft-decision.tsx'
import { errorOf } from './import-list.tsx'
import { CsrfField, type OfficeFrame, officePath } from './office-page.tsx'

/** A change with what the reader may do about it. */
export interface OfficeChange extends ShownChange {
  readonly contentDigest: string
  readonly mayDecide: boolean
  readonly mayWithdraw: boolean
  readonly mayReview: boolean
}

interface ListProps {
  readonly frame: OfficeFrame
  readonly names: RuleNames
  readonly changes: readonly OfficeChange[]
  /** How the reader confirms that they witnessed an emergency. */
  readonly factors: OwnFactors
  readonly errors: readonly FieldError[]
}

/** What waits for a second person, and what was decided. */
export function ControlChangeList(props: ListProps) {
  const t = useT()
  const waiting = props.changes.filter(each => each.decision === null)
  const toReview = props.changes.filter(each => each.mayReview)
  const decided = props.changes.filter(each => each.decision !== null && !each.mayReview)
  return (
    <>
      <Section title={t('controls.waitingTitle')} lead={t('controls.waitingLead')} id="waiting">
        {waiting.length === 0 && <EmptyState title={t('controls.noneWaiting')} />}
        {waiting.map(change => (
          <Card key={change.changeId}>
            <ChangeWords shown={change} names={props.names}>
              <ChangeButtons {...props} change={change} />
            </ChangeWords>
          </Card>
        ))}
      </Section>
      {toReview.length > 0 && (
        <Section title={t('controls.reviewTitle')} id="review">
          {toReview.map(change => (
            <Card key={change.changeId}>
              <ChangeWords shown={change} names={props.names}>
                <ReviewForm {...props} change={change} />
              </ChangeWords>
            </Card>
          ))}
        </Section>
      )}
      {decided.length > 0 && (
        <details className="more">
          <summary>{t('controls.decidedTitle', { count: decided.length })}</summary>
          <div className="more__body">
            {decided.map(change => (
              <Card tone="quiet" key={change.changeId}>
                <ChangeWords shown={change} names={props.names} />
              </Card>
            ))}
          </div>
        </details>
      )}
    </>
  )
}

/** Which change, and the digest of what its reader sees. */
export function HiddenChange(props: { readonly frame: OfficeFrame; readonly change: OfficeChange }) {
  return (
    <>
      <CsrfField frame={props.frame} />
      <input type="hidden" name="change" value={props.change.changeId} />
      <input type="hidden" name="seen" value={props.change.contentDigest} />
    </>
  )
}

function ChangeButtons(props: ListProps & { readonly change: OfficeChange }) {
  const t = useT()
  const { change, frame } = props
  if (change.change.kind === 'map-columns') {
    // Decided beside the preview: figures alone do not show that two columns were exchanged.
    return (
      <LinkButton href={officePath(frame.slug, 'import', change.change.file.importId)}>
        {t('columns.look')}
      </LinkButton>
    )
  }
  if (!change.mayDecide && !change.mayWithdraw) return <p>{t('controls.notYours')}</p>
  if (change.mayDecide && change.change.kind === 'emergency') return <WitnessForm {...props} />
  return (
    <form method="post">
      <HiddenChange frame={frame} change={change} />
      <ButtonRow>
        {change.mayDecide && (
          <>
            <Button name="intent" value="confirmed" icon="done">
              {t('controls.confirm')}
            </Button>
            <Button name="intent" value="refused" tone="danger">
              {t('controls.refuse')}
            </Button>
          </>
        )}
        {change.mayWithdraw && (
          <Button name="intent" value="withdrawn" tone="secondary">
            {t('controls.withdraw')}
          </Button>
        )}
      </ButtonRow>
    </form>
  )
}

/** Bearing witness is confirmed with a second factor of its own; refusing is not. */
function WitnessForm(props: ListProps & { readonly change: OfficeChange }) {
  const t = useT()
  const { change, frame, factors } = props
  return (
    <>
      <p>{t('controls.witnessLead')}</p>
      <form method="post">
        <HiddenChange frame={frame} change={change} />
        <input type="hidden" name="community" value={frame.slug} />
        <FactorFields
          kinds={factors}
          script={factors.script}
          asks="witness"
          intent="confirmed"
          passkeyLabel={t('controls.witness')}
          error={errorOf(props.errors, FACTOR_FIELDS.code)}
        >
          <Button name="intent" value="confirmed" icon="done">
            {t('controls.witness')}
          </Button>
        </FactorFields>
      </form>
      <form method="post">
        <HiddenChange frame={frame} change={change} />
        <Button name="intent" value="refused" tone="danger">
          {t('controls.refuse')}
        </Button>
      </form>
    </>
  )
}

function ReviewForm(props: ListProps & { readonly change: OfficeChange }) {
  const t = useT()
  const { change } = props
  return (
    <form method="post">
      <HiddenChange frame={props.frame} change={change} />
      <RadioGroup
        name="outcome"
        id={`outcome-${change.changeId}`}
        label={t('controls.reviewTitle')}
        defaultValue="justified"
        choices={[
          { value: 'justified', label: t('controls.review.justified') },
          { value: 'disputed', label: t('controls.review.disputed') },
        ]}
      />
      <TextField
        name="note"
        id={`note-${change.changeId}`}
        label={t('controls.reviewNote')}
        hint={t('controls.reviewNoteHint')}
        maxLength={200}
        required
      />
      <div>
        <Button name="intent" value="review">
          {t('controls.reviewSave')}
        </Button>
      </div>
    </form>
  )
}
