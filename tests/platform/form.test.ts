import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { csrfField, localPath, readForm, respond, sessionCookie, sessionTokenOf } from '#platform'
import { readSettings } from '#platform/process'
import { boundBody, clientAddressOf } from '../../app/platform/request-checks.server.ts'
import { fc } from '../support/properties.ts'

const settings = (() => {
  const read = readSettings({ LOG_LEVEL: 'silent' })
  if (!read.ok) throw new Error('settings')
  return read.value
})()
const TOKEN = 'A'.repeat(43)

function sent(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request('http://localhost:3000/x', { method: 'POST', body, headers })
}

function fields(values: Record<string, string | string[]>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) => [value].flat().map(each => [name, each])),
  )
}

describe('a submitted form', () => {
  const Draft = z.object({
    narration: z.string().min(1, 'narration-missing'),
    count: z.string().regex(/^\d+$/),
  })

  it('becomes the value of its schema', async () => {
    expect(await readForm(sent(fields({ narration: '保洁', count: '3' })), settings, Draft)).toEqual({
      ok: true,
      value: { narration: '保洁', count: '3' },
    })
  })

  it('names each field that is wrong once, by the code of the schema or its own, and gives back what was entered', async () => {
    const form = { narration: '', count: 'x', password: 'hush', csrf: 'c', inviteCode: 'k' }
    expect(await readForm(sent(fields(form)), settings, Draft)).toEqual({
      ok: false,
      error: {
        code: 'form-invalid',
        fields: [
          { field: 'narration', code: 'narration-missing' },
          { field: 'count', code: 'field-malformed' },
        ],
        entered: { narration: '', count: 'x' },
      },
    })
    const none = await readForm(sent(fields({})), settings, Draft)
    expect(none.ok ? [] : none.error.fields.map(field => field.code)).toEqual([
      'field-missing',
      'field-missing',
    ])
  })

  it('keeps repeated fields together and files apart, and takes an empty file field for none', async () => {
    // As browsers send it; the runtime's own encoder leaves an empty file name out.
    const part = (disposition: string, ...rest: string[]) => [
      '--x',
      `Content-Disposition: form-data; ${disposition}`,
      ...rest,
    ]
    const form = [
      ...part('name="line"', '', 'a'),
      ...part('name="line"', '', 'b'),
      ...part('name="file"; filename="发票.pdf"', 'Content-Type: application/pdf', '', '%PDF'),
      ...part('name="other"; filename=""', 'Content-Type: application/octet-stream', '', ''),
      '--x--',
      '',
    ].join('\r\n')
    const type = { 'Content-Type': 'multipart/form-data; boundary=x' }
    const Upload = z.object({
      line: z.array(z.string()),
      file: z.instanceof(File),
      other: z.instanceof(File).optional(),
    })
    const read = await readForm(sent(form, type), settings, Upload)
    expect(read.ok && [read.value.line, read.value.file.name, read.value.other]).toEqual([
      ['a', 'b'],
      '发票.pdf',
      undefined,
    ])
  })

  it('changes no object that was there before', async () => {
    const Any = z.record(z.string(), z.unknown())
    await readForm(sent(fields({ __proto__: 'x', 'constructor.prototype.y': '1' })), settings, Any)
    expect(({} as Record<string, unknown>).x).toBeUndefined()
    const read = await readForm(sent(new URLSearchParams('__proto__=x')), settings, Any)
    expect(read.ok && Object.getPrototypeOf(read.value)).toBe(Object.prototype)
  })

  it.each([
    ['JSON', sent('{}', { 'Content-Type': 'application/json' }), 415],
    ['plain text, the type a foreign page may send', sent('a=b', { 'Content-Type': 'text/plain' }), 415],
    ['a form with broken parts', sent('broken', { 'Content-Type': 'multipart/form-data; boundary=x' }), 400],
    ['a form without the session’s field', sent(fields({ a: '1' }), { Cookie: `mingzhang=${TOKEN}` }), 403],
    ['a form with what no keyboard types', sent(fields({ a: 'x\u0000y' })), 400],
    ['a form with a field so named', sent(fields({ 'a\u0000': 'x' })), 400],
  ])('is not %s', async (_, request, status) => {
    await expect(readForm(request, settings, z.object({}))).rejects.toMatchObject({ status })
  })

  it('proves its session by a field that belongs to no other', async () => {
    const own = new Request('http://x/', { headers: { Cookie: `mingzhang=${TOKEN}` } })
    const { name, value } = csrfField(own, settings)
    const request = sent(fields({ [name]: value }), { Cookie: `mingzhang=${TOKEN}` })
    expect((await readForm(request, settings, z.object({}))).ok).toBe(true)
    const other = sent(fields({ [name]: value }), { Cookie: `mingzhang=${'B'.repeat(43)}` })
    await expect(readForm(other, settings, z.object({}))).rejects.toMatchObject({ status: 403 })
    expect(csrfField(new Request('http://x/'), settings)).toEqual({ name, value: '' })
  })
})

describe('the session cookie', () => {
  const tokenIn = (cookie: string) =>
    sessionTokenOf(new Request('http://x/', { headers: { Cookie: cookie } }), settings)

  it('is hidden from scripts and other sites', () => {
    expect(sessionCookie(settings, TOKEN)).toBe(
      `mingzhang=${TOKEN}; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax`,
    )
  })

  it.each([
    [`mingzhang=${TOKEN}`, TOKEN],
    [`a=b; mingzhang=${TOKEN}; c=d`, TOKEN],
    [`mingzhang=${TOKEN}; mingzhang=${'B'.repeat(43)}`, null],
    [`mingzhang=${TOKEN}x`, null],
    ['mingzhang=', null],
    [`xmingzhang=${TOKEN}`, null],
    [`__Host-mingzhang=${TOKEN}`, null],
  ])('%s', (cookie, token) => {
    expect(tokenIn(cookie)).toBe(token)
  })
})

describe('a path of this site', () => {
  it.each([
    ['/c/demo?lang=en#a', '/c/demo?lang=en#a'],
    ['/', '/'],
    ['//evil.example', '/start'],
    ['/\\evil.example', '/start'],
    ['/a\\..\\b', '/start'],
    ['/\t/evil.example', '/start'],
    ['https://evil.example', '/start'],
    ['javascript:alert(1)', '/start'],
    ['c/demo', '/start'],
    ['', '/start'],
    [null, '/start'],
    [undefined, '/start'],
    ['/a/../b', '/b'],
  ])('%j leads to %s', (text, path) => {
    expect(localPath(text, '/start')).toBe(path)
  })

  it('never leads anywhere else', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '..',
      '.',
      '@',
      ':',
      'evil.example',
      'a',
      '?',
      '#',
      '%2f',
      '%5c',
      ' ',
      '\n',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), parts => {
        const path = localPath(parts.join(''), '/start')
        expect(new URL(path, 'https://portal.example.cn').origin).toBe('https://portal.example.cn')
        expect(path.startsWith('/') && !path.startsWith('//')).toBe(true)
      }),
    )
  })
})

describe('a refusal', () => {
  it('has the status that its code was given', () => {
    type Refusal =
      | { readonly code: 'not-permitted' }
      | { readonly code: 'draft-unknown'; readonly id: string }
    const refusal = { code: 'draft-unknown', id: 'd' } as Refusal
    const answer = respond(refusal, { 'not-permitted': 403, 'draft-unknown': 404 })
    expect([answer.init?.status, answer.data]).toEqual([404, { refusal }])
    // @ts-expect-error a code without a status does not compile
    respond(refusal, { 'not-permitted': 403 })
  })
})

describe('the address of a client', () => {
  it.each([
    ['10.0.0.1', null, 0, '10.0.0.1'],
    ['10.0.0.1', '1.1.1.1', 0, '10.0.0.1'],
    ['10.0.0.1', '1.1.1.1', 1, '1.1.1.1'],
    ['10.0.0.1', '6.6.6.6, 1.1.1.1', 1, '1.1.1.1'],
    ['10.0.0.1', '6.6.6.6, 1.1.1.1, 10.0.0.2', 2, '1.1.1.1'],
    ['10.0.0.1', null, 2, '10.0.0.1'],
    [undefined, null, 0, 'unknown'],
  ])('%s, forwarded for %s, through %i proxies, is %s', (connection, forwarded, proxies, address) => {
    expect(clientAddressOf(connection, forwarded, proxies)).toBe(address)
  })
})

describe('the body of a request', () => {
  it('passes whole up to its bound and is cut off beyond it, however it is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }),
        fc.nat(120),
        async (pieces, max) => {
          const body = new ReadableStream({
            start(controller) {
              for (const piece of pieces) controller.enqueue(piece)
              controller.close()
            },
          })
          const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
          const bounded = boundBody(new Request('http://x/', init), max)!
          const total = pieces.reduce((sum, piece) => sum + piece.length, 0)
          const read = await bounded.request.arrayBuffer().then(
            bytes => bytes.byteLength,
            () => null,
          )
          expect(read).toBe(total <= max ? total : null)
          expect(bounded.isExceeded()).toBe(total > max)
        },
      ),
    )
  })
})
