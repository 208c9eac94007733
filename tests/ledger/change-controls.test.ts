/** Two keys on the rules themselves, and what the rules then do to payments; each refusal leaves nothing behind. */
import { beforeAll, describe, expect, it } from 'vitest'
import { fen, period } from '#kernel'
import { type ControlChange, type Controls, witnessPurpose } from '#ledger'
import {
  adoptBudget,
  approveVoucher,
  checkLedger,
  decideControlChange,
  draftVoucher,
  proposeControlChange,
  readChart,
  readCommunity,
  readControls,
  readDraftDetail,
  readMatchingRules,
  readPublicControls,
  readReissues,
  reviewEmergency,
  teachMatchingRule,
} from '#ledger/server'
import type { Actor, GivenFactor, Role } from '#people'
import { addUser } from '#people/server'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { approveWithFactor, authenticatorOf, passkeyFactor } from '../support/second-factor.ts'
import { attach, entry, expectSound, must, PNG } from './office.ts'

const NOW = new Date('2025-02-10T02:00:00Z')

describeOnEachDatabase('rules by two people', open => {
  let database: TestDatabase
  let portal: TestPortal
  let sample: SampleCommunity
  let chair: Actor
  let member: Actor
  let documents = 0

  const enter = async (login: string, ...roles: Role[]): Promise<Actor> => {
    const { communityId } = sample.community
    const terms = roles.map(role => ({ communityId, role, from: '2020-01-01' as never, until: null }))
    const user = { login, displayName: login, password: `a long pass phrase of ${login}` }
    const userId = must(await addUser(portal, user, terms))
    const held = roles.map(role => ({ communityId, role }))
    return { userId, displayName: login, roles: held, sessionId: `session-${login}` }
  }

  beforeAll(async () => {
    database = await open()
    portal = openTestPortal(database, { now: NOW })
    sample = await openSampleCommunity(portal, 'controls')
    chair = await enter('controls-zhuren', 'committee_chair')
    member = await enter('controls-weiyuan', 'committee_member')
  })

  const propose = (actor: Actor, change: ControlChange) =>
    proposeControlChange(portal, actor, sample.community, change)
  const decide = async (
    actor: Actor,
    changeId: string,
    decision: 'confirmed' | 'refused' | 'withdrawn' = 'confirmed',
    changes: { seenDigest?: string; factor?: GivenFactor } = {},
  ) => {
    const stored = await portal.db
      .selectFrom('control_change')
      .select('content_digest')
      .where('change_id', '=', changeId)
      .executeTakeFirst()
    const seenDigest = changes.seenDigest ?? stored?.content_digest ?? ''
    const request = { changeId, decision, seenDigest, factor: changes.factor }
    const done = await decideControlChange(portal, actor, sample.community, request)
    return done.ok ? 'done' : done.error.code
  }
  const inForce = async () => (await readControls(portal.db, sample.community)).controls
  const rules = async (changes: Partial<Controls>): Promise<ControlChange> => {
    const before = await inForce()
    return { kind: 'controls', reason: '业主大会要求', before, controls: { ...before, ...changes } }
  }
  const setRules = async (changes: Partial<Controls>) =>
    expect(await decide(sample.manager, must(await propose(chair, await rules(changes))))).toBe('done')
  const payment = async (amount: bigint, account = '5103') => {
    documents += 1
    const document = await attach(portal, sample, new Uint8Array([...PNG, documents]))
    const input = entry(-amount, { documents: [document] })
    const postings = input.postings.map(posting =>
      posting.account === '5103' ? { ...posting, account } : posting,
    )
    return must(await draftVoucher(portal, sample.bookkeeper, sample.community, { ...input, postings }))
  }
  type Draft = Awaited<ReturnType<typeof payment>>
  type Step = Parameters<typeof approveVoucher>[3]['step']
  const step = async (draft: Draft, actor: Actor, name: Step) => {
    const request = { draftId: draft.draftId, step: name, seenDigest: draft.contentDigest }
    const done = await approveWithFactor(portal, actor, sample.community, request)
    return done.ok ? (done.value === null ? 'waits' : 'posted') : done.error.code
  }
  const through = async (draft: Draft) => {
    expect(await step(draft, sample.reviewer, 'review')).toBe('waits')
    const first = await step(draft, sample.manager, 'release_company')
    return first === 'waits' ? step(draft, sample.treasurer, 'release_committee') : first
  }

  it('hold when the other side confirms, and by nobody else', async () => {
    const change = await rules({ chairFromFen: fen(500_000n), publishesDetail: false })
    expect(await propose(sample.bookkeeper, change)).toMatchObject({ error: { code: 'not-permitted' } })
    expect(await propose(sample.overseer, change)).toMatchObject({ error: { code: 'not-permitted' } })
    const changeId = must(await propose(sample.treasurer, change))
    expect(await decide(sample.treasurer, changeId)).toBe('second-needed')
    expect(await decide(chair, changeId)).toBe('second-needed')
    expect(await decide(sample.bookkeeper, changeId)).toBe('not-permitted')
    expect(await decide(sample.manager, changeId, 'withdrawn')).toBe('not-permitted')
    expect(await decide(sample.manager, changeId, 'confirmed', { seenDigest: '0'.repeat(64) })).toBe(
      'content-changed',
    )
    expect((await inForce()).chairFromFen).toBe(null)
    expect(await decide(sample.manager, changeId)).toBe('done')
    expect(await decide(sample.overseer, changeId)).toBe('change-decided')
    const now = await readPublicControls(portal, sample.community)
    expect(now.inForce).toMatchObject({ version: 2, controls: { chairFromFen: 500_000n } })
    expect(now.versions[0]).toMatchObject({ version: 1, controls: { publishesDetail: true } })
    expect((await readCommunity(portal.db, 'controls'))?.publishesDetail).toBe(false)
    await setRules({ publishesDetail: true })
    expect(await decide(sample.manager, 'no such change')).toBe('change-unknown')
    await expectSound(portal, sample)
  })

  it('that company and branch agree on do not hold: the owners’ committee is one of the two', async () => {
    const changeId = must(await propose(sample.manager, await rules({ chairFromFen: null })))
    expect(await decide(sample.overseer, changeId)).toBe('second-needed')
    const both = await Promise.all([decide(chair, changeId, 'refused'), decide(sample.treasurer, changeId)])
    expect(both.sort()).toEqual(['change-decided', 'done'])
    await setRules({ chairFromFen: fen(400_000n) })
  })

  it('that moved on meanwhile are not changed by a proposal made before', async () => {
    const stale = must(await propose(chair, await rules({ statementDays: 9 })))
    await setRules({ statementDays: 10 })
    expect(await decide(sample.manager, stale)).toBe('rules-moved-on')
    expect(await decide(chair, stale, 'withdrawn')).toBe('done')
  })

  it('ask for the chair’s release from the threshold on, last and by a fifth person', async () => {
    const small = await payment(399_999n)
    expect(await through(small)).toBe('posted')
    const large = await payment(400_000n)
    expect(await step(large, sample.reviewer, 'review')).toBe('waits')
    expect(await step(large, sample.manager, 'release_company')).toBe('waits')
    expect(await step(large, chair, 'release_chair')).toBe('step-not-due')
    expect(await step(large, chair, 'release_committee')).toBe('chair-releases-last')
    expect(await step(large, sample.treasurer, 'release_committee')).toBe('waits')
    const shown = await readDraftDetail(portal, chair, sample.community, large.draftId)
    expect(shown?.due).toBe('release_chair')
    expect(await step(large, sample.treasurer, 'release_chair')).toBe('not-permitted')
    const both = { ...sample.manager, roles: [...sample.manager.roles, ...chair.roles] }
    expect(await step(large, both, 'release_chair')).toBe('same-person')
    expect(
      await approveVoucher(portal, chair, sample.community, {
        draftId: large.draftId,
        step: 'release_chair',
        seenDigest: large.contentDigest,
      }),
    ).toMatchObject({ error: { code: 'factor-missing' } })
    expect(await step(large, chair, 'release_chair')).toBe('posted')
    await expectSound(portal, sample)
  })

  it('strand no payment when the threshold goes while only the chair is missing', async () => {
    const large = await payment(450_000n)
    expect(await through(large)).toBe('waits')
    await setRules({ chairFromFen: null })
    expect(await step(large, chair, 'release_chair')).toBe('posted')
    await expectSound(portal, sample)
  })

  it('tell whoever releases next, from the amount on, once', async () => {
    await setRules({ tellFromFen: fen(1_000n) })
    const told = async () =>
      portal.db
        .selectFrom('message')
        .select(['user_id', 'message_values'])
        .where('kind', '=', 'release-waiting')
        .orderBy('enqueued_at')
        .execute()
    const quiet = await payment(999n)
    await step(quiet, sample.reviewer, 'review')
    expect(await told()).toEqual([])
    const loud = await payment(1_000n)
    await step(loud, sample.reviewer, 'review')
    expect(await told()).toEqual([
      { user_id: sample.manager.userId, message_values: '{"subject":"付保洁费"}' },
    ])
    await step(loud, sample.manager, 'release_company')
    const after = (await told()).map(row => row.user_id)
    expect(after.slice(1).sort()).toEqual([sample.treasurer.userId, chair.userId].sort())
  })

  describe('no budget line, no spending', () => {
    const line = (account: string, amount: bigint) => ({
      fiscalYear: 2025,
      fund: 'trust',
      account,
      direction: 'out' as const,
      amountFen: fen(amount),
    })
    const ceiling = (account: string, amount: bigint) => ({
      fiscalYear: 2025,
      fund: 'trust',
      account,
      amountFen: fen(amount),
    })
    const witness = async (actor: Actor, changeId: string) => {
      const { communityId } = sample.community
      const row = await portal.db
        .selectFrom('control_change')
        .select('content_digest')
        .where('change_id', '=', changeId)
        .executeTakeFirstOrThrow()
      const purpose = witnessPurpose({ communityId, changeId, seenDigest: row.content_digest })
      return passkeyFactor(portal, actor, purpose)
    }

    it('stops a payment until a vote raised the ceiling', async () => {
      await adoptBudget(portal, sample.community.communityId, 2025, 1, [line('5104', 10_000n)])
      await setRules({ needsBudgetLine: true })
      expect(await through(await payment(10_000n, '5104'))).toBe('posted')
      const over = await payment(1n, '5104')
      expect(await through(over)).toBe('over-ceiling')
      expect(await through(await payment(5n, '5105'))).toBe('budget-line-missing')
      const voted: ControlChange = {
        kind: 'ceiling',
        reason: '业主大会表决通过',
        ceiling: ceiling('5104', 1n),
        poll: 'POLL-1',
        digest: 'b'.repeat(64),
      }
      const changeId = must(await propose(chair, voted))
      expect(await step(over, sample.manager, 'release_company')).toBe('over-ceiling')
      expect(await decide(sample.overseer, changeId)).toBe('done')
      expect(await step(over, sample.manager, 'release_company')).toBe('waits')
      // Another payment takes the room between the two releases: the second release asks again.
      const other = await payment(1n, '5104')
      expect(await through(other)).toBe('posted')
      expect(await step(over, sample.treasurer, 'release_committee')).toBe('over-ceiling')
      await expectSound(portal, sample)
    })

    it('gives way to an emergency that the branch witnessed with a fresh factor, reviewed in public', async () => {
      const change: ControlChange = {
        kind: 'emergency',
        reason: '3 栋屋面漏雨',
        ceiling: ceiling('5110', 5_000n),
        emergency: 'roof-leak',
      }
      const changeId = must(await propose(sample.manager, change))
      expect(await decide(chair, changeId)).toBe('not-permitted')
      expect(await decide(sample.overseer, changeId)).toBe('factor-missing')
      const recovery: GivenFactor = { method: 'recovery', code: '0000-0000-0000' }
      expect(await decide(sample.overseer, changeId, 'confirmed', { factor: recovery })).toBe(
        'factor-missing',
      )
      const other = must(await propose(sample.manager, { ...change, reason: '另一处' }))
      const wrong = await witness(sample.overseer, other)
      expect(await decide(sample.overseer, changeId, 'confirmed', { factor: wrong })).toBe('factor-wrong')
      const draft = await payment(5_000n, '5110')
      expect(await through(draft)).toBe('budget-line-missing')
      const factor = await witness(sample.overseer, changeId)
      expect(await decide(sample.overseer, changeId, 'confirmed', { factor })).toBe('done')
      expect(await step(draft, sample.manager, 'release_company')).toBe('waits')
      // The witness who holds the committee's key as well releases none of it.
      const two = { ...sample.overseer, roles: [...sample.overseer.roles, ...sample.treasurer.roles] }
      expect(await step(draft, two, 'release_committee')).toBe('witness-acted')
      expect(await step(draft, sample.treasurer, 'release_committee')).toBe('posted')
      const review = (actor: Actor, note: string) =>
        reviewEmergency(portal, actor, sample.community, { changeId, outcome: 'justified', note })
      expect(await review(sample.overseer, '属实')).toMatchObject({ error: { code: 'not-permitted' } })
      expect(await review(member, ' ')).toMatchObject({ error: { code: 'reason-missing' } })
      must(await review(member, '现场看过，属实'))
      expect(await review(chair, '再看')).toMatchObject({ error: { code: 'change-decided' } })
      const { allowances } = await readPublicControls(portal, sample.community)
      expect(allowances[0]).toMatchObject({
        changeId,
        decidedRole: 'overseer',
        review: { outcome: 'justified', by: 'controls-weiyuan' },
      })
      await expectSound(portal, sample)
    })
  })

  it('take two people for matching rules and accounts, where the community says so', async () => {
    const teach = (contains: string) =>
      teachMatchingRule(portal, sample.bookkeeper, sample.community, {
        direction: 'in',
        contains,
        fund: 'trust',
        account: '410101',
        narration: '收物业服务费',
      })
    const ruleIds = async () => (await readMatchingRules(portal, sample.community)).map(rule => rule.contains)
    expect(must(await teach('物业费')).waitsAs).toBe(null)
    await setRules({ pairedChanges: true })
    const { waitsAs } = must(await teach('停车费'))
    expect(await ruleIds()).toEqual(['物业费'])
    expect(await decide(sample.bookkeeper, waitsAs!)).toBe('second-needed')
    expect(await decide(sample.reviewer, waitsAs!)).toBe('done')
    expect(await ruleIds()).toContain('停车费')
    const account: ControlChange = {
      kind: 'add-account',
      reason: '分开核算',
      code: '510301',
      nameZh: '外墙清洗',
      nameEn: 'Facade cleaning',
    }
    const twice = [
      must(await propose(sample.bookkeeper, account)),
      must(await propose(sample.bookkeeper, account)),
    ]
    expect(await decide(sample.treasurer, twice[0]!)).toBe('done')
    expect(await decide(sample.treasurer, twice[1]!)).toBe('account-code-unfit')
    const { accounts } = await readChart(portal.db, sample.community.communityId)
    expect(accounts.find(each => each.code === '510301')?.type).toBe('expense')
    await expectSound(portal, sample)
  })

  it('take two people for a new version of a statement, once for each', async () => {
    const january = period('2025-01')
    const reissues = () => readReissues(portal.db, sample.community.communityId, january)
    const again: ControlChange = { kind: 'reissue', reason: '错记一笔', period: january }
    expect(await propose(sample.treasurer, again)).toMatchObject({ error: { code: 'not-permitted' } })
    const changeId = must(await propose(sample.bookkeeper, again))
    expect(await reissues()).toEqual([{ changeId, reason: '错记一笔', leafIndex: null }])
    expect(await decide(sample.treasurer, changeId)).toBe('done')
    expect((await reissues())[0]?.leafIndex).toBeGreaterThan(0)
    const refused = must(await propose(sample.manager, again))
    expect(await decide(sample.reviewer, refused, 'refused')).toBe('done')
    expect(await reissues()).toHaveLength(1)
  })

  it('a factor given elsewhere is not a witness: the code of another act is used up', async () => {
    const { code } = await authenticatorOf(portal, sample.overseer.userId)
    const emergency: ControlChange = {
      kind: 'emergency',
      reason: '电梯停运',
      ceiling: { fiscalYear: 2025, fund: 'trust', account: '5107', amountFen: fen(100n) },
      emergency: 'lift',
    }
    const first = must(await propose(chair, emergency))
    const second = must(await propose(chair, emergency))
    const factor: GivenFactor = { method: 'totp', code: code() }
    expect(await decide(sample.overseer, first, 'confirmed', { factor })).toBe('done')
    expect(await decide(sample.overseer, second, 'confirmed', { factor })).toBe('factor-used')
  })

  it.each([
    ['a reason rewritten', `update emergency_review set note = 'all fine'`],
    [
      'a threshold lifted',
      `update control_decision set version = null where version = (select max(version) from control_decision)`,
    ],
    ['a proposer exchanged', `update leaf_secret set value = 'somebody else' where name = 'by/propose'`],
  ])('%s in the database is named by the check', async (_, change) => {
    await database.asOwner(`
      set session_replication_role = replica; ${change}; set session_replication_role = origin`)
    const { findings } = await checkLedger(portal, sample.community)
    expect(findings.map(finding => finding.invariant)).toContain('control-in-log')
  })

  it('whoever proposed cannot decide, by direct SQL either', async () => {
    const changeId = must(await propose(chair, await rules({ yearDays: 60 })))
    const forged = portal.db
      .insertInto('control_decision')
      .values({
        community_id: sample.community.communityId,
        change_id: changeId,
        decision: 'refused',
        decided_by: chair.userId,
        decided_role: 'committee_chair',
        decided_at: NOW,
        version: null,
        leaf_index: null,
      })
      .execute()
    await expect(forged).rejects.toThrow(/decided by who proposed it/)
  })
})
