/** Public pages of votes in every state of a poll: never a choice, no result before the count, kept only while they are true. */
import { beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_COURSE } from '#votes'
import { extendPoll, recordPosting } from '#votes/server'
import { describeOnOneDatabase } from '../support/database.ts'
import { announce, CLOSES, cast, draftOf, enter, moveTo, must, OPENS, question } from '../votes/village.ts'
import { type OwnerSite, openOwnerSite, SECRET_NAMES, UNITS } from './owner-site.ts'
import { wordsIn } from './public-site.ts'

const AFTER = new Date(CLOSES.getTime() + 1000)
const MOTION = {
  title: '消防设施改造',
  summary: '换新消防水泵，不另外收钱。',
  questions: [
    question('q1', {
      title: '用不用共有基金改造消防',
      text: '费用十八万六千元。',
      matter: { clause: 9, scope: null },
    }),
    question('q2', {
      title: '草坪改成车位',
      matter: { clause: 8, scope: null },
      form: 'plans',
      plans: [
        { id: 'PLAN-A', label: '改十个' },
        { id: 'PLAN-B', label: '改五个' },
      ],
    }),
  ],
  money: { amountFen: '18600000', payer: '共有基金', projectText: '1 至 3 栋消防', budgetLine: '5107' },
  documents: [{ name: '施工方案.pdf', sha256: 'cd'.repeat(32) }],
  pros: ['老化严重'],
  cons: ['可以再等等'],
  course: { ...DEFAULT_COURSE, extensionAllowed: true },
} as const

describeOnOneDatabase('public pages of votes', openDatabase => {
  let world: OwnerSite
  let pollId: string
  const base = '/c/village/votes'
  const words = async (path: string) => wordsIn(await world.site.html(path))

  beforeAll(async () => {
    world = await openOwnerSite(await openDatabase())
  })

  it('say that there is none yet, and know no draft', async () => {
    expect(await words(base)).toContain('还没有表决')
    expect(await words('/c/village')).toContain('还没有业主表决作出的决定')
    expect((await world.site.ask(`${base}/nothing`)).status).toBe(404)
  })

  it('announce: questions with clause, class and law, money, reasons, policy, clocks, digests with proofs', async () => {
    pollId = await announce(world.village, draftOf(MOTION))
    await world.publish()
    expect(await words(base)).toMatch(/即将开始消防设施改造公示中/)
    const page = await words(`${base}/${pollId}`)
    for (const part of [
      '民法典第 278 条第 9 项',
      '民法典第 278 条第 8 项',
      '四分之三以上同意',
      '改变共有部分的用途或者利用共有部分从事经营活动',
      '186,000.00',
      '老化严重',
      '可以再等等',
      '施工方案.pdf',
      '没投票就是没参加',
      '公示表决事项',
      '结果：截止并计票以后才有',
    ]) {
      expect(page).toContain(part)
    }
    expect(page).not.toMatch(/我要投票|有多少人参加/)
    const html = await world.site.html(`${base}/${pollId}`)
    const [, leaf] = /href="(\/c\/village\/entries\/\d+\/leaf)"/.exec(html)!
    expect(JSON.parse(await world.site.html(leaf!))).toMatchObject({ t: 'vote.notice', poll: pollId })
    expect(await world.site.html(leaf!.replace('/leaf', '/proof'))).toContain('c2sp.org/tlog-proof')
    expect((await world.site.ask('/c/village/entries/999999/leaf')).status).toBe(404)
    expect((await world.site.ask('/c/village/entries/01/proof')).status).toBe(404)
  })

  it('show the roll building by building, without names or heads', async () => {
    const first = await words(`${base}/${pollId}/roll`)
    expect(first).toContain('共 13 户')
    expect(first).toMatch(/1栋62栋6车库1/)
    expect(first).toContain('U190.00 ㎡不动产登记簿住宅')
    expect(first).not.toContain('B117')
    expect(await words(`${base}/${pollId}/roll?building=${encodeURIComponent('车库')}`)).toContain(
      'B11712.50 ㎡',
    )
    const data = await world.site.data(`${base}/${pollId}/roll`)
    expect(data).not.toMatch(/owners|P-U|person|head_no/i)
  })

  it('while it is open show the turnout and nothing of what was chosen', async () => {
    await moveTo(world.village, OPENS)
    const answers = { q1: 'FOR', q2: 'PLAN-A' }
    for (const name of ['U4', 'U5', 'U6', 'U7'])
      must(await cast(world.village, pollId, `P-${name}`, name, answers))
    must(await cast(world.village, pollId, 'P-U8', 'U8', { q1: 'AGAINST', q2: 'NONE' }))
    const page = await words(`${base}/${pollId}`)
    expect(page).toContain('我要投票')
    expect(page).toMatch(/参与人数45\.45%.*5 人，全体 11 人/)
    expect(page).toContain('差 3 人 才到 2/3')
    expect(page).not.toMatch(/第二关|✓|✗|通过 /)
    for (const path of ['', '/lobby', '/roll']) {
      expect(await world.site.data(`${base}/${pollId}${path}`)).not.toMatch(/"AGAINST"|"salt"|inFavour/)
    }
    expect(await words('/c/village')).toMatch(/等您表决.*消防设施改造正在表决/)
    expect(await words('/c/village?mode=elder')).toContain('要投票有 1 件事正等您投')
    expect(await world.site.html('/c/village?mode=elder')).toContain(`href="${base}/${pollId}?mode=elder"`)
  })

  it('may be kept, and change with every ballot because the log grew', async () => {
    const before = await world.site.ask(`${base}/${pollId}`)
    expect(before.headers.get('X-Cacheable')).toBe('village')
    const versionOf = async () =>
      (await world.village.portal.db.selectFrom('tlog').select('size').executeTakeFirstOrThrow()).size
    const size = await versionOf()
    must(await cast(world.village, pollId, 'P-U9', 'U9', { q1: 'FOR', q2: 'ABSTAIN' }))
    expect(await versionOf()).not.toBe(size)
    expect(await words(`${base}/${pollId}`)).toContain('6 人，全体 11 人')
  })

  it('tell an extension with its reason', async () => {
    const closesAt = new Date(CLOSES.getTime() + 7 * 86_400_000)
    const decision = '暴雨停电两天'
    must(
      await extendPoll(world.village.portal, world.village.chair, world.village.community, {
        pollId,
        closesAt,
        decision,
      }),
    )
    expect(await words(`${base}/${pollId}`)).toMatch(/已延期到 2026年4月7日 18:00。理由：暴雨停电两天/)
  })

  it('after the count show verdict, gates, both bases, exclusions and digests, and are not kept while a posting is due', async () => {
    const [one, two] = world.village.tellers
    const answers = { q1: 'FOR', q2: 'PLAN-B' }
    must(await enter(world.village, pollId, one, 'U10', answers))
    must(await enter(world.village, pollId, two, 'U10', answers))
    must(await cast(world.village, pollId, 'P-U8', 'U8', { q1: 'FOR', q2: 'NONE' }))
    must(await cast(world.village, pollId, 'P-U11', 'U11', answers))
    await moveTo(world.village, new Date(AFTER.getTime() + 7 * 86_400_000))
    const response = await world.site.ask(`${base}/${pollId}`)
    expect(response.headers.has('X-Cacheable')).toBe(false)
    const page = wordsIn(await response.text())
    // Eight of eleven heads, and their area, are just above two thirds.
    expect(page).toContain('参与人数 72.72% ≥ 2/3 ✓')
    expect(page).toContain('→ 通过')
    expect(page).toMatch(/同意面积 100\.00% &gt; 1\/2 ✓/)
    expect(page).toMatch(/改十个：未通过/)
    expect(page).toContain('占参加表决的（法律按这个算）')
    expect(page).toMatch(/同一人的另一张票有效1/)
    expect(page).toContain('最晚张贴公布结果')
    expect(page).not.toContain('第一位计票人')
    expect(page).not.toContain('结果：截止并计票以后才有')
    expect(await words(base)).toMatch(/已经结束消防设施改造/)
    expect(await words('/c/village')).toMatch(/最近三次决定.*消防设施改造/)
    const html = await world.site.html(`${base}/${pollId}`)
    for (const file of ['board.json', 'archive.zip']) {
      expect(html).toContain(`href="${base}/${pollId}/${file}"`)
    }
    // No certificate is issued yet: no link leads to it.
    expect(html).not.toContain('certificate.pdf')
  })

  it('name an overdue posting, and are kept again once it is posted', async () => {
    const { portal, chair, community } = world.village
    portal.clock.advance(4 * 86_400_000)
    expect(await words(`${base}/${pollId}`)).toContain('结果应当张贴，已超过期限')
    must(await recordPosting(portal, chair, community, { pollId, place: '大堂' }))
    const response = await world.site.ask(`${base}/${pollId}`)
    expect(response.headers.get('X-Cacheable')).toBe('village')
    expect(wordsIn(await response.text())).toMatch(/结果已张贴公布.*请求法院撤销的最后一天/)
  })

  it('print one sheet for the lobby with the address as a QR code', async () => {
    const html = await world.site.html(`${base}/${pollId}/lobby`)
    expect(html).toContain(`/c/village/votes/${pollId}`)
    expect(html).toContain('class="qr"')
    expect(wordsIn(html)).toContain('参与人数 72.72% ≥ 2/3 ✓')
  })

  describe('hold no person and no unit’s choice', () => {
    const paths = () => [
      '/c/village',
      base,
      `${base}/${pollId}`,
      `${base}/${pollId}/lobby`,
      ...[...new Set(UNITS.map(each => each.building))].map(
        building => `${base}/${pollId}/roll?building=${encodeURIComponent(building)}`,
      ),
    ]

    it('in any page, language or data behind it', async () => {
      const owners = UNITS.flatMap(each => each.owners)
      for (const path of paths()) {
        const join = path.includes('?') ? '&' : '?'
        const bodies = [
          await world.site.html(path),
          await world.site.html(`${path}${join}lang=en`),
          await world.site.data(path),
        ]
        for (const body of bodies) {
          expect([path, [...SECRET_NAMES, ...owners].filter(name => body.includes(name))]).toEqual([path, []])
          expect([path, /"(?:salt|token|userId|personId|voters)"/.exec(body)?.[0]]).toEqual([path, undefined])
        }
      }
    })

    it('and are one h1, in both languages and in large type', async () => {
      for (const path of paths()) {
        const join = path.includes('?') ? '&' : '?'
        for (const viewer of ['lang=zh', 'lang=en', 'mode=elder']) {
          const html = await world.site.html(`${path}${join}${viewer}`)
          expect([path, html.match(/<h1[ >]/g)?.length]).toEqual([path, 1])
        }
      }
    })
  })
})
