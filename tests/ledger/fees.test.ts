/**
 * A standard of service fees by two sides, and what is due by it: each refusal leaves nothing, the register of each month counts,
 * what the developer holds is due as well, nothing of one community reaches another, and a tampered row is named.
 */
import { beforeAll, expect, it } from 'vitest'
import { civilDate, fen, type Period, period } from '#kernel'
import type { FeeRate, FeeStandard } from '#ledger'
import {
  checkLedger,
  decideControlChange,
  draftVoucher,
  proposeControlChange,
  publishRedactedCopy,
  readCollections,
  readControlChanges,
  readFeeStandardOf,
  readFeeStandards,
  readPublicFeeStandards,
  readYearCollection,
} from '#ledger/server'
import type { Actor } from '#people'
import {
  addActor,
  answer,
  confirmSeen,
  openRollWorld,
  ROLL_HEADER,
  type RollWorld,
  uploadAndRead,
} from '../people/roll-world.ts'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { pngOf } from '../support/pictures.ts'
import { approveWithFactor } from '../support/second-factor.ts'
import { csvOf, utf8Of } from '../tables/making.ts'
import { attach, expectSound, must, PNG } from './office.ts'

const JANUARY = period('2025-01')
const MAY = period('2025-05')

const rate = (unitKind: FeeRate['unitKind'], price: bigint, per: FeeRate['per'] = 'm2'): FeeRate => ({
  unitKind,
  per,
  priceFen: fen(price),
})
const standardFrom = (from: string, ...rates: FeeRate[]): FeeStandard => ({
  from: period(from),
  rates,
  poll: '',
  document: '',
})
const FIRST = standardFrom('2025-02', rate('residence', 140n), rate('parking', 5_000n, 'unit'))
const SECOND = standardFrom('2025-04', rate('residence', 150n), rate('parking', 5_000n, 'unit'))

const home = (door: string, area: string, owner: string, state = '已交付', kind = '住宅') => [
  ...['1栋', '', door, area, owner, '', '', state],
  kind,
]
const rollOf = (rows: readonly string[][]) => utf8Of(csvOf([[...ROLL_HEADER, '房屋类型'], ...rows]))
const HOMES = [
  home('101', '89.50', '张一'),
  home('102', '100.33', '李二'),
  home('201', '100.33', '王三'),
  home('202', '80.00', '开发公司', '未售'),
]

describeOnEachDatabase('fees by two sides', open => {
  let database: TestDatabase
  let world: RollWorld
  let sample: SampleCommunity
  let other: SampleCommunity

  const propose = (actor: Actor, before: FeeStandard | null, standard: FeeStandard, reason = '合同第六条') =>
    proposeControlChange(world.portal, actor, sample.community, {
      kind: 'fee-standard',
      reason,
      before,
      standard,
    })
  const decide = async (actor: Actor, changeId: string, of = sample) => {
    const changes = await readControlChanges(world.portal, of.manager, of.community)
    const seenDigest = changes?.find(each => each.changeId === changeId)?.contentDigest ?? ''
    const request = { changeId, decision: 'confirmed', seenDigest } as const
    const done = await decideControlChange(world.portal, actor, of.community, request)
    return done.ok ? 'done' : done.error.code
  }
  const collections = (from: Period, until: Period, of = sample) =>
    world.portal.db.transaction().execute(tx => readCollections(tx, of.community.communityId, from, until))
  const importRoll = async (rows: readonly string[][], on: string) => {
    const importId = await uploadAndRead(world, rollOf(rows), { on })
    must(await answer(world, importId, { developerName: '开发公司', removesMissing: true }))
    must(await confirmSeen(world, importId))
  }
  const receive = async (account: string, amount: bigint, on: string) => {
    const draft = must(
      await draftVoucher(world.portal, sample.bookkeeper, sample.community, {
        occurredOn: civilDate(on),
        narration: '收物业服务费',
        postings: [
          { fund: 'trust', account: '100201', side: 'debit', amountFen: fen(amount) },
          { fund: 'trust', account, side: 'credit', amountFen: fen(amount) },
        ],
        documents: [],
        bankLines: [],
        replaces: null,
      }),
    )
    const step = { draftId: draft.draftId, step: 'review', seenDigest: draft.contentDigest } as const
    must(await approveWithFactor(world.portal, sample.reviewer, sample.community, step))
  }

  beforeAll(async () => {
    database = await open()
    world = await openRollWorld(database, 'fees')
    sample = world.sample
    other = await openSampleCommunity(world.portal, 'fees-other', { accountNumber: '4402000000000009999' })
    world.portal.clock.moveTo(new Date('2025-06-10T02:00:00Z'))
  })

  it('are not there before: nothing is due, in any month', async () => {
    await importRoll(HOMES, '2025-02-15')
    expect((await collections(JANUARY, MAY)).size).toBe(0)
    expect(await readYearCollection(world.portal, sample.community, MAY)).toBe(null)
    expect(await readPublicFeeStandards(world.portal, sample.community)).toMatchObject({
      inForce: null,
      versions: [],
    })
  })

  it('hold when another side confirms, the owners’ committee being one of the two, and not before', async () => {
    expect(await propose(sample.bookkeeper, null, FIRST)).toMatchObject({ error: { code: 'not-permitted' } })
    expect(await propose(sample.overseer, null, FIRST)).toMatchObject({ error: { code: 'not-permitted' } })
    expect(await propose(other.manager, null, FIRST)).toMatchObject({ error: { code: 'not-permitted' } })
    expect(await propose(sample.manager, FIRST, SECOND)).toMatchObject({ error: { code: 'rules-moved-on' } })
    expect(await propose(sample.manager, null, FIRST, ' ')).toMatchObject({
      error: { code: 'reason-missing' },
    })
    expect(await propose(sample.manager, null, { ...FIRST, document: 'a'.repeat(64) })).toMatchObject({
      error: { code: 'fee-document-not-public' },
    })
    const changeId = must(await propose(sample.manager, null, FIRST))
    expect(await readFeeStandards(world.portal.db, sample.community.communityId)).toEqual([])
    expect(await decide(sample.manager, changeId)).toBe('second-needed')
    expect(await decide(sample.overseer, changeId)).toBe('second-needed')
    expect(await decide(sample.bookkeeper, changeId)).toBe('not-permitted')
    const rival = must(await propose(sample.treasurer, null, { ...FIRST, from: JANUARY }))
    expect(await decide(sample.treasurer, changeId)).toBe('done')
    expect(await decide(sample.manager, rival)).toBe('rules-moved-on')
    const inForce = await readFeeStandardOf(world.portal.db, sample.community.communityId, MAY)
    expect(inForce).toEqual({ version: 1, standard: FIRST, basis: '合同第六条' })
    await expectSound(world.portal, sample)
  })

  it('rest on a published copy of the contract where one is named, and show both versions', async () => {
    const original = await attach(world.portal, sample, new Uint8Array([...PNG, 77]))
    const copy = { bytes: pngOf() }
    const published = must(
      await publishRedactedCopy(world.portal, sample.bookkeeper, sample.community, original, copy),
    )
    const standard = { ...SECOND, document: published.sha256, poll: 'POLL-1' }
    const changeId = must(await propose(sample.treasurer, FIRST, standard, '业主大会表决'))
    world.portal.clock.advance(60_000)
    expect(await decide(sample.overseer, changeId)).toBe('done')
    const shown = await readPublicFeeStandards(world.portal, sample.community)
    expect(shown.inForce).toMatchObject({ version: 2, standard, basis: '业主大会表决' })
    expect(shown.versions.map(each => each.version)).toEqual([2, 1])
    expect(shown.versions[1]).toMatchObject({ proposedRole: 'manager', decidedRole: 'committee_treasurer' })
    const early = await propose(sample.manager, standard, { ...FIRST, from: JANUARY })
    expect(early).toMatchObject({ error: { code: 'fee-from-too-early', name: 'from' } })
    await expectSound(world.portal, sample)
  })

  it('are due by the register and the standard of each month, for what the developer holds as well', async () => {
    // February's first day has no register yet; in April the price rises; from May on a home is gone and three spaces are there.
    const spaces = ['1', '2', '3'].map(door => home(`车${door}`, '12.50', `赵${door}`, '已交付', '车位'))
    await importRoll([...HOMES.slice(0, 3), ...spaces], '2025-05-01')
    await receive('410101', 30_000n, '2025-03-05')
    await receive('410103', 10_000n, '2025-03-06')
    await receive('410102', 7_000n, '2025-04-06')
    const months = await collections(JANUARY, MAY)
    // 89.50, 100.33 and 100.33 m², and 80.00 m² that nobody bought: 125.30 + 140.46 + 140.46 + 112.00 yuan.
    const march = 12_530n + 14_046n + 14_046n + 11_200n
    // At 1.50: 134.25 + 150.495 twice, each rounded half up to 150.50, + 120.00.
    const april = 13_425n + 15_050n + 15_050n + 12_000n
    const may = 13_425n + 15_050n + 15_050n + 15_000n
    expect([...months]).toEqual([
      ['2025-03', { dueFen: march, collectedFen: 40_000n, advanceFen: 10_000n, pastFen: 0n }],
      ['2025-04', { dueFen: april, collectedFen: 0n, advanceFen: 0n, pastFen: 7_000n }],
      ['2025-05', { dueFen: may, collectedFen: 0n, advanceFen: 0n, pastFen: 0n }],
    ])
    const year = await readYearCollection(world.portal, sample.community, period('2025-06'))
    expect(year).toMatchObject({
      from: '2025-03',
      until: '2025-05',
      dueFen: march + april + may,
      collectedFen: 40_000n,
      advanceFen: 10_000n,
      pastFen: 7_000n,
      month: { unitCount: 6, dueFen: may },
    })
    expect(year?.month.parts.map(part => [part.kind, part.unitCount])).toEqual([
      ['residence', 3],
      ['parking', 3],
    ])
    expect(await readYearCollection(world.portal, sample.community, period('2025-03'))).toMatchObject({
      until: '2025-03',
      dueFen: march,
    })
    expect(await readYearCollection(world.portal, sample.community, period('2024-12'))).toBe(null)
  })

  it('of one community are nothing to another', async () => {
    expect((await collections(JANUARY, MAY, other)).size).toBe(0)
    const changeId = must(await propose(sample.treasurer, (await lastOf()) ?? null, nextYear()))
    expect(await decide(other.manager, changeId, other)).toBe('change-unknown')
    expect(await decide(other.manager, changeId)).toBe('not-permitted')
    expect(await readFeeStandards(world.portal.db, other.community.communityId)).toEqual([])
    const foreign = await addActor(world, other.community.communityId, 'committee_chair')
    expect(await propose(foreign, null, FIRST)).toMatchObject({ error: { code: 'not-permitted' } })
  })

  const lastOf = async () =>
    (await readFeeStandards(world.portal.db, sample.community.communityId)).at(-1)?.standard
  const nextYear = () => ({ ...FIRST, from: period('2026-01') })

  it('cannot be rewritten by the application, and a price changed in the database is named by the check', async () => {
    const rewrite = world.portal.db
      .updateTable('control_change')
      .set({ content_digest: 'x' } as never)
      .execute()
    await expect(rewrite).rejects.toThrow(/permission denied|append/)
    await database.asOwner(`
      set session_replication_role = replica;
      update control_change set content = c.bytes, content_digest = encode(sha256(c.bytes), 'hex') from (
        select change_id, convert_to(replace(convert_from(content, 'UTF8'), '"fen":"140"', '"fen":"139"'), 'UTF8') as bytes
        from control_change where kind = 'fee-standard') c
      where c.change_id = control_change.change_id;
      set session_replication_role = origin`)
    const { findings } = await checkLedger(world.portal, sample.community)
    expect(findings.map(finding => finding.invariant)).toContain('control-in-log')
  })
})
