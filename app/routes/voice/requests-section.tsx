/** The part of the page of asking that shows requests: the three words, the figures of a month, what homes said, and the list. */
import { periodText } from '#i18n'
import { CALENDAR_YEARS, type Period } from '#kernel'
import { Button, KeepViewer, Section, SelectField, useT, useViewer } from '#ui'
import { CaseList, MonthOfRequests, ServiceResult, type SubjectNames, useRoundText } from '#ui/voice'
import type { CaseView, MonthFigures, ServiceFigures } from '#voice'

/** What the section shows. */
export interface RequestsPage {
  readonly community: { readonly slug: string }
  readonly month: Period
  readonly months: readonly Period[]
  readonly figures: MonthFigures
  readonly service: ServiceFigures | null
  readonly requests: readonly CaseView[]
  readonly names: SubjectNames
}

/** The section. */
export function Requests({ page }: { readonly page: RequestsPage }) {
  const t = useT()
  const { lang } = useViewer()
  const below = `/c/${page.community.slug}/ask`
  const roundText = useRoundText()
  const month = periodText(page.month, lang)
  return (
    <>
      <Section title={t('voice.statesTitle')}>
        <ol className="three-words">
          {(['listed', 'taken', 'replied'] as const).map(step => (
            <li key={step}>
              <strong>{t(`voice.step.${step}`)}</strong> {t(`voice.stepText.${step}`)}
            </li>
          ))}
        </ol>
      </Section>
      <Section title={t('voice.monthTitle', { month })} lead={t('voice.requestsLead')} id="requests">
        <form method="get" action={`${below}#requests`} className="picker">
          <KeepViewer />
          <SelectField
            name="period"
            label={t('voice.month')}
            defaultValue={page.month}
            choices={page.months.map(each => ({ value: each, label: periodText(each, lang) }))}
          />
          <Button tone="secondary">{t('voice.showMonth')}</Button>
        </form>
        <MonthOfRequests figures={page.figures} label={t('voice.monthTitle', { month })} />
        {page.service !== null && (
          <>
            <h3>{t('survey.service.monthTitle', { months: roundText(page.service) })}</h3>
            <ServiceResult figures={page.service} />
          </>
        )}
        <CaseList cases={page.requests} names={page.names} below={below} empty={t('voice.requestsNone')} />
        <p className="field__hint">
          {t('voice.calendarNote', { first: CALENDAR_YEARS[0] ?? '', last: CALENDAR_YEARS.at(-1) ?? '' })}
        </p>
      </Section>
    </>
  )
}
