/** The satisfaction survey: the form for one home, and the published figures with what is withheld. */
import type { ReactNode } from 'react'
import { formatPercentFloor } from '#kernel'
import { ASPECTS, type Count, LEAST_ANSWERS, LEAST_OWNERS, type SurveyFigures } from '#voice'
import { Button } from '../button.tsx'
import { ErrorSummary, type FieldError, Notice } from '../feedback.tsx'
import { KeyFigures } from '../figures.tsx'
import { RadioGroup } from '../form.tsx'
import { DataTable } from '../table.tsx'
import { useT } from '../viewer.tsx'

/** A share as a percentage for people; decisions never use it. */
function shareText({ counted, content }: Count): string {
  return formatPercentFloor(BigInt(content), BigInt(counted))
}

/** The figures of a survey that is over. */
export function SurveyResult(props: { readonly figures: SurveyFigures; readonly label: string }) {
  const t = useT()
  const { figures } = props
  const { homes, answered, aspects, buildings } = figures
  const returned = {
    label: t('survey.returned'),
    value: formatPercentFloor(BigInt(answered), BigInt(homes)),
    note: t('survey.returnedOf', { answered, homes }),
  }
  const shown = (count: Count | null) => (count === null ? t('survey.withheld') : shareText(count))
  const least = { answers: LEAST_ANSWERS, owners: LEAST_OWNERS }
  const overall = aspects?.overall ?? null
  if (aspects === null || overall === null) {
    return (
      <>
        <KeyFigures label={props.label} figures={[returned]} />
        <Notice title={t('survey.tooFew', least)} />
      </>
    )
  }
  return (
    <>
      <KeyFigures
        label={props.label}
        figures={[
          {
            label: t('survey.rate'),
            value: shareText(overall),
            note: t('survey.rateOf', { content: overall.content, counted: overall.counted }),
          },
          returned,
        ]}
      />
      <DataTable
        caption={t('survey.aspectsCaption')}
        rows={ASPECTS.filter(aspect => aspect !== 'overall')}
        rowKey={aspect => aspect}
        phone="keep"
        columns={[
          { key: 'aspect', label: t('survey.aspectColumn'), cell: aspect => t(`survey.aspect.${aspect}`) },
          {
            key: 'share',
            label: t('survey.rate'),
            type: 'number',
            cell: aspect => shown(aspects[aspect]),
          },
          {
            key: 'counted',
            label: t('survey.countedColumn'),
            type: 'number',
            cell: aspect => aspects[aspect]?.counted ?? '—',
          },
        ]}
      />
      <Buildings buildings={buildings} shown={shown} />
      <p className="field__hint">{t('survey.withheldNote', least)}</p>
    </>
  )
}

function Buildings(props: {
  readonly buildings: SurveyFigures['buildings']
  readonly shown: (count: Count | null) => string
}) {
  const t = useT()
  const { buildings, shown } = props
  return (
    <DataTable
      caption={t('survey.buildingsCaption')}
      rows={buildings}
      rowKey={row => row.building}
      phone="keep"
      columns={[
        { key: 'building', label: t('survey.buildingColumn'), cell: row => row.building },
        {
          key: 'share',
          label: t('survey.rate'),
          type: 'number',
          cell: row => shown(row.count),
        },
      ]}
    />
  )
}

/** One answer for one home. */
export function SurveyForm(props: {
  readonly token: ReactNode
  readonly homes: readonly string[]
  readonly errors: readonly FieldError[]
  readonly entered: Readonly<Record<string, string>>
}) {
  const t = useT()
  const { homes, errors, entered } = props
  const only = homes.length === 1 ? homes[0] : undefined
  return (
    <>
      <ErrorSummary errors={errors} />
      <form method="post">
        {props.token}
        {only === undefined ? (
          <RadioGroup
            name="unit"
            label={t('survey.whichHome')}
            choices={homes.map(unit => ({ value: unit, label: unit }))}
            defaultValue={entered.unit}
            required
          />
        ) : (
          <input type="hidden" name="unit" value={only} />
        )}
        {ASPECTS.map(aspect => (
          <RadioGroup
            key={aspect}
            name={aspect}
            label={t(`survey.aspect.${aspect}`)}
            choices={[
              ...([5, 4, 3, 2, 1] as const).map(score => ({
                value: String(score),
                label: t(`survey.score.${score}`),
              })),
              ...(aspect === 'overall' ? [] : [{ value: '', label: t('survey.score.none') }]),
            ]}
            defaultValue={entered[aspect] ?? (aspect === 'overall' ? undefined : '')}
            error={errors.find(error => error.field === aspect)?.message}
            required={aspect === 'overall'}
          />
        ))}
        <Button icon="done">{t('survey.send')}</Button>
      </form>
    </>
  )
}
