/** A month of requests in figures, for everybody: how many, how fast, and what the askers thought. */
import type { MonthFigures } from '#voice'
import { KeyFigures } from '../figures.tsx'
import { useT } from '../viewer.tsx'

/** The figures of a month; a sentence when nothing was listed in it. */
export function MonthOfRequests(props: { readonly figures: MonthFigures; readonly label: string }) {
  const t = useT()
  const { figures } = props
  if (figures.listed === 0) return <p>{t('voice.monthNone')}</p>
  const pieces = (count: number) => t('voice.pieces', { count })
  const days = (count: number | null) => (count === null ? '—' : t('voice.days', { count }))
  return (
    <KeyFigures
      label={props.label}
      figures={[
        { label: t('voice.figureListed'), value: pieces(figures.listed) },
        { label: t('voice.figureReplied'), value: pieces(figures.replied) },
        { label: t('voice.figureOverdue'), value: pieces(figures.overdue) },
        { label: t('voice.figureMedian'), value: days(figures.medianDays) },
        { label: t('voice.figureLongest'), value: days(figures.longestDays) },
        {
          label: t('voice.figureContent'),
          value: t('voice.contentOf', { content: figures.content, rated: figures.rated }),
        },
      ]}
    />
  )
}
