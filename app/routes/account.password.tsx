/** /account/password: a new password in the place of the present one; every other session ends. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { translate } from '#i18n'
import { changePassword } from '#people/server'
import { readForm, respond } from '#platform'
import { Button, Card, ErrorSummary, Notice, TextField, useT, viewerOf } from '#ui'
import { AccountPage, CsrfInput } from './account/account-page.tsx'
import { messageAt, passwordErrors } from './account/problems.ts'
import { enterAccount } from './account/visit.server.ts'

const PasswordForm = z
  .object({
    current: z.string().min(1),
    password: z.string().min(1),
    passwordAgain: z.string().min(1),
  })
  .refine(form => form.password === form.passwordAgain, {
    message: 'password-differs',
    path: ['passwordAgain'],
  })

const STATUSES = {
  'form-invalid': 422,
  'sign-in-refused': 422,
  'password-too-short': 422,
  'password-too-long': 422,
  'password-too-common': 422,
  'too-many-attempts': 429,
} as const

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [
    { title: `${t('account.passwordTitle')} · ${t('site.name')}` },
    { name: 'robots', content: 'noindex' },
  ]
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { frame } = await enterAccount(request)
  return { frame }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { portal, actor } = await enterAccount(request)
  const form = await readForm(request, portal.settings, PasswordForm)
  if (!form.ok) return respond(form.error, STATUSES)
  const { current, password } = form.value
  const changed = await changePassword(portal, actor, {
    current,
    next: password,
    address: context.clientAddress,
  })
  return changed.ok ? data({ refusal: undefined }) : respond(changed.error, STATUSES)
}

export default function Password() {
  const t = useT()
  const { frame } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const errors = passwordErrors(answered?.refusal, t)
  const field = (name: string, label: string, autoComplete: string, hint?: string) => (
    <TextField
      name={name}
      type="password"
      label={label}
      hint={hint}
      autoComplete={autoComplete}
      width="half"
      required
      error={messageAt(errors, name)}
    />
  )
  return (
    <AccountPage
      frame={frame}
      place="password"
      title={t('account.passwordTitle')}
      lead={t('account.passwordLead')}
    >
      {answered !== undefined && answered.refusal === undefined && (
        <Notice tone="success" title={t('account.passwordChanged')} live="status">
          <p>{t('account.passwordChangedText')}</p>
        </Notice>
      )}
      <ErrorSummary errors={errors} />
      <Card>
        <form method="post">
          <CsrfInput frame={frame} />
          {field('current', t('account.passwordCurrent'), 'current-password')}
          {field('password', t('account.passwordNew'), 'new-password', t('people.passwordHint'))}
          {field('passwordAgain', t('people.passwordAgain'), 'new-password')}
          <Button>{t('account.passwordButton')}</Button>
        </form>
      </Card>
    </AccountPage>
  )
}
