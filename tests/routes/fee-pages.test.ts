/**
 * Pages of service fees: the public one without anybody's home, an owner's own units exact to the fen and nobody else's, and the
 * officers' form, which names each field that is off and stores nothing then.
 */
import { beforeAll, expect, it } from 'vitest'
import { fen, period } from '#kernel'
import type { FeeStandard } from '#ledger'
import {
  decideControlChange,
  proposeControlChange,
  readControlChanges,
  readFeeStandards,
} from '#ledger/server'
import type { Actor } from '#people'
import * as controls from '../../app/routes/c.$slug.office.controls.tsx'
import { describeOnOneDatabase } from '../support/database.ts'
import { must } from '../votes/village.ts'
import { type OfficeWorld, openOfficeWorld } from './office-world.ts'
import { type OwnerSite, openOwnerSite } from './owner-site.ts'
import { wordsIn } from './public-site.ts'

const STANDARD: FeeStandard = {
  from: period('2026-02'),
  rates: [
    { unitKind: 'residence', per: 'm2', priceFen: fen(140n) },
    { unitKind: 'parking', per: 'unit', priceFen: fen(5_000n) },
  ],
  poll: '',
  document: '',
}

describeOnOneDatabase('pages of service fees', open => {
  let world: OwnerSite
  const page = async (path: string, person?: string) =>
    wordsIn(
      person === undefined
        ? await world.site.html(`/c/village${path}`)
        : await world.html(person, `/c/village${path}`),
    )

  beforeAll(async () => {
    world = await openOwnerSite(await open())
  })

  it('say so where no standard is recorded', async () => {
    expect(await page('/fees')).toContain('还没有登记收费标准')
    expect(await page('/me', 'P-U1')).toContain('算不出每月应交多少')
    expect(await page('/fund')).not.toContain('收缴率')
  })

  it('show the standard with its basis, what is due in all, and no home', async () => {
    const { portal, community, chair } = world.village
    const manager: Actor = {
      userId: 'user-manager',
      displayName: 'manager',
      roles: [{ communityId: community.communityId, role: 'manager' }],
      sessionId: 's-manager',
    }
    const reason = '业主大会通过的服务合同第六条'
    const change = { kind: 'fee-standard', reason, before: null, standard: STANDARD } as const
    const changeId = must(await proposeControlChange(portal, manager, community, change))
    expect(await page('/fees')).toContain('还没有登记收费标准')
    const [waiting] = (await readControlChanges(portal, manager, community)) ?? []
    const decision = { changeId, decision: 'confirmed', seenDigest: waiting!.contentDigest } as const
    must(await decideControlChange(portal, chair, community, decision))
    await world.publish()
    const words = await page('/fees')
    expect(words).toContain('住宅：每平方米每月 ¥1.40')
    expect(words).toContain('车位：每个每月 ¥50.00')
    expect(words).toContain(`依据：${reason}`)
    // Confirmed in March, from February on.
    expect(words).toContain('是补记，或者追溯')
    // Twelve homes of 90.00, 90.11, … 91.21 m², each rounded by itself, and the one space: 1,522.16 + 50.00 yuan.
    const homes = Array.from({ length: 12 }, (_, i) => ((9_000n + BigInt(11 * i)) * 140n + 50n) / 100n)
    expect(homes.reduce((a, b) => a + b, 0n)).toBe(152_216n)
    expect(words).toContain('一个月应收 ¥1,572.16，共 13 户（个）')
    expect(words).toContain('应收 ¥1,572.16，已收 ¥0.00（其中预收 ¥0.00），收缴率 0.00%')
    // One space stands nowhere by itself, and neither do the homes, from which it could be told.
    expect(words).not.toContain('¥1,522.16')
    expect(words).not.toContain('¥126.00')
    expect(await page('/fund?period=2026-02')).toContain('应收 ¥1,572.16，已收 ¥0.00')
    expect(await page('/fees?lang=en')).toContain('Home: ¥1.40 a square metre a month')
  })

  it('tell an owner what the own units owe, area times price, and of nobody else', async () => {
    const both = await page('/me', 'P-U1')
    expect(both).toContain('90.00 ㎡ × 每平方米每月 ¥1.40 = ¥126.00')
    // 90.11 × 1.40 is 126.154.
    expect(both).toContain('90.11 ㎡ × 每平方米每月 ¥1.40 = ¥126.15')
    expect(both).toContain('合计每月 ¥252.15')
    expect(both).toContain('标准的依据：业主大会通过的服务合同第六条')
    expect(both).not.toContain('¥126.31')
    const space = await page('/me', 'P-U4')
    expect(space).toContain('1 个 × 每个每月 ¥50.00 = ¥50.00')
    expect(space).not.toContain('90.11 ㎡')
  })
})

describeOnOneDatabase('the officers’ form of fees', open => {
  let world: OfficeWorld
  const FORM = {
    intent: 'propose',
    kind: 'fee-standard',
    from: '2025-01',
    'price-residence': '1.40',
    'price-parking': '50',
    'per-parking': 'unit',
    feePoll: '',
    document: '',
    reason: '服务合同第六条',
  }
  const send = (who: 'manager' | 'committee_chair' | 'bookkeeper', changes: Record<string, string>) =>
    world.post(controls.action, '/controls', who, { ...FORM, ...changes })
  const waiting = async () =>
    ((await readControlChanges(world.portal, world.people.overseer, world.community)) ?? []).filter(
      each => each.change.kind === 'fee-standard',
    )

  beforeAll(async () => {
    world = await openOfficeWorld(await open())
  })

  it.each<[string, string, Record<string, string>]>([
    ['price-residence', '金额看不懂', { 'price-residence': '一块四' }],
    ['price-residence', '至少填一种', { 'price-residence': '', 'price-parking': '' }],
    ['price-residence', '单价要大于零', { 'price-residence': '0' }],
    ['from', '从哪个月起', { from: '下个月' }],
    ['feePoll', '没有这次表决', { feePoll: 'nowhere' }],
    ['document', '64 位', { document: 'abc' }],
    ['document', '没有这份公开件', { document: 'a'.repeat(64) }],
    ['reason', '写明原因', { reason: ' ' }],
    ['reason', '不能有个人姓名或号码', { reason: '问 13812345678' }],
  ])('names %s (%s) and stores nothing', async (field, words, changes) => {
    const answer = await send('manager', changes)
    expect(answer.status).toBe(422)
    const { errors } = answer.data as { errors: { field?: string; message: string }[] }
    expect(errors[0]?.field).toBe(field)
    expect(errors[0]?.message).toContain(words)
    expect(await waiting()).toEqual([])
  })

  it('is one side’s to send and another’s to confirm, the owners’ committee being one of the two', async () => {
    expect((await send('bookkeeper', {})).status).toBe(403)
    expect((await send('manager', {})).status).toBe(303)
    const [made] = await waiting()
    const decide = (who: 'manager' | 'overseer' | 'committee_chair') =>
      world.post(controls.action, '/controls', who, {
        intent: 'confirmed',
        change: made!.changeId,
        seen: made!.contentDigest,
      })
    expect((await decide('manager')).status).toBe(403)
    expect((await decide('overseer')).status).toBe(403)
    expect((await decide('committee_chair')).status).toBe(303)
    const { communityId } = world.community
    expect(await readFeeStandards(world.portal.db, communityId)).toMatchObject([
      { version: 1, standard: { from: '2025-01', rates: [{ priceFen: 140n }, { per: 'unit' }] } },
    ])
    expect((await send('manager', {})).status).toBe(422)
    expect((await send('manager', { from: '2024-12' })).status).toBe(422)
  })
})
