/** No private person, card or flat on any public page, in any file, in any data behind a page; and totals only where a community says so. */
import { beforeAll, describe, expect, it } from 'vitest'
import { sha256Hex, utf8 } from '#kernel'
import { formatVoucherKey } from '#ledger'
import { signIn } from '#people/server'
import { sessionCookie } from '#platform'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { passSecondFactor } from '../support/second-factor.ts'
import { openPublicWorld, PRIVATE_TEXTS, type PublicWorld } from './public-world.ts'

/** Every address below the community that a reader can reach by links, each once, without language and type size. */
async function crawl(world: PublicWorld): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const queue = ['/c/sample', '/c/sample/log', '/c/sample/unmatched', '/c/sample/checkpoint']
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (found.has(path)) continue
    const response = await world.site.ask(path)
    // An owner's own pages ask who is there before they show anything.
    if (response.headers.get('Location')?.startsWith('/sign-in?')) {
      found.set(path, '')
      continue
    }
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}`)
    const body = new TextDecoder('utf-8').decode(await response.arrayBuffer())
    found.set(path, body)
    if (!(response.headers.get('Content-Type') ?? '').startsWith('text/html')) continue
    for (const [, href] of body.matchAll(/(?:href|src)="([^"#]*)/g)) {
      const url = new URL(href!.replaceAll('&amp;', '&'), `http://site.invalid${path}`)
      url.searchParams.delete('mode')
      url.searchParams.delete('lang')
      const next = `${url.pathname}${url.searchParams.size > 0 ? `?${url.searchParams}` : ''}`
      if (url.host === 'site.invalid' && /^\/c\/sample(?:\/|\?|$)/.test(next)) queue.push(next)
    }
  }
  return found
}

/** Which private texts stand in a body, in clear or as a hash that anybody could recompute. */
function leaksIn(body: string): string[] {
  return PRIVATE_TEXTS.filter(
    text =>
      body.includes(text) ||
      body.includes(sha256Hex(utf8(text))) ||
      body.includes(text.replace(/(\d{4})(?=\d)/g, '$1 ')),
  )
}

describeOnOneDatabase('privacy of public pages', open => {
  let database: TestDatabase
  let world: PublicWorld

  beforeAll(async () => {
    database = await open()
    world = await openPublicWorld(database)
  })

  it('finds a leak when there is one', () => {
    expect(leaksIn('付款人 蒋萍晨')).toEqual(['蒋萍晨'])
    expect(leaksIn(`by ${sha256Hex(utf8('石志远'))}`)).toEqual(['石志远'])
    expect(leaksIn('6217 9927 4255 0573 880')).toEqual(['6217992742550573880'])
  })

  it('holds for every page and file that links lead to, and for the data behind every page', async () => {
    const found = await crawl(world)
    const paths = [...found.keys()]
    for (const wanted of [
      '/vouchers',
      '/fund',
      '/statements',
      '/books',
      '/unmatched',
      '/log',
      '/vouchers.csv',
    ]) {
      expect(paths.some(path => path.startsWith(`/c/sample${wanted}`))).toBe(true)
    }
    expect(paths.filter(path => /\/vouchers\/\d{4}-\d{4}$/.test(path)).length).toBe(world.receipts + 3)
    const size = found.get('/c/sample/checkpoint')!.split('\n')[1]
    for (const [path, body] of found) {
      expect([path, leaksIn(body)]).toEqual([path, []])
      if (!body.includes('<html')) continue
      const data = await world.site.data(path)
      expect([path, leaksIn(data)]).toEqual([path, []])
      // What only the server may know of accounts and people.
      expect([path, /numberHash|holderName|userId|password|salt/i.exec(data)?.[0]]).toEqual([path, undefined])
    }
    for (const path of [`/tile/entries/000.p/${size}`, '/vouchers.csv?all=1']) {
      expect(leaksIn(await world.site.html(`/c/sample${path}`))).toEqual([])
    }
  })

  it('names an organisation and withholds a person on the same voucher list of bank lines', async () => {
    const html = await world.site.html('/c/sample/unmatched')
    expect(html).toContain('财付通支付科技有限公司')
    expect(html).toContain('个人（不公开）')
  })

  describe('where a community publishes totals only', () => {
    const detail = ['/vouchers', '/unmatched', '/vouchers/2025-0001']
    const files = [
      '/vouchers.csv',
      '/vouchers/2025-0001/leaf',
      '/vouchers/2025-0001/proof',
      '/tile/entries/000.p/1',
    ]

    beforeAll(async () => {
      await database.asOwner("update community set publishes_detail = false where slug = 'sample'")
    })

    it.each(detail)('%s says why and where to sign in', async path => {
      const response = await world.site.ask(`/c/sample${path}`)
      const html = await response.text()
      expect(response.status).toBe(403)
      expect(response.headers.has('X-Cacheable')).toBe(false)
      expect(html).toContain('这一页只给本小区的人看')
      expect(html).toContain('/sign-in?next=%2Fc%2Fsample%2F')
      expect(html).not.toContain('收物业服务费')
      const data = await world.site.ask(`/c/sample${path}.data`)
      expect(await data.text()).not.toContain('收物业服务费')
    })

    it.each([...files, '/documents/SHA'])('%s is refused', async path => {
      const response = await world.site.ask(`/c/sample${path.replace('SHA', world.publicSha)}`)
      expect([response.status, await response.text()]).toEqual([403, '403\n'])
    })

    it('still shows totals, the health of the books and the log, none of them kept for the next reader', async () => {
      for (const path of ['', '/fund', '/books', '/log', '/statements', '/checkpoint', '/tile/0/000.p/1']) {
        const response = await world.site.ask(`/c/sample${path}`)
        expect([path, response.status, response.headers.has('X-Cacheable')]).toEqual([path, 200, false])
        expect(await response.text()).not.toContain('收物业服务费第')
      }
    })

    it('lets its own people in, and nobody of another place', async () => {
      const signed = await signIn(world.portal, {
        login: 'sample-dangzhibu',
        password: 'a long pass phrase of sample-dangzhibu',
        address: '192.0.2.7',
      })
      if (!signed.ok) throw new Error(signed.error.code)
      const token = await passSecondFactor(world.portal, signed.value.token)
      const Cookie = sessionCookie(world.portal.settings, token).split(';')[0]!
      for (const path of [...detail, ...files, `/vouchers/${formatVoucherKey(world.payment)}`]) {
        const response = await world.site.ask(`/c/sample${path}`, { Cookie })
        expect([path, response.status, response.headers.has('X-Cacheable')]).toEqual([path, 200, false])
      }
      await database.asOwner('delete from office_term')
      expect((await world.site.ask('/c/sample/vouchers', { Cookie })).status).toBe(403)
    })
  })
})
