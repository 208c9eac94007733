/** The officers' desk of points: what waits for a second person, the forms that propose, and the partners. Decides nothing. */
import type { ReactNode } from 'react'
import type { CivilDate } from '#kernel'
import { LONGEST_ACTIVITY, LONGEST_PARTNER, type PointRequest } from '#ledger'
import type { Role } from '#people'
import { Button, ButtonRow } from '../button.tsx'
import type { FieldError } from '../feedback.tsx'
import { DateField, SelectField, TextField } from '../form.tsx'
import { Card, Section } from '../page-shell.tsx'
import { InstantText } from '../stamp.tsx'
import { StatePill } from '../state.tsx'
import { useT } from '../viewer.tsx'

interface ShownRequest {
  readonly requestId: string
  readonly request: PointRequest
  readonly contentDigest: string
  readonly proposedBy: string | null
  readonly proposedOffice: Role
  readonly proposedAt: Date
  readonly decision: 'confirmed' | 'refused' | 'withdrawn' | null
  readonly decidedBy: string | null
  readonly decidedOffice: Role | null
  readonly mayDecide: boolean
  readonly mayWithdraw: boolean
}

interface Partner {
  readonly partnerId: string
  readonly name: string
}

/** What was entered and refused, by field. */
export type EnteredPoints = Readonly<Record<string, string>>

interface DeskProps {
  readonly today: CivilDate
  readonly pool: bigint
  readonly partners: readonly Partner[]
  readonly requests: readonly ShownRequest[]
  readonly token: ReactNode
  readonly entered: EnteredPoints
  readonly errors: readonly FieldError[]
}

/** The whole desk. */
export function PointDesk(props: DeskProps) {
  const t = useT()
  const { requests } = props
  const waiting = requests.filter(each => each.decision === null)
  const decided = requests.filter(each => each.decision !== null)
  return (
    <>
      <Section title={t('points.deskWaiting')} id="waiting">
        <Requests {...props} requests={waiting} />
      </Section>
      <Section title={t('points.deskGrant')} id="grant">
        <ProposalForm {...props} kind="grant" />
      </Section>
      <Section
        title={t('points.deskSpend')}
        lead={t('points.deskSpendLead', { points: props.pool })}
        id="spend"
      >
        {props.partners.length === 0 ? (
          <p>{t('points.partnersNone')}</p>
        ) : (
          <ProposalForm {...props} kind="spend" />
        )}
      </Section>
      <Section title={t('points.deskPartners')} id="partners">
        <Partners {...props} />
      </Section>
      <Section title={t('points.deskDecided')} id="decided">
        <Requests {...props} requests={decided} />
      </Section>
    </>
  )
}

function Requests({ requests, partners, token }: DeskProps) {
  const t = useT()
  if (requests.length === 0) return <p>{t('points.deskNone')}</p>
  const titleOf = ({ move, points }: PointRequest) => {
    if (move.kind === 'grant') return t('points.requestGrant', { home: move.home, points })
    const partner = partners.find(each => each.partnerId === move.partnerId)?.name ?? ''
    return t('points.requestSpend', { points, partner })
  }
  return (
    <ul className="case-list">
      {requests.map(each => (
        <li key={each.requestId}>
          <Card>
            <h3 className="case__title">{titleOf(each.request)}</h3>
            <p className="quote">{each.request.activity}</p>
            <p>
              <Decision of={each} />
            </p>
            <p className="case__facts">
              <span>
                {t('points.requestBy', {
                  office: t(`community.role.${each.proposedOffice}`),
                  name: each.proposedBy ?? '',
                })}
              </span>
              <InstantText at={each.proposedAt} />
            </p>
            {(each.mayDecide || each.mayWithdraw) && (
              <form method="post">
                {token}
                <input type="hidden" name="request" value={each.requestId} />
                <input type="hidden" name="seen" value={each.contentDigest} />
                <ButtonRow>
                  {each.mayDecide && (
                    <>
                      <Button name="intent" value="confirmed">
                        {t('points.confirm')}
                      </Button>
                      <Button name="intent" value="refused" tone="secondary">
                        {t('points.refuse')}
                      </Button>
                    </>
                  )}
                  {each.mayWithdraw && (
                    <Button name="intent" value="withdrawn" tone="secondary">
                      {t('points.withdraw')}
                    </Button>
                  )}
                </ButtonRow>
              </form>
            )}
          </Card>
        </li>
      ))}
    </ul>
  )
}

function Decision({ of }: { readonly of: ShownRequest }) {
  const t = useT()
  if (of.decision === null) return <StatePill tone="waiting" label={t('points.waiting')} />
  const office = of.decidedOffice === null ? '' : t(`community.role.${of.decidedOffice}`)
  return (
    <>
      <StatePill
        tone={of.decision === 'confirmed' ? 'done' : 'stopped'}
        label={t(`points.decision.${of.decision}`)}
      />{' '}
      {t('points.requestDecided', { office, name: of.decidedBy ?? '' })}
    </>
  )
}

function ProposalForm(props: DeskProps & { readonly kind: 'grant' | 'spend' }) {
  const t = useT()
  const { kind, today } = props
  const entered = props.entered.intent === kind ? props.entered : {}
  const errorOf = (field: string) => props.errors.find(error => error.field === `${kind}-${field}`)?.message
  const id = (field: string) => `${kind}-${field}`
  return (
    <form method="post">
      {props.token}
      <ForWhom {...props} entered={entered} errorOf={errorOf} />
      <TextField
        name="points"
        id={id('points')}
        label={t('points.howMany')}
        hint={t('points.howManyHint')}
        inputMode="numeric"
        autoComplete="off"
        width="short"
        maxLength={5}
        defaultValue={entered.points}
        error={errorOf('points')}
        required
      />
      <TextField
        name="activity"
        id={id('activity')}
        label={t(kind === 'grant' ? 'points.deskActivity' : 'points.deskPurpose')}
        maxLength={LONGEST_ACTIVITY}
        autoComplete="off"
        defaultValue={entered.activity}
        error={errorOf('activity')}
        required
      />
      <DateField
        name="on"
        id={id('on')}
        label={t('points.deskOn')}
        max={today}
        defaultValue={entered.on ?? today}
        error={errorOf('on')}
        required
      />
      <Button name="intent" value={kind}>
        {t('points.deskPropose')}
      </Button>
    </form>
  )
}

/** Which home gets them, or at which partner they are spent. */
function ForWhom(props: {
  readonly kind: 'grant' | 'spend'
  readonly partners: readonly Partner[]
  readonly entered: EnteredPoints
  readonly errorOf: (field: string) => string | undefined
}) {
  const t = useT()
  const { kind, entered, errorOf } = props
  return kind === 'grant' ? (
    <TextField
      name="home"
      id="grant-home"
      label={t('points.deskHome')}
      hint={t('points.deskHomeHint')}
      autoComplete="off"
      width="half"
      defaultValue={entered.home}
      error={errorOf('home')}
      required
    />
  ) : (
    <SelectField
      name="partner"
      id="spend-partner"
      label={t('points.whichPartner')}
      choices={props.partners.map(({ partnerId, name }) => ({ value: partnerId, label: name }))}
      defaultValue={entered.partner}
      error={errorOf('partner')}
      required
    />
  )
}

function Partners({ partners, token, entered, errors }: DeskProps) {
  const t = useT()
  const isEntered = entered.intent === 'partner'
  return (
    <>
      {partners.length === 0 && <p>{t('points.partnersNone')}</p>}
      {partners.map(({ partnerId, name }) => (
        <Card key={partnerId}>
          <h3 className="case__title">{name}</h3>
          <form method="post">
            {token}
            <input type="hidden" name="partner" value={partnerId} />
            <Button name="intent" value="end" tone="secondary">
              {t('points.deskPartnerEnd', { name })}
            </Button>
          </form>
        </Card>
      ))}
      <form method="post">
        {token}
        <TextField
          name="name"
          id="partner-name"
          label={t('points.deskPartnerName')}
          hint={t('points.deskPartnerHint')}
          maxLength={LONGEST_PARTNER}
          autoComplete="off"
          defaultValue={isEntered ? entered.name : undefined}
          error={errors.find(error => error.field === 'partner-name')?.message}
          required
        />
        <Button name="intent" value="partner">
          {t('points.deskPartnerAdd')}
        </Button>
      </form>
    </>
  )
}
