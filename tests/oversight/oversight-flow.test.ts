/**
 * Oversight of one community from end to end: comments and findings are written, answered, settled and logged; what needs eyes
 * is found and kept; a page over several communities reads one row of each; and every tampering is named.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { unpackArchive } from '#archive/server'
import { readAsReader } from '#db'
import { canonicalText, civilDate, period } from '#kernel'
import {
  CHECK_COMMUNITY,
  checkCommunityJob,
  checkCommunityNow,
  checkOversight,
  drawVouchers,
  orderDailyChecks,
  readEntries,
  readFeeTrend,
  readInspectionPack,
  readNeedsEyes,
  readNewestCheck,
  readOverview,
  readOverviewFees,
  replyToEntry,
  writeEntry,
} from '#oversight/server'
import type { Actor, Role } from '#people'
import { addUser } from '#people/server'
import { runNextJob } from '#platform/process'
import { openPublicWorld, type PublicWorld } from '../routes/public-world.ts'
import { openSampleCommunity } from '../support/community.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'

async function officer(world: PublicWorld, role: Role): Promise<Actor> {
  const { portal, community } = world
  const { communityId } = community
  const login = `extra-${role.replaceAll('_', '-')}`
  const user = { login, displayName: `officer ${login}`, password: `a long pass phrase of ${login}` }
  const added = await addUser(portal, user, [
    { communityId, role, from: civilDate('2020-01-01'), until: null },
  ])
  if (!added.ok) throw new Error(added.error.code)
  return {
    userId: added.value,
    displayName: user.displayName,
    roles: [{ communityId, role }],
    sessionId: role,
  }
}

describeOnEachDatabase('oversight of a community', open => {
  let database: TestDatabase
  let world: PublicWorld
  let auditor: Actor
  let other: Actor
  const code = (done: { ok: true } | { ok: false; error: { code: string } }) =>
    done.ok ? 'ok' : done.error.code

  beforeAll(async () => {
    database = await open()
    world = await openPublicWorld(database)
    auditor = await officer(world, 'auditor')
    other = (await openSampleCommunity(world.portal, 'other', { accountNumber: '4402000000000009999' }))
      .overseer
  })

  const write = (actor: Actor, kind: 'comment' | 'finding', about: string, words: string) =>
    writeEntry(world.portal, actor, world.community, { kind, about, words })
  const reply = (actor: Actor, entryId: string, kind: 'answer' | 'settle' | 'insist', words = '已核对') =>
    replyToEntry(world.portal, actor, world.community, { entryId, kind, words })

  it('is written by who may, about what there is, without a number that names a person', async () => {
    const { overseer, manager, treasurer } = world
    expect(code(await write(manager, 'comment', '', '看一看'))).toBe('not-permitted')
    expect(code(await write(overseer, 'finding', '', '看一看'))).toBe('not-permitted')
    expect(code(await write(auditor, 'comment', '', '看一看'))).toBe('not-permitted')
    expect(code(await write(other, 'comment', '', '看一看'))).toBe('not-permitted')
    expect(code(await write(overseer, 'comment', '', '  '))).toBe('words-missing')
    expect(code(await write(overseer, 'comment', '', 'x'.repeat(2001)))).toBe('words-too-long')
    expect(code(await write(overseer, 'comment', '', '找王某 13812345678'))).toBe('words-private')
    for (const about of ['2025-9999', '2024-12', '随便']) {
      expect(code(await write(overseer, 'comment', about, '看一看'))).toBe('subject-unknown')
    }
    const made = await write(overseer, 'comment', '2025-03', '三月电梯费为什么比二月多？')
    if (!made.ok) throw new Error(made.error.code)
    expect(code(await reply(overseer, made.value, 'settle'))).toBe('reply-unfit')
    expect(code(await reply(overseer, made.value, 'answer'))).toBe('not-permitted')
    expect(code(await reply(manager, '0'.repeat(26), 'answer'))).toBe('entry-unknown')
    expect(code(await reply(manager, made.value, 'answer', ' '))).toBe('words-missing')
    expect(code(await reply(manager, made.value, 'answer', '换了一根钢丝绳，凭证里有发票。'))).toBe('ok')
    expect(code(await reply(treasurer, made.value, 'settle'))).toBe('not-permitted')
    expect(code(await reply(auditor, made.value, 'settle'))).toBe('not-permitted')
    expect(code(await reply(overseer, made.value, 'insist', '请附报价单'))).toBe('ok')
    expect(code(await reply(treasurer, made.value, 'answer', '已附'))).toBe('ok')
    expect(code(await reply(overseer, made.value, 'settle'))).toBe('ok')
    expect(code(await reply(manager, made.value, 'answer'))).toBe('reply-unfit')
    const [entry] = await readEntries(world.portal, world.community, null, null)
    expect(entry).toMatchObject({
      state: 'settled',
      kind: 'comment',
      about: { subject: '2025-03' },
      mayReply: [],
    })
    expect(entry!.replies.map(each => each.kind)).toEqual(['answer', 'insist', 'answer', 'settle'])
    expect(entry!.words).toBe('三月电梯费为什么比二月多？')
  })

  it('tells a finding that nobody answered in time, and the eyes see it', async () => {
    const made = await write(auditor, 'finding', '2025-0001', '凭证后面没有验收照片。')
    if (!made.ok) throw new Error(made.error.code)
    const kinds = async () => (await readNeedsEyes(world.portal, world.community)).map(item => item.kind)
    expect(await kinds()).not.toContain('finding-overdue')
    const before = world.portal.clock.now()
    world.portal.clock.moveTo(new Date('2025-04-26T02:00:00Z'))
    const found = await readNeedsEyes(world.portal, world.community)
    expect(found.find(item => item.kind === 'finding-overdue')).toMatchObject({ days: 1 })
    // March is not closed and its lines wait at the bank; nobody is the chair; the lift has no such budget problem.
    expect(found.find(item => item.kind === 'month-unclosed' && item.subject === '2025-01')).toMatchObject({
      days: 75,
      href: 'statements',
    })
    expect(found.find(item => item.kind === 'bank-lines-unmatched')?.count).toBeGreaterThan(1)
    expect(found.find(item => item.subject === 'committee_chair')?.kind).toBe('office-vacant')
    expect(found.some(item => item.kind === 'over-budget')).toBe(false)
    world.portal.clock.moveTo(before)
    expect(code(await reply(world.manager, made.value, 'answer', '补上了。'))).toBe('ok')
    expect(await kinds()).not.toContain('finding-overdue')
    const about = { kind: 'voucher' as const, subject: '2025-0001' }
    expect(await readEntries(world.portal, world.community, null, about)).toHaveLength(1)
  })

  it('derives its own rows again, and names each that is not what the log says', async () => {
    const check = async () => (await checkOversight(world.portal, world.community)).findings
    expect(await check()).toEqual([])
    const tamper = async (statement: string) => {
      await database.asOwner('alter table oversight_entry disable trigger user')
      await database.asOwner('alter table oversight_reply disable trigger user')
      await database.asOwner(statement)
    }
    const { communityId } = world.community
    await tamper(`update oversight_entry set subject = '2025-02' where subject = '2025-03'`)
    expect(await check()).toMatchObject([{ invariant: 'entry-in-log' }])
    await tamper(`update oversight_entry set subject = '2025-03' where subject = '2025-02'`)
    await tamper(`update oversight_text set words = words || '！' where words like '三月%'`)
    expect(await check()).toMatchObject([{ invariant: 'entry-in-log' }])
    await tamper(`update oversight_text set words = '三月电梯费为什么比二月多？' where words like '三月%'`)
    await tamper(`update oversight_reply set kind = 'answer' where kind = 'insist'`)
    expect((await check()).map(finding => finding.invariant)).toEqual(['reply-in-log'])
    await tamper(`update oversight_reply set kind = 'insist' where kind = 'answer' and role = 'overseer'`)
    expect(await check()).toEqual([])
    // Erasing words leaves the log provably whole.
    await database.asOwner(`delete from oversight_text where words like '凭证后面%'`)
    expect(await check()).toEqual([])
    const erased = (await readEntries(world.portal, world.community, null, null)).find(
      e => e.kind === 'finding',
    )
    expect(erased).toMatchObject({ words: null, name: null })
    await expect(
      database.asOwner(`insert into oversight_reply select ${communityId + 1}, 'r', entry_id, 'answer', 'manager', now(), 0
        from oversight_entry where kind = 'comment'`),
    ).rejects.toThrow(/foreign key/)
  })

  it('is checked at night, once, and kept for the page over several communities', async () => {
    const { portal, community, overseer } = world
    expect(await readNewestCheck(portal, community.communityId)).toBeNull()
    const several = {
      ...overseer,
      roles: [...overseer.roles, ...other.roles.map(held => ({ ...held, role: 'auditor' as const }))],
    }
    expect((await readOverview(portal, several)).map(each => [each.community.slug, each.check])).toEqual([
      ['other', null],
      ['sample', null],
    ])
    await orderDailyChecks(portal)
    await orderDailyChecks(portal)
    const handlers = {
      [CHECK_COMMUNITY]: checkCommunityJob(async (_, { slug }) =>
        slug === 'other'
          ? [{ room: 'ledger', invariant: 'trial-balance-zero', reference: 'x', found: 'y' }]
          : [],
      ),
    }
    expect(await runNextJob(portal, handlers)).toBe(false)
    portal.clock.moveTo(new Date('2025-04-10T19:30:00Z'))
    let jobs = 0
    while (await runNextJob(portal, handlers)) jobs += 1
    expect(jobs).toBe(2)
    const [second, first] = await readOverview(portal, several)
    expect(first!.check).toMatchObject({
      findings: [],
      fees: { period: '2025-03', planned: { plannedFen: 0n } },
    })
    expect(first!.check!.items.length).toBeGreaterThan(2)
    expect(second!.check!.findings).toHaveLength(1)
    expect(second!.check!.items[0]).toMatchObject({
      kind: 'check-failed',
      subject: 'ledger/trial-balance-zero',
    })
    expect(await readOverview(portal, world.bookkeeper)).toEqual([])
    expect(first!.check!.satisfaction).toBeNull()
    const rolled = await readOverviewFees(portal, several)
    const own = (await readFeeTrend(portal, community)).at(-1)
    expect(rolled).toEqual([own])
    expect(await readOverviewFees(portal, world.bookkeeper)).toEqual([])
    const told = () =>
      portal.db
        .selectFrom('message')
        .select(['user_id', 'message_values'])
        .where('community_id', '=', community.communityId)
        .where('kind', '=', 'items-overdue')
        .orderBy('enqueued_at')
        .execute()
    const firstNight = await told()
    // Who oversees and who answers, each once; the auditor does neither.
    expect(new Set(firstNight.map(message => message.user_id)).size).toBe(firstNight.length)
    expect(firstNight.map(message => message.user_id)).toEqual(
      expect.arrayContaining([overseer.userId, world.manager.userId]),
    )
    expect(firstNight.some(message => message.user_id === auditor.userId)).toBe(false)
    const subject = String(first!.check!.items.length)
    expect(firstNight.every(each => each.message_values === canonicalText({ subject }))).toBe(true)
    portal.clock.advance(1000)
    expect(await checkCommunityNow(portal, community, async () => [])).toBe(0)
    portal.clock.advance(86_400_000)
    const off = { room: 'ledger', invariant: 'trial-balance-zero', reference: 'x', found: 'y' }
    expect(await checkCommunityNow(portal, community, async () => [])).toBe(0)
    const quiet = (await told()).length
    portal.clock.advance(86_400_000)
    expect(await checkCommunityNow(portal, community, async () => [off])).toBe(1)
    const later = (await told()).slice(quiet)
    expect(later.map(each => each.message_values)).toEqual(
      firstNight.map(() => canonicalText({ subject: '1' })),
    )
    portal.clock.advance(-2 * 86_400_000)
    expect((await readFeeTrend(portal, community)).map(each => each.period)).toEqual([
      '2025-01',
      '2025-02',
      '2025-03',
    ])
  })

  it('draws the vouchers of a month, and packs what a representative wants to see', async () => {
    const { portal, community, overseer, manager } = world
    const draw = (month: string) =>
      drawVouchers(portal, community, { period: period(month), seed: '3 5 1', rows: 2 })
    const drawn = await draw('2025-01')
    expect(drawn.ok && [drawn.value.outOf, drawn.value.drawn.length]).toEqual([3, 2])
    expect(await draw('2025-01')).toEqual(drawn)
    expect(await draw('2024-12')).toMatchObject({ error: 'period-unknown' })
    await world.publish()
    const request = {
      period: period('2025-03'),
      readme: 'read me',
      archiveReadme: 'inside',
      say: () => 'words',
    }
    expect(await readInspectionPack(portal, manager, community, request)).toMatchObject({
      error: 'not-permitted',
    })
    const pack = await readInspectionPack(portal, overseer, community, request)
    const files = pack.ok ? unpackArchive(pack.value) : null
    if (!files?.ok) throw new Error('the pack does not open')
    expect([...files.value.keys()]).toEqual(['README.txt', 'open-items.csv', 'archive.zip'])
    expect(unpackArchive(files.value.get('archive.zip')!).ok).toBe(true)
    expect(new TextDecoder().decode(files.value.get('open-items.csv'))).toContain('month-unclosed,2025-01')
  })

  describe('as the role that only reads', () => {
    it('sees the books and can write nothing', async () => {
      const { db } = world.portal
      const { communityId } = world.community
      const run = (sql: string) =>
        readAsReader(db, tx =>
          tx.executeQuery({
            sql,
            parameters: [],
            query: { kind: 'RawNode' },
            queryId: { queryId: sql },
          } as never),
        )
      expect(
        (await run(`select number from voucher where community_id = ${communityId}`)).rows.length,
      ).toBeGreaterThan(2)
      await expect(run(`update voucher set narration = 'x'`)).rejects.toThrow(/permission denied|read-only/)
      await expect(run('select password_hash from portal_user')).rejects.toThrow(/permission denied/)
      await expect(run('select counterparty from bank_line_private')).rejects.toThrow(/permission denied/)
    })
  })
})
