/** What the page tells its reader: notices, error summary, progress, and the states in which there is nothing to show. */
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { Anchor, usePagePath, useT } from './viewer.tsx'

export type NoticeTone = 'info' | 'success' | 'warning' | 'danger'

const NOTICE_ICONS: Record<NoticeTone, IconName> = {
  info: 'note',
  success: 'done',
  warning: 'attention',
  danger: 'stopped',
}

/** A box that says something important; the tone is also said in a word. `role` is alert only for what just went wrong. */
export function Notice(props: {
  readonly tone?: NoticeTone
  readonly title?: ReactNode
  readonly children?: ReactNode
  /** `status` announces politely, `alert` at once; leave away for standing text. */
  readonly live?: 'status' | 'alert'
}) {
  const t = useT()
  const tone = props.tone ?? 'info'
  const words = {
    info: t('ui.noticeInfo'),
    success: t('ui.noticeSuccess'),
    warning: t('ui.noticeWarning'),
    danger: t('ui.noticeDanger'),
  }
  return (
    <div className="notice" data-tone={tone} role={props.live}>
      <Icon name={NOTICE_ICONS[tone]} />
      <div className="notice__body">
        <p className="notice__title">
          <span className="visually-hidden">{words[tone]} </span>
          {props.title ?? words[tone]}
        </p>
        {props.children && <div className="notice__text">{props.children}</div>}
      </div>
    </div>
  )
}

export interface FieldError {
  /** The `name` (or `id`) of the field; absent for what concerns the whole form. */
  readonly field?: string
  readonly message: string
}

/** All that has to be corrected, at the top of the form, each a link to its field. Takes the focus when the page opens. */
export function ErrorSummary(props: { readonly errors: readonly FieldError[]; readonly title?: string }) {
  const t = useT()
  if (props.errors.length === 0) return null
  return (
    <div className="error-summary" role="alert" tabIndex={-1} id="errors" aria-labelledby="errors-title">
      <h2 id="errors-title">{props.title ?? t('ui.errorSummaryTitle', { count: props.errors.length })}</h2>
      <ul>
        {props.errors.map(error => (
          <li key={`${error.field ?? ''} ${error.message}`}>
            {error.field ? <a href={`#${error.field}`}>{error.message}</a> : error.message}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** How far a job is. Without `total` it is under way for an unknown time. */
export function Progress(props: {
  readonly label: string
  readonly done?: number
  readonly total?: number
  /** Words such as 第 3 个文件. */
  readonly detail?: ReactNode
}) {
  const t = useT()
  const known = props.done !== undefined && props.total !== undefined
  return (
    <div className="progress">
      <p className="progress__words">
        <span>{props.label}</span>
        {known && (
          <span className="progress__count">
            {t('ui.progressOf', { done: props.done ?? 0, total: props.total ?? 0 })}
          </span>
        )}
      </p>
      <progress aria-label={props.label} {...(known ? { value: props.done, max: props.total } : {})} />
      {props.detail && <p className="progress__detail">{props.detail}</p>}
    </div>
  )
}

/**
 * Says that the page refreshes itself. The refreshing is `refreshMeta(seconds)` in the route's `meta`, so that it works
 * without a script; use it only while a job is under way.
 */
export function RefreshNotice(props: { readonly seconds: number }) {
  const t = useT()
  const path = usePagePath()
  return (
    <p className="refresh-notice">
      {t('ui.progressRefresh', { seconds: props.seconds })}{' '}
      <Anchor href={path}>{t('ui.progressRefreshNow')}</Anchor>
    </p>
  )
}

/** The meta descriptor that makes a page ask again, for routes that show a running job. */
export function refreshMeta(seconds: number): { httpEquiv: string; content: string } {
  return { httpEquiv: 'refresh', content: String(seconds) }
}

/** Nothing here yet, why, and what to do about it. */
export function EmptyState(props: {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div className="empty-state">
      <svg
        className="empty-state__picture"
        viewBox="0 0 96 64"
        width="96"
        height="64"
        aria-hidden="true"
        focusable="false"
      >
        <path d="M8 8h80v48H8zM8 18h80M8 28h80M8 38h80M8 48h80M26 8v48M66 8v48" />
      </svg>
      <p className="empty-state__title">{props.title}</p>
      {props.children && <div className="empty-state__text">{props.children}</div>}
      {props.action}
    </div>
  )
}

/** This part could not be shown; the rest of the page stands. */
export function ErrorState(props: {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div className="error-state" role="alert">
      <Icon name="attention" />
      <div>
        <p className="error-state__title">{props.title}</p>
        {props.children && <div className="error-state__text">{props.children}</div>}
        {props.action}
      </div>
    </div>
  )
}
