/** /c/:slug/office/roll/import: takes an owners' roll in, and lists earlier ones. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { dateOf, parseCivilDate } from '#kernel'
import { AREA_SOURCES } from '#people'
import { ROLL_FILE_LIMIT_BYTES, readRollImports, uploadRoll } from '#people/server'
import { readForm } from '#platform'
import { href, useT, viewerOf } from '#ui'
import { OfficePage, officePath, RollImportTable, RollUploadForm } from '#ui/office'
import { AnyForm, bytesOf, filesOf, textOf } from './office/entered.ts'
import { rollErrors, rollStatus } from './office/roll-refusals.ts'
import { enterOffice } from './office/visit.server.ts'

const IMPORTS_SHOWN = 50

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'roll:import')
  return {
    frame,
    today: dateOf(portal.clock.now()),
    imports: (await readRollImports(portal, actor, community, IMPORTS_SHOWN)) ?? [],
    limit: `${ROLL_FILE_LIMIT_BYTES / 1024 / 1024} MB`,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'roll:import')
  const form = await readForm(request, portal.settings, AnyForm)
  const entered = form.ok ? form.value : {}
  const viewer = viewerOf(request.url)
  const effectiveOn = textOf(entered, 'effectiveOn')
  const areaSource = AREA_SOURCES.find(source => source === textOf(entered, 'areaSource')) ?? 'register'
  const day = parseCivilDate(effectiveOn)
  if (!day.ok) {
    const message = translate(viewer.lang)('roll.refusal.effective-malformed')
    const errors = [{ field: 'effectiveOn', message }]
    return data({ errors, effectiveOn, areaSource }, { status: 422 })
  }
  const [file] = filesOf(entered, 'file')
  const bytes = file === undefined ? new Uint8Array() : await bytesOf(file)
  const uploaded = await uploadRoll(portal, actor, community, {
    name: file?.name ?? '',
    bytes,
    effectiveOn: day.value,
    areaSource,
  })
  if (uploaded.ok) {
    throw redirect(href(officePath(frame.slug, 'roll', 'import', uploaded.value.importId), viewer), 303)
  }
  const errors = rollErrors(uploaded.error, viewer.lang)
  return data({ errors, effectiveOn, areaSource }, { status: rollStatus(uploaded.error) })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('roll.importTitle')} · ${t('site.name')}` }]
}

export default function RollImportPage() {
  const { frame, today, imports, limit } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('roll.title'), href: officePath(frame.slug, 'roll') }]}
      title={t('roll.importTitle')}
      lead={t('roll.importLead')}
    >
      <RollUploadForm
        frame={frame}
        errors={refused?.errors ?? []}
        limit={limit}
        today={today}
        entered={{
          effectiveOn: refused?.effectiveOn ?? today,
          areaSource: refused?.areaSource ?? 'register',
        }}
      />
      <RollImportTable frame={frame} imports={imports} />
    </OfficePage>
  )
}
