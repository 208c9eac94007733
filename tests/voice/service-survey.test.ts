/** The survey after a service through the doors of the room: who is asked, once, what is published when, and what fsck names. */
import { beforeAll, expect, it } from 'vitest'
import { civilDate, instantOf } from '#kernel'
import type { Actor, Role } from '#people'
import {
  actOnCase,
  answerService,
  checkVoice,
  listRequest,
  publishServiceRound,
  readServiceQuestion,
  readServiceRounds,
  readServiceSentences,
  tendVoice,
} from '#voice/server'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { unit } from '../votes/polls.ts'
import { freshVillage, must, refusalOf, type Village } from '../votes/village.ts'

const UNITS = [
  ...Array.from({ length: 8 }, (_, index) =>
    index === 1
      ? unit('U2', { owners: ['P-U2', 'P-wife'] })
      : unit(`U${index + 1}`, index === 2 ? { owners: ['P-U2'] } : {}),
  ),
  unit('B1', { kind: 'parking', owners: ['P-park'] }),
]
const morning = (day: string) => instantOf(civilDate(day), 9 * 3600)
const GOOD = { speed: 4, result: 5, manner: 5 }

describeOnEachDatabase('the survey after a service', open => {
  let database: TestDatabase
  let village: Village
  let manager: Actor
  let lamp: string
  const as = (name: string, role: Role): Actor => ({
    userId: `user-${name}`,
    displayName: name,
    roles: [{ communityId: village.community.communityId, role }],
    sessionId: name,
  })
  const list = async (who: Actor, changes: object = {}) =>
    must(
      await listRequest(village.portal, who, village.community, {
        category: 'repair',
        text: '灯坏了',
        place: '',
        spotId: null,
        isPrivate: false,
        isOnBehalf: false,
        documents: [],
        ...changes,
      }),
    ).caseId
  const act = async (who: Actor, caseId: string, name: 'take' | 'reply' | 'support' | 'reopen' | 'rate') =>
    must(
      await actOnCase(village.portal, who, village.community, {
        caseId,
        act: name,
        text: '好',
        ...(name === 'rate' ? { stars: 1 } : {}),
      }),
    )
  const render = async (caseId: string) => {
    await act(manager, caseId, 'take')
    await act(manager, caseId, 'reply')
  }
  const answer = (who: Actor, caseId: string, scores: Record<string, number> = GOOD, sentence = '') =>
    answerService(village.portal, who, village.community, { caseId, scores, sentence })
  const homesFor = async (who: Actor, caseId: string) =>
    (await readServiceQuestion(village.portal, who, village.community, caseId))?.homes ?? null
  const names = async () =>
    (await checkVoice(village.portal, village.community)).findings.map(finding => finding.invariant)

  beforeAll(async () => {
    database = await open()
    village = await freshVillage(database, UNITS)
    manager = as('manager', 'manager')
    village.portal.clock.moveTo(morning('2026-03-02'))
  })

  it('asks the home of the asker and of whoever said "me too", and nobody before there is a reply', async () => {
    const { owner } = village
    lamp = await list(owner('P-U1'))
    for (const person of ['P-U2', 'P-wife', 'P-park']) await act(owner(person), lamp, 'support')
    expect(await homesFor(owner('P-U1'), lamp)).toBeNull()
    expect(refusalOf(await answer(owner('P-U1'), lamp)).code).toBe('service-unknown')
    await render(lamp)
    expect(await homesFor(owner('P-U1'), lamp)).toEqual(['U1'])
    // Two flats of one owner are one voice, and so is a couple; a parking space is no home.
    expect(await homesFor(owner('P-U2'), lamp)).toEqual(['U2'])
    expect(await homesFor(owner('P-wife'), lamp)).toEqual(['U2'])
    for (const stranger of [owner('P-park'), owner('P-U4'), as('nobody', 'owner')]) {
      expect(await homesFor(stranger, lamp)).toBeNull()
      expect(refusalOf(await answer(stranger, lamp)).code).toBe('service-unknown')
    }
    expect(refusalOf(await answer(manager, lamp)).code).toBe('not-permitted')
    expect(await homesFor(manager, lamp)).toBeNull()
  })

  it('takes one answer a home, and covers numbers in the sentence', async () => {
    const { owner } = village
    expect(refusalOf(await answer(owner('P-U2'), lamp, { ...GOOD, speed: 6 })).code).toBe('scores-malformed')
    expect(refusalOf(await answer(owner('P-U2'), lamp, GOOD, '长'.repeat(201))).code).toBe('text-too-long')
    must(await answer(owner('P-U2'), lamp, GOOD, '师傅很好，电话 13812345678'))
    expect(refusalOf(await answer(owner('P-wife'), lamp)).code).toBe('already-answered')
    must(await answer(owner('P-U1'), lamp))
    const kept = await database.asOwner('select value from service_sentence')
    expect(kept.map(row => row.value)).toEqual(['师傅很好，电话 ****'])
  })

  it('tells nobody but its asker of a private request', async () => {
    const { owner } = village
    const secret = await list(owner('P-wife'), { isPrivate: true, category: 'neighbours' })
    await render(secret)
    expect(await homesFor(owner('P-U2'), secret)).toBeNull()
    must(await answer(owner('P-wife'), secret))
  })

  it('keeps nothing that leads from an answer to a home or a request', async () => {
    const columns = await database.asOwner(
      `select column_name from information_schema.columns where table_name = 'service_answer' order by 1`,
    )
    expect(columns.map(row => row.column_name)).toEqual([
      'answer_id',
      'category',
      'community_id',
      'period',
      'scores',
    ])
  })

  it('closes fourteen days after the reply, and begins again with a further one', async () => {
    const { owner, portal } = village
    const late = await list(owner('P-U4'))
    await render(late)
    portal.clock.moveTo(morning('2026-03-17'))
    expect(refusalOf(await answer(owner('P-U4'), late)).code).toBe('survey-closed')
    await act(owner('P-U4'), late, 'reopen')
    expect(await homesFor(owner('P-U4'), late)).toBeNull()
    await act(manager, late, 'reply')
    await act(owner('P-U4'), late, 'rate')
    must(await answer(owner('P-U4'), late))
  })

  it('publishes nothing before a month is settled, nor while too few have answered: the round goes on', async () => {
    const { portal, community, owner, chair } = village
    expect(await publishServiceRound(portal, community)).toBe(false)
    portal.clock.moveTo(morning('2026-04-15'))
    expect(await publishServiceRound(portal, community)).toBe(false)
    const last = await list(owner('P-U5'), { category: 'cleaning' })
    await act(owner('P-U6'), last, 'support')
    await render(last)
    must(await answer(owner('P-U5'), last, { speed: 1, result: 1, manner: 1 }))
    portal.clock.moveTo(morning('2026-05-14'))
    expect(await publishServiceRound(portal, community)).toBe(false)
    expect(await readServiceSentences(portal, chair, community)).toEqual([])
    portal.clock.moveTo(morning('2026-05-15'))
    await tendVoice(portal, community)
    expect(await publishServiceRound(portal, community)).toBe(false)
    const rounds = await readServiceRounds(portal, community)
    expect(rounds.map(round => round.figures)).toMatchObject([
      {
        from: '2026-03',
        through: '2026-04',
        asked: 6,
        answered: 5,
        aspects: { result: { counted: 5, content: 4 } },
      },
    ])
    expect(rounds[0]!.figures.categories.map(each => each.count)).toEqual([null, null, null])
    expect((await readServiceSentences(portal, chair, community))!.map(each => each.text)).toEqual([
      '师傅很好，电话 ****',
    ])
    expect(await readServiceSentences(portal, manager, community)).toBeNull()
    expect(await names()).toEqual([])
  })

  it('forgets sentences after a year, and nothing else', async () => {
    const { portal, community } = village
    portal.clock.moveTo(morning('2027-05-20'))
    await tendVoice(portal, community)
    expect(await database.asOwner('select value from service_sentence')).toEqual([])
    expect(await names()).toEqual([])
  })

  it('takes nothing into a published month, in the database itself, and fsck names what was pushed in', async () => {
    const push = `insert into service_answer select community_id, 'late', '2026-03', 'repair',
      '{"manner":5,"result":5,"speed":5}' from service_round`
    await expect(database.asOwner(push)).rejects.toThrow('are published')
    await database.asOwner('alter table service_answer disable trigger user')
    await database.asOwner(push)
    expect(await names()).toEqual(['service-has-one-answer-per-home', 'service-matches-log'])
    await database.asOwner(`delete from service_answer where answer_id = 'late'`)
    expect(await names()).toEqual([])
    await database.asOwner('alter table service_round disable trigger user')
    await database.asOwner(
      `update service_round set result = convert_to(replace(convert_from(result, 'UTF8'), '"asked":6', '"asked":5'), 'UTF8')`,
    )
    expect(await names()).toEqual(['service-matches-log'])
  })
})
