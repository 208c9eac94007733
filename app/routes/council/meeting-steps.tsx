/** What is to be done for a meeting, in its order, each with the way there. */
import { Anchor, Section, Timeline, type TimelineEntry, useT } from '#ui'
import { type OfficeFrame, officePath } from '#ui/office'

/** How far a meeting is. */
export interface Steps {
  readonly hasAttendance: boolean
  readonly written: readonly { readonly no: number; readonly title: string; readonly isFinished: boolean }[]
  readonly hasRaw: boolean
  readonly state: 'draft' | 'circulated' | 'published'
  readonly version: number
}

export function MeetingSteps(props: {
  readonly frame: OfficeFrame
  readonly meetingId: string
  readonly steps: Steps
}) {
  const t = useT()
  const { frame, steps } = props
  const at = (...parts: string[]) => officePath(frame.slug, 'council', 'meetings', props.meetingId, ...parts)
  const stateOf = (isDone: boolean) => (isDone ? ('done' as const) : ('now' as const))
  const entries: TimelineEntry[] = [
    {
      key: 'attendance',
      state: stateOf(steps.hasAttendance),
      title: <Anchor href={at('attendance')}>{t('councilDesk.attendanceTitle')}</Anchor>,
      note: t('councilDesk.attendanceNote'),
    },
    {
      key: 'record',
      state: steps.hasRaw ? 'done' : 'next',
      title: <Anchor href={at('record')}>{t('councilDesk.recordTitle')}</Anchor>,
      note: t('councilDesk.recordNote'),
    },
    ...steps.written.map(
      (item): TimelineEntry => ({
        key: `item ${item.no}`,
        state: stateOf(item.isFinished),
        title: (
          <Anchor href={at('items', String(item.no))}>
            {t('council.itemNumbered', { number: item.no, title: item.title })}
          </Anchor>
        ),
      }),
    ),
    {
      key: 'minutes',
      state: steps.state === 'published' ? 'done' : steps.state === 'circulated' ? 'now' : 'next',
      title: <Anchor href={at('minutes')}>{t('councilDesk.minutesTitle')}</Anchor>,
      note: t(`councilDesk.minutesState.${steps.state}`),
    },
  ]
  return (
    <Section title={t('councilDesk.steps')}>
      <Timeline label={t('councilDesk.steps')} entries={entries} />
    </Section>
  )
}
