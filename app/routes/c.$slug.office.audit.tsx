/** /c/:slug/office/audit: every officer's act and every look at personal data, for those who oversee. Reads only. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { readAudit } from '#people/server'
import { AuditTable, Pagination, Tabs, useT, viewerOf } from '#ui'
import { OfficePage, officePath } from '#ui/office'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'audit:read')
  const query = new URL(request.url).searchParams
  const onlyReadings = query.get('only') === 'readings'
  const page = await readAudit(portal, actor, community, { before: query.get('before'), onlyReadings })
  if (page === null) throw new Response(null, { status: 403 })
  return { frame, onlyReadings, ...page }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('audit.title')} · ${t('site.name')}` }]
}

export default function AuditPageView() {
  const { frame, onlyReadings, acts, names, older } = useLoaderData<typeof loader>()
  const t = useT()
  const path = officePath(frame.slug, 'audit')
  const readings = `${path}?only=readings`
  return (
    <OfficePage
      frame={frame}
      title={t('audit.title')}
      lead={t('audit.lead')}
      notContained={[t('audit.notContained')]}
    >
      <Tabs
        label={t('audit.title')}
        tabs={[
          { href: path, label: t('audit.all'), current: !onlyReadings },
          { href: readings, label: t('audit.onlyReadings'), current: onlyReadings },
        ]}
      />
      <AuditTable caption={t('audit.title')} acts={acts} names={names} />
      {older !== null && (
        <Pagination older={`${onlyReadings ? `${readings}&` : `${path}?`}before=${older}`} />
      )}
    </OfficePage>
  )
}
