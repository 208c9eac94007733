/** The re-deriver of the register: nothing is off after imports, codes and an erasure; each thing that is changed behind the triggers is named. */
import { beforeAll, expect, it } from 'vitest'
import { acceptInvite, checkPeople, erasePerson, issueOwnerCode, readUnits } from '#people/server'
import { createLogKey } from '#tlog/server'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { addActor, must, openRollWorld, type RollWorld, takeRoll } from './roll-world.ts'

const FIRST = [
  ['1栋', '1单元', '101', '89.50', '张三甲、李四乙', '', '', ''],
  ['1栋', '1单元', '102', '60.00', '王五丙', '13833334444', '11010519491231002X', ''],
  ['2栋', '', '201', '120.05', '赵六丁', '13855556666', '', ''],
]

describeOnOneDatabase('the re-deriver of the register', open => {
  let database: TestDatabase
  let world: RollWorld
  const names = async () =>
    (await checkPeople(world.portal, world.community)).findings.map(each => `${each.invariant} ${each.found}`)
  const TABLES = [
    'unit_record',
    'unit_owner',
    'roll_import_confirmation',
    'person_private',
    'invitation',
    'person_user',
  ]
  /** Does something behind every guard, says what is found, and takes it back. */
  const tampered = async (statement: string, back: string) => {
    const off = TABLES.map(table => `alter table ${table} disable trigger all;`).join(' ')
    const on = TABLES.map(table => `alter table ${table} enable trigger all;`).join(' ')
    await database.asOwner(`do $$ begin ${off} ${statement}; ${on} end $$`)
    const found = await names()
    await database.asOwner(`do $$ begin ${off} ${back}; ${on} end $$`)
    return found
  }

  beforeAll(async () => {
    database = await open()
    world = await openRollWorld(database)
    const { portal, community, chair } = world
    await createLogKey(portal)
    await takeRoll(world, FIRST, { on: '2026-05-01' })
    const sold = [FIRST[0]!, ['1栋', '1单元', '102', '60.00', '孙七戊', '13877778888', '', ''], FIRST[2]!]
    portal.clock.advance(60_000)
    await takeRoll(world, sold, { on: '2026-06-01' })
    const listed = (await readUnits(portal, chair, community, { building: '2栋', namesFor: 'check' }))!
    const [personId] = [...listed.names].find(([, name]) => name === '赵六丁')!
    const { code } = must(await issueOwnerCode(portal, chair, community, { personId }))
    must(await acceptInvite(portal, { code, login: 'zhaoliu', password: 'a long pass phrase of zhaoliu' }))
    const [gone] = await database.asOwner(
      `select person_id from unit_owner where unit_id = '1栋-1单元-102' and record_no = 1`,
    )
    const eraser = await addActor(world, community.communityId, 'residents_committee')
    must(await erasePerson(portal, eraser, community, String(gone!.person_id)))
  })

  it('finds nothing after imports, a sale, a code and an erasure', async () => {
    expect(await names()).toEqual([])
  })

  it('names a record that was taken out, put back in time, or handed to nobody', async () => {
    const unit = `unit_id = '1栋-1单元-102'`
    expect(
      await tampered(
        `update unit_record set record_no = 3 where ${unit} and record_no = 2; update unit_owner set record_no = 3 where ${unit} and record_no = 2`,
        `update unit_record set record_no = 2 where ${unit} and record_no = 3; update unit_owner set record_no = 2 where ${unit} and record_no = 3`,
      ),
    ).toEqual(['unit-history-whole record-missing'])
    expect(
      await tampered(
        `update unit_record set effective_on = '2026-04-01' where ${unit} and record_no = 2`,
        `update unit_record set effective_on = '2026-06-01' where ${unit} and record_no = 2`,
      ),
    ).toEqual(['unit-history-whole time-runs-back', 'unit-history-whole import-disagrees'])
    expect(
      await tampered(
        `create temporary table kept as select * from unit_owner where unit_id = '2栋-201'; delete from unit_owner where unit_id = '2栋-201'`,
        `insert into unit_owner select * from kept; drop table kept`,
      ),
    ).toEqual(['unit-history-whole owner-missing'])
    expect(
      await tampered(
        `update roll_import_confirmation set units_changed = 2 where confirmation_no = 2`,
        `update roll_import_confirmation set units_changed = 1 where confirmation_no = 2`,
      ),
    ).toEqual(['import-matches-records other numbers'])
  })

  it('names what does not open, is another’s, or is gone without an erasure', async () => {
    const phones = 'phone_hash is not null'
    const swap = `update person_private a set sealed = b.sealed from person_private b
      where a.${phones} and b.${phones} and a.person_id <> b.person_id and a.community_id = b.community_id`
    expect(await tampered(swap, swap)).toEqual([
      'person-data-opens does not open',
      'person-data-opens does not open',
    ])
    const hashes = `update person_private a set name_hash = b.name_hash from person_private b
      where a.${phones} and b.${phones} and a.person_id <> b.person_id`
    expect(await tampered(hashes, hashes)).toEqual([
      'person-data-opens another name',
      'person-data-opens another name',
    ])
    expect(
      await tampered(
        `update person_private set identity_last4 = '002X' where ${phones}`,
        `update person_private set identity_last4 = null`,
      ),
    ).toEqual(['person-data-opens half an identity number', 'person-data-opens half an identity number'])
    expect(
      await tampered(
        `create temporary table kept as select * from person_private where ${phones}; delete from person_private where ${phones}`,
        `insert into person_private select * from kept; drop table kept`,
      ),
    ).toEqual(['person-data-there nothing, and no erasure', 'person-data-there nothing, and no erasure'])
  })

  it('names an account that no code explains, and a code that was used too late', async () => {
    const accepted = `accepted_by is not null and role = 'owner'`
    expect(
      await tampered(
        `update person_user set bound_at = bound_at - interval '1 day'`,
        `update person_user set bound_at = bound_at + interval '1 day'`,
      ),
    ).toEqual(['binding-by-code no accepted code'])
    expect(
      await tampered(
        `update invitation set expires_at = expires_at - interval '60 days' where ${accepted}`,
        `update invitation set expires_at = expires_at + interval '60 days' where ${accepted}`,
      ),
    ).toEqual(['code-used-in-time used at another time'])
    expect(await names()).toEqual([])
  })
})
