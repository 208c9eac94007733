/** Who speaks for a unit beside its owners: written proxies, representatives of co-owners, buyers during the window. */
import { Button } from '../button.tsx'
import { ErrorSummary, type FieldError } from '../feedback.tsx'
import { SelectField, TextField } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { CsrfField, type OfficeFrame } from '../office/office-page.tsx'
import { Section } from '../page-shell.tsx'
import { DataTable } from '../table.tsx'
import { KeepViewer, useT } from '../viewer.tsx'
import type { TextChoice } from './text-choice.ts'
import { PhotoField } from './unit-desk.tsx'

export type AgentKind = 'proxy' | 'representative' | 'transfer'

/** One registration, with names for officers. */
export interface AgentRow {
  readonly key: string
  readonly kind: 'proxy' | 'representative'
  readonly place: string
  /** The unit's owners, and who speaks for them. */
  readonly from: string
  readonly to: string
}

export interface AgentsView {
  readonly pollId: string
  readonly rows: readonly AgentRow[]
  readonly proxyLimit: number
  readonly units: readonly { readonly group: string; readonly choices: readonly TextChoice[] }[]
  /** The unit that was chosen, with the people who may be named for it; null until one is chosen. */
  readonly chosen: {
    readonly unitId: string
    readonly place: string
    readonly owners: readonly TextChoice[]
    readonly persons: readonly TextChoice[]
  } | null
}

export interface EnteredAgent {
  readonly kind: string
  readonly from: string
  /** A person of the register, or empty when the next two name somebody else. */
  readonly to: string
  readonly name: string
  readonly phone: string
}

export const NO_AGENT: EnteredAgent = { kind: '', from: '', to: '', name: '', phone: '' }

interface AgentsProps {
  readonly frame: OfficeFrame
  readonly view: AgentsView
  readonly entered: EnteredAgent
  readonly errors: readonly FieldError[]
  readonly documentLimit: string
}

/** The whole page below its heading: first choose the unit, then the three forms for it, then all registrations. */
export function Agents(props: AgentsProps) {
  const t = useT()
  const { view } = props
  return (
    <>
      <ErrorSummary errors={props.errors} />
      <Section title={t('desk.agentUnit')} lead={t('desk.agentUnitLead')}>
        <form method="get" className="finder">
          <KeepViewer />
          <SelectField
            name="unit"
            label={t('desk.unit')}
            prompt
            choices={view.units}
            defaultValue={view.chosen?.unitId}
            width="half"
          />
          <Button tone="secondary" icon="right">
            {t('desk.agentChoose')}
          </Button>
        </form>
      </Section>
      {view.chosen !== null && props.frame.may.proxy && <AgentForms {...props} chosen={view.chosen} />}
      <Section title={t('desk.agentsAll')}>
        <DataTable
          caption={t('desk.agentsAll')}
          captionHidden
          rows={view.rows}
          rowKey={row => row.key}
          empty={t('desk.agentsNone')}
          columns={[
            { key: 'place', label: t('desk.unit'), cell: row => row.place },
            { key: 'kind', label: t('desk.agentKind'), cell: row => t(`desk.agent.${row.kind}`) },
            { key: 'from', label: t('desk.agentFrom'), cell: row => row.from },
            { key: 'to', label: t('desk.agentTo'), cell: row => row.to },
          ]}
        />
      </Section>
    </>
  )
}

type Chosen = NonNullable<AgentsView['chosen']>

function AgentForms(props: AgentsProps & { readonly chosen: Chosen }) {
  const t = useT()
  const { chosen, entered, view } = props
  return (
    <Section title={t('desk.agentFor', { place: chosen.place })}>
      <details className="agent-form" open={entered.kind === '' || entered.kind === 'proxy'}>
        <summary>{t('desk.agent.proxy')}</summary>
        <p>{t('desk.proxyLead', { limit: view.proxyLimit })}</p>
        <AgentForm {...props} kind="proxy" from={null} to={chosen.persons} button={t('desk.proxySave')} />
      </details>
      {chosen.owners.length > 1 && (
        <details className="agent-form" open={entered.kind === 'representative'}>
          <summary>{t('desk.agent.representative')}</summary>
          <p>{t('desk.representativeLead')}</p>
          <AgentForm
            {...props}
            kind="representative"
            from={null}
            to={chosen.owners}
            button={t('desk.representativeSave')}
          />
        </details>
      )}
      <details className="agent-form" open={entered.kind === 'transfer'}>
        <summary>{t('desk.agent.transfer')}</summary>
        <p>{t('desk.transferLead')}</p>
        <AgentForm
          {...props}
          kind="transfer"
          from={chosen.owners}
          to={chosen.persons}
          button={t('desk.transferSave')}
        />
      </details>
    </Section>
  )
}

function AgentForm(
  props: AgentsProps & {
    readonly kind: AgentKind
    readonly from: readonly TextChoice[] | null
    readonly to: readonly TextChoice[]
    readonly button: string
    readonly chosen: Chosen
  },
) {
  const t = useT()
  const { kind, from, to, chosen } = props
  const isMine = props.entered.kind === kind
  const errors = isMine ? props.errors : []
  return (
    <form method="post" encType="multipart/form-data">
      <CsrfField frame={props.frame} />
      <input type="hidden" name="unit" value={chosen.unitId} />
      {from !== null && (
        <SelectField
          name="from"
          id={`${kind}-from`}
          label={t('desk.seller')}
          prompt
          choices={from}
          defaultValue={isMine ? props.entered.from : undefined}
          error={errorOf(errors, `${kind}-from`)}
          required
        />
      )}
      <SelectField
        name="to"
        id={`${kind}-to`}
        label={t(`desk.agentPerson.${kind}`)}
        hint={kind === 'representative' ? undefined : t('desk.personHint')}
        prompt
        choices={to}
        defaultValue={isMine ? props.entered.to : undefined}
        error={errorOf(errors, `${kind}-to`)}
        required={kind === 'representative'}
        optional={kind !== 'representative'}
      />
      {kind !== 'representative' && <NewPerson {...props} errors={errors} isMine={isMine} />}
      <PhotoField
        name="document"
        id={`${kind}-document`}
        label={t(`desk.document.${kind}`)}
        errors={errors}
        documentLimit={props.documentLimit}
        required
      />
      <div>
        <Button name="intent" value={kind} icon="done">
          {props.button}
        </Button>
      </div>
    </form>
  )
}

/** Somebody who is not on the register: name and telephone, both sealed. */
function NewPerson(props: {
  readonly kind: AgentKind
  readonly entered: EnteredAgent
  readonly errors: readonly FieldError[]
  readonly isMine: boolean
}) {
  const t = useT()
  const { kind, entered, errors, isMine } = props
  return (
    <div className="three-fields">
      <TextField
        name="name"
        id={`${kind}-name`}
        label={t('desk.newPersonName')}
        defaultValue={isMine ? entered.name : undefined}
        error={errorOf(errors, `${kind}-name`)}
        autoComplete="off"
        maxLength={60}
        width="short"
        optional
      />
      <TextField
        name="phone"
        id={`${kind}-phone`}
        label={t('desk.newPersonPhone')}
        defaultValue={isMine ? entered.phone : undefined}
        error={errorOf(errors, `${kind}-phone`)}
        type="tel"
        autoComplete="off"
        width="short"
        optional
      />
    </div>
  )
}
