/** Buttons and links that look like buttons. One primary per page; dangerous ones say what they do. */
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { Anchor } from './viewer.tsx'

export type ButtonTone = 'primary' | 'secondary' | 'danger' | 'quiet'

interface Looks {
  readonly children: ReactNode
  readonly tone?: ButtonTone
  readonly icon?: IconName
}

/** Submits its form; `name` and `value` tell several buttons of one form apart. */
export function Button(
  props: Looks & {
    readonly name?: string
    readonly value?: string
    readonly type?: 'submit' | 'button'
    readonly form?: string
    readonly formAction?: string
    readonly formNoValidate?: boolean
    readonly disabled?: boolean
    readonly id?: string
  },
) {
  const { children, tone = 'primary', icon, type = 'submit', ...rest } = props
  return (
    <button className="button" data-tone={tone} type={type} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

/** Leads to another page; keeps language and mode. */
export function LinkButton(props: Looks & { readonly href: string; readonly download?: boolean }) {
  return (
    <Anchor
      className="button"
      data-tone={props.tone ?? 'secondary'}
      href={props.href}
      download={props.download}
    >
      {props.icon && <Icon name={props.icon} />}
      {props.children}
    </Anchor>
  )
}

/** Buttons side by side; under each other on a phone. */
export function ButtonRow(props: { readonly children: ReactNode }) {
  return <div className="button-row">{props.children}</div>
}

/** The three big buttons of the elder edition (or of any start page). */
export function BigActions(props: {
  readonly label: string
  readonly actions: readonly {
    readonly href: string
    readonly icon: IconName
    readonly label: string
    readonly hint?: string
  }[]
}) {
  return (
    <nav className="big-actions" aria-label={props.label}>
      {props.actions.map(action => (
        <Anchor className="big-action" href={action.href} key={action.href}>
          <Icon name={action.icon} />
          <span className="big-action__words">
            <span className="big-action__label">{action.label}</span>
            {action.hint && <span className="big-action__hint">{action.hint}</span>}
          </span>
          <Icon name="next" className="big-action__arrow" />
        </Anchor>
      ))}
    </nav>
  )
}
