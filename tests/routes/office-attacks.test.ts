/** Attacks on the officers' forms, each of which succeeds when its defence is removed: fields that no form has, and another's step. */
import { beforeAll, expect, it } from 'vitest'
import { readControlChanges, readControls, readDraftDetail, readOpenDrafts } from '#ledger/server'
import * as controls from '../../app/routes/c.$slug.office.controls.tsx'
import * as draft from '../../app/routes/c.$slug.office.drafts.$id._index.tsx'
import * as newDraft from '../../app/routes/c.$slug.office.drafts.new.tsx'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { type OfficeWorld, openOfficeWorld, PNG } from './office-world.ts'

const PAYMENT = {
  intent: 'save',
  rows: '4',
  occurredOn: '2025-03-21',
  narration: '付三月绿化养护费',
  payee: '成都绿源园林绿化有限公司',
  'account-1': '5104',
  'fund-1': 'trust',
  'debit-1': '24,092.43',
  'account-3': '100201',
  'fund-3': 'trust',
  'credit-3': '24092.43',
}

describeOnOneDatabase('against attacks, the officers’ forms', open => {
  let database: TestDatabase
  let world: OfficeWorld
  beforeAll(async () => {
    database = await open()
    world = await openOfficeWorld(database)
  })

  it('take no field that the form has not: who drafted, what was approved, what kind it is', async () => {
    const { portal, people, community } = world
    const { communityId } = community
    const answer = await world.post(newDraft.action, '/drafts/new', 'bookkeeper', {
      ...PAYMENT,
      files: new File([PNG], 'invoice.png'),
      kind: 'receipt',
      state: 'posted',
      version: '1',
      draftedBy: people.manager.userId,
      drafted_by: people.manager.userId,
      draft_id: '0'.repeat(26),
      community_id: String(communityId + 1),
      opening: 'true',
      reverses: '2025-0001',
      approvals: JSON.stringify([{ step: 'review', userId: people.manager.userId }]),
      step: 'release_committee',
      constructor: 'x',
      __proto__: 'x',
    })
    expect(answer.status).toBe(303)
    const [made, ...others] = (await readOpenDrafts(portal, people.overseer, community, 10)) ?? []
    expect(others).toEqual([])
    expect(made).toMatchObject({
      draftedBy: people.bookkeeper.userId,
      due: 'review',
      required: ['prepare', 'review', 'release_company', 'release_committee'],
      content: { version: 2, kind: 'payment', reverses: null, replaces: null },
    })
    expect(made!.draftId).not.toBe('0'.repeat(26))
    expect(made!.approvals.map(({ step, userId }) => [step, userId])).toEqual([
      ['prepare', people.bookkeeper.userId],
    ])
  })

  it('take no step that is another office’s, or that there is not, whatever the form says', async () => {
    const { portal, people, community } = world
    const [made] = (await readOpenDrafts(portal, people.overseer, community, 10)) ?? []
    const { draftId, contentDigest: seen } = made!
    for (const [who, step, status] of [
      ['manager', 'release_chair', 403],
      ['committee_treasurer', 'release_chair', 403],
      ['overseer', 'release_committee', 403],
      ['committee_chair', 'release_chair', 409],
      ['committee_chair', 'prepare', 400],
      ['committee_chair', 'toString', 400],
    ] as const) {
      const fields = { intent: 'approve', step, seen, role: 'committee_chair', factorCode: '000000' }
      const answer = await world.post(draft.action, `/drafts/${draftId}`, who, fields, { id: draftId })
      expect([who, step, answer.status]).toEqual([who, step, status])
    }
    const after = await readDraftDetail(portal, people.overseer, community, draftId)
    expect(after?.approvals).toHaveLength(1)
  })

  it('propose rules and never decide them in the same breath', async () => {
    const { portal, people, community } = world
    const answer = await world.post(controls.action, '/controls', 'manager', {
      intent: 'propose',
      kind: 'controls',
      reason: '提高效率',
      needsBudgetLine: '',
      publishesDetail: 'yes',
      chargingModel: 'trust',
      procedure: '新版',
      decision: 'confirmed',
      version: '9',
      decided_by: people.committee_chair.userId,
      proposed_by: people.committee_chair.userId,
      leaf_index: '0',
    })
    expect(answer.status).toBe(303)
    const [waiting] = (await readControlChanges(portal, people.overseer, community)) ?? []
    expect(waiting).toMatchObject({ decision: null, version: null, proposedRole: 'manager' })
    expect((await readControls(portal.db, community)).version).toBe(1)
    const { changeId: change, contentDigest: seen } = waiting!
    const decide = (who: 'manager' | 'overseer' | 'committee_chair') =>
      world.post(controls.action, '/controls', who, { intent: 'confirmed', change, seen })
    expect((await decide('manager')).status).toBe(403)
    expect((await decide('overseer')).status).toBe(403)
    expect((await decide('committee_chair')).status).toBe(303)
    expect((await decide('committee_chair')).status).toBe(409)
    expect((await readControls(portal.db, community)).controls.procedure).toBe('新版')
  })

  it('and a field that did get in would be found, as text and in bytes', async () => {
    expect(await world.forged()).toEqual([])
    const { communityId } = world.community
    await database.asOwner(`insert into micro_grid values (${communityId}, 'G1', 'forged:status', now())`)
    await database.asOwner(
      `insert into voucher_draft (community_id, draft_id, opened_at) values (${communityId}, 'd', now())`,
    )
    await database.asOwner(`insert into voucher_draft_revision values (${communityId}, 'd', 1, convert_to('{"state":"forged:state"}', 'UTF8'),
      encode(sha256(convert_to('{"state":"forged:state"}', 'UTF8')), 'hex'), 'u', now())`)
    expect(await world.forged()).toEqual(['micro_grid', 'voucher_draft_revision'])
  })
})
