/** The levels above communities: what may lie in what, and an overseer of a level sees what is below it, as long as the term runs. */
import { beforeAll, describe, expect, it } from 'vitest'
import { type CivilDate, civilDate } from '#kernel'
import {
  can,
  gridOf,
  isJurisdictionLevel,
  JURISDICTION_LEVELS,
  type Jurisdiction,
  type MicroGrid,
  overseenBy,
  parseGridPlace,
} from '#people'
import {
  acceptInvite,
  addJurisdiction,
  addUser,
  appointLevelOverseer,
  endLevelOverseer,
  inviteLevelOverseer,
  placeCommunity,
  readActor,
  readJurisdictions,
  readLevelsAbove,
  readMicroGrids,
  readOpenInvitation,
  setMicroGrid,
  signIn,
  startPathOf,
} from '#people/server'
import { levelAbove, pathTo } from '../../app/people/jurisdiction.ts'
import { enterTestCommunity } from '../support/communities.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

const TREE: readonly Jurisdiction[] = [
  { code: 'wuhou', level: 'district', name: '武侯区', nameEn: 'Wuhou', parent: null },
  { code: 'yulin', level: 'subdistrict', name: '玉林街道', nameEn: 'Yulin', parent: 'wuhou' },
  { code: 'qinghe', level: 'neighbourhood', name: '清和社区', nameEn: 'Qinghe', parent: 'yulin' },
  { code: 'dongmen', level: 'neighbourhood', name: '东门社区', nameEn: 'Dongmen', parent: 'yulin' },
]

describe('levels', () => {
  it('lie in the level above, and a district in none', () => {
    expect(JURISDICTION_LEVELS.map(levelAbove)).toEqual([null, 'district', 'subdistrict'])
    expect(['district', 'province', ''].map(isJurisdictionLevel)).toEqual([true, false, false])
  })

  it('give the way down to a place, and none to a stranger', () => {
    expect(pathTo(TREE, 'qinghe').map(each => each.code)).toEqual(['wuhou', 'yulin', 'qinghe'])
    expect(pathTo(TREE, 'nowhere')).toEqual([])
  })

  it('give the grid of an entrance before the grid of its building', () => {
    const grids: MicroGrid[] = [
      { gridId: 'G1', name: 'one', places: [{ building: '1栋', entrance: '' }] },
      { gridId: 'G2', name: 'two', places: [{ building: '1栋', entrance: '2单元' }] },
    ]
    expect(['1单元', '2单元'].map(entrance => gridOf(grids, '1栋', entrance)?.gridId)).toEqual(['G1', 'G2'])
    expect(gridOf(grids, '2栋', '1单元')).toBeNull()
    expect(['3栋', ' 3栋/2单元 ', '', '/', 'a/b/c'].map(parseGridPlace)).toEqual([
      { building: '3栋', entrance: '' },
      { building: '3栋', entrance: '2单元' },
      null,
      null,
      null,
    ])
  })
})

describeOnOneDatabase('overseers of a level', open => {
  let database: TestDatabase
  let portal: TestPortal
  let first: number
  let second: number
  let outside: number
  const TODAY = civilDate('2026-07-01')
  const password = 'a long pass phrase of the street'
  const term = { code: 'yulin', title: '街道物业科', from: TODAY, until: null }
  const rolesOf = async (token: string) => (await readActor(portal, token))?.roles ?? null

  beforeAll(async () => {
    database = await open()
    portal = openTestPortal(database)
    first = await enterTestCommunity(portal.db, 'first')
    second = await enterTestCommunity(portal.db, 'second')
    outside = await enterTestCommunity(portal.db, 'outside')
    for (const each of TREE) expect(await addJurisdiction(portal, each)).toEqual({ ok: true })
  })

  it('refuse a tree that does not hold together, in words and in the database', async () => {
    const add = async (change: Partial<Jurisdiction>) => {
      const done = await addJurisdiction(portal, { ...TREE[1]!, code: 'other', ...change })
      return done.ok ? 'ok' : done.error.code
    }
    expect(await add({ code: 'A b' })).toBe('code-malformed')
    expect(await add({ code: 'wuhou', level: 'district', parent: null })).toBe('code-taken')
    expect(await add({ name: ' ' })).toBe('name-missing')
    expect(await add({ parent: null })).toBe('parent-unfit')
    expect(await add({ parent: 'qinghe' })).toBe('parent-unfit')
    expect(await add({ level: 'district' })).toBe('parent-unfit')
    await expect(
      database.asOwner(`insert into jurisdiction values
        ('bad', 'neighbourhood', 'x', 'x', 'wuhou', 'district', now())`),
    ).rejects.toThrow(/check constraint/)
    await expect(
      database.asOwner(`insert into jurisdiction values
        ('bad', 'neighbourhood', 'x', 'x', 'wuhou', 'subdistrict', now())`),
    ).rejects.toThrow(/foreign key/)
  })

  it('have nothing to oversee before a community lies below, and see each one that does', async () => {
    const nothing = await inviteLevelOverseer(portal, { ...term, displayName: '黄科长' })
    expect(nothing).toMatchObject({ ok: false, error: { code: 'jurisdiction-empty' } })
    expect(await placeCommunity(portal, first, 'yulin')).toMatchObject({
      error: { code: 'not-a-neighbourhood' },
    })
    expect(await placeCommunity(portal, first, 'none')).toMatchObject({
      error: { code: 'jurisdiction-unknown' },
    })
    await placeCommunity(portal, first, 'qinghe')
    const invited = await inviteLevelOverseer(portal, { ...term, displayName: '黄科长' })
    if (!invited.ok) throw new Error(invited.error.code)
    const open = await readOpenInvitation(portal, invited.value.code)
    expect(open).toMatchObject({ value: { role: 'district_overseer', communitySlug: 'first' } })
    const accepted = await acceptInvite(portal, { code: invited.value.code, login: 'huangke', password })
    if (!accepted.ok) throw new Error(accepted.error.code)
    // Without a second factor there is no office at all.
    expect(await rolesOf(accepted.value.token)).toEqual([])
    await database.asOwner(`update user_session set second_factor_at = now()`)
    expect(await rolesOf(accepted.value.token)).toEqual([{ communityId: first, role: 'district_overseer' }])
    await placeCommunity(portal, second, 'dongmen')
    const actor = await readActor(portal, accepted.value.token)
    expect(overseenBy(actor)).toEqual([first, second])
    expect(await startPathOf(portal, actor!)).toBe('/oversight')
    expect([first, second, outside].map(id => can(actor, 'community:read-full', id))).toEqual([
      true,
      true,
      false,
    ])
    expect(can(actor, 'roll:read', first)).toBe(false)
    const { path, overseers } = await readLevelsAbove(portal, first)
    expect(path.map(each => each.code)).toEqual(['wuhou', 'yulin', 'qinghe'])
    expect(overseers).toMatchObject([{ displayName: '黄科长', title: '街道物业科', jurisdiction: 'yulin' }])
    expect((await readLevelsAbove(portal, outside)).path).toEqual([])
    expect((await readJurisdictions(portal)).find(each => each.code === 'qinghe')?.communities).toEqual([
      'first',
    ])
  })

  it('lose all of it the day after their last day', async () => {
    const added = await addUser(portal, { login: 'luzhuren', displayName: '鲁主任', password }, [])
    if (!added.ok) throw new Error(added.error.code)
    const appoint = (change: { code?: string; title?: string; login?: string; until?: CivilDate | null }) =>
      appointLevelOverseer(portal, { ...term, code: 'qinghe', login: 'luzhuren', ...change })
    expect(await appoint({ login: 'nobody' })).toMatchObject({ error: { code: 'login-unknown' } })
    expect(await appoint({ title: '' })).toMatchObject({ error: { code: 'name-missing' } })
    expect(await appoint({ until: civilDate('2026-06-30') })).toMatchObject({
      error: { code: 'term-malformed' },
    })
    expect(await appoint({})).toEqual({ ok: true })
    const signed = await signIn(portal, { login: 'luzhuren', password, address: '192.0.2.7' })
    if (!signed.ok) throw new Error(signed.error.code)
    await database.asOwner(`update user_session set second_factor_at = now()`)
    expect(await rolesOf(signed.value.token)).toEqual([{ communityId: first, role: 'district_overseer' }])
    const end = (lastDay: CivilDate) =>
      endLevelOverseer(portal, { code: 'qinghe', login: 'luzhuren', lastDay })
    expect(await end(civilDate('2026-06-01'))).toMatchObject({ error: { code: 'term-malformed' } })
    expect(await end(TODAY)).toEqual({ ok: true })
    expect(await rolesOf(signed.value.token)).toHaveLength(1)
    expect(
      await endLevelOverseer(portal, { code: 'wuhou', login: 'luzhuren', lastDay: TODAY }),
    ).toMatchObject({
      error: { code: 'term-unknown' },
    })
    portal.clock.moveTo(new Date('2026-07-02T00:30:00+08:00'))
    const again = await signIn(portal, { login: 'luzhuren', password, address: '192.0.2.7' })
    if (!again.ok) throw new Error(again.error.code)
    await database.asOwner(`update user_session set second_factor_at = now()`)
    expect(await rolesOf(again.value.token)).toEqual([])
    const acts = await database.asOwner(
      `select act from audit_event where community_id = ${first} and act like '%level%' order by at`,
    )
    expect(acts.map(row => row.act)).toEqual([
      'appoint-level-overseer',
      'appoint-level-overseer',
      'end-level-overseer',
    ])
  })

  it('group buildings into grids of their own community only', async () => {
    const grid = { gridId: 'G1', name: '第一网格', places: [{ building: '1栋', entrance: '' }] }
    expect(await setMicroGrid(portal, first, grid)).toEqual({ ok: true })
    expect(await setMicroGrid(portal, first, { ...grid, gridId: 'a b' })).toMatchObject({
      error: { code: 'grid-malformed' },
    })
    await setMicroGrid(portal, first, { gridId: 'G2', name: '第二网格', places: grid.places })
    expect(await readMicroGrids(portal, first)).toEqual([
      { gridId: 'G1', name: '第一网格', places: [] },
      { gridId: 'G2', name: '第二网格', places: grid.places },
    ])
    expect(await readMicroGrids(portal, second)).toEqual([])
    await expect(
      database.asOwner(`insert into micro_grid_place values (${second}, '1栋', '', 'G1')`),
    ).rejects.toThrow(/foreign key/)
  })
})
