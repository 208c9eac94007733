/** Signals of a payment in words with their answers, and who kept out of it: the same for officers and for the public. */
import type { ReactNode } from 'react'
import type { Translate } from '#i18n'
import type { SignalKind } from '#ledger'
import { isRole } from '#people'
import { InstantText } from './stamp.tsx'
import { StatePill } from './state.tsx'
import { useT } from './viewer.tsx'

export interface ShownSignal {
  readonly kind: SignalKind
  readonly others: readonly string[]
  readonly answer: {
    readonly text: string
    readonly by: string | null
    readonly role: string
    readonly at: Date
  } | null
}

/** Whoever kept out: the office and the ground, never a name. */
export interface ShownRecusal {
  readonly role: string
  readonly kind: 'declared' | 'phone' | 'bank-account' | 'legal-person'
}

/** A signal in words. */
export function signalText(signal: Pick<ShownSignal, 'kind' | 'others'>, t: Translate): string {
  switch (signal.kind) {
    case 'round-sum':
    case 'new-payee':
    case 'weekend':
    case 'hasty':
    case 'price':
      return t(`signals.kind.${signal.kind}`)
    default:
      return t(`signals.kind.${signal.kind}`, { others: signal.others.join(t('office.listJoin')) })
  }
}

/** Signals one below the other; `children` gives what stands under one that nobody answered. */
export function SignalList(props: {
  readonly signals: readonly ShownSignal[]
  /** While it is a draft nobody can have answered. */
  readonly isDraft?: boolean
  readonly children?: (signal: ShownSignal) => ReactNode
}) {
  const t = useT()
  return (
    <ul className="plain-list">
      {props.signals.map(signal => (
        <li key={signal.kind}>
          <p>
            {signalText(signal, t)}{' '}
            {signal.answer === null && props.isDraft !== true && (
              <StatePill tone="attention" label={t('signals.unanswered')} />
            )}
          </p>
          {signal.answer !== null && <Answer answer={signal.answer} />}
          {signal.answer === null && props.children?.(signal)}
        </li>
      ))}
    </ul>
  )
}

function Answer({ answer }: { readonly answer: NonNullable<ShownSignal['answer']> }) {
  const t = useT()
  const role = isRole(answer.role) ? t(`community.role.${answer.role}`) : answer.role
  return (
    <>
      <p>{t('signals.answer', { text: answer.text })}</p>
      <p className="note">
        {t('signals.answeredBy', { role, name: answer.by ?? '' })} <InstantText at={answer.at} />
      </p>
    </>
  )
}

/** Who kept out of a payment. */
export function RecusalList(props: { readonly recusals: readonly ShownRecusal[] }) {
  const t = useT()
  const words = props.recusals.map(({ role, kind }) =>
    t(`signals.recusal.${kind}`, { role: isRole(role) ? t(`community.role.${role}`) : role }),
  )
  return (
    <ul>
      {[...new Set(words)].map(text => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  )
}
