/** What the public reads: every page in both languages, exact figures, totals that are their rows, paging by key. */
import { beforeAll, describe, expect, it } from 'vitest'
import { fen, sumFen } from '#kernel'
import { formatVoucherKey } from '#ledger'
import { describeOnOneDatabase } from '../support/database.ts'
import { wordsIn } from './public-site.ts'
import { openPublicWorld, type PublicWorld, receiptOf } from './public-world.ts'

const RECEIPTS = 55
const PAGES = [
  '',
  '/fees',
  '/fund',
  '/fund?period=2025-03',
  '/vouchers',
  '/books',
  '/log',
  '/statements',
  '/unmatched',
  '/rules',
  '/search?q=%E7%94%B5%E6%A2%AF',
]

/** Voucher numbers that a list links to, in their order. */
function numbersIn(html: string): string[] {
  return [...html.matchAll(/href="\/c\/sample\/vouchers\/(\d{4}-\d{4,})/g)].map(match => match[1]!)
}

/** The amounts of the table's body, in fen, signed as shown. */
function amountsIn(html: string): bigint[] {
  const body = /<tbody.*?<\/tbody>/s.exec(html)?.[0] ?? ''
  return [...body.matchAll(/<data[^>]*data-flow="(\w+)"[^>]*value="(-?\d+)"/g)].map(match =>
    BigInt(match[2]!),
  )
}

describeOnOneDatabase('public pages', open => {
  let world: PublicWorld
  const page = (path: string) => world.site.html(`/c/sample${path}`)

  beforeAll(async () => {
    world = await openPublicWorld(await open(), RECEIPTS)
  })

  describe.each(PAGES)('%s', path => {
    it('is there in both languages and the large-type edition, without a script', async () => {
      for (const viewer of ['', 'lang=en', 'mode=elder']) {
        const joined = viewer === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${viewer}`
        const html = await page(joined)
        expect(html).toMatch(viewer === 'lang=en' ? /<html lang="en"/ : /<html lang="zh-CN"/)
        expect(html).not.toContain('<script')
        expect(html).toContain(viewer === 'lang=en' ? 'does not contain' : '这一页不包含')
      }
    })
  })

  it('leads from / to the only community, keeping the language', async () => {
    const answer = await world.site.ask('/?lang=en')
    expect([answer.status, answer.headers.get('Location')]).toEqual([302, '/c/sample?lang=en'])
  })

  it.each(['/c/nowhere', '/c/UPPER', '/c/sample/fund?period=2025-13', '/c/sample/fund?period=2031-01'])(
    'answers 404 for %s',
    async path => {
      expect((await world.site.ask(path)).status).toBe(404)
    },
  )

  it.each([
    ...['/vouchers?before=x', '/vouchers?period=2025-00', '/vouchers?kind=gift', '/vouchers?direction=up'],
    ...['/vouchers/2025-9999', '/vouchers/2025-1', '/vouchers/2025-0001x', '/statements/2025-01.pdf'],
    ...['/statements/2025-01.exe', '/vouchers.csv?account=%27%3B--'],
  ])('answers 404 for %s', async path => {
    expect((await world.site.ask(`/c/sample${path}`)).status).toBe(404)
  })

  it('may be kept by the server, except what changes without the books', async () => {
    const kept = async (path: string) => (await world.site.ask(`/c/sample${path}`)).headers.has('X-Cacheable')
    for (const path of ['', '/fund', '/vouchers', '/statements', '/vouchers/2025-0001']) {
      expect([path, await kept(path)]).toEqual([path, true])
    }
    for (const path of ['/books', '/log', '/unmatched'])
      expect([path, await kept(path)]).toEqual([path, false])
  })

  it('shows the fund: opening + in - out = closing, and every total is the sum of the rows it leads to', async () => {
    const html = await page('/fund?period=2025-01')
    const words = wordsIn(html)
    const expected = sumFen([
      fen(100_00n),
      ...Array.from({ length: RECEIPTS - 1 }, (_, i) => fen(BigInt(i + 2) * 100n)),
    ])
    expect(expected).toBe(fen(163_900n))
    expect(words).toContain('期末余额¥1,639.00')
    const link = /href="(\/c\/sample\/vouchers\?period=2025-01&amp;fund=trust&amp;direction=in)"/.exec(
      html,
    )?.[1]
    const rows: bigint[] = []
    for (let next: string | undefined = link?.replaceAll('&amp;', '&'); next !== undefined; ) {
      const list = await world.site.html(next)
      rows.push(...amountsIn(list))
      next = /rel="next"[^>]*>|href="([^"]*)"[^>]*rel="next"/.exec(list)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(rows.length).toBe(RECEIPTS)
    expect(rows.reduce((sum, amount) => sum + amount, 0n)).toBe(expected)
  })

  it('shows a reversal in red on the side it takes back', async () => {
    // 5,192.50 received, 100.00 taken back: income shrinks, nothing counts as spent.
    expect(wordsIn(await page('/fund?period=2025-03'))).toContain(
      '本期收入收入 +¥5,092.50本期支出支出 −¥31,414.38',
    )
    const reversed = await page(`/vouchers/${formatVoucherKey(world.reversal)}`)
    expect(wordsIn(reversed)).toContain('把凭证 2025-0001 用红字冲销，金额 ¥100.00')
    expect(wordsIn(await page('/vouchers/2025-0001'))).toContain('这张凭证已被红字冲销')
  })

  it('pages by key: nothing twice, nothing missing, although vouchers are posted meanwhile', async () => {
    const first = await page('/vouchers')
    const seen = [...new Set(numbersIn(first))]
    expect(seen.length).toBe(50)
    await world.post(receiptOf(7n, '翻页时入账', '2025-03-31'))
    const before = seen.at(-1)!
    const rest = [...new Set(numbersIn(await page(`/vouchers?before=${before}`)))]
    const all = [...seen, ...rest]
    expect(all.length).toBe(RECEIPTS + 3)
    expect(all).toEqual([...all].sort().reverse())
    expect(await page(`/vouchers?before=${all.at(-1)}`)).toContain('没有符合的凭证')
    await world.publish()
  })

  it('filters by month, account, direction, kind and words', async () => {
    const numbers = async (query: string) => [...new Set(numbersIn(await page(`/vouchers?${query}`)))]
    const payment = formatVoucherKey(world.payment)
    expect(await numbers('account=5107')).toEqual([payment])
    expect(await numbers('direction=out')).toEqual([payment])
    expect(await numbers('kind=payment&period=2025')).toEqual([payment])
    expect(await numbers('kind=payment&period=2025-01..2025-02')).toEqual([])
    expect(await numbers(`text=${encodeURIComponent('第7批')}`)).toEqual(['2025-0007'])
    expect(await numbers('fund=maintenance')).toEqual([])
    expect(await numbers('account=100201&direction=out')).toEqual([payment])
  })

  it('says a payment in one sentence, with its people, its bank line, its budget and its documents', async () => {
    const html = await page(`/vouchers/${formatVoucherKey(world.payment)}`)
    const words = wordsIn(html)
    expect(words).toContain(
      '2025年3月17日，付给四川蓉安电梯工程有限公司 ¥31,414.38，用于电梯维保，从共有基金支出。',
    )
    expect(words).toContain('收款方四川蓉安电梯工程有限公司')
    expect(words).toContain('业主委员会放款（B） 已完成业主委员会财务委员 officer sample-caiwu')
    expect(words).toContain('预算¥40,000.00实际支出¥31,414.38还剩¥8,585.62')
    expect(html).toContain(`/c/sample/documents/${world.publicSha}`)
    expect(words).toContain(world.originalSha)
    const english = wordsIn(await page(`/vouchers/${formatVoucherKey(world.payment)}?lang=en`))
    expect(english).toContain('¥31,414.38 was paid to 四川蓉安电梯工程有限公司 for Lifts, out of Trust fund.')
  })
})
