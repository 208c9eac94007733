/** The frame of a community's public pages: its menu, and what each page leaves out. Knows no session. */
import type { HeadersFunction } from '@remix-run/node'
import type { ReactNode } from 'react'
import { dateText, type Lang, type Translate, translate } from '#i18n'
import type { CivilDate } from '#kernel'
import { LinkButton, PageShell, type PageShellProps, useT, useViewer, viewerOf } from '#ui'
import type { CommunityView } from './community.server.ts'

export type PublicArea = 'home' | 'fund' | 'vouchers' | 'votes' | 'statements' | 'books'

/** The name in the reader's language. */
export function nameIn(lang: Lang, named: { readonly nameZh: string; readonly nameEn: string }): string {
  return lang === 'en' ? named.nameEn : named.nameZh
}

/** The community's name in the reader's language. */
export function communityName(lang: Lang, community: CommunityView): string {
  return lang === 'en' ? community.nameEn : community.name
}

/** Hands the loader's headers on, so that the server may keep the page. */
export const publicHeaders: HeadersFunction = ({ loaderHeaders }) => loaderHeaders

/** The title of the document: the page, whose books, the site. */
export function publicMeta(
  search: string,
  community: CommunityView | undefined,
  page: (t: Translate, lang: Lang) => string,
) {
  const { lang } = viewerOf(search)
  const t = translate(lang)
  if (community === undefined) return [{ title: t('site.name') }]
  const title = t('community.pageTitle', { page: page(t, lang), community: communityName(lang, community) })
  return [{ title: `${title} · ${t('site.name')}` }]
}

/** What the books do not hold yet, for the foot of every page with money. */
export interface OpenEnds {
  readonly unmatchedLines: number
  readonly reconciledThrough: CivilDate | null
}

/** The open ends in words. */
export function useOmissions(ends: OpenEnds): readonly string[] {
  const t = useT()
  const { lang } = useViewer()
  return [
    ...(ends.unmatchedLines > 0 ? [t('community.omitUnmatched', { count: ends.unmatchedLines })] : []),
    ends.reconciledThrough === null
      ? t('community.omitNeverReconciled')
      : t('community.omitUnreconciled', { date: dateText(ends.reconciledThrough, lang) }),
    t('community.omitDrafts'),
    t('community.omitArrears'),
  ]
}

/** A public page of a community. */
export function PublicPage(
  props: Omit<PageShellProps, 'community' | 'nav' | 'account'> & {
    readonly of: CommunityView
    readonly area?: PublicArea
    readonly children: ReactNode
  },
) {
  const { of, area, ...page } = props
  const t = useT()
  const { lang } = useViewer()
  const home = `/c/${of.slug}`
  return (
    <PageShell
      {...page}
      community={{ name: communityName(lang, of), href: home }}
      nav={[
        { href: home, label: t('community.navHome'), icon: 'home', current: area === 'home' },
        { href: `${home}/fund`, label: t('community.navFund'), icon: 'money', current: area === 'fund' },
        {
          href: `${home}/vouchers`,
          label: t('community.navVouchers'),
          icon: 'voucher',
          current: area === 'vouchers',
        },
        { href: `${home}/votes`, label: t('community.navVotes'), icon: 'vote', current: area === 'votes' },
        {
          href: `${home}/statements`,
          label: t('community.navStatements'),
          icon: 'statement',
          current: area === 'statements',
        },
      ]}
    />
  )
}

/** In place of single payments, where a community publishes totals only. */
export function Withheld(props: { readonly community: CommunityView; readonly path: string }) {
  const t = useT()
  return (
    <PublicPage
      of={props.community}
      title={t('community.withheldTitle')}
      lead={t('community.withheldText')}
      notContained={[t('community.withheldContained')]}
      actions={
        <>
          <LinkButton tone="primary" href={`/sign-in?next=${encodeURIComponent(props.path)}`} icon="person">
            {t('community.withheldSignIn')}
          </LinkButton>
          <LinkButton href={`/c/${props.community.slug}/fund`} icon="money">
            {t('community.withheldFund')}
          </LinkButton>
        </>
      }
    >
      {null}
    </PublicPage>
  )
}
