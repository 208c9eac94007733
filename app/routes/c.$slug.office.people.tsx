/** /c/:slug/office/people: who holds which office; changes are proposed by one officer and confirmed by another. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { dateOf } from '#kernel'
import { mayInvite, ROLES } from '#people'
import { decideRoleChange, proposeRoleChange, readOfficeBoard, readRoleChanges } from '#people/server'
import { currentPortal, readForm } from '#platform'
import { ErrorSummary, href, useT, viewerOf } from '#ui'
import { AppointForm, ChangeList, InvitationOnce, OfficeBoard, OfficePage, officePath } from '#ui/office'
import { AnyForm, type Entered, textOf } from './office/entered.ts'
import { changeErrors, enteredChange, proposedIn } from './office/people-form.ts'
import { enterOffice, type OfficeVisit } from './office/visit.server.ts'

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('officers.title')} · ${t('site.name')}` }]
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug)
  const { communityId } = community
  return {
    frame,
    board: await readOfficeBoard(portal, communityId),
    changes: (await readRoleChanges(portal, actor, communityId)) ?? [],
    mayPropose: ROLES.filter(role => mayInvite(actor, role, communityId)),
    today: dateOf(portal.clock.now()),
  }
}

const DECISIONS = ['confirmed', 'refused', 'withdrawn'] as const

async function decide(visit: OfficeVisit, form: Entered) {
  const { portal, actor, community } = visit
  const decision = DECISIONS.find(each => each === textOf(form, 'intent'))
  if (decision === undefined) throw new Response(null, { status: 400 })
  return decideRoleChange(portal, actor, community.communityId, textOf(form, 'change'), decision)
}

async function propose({ portal, actor, community }: OfficeVisit, form: Entered) {
  const proposed = proposedIn(form)
  if (!proposed.ok) return proposed
  return proposeRoleChange(portal, actor, community.communityId, proposed.value)
}

export async function action({ request, params }: ActionFunctionArgs) {
  // The form says which of two permissions is asked for; nothing else of it is looked at before.
  const read = await readForm(request, currentPortal().settings, AnyForm)
  const form = read.ok ? read.value : {}
  const isProposal = /^(?:propose|withdrawn)$/.test(textOf(form, 'intent'))
  const visit = await enterOffice(request, params.slug, isProposal ? 'user:invite' : 'role-change:decide')
  const { portal, frame } = visit
  const viewer = viewerOf(request.url)
  const done = textOf(form, 'intent') === 'propose' ? await propose(visit, form) : await decide(visit, form)
  if (!done.ok) {
    const errors = changeErrors(done.error, translate(viewer.lang))
    const status = /^(?:not-permitted|same-person)$/.test(done.error.code)
      ? 403
      : done.error.code === 'change-decided'
        ? 409
        : 422
    return data({ errors, entered: enteredChange(form), address: null }, { status })
  }
  if (done.value === null || typeof done.value === 'string')
    throw redirect(href(officePath(frame.slug, 'people'), viewer), 303)
  const address = `${portal.settings.baseUrl}/invite/${done.value.code}`
  return data({ errors: [], entered: {}, address })
}

export default function PeoplePage() {
  const { frame, board, changes, mayPropose, today } = useLoaderData<typeof loader>()
  const answered = useActionData<typeof action>()
  const t = useT()
  const errors = answered?.errors ?? []
  return (
    <OfficePage
      frame={frame}
      crumbs={[]}
      title={t('officers.title')}
      lead={t('officers.lead')}
      notContained={[t('officers.contains')]}
    >
      {answered?.address && <InvitationOnce address={answered.address} />}
      <ErrorSummary errors={errors} />
      <OfficeBoard frame={frame} board={board} mayPropose={mayPropose} today={today} />
      <ChangeList frame={frame} changes={changes} />
      {mayPropose.length > 0 && (
        <AppointForm
          frame={frame}
          mayPropose={mayPropose}
          today={today}
          entered={answered?.entered ?? {}}
          errors={errors}
        />
      )}
    </OfficePage>
  )
}
