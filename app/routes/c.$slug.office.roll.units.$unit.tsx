/** /c/:slug/office/roll/units/:unit: one unit with its owners and history, and a one-time code for an owner, shown once. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { issueOwnerCode, readUnit } from '#people/server'
import { readForm } from '#platform'
import { ErrorSummary, useT, viewerOf } from '#ui'
import { CodeSlip, OfficePage, OwnerCards, officePath, UnitFactList, UnitHistory } from '#ui/office'
import { AnyForm, textOf } from './office/entered.ts'
import { ownerCodeErrors, rollStatus } from './office/roll-refusals.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'roll:read')
  const page = await readUnit(portal, actor, community, params.unit ?? '')
  if (page === null) throw new Response(null, { status: 404 })
  const { unit, cards, withAccount } = page
  const nameOf = (person: string) => cards.get(person)?.name ?? ''
  return {
    frame,
    unit,
    owners: unit.owners.map(personId => ({
      personId,
      name: cards.get(personId)?.name ?? null,
      phoneLast4: cards.get(personId)?.phoneLast4 ?? null,
      identityLast4: cards.get(personId)?.identityLast4 ?? null,
      hasAccount: withAccount.has(personId),
    })),
    records: page.records.map(({ owners, ...record }) => ({ ...record, names: owners.map(nameOf) })),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor } = await enterOffice(request, params.slug, 'roll:read')
  const form = await readForm(request, portal.settings, AnyForm)
  const personId = textOf(form.ok ? form.value : {}, 'person')
  const issued = await issueOwnerCode(portal, actor, community, { personId })
  if (!issued.ok) {
    const errors = ownerCodeErrors(issued.error, viewerOf(request.url).lang)
    return data({ slip: null, errors }, { status: rollStatus(issued.error) })
  }
  const { code, expiresAt } = issued.value
  const url = `${portal.settings.baseUrl.replace(/\/$/, '')}/invite/${code}`
  return data({ slip: { url, until: expiresAt }, errors: [] }, { headers: { 'Cache-Control': 'no-store' } })
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded, location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${loaded?.unit.unitId ?? t('roll.title')} · ${t('site.name')}` }]
}

export default function UnitPage() {
  const { frame, unit, owners, records } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('roll.title'), href: officePath(frame.slug, 'roll') }]}
      title={t('roll.unitTitle', { unit: unit.unitId })}
      notContained={[t('roll.notContained')]}
    >
      {done?.slip ? (
        <CodeSlip frame={frame} unitId={unit.unitId} url={done.slip.url} until={done.slip.until} />
      ) : (
        <>
          <ErrorSummary errors={done?.errors ?? []} />
          <UnitFactList unit={unit} />
          <OwnerCards frame={frame} owners={owners} issues={frame.may.inviteOwners} />
          <UnitHistory records={records} />
        </>
      )}
    </OfficePage>
  )
}
