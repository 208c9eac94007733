/** Searching what is public: found are posted vouchers and announced motions, with the words marked; nothing else, ever. */
import { beforeAll, expect, it } from 'vitest'
import { indexCommunities, indexCommunity } from '#search/server'
import { describeOnEachDatabase } from '../support/database.ts'
import {
  HOSTILE_NARRATION,
  openPublicWorld,
  PRIVATE_TEXTS,
  type PublicWorld,
  receiptOf,
} from './public-world.ts'

const RECEIPTS = 25

describeOnEachDatabase('the search page', open => {
  let world: PublicWorld
  const ask = (query: string) => world.site.html(`/c/sample/search${query}`)
  const found = (html: string) =>
    [...html.matchAll(/<h3><a href="([^"?]*)/g)].map(match => match[1]!.replace('/c/sample/', ''))
  const search = async (typed: string, more = '') =>
    found(await ask(`?q=${encodeURIComponent(typed)}${more}`))

  beforeAll(async () => {
    world = await openPublicWorld(await open(), RECEIPTS)
    await world.post(receiptOf(8_888n, '电梯年检收入 Lift No.7', '2025-02-03'))
    await world.post(receiptOf(9_999n, '电线与楼梯修补', '2025-02-04'))
    await indexCommunities(world.portal)
  })

  it('finds a word of two characters, letters of any size, an amount, and all of several words', async () => {
    const [lift] = await search('电梯年检')
    expect(lift).toMatch(/^vouchers\/2025-\d{4}$/)
    for (const typed of ['ＬＩＦＴ　Ｎｏ．７', 'lift no.7', '年检 收入', '88.88']) {
      expect(await search(typed), typed).toEqual([lift])
    }
    const html = await ask('?q=%E7%94%B5%E6%A2%AF')
    expect(html).toContain('<mark>电梯</mark>年检收入')
  })

  it('finds words that stand together, not their characters anywhere', async () => {
    expect(await search('电楼')).toEqual([])
    expect(await search('年检 楼梯')).toEqual([])
  })

  it('says so when nothing is found, and when there is nothing to look for', async () => {
    expect(await ask('?q=%E6%B2%A1%E6%9C%89%E7%9A%84%E5%AD%97')).toContain('没有找到“没有的字”')
    expect(await ask('?q=%EF%BC%81')).toContain('请输入要找的字词')
    expect(await ask('')).not.toContain('没有找到')
    expect(await ask('?q=lift&lang=en')).toMatch(/<html lang="en"[\s\S]*Voucher 2025-/)
  })

  it('goes on by key, each voucher once, newest first', async () => {
    const seen: string[] = []
    let address = `?q=${encodeURIComponent('物业')}`
    for (let pages = 0; pages < 10; pages++) {
      const html = await ask(address)
      seen.push(...found(html))
      const next =
        /rel="next"[^>]*href="[^"]*search(\?[^"]*)"|href="[^"]*search(\?[^"]*)"[^>]*rel="next"/.exec(html)
      if (next === null) break
      address = (next[1] ?? next[2])!.replaceAll('&amp;', '&')
    }
    expect(seen.length).toBeGreaterThan(20)
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('finds nothing of a private person, runs no markup, and knows no draft', async () => {
    for (const text of PRIVATE_TEXTS) expect(await search(text), text).toEqual([])
    const asked = await ask(`?q=${encodeURIComponent('"><script>alert(1)</script>')}`)
    expect(asked).not.toContain('<script>alert')
    expect(await search(HOSTILE_NARRATION.slice(1, 10))).toHaveLength(1)
    expect(await search("' or 1=1 --")).toEqual([])
    expect(await search('100%')).toEqual([])
  })

  it('is made again from the log, and a text that was tampered with is put right', async () => {
    const before = await search('电梯年检')
    await world.portal.db
      .updateTable('search_document')
      .set({ title: '改过', folded: '改过', grams: [] })
      .execute()
    expect(await search('电梯年检')).toEqual([])
    await world.portal.db.deleteFrom('search_progress').execute()
    expect(await indexCommunity(world.portal, world.community)).toBeGreaterThan(RECEIPTS)
    expect(await indexCommunity(world.portal, world.community)).toBe(0)
    expect(await search('电梯年检')).toEqual(before)
  })

  it('shows vouchers to the community’s own people alone, where only totals are published', async () => {
    await world.portal.db
      .updateTable('community')
      .set({ publishes_detail: false } as never)
      .execute()
    expect(await search('电梯年检')).toEqual([])
    expect(await ask('?q=lift')).toContain('只公开合计')
  })
})
