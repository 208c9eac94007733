/** From a slip of paper to an owner's account: once, for one person, and for nobody who may not issue it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { civilDate } from '#kernel'
import type { Actor } from '#people'
import {
  acceptInvite,
  acceptInviteAs,
  issueOwnerCode,
  readActor,
  readOpenInvitation,
  readPersonOf,
  readRegister,
  readUserOfPerson,
} from '#people/server'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { addActor, must, openRollWorld, type RollWorld, takeRoll } from './roll-world.ts'

describeOnOneDatabase('an owner’s code', open => {
  let database: TestDatabase
  let world: RollWorld
  let owners: readonly string[]

  beforeAll(async () => {
    database = await open()
    world = await openRollWorld(database)
    await takeRoll(world, [
      ['1栋', '1单元', '101', '89.50', '张三甲、李四乙', '', '', ''],
      ['1栋', '1单元', '102', '60.00', '王五丙', '', '', ''],
    ])
    const { units } = await readRegister(
      world.portal.db,
      world.community.communityId,
      civilDate('2026-07-01'),
    )
    owners = units.flatMap(unit => unit.owners)
  })

  const issue = (personId: string, actor: Actor = world.chair) =>
    issueOwnerCode(world.portal, actor, world.community, { personId })
  const accept = (code: string, login: string) =>
    acceptInvite(world.portal, { code, login, password: 'nine green bottles of plum wine' })
  const boundTo = (personId: string) =>
    readUserOfPerson(world.portal.db, world.community.communityId, personId)

  it('makes an account that is that person, without their name anywhere', async () => {
    const { portal, community } = world
    const { code, unitId } = must(await issue(owners[0]!))
    expect(unitId).toBe('1栋-1单元-101')
    expect(must(await readOpenInvitation(portal, code))).toMatchObject({ role: 'owner', displayName: unitId })
    const { userId, token } = must(await accept(code, 'owner-one'))
    expect(await readPersonOf(portal.db, community.communityId, userId)).toBe(owners[0])
    expect(await boundTo(owners[0]!)).toBe(userId)
    const actor = await readActor(portal, token)
    expect([actor?.displayName, actor?.roles]).toEqual([
      unitId,
      [{ communityId: community.communityId, role: 'owner' }],
    ])
    expect(await accept(code, 'owner-two')).toEqual({ ok: false, error: { code: 'invitation-used' } })
  })

  it('is void once a newer one was issued', async () => {
    const old = must(await issue(owners[1]!)).code
    world.portal.clock.advance(1000)
    const newer = must(await issue(owners[1]!)).code
    expect(await accept(old, 'owner-old')).toEqual({ ok: false, error: { code: 'invitation-replaced' } })
    const { userId } = must(await accept(newer, 'owner-new'))
    expect(await boundTo(owners[1]!)).toBe(userId)
  })

  it('replaces a lost account of the same person', async () => {
    const before = await boundTo(owners[0]!)
    world.portal.clock.advance(1000)
    const { userId } = must(await accept(must(await issue(owners[0]!)).code, 'owner-again'))
    expect(await boundTo(owners[0]!)).toBe(userId)
    expect(await readPersonOf(world.portal.db, world.community.communityId, before!)).toBeNull()
  })

  it('is added to an account that is nobody else, and to no other', async () => {
    const { portal, community } = world
    const officer = await addActor(world, community.communityId, 'committee_member')
    must(await acceptInviteAs(portal, officer, must(await issue(owners[2]!)).code))
    expect(await boundTo(owners[2]!)).toBe(officer.userId)
    world.portal.clock.advance(1000)
    const { code } = must(await issue(owners[1]!))
    expect(await acceptInviteAs(portal, officer, code)).toEqual({
      ok: false,
      error: { code: 'account-of-another-owner' },
    })
    expect((await readOpenInvitation(portal, code)).ok).toBe(true)
  })

  it('lapses after thirty days', async () => {
    world.portal.clock.advance(1000)
    const { code } = must(await issue(owners[1]!))
    world.portal.clock.advance(30 * 86_400_000)
    expect(await accept(code, 'owner-late')).toEqual({ ok: false, error: { code: 'invitation-expired' } })
  })

  it('is issued by those who may, for owners of today', async () => {
    const { sample, community } = world
    const { communityId } = community
    const teller = await addActor(world, communityId, 'teller')
    for (const actor of [teller, sample.manager, sample.overseer, sample.bookkeeper]) {
      expect(await issue(owners[0]!, actor)).toEqual({ ok: false, error: { code: 'not-permitted' } })
    }
    const residents = await addActor(world, communityId, 'residents_committee')
    expect((await issue(owners[0]!, residents)).ok).toBe(true)
    expect(await issue('nobody')).toEqual({ ok: false, error: { code: 'person-unknown' } })
    await takeRoll(world, [['1栋', '1单元', '102', '60.00', '赵六丁', '', '', '']], { on: '2026-07-01' })
    expect(await issue(owners[2]!)).toEqual({ ok: false, error: { code: 'person-owns-nothing' } })
  })

  it('is kept as a digest only', async () => {
    const { code } = must(await issue(owners[0]!))
    const columns = await database.asOwner(`select table_name, column_name from information_schema.columns
      where table_schema = 'public' and data_type = 'text'`)
    for (const { table_name: table, column_name: column } of columns) {
      const rows = await database.asOwner(
        `select 1 from "${table}" where position('${code}' in "${column}") > 0 limit 1`,
      )
      expect([table, column, rows.length]).toEqual([table, column, 0])
    }
  })
})

describe('the person of a stranger', () => {
  it('is null', async () => {
    const { openTestDatabase } = await import('../support/database.ts')
    const database = await openTestDatabase('embedded')
    const { portal, community, chair } = await openRollWorld(database)
    expect(await readPersonOf(portal.db, community.communityId, chair.userId)).toBeNull()
    expect(await readUserOfPerson(portal.db, community.communityId, 'nobody')).toBeNull()
    await database.close()
  })
})
