/** Who decides: the whole community, or the owners of some buildings and entrances, each with the units and the area it makes. */
import { areaText, countText } from '#i18n'
import type { AreaCentiM2 } from '#kernel'
import type { FieldError } from '../feedback.tsx'
import { RadioGroup } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { Section } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'

/** A building or an entrance on today's register. */
export interface ScopePart {
  /** What the form sends. */
  readonly value: string
  readonly name: string
  readonly units: number
  readonly area: AreaCentiM2
}

export interface ScopeBuilding extends ScopePart {
  readonly entrances: readonly ScopePart[]
}

export interface EnteredScope {
  readonly kind: 'all' | 'part'
  readonly buildings: readonly string[]
  readonly entrances: readonly string[]
}

/** The choice, and a tick per building and entrance. Ticks count only for a part. */
export function ScopeFields(props: {
  readonly entered: EnteredScope
  readonly buildings: readonly ScopeBuilding[]
  readonly whole: { readonly units: number; readonly area: AreaCentiM2 }
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { entered, buildings, whole, errors } = props
  return (
    <Section title={t('officePolls.scope')} lead={t('officePolls.scopeLead')} id="scope-section">
      <RadioGroup
        name="scope"
        label={t('officePolls.scopeWho')}
        defaultValue={entered.kind}
        error={errorOf(errors, 'scope')}
        choices={[
          { value: 'all', label: t('officePolls.scopeAll'), hint: useSize()(whole) },
          { value: 'part', label: t('officePolls.scopePart'), hint: t('officePolls.scopePartHint') },
        ]}
      />
      <details className="more" open={entered.kind === 'part'}>
        <summary>{t('officePolls.scopeChoose')}</summary>
        <div className="more__body">
          {buildings.map(building => (
            <BuildingTicks key={building.value} building={building} entered={entered} />
          ))}
        </div>
      </details>
    </Section>
  )
}

function useSize(): (part: Pick<ScopePart, 'units' | 'area'>) => string {
  const t = useT()
  return part => t('officePolls.scopeSize', { units: countText(part.units), area: areaText(part.area) })
}

function BuildingTicks(props: { readonly building: ScopeBuilding; readonly entered: EnteredScope }) {
  const t = useT()
  const size = useSize()
  const { building, entered } = props
  return (
    <fieldset className="scope-building">
      <legend>{building.name}</legend>
      <label className="pick">
        <input
          type="checkbox"
          name="building"
          value={building.value}
          defaultChecked={entered.buildings.includes(building.value)}
        />
        <span>
          {t('officePolls.scopeWholeBuilding')} <span className="choice__hint">{size(building)}</span>
        </span>
      </label>
      {building.entrances.length > 1 &&
        building.entrances.map(entrance => (
          <label className="pick" key={entrance.value}>
            <input
              type="checkbox"
              name="entrance"
              value={entrance.value}
              defaultChecked={entered.entrances.includes(entrance.value)}
            />
            <span>
              {entrance.name} <span className="choice__hint">{size(entrance)}</span>
            </span>
          </label>
        ))}
    </fieldset>
  )
}
