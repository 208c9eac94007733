/** The last look before a notice: the figures that will be frozen, the dates that follow, a tick, and the button. */
import { areaText, countText } from '#i18n'
import type { AreaCentiM2, CivilDate } from '#kernel'
import { Button, ButtonRow, LinkButton } from '../button.tsx'
import { ErrorSummary, type FieldError, Notice } from '../feedback.tsx'
import { DefinitionList, KeyFigures } from '../figures.tsx'
import { CheckboxField } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { CsrfField, type OfficeFrame, officePath } from '../office/office-page.tsx'
import { Section } from '../page-shell.tsx'
import { DateText, InstantText } from '../stamp.tsx'
import { useT } from '../viewer.tsx'

/** What a notice freezes. */
export interface FrozenFigures {
  readonly units: number
  /** Registered units that this poll does not count: out of scope, or parking and storage. */
  readonly unitsNotCounted: number
  readonly area: AreaCentiM2
  readonly heads: number
  /** The developer's units, which are one head; null when there are none. */
  readonly developer: { readonly units: number; readonly area: AreaCentiM2 } | null
}

export interface AnnounceView {
  readonly pollId: string
  /** What was shown: a draft that somebody revises meanwhile is not announced unseen. */
  readonly revision: number
  readonly figures: FrozenFigures
  readonly opensAt: Date
  readonly closesAt: Date
  readonly earliestOpening: CivilDate
  readonly rulesVersion: string | null
  readonly questions: number
  /** What still stands in the way; the button is there only when nothing does. */
  readonly missing: readonly string[]
}

/** The whole page below its heading. */
export function AnnounceForm(props: {
  readonly frame: OfficeFrame
  readonly view: AnnounceView
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { frame, view, errors } = props
  return (
    <>
      <ErrorSummary errors={errors} />
      <Section title={t('officePolls.frozen')} lead={t('officePolls.frozenLead')}>
        <RollFigures figures={view.figures} />
        <DefinitionList
          items={[
            { term: t('officePolls.developer'), detail: <DeveloperStock figures={view.figures} /> },
            { term: t('officePolls.frozenQuestions'), detail: countText(view.questions) },
            { term: t('officePolls.rulesVersion'), detail: view.rulesVersion ?? t('officePolls.rulesNone') },
            { term: t('officePolls.earliestTerm'), detail: <DateText date={view.earliestOpening} /> },
            { term: t('officePolls.opensAt'), detail: <InstantText at={view.opensAt} /> },
            { term: t('officePolls.closesAt'), detail: <InstantText at={view.closesAt} /> },
          ]}
        />
        <Notice title={t('officePolls.rollObjections')}>
          <p>{t('officePolls.rollObjectionsText')}</p>
        </Notice>
      </Section>
      {view.missing.length > 0 ? (
        <Notice tone="warning" title={t('officePolls.missing')}>
          <ul className="plain-list">
            {view.missing.map(sentence => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      ) : (
        <form method="post" className="decision">
          <CsrfField frame={frame} />
          <input type="hidden" name="revision" value={view.revision} />
          <CheckboxField
            name="confirms"
            label={t('officePolls.announceTick')}
            hint={t('officePolls.announceTickHint')}
            error={errorOf(errors, 'confirms')}
            required
          />
          <ButtonRow>
            <Button icon="done">{t('officePolls.announceNow')}</Button>
            <LinkButton href={officePath(frame.slug, 'polls', view.pollId)}>
              {t('officePolls.announceLater')}
            </LinkButton>
          </ButtonRow>
        </form>
      )}
    </>
  )
}

/** Units, area and heads of a base. */
function RollFigures(props: { readonly figures: FrozenFigures }) {
  const t = useT()
  const { figures } = props
  return (
    <KeyFigures
      label={t('officePolls.frozen')}
      figures={[
        {
          label: t('officePolls.units'),
          value: countText(figures.units),
          note: t('officePolls.unitsNotCounted', { count: countText(figures.unitsNotCounted) }),
        },
        { label: t('officePolls.area'), value: areaText(figures.area) },
        { label: t('officePolls.heads'), value: countText(figures.heads), note: t('officePolls.headsNote') },
      ]}
    />
  )
}

function DeveloperStock(props: { readonly figures: FrozenFigures }) {
  const t = useT()
  const { developer } = props.figures
  if (developer === null) return <>{t('officePolls.developerNone')}</>
  return (
    <>
      {t('officePolls.developerNote', { units: countText(developer.units), area: areaText(developer.area) })}
    </>
  )
}
