/** /c/SLUG/statements: closed months and their sealed statements; the ones that no longer count say so. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { currentPortal } from '#platform'
import { EmptyState, LinkButton, Section, useT } from '#ui'
import { readChallengeMarks } from '#voice/server'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'
import { readStatementRows } from './public/statement-rows.server.ts'
import { StatementTable } from './public/statement-table.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const listed = await readStatementRows(portal, community)
  const isSettled = listed.rows.every(row => row.state !== 'making')
  const marks = await readChallengeMarks(portal, community)
  return publicPage(community, { community: viewOf(community), ...listed, marks }, isSettled)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('statementsPage.title'))

export default function StatementsPage() {
  const { community, rows, marks, asOf, reconciledThrough } = useLoaderData<typeof loader>()
  const t = useT()
  return (
    <PublicPage
      of={community}
      area="statements"
      title={t('statementsPage.title')}
      lead={t('statementsPage.lead')}
      asOf={asOf === null ? undefined : { at: asOf, reconciledThrough }}
      notContained={[t('statementsPage.omitOpen'), t('community.omitArrears')]}
    >
      {rows.length === 0 ? (
        <EmptyState title={t('statementsPage.none')}>{t('statementsPage.noneText')}</EmptyState>
      ) : (
        <StatementTable slug={community.slug} rows={rows} marks={marks} />
      )}
      <Section title={t('statementsPage.verifyTitle')}>
        <p>{t('statementsPage.verifyText')}</p>
        <p>
          <LinkButton href="/verify" icon="verify">
            {t('statementsPage.verify')}
          </LinkButton>
        </p>
      </Section>
    </PublicPage>
  )
}
