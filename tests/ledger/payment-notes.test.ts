/** What is noted about payments: signals with their answers, relations that block, closing with what nobody answered; and attacks on all of it. */
import { beforeAll, expect, it } from 'vitest'
import { civilDate, fen, period } from '#kernel'
import {
  answerSignal,
  closePeriod,
  decideControlChange,
  declareRelation,
  draftVoucher,
  noteOwnMarks,
  notePaymentMarks,
  previewClosing,
  proposeControlChange,
  readControls,
  readDraftDetail,
  readDraftNotes,
  readOpenSignals,
  readOwnMarks,
  readVoucher,
} from '#ledger/server'
import type { Actor } from '#people'
import { addUser, readActor, signIn } from '#people/server'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { approveWithFactor, passSecondFactor } from '../support/second-factor.ts'
import { attach, entry, expectSound, must, PNG } from './office.ts'

/** A Monday. */
const NOW = new Date('2025-02-10T02:00:00Z')
const PHONE = '13812345678'
const ACCOUNT = '6222021234567890'

describeOnOneDatabase('notes of payments', open => {
  let database: TestDatabase
  let portal: TestPortal
  let sample: SampleCommunity
  let pictures = 0

  beforeAll(async () => {
    database = await open()
    portal = openTestPortal(database, { now: NOW })
    sample = await openSampleCommunity(portal, 'notes')
    const before = (await readControls(portal.db, sample.community)).controls
    const controls = { ...before, showsSignals: true, chairFromFen: fen(9_000_000n) }
    const change = { kind: 'controls', reason: '看紧一点', before, controls } as const
    const changeId = must(await proposeControlChange(portal, sample.treasurer, sample.community, change))
    const { content_digest: seenDigest } = await portal.db
      .selectFrom('control_change')
      .select('content_digest')
      .executeTakeFirstOrThrow()
    must(
      await decideControlChange(portal, sample.manager, sample.community, {
        changeId,
        decision: 'confirmed',
        seenDigest,
      }),
    )
  })

  const payment = async (amount: bigint, payee: string, same = false) => {
    if (!same) pictures += 1
    const document = await attach(portal, sample, new Uint8Array([...PNG, pictures]))
    const input = entry(-amount, { documents: [document], payee })
    return must(await draftVoucher(portal, sample.bookkeeper, sample.community, input))
  }
  type Draft = Awaited<ReturnType<typeof payment>>
  type Step = Parameters<typeof approveWithFactor>[3]['step']
  const step = async (draft: Draft, actor: Actor, name: Step) => {
    const request = { draftId: draft.draftId, step: name, seenDigest: draft.contentDigest }
    const done = await approveWithFactor(portal, actor, sample.community, request)
    return done.ok ? done.value : done.error.code
  }
  const pay = async (draft: Draft) => {
    // Later on the same day: neither at once nor within a minute.
    portal.clock.advance(90_000)
    await step(draft, sample.reviewer, 'review')
    await step(draft, sample.manager, 'release_company')
    const key = await step(draft, sample.treasurer, 'release_committee')
    if (key === null || typeof key === 'string') throw new Error(`not posted: ${key}`)
    const voucher = await readVoucher(portal, sample.community, key)
    return voucher!.notes
  }
  const mark = (draft: Draft, texts: Parameters<typeof notePaymentMarks>[4], actor = sample.bookkeeper) =>
    notePaymentMarks(portal, actor, sample.community, draft.draftId, texts)
  const kinds = (notes: Awaited<ReturnType<typeof pay>>) => notes.signals.map(signal => signal.kind)

  it('a first payment to a payee says so; the next has nothing to say, and leaves no leaf', async () => {
    const first = await payment(100_001n, '净邻保洁服务有限公司')
    const shown = await readDraftDetail(portal, sample.reviewer, sample.community, first.draftId)
    const expected = await readDraftNotes(portal, sample.community, shown!)
    expect(expected.signals.map(signal => signal.kind)).toEqual(['new-payee', 'hasty'])
    expect(kinds(await pay(first))).toEqual(['new-payee'])
    expect(kinds(await pay(await payment(100_002n, '净邻保洁服务有限公司')))).toEqual([])
    await expectSound(portal, sample)
  })

  it('the same picture and the same invoice are found, whatever the payee and the writing', async () => {
    const first = await payment(100_003n, '净邻保洁服务有限公司')
    must(await mark(first, { invoice: 'No. 0042' }))
    expect(kinds(await pay(first))).toEqual([])
    const second = await payment(100_004n, '净邻保洁服务有限公司', true)
    must(await mark(second, { invoice: 'NO0042' }))
    expect(kinds(await pay(second))).toEqual(['same-invoice', 'same-picture'])
  })

  it('a payee’s account that changed, or is another’s too, is found and never shown', async () => {
    const first = await payment(100_005n, '净邻保洁服务有限公司')
    must(await mark(first, { 'bank-account': ACCOUNT, phone: PHONE }))
    await pay(first)
    const second = await payment(100_006n, '净邻保洁服务有限公司')
    must(await mark(second, { 'bank-account': '6222 0299 9999 9999' }))
    expect(kinds(await pay(second))).toEqual(['account-changed'])
    const third = await payment(100_007n, '安达绿化工程有限公司')
    must(await mark(third, { phone: '+86 138 1234 5678' }))
    expect(kinds(await pay(third))).toEqual(['new-payee', 'shared-mark'])
    const rows = await database.asOwner('select * from payment_mark')
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${PHONE}|${ACCOUNT}`))
  })

  it('marks are noted by the preparer, while the draft is open', async () => {
    const draft = await payment(100_008n, '净邻保洁服务有限公司')
    expect(await mark(draft, { phone: PHONE }, sample.manager)).toMatchObject({
      error: { code: 'not-permitted' },
    })
    expect(await mark(draft, { phone: PHONE }, sample.reviewer)).toMatchObject({
      error: { code: 'draft-not-yours' },
    })
    expect(await mark(draft, { phone: '-' })).toMatchObject({ error: { code: 'mark-too-short' } })
    await pay(draft)
    expect(await mark(draft, { phone: PHONE })).toMatchObject({ error: { code: 'draft-not-open' } })
  })

  it('who declares a relation keeps out, for good, and the page says which office did', async () => {
    const draft = await payment(100_009n, '净邻保洁服务有限公司')
    must(await declareRelation(portal, sample.manager, sample.community, draft.draftId))
    expect(await declareRelation(portal, sample.overseer, sample.community, draft.draftId)).toMatchObject({
      error: { code: 'not-permitted' },
    })
    await step(draft, sample.reviewer, 'review')
    expect(await step(draft, sample.manager, 'release_company')).toBe('relation-blocks')
    const other = await enterManager('notes-fujingli')
    expect(await step(draft, other, 'release_company')).toBe(null)
    const key = await step(draft, sample.treasurer, 'release_committee')
    const voucher = await readVoucher(portal, sample.community, key as never)
    expect(voucher?.notes.recusals).toEqual([{ role: 'manager', kind: 'declared' }])
    expect(JSON.stringify(voucher?.notes)).not.toContain(sample.manager.userId)
    expect(await declareRelation(portal, sample.treasurer, sample.community, draft.draftId)).toMatchObject({
      error: { code: 'draft-not-open' },
    })
    await expectSound(portal, sample)
  })

  it('who shares a mark with the payee keeps out without their word; an earlier act of theirs ends the draft', async () => {
    must(await noteOwnMarks(portal, sample.treasurer, sample.community, { 'legal-person': '陈 芳' }))
    must(await noteOwnMarks(portal, sample.reviewer, sample.community, { phone: '13900000001' }))
    expect(await readOwnMarks(portal, sample.treasurer, sample.community)).toMatchObject([
      { kind: 'phone', count: 0 },
      { kind: 'bank-account', count: 0 },
      { kind: 'legal-person', count: 1 },
    ])
    const draft = await payment(100_010n, '净邻保洁服务有限公司')
    must(await mark(draft, { 'legal-person': '陈芳' }))
    await step(draft, sample.reviewer, 'review')
    await step(draft, sample.manager, 'release_company')
    expect(await step(draft, sample.treasurer, 'release_committee')).toBe('relation-blocks')
    must(await mark(draft, { phone: '139 0000 0001' }))
    const chair = await enterManager('notes-zhuren', 'committee_chair')
    expect(await step(draft, chair, 'release_committee')).toBe('relation-of-earlier')
    const stored = await portal.db
      .selectFrom('draft_recusal')
      .select(['role', 'kind'])
      .where('draft_id', '=', draft.draftId)
      .orderBy('kind')
      .execute()
    expect(stored).toEqual([
      { role: 'committee_treasurer', kind: 'legal-person' },
      { role: 'bookkeeper', kind: 'phone' },
    ])
    expect((await readDraftDetail(portal, chair, sample.community, draft.draftId))?.state).toBe('open')
    await database.asOwner(`set session_replication_role = replica;
      update voucher_draft set state = 'withdrawn' where draft_id = '${draft.draftId}';
      set session_replication_role = origin`)
  })

  const enterManager = async (login: string, role: 'manager' | 'committee_chair' = 'manager') => {
    const { communityId } = sample.community
    const user = { login, displayName: login, password: `a long pass phrase of ${login}` }
    const term = { communityId, role, from: civilDate('2020-01-01'), until: null }
    const userId = must(await addUser(portal, user, [term]))
    return { userId, displayName: login, roles: [{ communityId, role }], sessionId: `session-${login}` }
  }

  it('an answer is public, once, and names nobody', async () => {
    const [signal] = await readOpenSignals(portal, sample.community)
    const { draftId, kind } = signal!
    const answer = (text: string, actor = sample.bookkeeper, changes: object = {}) =>
      answerSignal(portal, actor, sample.community, { draftId, kind, answer: text, ...changes })
    expect(await answer('合同约定', sample.treasurer)).toMatchObject({ error: { code: 'not-permitted' } })
    expect(await answer(' ')).toMatchObject({ error: { code: 'answer-missing' } })
    expect(await answer('长'.repeat(201))).toMatchObject({ error: { code: 'answer-too-long' } })
    expect(await answer(`问 ${PHONE}`)).toMatchObject({ error: { code: 'answer-private' } })
    expect(await answer('合同', sample.bookkeeper, { kind: 'weekend' })).toMatchObject({
      error: { code: 'signal-unknown' },
    })
    const both = await Promise.all([answer('业委会比价后选定'), answer('另一个说法', sample.manager)])
    expect(both.filter(each => each.ok)).toHaveLength(1)
    expect(both.find(each => !each.ok)).toMatchObject({ error: { code: 'signal-answered' } })
    expect((await readOpenSignals(portal, sample.community)).some(each => each.draftId === draftId)).toBe(
      false,
    )
    await expectSound(portal, sample)
  })

  it('a month closes with what nobody answered only by a tick', async () => {
    const january = period('2025-01')
    const open = await readOpenSignals(portal, sample.community, january)
    expect(open.length).toBeGreaterThan(0)
    const preview = await previewClosing(portal, sample.community, january)
    expect([preview.refusal, preview.openSignals]).toEqual([null, open])
    const close = (options?: { leavesUnanswered: boolean }) =>
      closePeriod(portal, sample.manager, sample.community, january, options)
    expect(await close()).toEqual({ ok: false, error: { code: 'signals-open', signals: open.length } })
    expect((await close({ leavesUnanswered: true })).ok).toBe(true)
    // They stay published as unanswered, and may still be answered.
    expect(await readOpenSignals(portal, sample.community, january)).toEqual(open)
    await expectSound(portal, sample)
  })

  it('a treasurer whose term ended loses the key that day', async () => {
    const { communityId } = sample.community
    portal.clock.moveTo(new Date('2025-02-10T15:30:00Z'))
    const login = 'notes-qianren'
    const password = `a long pass phrase of ${login}`
    const term = { communityId, role: 'committee_treasurer' as const }
    must(
      await addUser(portal, { login, displayName: login, password }, [
        { ...term, from: civilDate('2020-01-01'), until: civilDate('2025-02-10') },
      ]),
    )
    const begun = must(await signIn(portal, { login, password, address: '203.0.113.9' }))
    const token = await passSecondFactor(portal, begun.token)
    const inputs = entry(-100_011n, {
      occurredOn: civilDate('2025-02-10'),
      documents: [await attach(portal, sample)],
    })
    const draft = must(await draftVoucher(portal, sample.bookkeeper, sample.community, inputs))
    await step(draft, sample.reviewer, 'review')
    await step(draft, sample.manager, 'release_company')
    const before = (await readActor(portal, token))!
    expect(before.roles).toEqual([term])
    portal.clock.moveTo(new Date('2025-02-10T16:00:01Z'))
    const after = (await readActor(portal, token))!
    expect(after.roles).toEqual([])
    expect(await step(draft, after, 'release_committee')).toBe('not-permitted')
    expect(await step(draft, sample.treasurer, 'release_committee')).toMatchObject({ fiscalYear: 2025 })
  })
})
