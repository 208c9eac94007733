/** /account/second-factor: which second factors one has; set up, take away, make new recovery codes. */
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
import {
  enrolPasskey,
  mayChangeKeys,
  prepareTotp,
  readFactors,
  removeFactor,
  renewRecoveryCodes,
} from '#people/server'
import { localPath, readForm, sessionCookie } from '#platform'
import { ErrorSummary, FACTOR_FIELDS, href, PasskeyScriptTag, useT, viewerOf } from '#ui'
import { AccountPage } from './account/account-page.tsx'
import { keyErrors } from './account/factor-problems.ts'
import { FactorSheet, RecoveryCodes } from './account/factor-sheet.tsx'
import { readPasskeyScript } from './account/passkey-script.server.ts'
import { keepRenewed, requestNow } from './account/renewed.server.ts'
import { type AccountVisit, enterAccount } from './account/visit.server.ts'

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [
    { title: `${t('account.factorsTitle')} · ${t('site.name')}` },
    { name: 'robots', content: 'noindex' },
  ]
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { portal, actor, frame } = await enterAccount(requestNow(request, context))
  const next = localPath(new URL(request.url).searchParams.get('next'), frame.start)
  return {
    frame,
    next,
    factors: await readFactors(portal, actor),
    mayChange: await mayChangeKeys(portal, actor),
    mustEnrol: actor.awaits === 'enrolment',
    script: await readPasskeyScript(portal),
  }
}

const Act = z.object({
  intent: z.enum(['totp', 'passkey', 'remove-totp', 'remove-passkey', 'recovery-codes']),
  name: z.string().max(100).optional(),
  credential: z.string().max(2000).optional(),
  [FACTOR_FIELDS.answer]: z.string().max(20_000).optional(),
})

function act({ portal, actor }: AccountVisit, request: Request, form: z.infer<typeof Act>) {
  const credentialId = form.credential ?? ''
  switch (form.intent) {
    case 'totp':
      return prepareTotp(portal, actor)
    case 'remove-totp':
      return removeFactor(portal, actor, 'totp')
    case 'remove-passkey':
      return removeFactor(portal, actor, { credentialId })
    case 'recovery-codes':
      return renewRecoveryCodes(portal, actor)
    case 'passkey': {
      const given = { name: form.name ?? '', answer: form[FACTOR_FIELDS.answer] ?? '' }
      return enrolPasskey(portal, actor, given, deviceKindOf(request.headers.get('User-Agent')))
    }
  }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const visit = await enterAccount(request)
  const { portal } = visit
  const form = await readForm(request, portal.settings, Act)
  if (!form.ok) throw new Response(null, { status: 400 })
  const done = await act(visit, request, form.value)
  if (!done.ok) return data({ refusal: done.error, codes: null }, { status: 422 })
  const viewer = viewerOf(request.url)
  const { search } = new URL(request.url)
  if (form.value.intent === 'totp') return redirect(href(`/account/second-factor/totp${search}`, viewer), 303)
  const { value } = done
  if (value === undefined) return redirect(href('/account/second-factor', viewer), 303)
  if (!('token' in value)) return data({ refusal: undefined, codes: value })
  const headers = { 'Set-Cookie': sessionCookie(portal.settings, value.token) }
  if (value.recoveryCodes === null)
    return redirect(href('/account/second-factor', viewer), { status: 303, headers })
  keepRenewed(context, headers['Set-Cookie'])
  return data({ refusal: undefined, codes: value.recoveryCodes }, { headers })
}

export default function SecondFactors() {
  const t = useT()
  const { frame, ...page } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const errors = keyErrors(answered?.refusal, t)
  return (
    <AccountPage
      frame={frame}
      place="second-factor"
      title={t('account.factorsTitle')}
      lead={t(page.mustEnrol ? 'account.mustEnrol' : 'account.factorsLead')}
    >
      <ErrorSummary errors={errors} />
      {answered?.codes ? (
        <RecoveryCodes codes={answered.codes} next={page.next} />
      ) : (
        <FactorSheet frame={frame} errors={errors} {...page} />
      )}
      <PasskeyScriptTag script={page.script} />
    </AccountPage>
  )
}
