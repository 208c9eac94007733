import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { csrfField, readForm, sessionCookie } from '#platform'
import { openLogger, PortInUse, type Served } from '#platform/process'
import { describeOnOneDatabase } from '../support/database.ts'
import { ask, sameOrigin, serveTestPages } from '../support/http.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const TOKEN = 'A'.repeat(43)
const html = (body: string, headers: Record<string, string> = {}) =>
  new Response(`<!doctype html><p>${body}</p>`, {
    headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
  })

/** A site in small: each path shows one thing that the server in front has to get right. */
async function pages(portal: TestPortal, asked: Request, context: { nonce: string; clientAddress: string }) {
  const url = new URL(asked.url)
  if (url.pathname.startsWith('/refused/'))
    return html(`refused ${url.pathname} ${url.searchParams.get('lang')}`)
  switch (url.pathname) {
    case '/scripted':
      return html(`<script nonce="${context.nonce}"></script>`, { 'X-Cacheable': 'demo' })
    case '/address':
      return html(context.clientAddress)
    case '/broken':
      throw new Error('secret reason')
    case '/twice': {
      const response = html('signed in')
      response.headers.append('Set-Cookie', 'a=1')
      response.headers.append('Set-Cookie', 'b=2')
      return response
    }
    case '/file':
      return new Response('%PDF', {
        headers: { 'Content-Type': 'application/pdf', 'Cache-Control': 'public, max-age=9' },
      })
    case '/length':
      return html(String((await asked.arrayBuffer()).byteLength))
    case '/form': {
      const form = await readForm(asked, portal.settings, z.object({ name: z.string() })).catch(
        (thrown: Response) => thrown,
      )
      return form instanceof Response ? form : html(form.ok ? form.value.name : form.error.code)
    }
    default:
      return html('a page')
  }
}

// The server in front never asks the database of these pages: one kind is as good as the other.
describeOnOneDatabase('the server in front', open => {
  const served: Served[] = []
  afterAll(async () => {
    for (const each of served) await each.stop(0)
  })

  let started: Promise<{ port: number; portal: TestPortal; lines: string[] }> | null = null
  function start() {
    started ??= startServing()
    return started
  }
  async function startServing(env: Record<string, string> = {}) {
    const lines: string[] = []
    const out = new PassThrough()
    out.on('data', chunk => lines.push(String(chunk)))
    const portal = {
      ...openTestPortal(await open(), { env: { PORT: '0', ...env } }),
      logger: openLogger('info', out),
    }
    const server = await serveTestPages(portal, (asked, context) => pages(portal, asked, context), {
      health: async () => ({ isHealthy: env.BASE_URL === undefined, checks: { database: 'answers' } }),
    })
    served.push(server)
    return { port: server.port, portal, lines }
  }

  it('tells browsers what pages without scripts may do: nothing but look', async () => {
    const { port } = await start()
    const page = await ask(port, '/')
    expect(page.status).toBe(200)
    expect(page.headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'strict-origin-when-cross-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'cache-control': 'no-store',
    })
    expect(page.headers['strict-transport-security']).toBeUndefined()
    expect(page.headers['set-cookie']).toBeUndefined()
  })

  it('allows the scripts of a page that carries its nonce, a new one each time, and keeps no such page', async () => {
    const { port } = await start()
    const nonces = []
    for (let time = 0; time < 3; time++) {
      const page = await ask(port, '/scripted')
      const nonce = /nonce="([^"]+)"/.exec(page.text)![1]!
      expect(page.headers['content-security-policy']).toContain(`script-src 'self' 'nonce-${nonce}'`)
      expect(page.headers.etag).toBeUndefined()
      expect(page.headers['x-cacheable']).toBeUndefined()
      nonces.push(nonce)
    }
    expect(new Set(nonces).size).toBe(3)
  })

  it('lets files load nothing, and leaves them their caching', async () => {
    const { port } = await start()
    const file = await ask(port, '/file')
    expect(file.headers['content-security-policy']).toMatch(/^default-src 'none'; base-uri/)
    expect(file.headers['cache-control']).toBe('public, max-age=9')
  })

  it('keeps several cookies apart and their pages out of every store', async () => {
    const { port } = await start()
    const page = await ask(port, '/twice')
    expect(page.headers['set-cookie']).toEqual(['a=1', 'b=2'])
    expect(page.headers['cache-control']).toBe('no-store')
  })

  it('says nothing of the inside of a defect, and notes it', async () => {
    const { port, lines } = await start()
    const page = await ask(port, '/broken')
    expect([page.status, page.text]).toEqual([500, '500\n'])
    expect(page.headers['x-content-type-options']).toBe('nosniff')
    const id = page.headers['x-request-id']
    expect(lines.filter(line => line.includes(String(id)) && line.includes('request failed'))).toHaveLength(1)
  })

  it('notes each request without query, address, cookie or code', async () => {
    const { port, portal, lines } = await start()
    const code = portal.random.id()
    await ask(port, `/invite/${code}?who=zhang`, {
      headers: { Cookie: `mingzhang=${TOKEN}`, 'User-Agent': 'Secret/1' },
    })
    const line = lines
      .map(text => JSON.parse(text) as Record<string, unknown>)
      .find(each => each.path === '/invite/-')
    expect(line).toMatchObject({ level: 'info', event: 'request', method: 'GET', status: 200 })
    expect(lines.join('')).not.toMatch(new RegExp(`${code}|zhang|127\\.0\\.0\\.1|${TOKEN}|Secret`))
  })

  describe('takes forms from its own pages only', () => {
    const form = {
      method: 'POST',
      body: 'name=x',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    }
    it.each([
      ['its own origin', (port: number) => sameOrigin(port), 200],
      ['its own origin, an older browser', (port: number) => ({ Origin: `http://127.0.0.1:${port}` }), 200],
      ['a typed address that is sent again', () => ({ 'Sec-Fetch-Site': 'none' }), 200],
      ['the address people know it by', () => ({ Origin: 'http://localhost:0' }), 200],
      ['another site', () => ({ Origin: 'https://evil.example' }), 403],
      ['another port', () => ({ Origin: 'http://127.0.0.1:1' }), 403],
      ['an origin that is hidden', () => ({ Origin: 'null' }), 403],
      ['no origin at all', () => ({}), 403],
      ['a sister site', (port: number) => ({ ...sameOrigin(port), 'Sec-Fetch-Site': 'same-site' }), 403],
      [
        'a foreign site that forges Origin',
        (port: number) => ({ ...sameOrigin(port), 'Sec-Fetch-Site': 'cross-site' }),
        403,
      ],
    ])('%s', async (_, headers, status) => {
      const { port } = await start()
      const page = await ask(port, '/form?lang=en', {
        ...form,
        headers: { ...form.headers, ...headers(port) },
      })
      expect(page.status).toBe(status)
      expect(page.text).toContain(status === 403 ? 'refused /refused/foreign-form en' : '<p>x</p>')
      if (status === 403) expect(page.headers['content-security-policy']).toContain("style-src 'self'")
    })

    it('and of its own session only', async () => {
      const { port, portal } = await start()
      const cookie = sessionCookie(portal.settings, TOKEN).split(';')[0]!
      const csrfOf = (held: string) =>
        csrfField(new Request('http://x/', { headers: { Cookie: `mingzhang=${held}` } }), portal.settings)
          .value
      const send = async (body: string, headers: Record<string, string> = { Cookie: cookie }) =>
        (
          await ask(port, '/form', {
            ...form,
            body,
            headers: { ...form.headers, ...sameOrigin(port), ...headers },
          })
        ).status
      expect(csrfOf(TOKEN)).toMatch(/^[A-Za-z0-9_-]{43}$/)
      expect(await send(`name=x&csrf=${csrfOf(TOKEN)}`)).toBe(200)
      expect(await send('name=x')).toBe(403)
      expect(await send('name=x&csrf=')).toBe(403)
      expect(await send(`name=x&csrf=${csrfOf('B'.repeat(43))}`)).toBe(403)
      expect(await send(`name=x&csrf=${csrfOf(TOKEN).slice(1)}`)).toBe(403)
      expect(await send(`name=x&csrf=${TOKEN}`)).toBe(403)
    })
  })

  it('takes no method but reading and sending a form', async () => {
    const { port } = await start()
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const page = await ask(port, '/', { method, headers: sameOrigin(port) })
      expect([page.status, page.headers.allow]).toEqual([405, 'GET, HEAD, POST'])
    }
  })

  describe('bounds what is sent', () => {
    const big = new Uint8Array(1_000_001)
    const upload = { 'Content-Type': 'multipart/form-data; boundary=x' }
    it.each([
      ['a form of just the bound', big.subarray(1), {}, false, 200],
      ['a form beyond it', big, {}, false, 413],
      ['a form beyond it that hides its length', big, {}, true, 413],
      ['an upload by somebody signed in', big, { ...upload, Cookie: `mingzhang=${TOKEN}` }, true, 200],
      ['an upload by a stranger', big, upload, true, 413],
      ['an upload with no real session cookie', big, { ...upload, Cookie: 'mingzhang=x' }, false, 413],
    ])('%s', async (_, body, headers, isChunked, status) => {
      const { port } = await start()
      const page = await ask(port, '/length', {
        method: 'POST',
        body,
        isChunked,
        headers: { ...sameOrigin(port), ...headers },
      })
      expect(page.status).toBe(status)
      if (status === 200) expect(page.text).toContain(`<p>${body.byteLength}</p>`)
      else expect(page.text).toContain('/refused/body-too-large')
    })

    it('an upload beyond its own bound', async () => {
      const { port } = await start()
      const headers = { ...sameOrigin(port), ...upload, Cookie: `mingzhang=${TOKEN}` }
      const body = new Uint8Array(31_000_001)
      expect((await ask(port, '/length', { method: 'POST', body, isChunked: true, headers })).status).toBe(
        413,
      )
    })
  })

  it('serves the files of the build, compressed, for ever when their name changes with them', async () => {
    const { port } = await start()
    const css = await ask(port, '/assets/root-abc.css', { headers: { 'Accept-Encoding': 'gzip' } })
    expect(css.headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect(gunzipSync(css.bytes).toString()).toContain('color:#111')
    const again = await ask(port, '/assets/root-abc.css', { headers: { 'If-None-Match': css.headers.etag! } })
    expect([again.status, again.bytes.length, again.headers.etag]).toEqual([304, 0, css.headers.etag])
    const icon = await ask(port, '/favicon.svg')
    expect(icon.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=3600',
    })
    expect((await ask(port, '/assets/gone.css')).status).toBe(404)
    const head = await ask(port, '/favicon.svg', { method: 'HEAD' })
    expect([head.status, head.bytes.length]).toEqual([200, 0])
  })

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets',
  ])('serves nothing else: %s', async path => {
    const { port } = await start()
    expect((await ask(port, path)).text).not.toContain('secret')
  })

  it('knows no address with what no text can hold', async () => {
    const { port } = await start()
    expect((await ask(port, '/c/%00')).status).toBe(400)
    expect((await ask(port, '/c/x?q=%00')).status).toBe(400)
  })

  it('says how it is', async () => {
    const { port } = await start()
    const health = await ask(port, '/healthz')
    expect([health.status, JSON.parse(health.text)]).toEqual([200, { status: 'ok', database: 'answers' }])
    expect(health.headers['cache-control']).toBe('no-store')
  })

  it('knows the client by the connection, and believes what proxies say only when there are any', async () => {
    const { port } = await start()
    const forged = { 'X-Forwarded-For': '1.2.3.4' }
    expect((await ask(port, '/address', { headers: forged })).text).toMatch(/127\.0\.0\.1/)
  })

  it('behind one proxy with https, trusts it, insists on https and says when it is ill', async () => {
    const { port, portal } = await startServing({ BASE_URL: 'https://portal.example.cn', TRUST_PROXY: '1' })
    const through = { 'X-Forwarded-For': '9.9.9.9, 1.2.3.4', 'X-Forwarded-Host': 'portal.example.cn' }
    const page = await ask(port, '/address', { headers: through })
    expect(page.text).toContain('<p>1.2.3.4</p>')
    expect(page.headers['strict-transport-security']).toBe('max-age=31536000')
    expect(sessionCookie(portal.settings, TOKEN)).toBe(
      `__Host-mingzhang=${TOKEN}; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure`,
    )
    const form = { method: 'POST', body: 'name=x' }
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded',
      Origin: 'https://portal.example.cn',
    }
    expect((await ask(port, '/form', { ...form, headers })).status).toBe(200)
    const health = await ask(port, '/healthz')
    expect([health.status, JSON.parse(health.text).status]).toEqual([503, 'failing'])
  })

  it('says which port is taken', async () => {
    const blocker = createServer().listen(0)
    await new Promise(resolve => blocker.once('listening', resolve))
    const { port } = blocker.address() as AddressInfo
    const portal = openTestPortal(await open(), { env: { PORT: String(port) } })
    await expect(serveTestPages(portal, async () => html(''))).rejects.toThrow(PortInUse)
    blocker.close()
  })

  it('stops when the last request is answered, and not before', async () => {
    const portal = openTestPortal(await open(), { env: { PORT: '0' } })
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    let entered = () => {}
    const inside = new Promise<void>(resolve => {
      entered = resolve
    })
    const server = await serveTestPages(portal, async () => {
      entered()
      await held
      return html('finished')
    })
    const answer = ask(server.port, '/slow')
    await inside
    let stopped = false
    const stopping = server.stop().then(() => {
      stopped = true
    })
    await expect(ask(server.port, '/late')).rejects.toThrow(/ECONNREFUSED/)
    expect(stopped).toBe(false)
    release()
    expect((await answer).text).toContain('finished')
    await stopping
  })

  it('ends what does not finish within the grace time', async () => {
    const portal = openTestPortal(await open(), { env: { PORT: '0' } })
    let entered = () => {}
    const inside = new Promise<void>(resolve => {
      entered = resolve
    })
    const server = await serveTestPages(portal, () => {
      entered()
      return new Promise(() => {})
    })
    const cut = ask(server.port, '/').catch((error: unknown) => error)
    await inside
    await server.stop(50)
    expect(await cut).toMatchObject({ code: 'ECONNRESET' })
  })
})
