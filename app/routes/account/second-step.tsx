/** The forms of the second factor at sign-in: digits or passkey, and the recovery code for the day both are lost. */
import {
  Button,
  FACTOR_FIELDS,
  FactorFields,
  type FieldError,
  type PasskeyScript,
  TextField,
  useT,
} from '#ui'
import { messageAt } from './problems.ts'

interface FormProps {
  readonly csrf: { readonly name: string; readonly value: string }
  readonly errors: readonly FieldError[]
}

/** Digits or passkey. */
export function SecondFactorForm(
  props: FormProps & {
    readonly kinds: { readonly totp: boolean; readonly passkey: boolean }
    readonly script: PasskeyScript | null
  },
) {
  const t = useT()
  return (
    <form method="post">
      <input type="hidden" {...props.csrf} />
      <FactorFields
        kinds={props.kinds}
        script={props.script}
        asks="sign-in"
        passkeyLabel={t('account.passkeySignIn')}
        error={messageAt(props.errors, FACTOR_FIELDS.code)}
      >
        <Button icon="verify">{t('account.codeButton')}</Button>
      </FactorFields>
    </form>
  )
}

/** A recovery code, folded away: it is for emergencies. */
export function RecoveryForm(props: FormProps) {
  const t = useT()
  const error = messageAt(props.errors, FACTOR_FIELDS.recovery)
  return (
    <details className="more" open={error !== undefined}>
      <summary>{t('account.recoveryAsk')}</summary>
      <form method="post" className="more__body">
        <input type="hidden" {...props.csrf} />
        <TextField
          name={FACTOR_FIELDS.recovery}
          label={t('account.recoveryCode')}
          hint={t('account.recoveryHint')}
          autoComplete="off"
          maxLength={30}
          width="half"
          required
          error={error}
        />
        <div>
          <Button tone="secondary">{t('account.recoveryButton')}</Button>
        </div>
      </form>
    </details>
  )
}
