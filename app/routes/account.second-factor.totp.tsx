/** /account/second-factor/totp: the secret for an authenticator program, as QR code and for typing, until its first code confirms it. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { translate } from '#i18n'
import { base32Of, deviceKindOf, totpAddress } from '#people'
import { enrolTotp, mayChangeKeys, readOwnLogin, readWaitingSecret } from '#people/server'
import { localPath, readForm, sessionCookie } from '#platform'
import { Button, Card, CodeField, ErrorSummary, FACTOR_FIELDS, href, useT, viewerOf } from '#ui'
import { AccountPage, CsrfInput } from './account/account-page.tsx'
import { keyErrors } from './account/factor-problems.ts'
import { RecoveryCodes, SecretForProgram } from './account/factor-sheet.tsx'
import { messageAt } from './account/problems.ts'
import { keepRenewed, requestNow } from './account/renewed.server.ts'
import { enterAccount } from './account/visit.server.ts'

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('account.totpTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { portal, actor, frame } = await enterAccount(requestNow(request, context))
  const secret = (await mayChangeKeys(portal, actor)) ? await readWaitingSecret(portal, actor.userId) : null
  const url = new URL(request.url)
  const shown =
    secret === null
      ? null
      : {
          typed: base32Of(secret).replace(/(.{4})(?=.)/g, '$1 '),
          address: totpAddress(secret, await readOwnLogin(portal, actor), translate('zh-CN')('site.name')),
        }
  return { frame, shown, next: localPath(url.searchParams.get('next'), frame.start) }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { portal, actor } = await enterAccount(request)
  const form = await readForm(request, portal.settings, z.record(z.string(), z.unknown()))
  const code = form.ok ? String(form.value[FACTOR_FIELDS.code] ?? '') : ''
  const device = deviceKindOf(request.headers.get('User-Agent'))
  const done = await enrolTotp(portal, actor, code, device)
  if (!done.ok) return data({ refusal: done.error, codes: null }, { status: 422 })
  const headers = { 'Set-Cookie': sessionCookie(portal.settings, done.value.token) }
  if (done.value.recoveryCodes !== null) {
    keepRenewed(context, headers['Set-Cookie'])
    return data({ refusal: undefined, codes: done.value.recoveryCodes }, { headers })
  }
  return redirect(href('/account/second-factor', viewerOf(request.url)), { status: 303, headers })
}

export default function EnrolTotp() {
  const t = useT()
  const { frame, shown, next } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const errors = keyErrors(answered?.refusal, t)
  return (
    <AccountPage
      frame={frame}
      place="second-factor"
      title={t('account.totpTitle')}
      lead={t('account.totpLead')}
    >
      <ErrorSummary errors={errors} />
      {answered?.codes && <RecoveryCodes codes={answered.codes} next={next} />}
      {!answered?.codes && shown !== null && (
        <Card>
          <SecretForProgram {...shown} />
          <form method="post">
            <CsrfInput frame={frame} />
            <CodeField
              required
              hint={t('account.totpCodeHint')}
              error={messageAt(errors, FACTOR_FIELDS.code)}
            />
            <Button icon="done">{t('account.totpConfirm')}</Button>
          </form>
        </Card>
      )}
      {!answered?.codes && shown === null && <p>{t('account.totpNone')}</p>}
    </AccountPage>
  )
}
