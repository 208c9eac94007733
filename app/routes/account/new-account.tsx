/** The fields by which an invited person chooses a sign-in name and a password. */
import { Button, TextField, useT } from '#ui'
import { type accountErrors, messageAt } from './problems.ts'

/** What was entered comes back but for the password. */
export function NewAccount(props: {
  readonly errors: ReturnType<typeof accountErrors>
  readonly entered?: string
}) {
  const t = useT()
  const at = (field: string) => messageAt(props.errors, field)
  return (
    <>
      <TextField
        name="login"
        label={t('people.login')}
        hint={t('people.loginHint')}
        autoComplete="username"
        maxLength={40}
        required
        defaultValue={props.entered}
        error={at('login')}
      />
      <TextField
        name="password"
        type="password"
        label={t('people.password')}
        hint={t('people.passwordHint')}
        autoComplete="new-password"
        required
        error={at('password')}
      />
      <TextField
        name="passwordAgain"
        type="password"
        label={t('people.passwordAgain')}
        autoComplete="new-password"
        required
        error={at('passwordAgain')}
      />
      <Button>{t('people.inviteButton')}</Button>
    </>
  )
}
