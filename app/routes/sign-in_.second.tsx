/** /sign-in/second: the second factor, after the password and again before one's own keys are changed. The session is begun anew. */
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
import { deviceKindOf } from '#people'
import { actorOf, giveSecondFactor, ledTo, readActor, readFactorKinds, startPathOf } from '#people/server'
import { csrfField, currentPortal, localPath, readForm, sessionCookie } from '#platform'
import { Card, ErrorSummary, href, LinkButton, PageShell, PasskeyScriptTag, useT, viewerOf } from '#ui'
import { factorIn } from './account/factor-form.ts'
import { factorErrors } from './account/factor-problems.ts'
import { readPasskeyScript } from './account/passkey-script.server.ts'
import { RecoveryForm, SecondFactorForm } from './account/second-step.tsx'

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [
    { title: `${t('account.secondTitle')} · ${t('site.name')}` },
    { name: 'robots', content: 'noindex' },
  ]
}

export async function loader({ request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const actor = await actorOf(portal, request)
  if (actor === null) throw ledTo('/sign-in', request)
  const kinds = await readFactorKinds(portal, actor.userId)
  if (!kinds.totp && !kinds.passkey) {
    return redirect(href(await startPathOf(portal, actor), viewerOf(request.url)), 303)
  }
  return {
    kinds,
    csrf: csrfField(request, portal.settings),
    name: actor.displayName,
    script: kinds.passkey ? await readPasskeyScript(portal) : null,
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const portal = currentPortal()
  const actor = await actorOf(portal, request)
  if (actor === null) throw ledTo('/sign-in', request)
  const form = await readForm(request, portal.settings, z.record(z.string(), z.unknown()))
  const given = form.ok ? factorIn(form.value) : null
  const done = await giveSecondFactor(portal, actor, given, deviceKindOf(request.headers.get('User-Agent')))
  if (!done.ok) {
    const status = done.error.code === 'factor-locked' ? 429 : 422
    return data({ refusal: done.error, method: given?.method ?? null }, { status })
  }
  const { token } = done.value
  const whole = await readActor(portal, token)
  const start =
    given?.method === 'recovery' ? '/account/second-factor' : await startPathOf(portal, whole ?? actor)
  const next = given?.method === 'recovery' ? null : new URL(request.url).searchParams.get('next')
  return redirect(href(localPath(next, start), viewerOf(request.url)), {
    status: 303,
    headers: { 'Set-Cookie': sessionCookie(portal.settings, token) },
  })
}

export default function SecondStep() {
  const t = useT()
  const { kinds, csrf, name, script } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const errors = factorErrors(answered?.refusal, t, answered?.method)
  return (
    <PageShell
      kicker={t('people.signInKicker')}
      title={t('account.secondTitle')}
      lead={t('account.secondLead', { name })}
      notContained={[t('account.secondContains')]}
    >
      <ErrorSummary errors={errors} />
      <Card>
        <SecondFactorForm csrf={csrf} kinds={kinds} script={script} errors={errors} />
      </Card>
      <RecoveryForm csrf={csrf} errors={errors} />
      <LinkButton href="/sign-out">{t('people.signOutButton')}</LinkButton>
      <PasskeyScriptTag script={script} />
    </PageShell>
  )
}
