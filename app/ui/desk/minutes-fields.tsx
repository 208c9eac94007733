/** The minutes of a count, as they will be printed on its certificate: fields of a form, all of them or none. */
import type { FieldError } from '../feedback.tsx'
import { DateField, TextAreaField, TextField } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { useT } from '../viewer.tsx'

export type MinutesField = 'place' | 'day' | 'from' | 'until' | 'persons' | 'remarks'
export type EnteredMinutes = Readonly<Record<MinutesField, string>>

/** The fields. Nothing entered leaves lines on the paper, to be filled in by hand. */
export function MinutesFields(props: {
  readonly entered: EnteredMinutes | null
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const field = (name: MinutesField) => ({
    name: `minutes-${name}`,
    label: t(`officePolls.minutes.${name}`),
    defaultValue: props.entered?.[name] ?? '',
    error: errorOf(props.errors, `minutes-${name}`),
    optional: true,
  })
  return (
    <fieldset className="field">
      <legend className="field__label">{t('officePolls.minutes.title')}</legend>
      <p className="field__hint">{t('officePolls.minutes.lead')}</p>
      <TextField {...field('place')} maxLength={200} autoComplete="off" />
      <DateField {...field('day')} />
      <TextField {...field('from')} width="short" hint={t('officePolls.minutes.timeHint')} />
      <TextField {...field('until')} width="short" />
      <TextAreaField {...field('persons')} hint={t('officePolls.minutes.personsHint')} maxLength={2000} />
      <TextAreaField {...field('remarks')} hint={t('officePolls.minutes.remarksHint')} maxLength={2000} />
    </fieldset>
  )
}
