/** /c/:slug/office/roll/import/:id: one roll from reading to the register. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import {
  confirmRoll,
  discardRoll,
  mapRoll,
  type RollImport,
  readRollImport,
  settleRoll,
} from '#people/server'
import { readForm } from '#platform'
import { href, refreshMeta, useT, viewerOf } from '#ui'
import { OfficePage, officePath, RollImportView, RollStatePill } from '#ui/office'
import { AnyForm, type Entered, textOf } from './office/entered.ts'
import {
  enteredAnswers,
  enteredRollMapping,
  rollMappingOf,
  rollMappingView,
  rollPreviewView,
} from './office/roll-form.ts'
import { rollErrors, rollStatus } from './office/roll-refusals.ts'
import { enterOffice, type OfficeVisit } from './office/visit.server.ts'

const REFRESH_SECONDS = 2

const widthOf = (found: RollImport | null) =>
  Math.max(0, ...(found?.reading?.head ?? []).map(row => row.length))

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'roll:import')
  const found = await readRollImport(portal, actor, community, params.id ?? '')
  if (found === null) throw new Response(null, { status: 404 })
  return {
    frame,
    fileName: found.fileName,
    state: found.state,
    problems: found.reading?.problems ?? [],
    head: found.reading?.head ?? [],
    preview: rollPreviewView(found),
    mapping: rollMappingView(found.reading?.suggestion ?? null, widthOf(found)),
  }
}

async function act(
  { portal, actor, community }: OfficeVisit,
  importId: string,
  found: RollImport | null,
  form: Entered,
) {
  switch (textOf(form, 'intent')) {
    case 'discard':
      return discardRoll(portal, actor, community, importId)
    case 'map': {
      const view = enteredRollMapping(form, widthOf(found))
      return mapRoll(portal, actor, community, importId, rollMappingOf(view))
    }
    case 'settle': {
      const answers = enteredAnswers(form, found?.plan?.groups.questions ?? [])
      return settleRoll(portal, actor, community, importId, answers)
    }
    default:
      return confirmRoll(portal, actor, community, { importId, seenDigest: textOf(form, 'seen') })
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'roll:import')
  const { portal, community, actor, frame } = visit
  const form = await readForm(request, portal.settings, AnyForm)
  const entered = form.ok ? form.value : {}
  const importId = params.id ?? ''
  const found = await readRollImport(portal, actor, community, importId)
  const done = await act(visit, importId, found, entered)
  const viewer = viewerOf(request.url)
  if (done.ok) throw redirect(href(officePath(frame.slug, 'roll', 'import', importId), viewer), 303)
  const isMapping = textOf(entered, 'intent') === 'map'
  return data(
    {
      errors: rollErrors(done.error, viewer.lang),
      mapping: isMapping ? enteredRollMapping(entered, widthOf(found)) : null,
    },
    { status: rollStatus(done.error) },
  )
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded, location }) => {
  const t = translate(viewerOf(location.search).lang)
  const title = { title: `${t('roll.importTitle')} · ${t('site.name')}` }
  return loaded?.state === 'reading' ? [title, refreshMeta(REFRESH_SECONDS)] : [title]
}

export default function OneRollImportPage() {
  const { frame, fileName, ...view } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[
        { label: t('roll.title'), href: officePath(frame.slug, 'roll') },
        { label: t('roll.importTitle'), href: officePath(frame.slug, 'roll', 'import') },
      ]}
      title={fileName}
      lead={<RollStatePill state={view.state} />}
      notContained={[t('roll.notContained')]}
    >
      <RollImportView
        frame={frame}
        fileName={fileName}
        {...view}
        mapping={refused?.mapping ?? view.mapping}
        errors={refused?.errors ?? []}
        refreshSeconds={REFRESH_SECONDS}
      />
    </OfficePage>
  )
}
