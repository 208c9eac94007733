/** What the seats are told: a meeting called, moved, near or called off, minutes that wait, an item overdue; each once, and nobody else. */
import { beforeAll, expect, it } from 'vitest'
import { circulateMinutes, postNotice, readMeeting, tendCouncil } from '#council/server'
import { describeOnOneDatabase } from '../support/database.ts'
import {
  type CouncilWorld,
  callMeeting,
  dayAt,
  HELD,
  must,
  openCouncilWorld,
  writeSections,
} from './council-world.ts'

describeOnOneDatabase('what seats are told', open => {
  let world: CouncilWorld
  let meetingId = ''
  const told = async (kind: string) =>
    (await world.database.asOwner(`select user_id from message where kind = '${kind}' order by user_id`)).map(
      row => row.user_id,
    )
  const everySeat = () =>
    [world.branch, world.residents, world.chair, world.manager].map(actor => actor.userId).sort()
  const repost = async (change: { cancelledBecause?: string; place?: string }) => {
    const { notice } = (await readMeeting(world.portal, world.community, meetingId))!
    const input = { ...notice, startsAt: HELD, endsAt: new Date(notice.endsAt), cancelledBecause: null }
    const replaces = { meetingId, version: notice.version }
    await must(postNotice(world.portal, world.residents, world.community, { ...input, ...change }, replaces))
  }

  beforeAll(async () => {
    world = await openCouncilWorld(await open())
    meetingId = (await callMeeting(world)).meetingId
  })

  it('a meeting: when it is called, once more within a day of it, and anew when its notice changes', async () => {
    const { portal, community } = world
    expect(await told('meeting-called')).toEqual(everySeat())
    await tendCouncil(portal, community)
    expect(await told('meeting-near')).toEqual([])
    portal.clock.moveTo(new Date(HELD.getTime() - 80_000_000))
    for (const _ of [1, 2]) await tendCouncil(portal, community)
    expect(await told('meeting-near')).toEqual(everySeat())
    await repost({ place: '二楼' })
    await tendCouncil(portal, community)
    expect(await told('meeting-near')).toHaveLength(8)
    expect(await told('meeting-called')).toHaveLength(8)
  })

  it('minutes that wait for their word', async () => {
    const { portal, community, residents } = world
    await writeSections(world, meetingId)
    portal.clock.moveTo(new Date(HELD.getTime() + 7_200_000))
    await must(circulateMinutes(portal, residents, community, { meetingId, reason: '' }))
    expect(await told('minutes-waiting')).toEqual(everySeat())
    portal.clock.moveTo(dayAt('2026-07-30'))
    await tendCouncil(portal, community)
    // The minutes are not published: nobody owes what they say yet.
    expect(await told('action-overdue')).toEqual([])
  })

  it('a meeting that is called off, and no reminder of it', async () => {
    const { portal, community } = world
    portal.clock.moveTo(new Date(HELD.getTime() - 3 * 86_400_000))
    meetingId = (await callMeeting(world, { title: '另一次' })).meetingId
    await repost({ cancelledBecause: '下雨' })
    expect(await told('meeting-cancelled')).toEqual(everySeat())
    const before = await told('meeting-near')
    portal.clock.moveTo(new Date(HELD.getTime() - 1_000))
    await tendCouncil(portal, community)
    expect(await told('meeting-near')).toEqual(before)
  })
})
