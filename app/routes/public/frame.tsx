/** The frame of a community's public pages: its menu, and what each page leaves out. Knows no session. */
import type { HeadersFunction } from '@remix-run/node'
import type { ReactNode } from 'react'
import { dateText, type Lang, type Translate, translate } from '#i18n'
import type { CivilDate } from '#kernel'
import { LinkButton, type NavItem, PageShell, type PageShellProps, useT, useViewer, viewerOf } from '#ui'
import type { CommunityView } from './community.server.ts'

export type PublicArea =
  | 'home'
  | 'fund'
  | 'vouchers'
  | 'votes'
  | 'council'
  | 'statements'
  | 'books'
  | 'ask'
  | 'projects'

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

/** The menu of a community's pages: five entries, most wanted first. */
export function usePublicNav(of: CommunityView, area: PublicArea | undefined): readonly NavItem[] {
  const t = useT()
  const home = `/c/${of.slug}`
  const entry = (name: PublicArea, label: string, icon: NavItem['icon']): NavItem => ({
    href: name === 'home' ? home : `${home}/${name}`,
    label,
    icon,
    current: area === name,
  })
  return [
    entry('home', t('community.navHome'), 'home'),
    entry('fund', t('community.navFund'), 'money'),
    entry('vouchers', t('community.navVouchers'), 'voucher'),
    entry('votes', t('community.navVotes'), 'vote'),
    entry('statements', t('community.navStatements'), 'statement'),
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
  const { lang } = useViewer()
  const nav = usePublicNav(of, area)
  return (
    <PageShell {...page} community={{ name: communityName(lang, of), href: `/c/${of.slug}` }} nav={nav} />
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
