/** /sign-in/sms: a number, then the digits that were sent to it, into a session. The same answer for every number. */
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
import { deviceKindOf, SMS_CODE_MINUTES } from '#people'
import { actorOf, askSmsSignIn, readActor, signInBySms } from '#people/server'
import { csrfField, currentPortal, readForm, sessionCookie, sessionTokenOf } from '#platform'
import { Anchor, Card, ErrorSummary, Notice, PageShell, useT, viewerOf } from '#ui'
import { PhoneForm, SmsCodeForm } from './account/sms-forms.tsx'
import { smsErrors, smsStatus } from './account/sms-problems.ts'
import { hasSmsGateway, startAfter } from './account/start-after.server.ts'

const SmsForm = z.object({
  intent: z.enum(['ask', 'code']),
  phoneSecret: z.string().max(40).default(''),
  smsCodeId: z.string().max(40).default(''),
  smsCode: z.string().max(20).default(''),
})

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('sms.signInTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export async function loader({ request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const actor = await actorOf(portal, request)
  if (actor !== null) throw redirect(await startAfter(portal, request, actor), 303)
  return { csrf: csrfField(request, portal.settings), isOffered: hasSmsGateway(portal) }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const portal = currentPortal()
  const form = await readForm(request, portal.settings, SmsForm)
  if (!form.ok || !hasSmsGateway(portal)) throw new Response(null, { status: 400 })
  const address = context.clientAddress
  const { intent, phoneSecret: phone, smsCodeId: codeId, smsCode: code } = form.value
  if (intent === 'ask') {
    const asked = await askSmsSignIn(portal, { phone, address })
    if (asked.ok) return data({ codeId: asked.value.codeId, refusal: null })
    return data({ codeId: null, refusal: asked.error }, { status: smsStatus(asked.error) })
  }
  const device = deviceKindOf(request.headers.get('User-Agent'))
  const replacedToken = sessionTokenOf(request, portal.settings)
  const signedIn = await signInBySms(portal, { codeId, code, address, replacedToken, device })
  if (!signedIn.ok) return data({ codeId, refusal: signedIn.error }, { status: smsStatus(signedIn.error) })
  const { token } = signedIn.value
  const headers = { 'Set-Cookie': sessionCookie(portal.settings, token) }
  const target = await startAfter(portal, request, await readActor(portal, token))
  throw redirect(target, { status: 303, headers })
}

export default function SmsSignIn() {
  const t = useT()
  const { csrf, isOffered } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const errors = smsErrors(answered?.refusal ?? null, t)
  const codeId = answered?.codeId ?? null
  return (
    <PageShell
      kicker={t('people.signInKicker')}
      title={t(codeId === null ? 'sms.signInTitle' : 'sms.codeTitle')}
      lead={codeId === null ? t('sms.signInLead') : t('sms.codeLead', { minutes: SMS_CODE_MINUTES })}
      notContained={[t('sms.signInContains')]}
    >
      <ErrorSummary errors={errors} />
      {isOffered ? (
        <Card>
          {codeId === null ? (
            <PhoneForm csrf={csrf} errors={errors} label={t('sms.ask')} />
          ) : (
            <SmsCodeForm csrf={csrf} errors={errors} codeId={codeId} label={t('sms.signIn')} />
          )}
        </Card>
      ) : (
        <Notice tone="info" title={t('sms.absent')} />
      )}
      {codeId !== null && (
        <p>
          <Anchor href="/sign-in/sms">{t('sms.again')}</Anchor>
        </p>
      )}
      <p>
        <Anchor href="/sign-in">{t('sms.byPassword')}</Anchor>
      </p>
    </PageShell>
  )
}
