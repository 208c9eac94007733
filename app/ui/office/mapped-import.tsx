/** The columns of a bank file between two people: proposed with a preview, confirmed or sent back by the other side, named afterwards. */
import type { BankImportReading } from '#ledger'
import { isRole } from '#people'
import { Button, ButtonRow } from '../button.tsx'
import { ChangeWords, type RuleNames } from '../control-rules.tsx'
import { type FieldError, Notice } from '../feedback.tsx'
import { TextField } from '../form.tsx'
import { MappedFigures } from '../mapped-file.tsx'
import { Card, Section } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'
import { HiddenChange, type OfficeChange } from './controls.tsx'
import { errorOf } from './import-list.tsx'
import { CsrfField, type OfficeFrame } from './office-page.tsx'

/** The change about an import's columns, and who is asked. */
export interface ImportChange extends OfficeChange {
  readonly note: string | null
  readonly asked: readonly { readonly name: string; readonly role: string }[]
}

interface Shared {
  readonly frame: OfficeFrame
  readonly errors: readonly FieldError[]
}

/** The uploader has seen what comes out and asks the other side. */
export function ProposeColumns(
  props: Shared & {
    readonly reading: BankImportReading
    readonly entered: Readonly<Record<string, string>>
  },
) {
  const t = useT()
  return (
    <Section title={t('columns.stepPropose')} lead={t('columns.stepProposeText')} id="columns">
      <MappedFigures of={props.reading} />
      <form method="post">
        <CsrfField frame={props.frame} />
        <TextField
          name="reason"
          label={t('columns.reason')}
          hint={t('columns.reasonHint')}
          maxLength={200}
          defaultValue={props.entered.reason}
          error={errorOf(props.errors, 'reason')}
          required
        />
        <ButtonRow>
          <Button name="intent" value="propose" icon="done">
            {t('columns.propose')}
          </Button>
          <Button name="intent" value="remap" tone="secondary" formNoValidate>
            {t('columns.remap')}
          </Button>
          <Button name="intent" value="discard" tone="secondary" formNoValidate>
            {t('office.discard')}
          </Button>
        </ButtonRow>
      </form>
    </Section>
  )
}

/** The columns wait: for whoever may decide the buttons, for everybody else who is asked. */
export function WaitingColumns(
  props: Shared & {
    readonly change: ImportChange
    readonly names: RuleNames
    readonly entered: Readonly<Record<string, string>>
  },
) {
  const t = useT()
  const { change } = props
  const asked = change.asked.map(
    ({ name, role }) => `${isRole(role) ? t(`community.role.${role}`) : ''} ${name}`,
  )
  const waits =
    asked.length === 0
      ? t('columns.waitsNobody')
      : t('columns.waitsText', { names: asked.join(t('columns.comma')) })
  return (
    <Section
      title={t(change.mayDecide ? 'columns.decideTitle' : 'columns.waitsTitle')}
      lead={change.mayDecide ? t('columns.decideText') : waits}
      id="columns"
    >
      <Card>
        <ChangeWords shown={change} names={props.names}>
          {change.mayDecide && <DecideColumns {...props} />}
          {change.mayWithdraw && (
            <form method="post">
              <HiddenChange frame={props.frame} change={change} />
              <Button name="intent" value="withdrawn" tone="secondary">
                {t('controls.withdraw')}
              </Button>
            </form>
          )}
        </ChangeWords>
      </Card>
    </Section>
  )
}

/** Agreeing and sending back are forms of their own: Enter in the note's field must not agree. */
function DecideColumns(
  props: Shared & { readonly change: ImportChange; readonly entered: Readonly<Record<string, string>> },
) {
  const t = useT()
  const error = errorOf(props.errors, 'note')
  return (
    <>
      <form method="post">
        <HiddenChange frame={props.frame} change={props.change} />
        <Button name="intent" value="confirmed" icon="done">
          {t('columns.agree')}
        </Button>
      </form>
      <details className="more" open={error !== undefined}>
        <summary>{t('columns.refuseMore')}</summary>
        <form method="post" className="more__body">
          <HiddenChange frame={props.frame} change={props.change} />
          <TextField
            name="note"
            label={t('columns.note')}
            hint={t('columns.noteHint')}
            maxLength={200}
            defaultValue={props.entered.note}
            error={error}
            required
          />
          <div>
            <Button name="intent" value="refused" tone="danger">
              {t('columns.refuse')}
            </Button>
          </div>
        </form>
      </details>
    </>
  )
}

/** Why the columns are chosen anew: the last proposal was sent back or taken back. */
export function ColumnsSentBack(props: { readonly change: ImportChange | null }) {
  const t = useT()
  const { change } = props
  if (change === null || (change.decision !== 'refused' && change.decision !== 'withdrawn')) return null
  const role = change.decidedRole !== null && isRole(change.decidedRole) ? change.decidedRole : null
  return change.decision === 'withdrawn' ? (
    <Notice title={t('columns.withdrawnTitle')} />
  ) : (
    <Notice tone="warning" title={t('columns.refusedTitle')}>
      <p>
        {t('columns.refusedText', {
          role: role === null ? '' : t(`community.role.${role}`),
          name: change.decidedBy ?? '',
          note: change.note ?? '',
        })}
      </p>
    </Notice>
  )
}

/** By whose columns a file is read, and the way back while nothing is stored. */
export function AgreedColumns(props: {
  readonly frame: OfficeFrame
  readonly change: ImportChange
  readonly names: RuleNames
  readonly mayRemap: boolean
}) {
  const t = useT()
  return (
    <details className="more">
      <summary>{t('columns.usedTitle')}</summary>
      <div className="more__body">
        <Card tone="quiet">
          <ChangeWords shown={props.change} names={props.names}>
            {props.mayRemap && (
              <form method="post">
                <CsrfField frame={props.frame} />
                <Button name="intent" value="remap" tone="secondary">
                  {t('columns.remap')}
                </Button>
              </form>
            )}
          </ChangeWords>
        </Card>
      </div>
    </details>
  )
}
