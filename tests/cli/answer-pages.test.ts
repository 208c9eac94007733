/** A request is answered by the same route, whether all routes are weighed or only those that begin as it does. */
import { createRequestHandler, type ServerBuild } from '@remix-run/node'
import { describe, expect, it } from 'vitest'
import { answerPages } from '../../app/cli/answer-pages.ts'
import { fc, runs } from '../support/properties.ts'

/** Paths as the build spells them; `/` at the end stands for an index route. */
const PATHS = [
  '',
  'c/:slug/',
  'c/:slug/fund',
  'c/:slug/votes/',
  'c/:slug/votes/:poll/',
  'c/:slug/votes/:poll/cast',
  'c/:slug/vouchers.csv',
  'c/:slug/office/new',
  'c/:slug/office/:draft/edit',
  'c/list/fund',
  'c/:slug/tile/*',
  'account/',
  'account/messages',
  'invite/:code',
  'sign-in',
]

/** A build whose routes answer with their own path and the names they were given. */
function buildOf(paths: readonly string[], layout = false): ServerBuild {
  const routes: Record<string, unknown> = {
    root: { id: 'root', path: '', module: { default: () => null } },
  }
  for (const path of paths) {
    const isIndex = path === '' || path.endsWith('/')
    const parentId = layout && path.startsWith('c/:slug/') && path !== 'c/:slug/' ? 'c' : 'root'
    const own = parentId === 'c' ? path.slice('c/:slug/'.length) : path
    routes[path || '_index'] = {
      id: path || '_index',
      parentId,
      path: own.replace(/\/$/, '') || undefined,
      index: isIndex ? true : undefined,
      module: { loader: ({ params }: { params: object }) => Response.json([path, params]) },
    }
  }
  if (layout) {
    routes.c = { id: 'c', parentId: 'root', path: 'c/:slug', module: { default: () => null } }
  }
  return {
    entry: { module: { default: () => new Response(null, { status: 404 }), handleError: () => {} } },
    routes,
    assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '1' },
    publicPath: '/',
    assetsBuildDirectory: '',
    basename: '/',
    mode: 'production',
    isSpaMode: false,
    future: { v3_singleFetch: true },
  } as unknown as ServerBuild
}

const words = ['c', 'C', 'demo', 'list', 'fund', 'votes', 'cast', 'office', 'new', 'edit', 'tile', 'account']
const moreWords = ['messages', 'invite', 'sign-in', 'vouchers.csv', '%66und', 'x.data', '..', '']

async function answered(answer: (request: Request, context: never) => Promise<Response>, path: string) {
  const response = await answer(new Request(`https://portal.test/${path}`), {} as never)
  return [response.status, await response.text()]
}

describe('pages', () => {
  const whole = createRequestHandler(buildOf(PATHS), 'production')
  const narrowed = answerPages(buildOf(PATHS))

  it('are found by their beginning', async () => {
    const fund = ['c/:slug/fund', { slug: 'demo' }]
    expect(await answered(narrowed, 'c/demo/fund')).toEqual([200, JSON.stringify(fund)])
    expect(await answered(narrowed, 'c/list/fund')).toEqual([200, JSON.stringify(['c/list/fund', {}])])
    expect((await answered(narrowed, 'c/demo/nothing'))[0]).toBe(404)
  })

  it('are those that all routes together would give, for any path', async () => {
    const segments = fc.array(fc.constantFrom(...words, ...moreWords), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(segments, async parts => {
        const path = parts.join('/')
        expect(await answered(narrowed, path)).toEqual(await answered(whole, path))
      }),
      { numRuns: runs(500) },
    )
  })

  it('are found below a layout as well', async () => {
    const build = buildOf(PATHS, true)
    for (const path of ['c/demo/votes/7/cast', 'c/demo', 'c/demo/tile/0/x', 'c/list/fund']) {
      expect(await answered(answerPages(build), path)).toEqual(
        await answered(createRequestHandler(build, 'production'), path),
      )
    }
  })
})
