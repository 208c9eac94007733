/** Who holds which office, what is being changed about it by whom, and the form to propose a change. Decides nothing. */
import type { CivilDate } from '#kernel'
import { type OfficeState, ROLES, type Role } from '#people'
import { Button, ButtonRow } from '../button.tsx'
import { EmptyState, type FieldError, Notice } from '../feedback.tsx'
import { CheckboxField, DateField, SelectField, TextField } from '../form.tsx'
import { Card, Section } from '../page-shell.tsx'
import { DateText, InstantText } from '../stamp.tsx'
import { StatePill } from '../state.tsx'
import { useT } from '../viewer.tsx'
import { errorOf } from './import-list.tsx'
import { CsrfField, type OfficeFrame } from './office-page.tsx'

export interface ChangeView {
  readonly changeId: string
  readonly kind: 'appoint' | 'end' | 'reset-factors'
  readonly role: Role
  readonly displayName: string
  readonly from: CivilDate | null
  readonly until: CivilDate | null
  readonly isDeputy: boolean
  readonly reason: string
  readonly proposedBy: string
  readonly proposedAt: Date
  readonly decision: 'confirmed' | 'refused' | 'withdrawn' | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly mayDecide: boolean
  readonly mayWithdraw: boolean
}

interface BoardProps {
  readonly frame: OfficeFrame
  readonly board: readonly OfficeState[]
  /** Offices whose changes the reader may propose. */
  readonly mayPropose: readonly Role[]
  readonly today: CivilDate
}

function TermText(props: { readonly from: CivilDate; readonly until: CivilDate | null }) {
  const t = useT()
  return (
    <>
      <DateText date={props.from} /> {t('officers.to')}{' '}
      {props.until === null ? t('officers.open') : <DateText date={props.until} />}
    </>
  )
}

/** Every office with its holder, the deputy, or since when it is empty. */
export function OfficeBoard(props: BoardProps) {
  const t = useT()
  return (
    <Section title={t('officers.boardTitle')} id="board">
      <ul className="office-board">
        {props.board.map(state => (
          <li className="office-board__office" key={state.role}>
            <h3>{t(`community.role.${state.role}`)}</h3>
            {state.isVacant && <Vacancy since={state.vacantSince} />}
            {state.holders.map(holder => (
              <Holder {...props} key={holder.userId} holder={holder} />
            ))}
            {state.coming.map(holder => (
              <p key={`${holder.userId} ${holder.from}`}>
                {holder.displayName}
                {t('officers.coming')} <TermText {...holder} />
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Vacancy(props: { readonly since: CivilDate | null }) {
  const t = useT()
  return (
    <p>
      <StatePill tone="attention" label={t('officers.vacant')} />{' '}
      {props.since === null ? (
        t('officers.neverFilled')
      ) : (
        <>
          {t('officers.since')} <DateText date={props.since} />
        </>
      )}
    </p>
  )
}

function Holder(props: BoardProps & { readonly holder: OfficeState['holders'][number] }) {
  const t = useT()
  const { holder } = props
  return (
    <div className="office-board__holder">
      <p>
        <strong>{holder.displayName}</strong>{' '}
        {holder.isDeputy && <StatePill tone="draft" label={t('officers.deputy')} />}
        <br />
        <TermText {...holder} />
      </p>
      {props.mayPropose.includes(holder.role) && (
        <details className="more">
          <summary>{t('officers.changeHolder', { name: holder.displayName })}</summary>
          <form method="post" className="more__body">
            <CsrfField frame={props.frame} />
            <input type="hidden" name="intent" value="propose" />
            <input type="hidden" name="role" value={holder.role} />
            <input type="hidden" name="user" value={holder.userId} />
            <DateField
              name="lastDay"
              id={`lastDay-${holder.role}-${holder.userId}`}
              label={t('officers.lastDay')}
              hint={t('officers.lastDayHint')}
              defaultValue={props.today}
            />
            <TextField
              name="reason"
              id={`reason-${holder.role}-${holder.userId}`}
              label={t('officers.reason')}
              maxLength={200}
              required
            />
            <ButtonRow>
              <Button name="kind" value="end" tone="danger">
                {t('officers.proposeEnd')}
              </Button>
              <Button name="kind" value="reset-factors" tone="secondary">
                {t('officers.proposeReset')}
              </Button>
            </ButtonRow>
          </form>
        </details>
      )}
    </div>
  )
}

/** What waits for a second person, and what was decided. */
export function ChangeList(props: { readonly frame: OfficeFrame; readonly changes: readonly ChangeView[] }) {
  const t = useT()
  const waiting = props.changes.filter(change => change.decision === null)
  const decided = props.changes.filter(change => change.decision !== null)
  return (
    <Section title={t('officers.changesTitle')} lead={t('officers.changesLead')} id="changes">
      {waiting.length === 0 && <EmptyState title={t('officers.noneWaiting')} />}
      {waiting.map(change => (
        <Card key={change.changeId}>
          <ChangeText change={change} />
          <ChangeButtons frame={props.frame} change={change} />
        </Card>
      ))}
      {decided.length > 0 && (
        <details className="more">
          <summary>{t('officers.decidedTitle', { count: decided.length })}</summary>
          <div className="more__body">
            {decided.map(change => (
              <Card tone="quiet" key={change.changeId}>
                <ChangeText change={change} />
              </Card>
            ))}
          </div>
        </details>
      )}
    </Section>
  )
}

function ChangeText(props: { readonly change: ChangeView }) {
  const t = useT()
  const { change } = props
  const role = t(`community.role.${change.role}`)
  return (
    <>
      <p>
        <strong>{t(`officers.kind.${change.kind}`, { name: change.displayName, role })}</strong>
        {change.isDeputy && (
          <>
            {' '}
            <StatePill tone="draft" label={t('officers.deputy')} />
          </>
        )}
      </p>
      <p>
        {change.from !== null && <TermText from={change.from} until={change.until} />}
        {change.from === null && change.until !== null && (
          <>
            {t('officers.lastDay')} <DateText date={change.until} />
          </>
        )}
      </p>
      <p>{t('officers.because', { reason: change.reason })}</p>
      <p className="note">
        {t('officers.proposedBy', { name: change.proposedBy })} <InstantText at={change.proposedAt} />
        {change.decision !== null && change.decidedAt !== null && (
          <>
            {' · '}
            {t(`officers.decision.${change.decision}`, { name: change.decidedBy ?? '' })}{' '}
            <InstantText at={change.decidedAt} />
          </>
        )}
      </p>
    </>
  )
}

function ChangeButtons(props: { readonly frame: OfficeFrame; readonly change: ChangeView }) {
  const t = useT()
  const { change } = props
  if (!change.mayDecide && !change.mayWithdraw) return <p>{t('officers.notYours')}</p>
  return (
    <form method="post">
      <CsrfField frame={props.frame} />
      <input type="hidden" name="change" value={change.changeId} />
      <ButtonRow>
        {change.mayDecide && (
          <>
            <Button name="intent" value="confirmed" icon="done">
              {t('officers.confirm')}
            </Button>
            <Button name="intent" value="refused" tone="danger">
              {t('officers.refuse')}
            </Button>
          </>
        )}
        {change.mayWithdraw && (
          <Button name="intent" value="withdrawn" tone="secondary">
            {t('officers.withdraw')}
          </Button>
        )}
      </ButtonRow>
    </form>
  )
}

interface AppointProps {
  readonly frame: OfficeFrame
  readonly mayPropose: readonly Role[]
  readonly today: CivilDate
  readonly entered: Readonly<Record<string, string>>
  readonly errors: readonly FieldError[]
}

function TermFields({ today, entered, errors }: AppointProps) {
  const t = useT()
  return (
    <>
      <DateField
        name="from"
        label={t('officers.from')}
        defaultValue={entered.from ?? today}
        error={errorOf(errors, 'from')}
        required
      />
      <DateField
        name="until"
        label={t('officers.until')}
        hint={t('officers.untilHint')}
        defaultValue={entered.until}
        error={errorOf(errors, 'until')}
        optional
      />
    </>
  )
}

/** Proposes somebody for an office. */
export function AppointForm(props: AppointProps) {
  const t = useT()
  const { entered, errors } = props
  const roles = ROLES.filter(role => role !== 'owner' && props.mayPropose.includes(role))
  return (
    <Section title={t('officers.appointTitle')} lead={t('officers.appointLead')} id="appoint">
      <form method="post">
        <CsrfField frame={props.frame} />
        <input type="hidden" name="intent" value="propose" />
        <SelectField
          name="role"
          label={t('officers.office')}
          prompt
          required
          choices={roles.map(role => ({ value: role, label: t(`community.role.${role}`) }))}
          defaultValue={entered.role}
          width="half"
        />
        <TextField
          name="name"
          label={t('officers.name')}
          maxLength={60}
          width="half"
          required
          defaultValue={entered.name}
          error={errorOf(errors, 'name')}
        />
        <TermFields {...props} />
        <CheckboxField
          name="deputy"
          label={t('officers.asDeputy')}
          defaultChecked={entered.deputy === 'yes'}
        />
        <TextField
          name="reason"
          label={t('officers.reason')}
          hint={t('officers.reasonHint')}
          maxLength={200}
          required
          defaultValue={entered.reason}
          error={errorOf(errors, 'reason')}
        />
        <div>
          <Button name="kind" value="appoint">
            {t('officers.propose')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

/** The invitation of somebody whose appointment was confirmed: shown to the second person, this once. */
export function InvitationOnce(props: { readonly address: string }) {
  const t = useT()
  return (
    <Notice tone="success" title={t('officers.invitedTitle')} live="status">
      <p>{t('officers.invitedText')}</p>
      <p>
        <code className="typed-secret">{props.address}</code>
      </p>
    </Notice>
  )
}
