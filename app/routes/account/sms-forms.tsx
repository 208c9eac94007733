/** The two steps of a code on the telephone: the number, then the six digits. */
import { Button, type FieldError, TextField, useT } from '#ui'
import { messageAt } from './problems.ts'

interface FormProps {
  readonly csrf: { readonly name: string; readonly value: string }
  readonly errors: readonly FieldError[]
}

/** Asks for the number. */
export function PhoneForm(props: FormProps & { readonly label: string }) {
  const t = useT()
  return (
    <form method="post">
      <input type="hidden" {...props.csrf} />
      <TextField
        name="phoneSecret"
        type="tel"
        label={t('sms.phone')}
        autoComplete="tel-national"
        inputMode="numeric"
        maxLength={20}
        width="half"
        required
        error={messageAt(props.errors, 'phoneSecret')}
      />
      <Button name="intent" value="ask">
        {props.label}
      </Button>
    </form>
  )
}

/** Asks for the digits. */
export function SmsCodeForm(props: FormProps & { readonly codeId: string; readonly label: string }) {
  const t = useT()
  return (
    <form method="post">
      <input type="hidden" {...props.csrf} />
      <input type="hidden" name="smsCodeId" value={props.codeId} />
      <TextField
        name="smsCode"
        label={t('sms.code')}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={12}
        width="short"
        required
        error={messageAt(props.errors, 'smsCode')}
      />
      <Button name="intent" value="code">
        {props.label}
      </Button>
    </form>
  )
}
