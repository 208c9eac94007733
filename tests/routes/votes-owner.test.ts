/** An owner's pages of votes, as a browser without scripts walks them; what others ask of them is refused. */
import { beforeAll, describe, expect, it } from 'vitest'
import { answerObjection, nameRepresentative, readMyPoll, readTurnout, registerProxy } from '#votes/server'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { forgedTables } from '../support/forged.ts'
import { unit } from '../votes/polls.ts'
import {
  announce,
  CLOSES,
  cast,
  draftOf,
  moveTo,
  must,
  OPENS,
  openVillage,
  PNG,
  question,
} from '../votes/village.ts'
import { type OwnerSite, openOwnerSite } from './owner-site.ts'
import { wordsIn } from './public-site.ts'

const AFTER = new Date(CLOSES.getTime() + 1000)
const MOTION = {
  title: '消防设施改造',
  questions: [
    question('q1', { title: '用不用共有基金' }),
    question('q2', {
      title: '选哪个方案',
      form: 'plans',
      plans: [
        { id: 'PLAN-A', label: '今年全部换' },
        { id: 'PLAN-B', label: '分两年换' },
      ],
    }),
  ],
} as const

/** The hidden fields of the page's own form, without the token; several forms may stand in a page, the one of casting is `class="cast"`. */
function castFields(html: string): [string, string][] {
  const form = /<form method="post" class="cast">.*?<\/form>/s.exec(html)?.[0]
  if (form === undefined) throw new Error('no form to cast with')
  return [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
    .filter(([, name]) => name !== 'csrf')
    .map(([, name, value]) => [name!, value!])
}

const checked = (html: string) => [...html.matchAll(/checked=""[^>]*/g)].length

describeOnOneDatabase('an owner’s pages of votes', openDatabase => {
  let database: TestDatabase
  let world: OwnerSite
  let pollId: string
  let base: string
  const me = '/c/village/me'
  const words = async (person: string, path: string) => wordsIn(await world.html(person, path))
  /** One more screen: what the page carries, with this answer and button. */
  const press = async (person: string, html: string, go: string, ...answers: [string, string][]) => {
    const response = await world.send(person, `${base}/cast`, [...castFields(html), ...answers, ['go', go]])
    return { response, html: response.status === 303 ? '' : await response.text() }
  }
  const mineOf = async (person: string) =>
    must(await readMyPoll(world.village.portal, world.village.owner(person), world.village.community, pollId))

  beforeAll(async () => {
    database = await openDatabase()
    world = await openOwnerSite(database)
    pollId = await announce(world.village, draftOf(MOTION))
    base = `/c/village/votes/${pollId}`
  })

  it('ask everybody to sign in first, and keep nothing', async () => {
    for (const path of [me, `${base}/mine`, `${base}/cast`, `${base}/withdraw`, `${base}/receipts/1`]) {
      const response = await world.site.ask(path)
      expect([path, response.status]).toEqual([path, 303])
      expect(response.headers.get('Location')).toContain(`/sign-in?next=${encodeURIComponent(path)}`)
      const own = await world.site.ask(path, await world.as('P-U1'))
      expect(own.headers.has('X-Cacheable')).toBe(false)
    }
  })

  it('show the entry and its weight before opening, and take an objection to it', async () => {
    const page = await words('P-U1', `${base}/mine`)
    expect(page).toContain('您有 2 户计入表决')
    expect(page).toMatch(/占全部人数9\.09% （1 人，全体 11 人）/)
    expect(page).toContain('面积不对？')
    expect(page).not.toContain('U4')
    expect(await words('P-U4', `${base}/mine`)).not.toContain('12.50 ㎡算')
    const sent = await world.send('P-U1', `${base}/mine`, [
      ['unit', 'U1'],
      ['text', '应为 92.00'],
    ])
    expect([sent.status, sent.headers.get('Location')]).toEqual([303, `${base}/mine?done=object#object`])
    const objected = await words('P-U1', `${base}/mine?done=object`)
    expect(objected).toMatch(/已收到您的异议.*应为 92\.00等答复/)
    expect(await words('P-U5', `${base}/mine`)).not.toContain('应为 92.00')
    const [objection] = (await mineOf('P-U1')).units[0]!.objections
    const { portal, chair, community } = world.village
    const answer = { pollId, objectionId: objection!.objectionId, isUpheld: false, answer: '登记簿是 90.00' }
    must(await answerObjection(portal, chair, community, answer))
    expect(await words('P-U1', `${base}/mine`)).toMatch(/异议不成立.*登记簿是 90\.00/)
  })

  it('refuse an objection for another’s unit, an empty one, and a forged form', async () => {
    const send = (fields: [string, string][]) => world.send('P-U5', `${base}/mine`, fields)
    const foreign = await send([
      ['unit', 'U1'],
      ['text', 'mine now'],
    ])
    expect([foreign.status, wordsIn(await foreign.text()).includes('这一户不在您名下')]).toEqual([403, true])
    expect(
      (
        await send([
          ['unit', 'U5'],
          ['text', ' '],
        ])
      ).status,
    ).toBe(422)
    const forged = await world.site.send(
      `${base}/mine`,
      [
        ['csrf', 'x'],
        ['unit', 'U5'],
        ['text', 'x'],
      ],
      await world.as('P-U5'),
    )
    expect(forged.status).toBe(403)
  })

  it('say when it opens, and cast nothing before', async () => {
    const page = await words('P-U5', `${base}/cast`)
    expect(page).toContain('现在不能投票')
    expect(page).toContain('2026年3月20日 09:00 开始投票')
    const early = await world.send('P-U5', `${base}/cast`, [
      ['at', 'summary'],
      ['answer-q1', 'FOR'],
      ['answer-q2', 'PLAN-A'],
      ['go', 'submit'],
    ])
    expect(early.status).toBe(409)
    expect((await mineOf('P-U5')).units[0]!.ballots).toEqual([])
  })

  it('lead through one question per screen to a summary, and once submitted ask nothing more', async () => {
    await moveTo(world.village, OPENS)
    expect(await words('P-U5', me)).toMatch(/等您表决的消防设施改造正在表决.*还有 1 户没投我要投票/)
    const first = await world.html('P-U5', `${base}/cast`)
    expect(wordsIn(first)).toMatch(/用不用共有基金.*同意反对弃权/)
    expect(first).not.toContain('选哪个方案</legend>')
    expect(checked(first)).toBe(0)
    const missing = await press('P-U5', first, 'next')
    expect(wordsIn(missing.html)).toContain('请选一个，选好再按“下一步”')
    const second = await press('P-U5', first, 'next', ['answer-q1', 'FOR'])
    expect(wordsIn(second.html)).toMatch(/选哪个方案.*今年全部换分两年换都不选弃权/)
    expect(checked(second.html)).toBe(0)
    const back = await press('P-U5', second.html, 'back')
    expect(back.html).toMatch(/checked="" value="FOR"|value="FOR"[^>]*checked=""/)
    const summary = await press('P-U5', second.html, 'next', ['answer-q2', 'PLAN-B'])
    expect(wordsIn(summary.html)).toMatch(/请核对.*用不用共有基金您选的是 同意.*选哪个方案您选的是 分两年换/)
    const change = await press('P-U5', summary.html, 'q2')
    const changed = await press('P-U5', change.html, 'next', ['answer-q2', 'NONE'])
    expect(wordsIn(changed.html)).toContain('您选的是 都不选')
    const { response } = await press('P-U5', changed.html, 'submit')
    expect(response.status).toBe(303)
    const target = response.headers.get('Location')!
    expect(target).toMatch(new RegExp(`^${base}/cast\\?submitted=\\d+$`))
    const done = await world.html('P-U5', target)
    expect(wordsIn(done)).toMatch(/已提交.*您的票已经收到了没有别的要办了/)
    expect(done).not.toContain('class="cast"')
    expect((await mineOf('P-U5')).units[0]!.standing!.choices).toEqual({ q1: 'FOR', q2: 'NONE' })
    // A second touch of the same button, or a reloaded page, is the same ballot.
    const again = await press('P-U5', changed.html, 'submit')
    expect([again.response.status, again.response.headers.get('Location')]).toEqual([303, target])
    expect((await mineOf('P-U5')).units[0]!.ballots).toHaveLength(1)
  })

  it('edit a vote until the close: the new one stands, both receipts remain', async () => {
    const first = await world.html('P-U5', `${base}/cast`)
    expect(wordsIn(first)).toContain('您已经投过了，现在是修改')
    expect(checked(first)).toBe(0)
    const second = await press('P-U5', first, 'next', ['answer-q1', 'AGAINST'])
    const summary = await press('P-U5', second.html, 'next', ['answer-q2', 'ABSTAIN'])
    expect((await press('P-U5', summary.html, 'submit')).response.status).toBe(303)
    const { ballots, standing } = (await mineOf('P-U5')).units[0]!
    expect([ballots.length, standing!.choices!.q1]).toEqual([2, 'AGAINST'])
    expect(await words('P-U5', `${base}/mine`)).toMatch(
      /已投.*您选的是 反对.*修改我的表决|修改我的表决.*您选的是 反对/,
    )
  })

  it('let the owner of two homes vote once for both, or for each', async () => {
    const start = await world.html('P-U1', `${base}/cast`)
    expect(wordsIn(start)).toMatch(/这一票替哪几户投？.*2 户一起投U1、U2U1U2/)
    expect(wordsIn((await press('P-U1', start, 'next')).html)).toContain('请选替哪几户投')
    const q1 = await press('P-U1', start, 'next', ['ballot', 'own'])
    const q2 = await press('P-U1', q1.html, 'next', ['answer-q1', 'FOR'])
    const summary = await press('P-U1', q2.html, 'next', ['answer-q2', 'PLAN-A'])
    expect(wordsIn(summary.html)).toContain('这是 U1、U2 的表决票')
    const { response } = await press('P-U1', summary.html, 'submit')
    expect(response.headers.get('Location')).toMatch(/submitted=\d+\.\d+$/)
    const { portal, community } = world.village
    expect((await readTurnout(portal.db, community, pollId))!.received.heads).toBe(2n)
    expect((await mineOf('P-U1')).units.map(each => each.standing?.choices?.q2)).toEqual(['PLAN-A', 'PLAN-A'])
  })

  it('warn co-owners before they cast, and never tell how the other voted', async () => {
    expect(await words('P-U3', `${base}/cast`)).toContain('U3 是几个人共有的，请先商量好')
    must(await cast(world.village, pollId, 'P-U3', 'U3', { q1: 'AGAINST', q2: 'PLAN-A' }))
    const page = await world.html('P-U3b', `${base}/cast`)
    expect(wordsIn(page)).toContain('U3 的另一位共有人已经投过票了')
    expect(wordsIn(page)).toContain('要是两个人投得不一样，这一户就不算')
    const mine = await world.html('P-U3b', `${base}/mine`)
    expect(mine).not.toContain('您选的是')
    const response = await world.site.ask(`${base}/mine.data`, await world.as('P-U3b'))
    expect(await response.text()).not.toContain('"AGAINST"')
    expect(await words('P-U3b', me)).toContain('U3 的表决票已收到（网上）')
  })

  it('say why a unit cannot vote when its co-owners named another to decide', async () => {
    const { portal, chair, community } = world.village
    must(
      await nameRepresentative(portal, chair, community, {
        pollId,
        unit: 'U3',
        person: 'P-U3',
        document: PNG,
      }),
    )
    const page = await words('P-U3b', `${base}/cast`)
    expect(page).toMatch(/现在不能投票.*共有人已推选他人代表行使表决权/)
  })

  it('let a proxy vote apart from their own home', async () => {
    const { portal, chair, community } = world.village
    must(
      await registerProxy(portal, chair, community, {
        pollId,
        unit: 'U7',
        proxyPerson: 'P-U6',
        document: PNG,
      }),
    )
    const start = await world.html('P-U6', `${base}/cast`)
    expect(wordsIn(start)).toContain('U7受人书面委托，替他投')
    const q1 = await press('P-U6', start, 'next', ['ballot', 'proxy:U7'])
    const q2 = await press('P-U6', q1.html, 'next', ['answer-q1', 'FOR'])
    const summary = await press('P-U6', q2.html, 'next', ['answer-q2', 'NONE'])
    expect(wordsIn(summary.html)).toContain('这是您受托替 U7 投的票')
    expect((await press('P-U6', summary.html, 'submit')).response.status).toBe(303)
    expect(await words('P-U7', me)).toContain('U7 的表决票已收到（委托他人）')
    const own = (await mineOf('P-U6')).units.find(each => each.entry.unit === 'U6')!
    expect(own.standing).toBeNull()
  })

  it('refuse whatever a form could be bent to', async () => {
    const bent = async (fields: [string, string][]) => {
      const response = await world.send('P-U8', `${base}/cast`, [
        ['at', 'summary'],
        ['answer-q1', 'FOR'],
        ['answer-q2', 'PLAN-A'],
        ['go', 'submit'],
        ...fields,
      ])
      await response.text()
      return response.status
    }
    // Another's unit cannot be named: the ballot is for one's own, whatever the form says.
    expect(await bent([['ballot', 'own:U9']])).toBe(303)
    expect((await mineOf('P-U9')).units[0]!.ballots).toEqual([])
    expect((await mineOf('P-U8')).units[0]!.standing?.choices).toEqual({ q1: 'FOR', q2: 'PLAN-A' })
    const odd = await world.send('P-U9', `${base}/cast`, [
      ['at', 'q1'],
      ['answer-q1', 'PLAN-A'],
      ['go', 'next'],
    ])
    expect(wordsIn(await odd.text())).toContain('请选一个，选好再按“下一步”')
    const forged = await world.site.send(
      `${base}/cast`,
      [
        ['csrf', 'no'],
        ['go', 'submit'],
      ],
      await world.as('P-U9'),
    )
    expect(forged.status).toBe(403)
    const withdrawn = await world.send('P-U9', `${base}/withdraw`, [['unit', 'U8']])
    expect(withdrawn.status).toBe(422)
    expect((await mineOf('P-U8')).units[0]!.standing).not.toBeNull()
  })

  it('withdraw, after which it is as if one had not voted', async () => {
    expect(await words('P-U8', `${base}/withdraw`)).toContain('撤回以后就等于没投')
    const none = await world.send('P-U8', `${base}/withdraw`, [])
    expect([none.status, wordsIn(await none.text()).includes('请选哪几户')]).toEqual([422, true])
    const done = await world.send('P-U8', `${base}/withdraw`, [['unit', 'U8']])
    expect([done.status, done.headers.get('Location')]).toEqual([303, `${base}/mine?done=withdraw`])
    expect(await words('P-U8', `${base}/mine?done=withdraw`)).toMatch(/已撤回.*还没投/)
    expect(await words('P-U8', `${base}/withdraw`)).toContain('现在没有可以撤回的票')
  })

  describe('receipts', () => {
    it('show the fingerprint and the place in the log once it is signed, and download as a file', async () => {
      await world.publish()
      const { seq } = (await mineOf('P-U5')).units[0]!.standing!
      const html = await world.html('P-U5', `${base}/receipts/${seq}`)
      expect(wordsIn(html)).toMatch(new RegExp(`第 ${seq} 号.*U5.*网上.*第 \\d+ 条`))
      expect(html.replace(/<details class="slip__choice">.*?<\/details>/s, '')).not.toContain('反对')
      const response = await world.site.ask(`${base}/receipts/${seq}/json`, await world.as('P-U5'))
      expect(response.headers.get('Content-Disposition')).toContain(`village-receipt-${seq}.json`)
      expect(response.headers.get('Cache-Control')).toBe('private, no-store')
      expect(await response.json()).toMatchObject({
        v: 1,
        poll: pollId,
        seq,
        unit: 'U5',
        answers: 'q1=AGAINST;q2=ABSTAIN',
      })
    })

    it('are nobody else’s: not a neighbour’s, not a co-owner’s, not of another number', async () => {
      const { seq } = (await mineOf('P-U5')).units[0]!.standing!
      const shared = (await mineOf('P-U3')).units[0]!.standing!.seq
      for (const [person, path] of [
        ['P-U6', `receipts/${seq}`],
        ['P-U6', `receipts/${seq}/json`],
        ['P-U3b', `receipts/${shared}`],
        ['P-U3b', `receipts/${shared}/json`],
        ['P-U5', 'receipts/0'],
        ['P-U5', 'receipts/999'],
        ['P-U5', 'receipts/1e1'],
      ] as const) {
        const response = await world.site.ask(`${base}/${path}`, await world.as(person))
        expect([person, path, response.status]).toEqual([person, path, 404])
      }
      const submitted = await words('P-U6', `${base}/cast?submitted=${seq}`)
      expect(submitted).not.toContain('已提交')
    })
  })

  it('mark the household’s messages as read, one’s own only', async () => {
    const unread = await world.html('P-U7', me)
    const ids = [...unread.matchAll(/name="notice" value="([^"]*)"/g)].map(match => match[1]!)
    expect(ids.length).toBeGreaterThan(0)
    await world.send(
      'P-U8',
      me,
      ids.map(id => ['notice', id]),
    )
    expect(await words('P-U7', me)).toContain('条都看过了')
    const done = await world.send(
      'P-U7',
      me,
      ids.map(id => ['notice', id]),
    )
    expect([done.status, done.headers.get('Location')]).toEqual([303, `${me}#notices`])
    expect(await words('P-U7', me)).not.toContain('条都看过了')
  })

  it('after the count tell how each unit counted, and take a dispute', async () => {
    await moveTo(world.village, AFTER)
    const page = await words('P-U5', `${base}/mine`)
    expect(page).toMatch(/未计入：同一人的另一张票有效/)
    expect(page).toContain('已计入')
    expect(page).toContain('觉得计得不对？')
    expect(page).not.toMatch(/修改我的表决|撤回我的票/)
    const late = await world.send('P-U9', `${base}/cast`, [
      ['at', 'summary'],
      ['answer-q1', 'FOR'],
      ['answer-q2', 'PLAN-A'],
      ['go', 'submit'],
    ])
    expect([late.status, wordsIn(await late.text()).includes('已经截止了')]).toEqual([409, true])
    const sent = await world.send('P-U5', `${base}/mine`, [
      ['unit', 'U5'],
      ['text', '我投的是同意'],
    ])
    expect(sent.status).toBe(303)
    expect(await words('P-U5', `${base}/mine`)).toContain('我投的是同意')
  })

  it('belong to one community: an owner of another place is refused', async () => {
    await openVillage(world.village.portal, [unit('X1')], { slug: 'other' })
    const headers = await world.as('P-U5')
    for (const path of ['me', `votes/${pollId}/mine`, `votes/${pollId}/cast`, `votes/${pollId}/receipts/1`]) {
      expect([path, (await world.site.ask(`/c/other/${path}`, headers)).status]).toEqual([path, 403])
      expect((await world.site.ask(`/c/nowhere/${path}`, headers)).status).toBe(404)
    }
    const sent = await world.send('P-U5', `/c/other/votes/${pollId}/cast`, [['go', 'submit']])
    expect(sent.status).toBe(403)
    expect((await world.site.ask(`/c/other/votes/${pollId}`)).status).toBe(404)
  })

  it('know an officer who is no owner, and an owner bound to nobody, from an owner', async () => {
    const headers = await world.as('P-U12')
    await database.asOwner(`delete from person_user where person_id = 'P-U12'`)
    expect(wordsIn(await (await world.site.ask(me, headers)).text())).toContain('还没有和名册上的业主对上')
    expect((await world.site.ask(`${base}/mine`, headers)).status).toBe(403)
    await database.asOwner(`delete from office_term where user_id = 'user-of-P-U12'`)
    expect((await world.site.ask(me, headers)).status).toBe(403)
  })

  it('held nothing of all the fields that no form has', async () => {
    expect(await forgedTables(database)).toEqual([])
  })
})
