/** /c/SLUG/books: the health of the books: each invariant by name, with the rows at fault. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { countText, instantText } from '#i18n'
import { currentPortal } from '#platform'
import { LinkButton, Notice, RefreshNotice, refreshMeta, Section, useT, useViewer } from '#ui'
import { ChecksTable, FaultsSection } from './public/books-sections.tsx'
import { CHECK_AGE_HOURS_MAX, readBooksHealth } from './public/checked-books.server.ts'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

const REFRESH_SECONDS = 5
/** Rows at fault that are listed per check. */
const FAULTS_SHOWN = 50

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const { state, last } = await readBooksHealth(portal, community)
  const shorten = <Check extends { faults: readonly unknown[] }>(checks: readonly Check[]) =>
    checks.map(check => ({
      ...check,
      count: check.faults.length,
      faults: check.faults.slice(0, FAULTS_SHOWN) as Check['faults'],
    }))
  const page = {
    community: viewOf(community),
    state,
    hours: CHECK_AGE_HOURS_MAX,
    last: last && { ...last, ledger: shorten(last.ledger), log: shorten(last.log) },
  }
  // The books are checked again after some hours although they have not changed: this page is made anew.
  return publicPage(community, page, false)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) => [
  ...publicMeta(location.search, data?.community, t => t('books.title')),
  ...(data?.state === 'pending' ? [refreshMeta(REFRESH_SECONDS)] : []),
]

export type BooksPageData = ReturnType<typeof useLoaderData<typeof loader>>

export default function BooksPage() {
  const page = useLoaderData<typeof loader>()
  const { community, last } = page
  const t = useT()
  return (
    <PublicPage
      of={community}
      area="books"
      title={t('books.title')}
      lead={t('books.lead')}
      asOf={last === null ? undefined : { at: last.checkedAt }}
      notContained={[t('books.omitElsewhere'), t('books.omitTruth')]}
    >
      <Verdict page={page} />
      {last !== null && (
        <>
          <ChecksTable title={t('books.ledgerTitle')} area="ledger" checks={last.ledger} />
          <ChecksTable title={t('books.logTitle')} area="log" checks={last.log} />
          <FaultsSection community={community} last={last} />
        </>
      )}
      <Section title={t('books.logLink')}>
        <p>{t('books.how')}</p>
        <p>
          <LinkButton href={`/c/${community.slug}/log`} icon="verify">
            {t('books.logLink')}
          </LinkButton>
        </p>
      </Section>
    </PublicPage>
  )
}

function Verdict({ page }: { readonly page: BooksPageData }) {
  const { state, last, hours } = page
  const t = useT()
  const { lang } = useViewer()
  const checkedAt = last && (
    <p>
      {t('books.checkedAt', {
        when: instantText(last.checkedAt, lang),
        size: countText(last.logSize),
        hours,
      })}
    </p>
  )
  if (state === 'pending') {
    return (
      <Notice title={t('books.pendingTitle')} live="status">
        <p>{t('books.pendingText')}</p>
        <RefreshNotice seconds={REFRESH_SECONDS} />
        {checkedAt}
      </Notice>
    )
  }
  if (state === 'failed' || last === null) {
    return (
      <Notice tone="warning" title={t('books.failedTitle')}>
        <p>{t('books.failedText')}</p>
        {checkedAt}
      </Notice>
    )
  }
  const checks = [...last.ledger, ...last.log]
  const failed = checks.filter(check => check.count > 0).length
  return (
    <Notice
      tone={failed === 0 ? 'success' : 'danger'}
      title={failed === 0 ? t('books.allGood') : t('books.faults', { count: failed })}
    >
      <p>
        {failed === 0
          ? t('books.allGoodText', { checks: checks.length, vouchers: last.vouchers, leaves: last.logSize })
          : t('books.faultsText')}
      </p>
      {checkedAt}
    </Notice>
  )
}
