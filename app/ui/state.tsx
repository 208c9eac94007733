/** Where a thing stands and whose turn it is. */
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { useT } from './viewer.tsx'

/** The tone is shown by shape and words as well as by colour. */
export type StateTone = 'done' | 'waiting' | 'attention' | 'stopped' | 'draft'

const ICONS: Record<StateTone, IconName> = {
  done: 'done',
  waiting: 'waiting',
  attention: 'attention',
  stopped: 'stopped',
  draft: 'draft',
}

/** A state with the one who acts next: `<StatePill tone="waiting" label="待放行" next="业委会" />`. */
export function StatePill(props: {
  readonly tone: StateTone
  readonly label: ReactNode
  /** Who has to act now; absent when nobody has to. */
  readonly next?: string
}) {
  const t = useT()
  return (
    <span className="state" data-tone={props.tone}>
      <span className="state__pill">
        <Icon name={ICONS[props.tone]} />
        {props.label}
      </span>
      {props.next && <span className="state__next">{t('ui.stateNext', { who: props.next })}</span>}
    </span>
  )
}
