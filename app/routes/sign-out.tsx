/** /sign-out: ends the session, by a form only, so that no link and no image can sign anybody out. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { translate } from '#i18n'
import { actorOf, signOut } from '#people/server'
import { csrfField, currentPortal, endedSessionCookie, readForm, sessionTokenOf } from '#platform'
import { Button, PageShell, useT, viewerOf } from '#ui'

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [
    { title: `${t('people.signOutTitle')} · ${t('site.name')}` },
    { name: 'robots', content: 'noindex' },
  ]
}

export async function loader({ request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const actor = await actorOf(portal, request)
  if (actor === null) return redirect('/', 303)
  return { csrf: csrfField(request, portal.settings), name: actor.displayName }
}

export async function action({ request }: ActionFunctionArgs) {
  const portal = currentPortal()
  await readForm(request, portal.settings, z.object({}))
  const token = sessionTokenOf(request, portal.settings)
  if (token !== null) await signOut(portal, token)
  return redirect('/', { status: 303, headers: { 'Set-Cookie': endedSessionCookie(portal.settings) } })
}

export default function SignOut() {
  const t = useT()
  const { csrf, name } = useLoaderData<typeof loader>()
  return (
    <PageShell
      title={t('people.signOutTitle')}
      lead={t('people.alreadySignedIn', { name })}
      notContained={[t('people.signOutContains')]}
    >
      <p>{t('people.signOutLead')}</p>
      <form method="post">
        <input type="hidden" {...csrf} />
        <Button>{t('people.signOutButton')}</Button>
      </form>
    </PageShell>
  )
}
