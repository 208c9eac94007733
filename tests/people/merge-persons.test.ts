/** Merging an owner who was entered twice: who may, the history that follows, what stays as it was, taking it back, and what fsck names. */
import { beforeAll, expect, it } from 'vitest'
import { civilDate } from '#kernel'
import { type Actor, answerKey } from '#people'
import {
  checkPeople,
  decideMerge,
  proposeMerge,
  proposeUndo,
  readMergeBoard,
  readRegister,
  readRollImports,
  sealAudit,
} from '#people/server'
import { createLogKey } from '#tlog/server'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import {
  addActor,
  answer,
  confirmSeen,
  must,
  openRollWorld,
  previewOf,
  type RollWorld,
  rollCsv,
  uploadAndRead,
} from './roll-world.ts'

const ROLL = [
  ['1栋', '1单元', '101', '89.50', '张三甲', '13811112222', '', ''],
  ['1栋', '1单元', '102', '60.00', '张三甲', '13833334444', '', ''],
  ['1栋', '1单元', '103', '60.00', '王五丙', '13855556666', '', ''],
]

describeOnEachDatabase('an owner who was entered twice', open => {
  let database: TestDatabase
  let world: RollWorld
  let second: Actor
  let mergeId: string
  const heads = async (on: string) => {
    const { units } = await readRegister(world.portal.db, world.community.communityId, civilDate(on))
    return new Set(units.flatMap(unit => unit.owners)).size
  }
  const board = async (actor = world.chair) => (await readMergeBoard(world.portal, actor, world.community))!
  const decide = async (actor: Actor, id: string, confirmed = true) => {
    const done = await decideMerge(world.portal, actor, world.community, { mergeId: id, confirmed })
    return done.ok ? done.value.units : done.error.code
  }
  const findings = async () =>
    (await checkPeople(world.portal, world.community)).findings.map(each => each.invariant)

  beforeAll(async () => {
    database = await open()
    world = await openRollWorld(database)
    await createLogKey(world.portal)
    // Two telephone numbers: whoever imported held them for two.
    const importId = await uploadAndRead(world, rollCsv(ROLL), { on: '2026-06-01' })
    const [question] = (await previewOf(world, importId)).plan!.groups.questions
    const samePersons = Object.fromEntries(question!.asked.map(each => [answerKey(question!, each), 'new']))
    must(await answer(world, importId, { samePersons }))
    must(await confirmSeen(world, importId))
    second = await addActor(world, world.community.communityId, 'residents_committee')
  })

  it('is found by the name, and proposed by one officer', async () => {
    const { portal, community, chair, sample } = world
    expect(await heads('2026-06-02')).toBe(3)
    const { pairs } = await board()
    expect(pairs).toHaveLength(1)
    const { kept, merged } = pairs[0]!
    expect([kept.name, merged.name, kept.units.length, merged.units.length]).toEqual([
      '张三甲',
      '张三甲',
      1,
      1,
    ])
    const same = { kept: kept.personId, merged: merged.personId }
    const propose = async (actor: Actor, wish: { kept: string; merged: string }) => {
      const done = await proposeMerge(portal, actor, community, wish)
      return done.ok ? done.value.mergeId : done.error.code
    }
    expect(await propose(sample.bookkeeper, same)).toBe('not-permitted')
    expect(await readMergeBoard(portal, sample.bookkeeper, community)).toBeNull()
    expect(await propose(chair, { ...same, merged: same.kept })).toBe('persons-unfit')
    expect(await propose(chair, { ...same, merged: '0'.repeat(26) })).toBe('persons-unfit')
    mergeId = await propose(chair, same)
    expect(await propose(chair, same)).toBe('merge-waits')
    expect((await board()).waiting).toMatchObject([{ mergeId, kind: 'merge', isOwn: true }])
    expect((await board(second)).waiting).toMatchObject([{ isOwn: false }])
  })

  it('is confirmed by another, also at the database, and counts once from that day on', async () => {
    const { portal, chair, community } = world
    expect(await decide(chair, mergeId)).toBe('same-person')
    const alone = `insert into person_merge_decision select community_id, merge_id, 'confirmed', proposed_by, now(), (
      select import_id from roll_import_confirmation limit 1), 9, 0 from person_merge`
    await expect(database.asOwner(alone)).rejects.toThrow('takes a second person')
    portal.clock.advance(86_400_000)
    const [before, imports] = [await heads('2026-07-02'), await readRollImports(portal, chair, community, 9)]
    expect(await decide(second, mergeId)).toBe(1)
    expect(await decide(second, mergeId)).toBe('merge-decided')
    const today = '2026-07-02'
    expect([before, await heads(today), await heads('2026-06-30')]).toEqual([3, 2, 3])
    expect((await board()).pairs).toEqual([])
    expect(await readRollImports(portal, chair, community, 9)).toEqual(imports)
    await sealAudit(portal, community.communityId)
    expect(await findings()).toEqual([])
  })

  it('is told in the log by number alone', async () => {
    const [leaf] = await database.asOwner(
      `select convert_from(entry, 'UTF8') as text from tlog_entry where convert_from(entry, 'UTF8') like '%people.merge%'`,
    )
    expect(Object.keys(JSON.parse(String(leaf!.text))).sort()).toEqual(['at', 'kind', 'log', 'n', 't', 'v'])
  })

  it('is taken back by a new act of two, once', async () => {
    const { portal, chair, community } = world
    portal.clock.advance(86_400_000)
    const undo = async () => {
      const done = await proposeUndo(portal, second, community, mergeId)
      return done.ok ? done.value.mergeId : done.error.code
    }
    const refused = await undo()
    expect(await undo()).toBe('merge-waits')
    expect(await decide(second, refused, false)).toBe(0)
    const proposed = await undo()
    expect(await decide(chair, proposed)).toBe(1)
    expect([await heads('2026-07-03'), await heads('2026-07-02'), await heads('2026-06-30')]).toEqual([
      3, 2, 3,
    ])
    expect((await board()).done.map(each => [each.mergeNo, each.kind, each.canUndo])).toEqual([
      [1, 'merge', false],
      [2, 'undo', false],
    ])
    await sealAudit(portal, community.communityId)
    expect(await findings()).toEqual([])
  })

  it('is named by fsck when a number, a hand or a record is changed behind the triggers', async () => {
    const twin = async (change: string, back: string) => {
      const all = (statement: string) =>
        `do $$ begin set local session_replication_role = replica; ${statement}; end $$`
      await database.asOwner(all(change))
      const found = await findings()
      await database.asOwner(all(back))
      return found
    }
    const decision = 'update person_merge_decision set'
    expect(
      await twin(
        `${decision} merge_no = 9 where merge_no = 2`,
        `${decision} merge_no = 2 where merge_no = 9`,
      ),
    ).toEqual(['merge-matches-log'])
    const hand = `update person_merge m set proposed_by = d.decided_by from person_merge_decision d
      where d.merge_id = m.merge_id and d.merge_no = 1`
    const giveBack = `update person_merge set proposed_by = '${world.chair.userId}' where merge_id = '${mergeId}'`
    expect(await twin(hand, giveBack)).toEqual(['merge-matches-log'])
    expect(
      await twin(
        `update unit_owner o set person_id = (select merged_person_id from person_merge limit 1) where record_no = 2`,
        `update unit_owner o set person_id = (select kept_person_id from person_merge limit 1) where record_no = 2`,
      ),
    ).toContain('unit-history-whole')
    expect(await findings()).toEqual([])
  })
})
