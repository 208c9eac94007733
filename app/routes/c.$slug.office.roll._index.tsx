/** /c/:slug/office/roll: the owners' register by building; names only when asked for, and then in the audit. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { readingReasonOf } from '#people'
import { readUnits } from '#people/server'
import { EmptyState, LinkButton, useT, viewerOf } from '#ui'
import { BuildingTable, LettersLink, OfficePage, officePath, UnitTable } from '#ui/office'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'roll:read')
  const query = new URL(request.url).searchParams
  const building = query.get('building')
  const namesFor = building === null ? null : readingReasonOf(query.get('why'))
  const named = namesFor !== null
  const list = await readUnits(portal, actor, community, { building, namesFor })
  if (list === null) throw new Response(null, { status: 403 })
  return {
    frame,
    building,
    named,
    buildings: list.buildings,
    units: list.units.map(unit => ({
      ...unit,
      names: named ? unit.owners.map(owner => list.names.get(owner) ?? '') : null,
      hasAccount: unit.owners.some(owner => list.withAccount.has(owner)),
    })),
  }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('roll.title')} · ${t('site.name')}` }]
}

export default function RollPage() {
  const { frame, building, named, buildings, units } = useLoaderData<typeof loader>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      place="roll"
      title={t('roll.title')}
      lead={t('roll.lead')}
      notContained={[t('roll.notContained')]}
      actions={
        <>
          {frame.may.importRoll && (
            <LinkButton href={officePath(frame.slug, 'roll', 'import')} icon="upload">
              {t('roll.toImport')}
            </LinkButton>
          )}
          {frame.may.importRoll && (
            <LinkButton href={officePath(frame.slug, 'roll', 'same')} tone="quiet">
              {t('merges.link')}
            </LinkButton>
          )}
          {frame.may.letters && <LettersLink frame={frame} />}
          {frame.may.setRetention && (
            <LinkButton href={officePath(frame.slug, 'retention')} tone="quiet">
              {t('personal.retentionLink')}
            </LinkButton>
          )}
        </>
      }
    >
      {buildings.length === 0 ? (
        <EmptyState title={t('roll.empty')} />
      ) : (
        <>
          {building !== null && units.length > 0 && (
            <UnitTable frame={frame} building={building} units={units} named={named} />
          )}
          <BuildingTable frame={frame} buildings={buildings} />
        </>
      )}
    </OfficePage>
  )
}
