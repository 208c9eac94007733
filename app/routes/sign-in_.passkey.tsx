/** /sign-in/passkey: a passkey alone into a session, for whoever set one up here. Needs a script; /sign-in does not. */
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
import { actorOf, readActor, signInByPasskey } from '#people/server'
import { csrfField, currentPortal, readForm, sessionCookie, sessionTokenOf } from '#platform'
import {
  Anchor,
  Card,
  ErrorSummary,
  FACTOR_FIELDS,
  PageShell,
  PasskeyButton,
  PasskeyScriptTag,
  useT,
  viewerOf,
} from '#ui'
import { readPasskeyScript } from './account/passkey-script.server.ts'
import { smsErrors, smsStatus } from './account/sms-problems.ts'
import { startAfter } from './account/start-after.server.ts'

const Answer = z.object({ [FACTOR_FIELDS.answer]: z.string().max(20_000).default('') })

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('sms.passkey')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export async function loader({ request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const actor = await actorOf(portal, request)
  if (actor !== null) throw redirect(await startAfter(portal, request, actor), 303)
  return { csrf: csrfField(request, portal.settings), script: await readPasskeyScript(portal) }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const portal = currentPortal()
  const form = await readForm(request, portal.settings, Answer)
  const signedIn = await signInByPasskey(portal, {
    answer: form.ok ? (form.value[FACTOR_FIELDS.answer] ?? '') : '',
    address: context.clientAddress,
    replacedToken: sessionTokenOf(request, portal.settings),
    device: deviceKindOf(request.headers.get('User-Agent')),
  })
  if (!signedIn.ok) return data({ refusal: signedIn.error }, { status: smsStatus(signedIn.error) })
  const { token } = signedIn.value
  const headers = { 'Set-Cookie': sessionCookie(portal.settings, token) }
  const target = await startAfter(portal, request, await readActor(portal, token))
  throw redirect(target, { status: 303, headers })
}

export default function PasskeySignIn() {
  const t = useT()
  const { csrf, script } = useLoaderData<typeof loader>()
  const errors = smsErrors(useActionData<typeof action>()?.refusal ?? null, t)
  return (
    <PageShell
      kicker={t('people.signInKicker')}
      title={t('sms.passkey')}
      lead={t('sms.passkeyLead')}
      notContained={[t('people.signInContains')]}
    >
      <ErrorSummary errors={errors} />
      <Card>
        <form method="post">
          <input type="hidden" {...csrf} />
          <PasskeyButton asks="passwordless" script={script} label={t('sms.passkey')} />
          <noscript>{t('account.passkeyNeedsScript')}</noscript>
        </form>
      </Card>
      <p>
        <Anchor href="/sign-in">{t('sms.byPassword')}</Anchor>
      </p>
      <PasskeyScriptTag script={script} />
    </PageShell>
  )
}
