/** The public pages of oversight as a reader gets them: what needs eyes in words with its rows, comments with replies, the draw. */
import { beforeAll, expect, it } from 'vitest'
import { replyToEntry, writeEntry } from '#oversight/server'
import { addUser } from '#people/server'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { overseeFromAbove } from '../support/levels.ts'
import { wordsIn } from './public-site.ts'
import { openPublicWorld, PRIVATE_TEXTS, type PublicWorld } from './public-world.ts'

describeOnOneDatabase('the public pages of oversight', open => {
  let database: TestDatabase
  let world: PublicWorld

  beforeAll(async () => {
    database = await open()
    world = await openPublicWorld(database)
    const { portal, community, overseer, manager } = world
    const words = '一月的收据<script>alert(1)</script>为什么晚入账？'
    const made = await writeEntry(portal, overseer, community, { kind: 'comment', about: '2025-0001', words })
    if (!made.ok) throw new Error(made.error.code)
    await replyToEntry(portal, manager, community, {
      entryId: made.value,
      kind: 'answer',
      words: '银行补单。',
    })
    await addUser(
      portal,
      { login: 'jiedao', displayName: '黄科长', password: 'a long pass phrase of jiedao' },
      [],
    )
    await overseeFromAbove(portal, community.communityId, 'jiedao')
  })

  it('say what needs eyes, each with a link to its rows, and nobody’s name', async () => {
    const html = await world.site.html('/c/sample/oversight')
    const words = wordsIn(html)
    expect(words).toContain('2025年1月还没有结账，公示表应在次月 10 日前公布，超期 59 天')
    expect(words).toContain('银行流水有')
    expect(html).toContain('href="/c/sample/unmatched"')
    expect(html).toContain('href="/c/sample/statements"')
    expect(words).toContain('业主委员会主任空缺，也没有人代理')
    expect(words).not.toContain('凭证草稿')
    expect(words).toContain('还没有核对过')
    expect(words).toContain('黄科长（test post）')
    for (const text of PRIVATE_TEXTS) expect(html).not.toContain(text)
    const data = await world.site.data('/c/sample/oversight')
    for (const text of PRIVATE_TEXTS) expect(data).not.toContain(text)
    expect(data).not.toContain(world.overseer.userId)
  })

  it('show a comment with its reply, at the row it is about, as text and never as markup', async () => {
    for (const path of ['/c/sample/oversight', '/c/sample/vouchers/2025-0001']) {
      const html = await world.site.html(path)
      expect(html).toContain('一月的收据&lt;script&gt;')
      expect(html).not.toContain('<script>alert')
      expect(wordsIn(html)).toContain('银行补单。')
      expect(wordsIn(html)).toContain('已答复')
    }
    expect(await world.site.html('/c/sample/vouchers/2025-0002')).not.toContain('一月的收据')
  })

  it('speak English', async () => {
    const words = wordsIn(await world.site.html('/c/sample/oversight?lang=en'))
    expect(words).toContain('January 2025 is not closed; its statement was due on the 10th')
    expect(words).toContain('Nobody holds the office “owners&#x27; committee, chair”, and nobody stands in')
  })

  it('draw vouchers by a public number in the address, the same for everybody', async () => {
    const path = '/c/sample/oversight/sample?period=2025-01&rows=2&seed=3%205%201'
    const html = await world.site.html(path)
    expect(wordsIn(html)).toContain('抽出 2 张（这个月共 3 张）')
    expect(wordsIn(await world.site.html(path))).toBe(wordsIn(html))
    for (const [query, problem] of [
      ['period=2025-01&rows=2&seed=', '请写下公开的数。'],
      ['period=2025-01&rows=0&seed=1', '张数要在 1 到 200 之间。'],
      ['period=2020-01&rows=2&seed=1', '没有这个月份的账。'],
      ['period=x&rows=2&seed=1', '没有这个月份的账。'],
    ]) {
      expect(wordsIn(await world.site.html(`/c/sample/oversight/sample?${query}`))).toContain(problem)
    }
    await database.asOwner(`update community set publishes_detail = false where slug = 'sample'`)
    expect((await world.site.ask(path)).status).toBe(403)
    expect((await world.site.ask('/c/sample/oversight')).status).toBe(200)
    await database.asOwner(`update community set publishes_detail = true where slug = 'sample'`)
  })
})
