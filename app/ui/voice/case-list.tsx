/** Cases under each other as cards: what, where it stands, since when. Who asked is in none of them. */
import type { ReactNode } from 'react'
import type { CaseView, SupervisionOrder } from '#voice'
import { Card } from '../page-shell.tsx'
import { DateText, InstantText } from '../stamp.tsx'
import { StatePill } from '../state.tsx'
import { Anchor, useT, useViewer } from '../viewer.tsx'
import { CaseState, caseTitle, type SubjectNames, subjectText } from './words.tsx'

const SHOWN_LETTERS = 80

/** The beginning of a text, for a list. */
function startOf(text: string): string {
  const letters = [...text]
  return letters.length <= SHOWN_LETTERS ? text : `${letters.slice(0, SHOWN_LETTERS).join('')}…`
}

/** A list of cases; `below` is the address before a case's identifier. */
export function CaseList(props: {
  readonly cases: readonly CaseView[]
  readonly names: SubjectNames
  readonly below: string
  /** Instead of a list without rows. */
  readonly empty: ReactNode
  /** What follows the identifier, such as `/own`. */
  readonly after?: string
}) {
  const { cases, names, below, after = '' } = props
  const t = useT()
  const { lang } = useViewer()
  if (cases.length === 0) return <p>{props.empty}</p>
  return (
    <ul className="case-list">
      {cases.map(view => (
        <li key={view.caseId}>
          <Card>
            <h3 className="case__title">
              <Anchor href={`${below}/${view.caseId}${after}`}>{caseTitle(view, names, t, lang)}</Anchor>
            </h3>
            <p className="quote">{view.text === null ? t('voice.textErased') : startOf(view.text)}</p>
            <p>
              <CaseState view={view} />
            </p>
            <p className="case__facts">
              <span>{t(`voice.kind.${view.kind}`)}</span>
              <InstantText at={view.openedAt} />
              {view.supports > 0 && (
                <span>
                  {t('voice.supports')} {t('voice.supportsCount', { count: view.supports })}
                </span>
              )}
              {view.stars !== null && <span>{t('voice.stars', { count: view.stars })}</span>}
            </p>
          </Card>
        </li>
      ))}
    </ul>
  )
}

/** Supervision orders with their answers. */
export function OrderList(props: {
  readonly orders: readonly SupervisionOrder[]
  readonly names: SubjectNames
  readonly below: string
}) {
  const t = useT()
  const { lang } = useViewer()
  if (props.orders.length === 0) return <p>{t('voice.ordersNone')}</p>
  return (
    <ul className="case-list">
      {props.orders.map(order => (
        <li key={`${order.caseId} ${order.orderedAt.getTime()}`}>
          <Card>
            <h3 className="case__title">
              <Anchor href={`${props.below}/${order.caseId}`}>
                {subjectText(order.subject, props.names, t, lang)}
              </Anchor>
            </h3>
            <p className="quote">{order.text ?? t('voice.textErased')}</p>
            <p>
              <OrderState order={order} />
            </p>
            {order.answer !== null && (
              <p className="quote">
                <strong>{t('voice.act.report')}</strong> {order.answer}
              </p>
            )}
          </Card>
        </li>
      ))}
    </ul>
  )
}

function OrderState({ order }: { readonly order: SupervisionOrder }) {
  const t = useT()
  const state = order.isSettled ? 'settled' : order.answeredAt === null ? 'ordered' : 'reported'
  return (
    <>
      <StatePill
        tone={order.isSettled ? 'done' : order.isOverdue ? 'attention' : 'waiting'}
        label={order.isOverdue ? t('voice.overdue') : t(`voice.state.${state}`)}
        next={state === 'ordered' ? t(`voice.seat.${order.seat}`) : undefined}
      />{' '}
      {order.dueOn !== null && !order.isSettled && (
        <strong>
          <DateText date={order.dueOn} />
        </strong>
      )}
    </>
  )
}
