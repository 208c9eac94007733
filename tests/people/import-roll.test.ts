/** A roll from upload to register: history on any day, differences, refusals that store nothing, and what the database holds. */
import { beforeAll, describe, expect, it } from 'vitest'
import { civilDate, formatAreaM2 } from '#kernel'
import {
  confirmRoll,
  discardRoll,
  mapRoll,
  readPersonNames,
  readRegister,
  readRollImports,
  readUnit,
  readUnits,
  readUnitsOf,
  settleRoll,
  uploadRoll,
} from '#people/server'
import { openJson, openPersonSealer } from '../../app/people/person-seal.server.ts'
import { compareUnitIds } from '../../app/people/register.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { csvOf, utf8Of } from '../tables/making.ts'
import {
  addActor,
  answer,
  confirmSeen,
  must,
  openRollWorld,
  previewOf,
  type RollWorld,
  rollCsv,
  takeRoll,
  uploadAndRead,
} from './roll-world.ts'

const IDENTITY = '11010519491231002X'
const FIRST = [
  ['1栋', '1单元', '101', '89.50', '张三甲、李四乙', '13811112222', '', ''],
  ['1栋', '1单元', '102', '60.00', '王五丙', '13833334444', IDENTITY, ''],
  ['2栋', '', '201', '120.05', '', '', '', '未售'],
]
const DEVELOPER = { developerName: '示例置业有限公司' }

const describeUnits = async (world: RollWorld, on: string) => {
  const { portal, community } = world
  const register = await readRegister(portal.db, community.communityId, civilDate(on))
  const names = await readPersonNames(
    portal,
    portal.db,
    community.communityId,
    register.units.flatMap(unit => unit.owners),
  )
  return register.units.map(unit =>
    [
      unit.unitId,
      formatAreaM2(unit.areaCentiM2),
      unit.status,
      ...unit.owners.map(id => names.get(id) ?? '?').sort(),
    ].join(' '),
  )
}

describeOnOneDatabase('the register', open => {
  let world: RollWorld
  let database: TestDatabase

  beforeAll(async () => {
    database = await open()
    world = await openRollWorld(database)
    await takeRoll(world, FIRST, { on: '2026-03-01', answers: DEVELOPER })
    await takeRoll(
      world,
      [
        FIRST[0]!,
        ['1栋', '1单元', '102', '60.10', '赵六丁', '13855556666', '', ''],
        FIRST[2]!.with(7, '').with(4, '孙七戊'),
      ],
      { on: '2026-05-01' },
    )
  })

  it('is empty before its first day and then as each roll said', async () => {
    expect(await describeUnits(world, '2026-02-28')).toEqual([])
    const first = [
      '1栋-1单元-101 89.50 delivered 张三甲 李四乙',
      '1栋-1单元-102 60.00 delivered 王五丙',
      '2栋-201 120.05 unsold 示例置业有限公司',
    ]
    expect(await describeUnits(world, '2026-03-01')).toEqual(first)
    expect(await describeUnits(world, '2026-04-30')).toEqual(first)
    expect(await describeUnits(world, '2026-05-01')).toEqual([
      '1栋-1单元-101 89.50 delivered 张三甲 李四乙',
      '1栋-1单元-102 60.10 delivered 赵六丁',
      '2栋-201 120.05 delivered 孙七戊',
    ])
  })

  it('knows the developer, and whose a unit is, on each day', async () => {
    const { portal, community } = world
    const register = await readRegister(portal.db, community.communityId, civilDate('2026-06-30'))
    const developer = register.developer!
    const unitsOf = async (person: string, on: string) =>
      (await readUnitsOf(portal.db, community.communityId, person, civilDate(on))).map(unit => unit.unitId)
    expect(await unitsOf(developer, '2026-04-01')).toEqual(['2栋-201'])
    expect(await unitsOf(developer, '2026-06-01')).toEqual([])
    const [couple] = register.units
    expect(await unitsOf(couple!.owners[0]!, '2026-06-01')).toEqual(['1栋-1单元-101'])
  })

  it('keeps a history that the page of a unit shows, and writes down who looked', async () => {
    const { portal, community, chair } = world
    const page = await readUnit(portal, chair, community, '1栋-1单元-102')
    expect(page?.records.map(record => [record.effectiveOn, formatAreaM2(record.areaCentiM2)])).toEqual([
      ['2026-05-01', '60.10'],
      ['2026-03-01', '60.00'],
    ])
    const cards = page!.records.flatMap(record => record.owners.map(id => page!.cards.get(id)))
    expect(cards).toMatchObject([
      { name: '赵六丁', phoneLast4: '6666', identityLast4: null },
      { name: '王五丙', phoneLast4: '4444', identityLast4: '002X' },
    ])
    const seen = await database.asOwner("select act, subject from audit_event where act = 'read-unit'")
    expect(seen).toContainEqual({ act: 'read-unit', subject: '1栋-1单元-102' })
  })

  it('lists a building, with names only when asked, and then in the audit', async () => {
    const { portal, community, chair } = world
    const counted = async () =>
      (await database.asOwner("select 1 from audit_event where act = 'read-roll'")).length
    const before = await counted()
    const plain = await readUnits(portal, chair, community, { building: '1栋', namesFor: null })
    expect([plain!.units.length, plain!.names.size, await counted()]).toEqual([2, 0, before])
    expect(plain!.buildings.map(each => [each.building, each.units, each.areaCentiM2])).toEqual([
      ['1栋', 2, 14960n],
      ['2栋', 1, 12005n],
    ])
    const named = await readUnits(portal, chair, community, { building: '1栋', namesFor: 'check' })
    expect([[...named!.names.values()].sort(), await counted()]).toEqual([
      ['张三甲', '李四乙', '赵六丁'],
      before + 1,
    ])
  })

  it('holds no name, phone or identity number in clear, in any column of any table', async () => {
    const columns = await database.asOwner(`
      select c.table_name, c.column_name, c.data_type from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'bytea')`)
    const planted = [
      '张三甲',
      '李四乙',
      '王五丙',
      '赵六丁',
      '孙七戊',
      '13811112222',
      '13833334444',
      '13855556666',
      IDENTITY,
      '11010519491231002',
    ]
    const found: string[] = []
    for (const { table_name: table, column_name: column, data_type: type } of columns) {
      for (const secret of planted) {
        const hex = Buffer.from(secret).toString('hex')
        const test =
          type === 'bytea'
            ? `position('\\x${hex}'::bytea in "${column}") > 0`
            : `position('${secret}' in "${column}") > 0`
        const rows = await database.asOwner(`select 1 from "${table}" where ${test} limit 1`)
        if (rows.length > 0) found.push(`${table}.${column}`)
      }
    }
    expect(found).toEqual([])
    expect(columns.length).toBeGreaterThan(100)
    // The same search finds what is there in clear.
    expect(await database.asOwner(`select 1 from unit where position('1栋' in unit_id) > 0`)).not.toEqual([])
  })

  it('cannot be opened from another row', async () => {
    const sealer = await openPersonSealer(world.portal)
    const [row] = await database.asOwner('select community_id, person_id, sealed from person_private limit 1')
    const place = `person_private/${row!.community_id}/${row!.person_id}`
    const sealed = new Uint8Array(row!.sealed as Uint8Array)
    expect(openJson(sealer, place, sealed)).toHaveProperty('name')
    expect(() => openJson(sealer, `${place}x`, sealed)).toThrow()
    const changed = sealed.with(20, sealed[20]! ^ 1)
    expect(() => openJson(sealer, place, changed)).toThrow()
  })

  it('forgets a person without losing the unit', async () => {
    const { portal, community } = world
    const register = await readRegister(portal.db, community.communityId, civilDate('2026-03-01'))
    const unit = register.units.find(each => each.number === '102')!
    await portal.db.transaction().execute(async tx => {
      await tx.deleteFrom('person_private').where('person_id', '=', unit.owners[0]!).execute()
    })
    expect(await describeUnits(world, '2026-03-01')).toContain('1栋-1单元-102 60.00 delivered ?')
  })

  it.each([
    'update unit_record set area_centi_m2 = 1',
    'delete from unit_owner',
    'insert into unit_owner select community_id, unit_id, record_no, (select person_id from person limit 1) from unit_record',
    "insert into unit_record select community_id, unit_id, record_no + 7, date '2020-01-01', recorded_at, recorded_by, import_id, is_removed, kind, area_centi_m2, area_source, status from unit_record",
  ])('refuses even its owner: %s', async statement => {
    await expect(database.asOwner(statement)).rejects.toThrow(/never changed|stands already|later record/)
  })
})

describeOnOneDatabase('an import', open => {
  let world: RollWorld

  beforeAll(async () => {
    world = await openRollWorld(await open())
  })

  it('with a refused row stores nothing, whoever asks', async () => {
    const { portal, community } = world
    const importId = await uploadAndRead(world, rollCsv([FIRST[0]!, FIRST[1]!.with(3, '60.005')]))
    const found = await previewOf(world, importId)
    expect([found.state, found.plan]).toEqual(['rejected', null])
    expect(found.reading!.problems).toMatchObject([{ code: 'area-too-precise', line: 3, column: '建筑面积' }])
    expect(await confirmSeen(world, importId)).toEqual({
      ok: false,
      error: { code: 'import-not-ready', state: 'rejected' },
    })
    const register = await readRegister(portal.db, community.communityId, civilDate('2026-07-01'))
    expect(register.units).toEqual([])
    must(await discardRoll(portal, world.chair, community, importId))
  })

  it('waits for the developer and for people of one name', async () => {
    const rows = [
      FIRST[1]!.with(6, '').with(5, ''),
      FIRST[1]!.with(2, '103').with(6, '').with(5, ''),
      FIRST[2]!,
    ]
    const importId = await uploadAndRead(world, rollCsv(rows))
    const { plan } = await previewOf(world, importId)
    expect(plan!.open).toEqual({ persons: 1, developer: true })
    expect(await confirmSeen(world, importId)).toMatchObject({ error: { code: 'answers-missing', count: 1 } })
    const [question] = plan!.groups.questions
    const samePersons = { [`${question!.nameKey}/${question!.asked[0]}`]: question!.members[0]!.memberId }
    must(await answer(world, importId, { samePersons }))
    expect(await confirmSeen(world, importId)).toMatchObject({ error: { code: 'developer-missing' } })
    must(await answer(world, importId, { samePersons, ...DEVELOPER }))
    expect(must(await confirmSeen(world, importId))).toEqual({ new: 3, changed: 0, unchanged: 0, removed: 0 })
    const { units } = await readRegister(
      world.portal.db,
      world.community.communityId,
      civilDate('2026-07-01'),
    )
    expect(units[0]!.owners).toEqual(units[1]!.owners)
    // The answer is kept: the same file again has no question, and changes nothing.
    const again = await uploadAndRead(world, rollCsv(rows))
    const second = await previewOf(world, again)
    expect([second.plan!.open, second.plan!.counts]).toEqual([
      { persons: 0, developer: false },
      { new: 0, unchanged: 3, changed: 0 },
    ])
    must(await confirmSeen(world, again))
  })

  it('is confirmed as it was seen or not at all', async () => {
    const { portal, community, chair } = world
    const rows = [FIRST[0]!, FIRST[2]!]
    const importId = await uploadAndRead(world, rollCsv(rows))
    const seen = (await previewOf(world, importId)).plan!.digest
    must(await answer(world, importId, { removesMissing: true }))
    const confirm = (seenDigest: string) => confirmRoll(portal, chair, community, { importId, seenDigest })
    expect(await confirm(seen)).toEqual({ ok: false, error: { code: 'preview-stale' } })
    expect(must(await confirmSeen(world, importId))).toEqual({ new: 1, changed: 0, unchanged: 1, removed: 2 })
    expect(await confirmSeen(world, importId)).toMatchObject({
      error: { code: 'import-not-ready', state: 'stored' },
    })
    expect(await describeUnits(world, '2026-07-01')).toEqual([
      '1栋-1单元-101 89.50 delivered 张三甲 李四乙',
      '2栋-201 120.05 unsold 示例置业有限公司',
    ])
  })

  it('stores once when two confirm at the same time', async () => {
    const importId = await uploadAndRead(
      world,
      rollCsv([...[FIRST[0]!, FIRST[2]!], FIRST[1]!.with(2, '105').with(4, '吴九庚')]),
    )
    const done = await Promise.all([confirmSeen(world, importId), confirmSeen(world, importId)])
    expect(done.filter(each => each.ok).length).toBe(1)
  })

  it('describes a day that is neither to come nor before the last one', async () => {
    const { portal, community, chair } = world
    const upload = (on: string) =>
      uploadRoll(portal, chair, community, {
        name: 'roll.csv',
        bytes: rollCsv([FIRST[0]!]),
        effectiveOn: civilDate(on),
        areaSource: 'survey',
      })
    expect(await upload('2026-07-02')).toEqual({ ok: false, error: { code: 'effective-in-future' } })
    expect(await upload('2026-05-31')).toEqual({
      ok: false,
      error: { code: 'effective-too-early', lastOn: '2026-06-01' },
    })
    expect((await upload('2026-06-01')).ok).toBe(true)
  })

  it('of an unknown layout is mapped by hand once, and known the next time', async () => {
    const { portal, community, chair } = world
    const strange = (area: string) =>
      utf8Of(
        csvOf([
          ['哪栋', '几号', '多大', '谁的'],
          ['9', '901', area, '周八己'],
        ]),
      )
    const importId = await uploadAndRead(world, strange('50.00'))
    expect((await previewOf(world, importId)).state).toBe('unknown')
    const mapping = {
      headerRow: 0,
      columns: { building: 0, number: 1, area: 2, owners: [3] },
      kind: 'residence',
      areaSource: null,
    } as const
    const unfit = { ...mapping, columns: { building: 0, number: 1, owners: [3] } }
    expect(await mapRoll(portal, chair, community, importId, unfit)).toMatchObject({
      error: { code: 'mapping-unfit', reason: 'no-area' },
    })
    must(await mapRoll(portal, chair, community, importId, mapping))
    const { runNextJob } = await import('#platform/process')
    const { READ_ROLL_IMPORT, readRollImportJob } = await import('#people/server')
    while (await runNextJob(portal, { [READ_ROLL_IMPORT]: readRollImportJob }));
    expect((await previewOf(world, importId)).plan!.rows.map(each => each.row.unitId)).toEqual(['9栋-901'])
    const next = await uploadAndRead(world, strange('51.00'))
    expect((await previewOf(world, next)).plan!.rows.map(each => each.row.areaCentiM2)).toEqual([5100n])
    must(await discardRoll(portal, chair, community, next))
  })

  it('that is put aside leaves nothing personal behind', async () => {
    const { portal, community, chair } = world
    const importId = await uploadAndRead(world, rollCsv([FIRST[0]!]))
    must(await discardRoll(portal, chair, community, importId))
    const found = await previewOf(world, importId)
    expect([found.state, found.reading, found.plan]).toEqual(['discarded', null, null])
    const files = await portal.db
      .selectFrom('roll_import_file')
      .select('import_id')
      .where('import_id', '=', importId)
      .execute()
    expect(files).toEqual([])
  })

  it('is only for those who may', async () => {
    const { portal, community, chair, sample } = world
    const { communityId } = community
    const teller = await addActor(world, communityId, 'teller')
    const importId = await uploadAndRead(world, rollCsv([FIRST[0]!]))
    const file = {
      name: 'a',
      bytes: rollCsv([FIRST[0]!]),
      effectiveOn: civilDate('2026-06-01'),
      areaSource: 'register',
    } as const
    const answers = { samePersons: {}, developerName: '', removesMissing: false }
    for (const actor of [teller, sample.bookkeeper, sample.treasurer, sample.overseer]) {
      const refused = { ok: false, error: { code: 'not-permitted' } }
      expect(await uploadRoll(portal, actor, community, file)).toEqual(refused)
      expect(await settleRoll(portal, actor, community, importId, answers)).toEqual(refused)
      expect(await discardRoll(portal, actor, community, importId)).toEqual(refused)
      expect(await confirmRoll(portal, actor, community, { importId, seenDigest: '' })).toEqual(refused)
    }
    const query = { building: null, namesFor: 'check' } as const
    expect(await readUnits(portal, sample.bookkeeper, community, query)).toBeNull()
    expect(await readUnit(portal, sample.bookkeeper, community, '1栋-1单元-101')).toBeNull()
    expect(await readRollImports(portal, sample.bookkeeper, community, 5)).toBeNull()
    expect(await readUnits(portal, teller, community, query)).not.toBeNull()
    expect((await readRollImports(portal, chair, community, 3))!.length).toBe(3)
  })
})

describe('units on a page', () => {
  it('stand in the order in which people read', () => {
    const ids = ['10栋-1单元-101', '2栋-1单元-1001', '2栋-1单元-101', '2栋-10单元-101', '2栋-2单元-101']
    expect(ids.toSorted(compareUnitIds)).toEqual([
      '2栋-1单元-101',
      '2栋-1单元-1001',
      '2栋-2单元-101',
      '2栋-10单元-101',
      '10栋-1单元-101',
    ])
  })
})

describe('two communities', () => {
  it('hash the same name to different keys', async () => {
    const { openMatcher } = await import('../../app/people/person-seal.server.ts')
    const { openTestDatabase } = await import('../support/database.ts')
    const database = await openTestDatabase('embedded')
    try {
      const { portal } = await openRollWorld(database)
      const [one, other] = [await openMatcher(portal, 1), await openMatcher(portal, 2)]
      expect(one('name', '张三')).toEqual(one('name', '张三'))
      expect(one('name', '张三')).not.toEqual(other('name', '张三'))
      expect(one('name', '1')).not.toEqual(one('phone', '1'))
    } finally {
      await database.close()
    }
  })
})
