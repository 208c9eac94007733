import { beforeAll, expect, it } from 'vitest'
import { civilDate, fen, period, ZERO_FEN } from '#kernel'
import {
  attachSourceDocument,
  checkLedger,
  closePeriod,
  draftReversal,
  draftVoucher,
  readFund,
  readVoucher,
  refuseVoucher,
  reviseDraft,
} from '#ledger/server'
import { checkLog } from '#tlog/server'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { approveWithFactor } from '../support/second-factor.ts'

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const receipt = (amount: bigint, on = '2025-01-10') => ({
  occurredOn: civilDate(on),
  narration: '收物业服务费',
  postings: [
    { fund: 'trust', account: '100201', side: 'debit' as const, amountFen: fen(amount) },
    { fund: 'trust', account: '410101', side: 'credit' as const, amountFen: fen(amount) },
  ],
  documents: [],
  bankLines: [],
  replaces: null,
})
const payment = (amount: bigint, documents: string[]) => ({
  ...receipt(amount, '2025-01-20'),
  narration: '付一月保洁费',
  payee: '净邻保洁服务有限公司',
  documents,
  postings: [
    { fund: 'trust', account: '5103', side: 'debit' as const, amountFen: fen(amount) },
    { fund: 'trust', account: '100201', side: 'credit' as const, amountFen: fen(amount) },
  ],
})

describeOnEachDatabase('posting a voucher', open => {
  let database: TestDatabase
  let portal: TestPortal
  let sample: SampleCommunity

  beforeAll(async () => {
    database = await open()
    portal = openTestPortal(database, { now: new Date('2025-02-10T02:00:00Z') })
    sample = await openSampleCommunity(portal)
  })

  async function review(draft: { draftId: string; contentDigest: string }, actor = sample.reviewer) {
    return approveWithFactor(portal, actor, sample.community, {
      draftId: draft.draftId,
      step: 'review',
      seenDigest: draft.contentDigest,
    })
  }

  it('posts a receipt at the review, with its leaf, and the fund shows it', async () => {
    const draft = await draftVoucher(portal, sample.bookkeeper, sample.community, receipt(150_000n))
    if (!draft.ok) throw new Error(draft.error.code)
    const posted = await review(draft.value)
    expect(posted).toEqual({ ok: true, value: { fiscalYear: 2025, number: 1 } })
    const fund = await readFund(portal, sample.community, period('2025-01'))
    expect(fund.total.month).toEqual({
      openingFen: ZERO_FEN,
      inFen: 150_000n,
      outFen: ZERO_FEN,
      closingFen: 150_000n,
    })
    const voucher = await readVoucher(portal, sample.community, { fiscalYear: 2025, number: 1 })
    expect(voucher?.steps.map(step => step.step)).toEqual(['prepare', 'review'])
    expect(voucher?.leafIndex).toBe(0)
  })

  it('refuses the preparer as reviewer, a stale digest, an unbalanced draft and a private name', async () => {
    const draft = await draftVoucher(portal, sample.bookkeeper, sample.community, receipt(70_000n))
    if (!draft.ok) throw new Error(draft.error.code)
    expect(await review(draft.value, sample.bookkeeper)).toEqual({
      ok: false,
      error: { code: 'same-person', step: 'prepare' },
    })
    expect(await review({ ...draft.value, contentDigest: '0'.repeat(64) })).toEqual({
      ok: false,
      error: { code: 'content-changed' },
    })
    const uneven = receipt(1n)
    const unbalanced = await draftVoucher(portal, sample.bookkeeper, sample.community, {
      ...uneven,
      postings: [uneven.postings[0]!, { ...uneven.postings[1]!, amountFen: fen(2n) }],
    })
    expect(unbalanced).toMatchObject({
      ok: false,
      error: {
        code: 'draft-unfit',
        problems: [{ code: 'fund-unbalanced', fund: 'trust', debitFen: 1n, creditFen: 2n }],
      },
    })
    const otherFund = {
      ...uneven,
      postings: uneven.postings.map(posting => ({ ...posting, fund: 'maintenance' })),
    }
    expect(await draftVoucher(portal, sample.bookkeeper, sample.community, otherFund)).toEqual({
      ok: false,
      error: { code: 'cash-fund-differs', account: '100201', fund: 'maintenance' },
    })
    const phone = await draftVoucher(portal, sample.bookkeeper, sample.community, {
      ...receipt(1n),
      narration: '退款给 138 0013 8000',
    })
    expect(phone).toMatchObject({ ok: false, error: { problems: [{ code: 'narration-private' }] } })
    const revised = await reviseDraft(
      portal,
      sample.bookkeeper,
      sample.community,
      draft.value.draftId,
      receipt(80_000n),
    )
    if (!revised.ok) throw new Error(revised.error.code)
    expect(await review(draft.value)).toEqual({ ok: false, error: { code: 'content-changed' } })
    expect(await review(revised.value)).toEqual({ ok: true, value: { fiscalYear: 2025, number: 2 } })
  })

  it('posts a payment only after two releases by different people, and only with a source document', async () => {
    const bare = await draftVoucher(portal, sample.bookkeeper, sample.community, payment(30_000n, []))
    expect(bare).toMatchObject({ ok: false, error: { problems: [{ code: 'document-missing' }] } })
    const document = await attachSourceDocument(portal, sample.bookkeeper, sample.community, {
      name: 'a.png',
      bytes: PNG,
    })
    if (!document.ok) throw new Error(document.error.code)
    const draft = await draftVoucher(
      portal,
      sample.bookkeeper,
      sample.community,
      payment(30_000n, [document.value.sha256]),
    )
    if (!draft.ok) throw new Error(draft.error.code)
    const step = (
      actor: SampleCommunity['manager'],
      name: 'review' | 'release_company' | 'release_committee',
    ) =>
      approveWithFactor(portal, actor, sample.community, {
        draftId: draft.value.draftId,
        step: name,
        seenDigest: draft.value.contentDigest,
      })
    expect(await step(sample.treasurer, 'release_committee')).toEqual({
      ok: false,
      error: { code: 'step-not-due', due: 'review' },
    })
    expect(await step(sample.manager, 'review')).toEqual({ ok: true, value: null })
    expect(await step(sample.manager, 'release_company')).toEqual({
      ok: false,
      error: { code: 'same-person', step: 'review' },
    })
    expect(await step(sample.bookkeeper, 'release_company')).toEqual({
      ok: false,
      error: { code: 'not-permitted' },
    })
    const revised = await reviseDraft(
      portal,
      sample.bookkeeper,
      sample.community,
      draft.value.draftId,
      payment(31_000n, [document.value.sha256]),
    )
    if (!revised.ok) throw new Error(revised.error.code)
    const again = (
      actor: SampleCommunity['manager'],
      name: 'review' | 'release_company' | 'release_committee',
    ) =>
      approveWithFactor(portal, actor, sample.community, {
        draftId: draft.value.draftId,
        step: name,
        seenDigest: revised.value.contentDigest,
      })
    expect(await again(sample.manager, 'release_company')).toMatchObject({
      ok: false,
      error: { due: 'review' },
    })
    expect(await again(sample.reviewer, 'review')).toEqual({ ok: true, value: null })
    expect(await again(sample.manager, 'release_company')).toEqual({ ok: true, value: null })
    expect(await again(sample.overseer, 'release_committee')).toEqual({
      ok: false,
      error: { code: 'not-permitted' },
    })
    expect(await again(sample.treasurer, 'release_committee')).toEqual({
      ok: true,
      value: { fiscalYear: 2025, number: 3 },
    })
  })

  it('takes a voucher back in red on the same sides, once', async () => {
    const reverses = { fiscalYear: 2025, number: 2 }
    const request = { reverses, occurredOn: civilDate('2025-01-31'), narration: '冲销重复入账' }
    const draft = await draftReversal(portal, sample.bookkeeper, sample.community, request)
    if (!draft.ok) throw new Error(draft.error.code)
    expect(await review(draft.value)).toEqual({ ok: true, value: { fiscalYear: 2025, number: 4 } })
    expect(await draftReversal(portal, sample.bookkeeper, sample.community, request)).toEqual({
      ok: false,
      error: { code: 'already-reversed', by: '2025-0004' },
    })
    const fund = await readFund(portal, sample.community, period('2025-01'))
    expect(fund.total.month).toEqual({
      openingFen: ZERO_FEN,
      inFen: 150_000n,
      outFen: 31_000n,
      closingFen: 119_000n,
    })
  })

  it('refuses with a reason, and closes a month for good', async () => {
    const draft = await draftVoucher(portal, sample.bookkeeper, sample.community, receipt(5n, '2025-01-31'))
    if (!draft.ok) throw new Error(draft.error.code)
    const request = {
      draftId: draft.value.draftId,
      step: 'review' as const,
      seenDigest: draft.value.contentDigest,
    }
    expect(await closePeriod(portal, sample.manager, sample.community, period('2025-01'))).toEqual({
      ok: false,
      error: { code: 'drafts-open', drafts: 1 },
    })
    expect(
      await refuseVoucher(portal, sample.reviewer, sample.community, { ...request, reason: ' ' }),
    ).toMatchObject({
      error: { code: 'reason-missing' },
    })
    expect(
      await refuseVoucher(portal, sample.reviewer, sample.community, { ...request, reason: '金额不对' }),
    ).toEqual({
      ok: true,
      value: null,
    })
    expect(await review(draft.value)).toEqual({ ok: false, error: { code: 'already-refused' } })
    expect(await closePeriod(portal, sample.manager, sample.community, period('2025-02'))).toMatchObject({
      error: { code: 'period-before-open' },
    })
  })

  it('is clean for the re-deriver, which names what is tampered with', async () => {
    expect((await checkLedger(portal, sample.community)).findings).toEqual([])
    expect(await checkLog(portal.db, sample.community.communityId, [])).toEqual([])
    if (database.kind !== 'native') return
    await database.asOwner(`set session_replication_role = replica;
      update posting set amount_fen = 149999 where number = 1 and side = 'credit';
      update account_turnover set debit_fen = debit_fen + 1 where account_code = '5103'`)
    const found = (await checkLedger(portal, sample.community)).findings.map(finding => finding.invariant)
    expect(new Set(found)).toEqual(
      new Set(['voucher-balances', 'voucher-matches-draft', 'turnover-adds-up', 'trial-balance-zero']),
    )
  })
})
