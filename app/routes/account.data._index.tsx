/** /account/data: what is kept about the person signed in, to take along; and the account's erasure. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { forgetSignIns } from '#council/server'
import { translate } from '#i18n'
import { eraseOwnAccount } from '#people/server'
import { endedSessionCookie, readForm } from '#platform'
import {
  Anchor,
  Button,
  Card,
  CheckboxField,
  ErrorSummary,
  href,
  LinkButton,
  Section,
  useT,
  viewerOf,
} from '#ui'
import { AccountPage, CsrfInput } from './account/account-page.tsx'
import { enterAccount } from './account/visit.server.ts'
import { AnyForm, textOf } from './office/entered.ts'

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('personal.title')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { frame } = await enterAccount(request)
  return { frame }
}

export async function action({ request }: ActionFunctionArgs) {
  const { portal, actor } = await enterAccount(request)
  const form = await readForm(request, portal.settings, AnyForm)
  if (!form.ok || textOf(form.value, 'understood') !== 'yes') {
    return data({ refusal: 'tick-missing' as const }, { status: 422 })
  }
  const erased = await eraseOwnAccount(portal, actor, [forgetSignIns])
  if (!erased.ok) return data({ refusal: erased.error.code }, { status: 409 })
  const headers = { 'Set-Cookie': endedSessionCookie(portal.settings) }
  throw redirect(href('/', viewerOf(request.url)), { status: 303, headers })
}

export default function OwnData() {
  const t = useT()
  const { frame } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()?.refusal
  const errors =
    refusal === undefined
      ? []
      : refusal === 'tick-missing'
        ? [{ field: 'understood', message: t('personal.eraseTickMissing') }]
        : [{ message: t(`personal.refusal.${refusal}`) }]
  return (
    <AccountPage frame={frame} place="data" title={t('personal.title')} lead={t('personal.lead')}>
      <ErrorSummary errors={errors} />
      <Card>
        <p>{t('personal.downloadLead')}</p>
        <LinkButton href="/account/data.json" icon="download">
          {t('personal.download')}
        </LinkButton>
        <p>
          <Anchor href="/privacy">{t('personal.privacyLink')}</Anchor>
        </p>
      </Card>
      <Section title={t('personal.eraseTitle')} lead={t('personal.eraseLead')}>
        <Card tone="quiet">
          <form method="post">
            <CsrfInput frame={frame} />
            <CheckboxField name="understood" label={t('personal.eraseTick')} required />
            <Button tone="danger">{t('personal.erase')}</Button>
          </form>
        </Card>
      </Section>
    </AccountPage>
  )
}
