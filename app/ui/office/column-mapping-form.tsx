/** The manual column mapping (手工对应列) for a file whose header nobody knows: a person says what each column is, once per bank. */
import type { ColumnMapping } from '#ledger'
import { Button, ButtonRow } from '../button.tsx'
import { ErrorSummary, type FieldError } from '../feedback.tsx'
import { CheckboxField, RadioGroup, TextField } from '../form.tsx'
import {
  AMOUNT_STYLES,
  type AmountStyle,
  amountStyleOf,
  MAPPABLE_ROLES,
  type MappableRole,
} from '../mapped-file.tsx'
import { Section } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'
import { errorOf } from './import-list.tsx'
import { CsrfField, type OfficeFrame } from './office-page.tsx'

/** The form's values, by column and as a whole. */
export interface MappingView {
  readonly headerRow: number
  readonly roles: readonly (MappableRole | '')[]
  readonly amounts: AmountStyle
  readonly wordsIn: string
  readonly wordsOut: string
  readonly dayFirst: boolean
}

/** A mapping as the form shows it: what the file's contents suggest. */
export function mappingView(mapping: ColumnMapping | null, width: number): MappingView {
  const columns = mapping?.columns
  const roleOf = (column: number): MappableRole | '' =>
    MAPPABLE_ROLES.find(role => {
      const value = columns?.[role]
      return Array.isArray(value) ? value.includes(column) : value === column
    }) ?? ''
  return {
    headerRow: mapping?.headerRow ?? 0,
    roles: Array.from({ length: width }, (_, column) => roleOf(column)),
    amounts: amountStyleOf(columns),
    wordsIn: (mapping?.directionWords.in ?? []).join(' '),
    wordsOut: (mapping?.directionWords.out ?? []).join(' '),
    dayFirst: mapping?.dayFirst ?? false,
  }
}

/** The whole screen. */
export function ColumnMappingForm(props: {
  readonly frame: OfficeFrame
  readonly head: readonly (readonly string[])[]
  readonly view: MappingView
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { view, errors } = props
  return (
    <form method="post">
      <ErrorSummary errors={errors} />
      <CsrfField frame={props.frame} />
      <Section title={t('office.mapColumns')} lead={t('office.mapColumnsLead')}>
        <MappingTable head={props.head} view={view} />
      </Section>
      <RadioGroup
        name="amounts"
        label={t('office.mapAmounts')}
        defaultValue={view.amounts}
        error={errorOf(errors, 'amounts')}
        choices={AMOUNT_STYLES.map(style => ({
          value: style,
          label: t(`office.mapAmounts.${style}`),
          hint: t(`office.mapAmountsHint.${style}`),
        }))}
      />
      <details className="more" open={view.amounts === 'direction'}>
        <summary>{t('office.mapWords')}</summary>
        <div className="more__body">
          <TextField
            name="wordsIn"
            label={t('office.mapWordsIn')}
            hint={t('office.mapWordsHint')}
            defaultValue={view.wordsIn}
          />
          <TextField
            name="wordsOut"
            label={t('office.mapWordsOut')}
            hint={t('office.mapWordsHint')}
            defaultValue={view.wordsOut}
          />
        </div>
      </details>
      <CheckboxField name="dayFirst" label={t('office.mapDayFirst')} defaultChecked={view.dayFirst} />
      <ButtonRow>
        <Button name="intent" value="map" icon="done">
          {t('office.mapSave')}
        </Button>
        <Button name="intent" value="discard" tone="secondary" formNoValidate>
          {t('office.discard')}
        </Button>
      </ButtonRow>
    </form>
  )
}

function MappingTable(props: { readonly head: readonly (readonly string[])[]; readonly view: MappingView }) {
  const t = useT()
  const { head, view } = props
  return (
    // A wide table scrolls inside its frame; its own controls take the keyboard there.
    <section className="mapping" aria-label={t('office.mapColumns')}>
      <table className="mapping__table">
        <thead>
          <tr>
            <th scope="col">{t('office.mapHeader')}</th>
            {view.roles.map((role, column) => (
              <th scope="col" key={String(column)}>
                <label className="mapping__label" htmlFor={`role-${column}`}>
                  {t('office.mapColumn', { column: column + 1 })}
                </label>
                <select className="input" id={`role-${column}`} name={`role-${column}`} defaultValue={role}>
                  <option value="">{t('office.mapNone')}</option>
                  {MAPPABLE_ROLES.map(each => (
                    <option key={each} value={each}>
                      {t(`office.mapRole.${each}`)}
                    </option>
                  ))}
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {head.map((cells, row) => (
            <tr key={String(row)}>
              <td>
                <label className="mapping__row">
                  <input type="radio" name="headerRow" value={row} defaultChecked={view.headerRow === row} />
                  <span>{row + 1}</span>
                </label>
              </td>
              {view.roles.map((_, column) => (
                <td key={String(column)}>{cells[column] ?? ''}</td>
              ))}
            </tr>
          ))}
          <tr>
            <td colSpan={view.roles.length + 1}>
              <label className="mapping__row">
                <input type="radio" name="headerRow" value={-1} defaultChecked={view.headerRow === -1} />
                <span>{t('office.mapNoHeader')}</span>
              </label>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  )
}
