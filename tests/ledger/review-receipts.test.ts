/** Receipts reviewed together: what is ticked by itself, what is posted, what is refused, and that no payment slips in. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fen } from '#kernel'
import {
  approveVoucher,
  draftProposals,
  draftVoucher,
  readReceiptsToReview,
  readVouchersAfter,
  reviewReceipts,
  reviseDraft,
  teachMatchingRule,
  withdrawDraft,
} from '#ledger/server'
import { REVIEW_BATCH_LIMIT } from '../../app/ledger/review-receipts.server.ts'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { attach, entry, expectSound, must, statementOf, takeIn } from './office.ts'

describeOnOneDatabase('reviewing receipts together', open => {
  let portal: TestPortal
  let sample: SampleCommunity
  let slug = 0

  beforeAll(async () => {
    portal = openTestPortal(await open(), { now: new Date('2025-02-10T02:00:00Z') })
  })
  beforeEach(async () => {
    slug += 1
    sample = await openSampleCommunity(portal, `review-${slug}`)
  })

  const draft = async (amount: bigint, changes = {}) => {
    portal.clock.advance(1000)
    return must(await draftVoucher(portal, sample.bookkeeper, sample.community, entry(amount, changes)))
  }
  const waiting = async (actor = sample.reviewer) =>
    (await readReceiptsToReview(portal, actor, sample.community))!
  type Draft = { readonly draftId: string; readonly contentDigest: string }
  const pickOf = ({ draftId, contentDigest }: Draft) => ({ draftId, seenDigest: contentDigest })
  const review = (drafts: readonly Draft[], actor = sample.reviewer) =>
    reviewReceipts(portal, actor, sample.community, drafts.map(pickOf))
  const codes = async (drafts: readonly Draft[], actor = sample.reviewer) =>
    must(await review(drafts, actor)).map(({ outcome }) =>
      outcome.ok ? outcome.value.number : outcome.error.code,
    )
  const posted = async () =>
    (await readVouchersAfter(portal.db, sample.community.communityId, null, 500)).length

  it('posts each that was picked, in the order of the table, and nothing else', async () => {
    const drafts = [await draft(100n), await draft(200n), await draft(300n)]
    const { receipts, more } = await waiting()
    expect(receipts.map(row => [row.draftId, row.amountFen])).toEqual([
      [drafts[0]!.draftId, 100n],
      [drafts[1]!.draftId, 200n],
      [drafts[2]!.draftId, 300n],
    ])
    expect(more).toBe(0)
    expect(receipts[0]).toMatchObject({
      narration: '收物业服务费',
      accounts: ['410101'],
      payers: [],
      bankLines: 0,
      ruleContains: null,
      draftedBy: sample.bookkeeper.displayName,
    })
    expect(await codes([drafts[0]!, drafts[2]!])).toEqual([1, 2])
    expect((await waiting()).receipts.map(row => row.draftId)).toEqual([drafts[1]!.draftId])
    expect(await posted()).toBe(2)
    await expectSound(portal, sample)
  })

  it('shows the preparer nothing of their own, and takes no review by them', async () => {
    const own = await draft(100n)
    expect((await waiting(sample.bookkeeper)).receipts).toEqual([])
    expect(await codes([own], sample.bookkeeper)).toEqual(['same-person'])
    expect(await posted()).toBe(0)
  })

  it('is for those who review only', async () => {
    const one = await draft(100n)
    for (const actor of [sample.treasurer, sample.overseer]) {
      expect(await readReceiptsToReview(portal, actor, sample.community)).toBeNull()
      expect(await review([one], actor)).toEqual({ ok: false, error: { code: 'not-permitted' } })
    }
    const other = await openSampleCommunity(portal, `other-review-${slug}`)
    expect(await review([one], other.reviewer)).toEqual({ ok: false, error: { code: 'not-permitted' } })
    expect(await codes([one], sample.manager)).toEqual([1])
  })

  it('never touches a payment, not even its first step, nor any other kind of voucher', async () => {
    const documents = [await attach(portal, sample)]
    const payment = await draft(-500n, { documents })
    const transfer = await draft(1n, {
      postings: [
        { fund: 'trust', account: '410101', side: 'debit', amountFen: fen(5n) },
        { fund: 'trust', account: '410102', side: 'credit', amountFen: fen(5n) },
      ],
    })
    const opening = await draft(5n, {
      opening: true,
      postings: [
        { fund: 'trust', account: '100201', side: 'debit', amountFen: fen(5n) },
        { fund: 'trust', account: '3101', side: 'credit', amountFen: fen(5n) },
      ],
    })
    const receipt = await draft(100n)
    expect((await waiting()).receipts.map(row => row.draftId)).toEqual([receipt.draftId])
    expect(await codes([payment, receipt, transfer, opening])).toEqual([
      'receipts-only',
      1,
      'receipts-only',
      'receipts-only',
    ])
    // The payment's review is still to come: somebody else may take it.
    const reviewed = await approveVoucher(portal, sample.reviewer, sample.community, {
      ...pickOf(payment),
      step: 'review',
    })
    expect(reviewed).toEqual({ ok: true, value: null })
    expect(await codes([payment], sample.manager)).toEqual(['receipts-only'])
    expect(await posted()).toBe(1)
  })

  it('agrees to what was shown: a draft that changed, went or was posted meanwhile is refused, the others are posted', async () => {
    const [changed, gone, done, fine] = [await draft(1n), await draft(2n), await draft(3n), await draft(4n)]
    const revised = must(
      await reviseDraft(portal, sample.bookkeeper, sample.community, changed.draftId, entry(11n)),
    )
    must(await withdrawDraft(portal, sample.bookkeeper, sample.community, gone.draftId))
    expect(await codes([done])).toEqual([1])
    const unknown = { draftId: '0'.repeat(26), contentDigest: 'ab'.repeat(32) }
    const forged = { ...fine, contentDigest: revised.contentDigest }
    expect(await codes([changed, gone, done, unknown, forged, fine])).toEqual([
      'content-changed',
      'draft-not-open',
      'draft-not-open',
      'draft-unknown',
      'content-changed',
      2,
    ])
    expect((await waiting()).receipts.map(row => [row.draftId, row.amountFen])).toEqual([
      [changed.draftId, 11n],
    ])
    await expectSound(portal, sample)
  })

  it('posts a draft once, also when two reviewers press at the same time', async () => {
    const drafts = [await draft(1n), await draft(2n), await draft(3n)]
    const both = await Promise.all([codes(drafts), codes(drafts, sample.manager)])
    const numbers = both.flat().filter(code => typeof code === 'number')
    expect([...numbers].sort()).toEqual([1, 2, 3])
    expect(both.flat().filter(code => code === 'draft-not-open')).toHaveLength(3)
    await expectSound(portal, sample)
  })

  it('takes no more than a table shows', async () => {
    const many = Array.from({ length: REVIEW_BATCH_LIMIT + 1 }, (_, n) => ({
      draftId: String(n).padStart(26, '0'),
      contentDigest: '',
    }))
    expect(await review(many)).toEqual({ ok: false, error: { code: 'batch-too-large' } })
  })

  describe('with bank lines and a rule', () => {
    beforeEach(async () => {
      const rule = {
        direction: 'in',
        contains: '物业费',
        fund: 'trust',
        account: '410101',
        narration: '收物业服务费',
      } as const
      must(await teachMatchingRule(portal, sample.bookkeeper, sample.community, rule))
      const rows = [
        ['2025-01-05', '100.00', '', '王小明', '物业费'],
        ['2025-01-05', '50.00', '', '李大', '物业费'],
        ['2025-01-06', '8.00', '', '赵四', '停车'],
      ] as const
      await takeIn(portal, sample, statementOf(rows))
      must(await draftProposals(portal, sample.bookkeeper, sample.community, null))
    })

    it('says which rule proposes exactly this voucher, and who paid', async () => {
      const { receipts } = await waiting()
      expect(receipts).toMatchObject([
        { amountFen: 15_000n, payers: ['王小明', '李大'], bankLines: 2, ruleContains: '物业费' },
      ])
    })

    it('says none when a person changed what the rule proposed', async () => {
      const { receipts } = await waiting()
      const [row] = receipts
      const lines = (
        await portal.db
          .selectFrom('bank_line')
          .select('bank_line_id')
          .where('community_id', '=', sample.community.communityId)
          .where('amount_fen', '>', 800n)
          .execute()
      ).map(line => line.bank_line_id)
      must(
        await reviseDraft(
          portal,
          sample.bookkeeper,
          sample.community,
          row!.draftId,
          entry(15_000n, { bankLines: lines, narration: '收物业服务费，含往期' }),
        ),
      )
      expect((await waiting()).receipts).toMatchObject([{ bankLines: 2, ruleContains: null }])
    })
  })
})
