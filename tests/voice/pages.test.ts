/** The pages of the voice as browsers get them: what the public sees, the attacks of strangers, forms without their token. */
import { beforeAll, describe, expect, it } from 'vitest'
import { civilDate, instantOf } from '#kernel'
import type { Actor } from '#people'
import { csrfField } from '#platform'
import { actOnCase, askChallenge, listRequest, readPublicCases } from '#voice/server'
import { must } from '../ledger/office.ts'
import { openPublicSite, type PublicSite, wordsIn } from '../routes/public-site.ts'
import { beginSessionOf } from '../support/begun-session.ts'
import { databaseKinds, openTestDatabase, type TestDatabase } from '../support/database.ts'
import { forgedTables } from '../support/forged.ts'
import { openVoiceWorld, type VoiceWorld } from './world.ts'

const SCRIPT = '<script>alert(1)</script><img src=x onerror=alert(2)>'

describe('the pages of the voice', () => {
  let database: TestDatabase
  let world: VoiceWorld
  let site: PublicSite
  let challenge: string
  let secret: string

  const as = (actor: Actor) => beginSessionOf(world.portal, actor)
  const send = async (actor: Actor, path: string, fields: readonly (readonly [string, string])[]) => {
    const headers = await as(actor)
    const csrf = csrfField(new Request(world.portal.settings.baseUrl, { headers }), world.portal.settings)
    return site.send(path, [[csrf.name, csrf.value], ...fields], headers)
  }
  const htmlFor = async (actor: Actor, path: string) => {
    const response = await site.ask(path, await as(actor))
    expect([path, response.status]).toEqual([path, 200])
    return response.text()
  }

  beforeAll(async () => {
    database = await openTestDatabase(databaseKinds().at(-1)!)
    world = await openVoiceWorld(database)
    site = openPublicSite(world.portal)
    const { portal, community, owner, voucher } = world
    const subject = { kind: 'voucher', key: voucher } as const
    challenge = must(await askChallenge(portal, owner, community, { subject, text: SCRIPT })).caseId
    const request = { category: 'repair', text: '家里的私事', place: '', spotId: null, documents: [] }
    secret = must(
      await listRequest(portal, owner, community, { ...request, isPrivate: true, isOnBehalf: false }),
    ).caseId
  })

  it('show a question as text, wherever it stands', async () => {
    const { voucher, owner, manager } = world
    for (const path of ['ask', `ask/${challenge}`, `vouchers/${voucher}`]) {
      const html = await site.html(`/c/sample/${path}`)
      expect(html).toContain('&lt;script&gt;')
      expect(html).not.toContain('<script>alert')
      expect(html).not.toContain('<img src=x')
    }
    expect(await htmlFor(owner, `/c/sample/ask/${challenge}/own`)).not.toContain('<img src=x')
    expect(await htmlFor(manager, `/c/sample/office/voice/${challenge}`)).not.toContain('<img src=x')
  })

  it('say nothing of who asked', async () => {
    for (const path of ['ask', `ask/${challenge}`]) {
      const data = await site.data(`/c/sample/${path}`)
      expect(data).not.toContain(world.owner.userId)
      expect(data).not.toContain(world.owner.displayName)
    }
  })

  it('give a private request to nobody by guessing, nor to a neighbour, in no list', async () => {
    const { neighbour, owner, residents } = world
    for (const path of [
      `ask/${secret}`,
      `ask/${secret}/documents/${'0'.repeat(64)}`,
      `ask/${'0'.repeat(26)}`,
    ]) {
      expect((await site.ask(`/c/sample/${path}`)).status).toBe(404)
    }
    expect((await site.ask(`/c/sample/ask/${secret}`, await as(owner))).status).toBe(404)
    expect((await site.ask(`/c/sample/ask/${secret}/own`, await as(neighbour))).status).toBe(404)
    expect(await site.html('/c/sample/ask')).not.toContain(secret)
    expect(await htmlFor(owner, `/c/sample/ask/${secret}/own`)).toContain('家里的私事')
    expect(await htmlFor(residents, '/c/sample/office/voice')).toContain('家里的私事')
  })

  it('ask who is there: owners for their own, officers for the desk', async () => {
    const own = ['ask/new', 'ask/own', `ask/spend?about=voucher&key=${world.voucher}`, `ask/${challenge}/own`]
    const office = ['office/voice', `office/voice/${challenge}`, 'office/voice/new', 'office/voice/arrange']
    for (const path of [...own, ...office, 'office/voice/sheet']) {
      const answer = await site.ask(`/c/sample/${path}`)
      expect([path, answer.status]).toEqual([path, 303])
      expect(answer.headers.get('Location')).toMatch(/^\/sign-in\?next=/)
    }
    for (const path of office) {
      expect((await site.ask(`/c/sample/${path}`, await as(world.owner))).status).toBe(403)
    }
    for (const path of own) {
      expect((await site.ask(`/c/sample/${path}`, await as(world.manager))).status).toBe(403)
    }
    expect((await site.ask('/c/sample/office/voice/arrange', await as(world.manager))).status).toBe(403)
  })

  it('keep the spot of the code through the sign-in', async () => {
    const answer = await site.ask('/c/sample/ask/new?spot=abc')
    expect(answer.headers.get('Location')).toContain(encodeURIComponent('/c/sample/ask/new?spot=abc'))
  })

  it('cover a number before anything is kept, and take the text when it is sent again', async () => {
    const path = '/c/sample/ask/new'
    const fields = [
      ['category', 'safety'],
      ['text', '井盖松了，找我 13812345678'],
    ] as const
    const covered = await send(world.owner, path, fields)
    expect(covered.status).toBe(422)
    const html = await covered.text()
    expect(html).toContain('井盖松了，找我 ****')
    expect(wordsIn(html)).toContain('手机号')
    expect(html).not.toContain('13812345678')
    const taken = await send(world.owner, path, [fields[0], ['text', '井盖松了，找我 ****']])
    expect(taken.status).toBe(303)
  })

  it('ask once whether it is one of these, without script, and let a neighbour say so', async () => {
    const { neighbour, portal, community } = { ...world, ...world }
    const again = [
      ['category', 'safety'],
      ['text', '井盖松了'],
    ] as const
    const asked = await send(neighbour, '/c/sample/ask/new', again)
    expect(asked.status).toBe(200)
    expect(wordsIn(await asked.text())).toContain('是不是下面这件事')
    const [listed] = await readPublicCases(portal, community, { kind: 'request' })
    expect((await send(neighbour, `/c/sample/ask/${listed!.caseId}/own`, [['act', 'support']])).status).toBe(
      303,
    )
    expect(wordsIn(await site.html(`/c/sample/ask/${listed!.caseId}`))).toContain('1 户')
    const alone = await send(neighbour, '/c/sample/ask/new', [...again, ['seen', 'yes']])
    expect(alone.status).toBe(303)
  })

  it('take no act without the token of the session, and none that is another person’s', async () => {
    const { owner, neighbour, manager } = world
    const own = `/c/sample/ask/${challenge}/own`
    const act = [['act', 'withdraw']] as const
    expect((await site.send(own, act, await as(owner))).status).toBe(403)
    expect((await send(neighbour, own, act)).status).toBe(403)
    expect(
      (
        await send(owner, own, [
          ['act', 'answer'],
          ['text', '我自己答'],
        ])
      ).status,
    ).toBe(403)
    const office = `/c/sample/office/voice/${challenge}`
    expect((await send(manager, office, [['act', 'prove']])).status).toBe(403)
    expect((await send(manager, office, [['act', '__proto__']])).status).toBe(400)
    expect(
      (
        await send(manager, office, [
          ['act', 'answer'],
          ['text', '见附件'],
          ['kept', 'f'.repeat(64)],
        ])
      ).status,
    ).toBe(422)
  })

  it('show a late answer on the row itself, and the way to ask on every row', async () => {
    const { portal, community, overseer, voucher, manager } = world
    portal.clock.moveTo(instantOf(civilDate('2026-07-09'), 9 * 3600))
    expect(wordsIn(await site.html(`/c/sample/vouchers/${voucher}`))).toContain('超期：应在2026年7月8日以前')
    expect(wordsIn(await site.html('/c/sample/vouchers'))).toContain('质询超期未答')
    expect(wordsIn(await site.html('/c/sample'))).toContain('有 1 个质询超期没有答复')
    expect(await site.html(`/c/sample/vouchers/${voucher}`)).toContain(
      `/c/sample/ask/spend?about=voucher&amp;key=${voucher}`,
    )
    const order = { caseId: challenge, act: 'order', text: '请限期答复', dueOn: '2026-07-14' } as const
    must(await actOnCase(portal, overseer, community, order))
    expect(wordsIn(await site.html('/c/sample/ask'))).toContain('请限期答复')
    must(await actOnCase(portal, manager, community, { caseId: challenge, act: 'report', text: '已答复' }))
    expect(wordsIn(await site.html('/c/sample'))).toContain('没有超期的质询')
  })

  it('lead the third big button of the large type here', async () => {
    expect(await site.html('/c/sample?mode=elder')).toMatch(
      /class="big-action" href="\/c\/sample\/ask\?mode=elder"/,
    )
  })

  it('print a code for every spot', async () => {
    const arrange = '/c/sample/office/voice/arrange'
    const added = [
      ['intent', 'add'],
      ['name', '3栋<b>门口'],
      ['grid', '第2网格'],
    ] as const
    expect((await send(world.residents, arrange, added)).status).toBe(303)
    const sheet = await htmlFor(world.residents, '/c/sample/office/voice/sheet')
    expect(sheet).toContain('3栋&lt;b&gt;门口')
    expect(sheet).toMatch(/ask\/new\?spot=[0-9a-z]{26}/)
  })

  it('held nothing of all the fields that no form has', async () => {
    expect(await forgedTables(database)).toEqual([])
  })
})
