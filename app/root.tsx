/**
 * The document around every page: language, stylesheet, error pages. Ships no script unless a matched route says
 * `export const handle = { scripts: true }`.
 */

import type { MetaFunction } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  useLocation,
  useMatches,
  useRouteError,
} from '@remix-run/react'
import type { ReactNode } from 'react'
import { translate } from '#i18n'
import { ErrorPage, errorTitle, useNonce, ViewerProvider, viewerOf } from '#ui'
import './ui/styles/index.css'

/** What a route may say about itself. */
export interface RouteHandle {
  /** True on the few pages that run a script in the browser. */
  readonly scripts?: boolean
}

/** Every page of the site, and every error page, is drawn inside this. */
export function Layout(props: { readonly children: ReactNode }) {
  const location = useLocation()
  const nonce = useNonce()
  const viewer = viewerOf(location.search)
  const scripted = useMatches().some(match => (match.handle as RouteHandle | undefined)?.scripts === true)
  return (
    <html lang={viewer.lang} data-mode={viewer.mode}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#fdfdfb" />
        <meta name="format-detection" content="telephone=no" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        <ViewerProvider viewer={viewer} path={`${location.pathname}${location.search}`}>
          {props.children}
        </ViewerProvider>
        {scripted && <Scripts nonce={nonce} />}
      </body>
    </html>
  )
}

/** The title of pages that give none, error pages among them. */
export const meta: MetaFunction = ({ location, error }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: error ? `${t(errorTitle(statusOf(error)))} · ${t('site.name')}` : t('site.name') }]
}

function statusOf(error: unknown): number {
  return isRouteErrorResponse(error) ? error.status : 500
}

/** The page itself. */
export default function Root() {
  return <Outlet />
}

/** Refusals and defects, in the reader's language; never the error's own text, which may name things that are not public. */
export function ErrorBoundary() {
  return <ErrorPage status={statusOf(useRouteError())} />
}
