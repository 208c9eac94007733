/** The reviewers' table of receipts, and the button that has a given-up import tried again, as their forms are sent. */
import { beforeAll, describe, expect, it } from 'vitest'
import { civilDate, fen } from '#kernel'
import { attachSourceDocument, draftVoucher, READ_BANK_IMPORT } from '#ledger/server'
import { runNextJob } from '#platform/process'
import * as imports from '../../app/routes/c.$slug.office.import._index.tsx'
import * as oneImport from '../../app/routes/c.$slug.office.import.$id.tsx'
import * as review from '../../app/routes/c.$slug.office.review.tsx'
import { describeOnOneDatabase } from '../support/database.ts'
import { bankFile, type Fields, type OfficeWorld, openOfficeWorld, PNG } from './office-world.ts'

interface Outcome {
  readonly posted: readonly string[]
  readonly refused: readonly { draftId: string; narration: string; messages: readonly string[] }[]
}

describeOnOneDatabase('the officers’ forms', open => {
  let world: OfficeWorld
  beforeAll(async () => {
    world = await openOfficeWorld(await open())
  })

  describe('for receipts reviewed together', () => {
    const draft = async (amount: bigint, narration: string, payee?: string) => {
      const { portal, people, community } = world
      portal.clock.advance(1000)
      const side = payee === undefined ? (['debit', 'credit'] as const) : (['credit', 'debit'] as const)
      const documents: string[] = []
      if (payee !== undefined) {
        const file = { name: 'a.png', bytes: PNG }
        const stored = await attachSourceDocument(portal, people.bookkeeper, community, file)
        if (stored.ok) documents.push(stored.value.sha256)
      }
      const drafted = await draftVoucher(portal, people.bookkeeper, community, {
        occurredOn: civilDate('2025-03-05'),
        narration,
        postings: [
          { fund: 'trust', account: '100201', side: side[0], amountFen: fen(amount) },
          {
            fund: 'trust',
            account: payee === undefined ? '410101' : '5103',
            side: side[1],
            amountFen: fen(amount),
          },
        ],
        payee,
        documents,
        bankLines: [],
        replaces: null,
      })
      if (!drafted.ok) throw new Error(drafted.error.code)
      return drafted.value
    }
    const send = (fields: Fields) => world.post(review.action, '/review', 'reviewer', fields)
    const outcomeOf = (answer: { data: Record<string, unknown> }) => answer.data.outcome as Outcome
    const rows = async () =>
      (await world.get(review.loader, '/review', 'reviewer')).data.receipts as {
        draftId: string
        contentDigest: string
      }[]

    it('posts what is ticked, on the digests of the page, and leaves the rest', async () => {
      await draft(100n, '收物业费甲')
      await draft(200n, '收物业费乙')
      const [first, second] = await rows()
      const fields = {
        pick: first!.draftId,
        [`seen-${first!.draftId}`]: first!.contentDigest,
        [`seen-${second!.draftId}`]: second!.contentDigest,
      }
      const done = await send(fields)
      expect([done.status, outcomeOf(done)]).toEqual([200, { posted: ['2025-0001'], refused: [] }])
      expect((await rows()).map(row => row.draftId)).toEqual([second!.draftId])
      const again = await send(fields)
      expect(again.status).toBe(409)
      expect(outcomeOf(again).refused).toMatchObject([{ draftId: first!.draftId, narration: '收物业费甲' }])
      expect(outcomeOf(again).refused[0]!.messages[0]).toMatch(/已经入账或撤回/)
    })

    it('lists each refusal by its row, posts the others, and takes no payment and no row without its digest', async () => {
      const receipt = await draft(300n, '收物业费丙')
      const payment = await draft(400n, '付保洁费', '净邻保洁服务有限公司')
      const unseen = await draft(500n, '收物业费丁')
      const done = await send({
        pick: [payment.draftId, receipt.draftId, unseen.draftId],
        [`seen-${payment.draftId}`]: payment.contentDigest,
        [`seen-${receipt.draftId}`]: receipt.contentDigest,
      })
      expect(done.status).toBe(200)
      expect(outcomeOf(done).posted).toEqual(['2025-0002'])
      expect(outcomeOf(done).refused.map(each => [each.narration, each.messages[0]])).toEqual([
        ['付保洁费', expect.stringMatching(/只复核收款凭证/)],
        ['收物业费丁', expect.stringMatching(/改过/)],
      ])
      expect((await rows()).map(row => row.draftId)).toContain(unseen.draftId)
    })

    it('asks for a tick', async () => {
      const none = await send({})
      expect([none.status, none.data.outcome]).toEqual([422, null])
      expect((none.data.errors as { message: string }[])[0]?.message).toMatch(/先勾选/)
    })
  })

  it('for an import that gave up have it tried again', async () => {
    const file = bankFile('00-base-valid-gb18030.csv')
    const answer = await world.post(imports.action, '/import', 'bookkeeper', { account: '100201', file })
    const id = /[0-9a-z]{26}/.exec(answer.location ?? '')![0]
    const found = async () =>
      (await world.get(oneImport.loader, `/import/${id}`, 'overseer', { id })).data.found as {
        state: string
        failure: string | null
      }
    const retry = () =>
      world.post(oneImport.action, `/import/${id}`, 'bookkeeper', { intent: 'retry' }, { id })
    expect((await retry()).status).toBe(409)
    for (let attempt = 0; attempt < 5; attempt++) {
      await runNextJob(world.portal, {
        [READ_BANK_IMPORT]: () => Promise.reject(new Error('disk gone')),
      })
      world.portal.clock.advance(600_000)
    }
    expect(await found()).toMatchObject({ state: 'reading', failure: 'gave-up' })
    const again = await retry()
    expect([again.status, again.location]).toEqual([303, `/c/office/office/import/${id}`])
    await world.work()
    expect(await found()).toMatchObject({ state: 'ready', failure: null })
  })
})
