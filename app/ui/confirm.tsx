/**
 * Asks a person to confirm something that the program cannot decide, such as a bank file whose stated totals are off. It shows both
 * numbers and the difference, says what will happen, and needs a tick: never a lone button.
 */
import type { ReactNode } from 'react'
import { Button, ButtonRow, LinkButton } from './button.tsx'
import { CheckboxField } from './form.tsx'
import { Icon } from './icon.tsx'
import { useT } from './viewer.tsx'

export interface ComparedFigure {
  readonly label: string
  readonly ours: ReactNode
  readonly theirs: ReactNode
  /** Absent when both are equal. */
  readonly difference?: ReactNode
}

/** The fields of the panel belong to a form that the page wraps around it; the tick travels as `name=yes`. */
export function ConfirmPanel(props: {
  readonly title: string
  readonly children?: ReactNode
  readonly figures: readonly ComparedFigure[]
  readonly oursLabel?: string
  readonly theirsLabel?: string
  /** Fields that belong to the decision, such as its reason: between the figures and the tick. */
  readonly fields?: ReactNode
  readonly name: string
  readonly tick: ReactNode
  readonly error?: string
  readonly confirm: string
  readonly cancel: { readonly label: string; readonly href: string }
}) {
  const t = useT()
  const ours = props.oursLabel ?? t('ui.confirmOurs')
  const theirs = props.theirsLabel ?? t('ui.confirmTheirs')
  return (
    <section className="confirm" aria-labelledby={`${props.name}-title`}>
      <h2 className="confirm__title" id={`${props.name}-title`}>
        <Icon name="attention" />
        {props.title}
      </h2>
      {props.children}
      <dl className="confirm__figures">
        {props.figures.map(figure => (
          <div className="confirm__figure" key={figure.label} data-same={figure.difference === undefined}>
            <dt>{figure.label}</dt>
            <dd>
              <span className="confirm__side">{theirs}</span> {figure.theirs}
            </dd>
            <dd>
              <span className="confirm__side">{ours}</span> {figure.ours}
            </dd>
            <dd className="confirm__difference">
              {figure.difference === undefined ? (
                <>
                  <Icon name="done" />
                  {t('ui.confirmSame')}
                </>
              ) : (
                <>
                  <span className="confirm__side">{t('ui.confirmDifference')}</span> {figure.difference}
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {props.fields}
      <CheckboxField name={props.name} label={props.tick} error={props.error} required />
      <ButtonRow>
        <Button tone="danger">{props.confirm}</Button>
        <LinkButton href={props.cancel.href}>{props.cancel.label}</LinkButton>
      </ButtonRow>
    </section>
  )
}
