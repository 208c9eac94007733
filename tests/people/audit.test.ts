/** The audit trail: what it holds, that the log holds it, and that whoever changes it is found. */
import { beforeAll, describe, expect, it } from 'vitest'
import { civilDate, parseCanonical } from '#kernel'
import {
  type Actor,
  addressClassOf,
  auditBatchLeaf,
  auditDigest,
  changeIn,
  isAuditAct,
  linesOf,
  READING_ACTS,
  readingReasonOf,
  WHOLE_ROLL_ACTS,
} from '#people'
import {
  acceptInvite,
  auditedPortal,
  checkPeople,
  issueOwnerCode,
  readActor,
  readAudit,
  readOwnAudit,
  readRegister,
  readUnit,
  readUnits,
  type ShownAct,
  sealAudit,
  sealDueAudits,
} from '#people/server'
import type { Portal } from '#platform'
import { checkLog, createLogKey, openLogSigner } from '#tlog/server'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import type { TestPortal } from '../support/portal.ts'
import { fc, runs } from '../support/properties.ts'
import { addActor, must, openRollWorld, type RollWorld, takeRoll } from './roll-world.ts'

describe('an act’s digest', () => {
  const act = {
    id: '0'.repeat(26),
    at: new Date('2026-07-01T01:00:00.123Z'),
    by: 'u',
    act: 'read-unit',
    subject: '1栋-101',
    detail: '{}',
    changes: null,
  }

  it('changes with every field, and with the salt', () => {
    const salt = new Uint8Array(32)
    const digest = auditDigest(salt, act)
    const others = [
      auditDigest(new Uint8Array(32).fill(1), act),
      auditDigest(salt, { ...act, id: '1'.repeat(26) }),
      auditDigest(salt, { ...act, at: new Date('2026-07-01T01:00:00.124Z') }),
      auditDigest(salt, { ...act, by: 'v' }),
      auditDigest(salt, { ...act, act: 'read-roll' }),
      auditDigest(salt, { ...act, subject: '1栋-102' }),
      auditDigest(salt, { ...act, detail: '{"a":1}' }),
      auditDigest(salt, { ...act, changes: '{"v": 1}' }),
    ]
    expect(new Set([digest, ...others]).size).toBe(9)
  })

  it('stands in a leaf that tells of no act', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[0-9a-f]{64}$/), { minLength: 1, maxLength: 20 }), digests => {
        const leaf = auditBatchLeaf('log.example/c/1', { no: 3, digests, sealedAt: act.at })
        const read = parseCanonical(leaf)
        expect(read.ok && read.value).toMatchObject({ t: 'people.audit', batch: 3, events: digests.length })
        const other = auditBatchLeaf('log.example/c/1', {
          no: 3,
          digests: [...digests].reverse(),
          sealedAt: act.at,
        })
        const isSame = digests.join() === [...digests].reverse().join()
        expect(Buffer.from(leaf).equals(Buffer.from(other))).toBe(isSame)
      }),
      { numRuns: runs(30) },
    )
  })
})

describe('words of the audit', () => {
  it('class an address and keep none', () => {
    const addresses = [
      '127.0.0.1',
      '::1',
      '::ffff:127.0.0.1',
      '10.2.3.4',
      '192.168.1.9',
      '172.20.0.1',
      'fd00::1',
    ]
    expect(addresses.map(addressClassOf)).toEqual([
      'loopback',
      'loopback',
      'loopback',
      'local',
      'local',
      'local',
      'local',
    ])
    expect(['8.8.8.8', '172.32.0.1', '2001:db8::1', ''].map(addressClassOf)).toEqual([
      'ipv4',
      'ipv4',
      'ipv6',
      'unknown',
    ])
  })

  it('know readings, changes and reasons', () => {
    expect(READING_ACTS.every(isAuditAct) && WHOLE_ROLL_ACTS.every(isAuditAct)).toBe(true)
    expect(isAuditAct('sudo')).toBe(false)
    expect(changeIn('{"after":"phone","before":"none"}')).toEqual({ before: 'none', after: 'phone' })
    expect(changeIn('{"after":2,"before":1}')).toEqual({ before: '1', after: '2' })
    expect(changeIn('{"after":"phone"}')).toBeNull()
    expect([readingReasonOf('check'), readingReasonOf('because'), readingReasonOf(null)]).toEqual([
      'check',
      null,
      null,
    ])
  })
})

describeOnOneDatabase('the audit in the log', open => {
  let database: TestDatabase
  let world: RollWorld
  let overseer: Actor
  let owner: Actor

  beforeAll(async () => {
    database = await open()
    world = await openRollWorld(database)
    overseer = world.sample.overseer
    const { portal, community, chair } = world
    await takeRoll(world, [
      ['1栋', '1单元', '101', '89.50', '张三甲', '', '', ''],
      ['2栋', '1单元', '102', '60.00', '王五丙', '', '', ''],
    ])
    const { units } = await readRegister(portal.db, community.communityId, civilDate('2026-07-01'))
    const { code } = must(await issueOwnerCode(portal, chair, community, { personId: units[0]!.owners[0]! }))
    const { token } = must(
      await acceptInvite(portal, { code, login: 'owner-one', password: 'nine green bottles of plum wine' }),
    )
    owner = (await readActor(portal, token))!
    const looker = { ...chair, addressClass: 'local' as const }
    await readUnits(portal, looker, community, { building: '1栋', namesFor: 'delivery' })
    await readUnit(portal, overseer, community, '1栋-1单元-101')
    await readUnit(portal, overseer, community, '2栋-1单元-102')
  })

  const check = async () => (await checkPeople(world.portal, world.community)).findings
  const tampered = (statement: string, table = 'audit_event') =>
    database.asOwner(
      `do $$ begin alter table ${table} disable trigger all; ${statement}; alter table ${table} enable trigger all; end $$`,
    )

  it('is sealed a batch at a time, and the log stays a log', async () => {
    const { portal, community } = world
    const sealed = await sealAudit(portal, community.communityId)
    expect(sealed).toBeGreaterThan(5)
    expect(await sealAudit(portal, community.communityId)).toBe(0)
    await readUnit(portal, overseer, community, '1栋-1单元-101')
    await sealDueAudits(portal)
    expect((await checkPeople(portal, community)).audited).toBe(sealed)
    portal.clock.moveTo(new Date('2100-01-01T00:00:00Z'))
    await sealDueAudits(portal)
    portal.clock.moveTo(new Date('2026-07-01T01:00:00Z'))
    expect(await checkPeople(portal, community)).toEqual({ audited: sealed + 1, findings: [] })
    await createLogKey(portal)
    const { key } = await openLogSigner(portal, community.logOrigin)
    expect(await checkLog(portal.db, community.communityId, [key], null)).toEqual([])
  })

  it('shows those who oversee who did what, with reason and class of address, and nobody else', async () => {
    const { portal, community, chair, sample } = world
    const query = { before: null, onlyReadings: true }
    const page = (await readAudit(portal, overseer, community, query))!
    expect(page.acts.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['read-roll', 'read-unit', 'read-roll-import']),
    )
    const look = page.acts.find(({ act }) => act === 'read-roll')!
    expect(JSON.parse(look.detail)).toMatchObject({ reason: 'delivery', from: 'local', names: 1 })
    expect(look).toMatchObject({ subject: '1栋', isReading: true, by: 'officer committee-chair-1' })
    expect(look.leafIndex).not.toBeNull()
    const all = (await readAudit(portal, chair, community, { before: null, onlyReadings: false }))!
    expect(all.acts.length).toBeGreaterThan(page.acts.length)
    for (const who of [
      sample.manager,
      sample.bookkeeper,
      owner,
      await addActor(world, community.communityId, 'teller'),
    ]) {
      expect(await readAudit(portal, who, community, query)).toBeNull()
    }
    const elsewhere = { communityId: community.communityId + 1 }
    expect(await readAudit(portal, overseer, elsewhere, query)).toBeNull()
    expect(JSON.stringify([page, all], (_, v) => (typeof v === 'bigint' ? `${v}` : v))).not.toMatch(
      /张三|王五/,
    )
  })

  it('shows an owner what concerns them, and nothing of their neighbour', async () => {
    const [mine] = await readOwnAudit(world.portal, owner)
    expect(mine).toMatchObject({ community: { slug: 'sample' }, units: ['1栋-1单元-101'] })
    const seen = mine!.acts.map(({ act, subject }) => `${act} ${subject}`)
    expect(seen).toEqual(expect.arrayContaining(['read-unit 1栋-1单元-101', 'read-roll 1栋']))
    expect(seen.some(text => text.startsWith('bind-owner'))).toBe(true)
    expect(seen.some(text => text.includes('2栋'))).toBe(false)
    expect(await readOwnAudit(world.portal, overseer)).toEqual([])
  })

  it('shows an owner what an officer’s act changed of theirs, before and after, and nothing of a neighbour’s', async () => {
    const { portal, community, chair } = world
    const form = () => ({
      communityId: community.communityId,
      action: 'roll:import' as const,
      subject: 'roll/import',
      pressed: { intent: 'confirm' },
    })
    const audited = auditedPortal(portal, chair, form) as TestPortal
    await takeRoll(
      { ...world, portal: audited },
      [
        ['1栋', '1单元', '101', '90.25', '张三甲', '', '', ''],
        ['2栋', '1单元', '102', '61.00', '王五丙', '', '', ''],
      ],
      { on: '2026-07-01' },
    )
    const of = (acts: readonly ShownAct[]) =>
      acts.find(({ act, changes }) => act === 'confirm-roll' && changes.rows.length > 0)!
    const [own] = await readOwnAudit(portal, owner)
    const mine = of(own!.acts).changes.rows.filter(({ table }) => table === 'unit_record')
    expect(mine.map(row => row.after!.unit_id)).toEqual(['1栋-1单元-101'])
    expect(linesOf(mine[0]!)).toContainEqual({
      field: 'area_centi_m2',
      before: '8950',
      after: '9025',
      isSealed: false,
    })
    const all = (await readAudit(portal, overseer, community, { before: null, onlyReadings: false }))!
    const units = of(all.acts).changes.rows.filter(({ table }) => table === 'unit_record')
    expect(units.map(row => row.after!.unit_id).sort()).toEqual(['1栋-1单元-101', '2栋-1单元-102'])
    const text = JSON.stringify([own, all], (_, v) => (typeof v === 'bigint' ? `${v}` : v))
    expect(text).not.toMatch(/张三|王五/)
    // A room that notes its act in words of its own says by which form, in which office and from where as well.
    expect(JSON.parse(of(all.acts).detail)).toMatchObject({
      from: 'unknown',
      office: 'committee_chair',
      intent: 'confirm',
      changed: 2,
    })
    await sealAudit(portal, community.communityId)
    expect(await check()).toEqual([])
  })

  it('shows what one form did in two transactions as one act', async () => {
    const { portal, community, chair } = world
    const { communityId } = community
    const acting = (subject: string) =>
      auditedPortal(portal, chair, () => ({ communityId, action: 'roll:read', subject, pressed: {} }))
    const write = (by: Portal, name: string) =>
      by.db
        .transaction()
        .execute(tx =>
          tx
            .insertInto('micro_grid')
            .values({ community_id: communityId, grid_id: name, name, created_at: portal.clock.now() })
            .execute(),
        )
    const [one, other] = [acting('one'), acting('other')]
    portal.clock.advance(1000)
    await write(other, 'x')
    portal.clock.advance(1000)
    await write(one, 'a')
    portal.clock.advance(1000)
    await write(one, 'b')
    const page = (await readAudit(portal, overseer, community, { before: null, onlyReadings: false }))!
    const shown = page.acts
      .slice(0, 2)
      .map(({ subject, changes }) => [subject, ...changes.rows.map(row => row.after!.name)])
    expect(shown).toEqual([
      ['one', 'a', 'b'],
      ['other', 'x'],
    ])
    expect(page.acts[0]!.detail).not.toContain('form')
    await sealAudit(portal, communityId)
  })

  it('names an act of which the changes were touched, or about whom they are', async () => {
    const [row] = await database.asOwner(
      `select audit_event_id as id from audit_change where cardinality(concerns) > 1 limit 1`,
    )
    const where = `where audit_event_id = '${row!.id}'`
    const touch = (statement: string) =>
      tampered(
        `create temporary table if not exists kept_change as select * from audit_change ${where}; ${statement}`,
        'audit_change',
      )
    const putBack = 'insert into audit_change select * from kept_change; drop table kept_change'
    const found = (what: string) => [{ invariant: 'audit-event-intact', reference: row!.id, found: what }]
    await touch(`update audit_change set changes = replace(changes, '9025', '9024') ${where}`)
    expect(await check()).toEqual(found('changed'))
    await touch(`delete from audit_change ${where}`)
    expect(await check()).toEqual(found('changed'))
    await touch(putBack)
    expect(await check()).toEqual([])
    await touch(`update audit_change set concerns = '{}' ${where}`)
    expect(await check()).toEqual(found('concerns'))
    await touch(`delete from audit_change ${where}; ${putBack}`)
    expect(await check()).toEqual([])
  })

  it('names an act that was changed, taken out or put back differently', async () => {
    const [row] = await database.asOwner(
      `select audit_event_id as id, subject from audit_event where act = 'read-unit' order by audit_event_id limit 1`,
    )
    await expect(database.asOwner(`update audit_event set subject = 'x'`)).rejects.toThrow()
    await tampered(`update audit_event set subject = '9栋' where audit_event_id = '${row!.id}'`)
    expect(await check()).toEqual([{ invariant: 'audit-event-intact', reference: row!.id, found: 'changed' }])
    await tampered(`update audit_event set subject = '${row!.subject}' where audit_event_id = '${row!.id}'`)
    expect(await check()).toEqual([])
    await tampered(`create temporary table kept as select * from audit_event where audit_event_id = '${row!.id}';
      delete from audit_event where audit_event_id = '${row!.id}'`)
    expect(await check()).toEqual([{ invariant: 'audit-event-intact', reference: row!.id, found: 'missing' }])
    await tampered(`insert into audit_event select * from kept; drop table kept`)
    expect(await check()).toEqual([])
  })

  it('names a batch whose digests were replaced together with its acts', async () => {
    await tampered(
      `update audit_seal set digest = repeat('0', 64) where batch_no = 2;
       delete from audit_salt where audit_event_id in (select audit_event_id from audit_seal where batch_no = 2)`,
      'audit_seal',
    )
    expect(await check()).toMatchObject([{ invariant: 'audit-batch-in-log', reference: '2' }])
  })

  it('names an account that became an owner without an act', async () => {
    const before = await check()
    await database.asOwner(
      `insert into person_user select community_id, person_id, '${overseer.userId}', now()
        from person where person_id not in (select person_id from person_user) limit 1`,
    )
    expect((await check()).filter(({ invariant }) => invariant === 'binding-audited')).toHaveLength(1)
    expect(before.filter(({ invariant }) => invariant === 'binding-audited')).toHaveLength(0)
  })
})
