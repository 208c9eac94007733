/** /c/SLUG/rules: what a payment must pass here (付款规则), every version of that with who made it, and what was approved beyond the budget. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { readChart, readPublicControls } from '#ledger/server'
import { currentPortal } from '#platform'
import { Card, ChangeWords, ControlRules, LinkButton, Section, useT } from '#ui'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const { inForce, changes, allowances, mappings } = await readPublicControls(portal, community)
  const { accounts, funds } = await readChart(portal.db, community.communityId)
  const names = { accounts, funds }
  const page = { community: viewOf(community), inForce, changes, allowances, mappings, names }
  return publicPage(community, page)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('controls.publicTitle'))

export default function RulesPage() {
  const { community, inForce, changes, allowances, mappings, names } = useLoaderData<typeof loader>()
  const t = useT()
  return (
    <PublicPage
      of={community}
      title={t('controls.publicTitle')}
      lead={t('controls.publicLead', { version: inForce.version })}
      actions={
        <LinkButton href={`/c/${community.slug}/fees`} icon="money">
          {t('fees.link')}
        </LinkButton>
      }
      notContained={[t('controls.publicContains')]}
    >
      <Section title={t('controls.inForceTitle', { version: inForce.version })} id="in-force">
        <ControlRules controls={inForce.controls} />
      </Section>
      <Section title={t('controls.allowancesTitle')} lead={t('controls.allowancesLead')} id="allowances">
        {allowances.length === 0 && <p>{t('controls.noAllowances')}</p>}
        {allowances.map(shown => (
          <Card key={shown.changeId}>
            <ChangeWords shown={shown} names={names} />
          </Card>
        ))}
      </Section>
      <Section title={t('columns.publicTitle')} lead={t('columns.publicLead')} id="columns">
        {mappings.length === 0 && <p>{t('columns.none')}</p>}
        {mappings.map(shown => (
          <Card key={shown.changeId}>
            <ChangeWords shown={shown} names={names} />
          </Card>
        ))}
      </Section>
      <Section title={t('controls.versionsTitle')} lead={t('controls.versionsLead')} id="versions">
        {changes.map(shown => (
          <Card key={shown.changeId}>
            <ChangeWords shown={shown} names={names} />
          </Card>
        ))}
        <p>{t('controls.firstVersion')}</p>
      </Section>
    </PublicPage>
  )
}
