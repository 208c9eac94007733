/** /sign-in: name and password into a session. The page works without a script and tells nobody which accounts exist. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { translate } from '#i18n'
import { deviceKindOf } from '#people'
import { actorOf, readActor, signIn } from '#people/server'
import { csrfField, currentPortal, readForm, respond, sessionCookie, sessionTokenOf } from '#platform'
import { Button, Card, ErrorSummary, PageShell, TextField, useT, viewerOf } from '#ui'
import { OtherWays } from './account/other-ways.tsx'
import { readPasskeyScript } from './account/passkey-script.server.ts'
import { accountErrors, messageAt } from './account/problems.ts'
import { hasSmsGateway, startAfter } from './account/start-after.server.ts'

const SignInForm = z.object({ login: z.string().min(1), password: z.string().min(1) })
const STATUSES = { 'form-invalid': 422, 'sign-in-refused': 422, 'too-many-attempts': 429 } as const

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('people.signInTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export async function loader({ request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const actor = await actorOf(portal, request)
  if (actor !== null) return redirect(await startAfter(portal, request, actor), 303)
  return {
    csrf: csrfField(request, portal.settings),
    offersPasskey: (await readPasskeyScript(portal)) !== null,
    onward: new URL(request.url).search,
    offersSms: hasSmsGateway(portal),
  }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const portal = currentPortal()
  const form = await readForm(request, portal.settings, SignInForm)
  if (!form.ok) return respond(form.error, STATUSES)
  const replacedToken = sessionTokenOf(request, portal.settings)
  const device = deviceKindOf(request.headers.get('User-Agent'))
  const given = { ...form.value, address: context.clientAddress, replacedToken, device }
  const signedIn = await signIn(portal, given)
  if (!signedIn.ok) return respond(signedIn.error, STATUSES)
  const actor = await readActor(portal, signedIn.value.token)
  return redirect(await startAfter(portal, request, actor), {
    status: 303,
    headers: { 'Set-Cookie': sessionCookie(portal.settings, signedIn.value.token) },
  })
}

export default function SignIn() {
  const t = useT()
  const { csrf, offersPasskey, offersSms, onward } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()?.refusal
  const errors = accountErrors(refusal, t)
  const entered = refusal?.code === 'form-invalid' ? refusal.entered.login : undefined
  return (
    <PageShell
      kicker={t('people.signInKicker')}
      title={t('people.signInTitle')}
      lead={t('people.signInLead')}
      notContained={[t('people.signInContains')]}
    >
      <ErrorSummary errors={errors} />
      <Card>
        <form method="post">
          <input type="hidden" {...csrf} />
          <TextField
            name="login"
            label={t('people.login')}
            autoComplete="username"
            maxLength={40}
            width="half"
            required
            defaultValue={entered}
            error={messageAt(errors, 'login')}
          />
          <TextField
            name="password"
            type="password"
            label={t('people.password')}
            autoComplete="current-password"
            width="half"
            required
            error={messageAt(errors, 'password')}
          />
          <Button icon="person">{t('people.signInButton')}</Button>
        </form>
      </Card>
      <OtherWays offersPasskey={offersPasskey} offersSms={offersSms} onward={onward} />
    </PageShell>
  )
}
