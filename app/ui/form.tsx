/**
 * Form fields: a label, a hint, an error beside the field, and the browser's own control. They work without a script;
 * values travel as text, money as decimal yuan that the server parses.
 */
import type { ReactNode } from 'react'
import { useT } from './viewer.tsx'

/** What all fields share. `id` is the name unless given, so that the error summary can link to it. */
export interface FieldProps {
  readonly name: string
  readonly label: ReactNode
  readonly id?: string
  readonly hint?: ReactNode
  readonly error?: string
  readonly required?: boolean
  /** Fields are required by default in the reader's mind; optional ones say so. */
  readonly optional?: boolean
  readonly disabled?: boolean
}

type Describing = Pick<FieldProps, 'name' | 'id' | 'hint' | 'error' | 'required' | 'disabled'>

/** The attributes that tie a control to its label, hint and error. */
function controlOf(props: Describing, alsoDescribedBy?: string) {
  const id = props.id ?? props.name
  const describedBy = [
    props.hint ? `${id}-hint` : undefined,
    alsoDescribedBy,
    props.error ? `${id}-error` : undefined,
  ].filter(part => part !== undefined)
  return {
    id,
    name: props.name,
    required: props.required,
    disabled: props.disabled,
    'aria-describedby': describedBy.length > 0 ? describedBy.join(' ') : undefined,
    'aria-invalid': props.error ? true : undefined,
  }
}

function FieldFrame(props: FieldProps & { readonly children: ReactNode }) {
  const t = useT()
  const id = props.id ?? props.name
  return (
    <div className="field" data-invalid={props.error ? true : undefined}>
      <label className="field__label" htmlFor={id}>
        {props.label}
        {props.optional && <span className="field__optional"> {t('ui.optional')}</span>}
      </label>
      <HintAndError {...props} id={id} />
      {props.children}
    </div>
  )
}

function HintAndError(props: { readonly id: string; readonly hint?: ReactNode; readonly error?: string }) {
  const t = useT()
  return (
    <>
      {props.hint && (
        <p className="field__hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.error && (
        <p className="field__error" id={`${props.id}-error`}>
          <span className="visually-hidden">{t('ui.errorPrefix')}</span>
          {props.error}
        </p>
      )}
    </>
  )
}

interface TextProps extends FieldProps {
  readonly defaultValue?: string
  readonly autoComplete?: string
  readonly maxLength?: number
  /** How much is expected: the width of the box says it. */
  readonly width?: 'full' | 'half' | 'short'
}

/** One line of text. */
export function TextField(
  props: TextProps & {
    readonly type?: 'text' | 'password' | 'search' | 'tel' | 'email'
    readonly inputMode?: 'text' | 'numeric' | 'decimal'
  },
) {
  return (
    <FieldFrame {...props}>
      <input
        {...controlOf(props)}
        className="input"
        type={props.type ?? 'text'}
        inputMode={props.inputMode}
        defaultValue={props.defaultValue}
        autoComplete={props.autoComplete}
        maxLength={props.maxLength}
        data-width={props.width ?? 'full'}
      />
    </FieldFrame>
  )
}

/** An amount in yuan, as decimal text; right-aligned, with the currency before it. */
export function MoneyField(props: Omit<TextProps, 'width' | 'autoComplete' | 'maxLength'>) {
  const t = useT()
  const shown = { ...props, hint: props.hint ?? t('ui.moneyHint') }
  return (
    <FieldFrame {...shown}>
      <span className="input-group">
        <span className="input-group__before" aria-hidden="true">
          ¥
        </span>
        <input
          {...controlOf(shown)}
          className="input input--money"
          type="text"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={props.defaultValue}
        />
      </span>
    </FieldFrame>
  )
}

/** A day, with the browser's own picker; the value is `YYYY-MM-DD`. With `month` it is a month, `YYYY-MM`. */
export function DateField(
  props: FieldProps & {
    readonly defaultValue?: string
    readonly min?: string
    readonly max?: string
    readonly month?: boolean
  },
) {
  return (
    <FieldFrame {...props}>
      <input
        {...controlOf(props)}
        className="input"
        type={props.month ? 'month' : 'date'}
        defaultValue={props.defaultValue}
        min={props.min}
        max={props.max}
        data-width="short"
      />
    </FieldFrame>
  )
}

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: ReactNode
  readonly disabled?: boolean
}

/** One of many. `prompt` adds an empty first choice. */
export function SelectField(
  props: FieldProps & {
    readonly choices: readonly (Choice | { readonly group: string; readonly choices: readonly Choice[] })[]
    readonly defaultValue?: string
    readonly prompt?: boolean | string
    readonly width?: 'full' | 'half' | 'short'
  },
) {
  const t = useT()
  return (
    <FieldFrame {...props}>
      <select
        {...controlOf(props)}
        className="input"
        defaultValue={props.defaultValue ?? (props.prompt ? '' : undefined)}
        data-width={props.width ?? 'full'}
      >
        {props.prompt && <option value="">{props.prompt === true ? t('ui.choose') : props.prompt}</option>}
        {props.choices.map(choice =>
          'group' in choice ? (
            <optgroup label={choice.group} key={choice.group}>
              {choice.choices.map(inner => (
                <Option {...inner} key={inner.value} />
              ))}
            </optgroup>
          ) : (
            <Option {...choice} key={choice.value} />
          ),
        )}
      </select>
    </FieldFrame>
  )
}

function Option(props: Choice) {
  return (
    <option value={props.value} disabled={props.disabled}>
      {props.label}
    </option>
  )
}

/** Several lines of text. */
export function TextAreaField(
  props: FieldProps & {
    readonly defaultValue?: string
    readonly rows?: number
    readonly maxLength?: number
  },
) {
  return (
    <FieldFrame {...props}>
      <textarea
        {...controlOf(props)}
        className="input"
        rows={props.rows ?? 4}
        maxLength={props.maxLength}
        defaultValue={props.defaultValue}
      />
    </FieldFrame>
  )
}

/** Files to upload; says which kinds and how large before the reader tries. The form needs `encType="multipart/form-data"`. */
export function FileField(
  props: FieldProps & {
    /** As for the `accept` attribute; content is what counts on the server. */
    readonly accept?: string
    readonly multiple?: boolean
    /** A phone or a tablet opens its camera at once; other browsers offer files. */
    readonly capture?: 'environment' | 'user'
    /** Kinds and size in words, such as `PDF、JPG、PNG` and `20 MB`. */
    readonly limit?: { readonly types: string; readonly size: string }
  },
) {
  const t = useT()
  const id = props.id ?? props.name
  return (
    <FieldFrame {...props}>
      {props.limit && (
        <p className="field__hint" id={`${id}-limit`}>
          {t('ui.fileLimit', props.limit)}
        </p>
      )}
      <input
        {...controlOf(props, props.limit ? `${id}-limit` : undefined)}
        className="input input--file"
        type="file"
        accept={props.accept}
        multiple={props.multiple}
        capture={props.capture}
      />
    </FieldFrame>
  )
}

interface GroupProps extends FieldProps {
  readonly choices: readonly Choice[]
}

function GroupFrame(props: GroupProps & { readonly children: ReactNode }) {
  const t = useT()
  const control = controlOf(props)
  return (
    <fieldset
      className="field"
      data-invalid={props.error ? true : undefined}
      aria-describedby={control['aria-describedby']}
    >
      <legend className="field__label">
        {props.label}
        {props.optional && <span className="field__optional"> {t('ui.optional')}</span>}
      </legend>
      <HintAndError {...props} id={control.id} />
      <div className="choices">{props.children}</div>
    </fieldset>
  )
}

/** The first box carries the group's id, so that the error summary lands on it. */
function choiceId(group: FieldProps, index: number): string {
  const id = group.id ?? group.name
  return index === 0 ? id : `${id}-${index + 1}`
}

/** One of a few, all visible. */
export function RadioGroup(props: GroupProps & { readonly defaultValue?: string }) {
  return (
    <GroupFrame {...props}>
      {props.choices.map((choice, index) => (
        <Tick
          key={choice.value}
          {...choice}
          id={choiceId(props, index)}
          type="radio"
          name={props.name}
          required={props.required}
          checked={props.defaultValue === choice.value}
        />
      ))}
    </GroupFrame>
  )
}

/** Any number of a few. */
export function CheckboxGroup(props: GroupProps & { readonly defaultValues?: readonly string[] }) {
  return (
    <GroupFrame {...props}>
      {props.choices.map((choice, index) => (
        <Tick
          key={choice.value}
          {...choice}
          id={choiceId(props, index)}
          type="checkbox"
          name={props.name}
          checked={props.defaultValues?.includes(choice.value) ?? false}
        />
      ))}
    </GroupFrame>
  )
}

/** A single tick, such as an explicit confirmation. */
export function CheckboxField(
  props: FieldProps & { readonly value?: string; readonly defaultChecked?: boolean },
) {
  const id = props.id ?? props.name
  return (
    <div className="field" data-invalid={props.error ? true : undefined}>
      <HintAndError id={id} error={props.error} />
      <Tick
        id={id}
        type="checkbox"
        name={props.name}
        value={props.value ?? 'yes'}
        label={props.label}
        hint={props.hint}
        required={props.required}
        disabled={props.disabled}
        checked={props.defaultChecked ?? false}
        errorId={props.error ? `${id}-error` : undefined}
      />
    </div>
  )
}

function Tick(props: {
  readonly id: string
  readonly type: 'radio' | 'checkbox'
  readonly name: string
  readonly value: string
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly required?: boolean
  readonly disabled?: boolean
  readonly checked: boolean
  readonly errorId?: string
}) {
  const hintId = props.hint ? `${props.id}-choice-hint` : undefined
  const describedBy = [hintId, props.errorId].filter(part => part !== undefined)
  return (
    <div className="choice">
      <input
        className="choice__box"
        id={props.id}
        type={props.type}
        name={props.name}
        value={props.value}
        required={props.required}
        disabled={props.disabled}
        defaultChecked={props.checked}
        aria-describedby={describedBy.length > 0 ? describedBy.join(' ') : undefined}
        aria-invalid={props.errorId ? true : undefined}
      />
      <label className="choice__label" htmlFor={props.id}>
        {props.label}
        {props.hint && (
          <span className="choice__hint" id={hintId}>
            {props.hint}
          </span>
        )}
      </label>
    </div>
  )
}
