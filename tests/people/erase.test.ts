/** Personal data: taken along, erased, and kept no longer than was decided; what was counted and logged stays. */
import { beforeAll, describe, expect, it } from 'vitest'
import { civilDate } from '#kernel'
import { checkLedger } from '#ledger/server'
import {
  type Actor,
  isRetentionKind,
  keptSince,
  parseRetentionDays,
  RETENTION_DAYS,
  RETENTION_KINDS,
} from '#people'
import {
  APPLY_RETENTION,
  acceptInvite,
  applyRetentionJob,
  askForRetention,
  checkPeople,
  eraseOwnAccount,
  erasePerson,
  issueOwnerCode,
  readActor,
  readOwnData,
  readRegister,
  readRetention,
  readUnit,
  sealAudit,
  setRetention,
  signIn,
} from '#people/server'
import { runNextJob } from '#platform/process'
import { checkLog } from '#tlog/server'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { addActor, must, openRollWorld, type RollWorld, takeRoll } from './roll-world.ts'

describe('how long data is kept', () => {
  it('is a number of days within bounds', () => {
    for (const kind of RETENTION_KINDS) {
      const { standard, least, most } = RETENTION_DAYS[kind]
      expect(
        [String(least), String(most), ` ${standard} `].map(text => parseRetentionDays(kind, text)),
      ).toEqual([least, most, standard])
      for (const text of [String(least - 1), String(most + 1), '', '-40', '1e3', '40.5']) {
        expect(parseRetentionDays(kind, text)).toBeNull()
      }
    }
    expect([isRetentionKind('former-owner'), isRetentionKind('everything')]).toEqual([true, false])
    expect(keptSince(civilDate('2026-03-01'), 366)).toBe('2025-02-28')
  })
})

describeOnOneDatabase('personal data', open => {
  let database: TestDatabase
  let world: RollWorld
  let seller: Actor
  let sellerPerson: string
  const PASSWORD = 'nine green bottles of plum wine'

  beforeAll(async () => {
    database = await open()
    world = await openRollWorld(database)
    const { portal, community, chair } = world
    await takeRoll(world, [
      ['1栋', '1单元', '101', '89.50', '张三甲', '13800000001', '', ''],
      ['1栋', '1单元', '102', '60.00', '王五丙', '13800000002', '', ''],
    ])
    const { units } = await readRegister(portal.db, community.communityId, civilDate('2026-07-01'))
    sellerPerson = units[0]!.owners[0]!
    const { code } = must(await issueOwnerCode(portal, chair, community, { personId: sellerPerson }))
    const { token } = must(await acceptInvite(portal, { code, login: 'zhang-san', password: PASSWORD }))
    seller = (await readActor(portal, token))!
    await readUnit(portal, chair, community, '1栋-1单元-101')
  })

  const sell = () =>
    takeRoll(
      world,
      [
        ['1栋', '1单元', '101', '89.50', '孙八己', '13800000003', '', ''],
        ['1栋', '1单元', '102', '60.00', '王五丙', '13800000002', '', ''],
      ],
      { on: '2026-07-01' },
    )
  const hasData = async (personId: string) =>
    (await database.asOwner(`select 1 from person_private where person_id = '${personId}'`)).length > 0
  async function expectSound() {
    const { portal, community } = world
    expect((await checkPeople(portal, community)).findings).toEqual([])
    expect((await checkLedger(portal, community)).findings).toEqual([])
    expect(await checkLog(portal.db, community.communityId, [])).toEqual([])
  }

  it('is taken along whole, by whose it is, without a secret of anybody', async () => {
    const data = await readOwnData(world.portal, seller)
    expect(data.registers).toMatchObject([
      { name: '张三甲', phone: '13800000001', units: [{ unit: '1栋-1单元-101', areaM2: '89.50' }] },
    ])
    expect(data.account).toMatchObject({ login: 'zhang-san', passkeys: [], smsSignInSince: null })
    expect(data.audit[0]!.acts.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['read-unit', 'bind-owner']),
    )
    const text = JSON.stringify(data)
    expect(text).not.toMatch(/王五丙|argon2|token|digest/)
    const noted = await database.asOwner(`select 1 from audit_event where act = 'export-own-data'`)
    expect(noted).toHaveLength(1)
  })

  it('of an owner stays in the register while they are one, whoever asks', async () => {
    const { portal, community, chair, sample } = world
    expect(await erasePerson(portal, chair, community, sellerPerson)).toMatchObject({
      error: { code: 'still-owner' },
    })
    for (const who of [sample.manager, sample.overseer, seller]) {
      expect(await erasePerson(portal, who, community, sellerPerson)).toMatchObject({
        error: { code: 'not-permitted' },
      })
    }
  })

  it('goes with the account of who sold, and log and books stand', async () => {
    const { portal, community } = world
    await sealAudit(portal, community.communityId)
    await sell()
    expect(await eraseOwnAccount(portal, world.chair)).toMatchObject({ error: { code: 'office-held' } })
    must(await eraseOwnAccount(portal, { ...seller, roles: [] }))
    expect(
      await signIn(portal, { login: 'zhang-san', password: PASSWORD, address: '10.9.9.9' }),
    ).toMatchObject({
      error: { code: 'sign-in-refused' },
    })
    const [user] = await database.asOwner(`select * from portal_user where user_id = '${seller.userId}'`)
    expect(user).toMatchObject({ display_name: 'erased', login: expect.stringMatching(/^erased-/) })
    expect(await hasData(sellerPerson)).toBe(false)
    const salts = await database.asOwner(
      `select 1 from audit_salt join audit_event using (community_id, audit_event_id) where subject = '${sellerPerson}'`,
    )
    expect(salts).toEqual([])
    expect(await erasePerson(portal, world.chair, community, sellerPerson)).toMatchObject({
      error: { code: 'nothing-personal' },
    })
    await expectSound()
    const { units } = await readRegister(portal.db, community.communityId, civilDate('2026-06-30'))
    expect(units[0]!.owners).toEqual([sellerPerson])
  })

  it('that was put back after an erasure is named', async () => {
    await database.asOwner(
      `insert into person_private select community_id, '${sellerPerson}', sealed, name_hash, null, null, null
         from person_private limit 1`,
    )
    expect((await checkPeople(world.portal, world.community)).findings).toEqual([
      // What is sealed about one person opens for nobody else.
      { invariant: 'person-data-opens', reference: sellerPerson, found: 'does not open' },
      { invariant: 'erasure-complete', reference: sellerPerson, found: 'data' },
    ])
    await database.asOwner(`delete from person_private where person_id = '${sellerPerson}'`)
  })

  it('of former owners goes by itself when its time has come, and not before', async () => {
    const { portal, community, chair } = world
    const forgotten: string[] = []
    const forget = async (_portal: unknown, _tx: unknown, account: string) => {
      forgotten.push(account)
    }
    const handlers = { [APPLY_RETENTION]: applyRetentionJob(async () => 2, [forget]) }
    const run = async () => {
      while (await runNextJob(portal, handlers));
    }
    const former = (await database.asOwner(
      `select person_id from person_private where person_id not in (select person_id from unit_owner)`,
    )) as { person_id: string }[]
    expect(former).toEqual([])
    const { units } = await readRegister(portal.db, community.communityId, civilDate('2026-07-01'))
    const buyer = units[0]!.owners[0]!
    const { code } = must(await issueOwnerCode(portal, chair, community, { personId: buyer }))
    const { token } = must(await acceptInvite(portal, { code, login: 'sun-ba', password: PASSWORD }))
    const { userId } = (await readActor(portal, token))!
    portal.clock.moveTo(new Date('2026-08-01T02:00:00Z'))
    await takeRoll(
      world,
      [
        ['1栋', '1单元', '101', '89.50', '周九庚', '13800000004', '', ''],
        ['1栋', '1单元', '102', '60.00', '王五丙', '13800000002', '', ''],
      ],
      { on: '2026-08-01' },
    )
    expect(await readRetention(portal.db, community.communityId)).toEqual({
      'former-owner': 1095,
      counterparty: 3650,
    })
    const set = (days: string, actor = chair) =>
      setRetention(portal, actor, community, { kind: 'former-owner', days })
    expect(await set('29')).toMatchObject({ error: { code: 'days-out-of-bounds' } })
    expect(await set('60', await addActor(world, community.communityId, 'auditor'))).toMatchObject({
      error: { code: 'not-permitted' },
    })
    must(await set('60'))
    portal.clock.moveTo(new Date('2026-09-28T02:00:00Z'))
    await askForRetention(portal)
    await askForRetention(portal)
    await run()
    portal.clock.moveTo(new Date('2026-09-29T02:00:00Z'))
    await run()
    expect([await hasData(buyer), forgotten]).toEqual([true, []])
    await askForRetention(portal)
    portal.clock.moveTo(new Date('2026-09-30T02:00:00Z'))
    await run()
    // Other rooms forget the account as well.
    expect([await hasData(buyer), forgotten]).toEqual([false, [userId]])
    const jobs = await database.asOwner(
      `select outcome from job where kind = 'apply-retention' order by run_after`,
    )
    expect(jobs.map(({ outcome }) => outcome)).toEqual(['4', '5'])
    await expectSound()
  })
})
