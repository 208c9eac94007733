/** What the clock tells of overdue cases: the seat that has to act, once for each day that was set, and nobody else. */
import { beforeAll, expect, it } from 'vitest'
import { civilDate, instantOf } from '#kernel'
import { actOnCase, askChallenge, listRequest, tellOverdue, tendVoice } from '#voice/server'
import { messageWords } from '../../app/cli/message-words.ts'
import { must } from '../ledger/office.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { openVoiceWorld, type VoiceWorld } from './world.ts'

const morning = (day: string) => instantOf(civilDate(day), 9 * 3600)

describeOnOneDatabase('an overdue case', open => {
  let database: TestDatabase
  let world: VoiceWorld
  let challenge: string
  const told = async () =>
    database.asOwner(
      `select kind, login, subject_key from message join portal_user using (user_id)
        where kind like '%-overdue' order by enqueued_at, kind, login`,
    )
  const kinds = async () => (await told()).map(row => `${row.kind} ${row.login}`)

  beforeAll(async () => {
    database = await open()
    world = await openVoiceWorld(database)
    const { portal, community, owner, voucher } = world
    portal.clock.moveTo(morning('2026-07-01'))
    const subject = { kind: 'voucher', key: voucher } as const
    challenge = must(await askChallenge(portal, owner, community, { subject, text: '为什么' })).caseId
    const request = { category: 'repair', text: '灯坏了', place: '', spotId: null, documents: [] }
    const flags = { isPrivate: true, isOnBehalf: false }
    must(await listRequest(portal, owner, community, { ...request, ...flags }))
  })

  it('tells nobody while there is time: the due day itself is in time', async () => {
    const { portal, community } = world
    expect(await tellOverdue(portal, community)).toBe(0)
    portal.clock.moveTo(morning('2026-07-02'))
    expect(await tellOverdue(portal, community)).toBe(0)
  })

  it('tells those who handle requests of a request, by its kind and no word of it', async () => {
    const { portal, community } = world
    portal.clock.moveTo(morning('2026-07-03'))
    expect(await tellOverdue(portal, community)).toBe(2)
    expect(await kinds()).toEqual(['request-overdue sample-jingli', 'request-overdue sample-jingli2'])
    const values = await database.asOwner(`select message_values from message where kind = 'request-overdue'`)
    expect(values.map(row => row.message_values)).toEqual(Array(2).fill('{"subject":"repair"}'))
    expect(await tellOverdue(portal, community)).toBe(0)
  })

  it('tells the seat of a challenge once, and again when a further day has passed', async () => {
    const { portal, community, overseer } = world
    portal.clock.moveTo(morning('2026-07-09'))
    await tendVoice(portal, community)
    await tendVoice(portal, community)
    const first = (await kinds()).filter(each => each.startsWith('challenge'))
    expect(first.length).toBeGreaterThan(0)
    expect(first.every(each => /-(jingli2?|kuaiji|fuhe)$/.test(each))).toBe(true)
    const order = { caseId: challenge, act: 'order', text: '请答', dueOn: '2026-07-13' } as const
    must(await actOnCase(portal, overseer, community, order))
    expect(await tellOverdue(portal, community)).toBe(0)
    portal.clock.moveTo(morning('2026-07-14'))
    expect(await tellOverdue(portal, community)).toBe(first.length)
  })

  it('is told in words', () => {
    const message = { community: '清和苑', subject: 'repair' }
    expect(messageWords([{ ...message, kind: 'request-overdue' }])).toContain('列单超期没有办：维修')
    expect(messageWords([{ ...message, kind: 'service-rendered' }])).toContain('（维修）已经回单')
    expect(messageWords([{ ...message, kind: 'challenge-overdue', subject: '2026-0412' }])).toContain(
      '质询超期没有答复：2026-0412',
    )
  })
})
