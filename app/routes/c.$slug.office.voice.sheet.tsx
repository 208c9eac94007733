/** /c/:slug/office/voice/sheet: the codes of all spots on sheets to print, cut and put up. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { QrCode, useT, viewerOf } from '#ui'
import { OfficePage, officePath } from '#ui/office'
import { readSpots } from '#voice/server'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, frame } = await enterOffice(request, params.slug, 'voice:arrange')
  const below = `${portal.settings.baseUrl}/c/${community.slug}/ask/new`
  const spots = await readSpots(portal, community)
  return { frame, spots: spots.map(spot => ({ ...spot, address: `${below}?spot=${spot.spotId}` })) }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('voice.spotsPrint')} · ${t('site.name')}` }]
}

export default function SpotSheetPage() {
  const { frame, spots } = useLoaderData<typeof loader>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[
        { label: t('voice.deskTitle'), href: officePath(frame.slug, 'voice') },
        { label: t('voice.arrangeTitle'), href: officePath(frame.slug, 'voice', 'arrange') },
      ]}
      title={t('voice.spotsPrint')}
      lead={t('voice.sheetLead')}
    >
      <ul className="spot-sheet">
        {spots.map(spot => (
          <li className="spot-sheet__spot" key={spot.spotId}>
            <h2>{t('voice.sheetTitle')}</h2>
            <QrCode text={spot.address} caption={t('voice.sheetCode', { name: spot.name })} />
            <p>{t('voice.sheetHow')}</p>
          </li>
        ))}
      </ul>
    </OfficePage>
  )
}
