/** /c/:slug/office/import/:id: one bank file from reading to stored; the columns of an unknown layout are agreed here by both sides. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { readBankImport, readBankImports, readChart, readControlChange } from '#ledger/server'
import { readForm } from '#platform'
import { href, refreshMeta, useT, viewerOf } from '#ui'
import {
  bankAccountLabel,
  ImportStatePill,
  ImportView,
  mappingView,
  OfficePage,
  officePath,
} from '#ui/office'
import { AnyForm, type Entered, textOf } from './office/entered.ts'
import { actOnImport } from './office/import-acts.server.ts'
import { enteredMapping } from './office/mapping-form.ts'
import { enterOffice, namedChart } from './office/visit.server.ts'

const REFRESH_SECONDS = 2
const IMPORTS_LOOKED_AT = 200

function widthOf(head: readonly (readonly string[])[]): number {
  return Math.max(0, ...head.map(row => row.length))
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug)
  const found = await readBankImport(portal, actor, community, params.id ?? '')
  if (found === null) throw new Response(null, { status: 404 })
  const chart = namedChart(await readChart(portal.db, community.communityId))
  const listed = (await readBankImports(portal, actor, community, IMPORTS_LOOKED_AT)) ?? []
  const stored = listed.find(each => each.importId === found.importId)
  const head = found.reading?.head ?? []
  const { mappingChange } = found
  return {
    frame,
    found,
    change: mappingChange === null ? null : await readControlChange(portal, actor, community, mappingChange),
    names: chart,
    account: bankAccountLabel(chart, found.account),
    storedNew: stored?.storedNew ?? 0,
    alreadyThere: stored?.alreadyThere ?? 0,
    mapping: mappingView(found.reading?.suggestion ?? null, widthOf(head)),
  }
}

/** What was typed beside a button, to show it again. */
function enteredWords(form: Entered, name: 'note' | 'reason'): Readonly<Record<string, string>> {
  return { [name]: textOf(form, name) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug)
  const { portal, community, actor, frame } = visit
  const form = await readForm(request, portal.settings, AnyForm)
  const entered = form.ok ? form.value : {}
  const importId = params.id ?? ''
  const intent = textOf(entered, 'intent')
  const before = await readBankImport(portal, actor, community, importId)
  const mapping = enteredMapping(entered, widthOf(before?.reading?.head ?? []))
  const viewer = viewerOf(request.url)
  const refused = await actOnImport(visit, importId, entered, mapping, viewer.lang)
  const next = intent === 'discard' ? ['import'] : ['import', importId]
  if (refused === null) throw redirect(href(officePath(frame.slug, ...next), viewer), 303)
  return data(
    {
      errors: refused.errors,
      entered: enteredWords(entered, intent === 'refused' ? 'note' : 'reason'),
      mapping: intent === 'map' ? mapping : null,
    },
    { status: refused.status },
  )
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded, location }) => {
  const t = translate(viewerOf(location.search).lang)
  const title = { title: `${loaded?.found.fileName ?? t('office.importTitle')} · ${t('site.name')}` }
  const isWorkedOn = loaded?.found.state === 'reading' || loaded?.found.state === 'storing'
  return isWorkedOn && loaded.found.failure === null ? [title, refreshMeta(REFRESH_SECONDS)] : [title]
}

export default function OneImportPage() {
  const { frame, found, change, names, account, storedNew, alreadyThere, mapping } =
    useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('office.importTitle'), href: officePath(frame.slug, 'import') }]}
      kicker={account}
      title={found.fileName}
      lead={<ImportStatePill state={found.state} />}
    >
      <ImportView
        frame={frame}
        found={found}
        change={change}
        names={names}
        stored={{ storedNew, alreadyThere }}
        mapping={refused?.mapping ?? mapping}
        errors={refused?.errors ?? []}
        entered={refused?.entered ?? {}}
        refreshSeconds={REFRESH_SECONDS}
      />
    </OfficePage>
  )
}
