/** When: dates, months and instants as `<time>`, and the stamp that every money page carries. */

import { dateText, dayText, instantText, periodText, shortPeriodText } from '#i18n'
import { type CivilDate, formatInstant, type Period } from '#kernel'
import { useT, useViewer } from './viewer.tsx'

/** A day; `short` leaves the year away where it stands nearby. */
export function DateText(props: { readonly date: CivilDate; readonly short?: boolean }) {
  const { lang } = useViewer()
  return <time dateTime={props.date}>{(props.short ? dayText : dateText)(props.date, lang)}</time>
}

/** A month; `short` shortens its name in English. */
export function PeriodText(props: { readonly period: Period; readonly short?: boolean }) {
  const { lang } = useViewer()
  return (
    <time dateTime={props.period}>{(props.short ? shortPeriodText : periodText)(props.period, lang)}</time>
  )
}

/** An instant, in Beijing time. */
export function InstantText(props: { readonly at: Date }) {
  const { lang } = useViewer()
  return <time dateTime={formatInstant(props.at)}>{instantText(props.at, lang)}</time>
}

export interface AsOfProps {
  /** The day or instant at which the figures were taken. */
  readonly at: CivilDate | Date
  /** The day through which the books agree with the bank; `null` when they were never compared; absent when it does not apply. */
  readonly reconciledThrough?: CivilDate | null
}

/** 截至…，已与银行对账至…: every page with money carries it. */
export function AsOf({ at, reconciledThrough }: AsOfProps) {
  const t = useT()
  const { lang } = useViewer()
  const when = at instanceof Date ? instantText(at, lang) : dateText(at, lang)
  return (
    <p className="as-of">
      <span className="as-of__part">{t('ui.asOf', { when })}</span>
      {reconciledThrough !== undefined && (
        <span className="as-of__part" data-reconciled={reconciledThrough === null ? 'never' : 'yes'}>
          {reconciledThrough === null
            ? t('ui.reconciledNever')
            : t('ui.reconciledThrough', { date: dateText(reconciledThrough, lang) })}
        </span>
      )}
    </p>
  )
}
