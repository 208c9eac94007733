/** Ways through the pages: breadcrumb, tabs that are links, and paging by key. */
import { Icon } from './icon.tsx'
import { Anchor, useT } from './viewer.tsx'

export interface Crumb {
  readonly label: string
  readonly href: string
}

/** Where this page stands; the page itself is the heading below, so it is not repeated. */
export function Breadcrumb(props: { readonly crumbs: readonly Crumb[] }) {
  const t = useT()
  return (
    <nav className="breadcrumb" aria-label={t('site.breadcrumb')}>
      <ol>
        {props.crumbs.map(crumb => (
          <li key={crumb.href}>
            <Anchor href={crumb.href}>{crumb.label}</Anchor>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Views of the same thing, each with its own address. */
export function Tabs(props: {
  readonly label: string
  readonly tabs: readonly {
    readonly href: string
    readonly label: string
    readonly count?: number
    readonly current?: boolean
  }[]
}) {
  return (
    <nav className="tabs" aria-label={props.label}>
      <ul>
        {props.tabs.map(tab => (
          <li key={tab.href}>
            <Anchor href={tab.href} aria-current={tab.current ? 'page' : undefined}>
              {tab.label}
              {tab.count !== undefined && <span className="tabs__count">{tab.count}</span>}
            </Anchor>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Newer and older by key, never by page number: new rows do not shift what a reader has open. */
export function Pagination(props: { readonly newer?: string; readonly older?: string }) {
  const t = useT()
  if (!props.newer && !props.older) return null
  return (
    <nav className="pagination" aria-label={t('ui.paging')}>
      {props.newer && (
        <Anchor className="button" data-tone="secondary" href={props.newer} rel="prev">
          <Icon name="previous" />
          {t('ui.newer')}
        </Anchor>
      )}
      {props.older && (
        <Anchor className="button pagination__older" data-tone="secondary" href={props.older} rel="next">
          {t('ui.older')}
          <Icon name="next" />
        </Anchor>
      )}
    </nav>
  )
}
