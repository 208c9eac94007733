/** Money leaves only with a second factor given for that very release: every other one is refused, and nothing is posted. */
import { beforeEach, expect, it } from 'vitest'
import { civilDate, fen } from '#kernel'
import { releasePurpose } from '#ledger'
import { approveVoucher, attachSourceDocument, draftVoucher } from '#ledger/server'
import { type GivenFactor, SIGN_IN_PURPOSE } from '#people'
import { takeSecondFactor } from '#people/server'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { authenticatorOf, passkeyFactor, passkeyOf } from '../support/second-factor.ts'

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
type Draft = { readonly draftId: string; readonly contentDigest: string }

describeOnOneDatabase('a release', open => {
  let opened: Promise<TestDatabase> | null = null
  let portal: TestPortal
  let sample: SampleCommunity
  let opening = 0

  beforeEach(async () => {
    opened ??= open()
    opening += 1
    portal = openTestPortal(await opened, {
      now: new Date('2025-02-10T02:00:00Z'),
      seed: `release ${opening}`,
    })
    sample = await openSampleCommunity(portal, `release-${opening}`)
  })

  /** A payment that was reviewed and waits for its first release. */
  async function reviewed(amount: bigint): Promise<Draft> {
    const file = { name: 'a.png', bytes: new Uint8Array([...PNG, Number(amount % 200n)]) }
    const document = await attachSourceDocument(portal, sample.bookkeeper, sample.community, file)
    const posting = { fund: 'trust', amountFen: fen(amount) }
    const draft = await draftVoucher(portal, sample.bookkeeper, sample.community, {
      occurredOn: civilDate('2025-01-30'),
      narration: '付一月保洁费',
      payee: '净邻保洁服务有限公司',
      postings: [
        { ...posting, account: '5103', side: 'debit' },
        { ...posting, account: '100201', side: 'credit' },
      ],
      documents: [document.ok ? document.value.sha256 : ''],
      bankLines: [],
      replaces: null,
    })
    if (!draft.ok) throw new Error(draft.error.code)
    const { draftId, contentDigest: seenDigest } = draft.value
    const done = await approveVoucher(portal, sample.reviewer, sample.community, {
      draftId,
      step: 'review',
      seenDigest,
    })
    expect(done.ok).toBe(true)
    return draft.value
  }

  const release = async (draft: Draft, factor?: GivenFactor, actor = sample.manager) => {
    const step = actor === sample.manager ? ('release_company' as const) : ('release_committee' as const)
    const request = { draftId: draft.draftId, step, seenDigest: draft.contentDigest, factor }
    const done = await approveVoucher(portal, actor, sample.community, request)
    return done.ok ? 'released' : done.error.code
  }
  const purposeOf = (draft: Draft, step: 'release_company' | 'release_committee' = 'release_company') =>
    releasePurpose({ ...sample.community, draftId: draft.draftId, step, seenDigest: draft.contentDigest })
  const totp = (code: string): GivenFactor => ({ method: 'totp', code })
  const releasesOf = async (draft: Draft) =>
    (
      await portal.db
        .selectFrom('voucher_approval')
        .select('step')
        .where('draft_id', '=', draft.draftId)
        .where('step', '!=', 'prepare')
        .where('step', '!=', 'review')
        .execute()
    ).length

  it('without a second factor, with a wrong one or with a recovery code is none', async () => {
    const draft = await reviewed(100n)
    const { code } = await authenticatorOf(portal, sample.manager.userId)
    expect(await release(draft)).toBe('factor-missing')
    expect(await release(draft, totp(code(5)))).toBe('factor-wrong')
    expect(await release(draft, totp(''))).toBe('factor-wrong')
    expect(await release(draft, { method: 'recovery', code: '0000-0000-0000' })).toBe('factor-missing')
    expect(await releasesOf(draft)).toBe(0)
    expect(await release(draft, totp(code()))).toBe('released')
    expect(await releasesOf(draft)).toBe(1)
  })

  it('takes no code that signed in, that released another payment, or that is another person’s', async () => {
    const [draft, other] = [await reviewed(101n), await reviewed(102n)]
    const { code } = await authenticatorOf(portal, sample.manager.userId)
    await portal.db
      .transaction()
      .execute(tx => takeSecondFactor(portal, tx, sample.manager, totp(code(-1)), SIGN_IN_PURPOSE))
    expect(await release(draft, totp(code(-1)))).toBe('factor-used')
    expect(await release(draft, totp(code()))).toBe('released')
    expect(await release(other, totp(code()))).toBe('factor-used')
    await passkeyOf(portal, sample.treasurer.userId)
    const theirs = await passkeyFactor(portal, sample.treasurer, purposeOf(other))
    expect(await release(other, theirs)).toBe('factor-wrong')
    expect([await releasesOf(draft), await releasesOf(other)]).toEqual([1, 0])
  })

  it('takes no passkey’s answer that was given for another payment, another step or another content', async () => {
    const [draft, other] = [await reviewed(103n), await reviewed(104n)]
    const { manager } = sample
    const answerFor = (purpose: string) => passkeyFactor(portal, manager, purpose)
    expect(await release(draft, await answerFor(purposeOf(other)))).toBe('factor-wrong')
    expect(await release(draft, await answerFor(purposeOf(draft, 'release_committee')))).toBe('factor-wrong')
    const revised = { ...draft, contentDigest: other.contentDigest }
    expect(await release(draft, await answerFor(purposeOf(revised)))).toBe('factor-wrong')
    expect(await release(draft, await answerFor(SIGN_IN_PURPOSE))).toBe('factor-wrong')
    const good = await answerFor(purposeOf(draft))
    expect(await release(draft, good)).toBe('released')
    expect(await release(other, good)).toBe('factor-wrong')
    expect([await releasesOf(draft), await releasesOf(other)]).toEqual([1, 0])
  })

  it('keeps the factor when something else stands in the way', async () => {
    const draft = await reviewed(105n)
    const { code } = await authenticatorOf(portal, sample.manager.userId)
    const stale = { ...draft, contentDigest: '0'.repeat(64) }
    expect(await release(stale, totp(code()))).toBe('content-changed')
    expect(await release(draft, totp(code()))).toBe('released')
  })

  it('with one code on two payments at once releases one', async () => {
    const drafts = [await reviewed(106n), await reviewed(107n), await reviewed(108n)]
    const { code } = await authenticatorOf(portal, sample.manager.userId)
    const outcomes = await Promise.all(drafts.map(draft => release(draft, totp(code()))))
    expect(outcomes.sort()).toEqual(['factor-used', 'factor-used', 'released'])
  })

  it('sent twice at once, with two good factors, happens once', async () => {
    const draft = await reviewed(109n)
    const { code } = await authenticatorOf(portal, sample.manager.userId)
    const outcomes = await Promise.all([release(draft, totp(code(0))), release(draft, totp(code(1)))])
    expect(outcomes.sort()).toEqual(['released', 'step-not-due'])
    expect(await releasesOf(draft)).toBe(1)
  })

  it('by A does not confirm B: each is confirmed by its own person', async () => {
    const draft = await reviewed(110n)
    const own = await authenticatorOf(portal, sample.manager.userId)
    expect(await release(draft, totp(own.code()))).toBe('released')
    expect(await release(draft, totp(own.code(1)), sample.treasurer)).toBe('factor-wrong')
    const answer = await passkeyFactor(portal, sample.treasurer, purposeOf(draft, 'release_committee'))
    expect(await release(draft, answer, sample.treasurer)).toBe('released')
    const traces = await portal.db
      .selectFrom('second_factor_use')
      .select(['user_id', 'method', 'purpose'])
      .where('outcome', '=', 'accepted')
      .where('purpose', 'like', `release ${sample.community.communityId} ${draft.draftId} %`)
      .orderBy('use_number')
      .execute()
    expect(traces).toEqual([
      { user_id: sample.manager.userId, method: 'totp', purpose: purposeOf(draft) },
      {
        user_id: sample.treasurer.userId,
        method: 'passkey',
        purpose: purposeOf(draft, 'release_committee'),
      },
    ])
  })
})
