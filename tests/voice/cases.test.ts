/** Cases through the doors of the room, on both databases: the whole course, who may not, what nobody learns, and what fsck names. */
import { beforeAll, describe, expect, it } from 'vitest'
import { checkCouncil, readTopicFrom } from '#council/server'
import { civilDate, instantOf, period } from '#kernel'
import type { Actor } from '#people'
import {
  type ActRequest,
  actOnCase,
  addSpot,
  askChallenge,
  attachCaseDocument,
  checkVoice,
  listRequest,
  readCase,
  readCaseDocument,
  readChallengeMarks,
  readChallengesOn,
  readClocks,
  readOverdueChallenges,
  readOwnCases,
  readPublicCases,
  readRequestMonth,
  readSimilar,
  readSpots,
  readSupervisionOrders,
  readVoiceDesk,
  removeSpot,
  setClocks,
} from '#voice/server'
import { must } from '../ledger/office.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { pngChunk, pngOf } from '../support/pictures.ts'
import { openVoiceWorld, type VoiceWorld } from './world.ts'

const ID = '0'.repeat(26)
const PNG = pngOf()
/** Another picture: a palette of its own. */
const PHOTO = pngOf([pngChunk('PLTE', new Uint8Array(3))])
const morning = (day: string) => instantOf(civilDate(day), 9 * 3600)

describeOnEachDatabase('the voice', open => {
  let database: TestDatabase
  let world: VoiceWorld
  const act = (actor: Actor, request: ActRequest) => actOnCase(world.portal, actor, world.community, request)
  const code = async (actor: Actor, request: ActRequest) => {
    const done = await act(actor, request)
    return done.ok ? done.value.state : done.error.code
  }
  const askAbout = async (text: string, actor = world.owner) =>
    must(
      await askChallenge(world.portal, actor, world.community, {
        subject: { kind: 'voucher', key: world.voucher },
        text,
      }),
    ).caseId
  const wish = (changes: object = {}) => ({
    category: 'repair',
    text: '2栋门口的路灯不亮了',
    place: '2栋门口',
    spotId: null,
    isPrivate: false,
    isOnBehalf: false,
    documents: [],
    ...changes,
  })
  const list = async (actor: Actor, changes: object = {}) =>
    must(await listRequest(world.portal, actor, world.community, wish(changes))).caseId
  const findings = async () => (await checkVoice(world.portal, world.community)).findings
  const view = async (caseId: string, actor: Actor | null = null) =>
    (await readCase(world.portal, world.community, actor, caseId))!.view

  beforeAll(async () => {
    database = await open()
    world = await openVoiceWorld(database)
    world.portal.clock.moveTo(morning('2026-07-01'))
  })

  describe('a challenge', () => {
    let caseId: string

    it('is asked by an owner about what is there, redacted first', async () => {
      const { portal, community, owner, manager, voucher } = world
      const about = (key: string) => ({ kind: 'voucher', key }) as const
      const asking = (actor: Actor, key: string, text: string) =>
        askChallenge(portal, actor, community, { subject: about(key), text })
      expect(await asking(manager, voucher, '?')).toEqual({ ok: false, error: { code: 'not-permitted' } })
      expect(await asking(owner, '2025-9999', '?')).toEqual({ ok: false, error: { code: 'subject-unknown' } })
      expect(await asking(owner, voucher, ' ')).toEqual({ ok: false, error: { code: 'text-missing' } })
      expect(await asking(owner, voucher, '打 13812345678')).toEqual({
        ok: false,
        error: { code: 'text-private', found: ['mobile'], redacted: { text: '打 ****' } },
      })
      caseId = await askAbout('这笔钱是哪几户交的?')
      expect(await view(caseId)).toMatchObject({
        state: 'asked',
        seat: 'company',
        dueOn: '2026-07-08',
        isOverdue: false,
        text: '这笔钱是哪几户交的?',
      })
      expect(await readChallengesOn(portal, community, about(voucher))).toHaveLength(1)
    })

    it('is shown to whoever asks the same again', async () => {
      const { portal, community } = world
      const similar = await readSimilar(portal, community, {
        kind: 'challenge',
        text: '这笔钱是哪几户交的呢',
        subject: null,
      })
      expect(similar.map(each => each.caseId)).toEqual([caseId])
    })

    it('is judged, ordered and answered by nobody else', async () => {
      const { owner, neighbour, manager, chair, overseer, managerAtHome } = world
      expect(await code(owner, { caseId, act: 'answer', text: 'a' })).toBe('not-permitted')
      expect(await code(chair, { caseId, act: 'answer', text: 'a' })).toBe('not-permitted')
      expect(await code(manager, { caseId, act: 'prove' })).toBe('not-permitted')
      expect(await code(manager, { caseId, act: 'order', text: 'a', dueOn: '2026-07-10' })).toBe(
        'not-permitted',
      )
      expect(await code(overseer, { caseId, act: 'order', text: 'a', dueOn: '2026-07-10' })).toBe(
        'not-overdue',
      )
      expect(await code(owner, { caseId, act: 'prove' })).toBe('case-state')
      expect(await code(owner, { caseId: ID, act: 'prove' })).toBe('case-unknown')
      const own = await askAbout('我自己问自己的账', managerAtHome)
      expect(await code(managerAtHome, { caseId: own, act: 'answer', text: 'a' })).toBe('own-case')
      expect(await code(manager, { caseId: own, act: 'answer', text: '答复' })).toBe('answered')
      expect(await code(neighbour, { caseId: own, act: 'prove' })).toBe('not-your-case')
      expect(await code(managerAtHome, { caseId: own, act: 'prove' })).toBe('proved')
    })

    it('sent to the council is a topic there at once, under the referring officer’s words', async () => {
      const { portal, community, manager, owner, residents, overseer } = world
      const sent = await askAbout('这笔钱走的哪一年的预算?')
      await act(manager, { caseId: sent, act: 'answer', text: '去年的' })
      await act(owner, { caseId: sent, act: 'doubt', text: '没有写明' })
      const refer = { caseId: sent, act: 'refer', text: '预算年度怎么写明\n请议一议格式' } as const
      expect(await code(manager, refer)).toBe('not-permitted')
      expect(await code(residents, { ...refer, text: '格式😀' })).toBe('text-unprintable')
      expect(await readTopicFrom(portal, community, sent)).toBeNull()
      expect(await code(overseer, refer)).toBe('referred')
      expect(await code(residents, refer)).toBe('case-state')
      const topic = await readTopicFrom(portal, community, sent)
      expect(topic).toMatchObject({ title: '预算年度怎么写明', source: 'challenge', standing: 'raised' })
      expect(JSON.stringify(topic)).not.toContain('哪一年')
      expect((await checkCouncil(portal, community)).findings).toEqual([])
      expect(await code(overseer, { caseId: sent, act: 'settle', text: '已议' })).toBe('settled')
    })

    it('goes overdue in working days, and everybody sees it', async () => {
      const { portal, community } = world
      portal.clock.moveTo(morning('2026-07-08'))
      expect(await readOverdueChallenges(portal, community)).toEqual([])
      portal.clock.moveTo(morning('2026-07-09'))
      expect((await readOverdueChallenges(portal, community)).map(each => each.caseId)).toEqual([caseId])
      expect(await readChallengeMarks(portal, community)).toMatchObject([{ caseId, isOverdue: true }])
      const desk = await readVoiceDesk(portal, world.overseer, community)
      expect(desk?.[0]).toMatchObject({ caseId, isOverdue: true })
      expect(await readVoiceDesk(portal, world.owner, community)).toBeNull()
    })

    it('is answered with a document of the answerer, and judged not proved with a reason', async () => {
      const { portal, community, owner, manager } = world
      const { sha256 } = must(await attachCaseDocument(portal, manager, community, { bytes: PNG }))
      expect(
        await code(manager, { caseId, act: 'answer', text: '见附件', documents: ['f'.repeat(64)] }),
      ).toBe('document-unknown')
      expect(await code(manager, { caseId, act: 'answer', text: '见附件', documents: [sha256] })).toBe(
        'answered',
      )
      const document = await readCaseDocument(portal, community, null, { caseId, sha256 })
      expect(document?.mediaType).toBe('image/png')
      expect(await code(owner, { caseId, act: 'doubt' })).toBe('text-missing')
      expect(await code(owner, { caseId, act: 'doubt', text: '附件里没有户数' })).toBe('not-proved')
    })

    it('becomes a supervision order with a day, answered in public and settled', async () => {
      const { portal, community, manager, overseer } = world
      const order = { caseId, act: 'order', text: '请逐户列明' } as const
      expect(await code(overseer, { ...order, dueOn: '2026-07-01' })).toBe('due-day-malformed')
      expect(await code(overseer, { ...order, dueOn: '2026-07-15' })).toBe('ordered')
      expect(await readSupervisionOrders(portal, community)).toMatchObject([
        {
          caseId,
          text: '请逐户列明',
          dueOn: '2026-07-15',
          answeredAt: null,
          isOverdue: false,
          isSettled: false,
        },
      ])
      portal.clock.moveTo(morning('2026-07-16'))
      expect((await readSupervisionOrders(portal, community))[0]?.isOverdue).toBe(true)
      expect(await code(manager, { caseId, act: 'report', text: '共 3 户，已列明' })).toBe('reported')
      expect(await code(overseer, { caseId, act: 'settle', text: '已列明' })).toBe('settled')
      expect((await readSupervisionOrders(portal, community))[0]).toMatchObject({
        answer: '共 3 户，已列明',
        isSettled: true,
        isOverdue: false,
      })
      expect(await findings()).toEqual([])
    })

    it('can be closed without a judgement only when the asker had the time', async () => {
      const { portal, overseer, manager } = world
      const silent = await askAbout('没有人评价的一问')
      expect(await code(manager, { caseId: silent, act: 'answer', text: '答复' })).toBe('answered')
      expect(await code(overseer, { caseId: silent, act: 'lapse' })).toBe('asker-has-time')
      portal.clock.moveTo(morning('2026-07-31'))
      expect(await code(overseer, { caseId: silent, act: 'lapse' })).toBe('lapsed')
    })

    it('keeps its digest when its text is hidden, and shows the reason', async () => {
      const { overseer, manager } = world
      const abusive = await askAbout('骂人的话')
      const { textDigest } = (await view(abusive)).events[0]!
      expect(await code(manager, { caseId: abusive, act: 'hide', text: '辱骂', target: 1 })).toBe(
        'not-permitted',
      )
      expect(await code(overseer, { caseId: abusive, act: 'hide', text: '辱骂', target: 7 })).toBe(
        'event-unknown',
      )
      expect(await code(overseer, { caseId: abusive, act: 'hide', text: '辱骂他人', target: 1 })).toBe(
        'asked',
      )
      const hidden = await view(abusive)
      expect(hidden).toMatchObject({ text: null, hiddenBecause: '辱骂他人' })
      expect(JSON.stringify(hidden)).not.toContain('骂人的话')
      expect(hidden.events[0]).toMatchObject({ isHidden: true, textDigest })
      expect(await code(overseer, { caseId: abusive, act: 'show', text: '复核后恢复', target: 1 })).toBe(
        'asked',
      )
      expect((await view(abusive)).text).toBe('骂人的话')
    })
  })

  describe('a request', () => {
    it('goes from listed to taken to replied to rated, each with who and by when', async () => {
      const { portal, owner, neighbour, residents, overseer } = world
      portal.clock.moveTo(morning('2026-08-03'))
      const caseId = await list(owner)
      expect(await code(neighbour, { caseId, act: 'support' })).toBe('listed')
      expect(await code(neighbour, { caseId, act: 'support' })).toBe('already-supported')
      expect(await code(owner, { caseId, act: 'support' })).toBe('own-case')
      expect(await code(overseer, { caseId, act: 'take' })).toBe('not-permitted')
      expect(await code(residents, { caseId, act: 'take' })).toBe('taken')
      expect(await view(caseId)).toMatchObject({ state: 'taken', dueOn: '2026-08-12', supports: 1 })
      expect(await code(residents, { caseId, act: 'reply', text: '灯换好了' })).toBe('replied')
      expect(await code(neighbour, { caseId, act: 'rate', stars: 1 })).toBe('not-your-case')
      expect(await code(owner, { caseId, act: 'rate', stars: 6 })).toBe('stars-malformed')
      expect(await code(owner, { caseId, act: 'reopen', text: '又灭了' })).toBe('taken')
      expect(await code(residents, { caseId, act: 'reply', text: '换了新灯' })).toBe('replied')
      expect(await code(owner, { caseId, act: 'rate', stars: 5 })).toBe('rated')
      expect(await view(caseId)).toMatchObject({ stars: 5, dueOn: null, place: '2栋门口' })
    })

    it('written down for somebody is rated by whoever brings their word, not by whoever replied', async () => {
      const { residents, manager } = world
      const caseId = await list(residents, { isOnBehalf: true })
      expect(await code(manager, { caseId, act: 'take' })).toBe('taken')
      expect(await code(manager, { caseId, act: 'reply', text: '好了' })).toBe('replied')
      expect(await code(manager, { caseId, act: 'rate', stars: 5 })).toBe('not-your-case')
      expect(await code(residents, { caseId, act: 'rate', stars: 4 })).toBe('rated')
      const own = await list(residents, { isOnBehalf: true })
      expect(await code(residents, { caseId: own, act: 'take' })).toBe('taken')
      expect(await code(residents, { caseId: own, act: 'reply', text: '好了' })).toBe('replied')
      expect(await code(residents, { caseId: own, act: 'rate', stars: 5 })).toBe('own-case')
    })

    it('kept private is nowhere to be found, and its photograph neither', async () => {
      const { portal, community, owner, neighbour, residents } = world
      const photo = await attachCaseDocument(portal, owner, community, { bytes: PHOTO })
      const { sha256 } = must(photo)
      const caseId = await list(owner, {
        isPrivate: true,
        text: '楼上漏水，我电话13812345678',
        documents: [sha256],
      })
      for (const reader of [null, neighbour]) {
        expect(await readCase(portal, community, reader, caseId)).toBeNull()
        expect(await readCaseDocument(portal, community, reader, { caseId, sha256 })).toBeNull()
      }
      expect(await code(neighbour, { caseId, act: 'rate', stars: 1 })).toBe('case-unknown')
      expect(await code(neighbour, { caseId, act: 'support' })).toBe('case-unknown')
      // Whatever is tried on it, in whatever state, the answer is that of an address that was never given out.
      const tries = [
        { act: 'take' },
        { act: 'reply', text: '?' },
        { act: 'hide', text: '?', target: 1 },
      ] as const
      for (const each of tries) {
        expect(await code(neighbour, { ...each, caseId })).toBe(
          await code(neighbour, { ...each, caseId: ID }),
        )
      }
      expect((await view(caseId, owner)).documents).toEqual([{ sha256, mediaType: 'image/png' }])
      expect((await view(caseId, residents)).text).toContain('13812345678')
      const listed = JSON.stringify([
        await readPublicCases(portal, community),
        (await readRequestMonth(portal, community, period('2026-08'))).cases,
        await readSimilar(portal, community, { kind: 'request', text: '楼上漏水', subject: null }),
      ])
      expect(listed).not.toContain(caseId)
      expect(listed).not.toContain('漏水')
      const leaves = await database.asOwner(`select convert_from(entry, 'UTF8') as leaf from tlog_entry`)
      expect(JSON.stringify(leaves)).not.toContain(caseId)
      expect(JSON.stringify(leaves)).not.toContain(sha256)
      expect(await code(residents, { caseId, act: 'take' })).toBe('taken')
    })

    it('is merged into one that says the same, withdrawn by its asker, and counted in its month', async () => {
      const { portal, community, owner, neighbour, residents } = world
      const first = await list(owner, { text: '电梯按钮坏了' })
      const second = await list(neighbour, { text: '电梯的按钮坏了' })
      expect(await code(residents, { caseId: second, act: 'merge', into: second })).toBe('other-case-unknown')
      expect(await code(residents, { caseId: second, act: 'merge', into: first })).toBe('merged')
      expect(await code(neighbour, { caseId: first, act: 'withdraw' })).toBe('not-your-case')
      expect(await code(owner, { caseId: first, act: 'withdraw' })).toBe('withdrawn')
      const { figures } = await readRequestMonth(portal, community, period('2026-08'))
      expect(figures).toMatchObject({ listed: 6, replied: 3, rated: 2, content: 2, medianDays: 0 })
      expect((await readOwnCases(portal, owner, community)).some(each => each.isPrivate)).toBe(true)
      expect(await findings()).toEqual([])
    })

    it('comes in tens a day from one person and no more', async () => {
      const { portal, community, neighbour } = world
      portal.clock.moveTo(morning('2026-08-10'))
      const codes: string[] = []
      for (let number = 0; number < 11; number++) {
        const listed = await listRequest(portal, neighbour, community, wish({ text: `第 ${number} 件` }))
        codes.push(listed.ok ? 'ok' : listed.error.code)
      }
      expect(codes).toEqual([...Array.from({ length: 10 }, () => 'ok'), 'too-many-cases'])
    })
  })

  it('takes forty documents a day from one person and no more', async () => {
    const { portal, community, managerAtHome } = world
    const upload = async (shade: number) => {
      const bytes = pngOf([pngChunk('PLTE', Uint8Array.from([shade, shade, shade]))])
      const kept = await attachCaseDocument(portal, managerAtHome, community, { bytes })
      return kept.ok ? 'ok' : kept.error.code
    }
    for (let shade = 1; shade <= 40; shade++) expect(await upload(shade)).toBe('ok')
    expect(await upload(41)).toBe('too-many-documents')
  })

  describe('what it is arranged by', () => {
    it('is set by who may, within limits', async () => {
      const { portal, community, owner, residents } = world
      const clocks = { answerDays: 3, takeDays: 2, replyDays: 10, judgeDays: 5 }
      expect(await setClocks(portal, owner, community, clocks)).toMatchObject({
        error: { code: 'not-permitted' },
      })
      expect(await setClocks(portal, residents, community, { ...clocks, takeDays: 0 })).toMatchObject({
        error: { code: 'days-malformed' },
      })
      must(await setClocks(portal, residents, community, clocks))
      expect(await readClocks(portal.db, community)).toEqual(clocks)
    })

    it('has spots whose requests keep them', async () => {
      const { portal, community, owner, residents } = world
      expect(await addSpot(portal, owner, community, { name: 'a', grid: '' })).toMatchObject({ ok: false })
      const { spotId } = must(
        await addSpot(portal, residents, community, { name: '3栋门口', grid: '第2网格' }),
      )
      expect(await readSpots(portal, community)).toMatchObject([{ spotId, name: '3栋门口' }])
      const caseId = await list(owner, { spotId })
      expect((await view(caseId)).spot).toBe('3栋门口')
      must(await removeSpot(portal, residents, community, spotId))
      expect(await readSpots(portal, community)).toEqual([])
      expect(await listRequest(portal, owner, community, wish({ spotId }))).toMatchObject({
        error: { code: 'spot-unknown' },
      })
    })
  })

  it('never reaches another community', async () => {
    const { portal, owner } = world
    const other = await openVoiceWorld(database, 'other')
    const caseId = await list(owner, { text: '只在这个小区' })
    expect(await readCase(portal, other.community, owner, caseId)).toBeNull()
    expect(await readCase(portal, other.community, other.residents, caseId)).toBeNull()
    const done = await actOnCase(portal, other.residents, other.community, { caseId, act: 'take' })
    expect(done).toMatchObject({ error: { code: 'case-unknown' } })
    const across = await actOnCase(portal, other.residents, world.community, { caseId, act: 'take' })
    expect(across).toMatchObject({ error: { code: 'not-permitted' } })
  })

  describe('whoever tampers', () => {
    it('may not as the application', async () => {
      for (const change of [
        `update voice_event set act = 'prove'`,
        'delete from voice_event',
        `update voice_case set opened_by = 'x'`,
      ]) {
        const { CompiledQuery } = await import('kysely')
        await expect(world.portal.db.executeQuery(CompiledQuery.raw(change))).rejects.toThrow(
          'permission denied',
        )
      }
      await expect(database.asOwner('delete from voice_event')).rejects.toThrow()
    })

    it.each([
      ['act-matches-log', `update voice_event set by_office = 'manager' where act = 'settle'`],
      ['text-matches-log', `update voice_text set value = '{"text":"x"}' where event_no = 2`],
      ['state-is-of-the-acts', `update voice_state set state = 'proved' where state = 'settled'`],
      ['course-is-lawful', `update voice_event set act = 'prove' where act = 'answer'`],
      ['clocks-match-log', `update voice_clock set answer_days = 60`],
    ])('is named by fsck: %s', async (invariant, change) => {
      expect(await findings()).toEqual([])
      const table = /update (\w+)/.exec(change)![1]!
      await database.asOwner(`create table kept as select * from ${table}`)
      await database.asOwner(`alter table ${table} disable trigger user`)
      await database.asOwner(change)
      expect((await findings()).map(finding => finding.invariant)).toContain(invariant)
      const keys: Readonly<Record<string, string>> = {
        voice_event: 'case_id, event_no',
        voice_text: 'case_id, event_no',
        voice_state: 'case_id',
        voice_clock: 'clock_no',
      }
      const columns: Readonly<Record<string, string>> = {
        voice_event: 'act = kept.act, by_office = kept.by_office',
        voice_text: 'value = kept.value',
        voice_state: 'state = kept.state',
        voice_clock: 'answer_days = kept.answer_days',
      }
      const same = keys[table]!.split(', ').map(key => `kept.${key} = ${table}.${key}`)
      await database.asOwner(`update ${table} set ${columns[table]} from kept where ${same.join(' and ')}`)
      await database.asOwner(`alter table ${table} enable trigger user`)
      await database.asOwner('drop table kept')
    })

    it('erases a text and leaves the log whole', async () => {
      await database.asOwner(`delete from voice_text where event_no = 1`)
      expect(await findings()).toEqual([])
      const [newest] = await readPublicCases(world.portal, world.community)
      expect(newest).toMatchObject({ text: null })
      expect(newest?.events[0]?.textDigest).toMatch(/^[0-9a-f]{64}$/)
    })
  })
})
