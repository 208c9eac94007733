/** The pages of volunteer points: 404 for everybody while they are off; then in public without a home, for owners their own, for officers two by two. */
import { beforeAll, expect, it } from 'vitest'
import { decideControlChange, proposeControlChange, readControlChanges, readControls } from '#ledger/server'
import type { Actor } from '#people'
import { csrfField } from '#platform'
import { openPublicSite, type PublicSite, wordsIn } from '../routes/public-site.ts'
import { beginSessionOf } from '../support/begun-session.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import { openVoiceWorld, type VoiceWorld } from '../voice/world.ts'
import { unit } from '../votes/polls.ts'
import { register } from '../votes/village.ts'
import { must } from './office.ts'

const BELOW = '/c/sample'

describeOnOneDatabase('the pages of points', open => {
  let world: VoiceWorld
  let site: PublicSite

  const as = (actor: Actor) => beginSessionOf(world.portal, actor)
  const send = async (actor: Actor, path: string, fields: Readonly<Record<string, string>>) => {
    const headers = await as(actor)
    const csrf = csrfField(new Request(world.portal.settings.baseUrl, { headers }), world.portal.settings)
    return site.send(`${BELOW}/${path}`, [[csrf.name, csrf.value], ...Object.entries(fields)], headers)
  }
  const ask = async (actor: Actor, path: string) => site.ask(`${BELOW}/${path}`, await as(actor))
  const valueIn = (html: string, name: string) =>
    new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? ''

  beforeAll(async () => {
    world = await openVoiceWorld(await open())
    site = openPublicSite(world.portal)
    const { portal, community, owner } = world
    const { communityId: community_id } = community
    await register(portal, community, [unit('U1'), unit('U2')], null, [])
    const now = portal.clock.now()
    const bound = portal.db.updateTable('person_user').set({ ended_at: now })
    await bound.where('community_id', '=', community_id).where('person_id', '=', 'P-U1').execute()
    await portal.db
      .insertInto('person_user')
      .values({ community_id, person_id: 'P-U1', user_id: owner.userId, bound_at: now })
      .execute()
  })

  it('are not there while points are off, for anybody, and nothing leads to them', async () => {
    const { owner, chair } = world
    expect((await site.ask(`${BELOW}/points`)).status).toBe(404)
    expect((await ask(owner, 'points/own')).status).toBe(404)
    expect((await ask(chair, 'office/points')).status).toBe(404)
    expect((await send(owner, 'points/own', { intent: 'give', points: '1' })).status).toBe(404)
    const grant = { intent: 'grant', home: 'U1', points: '5', activity: '巡逻', on: '2026-07-01' }
    expect((await send(chair, 'office/points', grant)).status).toBe(404)
    for (const html of [
      await site.html(`${BELOW}/projects`),
      await (await ask(chair, 'office/projects')).text(),
    ])
      expect(html).not.toContain('/points')
  })

  it('open when two sides have switched them on', async () => {
    const { portal, community, chair, manager } = world
    const { controls: before } = await readControls(portal.db, community)
    const controls = { ...before, volunteerPoints: true }
    const change = { kind: 'controls', reason: '业主大会决定', before, controls } as const
    const changeId = must(await proposeControlChange(portal, chair, community, change))
    expect((await site.ask(`${BELOW}/points`)).status).toBe(404)
    const changes = await readControlChanges(portal, manager, community)
    const seenDigest = changes?.find(each => each.changeId === changeId)?.contentDigest ?? ''
    must(
      await decideControlChange(portal, manager, community, { changeId, decision: 'confirmed', seenDigest }),
    )
    expect(wordsIn(await site.html(`${BELOW}/points`))).toContain('一共发放')
    expect(await site.html(`${BELOW}/projects`)).toContain(`${BELOW}/points`)
    expect(wordsIn(await site.html(`${BELOW}/rules`))).toContain('有志愿积分')
  })

  it('give points by two officers, and keep strangers out', async () => {
    const { owner, chair, residents, manager } = world
    expect((await ask(manager, 'office/points')).status).toBe(403)
    expect((await ask(owner, 'office/points')).status).toBe(403)
    expect((await ask(chair, 'points/own')).status).toBe(403)
    expect((await site.ask(`${BELOW}/points/own`)).status).toBe(303)
    const grant = { intent: 'grant', home: 'U1', points: '40', activity: '<b>巡逻</b>', on: '2026-07-01' }
    expect((await site.send(`${BELOW}/office/points`, Object.entries(grant), await as(chair))).status).toBe(
      403,
    )
    expect((await send(chair, 'office/points', { ...grant, home: 'U9' })).status).toBe(422)
    expect((await send(chair, 'office/points', grant)).status).toBe(303)
    const desk = await (await ask(residents, 'office/points')).text()
    expect(desk).toContain('&lt;b&gt;巡逻')
    const seen = { request: valueIn(desk, 'request'), seen: valueIn(desk, 'seen') }
    expect((await send(chair, 'office/points', { intent: 'confirmed', ...seen })).status).toBe(403)
    expect((await send(residents, 'office/points', { intent: 'confirmed', ...seen })).status).toBe(303)
    expect((await send(residents, 'office/points', { intent: 'confirmed', ...seen })).status).toBe(409)
    expect((await send(residents, 'office/points', { intent: '__proto__' })).status).toBe(400)
  })

  it('redeem on the owner’s phone, once a form, and show a number and no home in public', async () => {
    const { owner, chair } = world
    expect((await send(chair, 'office/points', { intent: 'partner', name: '便民超市' })).status).toBe(303)
    const page = await (await ask(owner, 'points/own')).text()
    const partner =
      /name="partner"[^>]*value="([0-9a-z]{26})"|value="([0-9a-z]{26})"[^>]*name="partner"/.exec(page)
    const redeem = {
      intent: 'redeem',
      formKey: valueIn(page, 'formKey'),
      home: valueIn(page, 'home'),
      partner: partner?.[1] ?? partner?.[2] ?? '',
      points: '25',
    }
    expect(redeem.home).toBe('U1')
    const [first, again] = [await send(owner, 'points/own', redeem), await send(owner, 'points/own', redeem)]
    expect([first.status, again.status]).toEqual([303, 303])
    expect(first.headers.get('Location')).toContain('done=2')
    expect(again.headers.get('Location')).toContain('done=2')
    const tooMuch = { ...redeem, formKey: world.portal.random.id() }
    expect((await send(owner, 'points/own', tooMuch)).status).toBe(422)
    const foreign = { ...tooMuch, home: 'U2', points: '1' }
    expect((await send(owner, 'points/own', foreign)).status).toBe(403)
    const html = await site.html(`${BELOW}/points`)
    expect(wordsIn(html)).toContain('便民超市')
    for (const said of ['40 分', '25 分', '15 分']) expect(wordsIn(html)).toContain(said)
    expect(await site.data(`${BELOW}/points`)).not.toMatch(/U1|U2|P-U/)
  })
})
