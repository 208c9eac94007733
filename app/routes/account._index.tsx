/** /account: on which devices one is signed in, each with a button that ends it. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { translate } from '#i18n'
import { endOtherSessions, endSession, listSessions } from '#people/server'
import { readForm } from '#platform'
import { href, useT, viewerOf } from '#ui'
import { AccountPage } from './account/account-page.tsx'
import { SessionTable } from './account/session-table.tsx'
import { enterAccount } from './account/visit.server.ts'

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [
    { title: `${t('account.sessionsTitle')} · ${t('site.name')}` },
    { name: 'robots', content: 'noindex' },
  ]
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { portal, actor, frame } = await enterAccount(request)
  return { frame, sessions: await listSessions(portal, actor) }
}

const Ending = z.object({ session: z.string().max(60) })

export async function action({ request }: ActionFunctionArgs) {
  const { portal, actor } = await enterAccount(request)
  const form = await readForm(request, portal.settings, Ending)
  if (form.ok && form.value.session === 'others') await endOtherSessions(portal, actor)
  else if (form.ok) await endSession(portal, actor, form.value.session)
  return redirect(href('/account', viewerOf(request.url)), 303)
}

export default function Account() {
  const t = useT()
  const { frame, sessions } = useLoaderData<typeof loader>()
  return (
    <AccountPage
      frame={frame}
      place="sessions"
      title={t('account.sessionsTitle')}
      lead={t('account.sessionsLead')}
    >
      <SessionTable frame={frame} sessions={sessions} />
    </AccountPage>
  )
}
