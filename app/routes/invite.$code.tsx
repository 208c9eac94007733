/** /invite/:code: a one-time invitation becomes an account with an office, or a further office of whoever is signed in. */
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
import { acceptInvite, acceptInviteAs, actorOf, ledTo, readOpenInvitation } from '#people/server'
import { csrfField, currentPortal, readForm, respond, sessionCookie } from '#platform'
import { Button, Card, ErrorSummary, href, LinkButton, PageShell, useT, viewerOf } from '#ui'
import { ClaimProofField } from './account/claim-proof-field.tsx'
import { NewAccount } from './account/new-account.tsx'
import { accountErrors } from './account/problems.ts'

const NewAccountForm = z
  .object({
    login: z.string().min(1),
    password: z.string().min(1),
    passwordAgain: z.string().min(1),
    proofCode: z.string().max(20).default(''),
  })
  .refine(form => form.password === form.passwordAgain, {
    message: 'password-differs',
    path: ['passwordAgain'],
  })

const STATUSES = {
  'form-invalid': 422,
  'login-malformed': 422,
  'login-taken': 422,
  'name-missing': 422,
  'password-too-short': 422,
  'password-too-long': 422,
  'password-too-common': 422,
  'invitation-unknown': 404,
  'invitation-expired': 409,
  'invitation-used': 409,
  'invitation-replaced': 409,
  'account-of-another-owner': 409,
  'proof-wrong': 422,
  'claim-locked': 409,
} as const

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('people.inviteTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const invitation = await readOpenInvitation(portal, params.code ?? '')
  const actor = await actorOf(portal, request)
  if (actor?.awaits === 'second-factor') throw ledTo('/sign-in/second', request)
  const page = {
    invitation,
    csrf: csrfField(request, portal.settings),
    signedInAs: actor?.displayName ?? null,
  }
  return data(page, { status: invitation.ok ? 200 : STATUSES[invitation.error.code] })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const portal = currentPortal()
  const code = params.code ?? ''
  const invitation = await readOpenInvitation(portal, code)
  if (!invitation.ok) return respond(invitation.error, STATUSES)
  const { communitySlug, role } = invitation.value
  const isResident = role === 'owner' || role === 'tenant'
  const place = isResident ? `/c/${communitySlug}` : `/c/${communitySlug}/office`
  const target = href(place, viewerOf(new URL(request.url)))
  const actor = await actorOf(portal, request)
  if (actor?.awaits === 'second-factor') throw ledTo('/sign-in/second', request)
  if (actor !== null) {
    const given = await readForm(
      request,
      portal.settings,
      z.object({ proofCode: z.string().max(20).default('') }),
    )
    const accepted = await acceptInviteAs(portal, actor, code, given.ok ? given.value.proofCode : '')
    return accepted.ok ? redirect(target, 303) : respond(accepted.error, STATUSES)
  }
  const form = await readForm(request, portal.settings, NewAccountForm)
  if (!form.ok) return respond(form.error, STATUSES)
  const accepted = await acceptInvite(portal, {
    code,
    login: form.value.login,
    password: form.value.password,
    proof: form.value.proofCode,
    device: deviceKindOf(request.headers.get('User-Agent')),
  })
  if (!accepted.ok) return respond(accepted.error, STATUSES)
  const headers = { 'Set-Cookie': sessionCookie(portal.settings, accepted.value.token) }
  return redirect(target, { status: 303, headers })
}

export default function Invite() {
  const t = useT()
  const { invitation, csrf, signedInAs } = useLoaderData<typeof loader>()
  const refusal = useActionData<typeof action>()?.refusal
  if (!invitation.ok) {
    return (
      <PageShell
        kicker={t('people.inviteKicker')}
        title={t('people.inviteClosedTitle')}
        lead={t(`people.problem.${invitation.error.code}`)}
        notContained={[t('people.signInContains')]}
      >
        <LinkButton href="/sign-in">{t('people.inviteClosedLink')}</LinkButton>
      </PageShell>
    )
  }
  const { communityName, displayName, role, proof } = invitation.value
  const isOwner = role === 'owner'
  const errors = accountErrors(refusal, t)
  return (
    <PageShell
      kicker={t('people.inviteKicker')}
      title={t('people.inviteTitle')}
      lead={
        isOwner
          ? t('people.ownerInviteLead', { community: communityName })
          : t('people.inviteLead', { community: communityName, role: t(`community.role.${role}`) })
      }
      notContained={[t(isOwner ? 'people.ownerInviteContains' : 'people.inviteContains')]}
    >
      <ErrorSummary errors={errors} />
      {role === 'tenant' && <p>{t('letters.tenantNote')}</p>}
      <p>{t(isOwner ? 'people.ownerInviteFor' : 'people.inviteFor', { name: displayName })}</p>
      <Card>
        <form method="post">
          <input type="hidden" {...csrf} />
          <ClaimProofField proof={proof} errors={errors} />
          {signedInAs === null ? (
            <NewAccount
              errors={errors}
              entered={refusal?.code === 'form-invalid' ? refusal.entered.login : undefined}
            />
          ) : (
            <Button>{t('people.inviteAcceptAs', { name: signedInAs })}</Button>
          )}
        </form>
      </Card>
    </PageShell>
  )
}
