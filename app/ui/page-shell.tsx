/**
 * The frame of every page: whose books these are, where to go, what this page is, what it leaves out, how to check it.
 * It never decides what a reader may see.
 */
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { Breadcrumb, type Crumb } from './navigation.tsx'
import { SealMark } from './seal-mark.tsx'
import { AsOf, type AsOfProps } from './stamp.tsx'
import { Anchor, href, usePagePath, useT, useViewer } from './viewer.tsx'

export interface NavItem {
  readonly href: string
  readonly label: string
  readonly icon: IconName
  readonly current?: boolean
}

export interface PageShellProps {
  /** The community whose books these are; absent on pages of the site itself. */
  readonly community?: { readonly name: string; readonly href: string }
  /** At most five, most wanted first: at the bottom of a phone, under the name on a desk. */
  readonly nav?: readonly NavItem[]
  readonly breadcrumb?: readonly Crumb[]
  /** A few words above the heading: what kind of page this is. */
  readonly kicker?: ReactNode
  readonly title: ReactNode
  readonly lead?: ReactNode
  /** Every page with money says as of when. */
  readonly asOf?: AsOfProps
  /** Buttons that belong to the whole page. */
  readonly actions?: ReactNode
  /** Who is signed in, with the button to leave. */
  readonly account?: ReactNode
  /** What a reader might expect here and will not find (未入账、未对账、质询中); an empty list says that nothing was left out. */
  readonly notContained: readonly ReactNode[]
  readonly sourceHref?: string
  readonly verifyHref?: string
  /** `wide` for officers' tables. */
  readonly width?: 'standard' | 'wide'
  readonly children: ReactNode
}

/** Header, menu, heading, content, footer. One per page. */
export function PageShell(props: PageShellProps) {
  const t = useT()
  return (
    <div className="page" data-width={props.width ?? 'standard'}>
      <a className="skip-link" href="#main">
        {t('site.skipToContent')}
      </a>
      <SiteHeader community={props.community} account={props.account} />
      {props.nav && props.nav.length > 0 && <SiteNav items={props.nav} />}
      <main className="main" id="main" tabIndex={-1}>
        {props.breadcrumb && <Breadcrumb crumbs={props.breadcrumb} />}
        <div className="page-head">
          {props.kicker && <p className="page-head__kicker">{props.kicker}</p>}
          <h1>{props.title}</h1>
          {props.lead && <p className="lead">{props.lead}</p>}
          {props.asOf && <AsOf {...props.asOf} />}
          {props.actions && <div className="page-head__actions">{props.actions}</div>}
        </div>
        {props.children}
      </main>
      <SiteFooter
        notContained={props.notContained}
        sourceHref={props.sourceHref}
        verifyHref={props.verifyHref ?? '/verify'}
      />
    </div>
  )
}

function SiteHeader(props: Pick<PageShellProps, 'community' | 'account'>) {
  const t = useT()
  return (
    <header className="site-header">
      <div className="site-header__inner">
        <Anchor className="site-header__home" href={props.community?.href ?? '/'}>
          <SealMark />
          <span className="site-header__names">
            <span className="site-header__name">{props.community?.name ?? t('site.name')}</span>
            <span className="site-header__tagline">
              {props.community ? `${t('site.name')} · ${t('site.tagline')}` : t('site.tagline')}
            </span>
          </span>
        </Anchor>
        <ReadingLinks />
        {props.account && <div className="site-header__account">{props.account}</div>}
      </div>
    </header>
  )
}

/** Language and type size, as links to this same page. */
function ReadingLinks() {
  const t = useT()
  const viewer = useViewer()
  const path = usePagePath()
  const english = viewer.lang === 'en'
  const elder = viewer.mode === 'elder'
  return (
    <nav className="reading-links" aria-label={t('site.readingLinks')}>
      <a href={href(path, { ...viewer, mode: elder ? 'standard' : 'elder' })}>
        {elder ? t('site.toStandard') : t('site.toElder')}
      </a>
      <a
        href={href(path, { ...viewer, lang: english ? 'zh-CN' : 'en' })}
        lang={english ? 'zh-CN' : 'en'}
        hrefLang={english ? 'zh-CN' : 'en'}
      >
        {english ? t('site.toChinese') : t('site.toEnglish')}
      </a>
    </nav>
  )
}

function SiteNav(props: { readonly items: readonly NavItem[] }) {
  const t = useT()
  return (
    <nav className="site-nav" aria-label={t('site.mainMenu')}>
      <ul>
        {props.items.map(item => (
          <li key={item.href}>
            <Anchor href={item.href} aria-current={item.current ? 'page' : undefined}>
              <Icon name={item.icon} />
              <span>{item.label}</span>
            </Anchor>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function SiteFooter(
  props: Pick<PageShellProps, 'notContained' | 'sourceHref'> & { readonly verifyHref: string },
) {
  const t = useT()
  const path = usePagePath()
  return (
    <footer className="site-footer">
      <div className="site-footer__inner">
        <section className="site-footer__part" aria-labelledby="not-contained">
          <h2 id="not-contained">{t('site.notContainedTitle')}</h2>
          {props.notContained.length === 0 ? (
            <p>{t('site.notContainedNothing')}</p>
          ) : (
            <ul>
              {props.notContained.map((item, place) => (
                <li key={String(place)}>{item}</li>
              ))}
            </ul>
          )}
        </section>
        <section className="site-footer__part site-footer__verify" aria-labelledby="check-yourself">
          <h2 id="check-yourself">{t('site.verifyTitle')}</h2>
          <p>{t('site.verifyText')}</p>
          <p>
            <Anchor href={props.verifyHref}>{t('site.verifyLink')}</Anchor>
            {props.sourceHref && (
              <>
                {' · '}
                <a href={props.sourceHref}>{t('site.sourceLink')}</a>
              </>
            )}
          </p>
        </section>
        <p className="site-footer__small">
          {t('site.timezone')} <Anchor href="/privacy">{t('personal.privacyLink')}</Anchor>
        </p>
        <p className="print-only">
          {t('site.printedFrom')} {path}
        </p>
      </div>
    </footer>
  )
}

/** A part of a page with its own heading; `actions` stand beside it. */
export function Section(props: {
  readonly title: ReactNode
  readonly id?: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section className="section" id={props.id}>
      <div className="section__head">
        <h2>{props.title}</h2>
        {props.actions && <div className="section__actions">{props.actions}</div>}
      </div>
      {props.lead && <p className="section__lead">{props.lead}</p>}
      {props.children}
    </section>
  )
}

/** A sheet of paper on the page's ground, for what belongs together. */
export function Card(props: { readonly children: ReactNode; readonly tone?: 'plain' | 'quiet' }) {
  return (
    <div className="card" data-tone={props.tone ?? 'plain'}>
      {props.children}
    </div>
  )
}

/** Cards or figures side by side where there is room. */
export function Columns(props: { readonly children: ReactNode }) {
  return <div className="columns">{props.children}</div>
}
