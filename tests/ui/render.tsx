/** Renders components as the server does, for one viewer. */
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { type Viewer, ViewerProvider } from '#ui'

/** Every combination of language and mode. */
export const VIEWERS: readonly Viewer[] = (['zh-CN', 'en'] as const).flatMap(lang =>
  (['standard', 'elder'] as const).map(mode => ({ lang, mode })),
)

export const CHINESE: Viewer = { lang: 'zh-CN', mode: 'standard' }
export const ENGLISH: Viewer = { lang: 'en', mode: 'standard' }

/** The HTML of some components. */
export function htmlOf(node: ReactNode, viewer: Viewer = CHINESE, path = '/demo?month=2026-06'): string {
  return renderToStaticMarkup(
    <ViewerProvider viewer={viewer} path={path}>
      {node}
    </ViewerProvider>,
  )
}

/** The visible and spoken words of some components, spaces collapsed. */
export function wordsOf(node: ReactNode, viewer: Viewer = CHINESE): string {
  return htmlOf(node, viewer)
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
