/** /c/:slug/office/import: takes a bank file in, and lists earlier ones. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { BANK_FILE_LIMIT_BYTES, readBankImports, readChart, uploadBankStatement } from '#ledger/server'
import { readForm } from '#platform'
import { href, Notice, useT, viewerOf } from '#ui'
import { ImportTable, OfficePage, officePath, UploadForm } from '#ui/office'
import { AnyForm, bytesOf, filesOf, textOf } from './office/entered.ts'
import { importErrors, refusalStatus } from './office/refusals.ts'
import { enterOffice, namedChart } from './office/visit.server.ts'

const IMPORTS_SHOWN = 100

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug)
  const chart = await readChart(portal.db, community.communityId)
  return {
    frame,
    chart: namedChart(chart),
    imports: (await readBankImports(portal, actor, community, IMPORTS_SHOWN)) ?? [],
    limit: `${BANK_FILE_LIMIT_BYTES / 1024 / 1024} MB`,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'bank-statement:import')
  const form = await readForm(request, portal.settings, AnyForm)
  const entered = form.ok ? form.value : {}
  const account = textOf(entered, 'account')
  const [file] = filesOf(entered, 'file')
  const bytes = file === undefined ? new Uint8Array() : await bytesOf(file)
  const uploaded = await uploadBankStatement(portal, actor, community, {
    account,
    name: file?.name ?? '',
    bytes,
  })
  const viewer = viewerOf(request.url)
  if (uploaded.ok)
    throw redirect(href(officePath(frame.slug, 'import', uploaded.value.importId), viewer), 303)
  return data(
    { errors: importErrors(uploaded.error, { lang: viewer.lang }), account },
    { status: refusalStatus(uploaded.error) },
  )
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('office.importTitle')} · ${t('site.name')}` }]
}

export default function ImportPage() {
  const { frame, chart, imports, limit } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage frame={frame} place="import" title={t('office.importTitle')} lead={t('office.importLead')}>
      {frame.may.import ? (
        <UploadForm
          frame={frame}
          chart={chart}
          limit={limit}
          errors={refused?.errors ?? []}
          account={refused?.account ?? ''}
        />
      ) : (
        <Notice title={t('office.readOnlyTitle')}>
          <p>{t('office.readOnlyImport')}</p>
        </Notice>
      )}
      <ImportTable frame={frame} chart={chart} imports={imports} />
    </OfficePage>
  )
}
