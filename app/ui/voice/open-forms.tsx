/** The forms that open a case, and the step between: is it perhaps one of these? */
import type { ReactNode } from 'react'
import {
  CATEGORIES,
  type CaseView,
  LONGEST_PLACE,
  LONGEST_TEXT,
  type PrivateKind,
  type Subject,
} from '#voice'
import { Button, ButtonRow } from '../button.tsx'
import { ErrorSummary, type FieldError, Notice } from '../feedback.tsx'
import { CheckboxField, FileField, RadioGroup, TextAreaField, TextField } from '../form.tsx'
import { useNonce } from '../nonce.ts'
import { Section } from '../page-shell.tsx'
import { href, useT, useViewer } from '../viewer.tsx'
import { CoveredNotice } from './act-forms.tsx'
import { CaseList } from './case-list.tsx'
import type { SubjectNames } from './words.tsx'

/** What was entered so far, and what is to be said about it. */
export interface EnteredCase {
  readonly text: string
  readonly place: string
  readonly category: string
  readonly isPrivate: boolean
  readonly documents: readonly string[]
  readonly errors: readonly FieldError[]
  readonly covered: readonly PrivateKind[]
  readonly similar: readonly CaseView[]
}

interface OpenProps {
  readonly slug: string
  readonly token: ReactNode
  readonly names: SubjectNames
  readonly entered: EnteredCase | null
  /** The script that shows similar ones while somebody writes; null without a build. */
  readonly script: string | null
}

const errorIn = (entered: EnteredCase | null, field: string) =>
  entered?.errors.find(error => error.field === field)?.message

function Said({ entered }: { readonly entered: EnteredCase | null }) {
  if (entered === null) return null
  if (entered.covered.length > 0) return <CoveredNotice covered={entered.covered} />
  return <ErrorSummary errors={entered.errors} />
}

/** Earlier ones that say nearly the same; without any, nothing. */
function Similar(props: OpenProps & { readonly lead: string; readonly after?: string }) {
  const t = useT()
  const similar = props.entered?.similar ?? []
  if (similar.length === 0) return null
  return (
    <Section title={t('voice.similarTitle')} lead={props.lead}>
      <CaseList
        cases={similar}
        names={props.names}
        below={`/c/${props.slug}/ask`}
        after={props.after}
        empty={null}
      />
    </Section>
  )
}

/** Where the script shows what is alike while somebody writes; without it, nothing. */
function WhileWriting(props: { readonly at: string; readonly script: string | null }) {
  const t = useT()
  const viewer = useViewer()
  const nonce = useNonce()
  if (props.script === null) return null
  return (
    <>
      <div className="similar" data-similar={href(props.at, viewer)} role="status" hidden>
        <p className="field__label">{t('voice.similarWhile')}</p>
        <ul />
      </div>
      <script type="module" src={props.script} nonce={nonce} />
    </>
  )
}

/** Asks about a spend. The button asks once more when there are similar questions. */
export function SpendForm(props: OpenProps & { readonly subject: Subject }) {
  const t = useT()
  const { entered, subject } = props
  const query = new URLSearchParams({ about: subject.kind, key: subject.key })
  const isChecked = (entered?.similar.length ?? 0) > 0
  return (
    <>
      <Said entered={entered} />
      <Similar {...props} lead={t('voice.similarLeadSpend')} />
      <form method="post">
        {props.token}
        {isChecked && <input type="hidden" name="seen" value="yes" />}
        <TextAreaField
          name="text"
          label={t('voice.spendText')}
          hint={t('voice.spendTextHint')}
          defaultValue={entered?.text}
          maxLength={LONGEST_TEXT}
          error={errorIn(entered, 'text')}
          required
        />
        <WhileWriting at={`/c/${props.slug}/ask/similar?${query}`} script={props.script} />
        <Button icon="ask">{isChecked ? t('voice.similarNone') : t('voice.spendSend')}</Button>
      </form>
    </>
  )
}

/** Lists a request. `spot` is where the code on the wall was read. */
export function RequestForm(props: OpenProps & { readonly spot: string | null }) {
  const t = useT()
  const { entered, spot } = props
  const isChecked = (entered?.similar.length ?? 0) > 0
  return (
    <>
      <Said entered={entered} />
      <Similar {...props} lead={t('voice.similarLead')} after="/own" />
      {spot !== null && <Notice title={t('voice.newSpot', { spot })} />}
      <form method="post" encType="multipart/form-data">
        {props.token}
        {isChecked && <input type="hidden" name="seen" value="yes" />}
        {entered?.documents.map(sha256 => (
          <input key={sha256} type="hidden" name="kept" value={sha256} />
        ))}
        <RadioGroup
          name="category"
          label={t('voice.newCategory')}
          choices={CATEGORIES.map(category => ({
            value: category,
            label: t(`voice.category.${category}`),
          }))}
          defaultValue={entered?.category}
          error={errorIn(entered, 'category')}
          required
        />
        <TextAreaField
          name="text"
          label={t('voice.newText')}
          hint={t('voice.newTextHint')}
          defaultValue={entered?.text}
          maxLength={LONGEST_TEXT}
          error={errorIn(entered, 'text')}
          required
        />
        <WhileWriting at={`/c/${props.slug}/ask/similar`} script={props.script} />
        {spot === null && (
          <TextField
            name="place"
            label={t('voice.newPlace')}
            hint={t('voice.newPlaceHint')}
            defaultValue={entered?.place}
            maxLength={LONGEST_PLACE}
            error={errorIn(entered, 'place')}
            optional
          />
        )}
        <FileField
          name="documents"
          label={t('voice.newPhoto')}
          hint={(entered?.documents.length ?? 0) > 0 ? t('voice.newKept') : t('voice.newPhotoHint')}
          limit={{ types: t('voice.newPhotoTypes'), size: '20 MB' }}
          accept="image/jpeg,image/png,image/webp"
          error={errorIn(entered, 'documents')}
          multiple
          optional
        />
        <CheckboxField
          name="private"
          label={t('voice.newPrivate')}
          hint={t('voice.newPrivateHint')}
          defaultChecked={entered?.isPrivate}
        />
        <ButtonRow>
          <Button icon="ask">{isChecked ? t('voice.similarNone') : t('voice.newSend')}</Button>
        </ButtonRow>
      </form>
    </>
  )
}
