/** /account/sms: a telephone to sign in by, verified by the digits sent to it; and taken away again. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { translate } from '#i18n'
import { SMS_CODE_MINUTES } from '#people'
import {
  askSmsVerification,
  mayChangeKeys,
  readOwnSmsNumber,
  removeSmsNumber,
  verifySmsNumber,
} from '#people/server'
import { readForm } from '#platform'
import { Button, Card, ErrorSummary, LinkButton, Notice, useT, viewerOf } from '#ui'
import { AccountPage, CsrfInput } from './account/account-page.tsx'
import { PhoneForm, SmsCodeForm } from './account/sms-forms.tsx'
import { smsErrors, smsStatus } from './account/sms-problems.ts'
import { hasSmsGateway } from './account/start-after.server.ts'
import { enterAccount } from './account/visit.server.ts'

const SmsForm = z.object({
  intent: z.enum(['ask', 'code', 'remove']),
  phoneSecret: z.string().max(40).default(''),
  smsCodeId: z.string().max(40).default(''),
  smsCode: z.string().max(20).default(''),
})

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('sms.accountTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { portal, actor, frame } = await enterAccount(request)
  return {
    frame,
    phone: await readOwnSmsNumber(portal, actor),
    isFresh: await mayChangeKeys(portal, actor),
    isOffered: hasSmsGateway(portal),
  }
}

const NOTHING = { codeId: null, refusal: null, isDone: false } as const

export async function action({ request, context }: ActionFunctionArgs) {
  const { portal, actor } = await enterAccount(request)
  const form = await readForm(request, portal.settings, SmsForm)
  if (!form.ok || !hasSmsGateway(portal)) throw new Response(null, { status: 400 })
  const { intent, phoneSecret: phone, smsCodeId: codeId, smsCode: code } = form.value
  if (intent === 'remove') {
    await removeSmsNumber(portal, actor)
    return data(NOTHING)
  }
  if (intent === 'ask') {
    const asked = await askSmsVerification(portal, actor, { phone, address: context.clientAddress })
    if (asked.ok) return data({ ...NOTHING, codeId: asked.value.codeId })
    return data({ ...NOTHING, refusal: asked.error }, { status: smsStatus(asked.error) })
  }
  const done = await verifySmsNumber(portal, actor, { codeId, code })
  if (done.ok) return data({ ...NOTHING, isDone: true })
  return data({ ...NOTHING, codeId, refusal: done.error }, { status: smsStatus(done.error) })
}

export default function SmsNumber() {
  const t = useT()
  const { frame, phone, isFresh, isOffered } = useLoaderData<typeof loader>()
  const { codeId, refusal, isDone } = useActionData<typeof action>() ?? NOTHING
  const errors = smsErrors(refusal, t)
  return (
    <AccountPage frame={frame} place="sms" title={t('sms.accountTitle')} lead={t('sms.accountLead')}>
      {isDone && <Notice tone="success" live="status" title={t('sms.accountDone')} />}
      <ErrorSummary errors={errors} />
      {!isOffered && <Notice tone="info" title={t('sms.absent')} />}
      <Card>
        <p>{phone === null ? t('sms.accountNone') : t('sms.accountNow', { phone })}</p>
        {phone !== null && (
          <form method="post">
            <CsrfInput frame={frame} />
            <Button name="intent" value="remove" tone="secondary">
              {t('sms.accountRemove')}
            </Button>
          </form>
        )}
      </Card>
      {!isFresh && (
        <Notice tone="info" title={t('sms.accountFresh')}>
          <LinkButton href="/sign-in/second?next=/account/sms">{t('sms.accountFreshLink')}</LinkButton>
        </Notice>
      )}
      {isFresh && isOffered && (
        <Card tone="quiet">
          {codeId === null ? (
            <>
              {phone !== null && <h2>{t('sms.accountChange')}</h2>}
              <PhoneForm csrf={frame.csrf} errors={errors} label={t('sms.accountAsk')} />
            </>
          ) : (
            <>
              <p>{t('sms.codeLead', { minutes: SMS_CODE_MINUTES })}</p>
              <SmsCodeForm csrf={frame.csrf} errors={errors} codeId={codeId} label={t('sms.accountVerify')} />
            </>
          )}
        </Card>
      )}
    </AccountPage>
  )
}
