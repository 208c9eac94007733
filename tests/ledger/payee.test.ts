/** The payee of a payment: an organisation's name is public and in the log, a private person's is neither, and can be erased. */
import { beforeAll, describe, expect, it } from 'vitest'
import { sha256Hex } from '#kernel'
import type { VoucherKey } from '#ledger'
import {
  approveVoucher,
  checkLedger,
  draftVoucher,
  readDraftDetail,
  readVoucher,
  reviseDraft,
} from '#ledger/server'
import { encodeDraft } from '../../app/ledger/voucher.ts'
import { insertApproval, insertDraft, insertDraftRevision } from '../../db/ledger/index.server.ts'
import { readEntries } from '../../db/tlog.server.ts'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { contentOf, credit, debit } from './books.ts'
import { approveAll, attach, entry, expectSound, must, post } from './office.ts'

const COMPANY = '净邻保洁服务有限公司'
const PERSON = '王小明'

describeOnOneDatabase('the payee of a payment', open => {
  let database: TestDatabase
  let portal: TestPortal
  let sample: SampleCommunity
  let documents: string[]

  beforeAll(async () => {
    database = await open()
    portal = openTestPortal(database, { now: new Date('2025-02-10T02:00:00Z') })
    sample = await openSampleCommunity(portal)
    documents = [await attach(portal, sample)]
  })

  const draft = (payee: string, changes: object = {}) =>
    draftVoucher(portal, sample.bookkeeper, sample.community, entry(-500n, { payee, documents, ...changes }))
  const leafOf = async (key: VoucherKey) => {
    const voucher = await readVoucher(portal, sample.community, key)
    const [entry] = await readEntries(portal.db, sample.community.communityId, voucher!.leafIndex, 1)
    return JSON.parse(new TextDecoder().decode(entry!.entry)) as Record<string, unknown>
  }
  const seenBy = async (draftId: string) =>
    (await readDraftDetail(portal, sample.treasurer, sample.community, draftId))!.payee
  const storedBytes = async (draftId: string) =>
    (await readDraftDetail(portal, sample.treasurer, sample.community, draftId))!.content

  it('is asked for, and only where money leaves', async () => {
    expect(await draft(' ')).toMatchObject({ error: { problems: [{ code: 'payee-missing' }] } })
    expect(await draft('公'.repeat(101))).toMatchObject({
      error: { problems: [{ code: 'payee-too-long', limit: 100 }] },
    })
    const receipt = entry(500n, { payee: COMPANY })
    expect(await draftVoucher(portal, sample.bookkeeper, sample.community, receipt)).toMatchObject({
      error: { problems: [{ code: 'payee-unfit' }] },
    })
  })

  it('that is an organisation stands on the voucher and in its leaf', async () => {
    const drafted = must(await draft(`  ${COMPANY} `))
    expect(await seenBy(drafted.draftId)).toEqual({ name: COMPANY, isPublic: true })
    const key = await approveAll(portal, sample, drafted)
    expect((await readVoucher(portal, sample.community, key))!.payee).toEqual({ organisation: COMPANY })
    expect(await leafOf(key)).toMatchObject({ payee: COMPANY })
    await expectSound(portal, sample)
  })

  describe('that is a private person', () => {
    let drafted: { draftId: string; contentDigest: string }
    let key: VoucherKey

    beforeAll(async () => {
      drafted = must(await draft(PERSON))
      key = await approveAll(portal, sample, drafted)
    })

    it('is seen by officers, and by nobody else', async () => {
      expect(await seenBy(drafted.draftId)).toEqual({ name: PERSON, isPublic: false })
      expect((await readVoucher(portal, sample.community, key))!.payee).toEqual({ organisation: null })
      const leaf = await leafOf(key)
      expect(JSON.stringify(leaf)).not.toContain(PERSON)
      expect(leaf.payee).toBeUndefined()
      const content = await storedBytes(drafted.draftId)
      expect(content.payee).toEqual({ kind: 'person', digest: leaf.payee_digest })
      expect(new TextDecoder().decode(encodeDraft(content))).not.toContain(PERSON)
      expect(await draft(PERSON, { narration: `退${PERSON}押金` })).toMatchObject({
        error: { problems: [{ code: 'narration-private', found: PERSON }] },
      })
    })

    it('cannot be exchanged for another unnoticed', async () => {
      await expectSound(portal, sample)
      await database.asOwner(`update draft_payee set name = '李大' where draft_id = '${drafted.draftId}'`)
      expect((await checkLedger(portal, sample.community)).findings).toMatchObject([
        { invariant: 'voucher-matches-draft' },
      ])
      await database.asOwner(
        `update draft_payee set name = '${PERSON}' where draft_id = '${drafted.draftId}'`,
      )
      await expectSound(portal, sample)
    })

    it('can be erased, and the books stay whole', async () => {
      await portal.db.deleteFrom('draft_payee').where('draft_id', '=', drafted.draftId).execute()
      expect(await seenBy(drafted.draftId)).toEqual({ name: null, isPublic: false })
      await expectSound(portal, sample)
    })
  })

  it('that was changed needs every approval again', async () => {
    const first = must(await draft(PERSON))
    const step = (
      actor: SampleCommunity['manager'],
      name: 'review' | 'release_company',
      seenDigest: string,
    ) => approveVoucher(portal, actor, sample.community, { draftId: first.draftId, step: name, seenDigest })
    must(await step(sample.reviewer, 'review', first.contentDigest))
    const input = entry(-500n, { payee: '李大', documents })
    const second = must(await reviseDraft(portal, sample.bookkeeper, sample.community, first.draftId, input))
    expect(await step(sample.manager, 'release_company', first.contentDigest)).toMatchObject({
      error: { code: 'content-changed' },
    })
    expect(await step(sample.manager, 'release_company', second.contentDigest)).toMatchObject({
      error: { code: 'step-not-due', due: 'review' },
    })
    expect(await seenBy(first.draftId)).toEqual({ name: '李大', isPublic: false })
    await approveAll(portal, sample, second)
  })

  it('is missing on a draft of the time before, which is still read and posted as it was approved', async () => {
    const { communityId } = sample.community
    const content = encodeDraft(
      contentOf({
        version: 1,
        kind: 'payment',
        narration: '付保洁费',
        postings: [debit('5103', 700n), credit('100201', 700n)],
        documents,
      }),
    )
    const place = { community_id: communityId, draft_id: 'draftofthetimebefore000000' }
    const at = portal.clock.now()
    const contentDigest = sha256Hex(content)
    const by = sample.bookkeeper.userId
    await portal.db.transaction().execute(async tx => {
      await insertDraft(tx, { ...place, opened_at: at })
      const made = { revision: 1, content_digest: contentDigest }
      await insertDraftRevision(tx, { ...place, ...made, content, drafted_by: by, drafted_at: at })
      await insertApproval(tx, {
        ...place,
        ...made,
        step: 'prepare',
        user_id: by,
        role: 'bookkeeper',
        approved_at: at,
      })
    })
    expect(await seenBy(place.draft_id)).toBeNull()
    const key = await approveAll(portal, sample, { draftId: place.draft_id, contentDigest })
    expect((await readVoucher(portal, sample.community, key))!.payee).toBeNull()
    const leaf = await leafOf(key)
    expect([leaf.payee, leaf.payee_digest]).toEqual([undefined, undefined])
    await expectSound(portal, sample)
  })

  it('does not stand on what is no payment', async () => {
    const key = await post(portal, sample, entry(900n))
    expect((await readVoucher(portal, sample.community, key))!.payee).toBeNull()
  })
})
