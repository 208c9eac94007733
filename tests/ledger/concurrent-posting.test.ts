/** Many people at once: numbers stay continuous, roll-ups right, the log whole, and of two who do the same thing one wins. */
import { beforeAll, describe, expect, it } from 'vitest'
import { fen, period } from '#kernel'
import {
  closePeriod,
  draftReversal,
  draftVoucher,
  readFund,
  readVouchersOfPeriod,
  refuseVoucher,
  reviseDraft,
  withdrawDraft,
} from '#ledger/server'
import { openDatabase } from '../../db/index.server.ts'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import {
  databaseKinds,
  describeOnEachDatabase,
  openTestDatabase,
  type TestDatabase,
} from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { approveWithFactor } from '../support/second-factor.ts'
import { attach, entry, expectSound, must, post } from './office.ts'

const NOW = new Date('2025-02-10T02:00:00Z')
const CONNECTIONS = 8
const EACH = 25

describe.runIf(databaseKinds().includes('native'))('eight processes posting at once (native)', () => {
  it('number their vouchers without a gap, and every roll-up and leaf is right', async () => {
    const database = await openTestDatabase('native')
    const portal = openTestPortal(database, { now: NOW })
    const sample = await openSampleCommunity(portal)
    const others: TestDatabase[] = []
    for (let i = 0; i < CONNECTIONS; i++) {
      const opened = await openDatabase({
        url: database.url,
        ownerUrl: null,
        embeddedDirectory: null,
        migrate: false,
      })
      others.push({ ...database, ...opened })
    }
    const portals = others.map((other, i) => openTestPortal(other, { now: NOW, seed: `process ${i}` }))
    await Promise.all(
      portals.map(async (own, i) => {
        for (let n = 1; n <= EACH; n++) await post(own, sample, entry(BigInt(1000 * i + n)))
      }),
    )
    const vouchers = await readVouchersOfPeriod(portal.db, sample.community.communityId, period('2025-01'))
    expect(vouchers.map(v => v.key.number)).toEqual(
      Array.from({ length: CONNECTIONS * EACH }, (_, i) => i + 1),
    )
    const amounts = Array.from({ length: CONNECTIONS }, (_, i) =>
      Array.from({ length: EACH }, (_, n) => fen(BigInt(1000 * i + n + 1))),
    ).flat()
    const sorted = (list: readonly bigint[]) => [...list].sort((a, b) => (a < b ? -1 : 1))
    expect(sorted(vouchers.map(v => v.amountFen))).toEqual(sorted(amounts))
    expect(new Set(vouchers.map(v => v.leafIndex)).size).toBe(CONNECTIONS * EACH)
    const { total } = await readFund(portal, sample.community, period('2025-01'))
    expect(total.month.inFen).toBe(amounts.reduce((sum, amount) => sum + amount, 0n))
    await expectSound(portal, sample)
    for (const other of others) await other.close().catch(() => {})
  })
})

describeOnEachDatabase('two people at once', open => {
  let database: TestDatabase
  let portal: TestPortal
  let sample: SampleCommunity

  beforeAll(async () => {
    database = await open()
    portal = openTestPortal(database, { now: NOW })
    sample = await openSampleCommunity(portal)
  })

  const draft = async (amount: bigint, documents: string[] = []) =>
    must(await draftVoucher(portal, sample.bookkeeper, sample.community, entry(amount, { documents })))
  const approve = (
    actor: SampleCommunity['manager'],
    step: 'review' | 'release_company' | 'release_committee',
    of: { draftId: string; contentDigest: string },
  ) =>
    approveWithFactor(portal, actor, sample.community, {
      draftId: of.draftId,
      step,
      seenDigest: of.contentDigest,
    })
  const winners = (results: readonly { ok: boolean }[]) => results.filter(result => result.ok).length

  it('review one receipt: one posts it', async () => {
    const receipt = await draft(100n)
    const both = await Promise.all([
      approve(sample.reviewer, 'review', receipt),
      approve(sample.manager, 'review', receipt),
    ])
    expect(winners(both)).toBe(1)
    expect(both.find(result => !result.ok)).toEqual({ ok: false, error: { code: 'draft-not-open' } })
  })

  it('the same person twice, by a double click: once', async () => {
    const receipt = await draft(101n)
    const both = await Promise.all([
      approve(sample.reviewer, 'review', receipt),
      approve(sample.reviewer, 'review', receipt),
    ])
    expect(winners(both)).toBe(1)
  })

  it('review one payment: one has, and the next step is due', async () => {
    const payment = await draft(-100n, [await attach(portal, sample)])
    const both = await Promise.all([
      approve(sample.reviewer, 'review', payment),
      approve(sample.manager, 'review', payment),
    ])
    expect(winners(both)).toBe(1)
    expect(both.find(result => !result.ok)).toEqual({
      ok: false,
      error: { code: 'step-not-due', due: 'release_company' },
    })
    must(await withdrawDraft(portal, sample.bookkeeper, sample.community, payment.draftId))
  })

  it('one approves what the other refuses: one of them', async () => {
    const receipt = await draft(102n)
    const request = { draftId: receipt.draftId, step: 'review' as const, seenDigest: receipt.contentDigest }
    const both = await Promise.all([
      approve(sample.reviewer, 'review', receipt),
      refuseVoucher(portal, sample.manager, sample.community, { ...request, reason: '金额不对' }),
    ])
    expect(winners(both)).toBe(1)
    await withdrawDraft(portal, sample.bookkeeper, sample.community, receipt.draftId)
  })

  it('one approves what the other revises: never the content nobody saw', async () => {
    const receipt = await draft(103n)
    const [approved, revised] = await Promise.all([
      approve(sample.reviewer, 'review', receipt),
      reviseDraft(portal, sample.bookkeeper, sample.community, receipt.draftId, entry(999_999n)),
    ])
    expect([approved.ok, revised.ok].sort()).toEqual([false, true])
    const vouchers = await readVouchersOfPeriod(portal.db, sample.community.communityId, period('2025-01'))
    expect(vouchers.map(v => v.amountFen)).not.toContain(999_999n)
    await withdrawDraft(portal, sample.bookkeeper, sample.community, receipt.draftId)
  })

  it('take one voucher back: once', async () => {
    const reverses = await post(portal, sample, entry(104n))
    const request = { reverses, occurredOn: entry(1n).occurredOn, narration: '冲销' }
    const first = must(await draftReversal(portal, sample.bookkeeper, sample.community, request))
    const second = must(await draftReversal(portal, sample.bookkeeper, sample.community, request))
    const both = await Promise.all([
      approve(sample.reviewer, 'review', first),
      approve(sample.manager, 'review', second),
    ])
    expect(winners(both)).toBe(1)
    expect(both.find(result => !result.ok)).toMatchObject({ error: { code: 'already-reversed' } })
    for (const each of [first, second])
      await withdrawDraft(portal, sample.bookkeeper, sample.community, each.draftId)
  })

  it('one posts into the month that the other closes: before it or not at all', async () => {
    const receipt = await draft(105n)
    const [posted, closed] = await Promise.all([
      approve(sample.reviewer, 'review', receipt),
      closePeriod(portal, sample.manager, sample.community, period('2025-01')),
    ])
    // A draft is open until it is posted, so the closing waits or is refused; never is a voucher in a month closed without it.
    expect(posted.ok).toBe(true)
    expect(closed.ok || closed.error.code === 'drafts-open').toBe(true)
    await expectSound(portal, sample)
  })
})
