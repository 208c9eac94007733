/** /account/audit: who looked at the data of the person signed in, and what was done that concerns them. Reads only. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { instantText, translate } from '#i18n'
import { readOwnAudit } from '#people/server'
import { AuditTable, EmptyState, Notice, Section, useT, useViewer, viewerOf } from '#ui'
import { AccountPage } from './account/account-page.tsx'
import { enterAccount } from './account/visit.server.ts'

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('audit.ownTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { portal, actor, frame } = await enterAccount(request)
  return { frame, audits: await readOwnAudit(portal, actor) }
}

export default function OwnAuditPage() {
  const { frame, audits } = useLoaderData<typeof loader>()
  const t = useT()
  const { lang } = useViewer()
  return (
    <AccountPage frame={frame} place="audit" title={t('audit.ownTitle')} lead={t('audit.ownLead')}>
      {audits.length === 0 && <EmptyState title={t('audit.ownNone')} />}
      {audits.map(({ community, boundAt, units, acts, names }) => {
        const name = lang === 'en' ? community.nameEn : community.name
        return (
          <Section key={community.slug} title={name}>
            <Notice
              title={t('audit.ownSince', {
                community: name,
                when: instantText(boundAt, lang),
                units: units.join('、'),
              })}
            >
              <p>{t('audit.ownNotYou')}</p>
            </Notice>
            <AuditTable caption={t('audit.ownTitle')} acts={acts} names={names} hidesDetail />
          </Section>
        )
      })}
    </AccountPage>
  )
}
