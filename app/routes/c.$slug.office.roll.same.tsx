/** /c/:slug/office/roll/same: one owner who was entered twice: one officer proposes to merge them, another confirms. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { decideMerge, proposeMerge, proposeUndo, readMergeBoard } from '#people/server'
import { readForm } from '#platform'
import { ErrorSummary, href, useT, viewerOf } from '#ui'
import { DoneMerges, OfficePage, officePath, SameNames, WaitingMerges } from '#ui/office'
import { AnyForm, textOf } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'roll:import')
  const board = await readMergeBoard(portal, actor, community)
  if (board === null) throw new Response(null, { status: 403 })
  return { frame, board }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'roll:import')
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const mergeId = textOf(form, 'merge')
  const intent = textOf(form, 'intent')
  const done =
    intent === 'propose'
      ? await proposeMerge(portal, actor, community, {
          kept: textOf(form, 'kept'),
          merged: textOf(form, 'merged'),
        })
      : intent === 'undo'
        ? await proposeUndo(portal, actor, community, mergeId)
        : await decideMerge(portal, actor, community, { mergeId, confirmed: intent === 'confirm' })
  if (!done.ok) {
    const errors = [{ message: translate(viewer.lang)(`merges.problem.${done.error.code}`) }]
    return data({ errors }, { status: done.error.code === 'merge-unknown' ? 404 : 409 })
  }
  throw redirect(href(officePath(frame.slug, 'roll', 'same'), viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('merges.title')} · ${t('site.name')}` }]
}

export default function SamePersonsPage() {
  const { frame, board } = useLoaderData<typeof loader>()
  const errors = useActionData<typeof action>()?.errors ?? []
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('roll.title'), href: officePath(frame.slug, 'roll') }]}
      title={t('merges.title')}
      lead={t('merges.lead')}
      notContained={[t('roll.notContained')]}
    >
      <ErrorSummary errors={errors} />
      <WaitingMerges frame={frame} board={board} />
      <SameNames frame={frame} board={board} />
      <DoneMerges frame={frame} board={board} />
    </OfficePage>
  )
}
