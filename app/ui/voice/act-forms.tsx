/** The forms of the acts on a case: what is to be written, chosen and attached, and one button that says what it does. */
import type { ReactNode } from 'react'
import { instantText } from '#i18n'
import type { CivilDate } from '#kernel'
import { type Act, type CaseView, LONGEST_TEXT, type PrivateKind, RULES } from '#voice'
import { Button } from '../button.tsx'
import { ErrorSummary, type FieldError, Notice } from '../feedback.tsx'
import { DateField, FileField, RadioGroup, SelectField, TextAreaField, TextField } from '../form.tsx'
import { Card } from '../page-shell.tsx'
import { useT, useViewer } from '../viewer.tsx'

export type FormAct = Exclude<Act, 'ask' | 'list'>

/** What was entered and refused, to show it again. */
export interface EnteredAct {
  readonly act: string
  readonly text: string
  readonly dueOn: string
  readonly stars: string
  readonly into: string
  readonly target: string
  /** Documents that were taken in already. */
  readonly documents: readonly string[]
  readonly errors: readonly FieldError[]
  /** What had to be covered in the text; empty when nothing had. */
  readonly covered: readonly PrivateKind[]
}

interface FormsProps {
  readonly view: CaseView
  readonly acts: readonly FormAct[]
  /** The field that proves that the form is this session's. */
  readonly token: ReactNode
  readonly today: CivilDate
  readonly entered: EnteredAct | null
}

/** Says that something was covered, and what. */
export function CoveredNotice({ covered }: { readonly covered: readonly PrivateKind[] }) {
  const t = useT()
  if (covered.length === 0) return null
  const kinds = covered.map(kind => t(`voice.private.${kind}`)).join(t('voice.listComma'))
  return (
    <Notice tone="warning" live="alert" title={t('voice.coveredTitle')}>
      <p>{t('voice.coveredText', { kinds })}</p>
    </Notice>
  )
}

/** One form for each act. */
export function ActForms(props: FormsProps) {
  const { acts, entered } = props
  return (
    <>
      {entered !== null && <CoveredNotice covered={entered.covered} />}
      {entered !== null && entered.covered.length === 0 && <ErrorSummary errors={entered.errors} />}
      {acts.map(act => (
        <Card key={act}>
          <ActForm {...props} act={act} />
        </Card>
      ))}
    </>
  )
}

function ActForm(props: FormsProps & { readonly act: FormAct }) {
  const t = useT()
  const { act, entered: anyEntered } = props
  const rule = RULES[act]
  const entered = anyEntered?.act === act ? anyEntered : null
  const id = (field: string) => `${act}-${field}`
  const errorOf = (field: string) => entered?.errors.find(error => error.field === id(field))?.message
  const isStern = act === 'withdraw' || act === 'hide' || act === 'lapse'
  return (
    <form method="post" encType="multipart/form-data">
      <h3>{t(`voice.act.${act}`)}</h3>
      {props.token}
      <input type="hidden" name="act" value={act} />
      <Choices {...props} id={id} errorOf={errorOf} entered={entered} />
      {rule.text !== undefined && (
        <TextAreaField
          name="text"
          id={id('text')}
          label={t(`voice.write.${act}`)}
          hint={props.view.isPrivate ? undefined : t('voice.spendTextHint')}
          defaultValue={entered?.text}
          maxLength={LONGEST_TEXT}
          error={errorOf('text')}
          required={rule.text === 'must'}
          optional={rule.text === 'may'}
        />
      )}
      {rule.documents !== undefined && (
        <>
          {entered?.documents.map(sha256 => (
            <input key={sha256} type="hidden" name="kept" value={sha256} />
          ))}
          <FileField
            name="documents"
            id={id('documents')}
            label={t('voice.documents')}
            hint={t('voice.documentsHint')}
            limit={{ types: t('voice.documentTypes'), size: '20 MB' }}
            accept="image/jpeg,image/png,image/webp,application/pdf"
            error={errorOf('documents')}
            multiple
            optional
          />
        </>
      )}
      <Button tone={isStern ? 'secondary' : 'primary'}>{t(`voice.press.${act}`)}</Button>
    </form>
  )
}

interface ChoiceProps extends Omit<FormsProps, 'entered'> {
  readonly act: FormAct
  readonly entered: EnteredAct | null
  readonly id: (field: string) => string
  readonly errorOf: (field: string) => string | undefined
}

/** What an act needs beside words: a day, stars, another case, a text. */
function Choices({ act, view, today, entered, id, errorOf }: ChoiceProps) {
  const t = useT()
  const { lang } = useViewer()
  const rule = RULES[act]
  const written = view.events.filter(
    event => event.textDigest !== null && event.isHidden === (act === 'show'),
  )
  return (
    <>
      {rule.stars !== undefined && (
        <RadioGroup
          name="stars"
          id={id('stars')}
          label={t('voice.starsLabel')}
          choices={([5, 4, 3, 2, 1] as const).map(count => ({
            value: String(count),
            label: t(`voice.star.${count}`),
          }))}
          defaultValue={entered?.stars}
          error={errorOf('stars')}
          required
        />
      )}
      {rule.dueOn !== undefined && (
        <DateField
          name="dueOn"
          id={id('dueOn')}
          label={t('voice.dueOn')}
          min={today}
          defaultValue={entered?.dueOn}
          error={errorOf('dueOn')}
          required
        />
      )}
      {rule.into !== undefined && (
        <TextField
          name="into"
          id={id('into')}
          label={t('voice.into')}
          defaultValue={entered?.into}
          error={errorOf('into')}
          autoComplete="off"
          required
        />
      )}
      {rule.target !== undefined && (
        <SelectField
          name="target"
          id={id('target')}
          label={t('voice.target')}
          choices={written.map(event => ({
            value: String(event.eventNo),
            label: t('voice.targetOf', {
              at: instantText(event.at, lang),
              act: t(`voice.act.${event.act}`),
            }),
          }))}
          defaultValue={entered?.target}
          error={errorOf('target')}
          required
        />
      )}
    </>
  )
}
