/**
 * Where a second factor is asked for: the six digits of an authenticator program, or a passkey. The digits need no script; the
 * passkey's button shows itself where the page's script finds that the device can answer.
 */
import type { ReactNode } from 'react'
import { TextField } from './form.tsx'
import { Icon } from './icon.tsx'
import { useNonce } from './nonce.ts'
import { useT } from './viewer.tsx'

/** Names of the fields; none of them is ever shown again in a form that came back. */
export const FACTOR_FIELDS = {
  code: 'factorCode',
  answer: 'factorPasskeyCode',
  recovery: 'factorRecoveryCode',
} as const

/** What the script of the page needs: its address, and the host name under which passkeys were made. Null where it was not built. */
export interface PasskeyScript {
  readonly address: string
  readonly host: string
}

/** The field for the six digits. */
export function CodeField(props: {
  readonly error?: string
  readonly required: boolean
  readonly hint?: string
}) {
  const t = useT()
  return (
    <TextField
      name={FACTOR_FIELDS.code}
      label={t('account.code')}
      hint={props.hint ?? t('account.codeHint')}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={12}
      width="short"
      required={props.required}
      error={props.error}
    />
  )
}

/** The button that asks the device for its passkey and then sends the form around it; `asks` names what the answer is for. */
export function PasskeyButton(props: {
  readonly asks: 'passwordless' | 'sign-in' | 'register' | 'release' | 'witness' | 'minutes'
  readonly script: PasskeyScript | null
  readonly label: string
  /** What the form's button would send. */
  readonly intent?: string
}) {
  const t = useT()
  const { script } = props
  if (script === null) return null
  return (
    <div className="passkey" data-passkey={props.asks} data-passkey-host={script.host} hidden>
      <input type="hidden" name={FACTOR_FIELDS.answer} value="" />
      <button
        className="button"
        data-tone="secondary"
        type="submit"
        name={props.intent === undefined ? undefined : 'intent'}
        value={props.intent}
        formNoValidate
      >
        <Icon name="verify" />
        {props.label}
      </button>
      <p className="passkey__problem field__error" role="status" data-problem hidden>
        {t('account.passkeyProblem')}
      </p>
    </div>
  )
}

/** The script of the passkeys, once on a page that has a `PasskeyButton`. */
export function PasskeyScriptTag(props: { readonly script: PasskeyScript | null }) {
  const nonce = useNonce()
  return props.script === null ? null : <script type="module" src={props.script.address} nonce={nonce} />
}

/** Code and passkey, as far as the person has them, with the form's own button between them. */
export function FactorFields(props: {
  readonly kinds: { readonly totp: boolean; readonly passkey: boolean }
  readonly script: PasskeyScript | null
  readonly asks: 'sign-in' | 'release' | 'witness' | 'minutes'
  readonly passkeyLabel: string
  readonly intent?: string
  readonly error?: string
  readonly children?: ReactNode
}) {
  const t = useT()
  const { kinds } = props
  return (
    <>
      {kinds.totp ? (
        <>
          <CodeField error={props.error} required={!kinds.passkey} />
          {props.children}
        </>
      ) : (
        props.error !== undefined && (
          <p className="field__error" id={FACTOR_FIELDS.code}>
            {props.error}
          </p>
        )
      )}
      {kinds.passkey && (
        <PasskeyButton
          asks={props.asks}
          script={props.script}
          label={props.passkeyLabel}
          intent={props.intent}
        />
      )}
      {kinds.passkey && !kinds.totp && <noscript>{t('account.passkeyNeedsScript')}</noscript>}
    </>
  )
}
