/**
 * Who is looking: the language and the reading mode, both taken from the address and kept on every link. No cookie, no
 * setting, no script: a link that is sent to somebody shows them the same page.
 */
import { createContext, type ReactNode, useContext } from 'react'
import { type Lang, type MessageKey, type Translate, translate, translateInParts } from '#i18n'

/** How a page is read. `elder` is the large-type edition with three big buttons. */
export interface Viewer {
  readonly lang: Lang
  readonly mode: 'standard' | 'elder'
}

export const STANDARD_VIEWER: Viewer = { lang: 'zh-CN', mode: 'standard' }

/** The viewer of an address: `?lang=en`, `?mode=elder`; anything else is Chinese in standard type. */
export function viewerOf(address: URL | string): Viewer {
  const search = typeof address === 'string' ? (address.split('#')[0]!.split('?')[1] ?? '') : address.search
  const query = new URLSearchParams(search)
  return {
    lang: query.get('lang') === 'en' ? 'en' : 'zh-CN',
    mode: query.get('mode') === 'elder' ? 'elder' : 'standard',
  }
}

/**
 * A path of this site with the viewer's language and mode on it. Keeps the other parameters and the fragment; leaves
 * other sites, `mailto:` and bare fragments alone. Applying it twice changes nothing.
 */
export function href(path: string, viewer: Viewer): string {
  if (!/^(?:[?]|\/(?![/\\]))/.test(path)) return path
  const [beforeHash, ...hash] = path.split('#')
  const [pathname, search = ''] = beforeHash!.split('?', 2)
  const query = new URLSearchParams(search)
  query.delete('lang')
  query.delete('mode')
  if (viewer.lang === 'en') query.set('lang', 'en')
  if (viewer.mode === 'elder') query.set('mode', 'elder')
  const kept = query.size > 0 ? `?${query}` : pathname === '' ? '?' : ''
  return `${pathname}${kept}${hash.length > 0 ? `#${hash.join('#')}` : ''}`
}

interface Looking {
  readonly viewer: Viewer
  /** Path and query of the page itself, for the links that change language or type size. */
  readonly path: string
}

const LookingContext = createContext<Looking>({ viewer: STANDARD_VIEWER, path: '/' })

/** Tells the components below who is looking, and at which address. The root does it for every page. */
export function ViewerProvider(props: Looking & { readonly children: ReactNode }) {
  return (
    <LookingContext.Provider value={{ viewer: props.viewer, path: props.path }}>
      {props.children}
    </LookingContext.Provider>
  )
}

/** The viewer of the page that is being rendered. */
export function useViewer(): Viewer {
  return useContext(LookingContext).viewer
}

/** Path and query of the page that is being rendered. */
export function usePagePath(): string {
  return useContext(LookingContext).path
}

/** The translator for the page that is being rendered: `const t = useT(); t('site.name')`. */
export function useT(): Translate {
  return translate(useViewer().lang)
}

/** A text whose placeholders are filled with nodes (links, figures), in the order that the language wants. */
export function Sentence<Key extends MessageKey>(props: {
  readonly text: Key
  readonly values: Parameters<typeof translateInParts<Key, ReactNode>>[2]
}) {
  const parts = translateInParts<Key, ReactNode>(useViewer().lang, props.text, props.values)
  // The parts of one sentence never reorder between two renderings, so their place is their key.
  return parts.map((part, place) => <SentencePart key={String(place)}>{part}</SentencePart>)
}

function SentencePart(props: { readonly children: ReactNode }) {
  return props.children
}

/** Hidden fields that keep language and mode across a GET form. */
export function KeepViewer() {
  const viewer = useViewer()
  return (
    <>
      {viewer.lang === 'en' && <input type="hidden" name="lang" value="en" />}
      {viewer.mode === 'elder' && <input type="hidden" name="mode" value="elder" />}
    </>
  )
}

/** A link within the site that keeps language and mode; to another site it is a plain link. */
export function Anchor(props: {
  readonly href: string
  readonly children: ReactNode
  readonly className?: string
  readonly lang?: string
  readonly rel?: string
  readonly 'aria-current'?: 'page' | 'step' | 'true'
  readonly 'aria-label'?: string
  readonly download?: boolean
  readonly 'data-tone'?: string
}) {
  const viewer = useViewer()
  return (
    <a {...props} href={href(props.href, viewer)}>
      {props.children}
    </a>
  )
}
