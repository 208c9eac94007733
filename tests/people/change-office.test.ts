import { expect, it } from 'vitest'
import { civilDate } from '#kernel'
import type { Actor, Role } from '#people'
import {
  acceptInvite,
  addUser,
  decideRoleChange,
  type ProposedChange,
  proposeRoleChange,
  readActor,
  readOfficeBoard,
  readRoleChanges,
  signIn,
} from '#people/server'
import { enterTestCommunity } from '../support/communities.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'
import { passSecondFactor } from '../support/second-factor.ts'

const PASSWORD = 'seven quiet lifts at noon'

describeOnOneDatabase('a change of office', open => {
  let opened: Promise<TestDatabase> | null = null
  let started = 0

  async function start() {
    opened ??= open()
    started += 1
    const portal = openTestPortal(await opened, { seed: `change ${started}` })
    const communityId = await enterTestCommunity(portal.db, `demo-${started}`)
    const enter = async (role: Role, name: string, until: string | null = null) => {
      const login = `${name}${started}`
      const added = await addUser(portal, { login, password: PASSWORD, displayName: name }, [
        { communityId, role, from: civilDate('2026-01-01'), until: until === null ? null : civilDate(until) },
      ])
      if (!added.ok) throw new Error(added.error.code)
      const signedIn = await signIn(portal, { login, password: PASSWORD, address: '203.0.113.7' })
      const token = await passSecondFactor(portal, signedIn.ok ? signedIn.value.token : '')
      return { token, actor: (await readActor(portal, token))! }
    }
    const propose = async (actor: Actor, change: ProposedChange) => {
      const done = await proposeRoleChange(portal, actor, communityId, change)
      return done.ok ? done.value : done.error.code
    }
    const decide = (actor: Actor, changeId: string, decision: 'confirmed' | 'refused' | 'withdrawn') =>
      decideRoleChange(portal, actor, communityId, changeId, decision)
    const codeOf = async (deciding: ReturnType<typeof decide>) => {
      const done = await deciding
      return done.ok ? 'done' : done.error.code
    }
    return { portal, communityId, enter, propose, decide, codeOf }
  }

  const appointment = {
    kind: 'appoint',
    role: 'committee_treasurer',
    displayName: ' 王芳 ',
    from: civilDate('2026-07-01'),
    until: civilDate('2027-06-30'),
    isDeputy: true,
    reason: '换届',
  } as const

  it('invites somebody only after a second officer of the same side confirmed it', async () => {
    const { portal, communityId, enter, propose, decide, codeOf } = await start()
    const chair = await enter('committee_chair', 'chair')
    const member = await enter('committee_member', 'member')
    const manager = await enter('manager', 'manager')
    const changeId = await propose(chair.actor, appointment)
    const invitations = () =>
      portal.db.selectFrom('invitation').select('role').where('community_id', '=', communityId).execute()
    expect(await codeOf(decide(chair.actor, changeId, 'confirmed'))).toBe('same-person')
    expect(await codeOf(decide(manager.actor, changeId, 'confirmed'))).toBe('not-permitted')
    expect(await codeOf(decide(member.actor, changeId, 'withdrawn'))).toBe('not-permitted')
    expect(await codeOf(decide(member.actor, 'x', 'confirmed'))).toBe('change-unknown')
    expect(await invitations()).toEqual([])
    const confirmed = await decide(member.actor, changeId, 'confirmed')
    const code = confirmed.ok && confirmed.value !== null ? confirmed.value.code : ''
    expect(await invitations()).toHaveLength(1)
    expect(await codeOf(decide(member.actor, changeId, 'confirmed'))).toBe('change-decided')
    const login = `wang.fang${started}`
    const accepted = await acceptInvite(portal, { code, login, password: PASSWORD })
    expect(accepted.ok).toBe(true)
    const board = await readOfficeBoard(portal, communityId)
    expect(board.find(state => state.role === 'committee_treasurer')).toMatchObject({
      isVacant: true,
      holders: [{ displayName: '王芳', from: '2026-07-01', until: '2027-06-30', isDeputy: true }],
    })
    expect(await readRoleChanges(portal, chair.actor, communityId)).toMatchObject([
      { decision: 'confirmed', proposedBy: 'chair', decidedBy: 'member', mayDecide: false },
    ])
    const audit = await portal.db
      .selectFrom('audit_event')
      .select(['act', 'actor_user_id'])
      .where('community_id', '=', communityId)
      .where('subject', '=', changeId)
      .orderBy('recorded_at')
      .execute()
    expect(audit).toEqual([
      { act: 'propose-role-change', actor_user_id: chair.actor.userId },
      { act: 'decide-role-change', actor_user_id: member.actor.userId },
    ])
  })

  it('is not proposed for the other side, nor by those who may not, nor without sense', async () => {
    const { enter, propose } = await start()
    const chair = await enter('committee_chair', 'chair')
    const member = await enter('committee_member', 'member')
    const holder = { userId: member.actor.userId, reason: '换届' }
    expect(await propose(chair.actor, { ...appointment, role: 'manager' })).toBe('not-permitted')
    expect(await propose(member.actor, appointment)).toBe('not-permitted')
    expect(await propose(chair.actor, { ...appointment, reason: ' ' })).toBe('reason-missing')
    expect(await propose(chair.actor, { ...appointment, displayName: ' ' })).toBe('name-missing')
    expect(await propose(chair.actor, { ...appointment, until: civilDate('2026-06-30') })).toBe(
      'term-malformed',
    )
    const end = {
      kind: 'end',
      role: 'committee_member',
      lastDay: civilDate('2026-07-01'),
      ...holder,
    } as const
    expect(await propose(chair.actor, { ...end, lastDay: civilDate('2026-06-29') })).toBe('term-malformed')
    expect(await propose(chair.actor, { ...end, role: 'committee_treasurer' })).toBe('holder-unknown')
    expect(await propose(chair.actor, { ...end, userId: 'x' })).toBe('holder-unknown')
  })

  it('ends an office at midnight after its last day, and the key with it', async () => {
    const { portal, communityId, enter, propose, decide, codeOf } = await start()
    const chair = await enter('committee_chair', 'chair')
    const member = await enter('committee_member', 'member')
    const treasurer = await enter('committee_treasurer', 'treasurer')
    const changeId = await propose(chair.actor, {
      kind: 'end',
      role: 'committee_treasurer',
      userId: treasurer.actor.userId,
      lastDay: civilDate('2026-07-01'),
      reason: '辞职',
    })
    expect(await codeOf(decide(treasurer.actor, changeId, 'confirmed'))).toBe('same-person')
    expect(await codeOf(decide(member.actor, changeId, 'confirmed'))).toBe('done')
    // A session that is begun in the evening stays open over midnight; the office in it does not.
    portal.clock.moveTo(new Date('2026-07-01T23:50:00+08:00'))
    const evening = await signIn(portal, {
      login: `treasurer${started}`,
      password: PASSWORD,
      address: '203.0.113.7',
    })
    const token = await passSecondFactor(portal, evening.ok ? evening.value.token : '')
    const rolesAt = async (instant: string) => {
      portal.clock.moveTo(new Date(instant))
      return (await readActor(portal, token))?.roles.length
    }
    expect(await rolesAt('2026-07-01T23:59:59+08:00')).toBe(1)
    expect(await rolesAt('2026-07-02T00:00:00+08:00')).toBe(0)
    const board = await readOfficeBoard(portal, communityId)
    expect(board.find(state => state.role === 'committee_treasurer')).toMatchObject({
      holders: [],
      isVacant: true,
      vacantSince: '2026-07-02',
    })
  })

  it('that is decided late ends the office at once', async () => {
    const { portal, enter, propose, decide, codeOf } = await start()
    const manager = await enter('manager', 'manager')
    const bookkeeper = await enter('bookkeeper', 'bookkeeper')
    const leaving = await enter('bookkeeper', 'leaving')
    const changeId = await propose(manager.actor, {
      kind: 'end',
      role: 'bookkeeper',
      userId: leaving.actor.userId,
      lastDay: civilDate('2026-06-30'),
      reason: '离职',
    })
    expect((await readActor(portal, leaving.token))?.roles).toHaveLength(1)
    expect(await codeOf(decide(bookkeeper.actor, changeId, 'confirmed'))).toBe('done')
    expect((await readActor(portal, leaving.token))?.roles).toEqual([])
  })

  it('takes the keys of somebody who lost them, and their sessions, so that they begin anew', async () => {
    const { portal, enter, propose, decide, codeOf } = await start()
    const manager = await enter('manager', 'manager')
    const bookkeeper = await enter('bookkeeper', 'bookkeeper')
    const lost = await enter('bookkeeper', 'lost')
    const reset = {
      kind: 'reset-factors',
      role: 'bookkeeper',
      userId: lost.actor.userId,
      reason: '手机丢了',
    } as const
    const withdrawn = await propose(manager.actor, reset)
    expect(await codeOf(decide(manager.actor, withdrawn, 'withdrawn'))).toBe('done')
    const refused = await propose(manager.actor, reset)
    expect(await codeOf(decide(bookkeeper.actor, refused, 'refused'))).toBe('done')
    expect(await readActor(portal, lost.token)).not.toBeNull()
    const changeId = await propose(manager.actor, reset)
    expect(await codeOf(decide(bookkeeper.actor, changeId, 'confirmed'))).toBe('done')
    expect(await readActor(portal, lost.token)).toBeNull()
    const again = await signIn(portal, {
      login: `lost${started}`,
      password: PASSWORD,
      address: '203.0.113.7',
    })
    expect(await readActor(portal, again.ok ? again.value.token : '')).toMatchObject({ awaits: 'enrolment' })
  })

  it('is decided once, when two decide at once', async () => {
    const { portal, communityId, enter, propose, decide, codeOf } = await start()
    const chair = await enter('committee_chair', 'chair')
    const members = [await enter('committee_member', 'one'), await enter('committee_member', 'two')]
    const changeId = await propose(chair.actor, appointment)
    const outcomes = await Promise.all(
      members.map(({ actor }) => codeOf(decide(actor, changeId, 'confirmed'))),
    )
    expect(outcomes.sort()).toEqual(['change-decided', 'done'])
    const invitations = await portal.db
      .selectFrom('invitation')
      .select('role')
      .where('community_id', '=', communityId)
      .execute()
    expect(invitations).toHaveLength(1)
  })

  it('reaches no other community, and cannot be rewritten', async () => {
    const { portal, communityId, enter, propose, codeOf } = await start()
    const chair = await enter('committee_chair', 'chair')
    const member = await enter('committee_member', 'member')
    const changeId = await propose(chair.actor, appointment)
    const elsewhere = await enterTestCommunity(portal.db, `elsewhere-${started}`)
    expect(await codeOf(decideRoleChange(portal, member.actor, elsewhere, changeId, 'confirmed'))).toBe(
      'change-unknown',
    )
    expect(await readRoleChanges(portal, member.actor, elsewhere)).toBeNull()
    const database = await opened!
    await expect(
      database.asOwner(`update role_change set role = 'manager' where community_id = ${communityId}`),
    ).rejects.toThrow('never changed')
  })
})
