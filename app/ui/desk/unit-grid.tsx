/** The counter's desk: a unit is found by building, entrance and number with a finger, never by typing. Colours with words. */
import { countText } from '#i18n'
import { Button } from '../button.tsx'
import { TextField } from '../form.tsx'
import { Icon, type IconName } from '../icon.tsx'
import { type OfficeFrame, officePath } from '../office/office-page.tsx'
import { Section } from '../page-shell.tsx'
import { Anchor, KeepViewer, useT } from '../viewer.tsx'

/** Where a unit's ballot is. `received` lies at the desk and is not counted yet; nothing here says what was chosen. */
export const DESK_STATES = ['not-delivered', 'delivered', 'received', 'refused', 'voted'] as const
export type DeskState = (typeof DESK_STATES)[number]

export interface DeskUnit {
  readonly unitId: string
  readonly building: string
  readonly entrance: string
  readonly number: string
  readonly state: DeskState
}

export const DESK_ICONS: Readonly<Record<DeskState, IconName>> = {
  'not-delivered': 'stopped',
  delivered: 'statement',
  received: 'waiting',
  refused: 'attention',
  voted: 'done',
}

/** Where a person stands in the desk: a building, and an entrance of it. */
export interface DeskPlace {
  readonly building: string | null
  readonly entrance: string | null
}

interface GridProps {
  readonly frame: OfficeFrame
  readonly pollId: string
  readonly units: readonly DeskUnit[]
  readonly place: DeskPlace
}

/** The finder, the legend with counts, and buildings, entrances or numbers, whichever is next. */
export function UnitGrid(props: GridProps & { readonly notFound: string | null }) {
  const t = useT()
  const { units, place } = props
  const here = units.filter(
    unit =>
      (place.building === null || unit.building === place.building) &&
      (place.entrance === null || unit.entrance === place.entrance),
  )
  return (
    <>
      <PaperFinder {...props} />
      <Legend units={here} />
      {place.building === null && (
        <Section title={t('desk.chooseBuilding')}>
          <Tiles {...props} names={distinct(units.map(unit => unit.building))} step="building" />
        </Section>
      )}
      {place.building !== null && place.entrance === null && (
        <Section title={t('desk.chooseEntrance', { building: place.building })}>
          <Tiles {...props} names={distinct(here.map(unit => unit.entrance))} step="entrance" />
        </Section>
      )}
      {place.building !== null && place.entrance !== null && <Numbers {...props} units={here} />}
    </>
  )
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}

/** A number or what a reader of QR codes types. */
function PaperFinder(props: GridProps & { readonly notFound: string | null }) {
  const t = useT()
  return (
    <form method="get" className="finder">
      <KeepViewer />
      <TextField
        name="find"
        label={t('desk.find')}
        hint={t('desk.findHint')}
        width="half"
        autoComplete="off"
        error={props.notFound === null ? undefined : t('desk.notFound', { text: props.notFound })}
      />
      <Button tone="secondary" icon="right">
        {t('desk.findButton')}
      </Button>
    </form>
  )
}

function Legend(props: { readonly units: readonly DeskUnit[] }) {
  const t = useT()
  return (
    <dl className="desk-legend" aria-label={t('desk.legend')}>
      {DESK_STATES.map(state => (
        <div key={state} data-state={state}>
          <dt>
            <Icon name={DESK_ICONS[state]} />
            {t(`desk.state.${state}`)}
          </dt>
          <dd>{countText(props.units.filter(unit => unit.state === state).length)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Tiles(
  props: GridProps & { readonly names: readonly string[]; readonly step: 'building' | 'entrance' },
) {
  const t = useT()
  const { units, place, step, frame, pollId } = props
  const inside = place.building === null ? units : units.filter(unit => unit.building === place.building)
  return (
    <ul className="desk-tiles">
      {props.names.map(name => {
        const part = inside.filter(unit => unit[step] === name)
        const query = new URLSearchParams(
          place.building === null ? { building: name } : { building: place.building, entrance: name },
        )
        return (
          <li key={name}>
            <Anchor
              className="desk-tile"
              href={`${officePath(frame.slug, 'polls', pollId, 'desk')}?${query}`}
            >
              <span className="desk-tile__name">{name === '' ? t('desk.noEntrance') : name}</span>
              <span className="desk-tile__note">
                {t('desk.tileNote', {
                  voted: countText(part.filter(unit => unit.state === 'voted').length),
                  units: countText(part.length),
                })}
              </span>
            </Anchor>
          </li>
        )
      })}
    </ul>
  )
}

function Numbers(props: GridProps) {
  const t = useT()
  const { frame, pollId, units, place } = props
  const at = officePath(frame.slug, 'polls', pollId, 'desk')
  return (
    <Section
      title={t('desk.chooseNumber', { place: `${place.building ?? ''}${place.entrance ?? ''}` })}
      actions={
        <Anchor href={`${at}?${new URLSearchParams({ building: place.building ?? '' })}`}>
          {t('desk.otherEntrance')}
        </Anchor>
      }
    >
      <ul className="unit-tiles">
        {units.map(unit => (
          <li key={unit.unitId}>
            <Anchor
              className="unit-tile"
              data-state={unit.state}
              href={`${at}/${encodeURIComponent(unit.unitId)}`}
            >
              <span className="unit-tile__number">{unit.number}</span>
              <span className="unit-tile__state">
                <Icon name={DESK_ICONS[unit.state]} />
                {t(`desk.state.${unit.state}`)}
              </span>
            </Anchor>
          </li>
        ))}
      </ul>
    </Section>
  )
}
