import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { readPageVersion } from '#db/platform'
import type { Served } from '#platform/process'
import { appendLeaf, createLog } from '#tlog/server'
import { cacheAddress, PageCache } from '../../app/platform/page-cache.server.ts'
import { enterTestCommunity } from '../support/communities.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import { ask, sameOrigin, serveTestPages } from '../support/http.ts'
import { openTestPortal } from '../support/portal.ts'
import { fc, runs } from '../support/properties.ts'

function page(text: string, headers: Record<string, string> = {}): Response {
  return new Response(text, {
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'X-Cacheable': 'demo', ...headers },
  })
}

/** What a reader would see. */
async function shown(cache: PageCache, address: string, render: () => Promise<Response>): Promise<string> {
  const made = (await cache.find(address)) ?? (await cache.render(address, render))
  if (made instanceof Response) return made.text()
  return Buffer.from((await made.body.encode(null)).bytes).toString()
}

describe('the address of a kept page', () => {
  it.each([
    ['/c/demo', '/c/demo'],
    ['/c/demo?mode=elder&lang=en', '/c/demo?lang=en&mode=elder'],
    ['/c/demo?lang=en&mode=elder', '/c/demo?lang=en&mode=elder'],
    ['/c/demo?lang=en&x=1', null],
    ['/c/demo?lang=en&lang=zh', null],
    ['/c/demo.data', null],
    [`/${'x'.repeat(300)}`, null],
  ])('%s is %s', (path, address) => {
    expect(cacheAddress(path, new Set(['lang', 'mode']))).toBe(address)
  })
})

describe('the page cache', () => {
  it('renders once to learn, once to keep, and then no more until the books change', async () => {
    let version = '1'
    let rendered = 0
    const cache = new PageCache(async () => version, 1e6)
    const render = async () => page(`rendering ${++rendered} of ${version}`)
    for (let time = 0; time < 5; time++) await shown(cache, '/a', render)
    expect(rendered).toBe(2)
    version = '2'
    expect(await shown(cache, '/a', render)).toBe('rendering 3 of 2')
    expect(await shown(cache, '/a', render)).toBe('rendering 3 of 2')
    version = '1'
    expect(await shown(cache, '/a', render)).toBe('rendering 4 of 1')
  })

  it('keeps nothing that was rendered while the books changed', async () => {
    let version = '1'
    const cache = new PageCache(async () => version, 1e6)
    await shown(cache, '/a', async () => page('learn'))
    const old = await shown(cache, '/a', async () => {
      const text = `of ${version}`
      version = '2'
      return page(text)
    })
    expect(old).toBe('of 1')
    expect(await shown(cache, '/a', async () => page(`of ${version}`))).toBe('of 2')
  })

  it('is never staler than the books were when the reader asked, whatever the order of things', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom('read', 'post'), { minLength: 4, maxLength: 24 }),
        async (scheduler, acts) => {
          let books = 0
          const cache = new PageCache(async () => {
            await scheduler.schedule(Promise.resolve())
            const seen = String(books)
            await scheduler.schedule(Promise.resolve())
            return seen
          }, 1e6)
          const render = async () => {
            await scheduler.schedule(Promise.resolve())
            const seen = books
            await scheduler.schedule(Promise.resolve())
            return page(String(seen))
          }
          const readings: Promise<{ asked: number; saw: number }>[] = []
          const sequence = scheduler.scheduleSequence(
            acts.map(act => async () => {
              if (act === 'post') books += 1
              else {
                const asked = books
                readings.push(shown(cache, '/a', render).then(text => ({ asked, saw: Number(text) })))
              }
            }),
          )
          await scheduler.waitFor(sequence.task.then(() => Promise.all(readings)))
          for (const { asked, saw } of await Promise.all(readings)) expect(saw).toBeGreaterThanOrEqual(asked)
        },
      ),
      { numRuns: runs(300) },
    )
  })

  it('shares one rendering among those who ask at once', async () => {
    let rendered = 0
    const cache = new PageCache(async () => '1', 1e6)
    await shown(cache, '/a', async () => page('learn'))
    const render = async () => page(`rendering ${++rendered}`)
    const texts = await Promise.all(Array.from({ length: 20 }, () => shown(cache, '/a', render)))
    expect(new Set(texts)).toEqual(new Set(['rendering 1']))
  })

  it('shares no failure: each who asks sees it, and the next rendering may succeed', async () => {
    const cache = new PageCache(async () => '1', 1e6)
    await shown(cache, '/a', async () => page('learn'))
    const failing = async () => {
      throw new Error('no')
    }
    await expect(shown(cache, '/a', failing)).rejects.toThrow('no')
    expect(await shown(cache, '/a', async () => page('well'))).toBe('well')
  })

  it.each([
    ['sets a cookie', () => page('x', { 'Set-Cookie': 'a=1' })],
    ['is not the page of any books', () => new Response('x', { headers: { 'Content-Type': 'text/html' } })],
    ['is not HTML', () => page('x', { 'Content-Type': 'text/csv' })],
    [
      'failed',
      () =>
        new Response('x', { status: 404, headers: { 'Content-Type': 'text/html', 'X-Cacheable': 'demo' } }),
    ],
  ])('keeps nothing that %s', async (_, make) => {
    let rendered = 0
    const cache = new PageCache(async () => '1', 1e6)
    const render = async () => {
      rendered += 1
      return make()
    }
    for (let time = 0; time < 4; time++) expect(await shown(cache, '/a', render)).toBe('x')
    expect([rendered, cache.byteCount]).toEqual([4, 0])
  })

  it('lets go of a page that may no longer be kept', async () => {
    const cache = new PageCache(async () => '1', 1e6)
    await shown(cache, '/a', async () => page('public'))
    expect(await shown(cache, '/a', async () => page('private', { 'Set-Cookie': 'a=1' }))).toBe('private')
    expect(await shown(cache, '/a', async () => page('public again'))).toBe('public again')
  })

  it('keeps nothing while the books cannot be read', async () => {
    const cache = new PageCache(async () => null, 1e6)
    let rendered = 0
    for (let time = 0; time < 3; time++) await shown(cache, '/a', async () => page(String(++rendered)))
    expect([rendered, cache.byteCount]).toEqual([3, 0])
  })

  it('stays within its bound, giving up what was unused for longest', async () => {
    const cache = new PageCache(async () => '1', 2500)
    const renderings: string[] = []
    const look = (address: string) =>
      shown(cache, address, async () => {
        renderings.push(address)
        return page('x'.repeat(1000))
      })
    for (const address of ['/a', '/a', '/b', '/b', '/a', '/c', '/c']) await look(address)
    expect(cache.byteCount).toBe(2000)
    renderings.length = 0
    await look('/a')
    await look('/c')
    await look('/b')
    expect(renderings).toEqual(['/b'])
  })
})

describeOnOneDatabase('a kept page', open => {
  const served: Served[] = []
  afterAll(async () => {
    for (const each of served) await each.stop(0)
  })

  async function start() {
    const portal = openTestPortal(await open(), { env: { PORT: '0' } })
    const communityId = await enterTestCommunity(portal.db)
    await portal.db.transaction().execute(tx => createLog(tx, communityId, 'portal.example/c/demo'))
    let rendered = 0
    const pages = async (asked: Request) => {
      const url = new URL(asked.url)
      if (asked.method === 'POST')
        return new Response(null, { status: url.pathname === '/refuse' ? 422 : 303 })
      rendered += 1
      const { size } = await portal.db.selectFrom('tlog').select('size').executeTakeFirstOrThrow()
      const who = asked.headers.get('Cookie') === null ? 'public' : 'private'
      return page(`${who} ${url.pathname} size ${size} ${'。'.repeat(2000)}`)
    }
    const server = await serveTestPages(portal, pages, {
      readVersion: books => readPageVersion(portal.db, books),
    })
    served.push(server)
    const post = () => portal.db.transaction().execute(tx => appendLeaf(tx, communityId, [Uint8Array.of(1)]))
    await ask(server.port, '/c/demo')
    await ask(server.port, '/c/demo')
    expect(rendered).toBe(2)
    return { portal, port: server.port, post, renderings: () => rendered }
  }

  it('is sent again without rendering, compressed, without cookies, and never after a posting', async () => {
    const { port, post, renderings } = await start()
    const kept = await ask(port, '/c/demo', { headers: { 'Accept-Encoding': 'gzip, br;q=0' } })
    expect(renderings()).toBe(2)
    expect(kept.headers).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': 'public, no-cache',
      vary: 'Accept-Encoding, Cookie',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'content-length': String(kept.bytes.length),
      'x-content-type-options': 'nosniff',
    })
    expect(kept.headers['set-cookie']).toBeUndefined()
    expect(kept.headers['x-cacheable']).toBeUndefined()
    expect(gunzipSync(kept.bytes).toString()).toMatch(/^public \/c\/demo size 0/)
    const smaller = await ask(port, '/c/demo', { headers: { 'Accept-Encoding': 'gzip, br' } })
    expect(smaller.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(smaller.bytes)).toEqual(gunzipSync(kept.bytes))
    expect(smaller.headers.etag).not.toBe(kept.headers.etag)
    for (let size = 1; size <= 3; size++) {
      await post()
      expect((await ask(port, '/c/demo')).text).toContain(`size ${size} `)
    }
    expect(renderings()).toBe(5)
  })

  it('is not sent to somebody who has it, until it changes', async () => {
    const { port, post } = await start()
    const { headers } = await ask(port, '/c/demo')
    const know = (etag: string) => ask(port, '/c/demo', { headers: { 'If-None-Match': etag } })
    const known = await know(`"other", W/${headers.etag}`)
    expect([known.status, known.bytes.length, known.headers.etag]).toEqual([304, 0, headers.etag])
    expect(known.headers['cache-control']).toBe('public, no-cache')
    expect((await know('"other"')).status).toBe(200)
    await post()
    expect((await know(headers.etag!)).status).toBe(200)
    const head = await ask(port, '/c/demo', { method: 'HEAD' })
    expect([head.status, head.bytes.length]).toEqual([200, 0])
  })

  it('is never shown to, nor made from the page of, somebody signed in', async () => {
    const { port } = await start()
    const cookie = { Cookie: `theme=x; mingzhang=${'A'.repeat(43)}` }
    const own = await ask(port, '/c/demo', { headers: cookie })
    expect(own.text).toMatch(/^private/)
    expect(own.headers['cache-control']).toBe('no-store')
    expect(own.headers.etag).toBeUndefined()
    expect((await ask(port, '/c/demo')).text).toMatch(/^public/)
  })

  it('is rendered anew after an act, after a minute, and not after a refused act', async () => {
    const { port, portal, renderings } = await start()
    const form = { method: 'POST', body: 'x=1', headers: sameOrigin(port) }
    await ask(port, '/refuse', form)
    await ask(port, '/act', { ...form, headers: {} })
    await ask(port, '/c/demo')
    expect(renderings()).toBe(3)
    await ask(port, '/act', form)
    await ask(port, '/c/demo')
    await ask(port, '/c/demo')
    expect(renderings()).toBe(4)
    portal.clock.advance(60_000)
    await ask(port, '/c/demo')
    await ask(port, '/c/demo')
    expect(renderings()).toBe(5)
  })

  it('of another address is another page, and noise in the address is not kept', async () => {
    const { port, renderings } = await start()
    for (let time = 0; time < 3; time++) await ask(port, '/c/demo?lang=en')
    expect(renderings()).toBe(4)
    for (let time = 0; time < 3; time++) await ask(port, '/c/demo?utm=1')
    expect(renderings()).toBe(7)
  })
})
