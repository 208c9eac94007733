/** Volunteer points through the doors of the ledger, on both databases: off first, two people, two at once, no balance below zero, and what fsck names. */
import { beforeAll, expect, it } from 'vitest'
import {
  checkLedger,
  checkPoints,
  decideControlChange,
  decidePoints,
  endPartner,
  type PointProposal,
  proposeControlChange,
  proposePoints,
  readControlChanges,
  readControls,
  readOwnPoints,
  readPointDesk,
  readPublicPoints,
  registerPartner,
  spendOwnPoints,
} from '#ledger/server'
import type { Actor, Role } from '#people'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { unit } from '../votes/polls.ts'
import { freshVillage, must, refusalOf, type Village } from '../votes/village.ts'

const UNITS = [
  unit('U1', { owners: ['P-1', 'P-1b'] }),
  unit('U2', { owners: ['P-2'] }),
  unit('B1', { kind: 'parking' }),
]

/** Two sides switch points on or off. */
async function setPoints({ portal, community, chair }: Village, volunteerPoints: boolean): Promise<void> {
  const { communityId } = community
  const manager: Actor = { ...chair, userId: 'user-manager', roles: [{ communityId, role: 'manager' }] }
  const { controls: before } = await readControls(portal.db, community)
  const controls = { ...before, volunteerPoints }
  const change = { kind: 'controls', reason: '业主大会决定', before, controls } as const
  const changeId = must(await proposeControlChange(portal, chair, community, change))
  const seen = (await readControlChanges(portal, manager, community))?.find(
    each => each.changeId === changeId,
  )
  const decision = { changeId, decision: 'confirmed', seenDigest: seen!.contentDigest } as const
  must(await decideControlChange(portal, manager, community, decision))
}

describeOnEachDatabase('volunteer points', open => {
  let database: TestDatabase
  let village: Village
  let partnerId: string
  const officer = (role: Role, userId: string): Actor => ({
    userId,
    displayName: userId,
    roles: [{ communityId: village.community.communityId, role }],
    sessionId: `s-${userId}`,
  })
  const grant = (changes: Partial<PointProposal> = {}): PointProposal => ({
    kind: 'grant',
    home: 'U1',
    partnerId: '',
    points: '30',
    activity: '清理楼道',
    happenedOn: '2026-03-01',
    ...changes,
  })
  const propose = (proposal: PointProposal, actor = village.chair) =>
    proposePoints(village.portal, actor, village.community, proposal)
  const decide = async (
    actor: Actor,
    requestId: string,
    decision: 'confirmed' | 'refused' | 'withdrawn' = 'confirmed',
  ) => {
    const { portal, community, chair } = village
    const desk = await readPointDesk(portal, chair, community)
    const seenDigest = desk?.requests.find(each => each.requestId === requestId)?.contentDigest ?? ''
    return decidePoints(portal, actor, community, { requestId, decision, seenDigest })
  }
  const give = async (proposal: PointProposal) =>
    must(await decide(village.branch, must(await propose(proposal)).requestId)).number
  const spend = (
    person: string,
    points: string,
    partner: string | null,
    formKey = village.portal.random.id(),
    home = 'U1',
  ) =>
    spendOwnPoints(village.portal, village.owner(person), village.community, {
      home,
      points,
      partnerId: partner,
      formKey,
    })
  const figures = async () => (await readPublicPoints(village.portal, village.community, null))!.figures
  const findings = async () => (await checkPoints(village.portal, village.community)).findings

  beforeAll(async () => {
    database = await open()
    village = await freshVillage(database, UNITS)
  })

  it('are off until two sides say otherwise: nothing is read, proposed, registered or spent', async () => {
    const { portal, community, chair, owner } = village
    expect(await readPublicPoints(portal, community, null)).toBeNull()
    expect(await readOwnPoints(portal, owner('P-1'), community)).toBeNull()
    expect(await readPointDesk(portal, chair, community)).toBeNull()
    expect(refusalOf(await propose(grant())).code).toBe('points-off')
    expect(refusalOf(await registerPartner(portal, chair, community, { name: '便民超市' })).code).toBe(
      'points-off',
    )
    expect(refusalOf(await spend('P-1', '1', null)).code).toBe('points-off')
    await setPoints(village, true)
    expect(await figures()).toEqual({ issued: 0n, redeemed: 0n, pool: 0n, held: 0n })
    expect((await checkLedger(portal, community)).findings).toEqual([])
  })

  it('are given by two officers, for a home of the register, never one’s own', async () => {
    const { chair, branch, owner, community } = village
    expect(refusalOf(await propose(grant(), owner('P-1'))).code).toBe('not-permitted')
    expect(refusalOf(await propose(grant({ home: 'U9' }))).code).toBe('home-unknown')
    expect(refusalOf(await propose(grant({ home: 'B1' }))).code).toBe('home-unknown')
    expect(refusalOf(await propose(grant({ points: '0' }))).code).toBe('points-malformed')
    expect(refusalOf(await propose(grant({ activity: '' }))).code).toBe('activity-missing')
    expect(refusalOf(await propose(grant({ happenedOn: '2027-01-01' }))).code).toBe('day-malformed')
    const { communityId } = community
    const atHome: Actor = {
      ...owner('P-1'),
      roles: [
        { communityId, role: 'owner' },
        { communityId, role: 'committee_member' },
      ],
    }
    expect(refusalOf(await propose(grant(), atHome)).code).toBe('own-home')
    const { requestId } = must(await propose(grant()))
    expect(refusalOf(await decide(chair, requestId)).code).toBe('second-needed')
    expect(refusalOf(await decide(atHome, requestId)).code).toBe('own-home')
    expect(refusalOf(await decide(branch, requestId, 'withdrawn')).code).toBe('second-needed')
    const stale = { requestId, decision: 'confirmed', seenDigest: '0'.repeat(64) } as const
    expect(refusalOf(await decidePoints(village.portal, branch, community, stale)).code).toBe(
      'content-changed',
    )
    const both = await Promise.all([
      decide(branch, requestId),
      decide(officer('residents_committee', 'r'), requestId),
    ])
    expect(both.map(each => (each.ok ? each.value.number : each.error.code)).sort()).toEqual([
      1,
      'request-decided',
    ])
    const refused = must(await propose(grant({ points: '5' })))
    must(await decide(branch, refused.requestId, 'refused'))
    const withdrawn = must(await propose(grant({ points: '6' })))
    must(await decide(chair, withdrawn.requestId, 'withdrawn'))
    expect(await figures()).toEqual({ issued: 30n, redeemed: 0n, pool: 0n, held: 30n })
  })

  it('are redeemed at a partner by an owner, once for each form, and never below zero when two spend at once', async () => {
    const { portal, community, chair, owner } = village
    expect(refusalOf(await registerPartner(portal, chair, community, { name: '张三' })).code).toBe(
      'partner-name-private',
    )
    partnerId = must(await registerPartner(portal, chair, community, { name: '便民超市' })).partnerId
    expect(refusalOf(await spend('P-2', '5', partnerId)).code).toBe('home-not-yours')
    expect(refusalOf(await spend('P-1', '5', 'x'.repeat(26))).code).toBe('partner-unknown')
    expect(refusalOf(await spend('P-1', '31', partnerId))).toEqual({ code: 'points-missing', balance: 30n })
    const formKey = portal.random.id()
    const twice = await Promise.all([
      spend('P-1', '10', partnerId, formKey),
      spend('P-1', '10', partnerId, formKey),
    ])
    expect(twice.map(each => must(each).number)).toEqual([2, 2])
    expect(refusalOf(await spend('P-1b', '10', partnerId, formKey)).code).toBe('form-unknown')
    const race = await Promise.all([spend('P-1', '20', partnerId), spend('P-1b', '20', null)])
    expect(race.filter(each => each.ok)).toHaveLength(1)
    expect(race.flatMap(each => (each.ok ? [] : [each.error.code]))).toEqual(['points-missing'])
    expect((await figures()).held).toBe(0n)
    const own = await readOwnPoints(portal, owner('P-1b'), community)
    expect(own?.homes).toEqual([{ home: 'U1', points: 0n }])
    expect(own?.vouchers.map(each => each.change)).toEqual([-20n, -10n, 30n])
    expect((await readOwnPoints(portal, owner('P-2'), community))?.vouchers).toEqual([])
    expect(await findings()).toEqual([])
  })

  it('go into the pool and out of it again by two officers, for what it holds', async () => {
    const { portal, community, chair, branch } = village
    await give(grant({ home: 'U2', points: '50' }))
    const before = await figures()
    must(await spend('P-2', '40', null, undefined, 'U2'))
    const pool = before.pool + 40n
    expect((await figures()).pool).toBe(pool)
    const out = { ...grant(), kind: 'spend', partnerId, activity: '给独居老人送米' } as const
    const tooMuch = must(await propose({ ...out, points: String(pool + 1n) }))
    expect(refusalOf(await decide(branch, tooMuch.requestId)).code).toBe('points-missing')
    must(await decide(branch, must(await propose({ ...out, points: '15' })).requestId))
    expect((await figures()).pool).toBe(pool - 15n)
    must(await endPartner(portal, chair, community, partnerId))
    expect(refusalOf(await spend('P-2', '1', partnerId, undefined, 'U2')).code).toBe('partner-unknown')
    const page = await readPublicPoints(portal, community, null)
    expect(page?.vouchers.map(each => each.number)).toEqual([6, 5, 4, 3, 2, 1])
    expect(JSON.stringify(page, (_, each) => (typeof each === 'bigint' ? `${each}` : each))).not.toMatch(
      /U1|U2|P-/,
    )
    const { issued, redeemed, held, pool: left } = page!.figures
    expect(issued).toBe(redeemed + left + held)
    expect(await findings()).toEqual([])
    expect((await checkLedger(portal, community)).findings).toEqual([])
  })

  it('overdrawn, unbalanced or late by direct SQL are refused by the database, or named by fsck', async () => {
    const { communityId } = village.community
    const voucher = (number: number) =>
      `insert into point_voucher values (${communityId}, ${number}, 'give', 500, null, '', '2026-03-01', 'u', 'owner', now(),
        decode(repeat('00', 32), 'hex'), null, null, 0)`
    const posting = (number: number, line: number, account: string, points: number) =>
      `insert into point_posting values (${communityId}, ${number}, ${line}, '${account}', 'POINT', ${points})`
    const alone = (...statements: readonly string[]) =>
      database.asOwner(`do $$ begin ${statements.join('; ')}; end $$`)
    await expect(
      alone(voucher(7), posting(7, 1, 'home:U1', -500), posting(7, 2, 'pool', 500)),
    ).rejects.toThrow(/point_balance/)
    await expect(alone(voucher(7), posting(7, 1, 'pool', 500))).rejects.toThrow(/does not balance/)
    await expect(database.asOwner(voucher(7))).rejects.toThrow(/does not balance/)
    await expect(database.asOwner(posting(1, 3, 'pool', 5))).rejects.toThrow(/already posted/)
    await expect(database.asOwner('update point_posting set points = points * 2')).rejects.toThrow()
    expect(await findings()).toEqual([])
    await database.asOwner(
      `update point_balance set points = points + 1 where community_id = ${communityId} and account = 'pool'`,
    )
    expect(await findings()).toMatchObject([{ invariant: 'balance', reference: 'pool' }])
    await database.asOwner(
      `update point_balance set points = points - 1 where community_id = ${communityId} and account = 'pool'`,
    )
    await database.asOwner('alter table point_posting disable trigger user')
    await database.asOwner(
      `update point_posting set points = points * 10 where community_id = ${communityId} and number = 2`,
    )
    await database.asOwner('alter table point_posting enable trigger user')
    const named = new Set((await findings()).map(each => each.invariant))
    expect([...named].sort()).toEqual(['balance', 'in-log', 'voucher'])
  })
})
