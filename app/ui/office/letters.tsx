/** Invitation letters as officers see them: print, choose the proof, batches, who has which letter, codes that wait for a second person. */
import type { CivilDate } from '#kernel'
import { CLAIM_PROOFS, type ClaimProof, CODE_REASONS, type CodeReason } from '#people'
import { Button, ButtonRow, LinkButton } from '../button.tsx'
import { Notice, Progress, RefreshNotice } from '../feedback.tsx'
import { CheckboxField, DateField, SelectField, TextField } from '../form.tsx'
import { Card, Section } from '../page-shell.tsx'
import { DateText, InstantText } from '../stamp.tsx'
import { StatePill } from '../state.tsx'
import { DataTable } from '../table.tsx'
import { useT } from '../viewer.tsx'
import { CsrfField, type OfficeFrame, officePath } from './office-page.tsx'

interface Framed {
  readonly frame: OfficeFrame
}

export interface LetterBatchView {
  readonly batchId: string
  readonly building: string
  readonly requestedAt: Date
  readonly requestedBy: string
  readonly letters: number
  readonly handed: number
  readonly hasFile: boolean
  readonly isMade: boolean
  readonly fetchedAt: Date | null
  readonly job: {
    readonly state: 'waiting' | 'running' | 'done' | 'failed'
    readonly progressDone: number
    readonly progressTotal: number
    readonly outcome: string | null
  } | null
}

export interface BuildingChoice {
  readonly building: string
  readonly units: number
  readonly joined: number
}

/** Asks for the letters of a building or of all. */
export function PrintLettersForm(
  props: Framed & {
    readonly buildings: readonly BuildingChoice[]
    readonly longestHelp: number
    /** Shown once the officer was told that codes are out. */
    readonly mayReplace: boolean
    readonly entered: { readonly building: string; readonly help: string }
  },
) {
  const t = useT()
  return (
    <Section title={t('letters.printTitle')} lead={t('letters.printLead')} id="print">
      <Card>
        <form method="post">
          <CsrfField frame={props.frame} />
          <SelectField
            name="building"
            label={t('letters.building')}
            defaultValue={props.entered.building}
            choices={[
              { value: '', label: t('letters.all') },
              ...props.buildings.map(({ building }) => ({ value: building, label: building })),
            ]}
          />
          <TextField
            name="help"
            label={t('letters.helpAt')}
            hint={t('letters.helpAtHint')}
            maxLength={props.longestHelp}
            defaultValue={props.entered.help}
          />
          {props.mayReplace && (
            <CheckboxField name="replaces" label={t('letters.replaces')} hint={t('letters.replacesHint')} />
          )}
          <Button name="intent" value="print" icon="statement">
            {t('letters.print')}
          </Button>
        </form>
      </Card>
    </Section>
  )
}

/** What is asked beside a code. */
export function ProofForm(props: Framed & { readonly proof: ClaimProof }) {
  const t = useT()
  return (
    <Section title={t('letters.proofTitle')} lead={t('letters.proofLead')} id="proof">
      <Card tone="quiet">
        <form method="post">
          <CsrfField frame={props.frame} />
          <SelectField
            name="proof"
            label={t('letters.proof')}
            defaultValue={props.proof}
            choices={CLAIM_PROOFS.map(proof => ({ value: proof, label: t(`letters.proof.${proof}`) }))}
          />
          <Button name="intent" value="proof" tone="secondary">
            {t('letters.proofSave')}
          </Button>
        </form>
      </Card>
    </Section>
  )
}

const batchPath = (frame: OfficeFrame, batchId: string) => officePath(frame.slug, 'letters', batchId)

/** How far a batch is: being made, failed, or how many were handed over. */
function BatchState(props: { readonly batch: LetterBatchView }) {
  const t = useT()
  const { batch } = props
  if (batch.isMade) {
    const { handed, letters } = batch
    const label = t('letters.progressText', { handed: String(handed), letters: String(letters) })
    return <StatePill tone={handed === letters ? 'done' : 'waiting'} label={label} />
  }
  if (batch.job?.state === 'failed') {
    return <StatePill tone="stopped" label={t('letters.failed', { code: batch.job.outcome ?? '' })} />
  }
  return <StatePill tone="draft" label={t('letters.making')} />
}

/** Batches, newest first. */
export function LetterBatches(props: Framed & { readonly batches: readonly LetterBatchView[] }) {
  const t = useT()
  return (
    <Section title={t('letters.batches')} id="batches">
      <DataTable
        caption={t('letters.batches')}
        captionHidden
        rows={props.batches}
        rowKey={row => row.batchId}
        rowHref={row => batchPath(props.frame, row.batchId)}
        empty={t('letters.noBatches')}
        columns={[
          {
            key: 'which',
            label: t('letters.building'),
            card: 'title',
            cell: row => row.building || t('letters.all'),
          },
          {
            key: 'when',
            label: t('letters.requestedAt'),
            type: 'date',
            cell: row => <InstantText at={row.requestedAt} />,
          },
          { key: 'who', label: t('letters.requestedBy'), cell: row => row.requestedBy },
          { key: 'state', label: t('letters.progress'), cell: row => <BatchState batch={row} /> },
        ]}
      />
    </Section>
  )
}

/** How many households of each building have joined. */
export function JoinedTable(props: { readonly buildings: readonly BuildingChoice[] }) {
  const t = useT()
  return (
    <Section title={t('letters.buildings')} id="joined">
      <DataTable
        caption={t('letters.buildings')}
        captionHidden
        phone="keep"
        rows={props.buildings}
        rowKey={row => row.building}
        columns={[
          { key: 'building', label: t('roll.building'), cell: row => row.building },
          { key: 'units', label: t('letters.units'), type: 'number', cell: row => row.units },
          { key: 'joined', label: t('letters.joined'), type: 'number', cell: row => row.joined },
        ]}
      />
    </Section>
  )
}

/** The file of a batch: being made, to be fetched, or gone. */
export function LetterFile(
  props: Framed & { readonly batch: LetterBatchView; readonly refreshSeconds: number },
) {
  const t = useT()
  const { batch, frame } = props
  if (!batch.isMade) {
    if (batch.job?.state === 'failed') {
      return <Notice tone="danger" title={t('letters.failed', { code: batch.job.outcome ?? '' })} />
    }
    const { progressDone: done = 0, progressTotal: total = 0 } = batch.job ?? {}
    return (
      <>
        <Progress
          label={t('letters.making')}
          {...(total > 0 ? { done, total } : {})}
          detail={t('letters.makingDetail')}
        />
        <RefreshNotice seconds={props.refreshSeconds} />
      </>
    )
  }
  if (!batch.hasFile) return <Notice tone="info" title={t('letters.fileGone')} />
  return (
    <Notice tone="warning" title={t('letters.fetchHint')}>
      {batch.fetchedAt !== null && (
        <p>
          {t('letters.fetchedAt')} <InstantText at={batch.fetchedAt} />
        </p>
      )}
      {frame.may.printLetters && (
        <form method="post" action={`${batchPath(frame, batch.batchId)}/letters.pdf`}>
          <CsrfField frame={frame} />
          <Button icon="download">{t('letters.fetch')}</Button>
        </form>
      )}
    </Notice>
  )
}

export interface LetterRowView {
  readonly unitId: string
  readonly codes: number
  readonly handedAt: Date | null
  readonly handedBy: string | null
  readonly isJoined: boolean
}

/** The letters of a batch, each with the tick that says it was handed over. */
export function LetterTable(props: Framed & { readonly letters: readonly LetterRowView[] }) {
  const t = useT()
  return (
    <Section title={t('letters.handed')} lead={t('letters.handLead')} id="letters">
      <form method="post">
        <CsrfField frame={props.frame} />
        <DataTable
          caption={t('letters.handed')}
          captionHidden
          rows={props.letters}
          rowKey={row => row.unitId}
          columns={[
            { key: 'unit', label: t('letters.unit'), card: 'title', cell: row => row.unitId },
            { key: 'codes', label: t('letters.codes'), type: 'number', cell: row => row.codes },
            {
              key: 'joined',
              label: t('letters.joined'),
              cell: row => t(row.isJoined ? 'letters.joinedYes' : 'letters.joinedNo'),
            },
            { key: 'handed', label: t('letters.handed'), card: 'plain', cell: row => <Handed row={row} /> },
          ]}
        />
        <ButtonRow>
          <Button name="intent" value="hand-over">
            {t('letters.hand')}
          </Button>
        </ButtonRow>
      </form>
    </Section>
  )
}

function Handed(props: { readonly row: LetterRowView }) {
  const t = useT()
  const { unitId, handedAt, handedBy } = props.row
  if (handedAt !== null) {
    return (
      <>
        {handedBy} <InstantText at={handedAt} />
      </>
    )
  }
  return (
    <label className="pick">
      <input type="checkbox" name="unit" value={unitId} /> {t('letters.handPick', { unit: unitId })}
    </label>
  )
}

export interface WaitingCodeView {
  readonly requestId: string
  readonly kind: 'owner' | 'tenant'
  readonly unitId: string
  readonly until: CivilDate | null
  readonly reason: CodeReason
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly isOwn: boolean
}

/** Requests for a code that wait for a second person. */
export function WaitingCodes(props: Framed & { readonly requests: readonly WaitingCodeView[] }) {
  const t = useT()
  return (
    <Section title={t('letters.waitingTitle')} lead={t('letters.waitingLead')} id="waiting">
      {props.requests.length === 0 && <p>{t('letters.waitingNone')}</p>}
      {props.requests.map(request => (
        <Card key={request.requestId}>
          <h3>
            {t('letters.waitingFor', {
              unit: request.unitId,
              kind: t(`letters.kind.${request.kind}`),
              reason: t(`letters.reason.${request.reason}`),
            })}
          </h3>
          <p>
            {t('letters.waitingBy', { who: request.requestedBy })} <InstantText at={request.requestedAt} />
          </p>
          {request.until !== null && (
            <p>
              {t('letters.askTenantUntil')} <DateText date={request.until} />
            </p>
          )}
          <form method="post">
            <CsrfField frame={props.frame} />
            <input type="hidden" name="request" value={request.requestId} />
            <ButtonRow>
              {request.isOwn ? (
                <span>{t('letters.ownWaiting')}</span>
              ) : (
                <Button name="intent" value="confirm-code">
                  {t('letters.confirmCode')}
                </Button>
              )}
              <Button name="intent" value="refuse-code" tone="secondary">
                {t('letters.refuseCode')}
              </Button>
            </ButtonRow>
          </form>
        </Card>
      ))}
    </Section>
  )
}

/** Asks for a new code for an owner of the unit, as the first of two. */
export function AskCodeForm(
  props: Framed & { readonly owners: readonly { readonly personId: string; readonly name: string | null }[] },
) {
  const t = useT()
  const reasons = CODE_REASONS.filter(reason => reason !== 'tenancy')
  return (
    <Section title={t('letters.askTitle')} lead={t('letters.askLead')} id="ask-code">
      {props.owners.map(({ personId, name }) => (
        <Card key={personId}>
          <form method="post">
            <CsrfField frame={props.frame} />
            <input type="hidden" name="person" value={personId} />
            <SelectField
              name="reason"
              id={`reason-${personId}`}
              label={t('letters.askReason')}
              width="half"
              choices={reasons.map(reason => ({ value: reason, label: t(`letters.reason.${reason}`) }))}
            />
            <Button name="intent" value="ask-code" tone="secondary" icon="person">
              {t('letters.askFor', { name: name ?? t('roll.erased') })}
            </Button>
          </form>
        </Card>
      ))}
    </Section>
  )
}

/** Asks for a code for a tenant of the unit, as the first of two. */
export function AskTenantForm(props: Framed & { readonly today: string }) {
  const t = useT()
  return (
    <Section title={t('letters.askTenantTitle')} lead={t('letters.askTenantLead')} id="ask-tenant">
      <Card tone="quiet">
        <form method="post">
          <CsrfField frame={props.frame} />
          <DateField name="until" label={t('letters.askTenantUntil')} min={props.today} required />
          <Button name="intent" value="ask-tenant" tone="secondary">
            {t('letters.askTenant')}
          </Button>
        </form>
      </Card>
    </Section>
  )
}

/** The way to the letters' page from the register. */
export function LettersLink(props: Framed) {
  const t = useT()
  return (
    <LinkButton href={officePath(props.frame.slug, 'letters')} icon="statement">
      {t('letters.link')}
    </LinkButton>
  )
}
