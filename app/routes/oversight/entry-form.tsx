/** The form in which an overseer comments or the auditor writes a finding. Decides nothing. */
import type { ReactNode } from 'react'
import { type EntryKind, WORDS_LENGTH_MAX } from '#oversight'
import { Button, Card, type FieldError, Section, TextAreaField, TextField, useT } from '#ui'

/** `entered` and `errors` are what was sent and refused. */
export function EntryForm(props: {
  readonly kind: EntryKind
  readonly hidden: ReactNode
  readonly entered: { readonly about: string; readonly words: string } | undefined
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { kind, entered } = props
  const errorAt = (field: string) => props.errors.find(error => error.field === field)?.message
  return (
    <Section title={t(`oversight.${kind}Title`)} lead={t(`oversight.${kind}Lead`)} id="write">
      <Card>
        <form method="post">
          {props.hidden}
          <TextField
            name="about"
            label={t('oversight.aboutField')}
            hint={t('oversight.aboutHint')}
            maxLength={20}
            defaultValue={entered?.about}
            error={errorAt('about')}
          />
          <TextAreaField
            name="words"
            label={t('oversight.wordsField')}
            hint={t('oversight.wordsHint')}
            maxLength={WORDS_LENGTH_MAX}
            rows={5}
            required
            defaultValue={entered?.words}
            error={errorAt('words')}
          />
          <Button name="intent" value={kind}>
            {t(`oversight.${kind}Button`)}
          </Button>
        </form>
      </Card>
    </Section>
  )
}
