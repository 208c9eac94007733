/** The manual column mapping of a roll whose header nobody knows: a person says what each column is, once per header. */
import { ROLL_ROLES, type RollRole, UNIT_KINDS, type UnitKind } from '#people'
import { Button, ButtonRow } from '../button.tsx'
import { ErrorSummary, type FieldError } from '../feedback.tsx'
import { SelectField } from '../form.tsx'
import { Section } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'
import { CsrfField, type OfficeFrame } from './office-page.tsx'

/** Roles that a person may give: a list of owners on another sheet is found by its words only. */
export const MAPPABLE_ROLL_ROLES = ROLL_ROLES.filter(role => role !== 'ownerKey')

export interface RollMappingView {
  readonly headerRow: number
  readonly roles: readonly (RollRole | '')[]
  readonly kind: UnitKind
}

/** The whole screen. */
export function RollMappingForm(props: {
  readonly frame: OfficeFrame
  readonly head: readonly (readonly string[])[]
  readonly view: RollMappingView
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  return (
    <form method="post">
      <ErrorSummary errors={props.errors} />
      <CsrfField frame={props.frame} />
      <Section title={t('roll.mapTitle')} lead={t('roll.mapLead')}>
        <RollMappingTable head={props.head} view={props.view} />
      </Section>
      <SelectField
        name="kind"
        label={t('roll.mapKind')}
        defaultValue={props.view.kind}
        choices={UNIT_KINDS.map(kind => ({ value: kind, label: t(`roll.kind.${kind}`) }))}
      />
      <ButtonRow>
        <Button name="intent" value="map" icon="done">
          {t('roll.mapSave')}
        </Button>
        <Button name="intent" value="discard" tone="secondary" formNoValidate>
          {t('roll.discard')}
        </Button>
      </ButtonRow>
    </form>
  )
}

function RollMappingTable(props: {
  readonly head: readonly (readonly string[])[]
  readonly view: RollMappingView
}) {
  const t = useT()
  const { head, view } = props
  return (
    // A wide table scrolls inside its frame; its own controls take the keyboard there.
    <section className="mapping" aria-label={t('roll.mapTitle')}>
      <table className="mapping__table">
        <thead>
          <tr>
            <th scope="col">{t('roll.mapHeader')}</th>
            {view.roles.map((role, column) => (
              <th scope="col" key={String(column)}>
                <label className="mapping__label" htmlFor={`role-${column}`}>
                  {t('roll.mapColumn', { column: column + 1 })}
                </label>
                <select className="input" id={`role-${column}`} name={`role-${column}`} defaultValue={role}>
                  <option value="">{t('roll.mapNone')}</option>
                  {MAPPABLE_ROLL_ROLES.map(each => (
                    <option key={each} value={each}>
                      {t(`roll.role.${each}`)}
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
                <span>{t('roll.mapNoHeader')}</span>
              </label>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  )
}
