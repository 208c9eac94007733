/** What a roll would do to the register: counts, the questions only a person can answer, what changes from what to what, the confirmation. */
import { areaText, type Translate } from '#i18n'
import type { CivilDate } from '#kernel'
import type { ChangedField, ComparedRow, RegisteredUnit, RollRow, UnitFacts } from '#people'
import { Button, ButtonRow } from '../button.tsx'
import { type FieldError, Notice } from '../feedback.tsx'
import { KeyFigures } from '../figures.tsx'
import { CheckboxField, RadioGroup, TextField } from '../form.tsx'
import { Section } from '../page-shell.tsx'
import { DateText } from '../stamp.tsx'
import { DataTable } from '../table.tsx'
import { Sentence, useT } from '../viewer.tsx'
import { errorOf } from './import-list.tsx'
import { CsrfField, type OfficeFrame } from './office-page.tsx'

/** A question about people of one name: who the last of them is. */
export interface AskedMember {
  readonly field: string
  readonly name: string
  readonly unit: string
  /** Earlier people of that name, by the value of the choice. */
  readonly others: readonly { readonly value: string; readonly units: string }[]
  readonly answer: string
}

export interface RollPreviewView {
  readonly counts: { readonly new: number; readonly changed: number; readonly unchanged: number }
  readonly missingCount: number
  readonly changed: readonly ComparedRow[]
  readonly fresh: readonly ComparedRow[]
  readonly missing: readonly RegisteredUnit[]
  /** Of persons and tokens of new persons. */
  readonly names: Map<string, string>
  readonly asked: readonly AskedMember[]
  readonly stockCount: number
  readonly developerName: string
  readonly removesMissing: boolean
  readonly openCount: number
  readonly digest: string
  readonly effectiveOn: CivilDate
}

/** Verdicts by number. */
export function RollCounts(props: { readonly view: RollPreviewView }) {
  const t = useT()
  const { counts, missingCount } = props.view
  return (
    <KeyFigures
      label={t('roll.figures')}
      figures={[
        { label: t('roll.countFresh'), value: counts.new },
        { label: t('roll.countChanged'), value: counts.changed },
        { label: t('roll.countUnchanged'), value: counts.unchanged },
        { label: t('roll.countMissing'), value: missingCount },
      ]}
    />
  )
}

/** What only a person can tell. Nothing when there is nothing to ask. */
export function RollSettleForm(props: {
  readonly frame: OfficeFrame
  readonly view: RollPreviewView
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { view, errors } = props
  if (view.asked.length === 0 && view.stockCount === 0 && view.missingCount === 0) return null
  return (
    <Section title={t('roll.settleTitle')} lead={t('roll.settleLead')}>
      <form method="post">
        <CsrfField frame={props.frame} />
        {view.asked.map(({ field, name, unit, others, answer }) => (
          <RadioGroup
            key={field}
            name={field}
            label={t('roll.sameAsk', { name, unit })}
            hint={t('roll.sameHint')}
            defaultValue={answer}
            choices={[
              ...others.map(({ value, units }) => ({ value, label: t('roll.sameOf', { units, name }) })),
              { value: 'new', label: t('roll.sameNew') },
            ]}
          />
        ))}
        {view.stockCount > 0 && (
          <TextField
            name="developerName"
            label={t('roll.developerName')}
            hint={t('roll.developerHint', { count: view.stockCount })}
            maxLength={60}
            defaultValue={view.developerName}
            error={errorOf(errors, 'developerName')}
          />
        )}
        {view.missingCount > 0 && (
          <CheckboxField
            name="removesMissing"
            label={t('roll.removeMissing', { count: view.missingCount })}
            hint={t('roll.removeMissingHint')}
            defaultChecked={view.removesMissing}
          />
        )}
        <ButtonRow>
          <Button name="intent" value="settle" tone={view.openCount > 0 ? 'primary' : 'secondary'}>
            {t('roll.settle')}
          </Button>
        </ButtonRow>
      </form>
    </Section>
  )
}

/** The button that stores, or what is still open. */
export function RollConfirmForm(props: { readonly frame: OfficeFrame; readonly view: RollPreviewView }) {
  const t = useT()
  const { view } = props
  if (view.openCount > 0) {
    return <Notice tone="warning" title={t('roll.openTitle', { count: view.openCount })} />
  }
  return (
    <form method="post" className="decision">
      <CsrfField frame={props.frame} />
      <input type="hidden" name="seen" value={view.digest} />
      <p>
        <Sentence text="roll.confirmLead" values={{ date: <DateText date={view.effectiveOn} /> }} />
      </p>
      <ButtonRow>
        <Button name="intent" value="confirm" icon="done">
          {t('roll.confirm')}
        </Button>
        <Button name="intent" value="discard" tone="secondary">
          {t('roll.discard')}
        </Button>
      </ButtonRow>
    </form>
  )
}

function factText(t: Translate, field: ChangedField, facts: UnitFacts, names: ReadonlyMap<string, string>) {
  switch (field) {
    case 'area':
      return areaText(facts.areaCentiM2)
    case 'areaSource':
      return t(`roll.areaSource.${facts.areaSource}`)
    case 'kind':
      return t(`roll.kind.${facts.kind}`)
    case 'status':
      return t(`roll.status.${facts.status}`)
    case 'owners':
      return facts.owners.length === 0
        ? t('roll.nobody')
        : facts.owners.map(owner => names.get(owner) ?? t('roll.erased')).join('、')
  }
}

function shownLead(t: Translate, shown: number, total: number): string | undefined {
  return total > shown ? t('roll.shownOf', { total, shown }) : undefined
}

/** Units that change, each difference from what to what. */
export function ChangedUnits(props: { readonly view: RollPreviewView }) {
  const t = useT()
  const { changed, counts, names } = props.view
  if (changed.length === 0) return null
  return (
    <Section title={t('roll.changedTitle')} lead={shownLead(t, changed.length, counts.changed)}>
      <DataTable
        caption={t('roll.changedTitle')}
        captionHidden
        rows={changed}
        rowKey={each => each.row.unitId}
        columns={[
          { key: 'unit', label: t('roll.unit'), cell: each => each.row.unitId },
          {
            key: 'change',
            label: t('roll.change'),
            card: 'plain',
            cell: each => (
              <ul className="plain-list">
                {each.changed.map(field => (
                  <li key={field}>
                    {t('roll.changeText', {
                      field: t(`roll.field.${field}`),
                      before: factText(t, field, each.before!, names),
                      after: factText(t, field, each.after, names),
                    })}
                  </li>
                ))}
              </ul>
            ),
          },
          { key: 'line', label: t('roll.fileLine'), type: 'number', cell: each => each.row.line },
        ]}
      />
    </Section>
  )
}

/** Units that come in. */
export function FreshUnits(props: { readonly view: RollPreviewView }) {
  const t = useT()
  const { fresh, counts } = props.view
  if (fresh.length === 0) return null
  const ownersOf = (row: RollRow) =>
    row.owners.length === 0 ? t('roll.nobody') : row.owners.map(owner => owner.name).join('、')
  return (
    <Section title={t('roll.freshTitle')} lead={shownLead(t, fresh.length, counts.new)}>
      <DataTable
        caption={t('roll.freshTitle')}
        captionHidden
        dense
        rows={fresh}
        rowKey={each => each.row.unitId}
        columns={[
          { key: 'unit', label: t('roll.unit'), cell: each => each.row.unitId },
          {
            key: 'area',
            label: t('roll.unitArea'),
            type: 'number',
            card: 'amount',
            cell: each => areaText(each.row.areaCentiM2),
          },
          { key: 'owners', label: t('roll.owners'), cell: each => ownersOf(each.row) },
          { key: 'kind', label: t('roll.kind'), cell: each => t(`roll.kind.${each.row.kind}`) },
          { key: 'status', label: t('roll.status'), cell: each => t(`roll.status.${each.row.status}`) },
          { key: 'line', label: t('roll.fileLine'), type: 'number', cell: each => each.row.line },
        ]}
      />
    </Section>
  )
}

/** Units of the register that the file does not have. */
export function MissingUnits(props: { readonly view: RollPreviewView }) {
  const t = useT()
  const { missing, missingCount } = props.view
  if (missing.length === 0) return null
  return (
    <Section title={t('roll.missingTitle')} lead={shownLead(t, missing.length, missingCount)}>
      <DataTable
        caption={t('roll.missingTitle')}
        captionHidden
        phone="keep"
        rows={missing}
        rowKey={unit => unit.unitId}
        columns={[
          { key: 'unit', label: t('roll.unit'), cell: unit => unit.unitId },
          {
            key: 'area',
            label: t('roll.unitArea'),
            type: 'number',
            cell: unit => areaText(unit.areaCentiM2),
          },
        ]}
      />
    </Section>
  )
}
