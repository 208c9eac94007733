/**
 * Answers requests for pages with the routes that the build made. Remix weighs every route of a portal anew for each request;
 * a request can only mean routes that begin as its path does, so each beginning has a handler of its own, and answers as
 * the whole would. Must never decide anything about a request but which routes are asked.
 */
import { createRequestHandler, type ServerBuild } from '@remix-run/node'
import type { PageHandler } from '#platform/process'

type Routes = ServerBuild['routes']

/** `c/:slug/votes`, `account`: as much of a path as tells the parts of the portal apart. */
const DEPTH = 3

const segmentsOf = (path: string) => path.split('/').filter(segment => segment !== '')

/** How a route begins: its first segments, a parameter as `*`. Null for one that any path may mean. */
function beginningOf(path: string | undefined): string | null {
  const segments = segmentsOf(path ?? '').slice(0, DEPTH)
  if (segments.some(segment => segment === '*' || segment.endsWith('?'))) return null
  return segments.map(segment => (segment.startsWith(':') ? '*' : segment)).join('/')
}

/** Whether a route that begins so could be meant by the beginning of a request. */
function couldMean(beginning: string | null, asked: string): boolean {
  if (beginning === null) return true
  const [route, request] = [segmentsOf(beginning), segmentsOf(asked)]
  return (
    route.length === request.length &&
    route.every((segment, at) => segment === '*' || request[at] === '*' || segment === request[at])
  )
}

/** The build with the root and the routes below it that one beginning could mean, and all that lies below those. */
function narrowed(build: ServerBuild, asked: string): ServerBuild {
  const { routes, assets } = build
  const kept = new Set<string>()
  for (const { id, parentId, path } of Object.values(routes)) {
    const isTop = parentId !== undefined && routes[parentId]?.parentId === undefined
    if (parentId === undefined || (isTop && couldMean(beginningOf(path), asked))) kept.add(id)
  }
  for (const { id } of Object.values(routes)) {
    let above = routes[id]
    while (above !== undefined && !kept.has(above.id)) above = routes[above.parentId ?? '']
    if (above?.parentId !== undefined) kept.add(id)
  }
  const only = <Value>(all: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(all).filter(([id]) => kept.has(id)))
  return { ...build, routes: only(routes) as Routes, assets: { ...assets, routes: only(assets.routes) } }
}

/** The handler of a build's pages. */
export function answerPages(build: ServerBuild): PageHandler {
  const whole = createRequestHandler(build, 'production')
  const beginnings = new Set<string>()
  for (const { path } of Object.values(build.routes)) {
    const beginning = beginningOf(path)
    if (beginning !== null && beginning !== '') beginnings.add(beginning)
  }
  const handlers = new Map<string, typeof whole>()
  const handlerFor = (path: string) => {
    const segments = segmentsOf(path).slice(0, DEPTH)
    const beginning = [...variants(segments)].find(each => beginnings.has(each))
    if (beginning === undefined) return whole
    const known = handlers.get(beginning)
    if (known !== undefined) return known
    const made = createRequestHandler(narrowed(build, beginning), 'production')
    handlers.set(beginning, made)
    return made
  }
  return (request, context) => handlerFor(new URL(request.url).pathname)(request, context)
}

/** A path's beginning as the routes may spell it, the most literal first. */
function* variants(segments: readonly string[]): Generator<string> {
  const [first, ...others] = segments
  if (first === undefined) {
    yield ''
    return
  }
  if (others.length === 0) {
    yield first
    yield '*'
    return
  }
  for (const spelled of [first, '*']) for (const rest of variants(others)) yield `${spelled}/${rest}`
}
