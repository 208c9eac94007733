/** Turnout for officers: how far both gates are, and the units that have not voted, to remind them. Never who chose what. */
import { countText } from '#i18n'
import { Button, LinkButton } from '../button.tsx'
import { EmptyState, ErrorSummary, type FieldError } from '../feedback.tsx'
import { CsrfField, type OfficeFrame, officePath } from '../office/office-page.tsx'
import { Section } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'
import type { DeskUnit } from './unit-grid.tsx'

export interface TurnoutListView {
  readonly pollId: string
  /** Units in scope that have no ballot, in the order of their addresses. */
  readonly silent: readonly DeskUnit[]
}

/** The units that have not voted, by building and entrance; made to be printed and carried from door to door. */
export function SilentUnits(props: { readonly frame: OfficeFrame; readonly view: TurnoutListView }) {
  const t = useT()
  const { view, frame } = props
  const places = new Map<string, DeskUnit[]>()
  for (const unit of view.silent) {
    const place = `${unit.building} ${unit.entrance}`
    places.set(place, [...(places.get(place) ?? []), unit])
  }
  return (
    <Section
      title={t('desk.silent', { count: countText(view.silent.length) })}
      lead={t('desk.silentLead')}
      id="silent"
    >
      {view.silent.length === 0 && <EmptyState title={t('desk.silentNone')} />}
      {[...places].map(([place, units]) => (
        <section className="silent-place" key={place}>
          <h3>{place}</h3>
          <ul>
            {units.map(unit => (
              <li key={unit.unitId}>
                <span className="silent-place__box" aria-hidden="true" />
                {unit.number}
                {unit.state === 'not-delivered' && <small> {t('desk.state.not-delivered')}</small>}
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p className="no-print">
        <LinkButton href={officePath(frame.slug, 'polls', view.pollId)} icon="previous">
          {t('officePolls.backToPoll')}
        </LinkButton>
      </p>
    </Section>
  )
}

/** One button that reminds the owners of units without a ballot, and nobody else. */
export function RemindForm(props: { readonly frame: OfficeFrame; readonly errors: readonly FieldError[] }) {
  const t = useT()
  return (
    <form method="post" className="no-print">
      <ErrorSummary errors={props.errors} />
      <CsrfField frame={props.frame} />
      <p>{t('desk.remindText')}</p>
      <div>
        <Button tone="secondary">{t('desk.remind')}</Button>
      </div>
    </form>
  )
}
