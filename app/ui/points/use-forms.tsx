/** What an owner does with points: redeem them at the counter of a shop, or give them away. One button each, no script. */
import type { ReactNode } from 'react'
import { Button } from '../button.tsx'
import type { FieldError } from '../feedback.tsx'
import { RadioGroup, TextField } from '../form.tsx'
import { useT } from '../viewer.tsx'

interface UseProps {
  readonly homes: readonly { readonly home: string; readonly points: bigint }[]
  /** The field that proves that the form is this session's. */
  readonly token: ReactNode
  readonly formKey: string
  readonly errors: readonly FieldError[]
  readonly entered: {
    readonly intent: string
    readonly home: string
    readonly points: string
    readonly partner: string
  } | null
}

function Fields({ intent, ...props }: UseProps & { readonly intent: 'redeem' | 'give' }) {
  const t = useT()
  const entered = props.entered?.intent === intent ? props.entered : null
  const errorOf = (field: string) => props.errors.find(error => error.field === `${intent}-${field}`)?.message
  const [only] = props.homes
  return (
    <>
      {props.token}
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="formKey" value={props.formKey} />
      {props.homes.length === 1 && only !== undefined ? (
        <input type="hidden" name="home" value={only.home} />
      ) : (
        <RadioGroup
          name="home"
          id={`${intent}-home`}
          label={t('points.whichHome')}
          choices={props.homes.map(({ home, points }) => ({
            value: home,
            label: t('points.ownBalance', { home, points }),
          }))}
          defaultValue={entered?.home}
          error={errorOf('home')}
          required
        />
      )}
      <TextField
        name="points"
        id={`${intent}-points`}
        label={t('points.howMany')}
        hint={t('points.howManyHint')}
        inputMode="numeric"
        autoComplete="off"
        width="short"
        maxLength={5}
        defaultValue={entered?.points}
        error={errorOf('points')}
        required
      />
    </>
  )
}

/** Redeems at a partner. */
export function RedeemForm(
  props: UseProps & { readonly partners: readonly { readonly partnerId: string; readonly name: string }[] },
) {
  const t = useT()
  const entered = props.entered?.intent === 'redeem' ? props.entered : null
  return (
    <form method="post">
      <RadioGroup
        name="partner"
        id="redeem-partner"
        label={t('points.whichPartner')}
        choices={props.partners.map(({ partnerId, name }) => ({ value: partnerId, label: name }))}
        defaultValue={entered?.partner}
        error={props.errors.find(error => error.field === 'redeem-partner')?.message}
        required
      />
      <Fields {...props} intent="redeem" />
      <Button icon="done">{t('points.redeemPress')}</Button>
    </form>
  )
}

/** Gives to the pool. */
export function GiveForm(props: UseProps) {
  const t = useT()
  return (
    <form method="post">
      <Fields {...props} intent="give" />
      <Button tone="secondary">{t('points.givePress')}</Button>
    </form>
  )
}
