/** /c/SLUG/votes/POLL/roll: the frozen roll without names, building by building. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { areaText, countText } from '#i18n'
import { areaCentiM2 } from '#kernel'
import { currentPortal } from '#platform'
import { DataTable, DigestFigure, Section, Tabs, useT } from '#ui'
import { readPublicRoll } from '#votes/server'
import { communityAt, publicPage } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'
import { inNaturalOrder } from './votes/natural-order.ts'
import { readPollPage } from './votes/poll-page.server.ts'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const { page } = await readPollPage(portal, community, params.poll)
  const roll = await readPublicRoll(portal.db, community, page.poll.pollId)
  if (roll === null) throw new Response(null, { status: 404 })
  const buildings = [...new Set(roll.rows.map(row => row.building))].sort(inNaturalOrder)
  const wanted = new URL(request.url).searchParams.get('building')
  const building = buildings.find(each => each === wanted) ?? buildings[0] ?? ''
  return publicPage(community, {
    community: page.community,
    poll: { pollId: page.poll.pollId, title: page.poll.motion.title },
    digest: roll.digest,
    unitCount: roll.rows.length,
    buildings: buildings.map(name => ({
      name,
      count: roll.rows.filter(row => row.building === name).length,
    })),
    building,
    rows: roll.rows.filter(row => row.building === building).sort((a, b) => inNaturalOrder(a.unit, b.unit)),
  })
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('polls.rollTitle'))

export default function RollPage() {
  const { community, poll, digest, unitCount, buildings, building, rows } = useLoaderData<typeof loader>()
  const t = useT()
  const path = `/c/${community.slug}/votes/${poll.pollId}`
  const area = areaCentiM2(rows.reduce((sum, row) => sum + row.area, 0n))
  return (
    <PublicPage
      of={community}
      area="votes"
      breadcrumb={[
        { href: `/c/${community.slug}/votes`, label: t('polls.listTitle') },
        { href: path, label: poll.title },
      ]}
      title={t('polls.rollTitle')}
      lead={t('polls.rollLead', { units: countText(unitCount) })}
      notContained={[t('polls.omitOwners'), t('community.omitPersons')]}
    >
      <DigestFigure hash={digest} label={t('polls.digest.roll')} />
      <Section title={building} id="rows">
        <Tabs
          label={t('polls.building')}
          tabs={buildings.map(({ name, count }) => ({
            href: `${path}/roll?building=${encodeURIComponent(name)}#rows`,
            label: name,
            count,
            current: name === building,
          }))}
        />
        <DataTable
          caption={t('polls.rollCaption', { building })}
          captionHidden
          dense
          rows={rows}
          rowKey={row => row.unit}
          columns={[
            { key: 'unit', label: t('ballot.unit'), cell: row => row.unit },
            {
              key: 'area',
              label: t('polls.area'),
              type: 'number',
              card: 'amount',
              cell: row => areaText(row.area),
              total: areaText(area),
            },
            {
              key: 'source',
              label: t('ballot.areaSource'),
              cell: row => t(`ballot.source.${row.areaSource}`),
            },
            { key: 'kind', label: t('polls.unitKind'), cell: row => t(`polls.kind.${row.kind}`) },
            {
              key: 'stock',
              label: t('polls.rollNote'),
              cell: row => (row.developerStock ? t('polls.developerStock') : null),
            },
          ]}
        />
      </Section>
    </PublicPage>
  )
}
