/** What residents do on the pages of the voice: a tenant asks and answers but never votes, a home says how a service went, words are found. */
import { beforeAll, expect, it } from 'vitest'
import { civilDate, instantOf } from '#kernel'
import type { Actor, Role } from '#people'
import { acceptInvite, addUser, decideCode, requestCode } from '#people/server'
import { csrfField, sessionCookie } from '#platform'
import { indexCommunity } from '#search/server'
import {
  actOnCase,
  checkVoice,
  closeSurvey,
  listRequest,
  openSurvey,
  publishServiceRound,
  readOwnCases,
} from '#voice/server'
import { type OwnerSite, openOwnerSite } from '../routes/owner-site.ts'
import { wordsIn } from '../routes/public-site.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import { must } from '../votes/village.ts'

const BASE = '/c/village'
const PRIVATE_WORD = '夜里拖桌椅'
const morning = (day: string) => instantOf(civilDate(day), 9 * 3600)
const GOOD = [
  ['speed', '4'],
  ['result', '5'],
  ['manner', '5'],
] as const

describeOnOneDatabase('residents', open => {
  let world: OwnerSite
  let tenant: Actor
  let cookie: string
  let listed: string
  const officer = (name: string, role: Role): Actor => ({
    userId: `user-${name}`,
    displayName: name,
    roles: [{ communityId: world.village.community.communityId, role }],
    sessionId: name,
  })
  const ask = (path: string) => world.site.ask(`${BASE}${path}`, { Cookie: cookie })
  const send = (path: string, fields: readonly (readonly [string, string])[]) => {
    const { settings } = world.village.portal
    const csrf = csrfField(new Request(settings.baseUrl, { headers: { Cookie: cookie } }), settings)
    return world.site.send(`${BASE}${path}`, [[csrf.name, csrf.value], ...fields], { Cookie: cookie })
  }
  const wordsOf = async (response: Response) => wordsIn(await response.text())
  const render = async (caseId: string) => {
    const { portal, community } = world.village
    const manager = officer('manager', 'manager')
    must(await actOnCase(portal, manager, community, { caseId, act: 'take' }))
    must(await actOnCase(portal, manager, community, { caseId, act: 'reply', text: '镇流器换好了' }))
  }

  beforeAll(async () => {
    world = await openOwnerSite(await open())
    const { portal, community } = world.village
    const { communityId } = community
    portal.clock.moveTo(morning('2026-03-02'))
    const added = async (login: string): Promise<Actor> => {
      const user = { login, displayName: login, password: `a long pass phrase of ${login}` }
      const userId = must(await addUser(portal, user, []))
      return { ...officer(login, 'committee_member'), userId }
    }
    const order = { unitId: 'U5', reason: 'tenancy', personId: null, until: civilDate('2026-06-30') } as const
    const { requestId } = must(await requestCode(portal, await added('diyi'), community, order))
    const second = await added('dier')
    const issued = must(await decideCode(portal, second, community, { requestId, confirmed: true }))
    const login = { code: issued!.code, login: 'zuhu', password: 'a long pass phrase of zuhu' }
    const { userId, token } = must(await acceptInvite(portal, login))
    cookie = sessionCookie(portal.settings, token).split(';')[0]!
    tenant = { userId, displayName: 'U5', roles: [{ communityId, role: 'tenant' }], sessionId: 't' }
  })

  it('who rent list a request and follow it; a spend and a ballot are not theirs', async () => {
    const done = await send('/ask/new', [
      ['category', 'repair'],
      ['text', '楼道灯不亮'],
    ])
    expect(done.status).toBe(303)
    listed = done.headers.get('Location')!.split('/').at(-2)!
    expect(await wordsOf(await ask(`/ask/${listed}/own`))).toContain('楼道灯不亮')
    expect(await wordsOf(await ask('/ask/own'))).toContain('楼道灯不亮')
    for (const path of [
      '/ask/spend?about=voucher&key=2026-0001',
      `/votes/${listed}/cast`,
      `/votes/${listed}/mine`,
      '/office/voice',
    ]) {
      expect([path, (await ask(path)).status]).toEqual([path, 403])
    }
    expect((await ask('/me')).status).toBe(200)
  })

  it('are shown what is alike while they write, and nothing private', async () => {
    const { portal, community, owner } = world.village
    const request = {
      category: 'repair',
      text: '楼道灯不亮，家里的事',
      place: '',
      spotId: null,
      documents: [],
    }
    const hidden = { isPrivate: true, isOnBehalf: false }
    const { caseId } = must(await listRequest(portal, owner('P-U9'), community, { ...request, ...hidden }))
    const alike = async (text: string) => {
      const answer = await send('/ask/similar', [['text', text]])
      return { status: answer.status, found: (await answer.json()) as { href: string; state: string }[] }
    }
    const { status, found } = await alike('楼道灯不亮了')
    expect([status, found.map(each => each.href)]).toEqual([200, [`${BASE}/ask/${listed}/own`]])
    expect(found[0]!.state).toBe('已列单，等人接单')
    expect(JSON.stringify(found)).not.toContain(caseId)
    expect((await alike('')).found).toEqual([])
    const bare = await world.site.send(`${BASE}/ask/similar`, [['text', '楼道灯']], { Cookie: cookie })
    expect(bare.status).toBe(403)
    expect((await world.site.send(`${BASE}/ask/similar`, [['text', '楼道灯']])).status).toBe(303)
  })

  it('are not told apart in public: who asked is a resident', async () => {
    const page = wordsIn(await world.site.html(`${BASE}/ask/${listed}`))
    expect(page).toContain('居民')
    expect(page).not.toMatch(/租户|业主，|zuhu/)
  })

  it('answer three questions once for the home, and are told what is missing', async () => {
    const path = `/ask/${listed}/service`
    expect((await ask(path)).status).toBe(404)
    await render(listed)
    expect(await wordsOf(await ask(`/ask/${listed}/own`))).toContain('三个小问题')
    expect(await wordsOf(await ask(path))).toContain('问题解决得好不好')
    const short = await send(path, [['speed', '4']])
    expect(short.status).toBe(422)
    expect(await wordsOf(short)).toContain('请选问题解决得好不好。')
    const answered = await send(path, [...GOOD, ['sentence', '谢谢']])
    expect([answered.status, answered.headers.get('Location')]).toEqual([303, `${BASE}${path}?done=yes`])
    expect(await wordsOf(await ask(`${path}?done=yes`))).toContain('收到了，谢谢')
    expect(await wordsOf(await ask(path))).toContain('您家已经答过了')
    expect((await send(path, GOOD)).status).toBe(422)
    expect((await world.site.ask(`${BASE}${path}`, await world.as('P-U6'))).status).toBe(404)
    expect((await world.site.ask(`${BASE}${path}`)).status).toBe(303)
    const { site, village } = world
    const bare = await site.send(`${BASE}${path}`, GOOD, await world.as('P-U5'))
    expect([bare.status, (await checkVoice(village.portal, village.community)).findings]).toEqual([403, []])
  })

  it('answer the yearly survey for the home they rent, before or instead of its owner', async () => {
    const { portal, community, chair } = world.village
    const { surveyId } = must(await openSurvey(portal, chair, community, '2026-03-20'))
    const path = `/ask/survey/${surveyId}/answer`
    expect(await wordsOf(await ask(path))).toContain('总的来说')
    const given = [
      ['unit', 'U5'],
      ['overall', '4'],
    ] as const
    expect((await send(path, [['unit', 'U6'], given[1]])).status).toBe(403)
    expect((await send(path, given)).status).toBe(303)
    expect((await world.send('P-U5', `${BASE}${path}`, given)).status).toBe(422)
    expect((await send(path, given)).status).toBe(422)
    portal.clock.moveTo(morning('2026-03-21'))
    must(await closeSurvey(portal, chair, community, surveyId))
  })

  it('read what was said after services when it is published, in the list of the month and on the home', async () => {
    const { portal, community, owner } = world.village
    for (const index of [6, 7, 8, 9]) {
      const request = { category: 'repair', text: `路灯 ${index}`, place: '', spotId: null, documents: [] }
      const flags = { isPrivate: index === 9, isOnBehalf: false }
      const asker = owner(`P-U${index}`)
      const wish = { ...request, ...flags, text: index === 9 ? PRIVATE_WORD : request.text }
      const { caseId } = must(await listRequest(portal, asker, community, wish))
      await render(caseId)
      const done = await world.send(`P-U${index}`, `${BASE}/ask/${caseId}/service`, GOOD)
      expect([index, done.status]).toEqual([index, 303])
    }
    portal.clock.moveTo(morning('2026-04-15'))
    expect(await publishServiceRound(portal, community)).toBe(true)
    expect(wordsIn(await world.site.html(`${BASE}/ask?period=2026-03`))).toContain('回访（2026年3月）')
    expect(wordsIn(await world.site.html(`${BASE}/ask?period=2026-04`))).not.toContain('回访（')
    expect(wordsIn(await world.site.html(`${BASE}/ask/survey`))).toContain('问了 5 户次，答了 5 份')
    expect(wordsIn(await world.site.html(BASE))).toContain('回访“解决得好”（2026年3月，回收率 100.00%）')
    expect(await world.site.html(`${BASE}/ask/survey`)).not.toContain('谢谢')
  })

  it('find public questions and answers by their words, until they are hidden; private ones never', async () => {
    const { portal, community, branch, owner } = world.village
    await indexCommunity(portal, community)
    const found = async (typed: string) => {
      const html = await world.site.html(`${BASE}/search?q=${encodeURIComponent(typed)}`)
      return [...html.matchAll(/<h3><a href="([^"?]*)/g)].map(match => match[1])
    }
    expect(await found('镇流器 楼道灯')).toEqual([`${BASE}/ask/${listed}`])
    expect(await readOwnCases(portal, owner('P-U9'), community)).toHaveLength(2)
    expect(await found(PRIVATE_WORD)).toEqual([])
    const hide = { caseId: listed, act: 'hide', text: '有人名', target: 1 } as const
    must(await actOnCase(portal, branch, community, hide))
    await indexCommunity(portal, community)
    expect(await found('楼道灯')).toEqual([])
    expect(await found('镇流器')).not.toContain(`${BASE}/ask/${listed}`)
  })

  it('are out with the last day of the tenancy', async () => {
    world.village.portal.clock.moveTo(morning('2026-07-01'))
    expect((await ask('/ask/own')).status).toBe(303)
    const { portal, community } = world.village
    const request = { category: 'repair', text: '还在', place: '', spotId: null, documents: [] }
    const gone = { ...tenant, roles: [] }
    const flags = { isPrivate: false, isOnBehalf: false }
    expect(await listRequest(portal, gone, community, { ...request, ...flags })).toMatchObject({
      error: { code: 'not-permitted' },
    })
  })
})
