/** The survey after a service: three questions for one home, and the published rounds with what is withheld. */
import type { ReactNode } from 'react'
import { periodText } from '#i18n'
import { formatPercentFloor, parsePeriod } from '#kernel'
import {
  type Count,
  LEAST_ANSWERS,
  LEAST_OWNERS,
  LONGEST_SENTENCE,
  SERVICE_ASPECTS,
  type ServiceFigures,
} from '#voice'
import { Button } from '../button.tsx'
import { ErrorSummary, type FieldError } from '../feedback.tsx'
import { KeyFigures } from '../figures.tsx'
import { RadioGroup, TextAreaField } from '../form.tsx'
import { DataTable } from '../table.tsx'
import { useT, useViewer } from '../viewer.tsx'

/** One answer for one home about one service. */
export function ServiceForm(props: {
  readonly token: ReactNode
  readonly errors: readonly FieldError[]
  readonly entered: Readonly<Record<string, string>>
}) {
  const t = useT()
  const { errors, entered } = props
  return (
    <>
      <ErrorSummary errors={errors} />
      <form method="post">
        {props.token}
        {SERVICE_ASPECTS.map(aspect => (
          <RadioGroup
            key={aspect}
            name={aspect}
            label={t(`survey.service.ask.${aspect}`)}
            choices={([5, 4, 3, 2, 1] as const).map(score => ({
              value: String(score),
              label: t(`survey.score.${score}`),
            }))}
            defaultValue={entered[aspect]}
            error={errors.find(error => error.field === aspect)?.message}
            required
          />
        ))}
        <TextAreaField
          name="sentence"
          label={t('survey.service.sentence')}
          hint={t('survey.service.sentenceHint')}
          rows={2}
          maxLength={LONGEST_SENTENCE}
          defaultValue={entered.sentence}
          error={errors.find(error => error.field === 'sentence')?.message}
          optional
        />
        <Button icon="done">{t('survey.send')}</Button>
      </form>
    </>
  )
}

function shareText(count: Count): string {
  return formatPercentFloor(BigInt(count.content), BigInt(count.counted))
}

/** The months of a round in words. */
export function useRoundText(): (round: Pick<ServiceFigures, 'from' | 'through'>) => string {
  const t = useT()
  const { lang } = useViewer()
  const month = (text: string) => {
    const read = parsePeriod(text)
    return read.ok ? periodText(read.value, lang) : text
  }
  return ({ from, through }) =>
    from === through
      ? month(from)
      : t('survey.service.months', { from: month(from), through: month(through) })
}

/** The figures of a published round. */
export function ServiceResult(props: { readonly figures: ServiceFigures }) {
  const t = useT()
  const { figures } = props
  const label = useRoundText()(figures)
  const { asked, answered, aspects, categories } = figures
  return (
    <>
      <KeyFigures
        label={label}
        figures={[
          ...SERVICE_ASPECTS.map(aspect => ({
            label: t(`survey.service.aspect.${aspect}`),
            value: shareText(aspects[aspect]),
            note: t('survey.rateOf', aspects[aspect]),
          })),
          {
            label: t('survey.returned'),
            value: formatPercentFloor(BigInt(answered), BigInt(asked)),
            note: t('survey.service.returnedOf', { answered, asked }),
          },
        ]}
      />
      {categories.length > 1 && (
        <DataTable
          caption={t('survey.service.categoriesCaption')}
          rows={categories}
          rowKey={row => row.category}
          phone="keep"
          columns={[
            {
              key: 'category',
              label: t('voice.category'),
              cell: row => t(`voice.category.${row.category}`),
            },
            {
              key: 'share',
              label: t('survey.service.aspect.result'),
              type: 'number',
              cell: row => (row.count === null ? t('survey.withheld') : shareText(row.count)),
            },
          ]}
        />
      )}
      <p className="field__hint">
        {t('survey.service.withheldNote', { answers: LEAST_ANSWERS, homes: LEAST_OWNERS })}
      </p>
    </>
  )
}
