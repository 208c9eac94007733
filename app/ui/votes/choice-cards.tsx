/** The answers to one question as large cards to touch: one of them, whole card sensitive, no script. Nothing is chosen beforehand. */
import type { ReactNode } from 'react'
import { useT } from '../viewer.tsx'

export interface ChoiceCard {
  readonly value: string
  readonly label: string
  readonly hint?: ReactNode
  /** Colour only beside the word: agreeing, opposing, abstaining, or a plan. */
  readonly tone: 'for' | 'against' | 'abstain' | 'plan'
}

/** A question's answers. The first box carries the name as its id, so that an error summary leads to it. */
export function ChoiceCards(props: {
  readonly name: string
  readonly legend: ReactNode
  readonly hint?: ReactNode
  readonly choices: readonly ChoiceCard[]
  readonly chosen?: string
  readonly error?: string
}) {
  const t = useT()
  const { name } = props
  return (
    <fieldset
      className="choice-cards"
      data-invalid={props.error ? true : undefined}
      aria-describedby={props.error ? `${name}-error` : undefined}
    >
      <legend className="choice-cards__legend">{props.legend}</legend>
      {props.hint && <p className="field__hint">{props.hint}</p>}
      {props.error && (
        <p className="field__error" id={`${name}-error`}>
          <span className="visually-hidden">{t('ui.errorPrefix')}</span>
          {props.error}
        </p>
      )}
      {props.choices.map((choice, index) => {
        const id = index === 0 ? name : `${name}-${index + 1}`
        return (
          <div className="choice-card" data-tone={choice.tone} key={choice.value}>
            <input
              className="choice-card__box"
              type="radio"
              id={id}
              name={name}
              value={choice.value}
              required
              defaultChecked={props.chosen === choice.value}
              aria-describedby={choice.hint ? `${id}-hint` : undefined}
            />
            <label className="choice-card__label" htmlFor={id}>
              <span className="choice-card__word">{choice.label}</span>
              {choice.hint && (
                <span className="choice-card__hint" id={`${id}-hint`}>
                  {choice.hint}
                </span>
              )}
            </label>
          </div>
        )
      })}
    </fieldset>
  )
}
