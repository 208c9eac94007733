/** The pages of proposals as browsers get them: everybody's, owners', officers'; attacks; forms without their token; the two clicks to a motion. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#people'
import { csrfField } from '#platform'
import { actOnProposal, openRound, proposeProject, readProposal, readProposals } from '#projects/server'
import { must } from '../ledger/office.ts'
import { openPublicSite, type PublicSite, wordsIn } from '../routes/public-site.ts'
import { beginSessionOf } from '../support/begun-session.ts'
import { databaseKinds, openTestDatabase } from '../support/database.ts'
import { openVoiceWorld, type VoiceWorld } from '../voice/world.ts'
import { unit } from '../votes/polls.ts'
import { register } from '../votes/village.ts'

const SCRIPT = '<script>alert(1)</script>'

describe('the pages of proposals', () => {
  let world: VoiceWorld
  let site: PublicSite
  let roundId: string
  let proposalId: string

  const as = (actor: Actor) => beginSessionOf(world.portal, actor)
  const send = async (actor: Actor, path: string, fields: readonly (readonly [string, string])[]) => {
    const headers = await as(actor)
    const csrf = csrfField(new Request(world.portal.settings.baseUrl, { headers }), world.portal.settings)
    const others = fields.filter(([name]) => name !== csrf.name)
    return site.send(path, [[csrf.name, csrf.value], ...others], headers)
  }
  const htmlFor = async (actor: Actor, path: string) => {
    const response = await site.ask(path, await as(actor))
    expect([path, response.status]).toEqual([path, 200])
    return response.text()
  }
  const at = (place = '') => `/c/sample/projects/${proposalId}${place}`

  /** Gives an account a home of the register. */
  const house = async (actor: Actor, person: string) => {
    const { portal, community } = world
    const { communityId: community_id } = community
    const now = portal.clock.now()
    const bound = portal.db.updateTable('person_user').set({ ended_at: now })
    await bound.where('community_id', '=', community_id).where('person_id', '=', person).execute()
    await portal.db
      .insertInto('person_user')
      .values({ community_id, person_id: person, user_id: actor.userId, bound_at: now })
      .execute()
  }

  beforeAll(async () => {
    world = await openVoiceWorld(await openTestDatabase(databaseKinds().at(-1)!))
    site = openPublicSite(world.portal)
    const { portal, community, owner, neighbour, chair } = world
    await register(portal, community, [unit('U1'), unit('U2')], null, [])
    await house(owner, 'P-U1')
    await house(neighbour, 'P-U2')
    const days = { title: '夏季提案大赛', opensOn: '2026-07-01', closesOn: '2026-07-31' }
    roundId = must(await openRound(portal, chair, community, days)).roundId
    const text = `${SCRIPT}老人没地方坐`
    const wish = { roundId, title: `${SCRIPT}长椅`, text, place: SCRIPT, wanted: '3200', documents: [] }
    proposalId = must(await proposeProject(portal, owner, community, wish)).proposalId
  })

  it('show what was written as text, wherever it stands, and nobody’s name', async () => {
    const { owner, chair } = world
    const pages = [
      await site.html('/c/sample/projects'),
      await site.html(at()),
      await htmlFor(owner, at('/own')),
      await htmlFor(chair, `/c/sample/office/projects/${proposalId}`),
      await htmlFor(chair, '/c/sample/office/projects'),
    ]
    for (const html of pages) {
      expect(html).toContain('&lt;script&gt;')
      expect(html).not.toContain('<script>alert')
    }
    for (const path of ['/c/sample/projects', at()]) {
      const data = await site.data(path)
      expect(data).not.toContain(owner.userId)
      expect(data).not.toContain(owner.displayName)
    }
  })

  it('ask who is there, and give an owner no office nor an officer a home', async () => {
    const own = ['projects/new', `projects/${proposalId}/own`]
    const office = ['office/projects', `office/projects/${proposalId}`]
    for (const path of [...own, ...office]) {
      const answer = await site.ask(`/c/sample/${path}`)
      expect([path, answer.status]).toEqual([path, 303])
      expect(answer.headers.get('Location')).toMatch(/^\/sign-in\?next=/)
    }
    for (const path of office)
      expect((await site.ask(`/c/sample/${path}`, await as(world.owner))).status).toBe(403)
    for (const path of own)
      expect((await site.ask(`/c/sample/${path}`, await as(world.chair))).status).toBe(403)
    expect((await site.ask('/c/sample/office/projects', await as(world.manager))).status).toBe(403)
    expect((await site.ask(`/c/sample/projects/${'0'.repeat(26)}`)).status).toBe(404)
    expect((await site.ask(at(`/documents/${'0'.repeat(64)}`))).status).toBe(404)
  })

  it('propose without script, in the contest, with numbers covered first', async () => {
    const path = `/c/sample/projects/new?round=${roundId}`
    expect(await htmlFor(world.neighbour, path)).toContain(`value="${roundId}"`)
    const fields = [
      ['round', roundId],
      ['title', '修坡道'],
      ['text', '轮椅上不去，找我 13812345678'],
    ] as const
    const covered = await send(world.neighbour, path, fields)
    expect(covered.status).toBe(422)
    const html = await covered.text()
    expect(html).toContain('轮椅上不去，找我 ****')
    expect(html).not.toContain('13812345678')
    const taken = await send(world.neighbour, path, [fields[0], fields[1], ['text', '轮椅上不去']])
    expect(taken.status).toBe(303)
    expect(wordsIn(await site.html('/c/sample/projects'))).toContain('修坡道')
    const stale = await send(world.neighbour, path, [['round', 'x'], fields[1], ['text', '轮椅上不去']])
    expect(stale.status).toBe(422)
  })

  it('take a support for an own home with the token of the session only, and back again', async () => {
    const { neighbour } = world
    const support = [
      ['act', 'support'],
      ['home', 'U2'],
    ] as const
    expect((await site.send(at('/own'), support, await as(neighbour))).status).toBe(403)
    expect((await send(neighbour, at('/own'), [support[0], ['home', 'U1']])).status).toBe(403)
    expect((await send(neighbour, at('/own'), [['act', '__proto__']])).status).toBe(400)
    expect(
      (
        await send(neighbour, at('/own'), [
          ['act', 'shortlist'],
          ['text', '行'],
        ])
      ).status,
    ).toBe(403)
    expect((await send(neighbour, at('/own'), support)).status).toBe(303)
    expect((await send(neighbour, at('/own'), support)).status).toBe(422)
    expect(wordsIn(await site.html(at()))).toContain('1 户支持')
    expect(await htmlFor(neighbour, at('/own'))).toContain('U2：收回支持')
  })

  it('lead an officer from the shortlist to the saved draft of a motion in two clicks', async () => {
    const { portal, community, chair } = world
    const desk = `/c/sample/office/projects/${proposalId}`
    expect(
      (await site.ask(`/c/sample/office/polls/new?proposal=${proposalId}`, await as(chair))).status,
    ).toBe(403)
    expect(
      (
        await send(chair, desk, [
          ['act', 'shortlist'],
          ['text', '老人多，位置合适'],
        ])
      ).status,
    ).toBe(303)
    expect(wordsIn(await site.html(at()))).toContain('老人多，位置合适')
    const html = await htmlFor(chair, desk)
    const link = /href="([^"]*polls\/new\?proposal=[0-9a-z]+)"/.exec(html)?.[1]
    expect(link).toBe(`/c/sample/office/polls/new?proposal=${proposalId}`)
    const form = await htmlFor(chair, link!)
    const fields = formFields(form)
    expect(fields.find(([name]) => name === 'title')?.[1]).toBe(`${SCRIPT}长椅`)
    expect(fields.find(([name]) => name === 'amount')?.[1]).toBe('3200.00')
    expect(fields.find(([name]) => name === 'summary')?.[1]).toContain('已有 1 户表示支持')
    const saved = await send(chair, link!, [...fields, ['intent', 'save']])
    expect(saved.status).toBe(303)
    const pollId = /polls\/([0-9a-z]{26})/.exec(saved.headers.get('Location') ?? '')?.[1]
    const read = await readProposal(portal, community, null, proposalId)
    expect(read?.view).toMatchObject({ state: 'in-motion', pollId })
    expect(wordsIn(await site.html(at()))).toContain('正在起草')
  })

  it('show money, result and acceptance in public, with the sums', async () => {
    const { portal, community, chair, residents } = world
    const act = (actor: Actor, request: object) =>
      actOnProposal(portal, actor, community, { proposalId, ...request } as never)
    must(await act(chair, { act: 'fund', source: 'community', amount: '2000', text: '公共收益' }))
    must(await act(chair, { act: 'fund', source: 'enterprise', amount: '1500', text: '超市捐赠' }))
    must(await act(chair, { act: 'report', amount: '3100', text: '装好两张' }))
    must(await act(residents, { act: 'accept', text: '坐过了，稳' }))
    const words = wordsIn(await site.html(at()))
    for (const said of ['社区出', '企业帮', '3,500.00', '3,100.00', '400.00', '坐过了，稳', '已验收'])
      expect(words).toContain(said)
    expect(wordsIn(await site.html('/c/sample/projects?show=accepted'))).toContain('长椅')
    expect((await readProposals(portal, community, { states: ['accepted'] })).length).toBe(1)
  })
})

/** The fields of the forms of a page as a browser would send them. */
function formFields(html: string): readonly (readonly [string, string])[] {
  const decoded = (text: string) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'")
      .replaceAll('&amp;', '&')
  const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  const main = html.slice(html.indexOf('<main'))
  const inputs = [...main.matchAll(/<input\b[^>]*>/g)].flatMap(([tag]): [string, string][] => {
    const [name, type] = [attribute(tag, 'name'), attribute(tag, 'type')]
    const isLeftOut = (type === 'radio' || type === 'checkbox') && !/\schecked/.test(tag)
    if (name === undefined || type === 'file' || isLeftOut) return []
    return [[name, decoded(attribute(tag, 'value') ?? '')]]
  })
  const areas = [...main.matchAll(/(<textarea\b[^>]*>)([^<]*)<\/textarea>/g)].map(
    ([, tag, text]): [string, string] => [attribute(tag!, 'name')!, decoded(text!)],
  )
  const selects = [...main.matchAll(/(<select\b[^>]*>)(.*?)<\/select>/gs)].map(
    ([, tag, body]): [string, string] => {
      const chosen = /<option\b[^>]*\sselected[^>]*>/.exec(body!)?.[0] ?? /<option\b[^>]*>/.exec(body!)![0]
      return [attribute(tag!, 'name')!, decoded(attribute(chosen, 'value') ?? '')]
    },
  )
  return [...inputs, ...areas, ...selects]
}
