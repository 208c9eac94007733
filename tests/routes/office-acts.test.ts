/** What the officers' forms do with good and bad input: a file from upload to stored, a payment from draft to posted, a month closed. */
import { beforeAll, expect, it } from 'vitest'
import { civilDate, fen, period } from '#kernel'
import { parseVoucherKey, releasePurpose } from '#ledger'
import {
  approveVoucher,
  draftVoucher,
  readBankImports,
  readBench,
  readFund,
  readVoucher,
} from '#ledger/server'
import { linesOf, readChanges } from '#people'
import { FACTOR_FIELDS } from '#ui'
import * as workbench from '../../app/routes/c.$slug.office._index.tsx'
import * as close from '../../app/routes/c.$slug.office.close.tsx'
import * as controls from '../../app/routes/c.$slug.office.controls.tsx'
import * as documents from '../../app/routes/c.$slug.office.documents.$sha.tsx'
import * as draft from '../../app/routes/c.$slug.office.drafts.$id._index.tsx'
import * as edit from '../../app/routes/c.$slug.office.drafts.$id.edit.tsx'
import * as newDraft from '../../app/routes/c.$slug.office.drafts.new.tsx'
import * as imports from '../../app/routes/c.$slug.office.import._index.tsx'
import * as oneImport from '../../app/routes/c.$slug.office.import.$id.tsx'
import * as lines from '../../app/routes/c.$slug.office.lines._index.tsx'
import * as line from '../../app/routes/c.$slug.office.lines.$line.tsx'
import * as rules from '../../app/routes/c.$slug.office.rules.tsx'
import * as reverse from '../../app/routes/c.$slug.office.vouchers.$key.reverse.tsx'
import { describeOnOneDatabase } from '../support/database.ts'
import { pngOf } from '../support/pictures.ts'
import { passkeyFactor } from '../support/second-factor.ts'
import {
  bankFile,
  type Fields,
  MARCH,
  type OfficeWorld,
  openOfficeWorld,
  PNG,
  type Who,
} from './office-world.ts'

type Errors = readonly { readonly field?: string; readonly message: string }[]
const fieldsOf = (answer: { data: Record<string, unknown> }) =>
  (answer.data.errors as Errors).map(error => error.field)
const idIn = (location: string | null) => /[0-9a-z]{26}/.exec(location ?? '')![0]
const picture = (name: string) => new File([PNG], name)

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

/** What was in the account before the first line of the fixture. */
const OPENING_FEN = 5_000_000n

async function openBalance({ portal, community, people }: OfficeWorld, amountFen: bigint) {
  const posting = { fund: 'trust', amountFen: fen(amountFen) }
  const drafted = await draftVoucher(portal, people.bookkeeper, community, {
    occurredOn: civilDate('2025-03-01'),
    narration: '期初建账',
    opening: true,
    postings: [
      { ...posting, account: '100201', side: 'debit' },
      { ...posting, account: '3101', side: 'credit' },
    ],
    documents: [],
    bankLines: [],
    replaces: null,
  })
  if (!drafted.ok) throw new Error(drafted.error.code)
  const { draftId, contentDigest: seenDigest } = drafted.value
  const posted = await approveVoucher(portal, people.reviewer, community, {
    draftId,
    step: 'review',
    seenDigest,
  })
  if (!posted.ok) throw new Error(posted.error.code)
}

describeOnOneDatabase('the officers’ forms', open => {
  let world: OfficeWorld
  let importId = ''
  let draftId = ''

  beforeAll(async () => {
    world = await openOfficeWorld(await open())
  })

  const upload = async (file: File) => {
    const answer = await world.post(imports.action, '/import', 'bookkeeper', { account: '100201', file })
    expect(answer.status).toBe(303)
    await world.work()
    return idIn(answer.location)
  }
  const decide = (id: string, fields: Record<string, string>) =>
    world.post(oneImport.action, `/import/${id}`, 'bookkeeper', fields, { id })
  const stateOf = async (id: string) => {
    const { data } = await world.get(oneImport.loader, `/import/${id}`, 'overseer', { id })
    return (data.found as { state: string }).state
  }
  const act = (id: string, who: Who, fields: Record<string, string>) =>
    world.post(draft.action, `/drafts/${id}`, who, fields, { id })
  const see = async (id: string, who: Who) => {
    const { data } = await world.get(draft.loader, `/drafts/${id}`, who, { id })
    return data as unknown as {
      step: string | null
      tookStep: string | null
      posted: string | null
      draft: { contentDigest: string; due: string | null; state: string; refusal: { reason: string } | null }
    }
  }
  const agree = async (id: string, who: Exclude<Who, 'nobody'>, step: string) => {
    const { portal, community, people } = world
    const seen = (await see(id, who)).draft.contentDigest
    const purpose = releasePurpose({ ...community, draftId: id, step, seenDigest: seen })
    const factor = await passkeyFactor(portal, people[who], purpose)
    const answer = factor.method === 'passkey' ? factor.answer : ''
    return act(id, who, { intent: 'approve', step, seen, [FACTOR_FIELDS.answer]: answer })
  }

  it('refuse a missing file and an unknown account beside their fields', async () => {
    const none = await world.post(imports.action, '/import', 'bookkeeper', { account: '100201' })
    expect([none.status, fieldsOf(none)]).toEqual([422, ['file']])
    const file = bankFile('15-total-mismatch.csv')
    const wrong = await world.post(imports.action, '/import', 'bookkeeper', { account: '5103', file })
    expect([wrong.status, fieldsOf(wrong), wrong.data.account]).toEqual([422, ['account'], '5103'])
  })

  it('store a held file only after the tick and the reason, and once', async () => {
    importId = await upload(bankFile('15-total-mismatch.csv'))
    expect(await stateOf(importId)).toBe('held')
    const bare = await decide(importId, { intent: 'confirm', reason: '回单为证' })
    expect([bare.status, fieldsOf(bare), bare.data.entered]).toEqual([
      422,
      ['confirms'],
      { reason: '回单为证' },
    ])
    const silent = await decide(importId, { intent: 'confirm', confirms: 'yes', reason: '  ' })
    expect([silent.status, fieldsOf(silent)]).toEqual([422, ['reason']])
    await world.work()
    expect(await stateOf(importId)).toBe('held')
    const { portal, people, community } = world
    expect((await readBench(portal, people.bookkeeper, community))?.lines).toEqual([])
    const confirmed = await decide(importId, { intent: 'confirm', confirms: 'yes', reason: '回单为证' })
    expect(confirmed.status).toBe(303)
    await world.work()
    expect(await stateOf(importId)).toBe('stored')
    expect((await readBench(portal, people.bookkeeper, community))?.lines).toHaveLength(10)
    expect((await decide(importId, { intent: 'confirm', confirms: 'yes', reason: 'again' })).status).toBe(409)
    const [listed] = (await readBankImports(portal, people.overseer, community, 1))!
    expect([listed?.storedNew, listed?.alreadyThere]).toEqual([10, 0])
  })

  it('list all bad lines of a refused file, and put it aside', async () => {
    const id = await upload(bankFile('27-bad-dates.csv'))
    const { data } = await world.get(oneImport.loader, `/import/${id}`, 'bookkeeper', { id })
    const found = data.found as { state: string; reading: { problems: { line: number }[]; lines: unknown[] } }
    expect(found.state).toBe('rejected')
    expect(found.reading.problems.map(problem => problem.line)).toEqual([4, 5, 6, 9, 10, 11, 13])
    expect(found.reading.lines).toEqual([])
    expect((await decide(id, { intent: 'confirm', confirms: 'yes', reason: 'x' })).status).toBe(409)
    expect((await decide(id, { intent: 'discard' })).location).toBe('/c/office/office/import')
  })

  /** The other side looks at the same page, sends it back without a word in vain, and agrees to what it saw. */
  const agreeToColumns = async (id: string) => {
    const shown = await world.get(oneImport.loader, `/import/${id}`, 'committee_treasurer', { id })
    const { changeId: change, contentDigest: seen } = shown.data.change as Record<string, string>
    const press = (who: Who, fields: Fields) =>
      world.post(oneImport.action, `/import/${id}`, who, { change: change!, seen: seen!, ...fields }, { id })
    const tasks = (await world.get(workbench.loader, '', 'committee_treasurer')).data.view as {
      changes: { importId: string }[]
    }
    expect(tasks.changes.map(each => each.importId)).toContain(id)
    expect((await press('bookkeeper', { intent: 'confirmed' })).status).toBe(403)
    expect((await press('manager', { intent: 'confirmed' })).status).toBe(403)
    expect((await press('overseer', { intent: 'confirmed' })).status).toBe(403)
    expect((await press('committee_treasurer', { intent: 'confirmed', change: 'x' })).status).toBe(422)
    const wordless = await press('committee_treasurer', { intent: 'refused', note: '' })
    expect([wordless.status, fieldsOf(wordless)]).toEqual([422, ['note']])
    expect((await press('committee_treasurer', { intent: 'confirmed', seen: '0'.repeat(64) })).status).toBe(
      409,
    )
    expect((await press('committee_treasurer', { intent: 'confirmed' })).status).toBe(303)
    expect((await press('committee_chair', { intent: 'confirmed' })).status).toBe(409)
  }

  it('read an unknown layout by the columns a person names and the other side agrees to, and know it the next time', async () => {
    const text = 'A1,B2,C3,D4,E5\n2025-03-30,某公司,广告费,5000.00,收\n2025-03-31,电梯公司,维保,1200.00,付\n'
    const file = () => new File([text], 'unknown.csv')
    const id = await upload(file())
    expect(await stateOf(id)).toBe('unknown')
    const mapping = {
      intent: 'map',
      headerRow: '0',
      amounts: 'direction',
      wordsIn: '收',
      wordsOut: '付',
      'role-1': 'counterpartyName',
      'role-2': 'narration',
      'role-3': 'amount',
      'role-4': 'direction',
    }
    const dateless = await decide(id, mapping)
    expect([dateless.status, fieldsOf(dateless)]).toEqual([422, ['role-0']])
    expect(dateless.data.mapping).toMatchObject({
      roles: ['', 'counterpartyName', 'narration', 'amount', 'direction'],
      amounts: 'direction',
    })
    expect((await decide(id, { ...mapping, 'role-0': 'date' })).status).toBe(303)
    await world.work()
    expect(await stateOf(id)).toBe('mapped')
    const silent = await decide(id, { intent: 'propose', reason: ' ' })
    expect([silent.status, fieldsOf(silent)]).toEqual([422, ['reason']])
    expect((await decide(id, { intent: 'propose', reason: '新银行' })).status).toBe(303)
    expect(await stateOf(id)).toBe('waiting')
    await agreeToColumns(id)
    expect(await stateOf(id)).toBe('ready')
    const second = await upload(new File([`${text}2025-03-31,某某公司,广告费,7.00,收\n`], 'again.csv'))
    expect(await stateOf(second)).toBe('ready')
    await decide(id, { intent: 'discard' })
    await decide(second, { intent: 'discard' })
  })

  it('teach rules, draft what they propose once, explain the rest', async () => {
    const bench = async () => (await world.get(lines.loader, '/lines', 'bookkeeper')).data
    const [first] = (await bench()).lines as { bankLine: string }[]
    const params = { line: first!.bankLine }
    const short = await world.post(
      line.action,
      `/lines/${first!.bankLine}`,
      'bookkeeper',
      {
        intent: 'teach',
        direction: 'in',
        contains: '转',
        fund: 'trust',
        account: '410101',
        narration: '收物业费',
      },
      params,
    )
    expect([short.status, fieldsOf(short)]).toEqual([422, ['contains']])
    expect(short.data.rule).toMatchObject({ contains: '转', account: '410101', narration: '收物业费' })
    for (const contains of ['转账', '物业费', '结息']) {
      const rule = {
        intent: 'teach',
        direction: 'in',
        contains,
        fund: 'trust',
        account: '410101',
        narration: '收物业费',
      }
      expect((await world.post(rules.action, '/rules', 'bookkeeper', rule)).status).toBe(303)
    }
    const proposed = ((await bench()).proposals as unknown[]).length
    expect(proposed).toBeGreaterThan(2)
    const drafted = await world.post(lines.action, '/lines', 'bookkeeper', { intent: 'draft-receipts' })
    expect([drafted.status, drafted.data.drafted, drafted.data.errors]).toEqual([200, proposed, []])
    const again = await world.post(lines.action, '/lines', 'bookkeeper', { intent: 'draft-receipts' })
    expect(again.data.drafted).toBe(0)
    const left = ((await bench()).lines as { bankLine: string; counterparty: string }[]).find(each =>
      each.counterparty.includes('财付通'),
    )!
    const explain = (explanation: string) =>
      world.post(
        line.action,
        `/lines/${left.bankLine}`,
        'bookkeeper',
        { intent: 'explain', explanation },
        { line: left.bankLine },
      )
    const naming = await explain('退给 13800138000')
    expect([naming.status, fieldsOf(naming), naming.data.explanation]).toEqual([
      422,
      ['explanation'],
      '退给 13800138000',
    ])
    expect((await explain('银行当日冲正的一来一回')).status).toBe(303)
  })

  it('keep what was typed and what was uploaded when something is wrong', async () => {
    const refused = await world.post(newDraft.action, '/drafts/new', 'bookkeeper', {
      ...PAYMENT,
      occurredOn: '2025-02-30',
      'debit-1': '24,092.4x',
      files: [picture('发票.png'), new File(['MZ not a picture'], 'x.exe')],
    })
    expect(refused.status).toBe(422)
    expect(fieldsOf(refused)).toEqual(['occurredOn', 'debit-1', 'files'])
    const view = refused.data.view as {
      narration: string
      postings: Record<string, string>[]
      documents: { sha256: string; fileName: string }[]
    }
    expect(view.narration).toBe('付三月绿化养护费')
    expect(view.postings[0]).toEqual({ account: '5104', fund: 'trust', debit: '24,092.4x', credit: '' })
    expect(view.documents.map(document => document.fileName)).toEqual(['发票.png'])
    const more = await world.post(newDraft.action, '/drafts/new', 'bookkeeper', {
      ...PAYMENT,
      intent: 'add-rows',
      documents: view.documents[0]!.sha256,
    })
    expect(more.status).toBe(200)
    expect((more.data.view as typeof view).postings).toHaveLength(8)
    expect((more.data.view as typeof view).documents).toHaveLength(1)
  })

  it('point at the row of the form, not at the posting, when lines are left empty between', async () => {
    const refused = await world.post(newDraft.action, '/drafts/new', 'bookkeeper', {
      ...PAYMENT,
      'account-3': '9999',
      files: picture('a.png'),
    })
    expect(refused.status).toBe(422)
    expect(fieldsOf(refused)).toContain('account-3')
    const bare = await world.post(newDraft.action, '/drafts/new', 'bookkeeper', { ...PAYMENT, payee: ' ' })
    expect([bare.status, fieldsOf(bare)]).toEqual([422, ['payee', 'files']])
  })

  it('draft a payment from picked lines, revise it, and refuse a release of what was not seen', async () => {
    const { lines: onBench } = (await world.get(lines.loader, '/lines', 'bookkeeper')).data as {
      lines: { bankLine: string; amountFen: bigint }[]
    }
    const picked = onBench.find(each => each.amountFen === -2_409_243n)!
    const fresh = await world.get(newDraft.loader, `/drafts/new?lines=${picked.bankLine}`, 'bookkeeper')
    expect((fresh.data.view as { postings: Record<string, string>[] }).postings.slice(0, 2)).toEqual([
      { account: '', fund: 'trust', debit: '24092.43', credit: '' },
      { account: '100201', fund: 'trust', debit: '', credit: '24092.43' },
    ])
    expect((fresh.data.view as { payee: string }).payee).toBe(PAYMENT.payee)
    const drafted = await world.post(newDraft.action, '/drafts/new', 'bookkeeper', {
      ...PAYMENT,
      lines: picked.bankLine,
      files: picture('发票.png'),
    })
    expect(drafted.status).toBe(303)
    draftId = idIn(drafted.location)
    const seen = (await see(draftId, 'reviewer')).draft.contentDigest
    const { documents: kept, payee } = (
      await world.get(edit.loader, `/drafts/${draftId}/edit`, 'bookkeeper', { id: draftId })
    ).data.view as { documents: { sha256: string }[]; payee: string }
    expect(payee).toBe(PAYMENT.payee)
    const revised = await world.post(
      edit.action,
      `/drafts/${draftId}/edit`,
      'bookkeeper',
      {
        ...PAYMENT,
        narration: '付三月绿化养护费（合同第三期）',
        lines: picked.bankLine,
        documents: kept[0]!.sha256,
      },
      { id: draftId },
    )
    expect(revised.status).toBe(303)
    const stale = await act(draftId, 'reviewer', { intent: 'approve', step: 'review', seen })
    expect(stale.status).toBe(409)
    expect((stale.data.errors as Errors)[0]?.message).toMatch(/改过/)
    expect((await see(draftId, 'reviewer')).draft.due).toBe('review')
  })

  it('show each person their own turn, and post with the second release', async () => {
    expect((await see(draftId, 'bookkeeper')).step).toBeNull()
    expect((await see(draftId, 'reviewer')).step).toBe('review')
    expect((await see(draftId, 'overseer')).step).toBeNull()
    const own = await act(draftId, 'bookkeeper', {
      intent: 'approve',
      step: 'review',
      seen: (await see(draftId, 'bookkeeper')).draft.contentDigest,
    })
    expect(own.status).toBe(403)
    expect((await agree(draftId, 'reviewer', 'review')).status).toBe(303)
    expect((await agree(draftId, 'committee_treasurer', 'release_committee')).status).toBe(409)
    const { data } = await world.get(workbench.loader, '', 'manager')
    expect((data.view as { mine: { draftId: string }[] }).mine.map(each => each.draftId)).toContain(draftId)
    expect((await agree(draftId, 'manager', 'release_company')).status).toBe(303)
    const posted = await agree(draftId, 'committee_treasurer', 'release_committee')
    const key = new URL(posted.location!, 'http://x').searchParams.get('posted')!
    expect(key).toBe('2025-0001')
    const voucher = await readVoucher(world.portal, world.community, parseVoucherKey(key)!)
    expect(voucher?.steps.map(step => step.step)).toEqual([
      'prepare',
      'review',
      'release_company',
      'release_committee',
    ])
    const page = await world.get(draft.loader, `/drafts/${draftId}?posted=${key}`, 'manager', { id: draftId })
    expect(page.data.posted).toBe(key)
    const invented = await world.get(draft.loader, `/drafts/${draftId}?posted=2025-0099`, 'manager', {
      id: draftId,
    })
    expect(invented.data.posted).toBeNull()
  })

  it('show the original to officers only, and take a redacted copy beside it', async () => {
    const { draft: view } = (await world.get(draft.loader, `/drafts/${draftId}`, 'overseer', { id: draftId }))
      .data as { draft: { documents: { sha256: string; publicSha256: string | null }[] } }
    const { sha256 } = view.documents[0]!
    const shown = await world.get(documents.loader, `/documents/${sha256}`, 'overseer', { sha: sha256 })
    const response = shown.data.response as Response
    expect(response.headers.get('Content-Type')).toBe('image/png')
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(PNG)
    const hidden = await world.get(documents.loader, `/documents/${sha256}`, 'owner', { sha: sha256 })
    expect(hidden.status).toBe(403)
    const copy = (file: File) =>
      world.post(
        draft.action,
        `/drafts/${draftId}`,
        'bookkeeper',
        { intent: 'public-copy', original: sha256, files: file },
        { id: draftId },
      )
    const text = await copy(new File(['plain text'], 'a.txt'))
    expect([text.status, fieldsOf(text)]).toEqual([422, ['files']])
    const broken = await copy(new File([PNG, '4'], 'redacted.png'))
    expect([broken.status, fieldsOf(broken)]).toEqual([422, ['files']])
    const scripted = await copy(new File(['%PDF-1.7 << /S /JavaScript >> startxref'], 'redacted.pdf'))
    expect(scripted.status).toBe(422)
    expect((scripted.data.errors as Errors)[0]?.message).toMatch(/脚本/)
    expect((await copy(new File([new Uint8Array(pngOf())], 'redacted.png'))).status).toBe(303)
  })

  it('send a draft back with a reason, and only its preparer withdraws it', async () => {
    const { data } = await world.get(workbench.loader, '', 'reviewer')
    const [waiting] = (data.view as { mine: { draftId: string }[] }).mine
    const id = waiting!.draftId
    const seen = (await see(id, 'reviewer')).draft.contentDigest
    const silent = await act(id, 'reviewer', { intent: 'refuse', step: 'review', seen, reason: ' ' })
    expect([silent.status, fieldsOf(silent)]).toEqual([422, ['reason']])
    expect(
      (await act(id, 'reviewer', { intent: 'refuse', step: 'review', seen, reason: '科目不对' })).status,
    ).toBe(303)
    expect((await see(id, 'bookkeeper')).draft.refusal?.reason).toBe('科目不对')
    const desk = (await world.get(workbench.loader, '', 'bookkeeper')).data.view as {
      sentBack: { draftId: string }[]
    }
    expect(desk.sentBack.map(each => each.draftId)).toEqual([id])
    expect((await act(id, 'reviewer', { intent: 'withdraw' })).status).toBe(403)
    expect((await act(id, 'bookkeeper', { intent: 'withdraw' })).status).toBe(303)
    expect((await see(id, 'bookkeeper')).draft.state).toBe('withdrawn')
    expect((await act(id, 'bookkeeper', { intent: 'withdraw' })).status).toBe(409)
  })

  it('reverse in red and replace', async () => {
    const params = { key: '2025-0001' }
    const path = '/vouchers/2025-0001/reverse'
    const undated = await world.post(
      reverse.action,
      path,
      'bookkeeper',
      { occurredOn: '', narration: '重复付款' },
      params,
    )
    expect([undated.status, fieldsOf(undated)]).toEqual([422, ['occurredOn']])
    expect(undated.data.entered).toEqual({ occurredOn: '', narration: '重复付款' })
    const fields = { occurredOn: '2025-03-31', narration: '冲销重复付款' }
    const drafted = await world.post(reverse.action, path, 'bookkeeper', fields, params)
    const red = idIn(drafted.location)
    expect((await agree(red, 'reviewer', 'review')).status).toBe(303)
    expect((await agree(red, 'manager', 'release_company')).status).toBe(303)
    expect((await agree(red, 'committee_chair', 'release_committee')).location).toContain('posted=2025-0002')
    const twice = await world.post(reverse.action, path, 'bookkeeper', fields, params)
    expect(twice.status).toBe(409)
    const { view } = (await world.get(newDraft.loader, '/drafts/new?replaces=2025-0001', 'bookkeeper'))
      .data as {
      view: { replaces: string; postings: Record<string, string>[]; lines: unknown[]; documents: unknown[] }
    }
    expect(view.replaces).toBe('2025-0001')
    expect([view.lines.length, view.documents.length]).toEqual([1, 1])
    expect(view.postings[0]).toMatchObject({ account: '5104', debit: '24092.43' })
  })

  it('close a month only with the tick, and only when nothing stands in the way', async () => {
    const preview = (await world.get(close.loader, '/close', 'manager')).data as {
      obstacles: Errors
      view: { period: string; openDrafts: number }
    }
    expect(preview.view.period).toBe(MARCH)
    expect(preview.view.openDrafts).toBeGreaterThan(0)
    expect(preview.obstacles).toHaveLength(1)
    const shut = (fields: Record<string, string>) => world.post(close.action, '/close', 'manager', fields)
    expect((await shut({ period: MARCH, confirms: 'yes' })).status).toBe(409)
    const desk = (await world.get(workbench.loader, '', 'reviewer')).data.view as {
      mine: { draftId: string }[]
    }
    for (const { draftId: id } of desk.mine) {
      expect((await agree(id, 'reviewer', 'review')).status).toBe(303)
    }
    const differs = await shut({ period: MARCH, confirms: 'yes' })
    expect(differs.status).toBe(409)
    expect((differs.data.errors as Errors)[0]?.message).toContain('调节后')
    await openBalance(world, OPENING_FEN)
    const { obstacles } = (await world.get(close.loader, '/close', 'manager')).data as { obstacles: Errors }
    expect(obstacles).toEqual([])
    const unticked = await shut({ period: MARCH })
    expect([unticked.status, fieldsOf(unticked)]).toEqual([422, ['confirms']])
    expect((await shut({ period: MARCH, confirms: 'yes' })).location).toBe(
      '/c/office/office/close?closed=2025-03',
    )
    const after = await world.get(close.loader, '/close?closed=2025-03', 'manager')
    expect([after.data.justClosed, (after.data.view as { period: string }).period]).toEqual([
      MARCH,
      '2025-04',
    ])
    expect((await shut({ period: MARCH, confirms: 'yes' })).status).toBe(409)
  })

  it('record a year’s budget with its basis, which the other side confirms and everybody reads', async () => {
    const fields = { intent: 'propose', kind: 'adopt-budget', year: '2025', fund: 'trust', reason: '登记' }
    const words = { words: '业主大会通过', decidedOn: '2024-12-20', document: '第 3 号决议' }
    const press = (who: Who, changes: Fields) => world.post(controls.action, '/controls', who, changes)
    const bad = await press('committee_chair', { ...fields, vote: 'outside', lines: '5103 x', ...words })
    expect([bad.status, fieldsOf(bad)]).toEqual([422, ['lines']])
    const unknown = await press('committee_chair', { ...fields, vote: 'p/q1', lines: '5103 5.00' })
    expect([unknown.status, fieldsOf(unknown)]).toEqual([422, ['vote']])
    const silent = await press('committee_chair', { ...fields, vote: 'outside', lines: '5103 5.00' })
    expect([silent.status, fieldsOf(silent)]).toEqual([422, ['words']])
    const whole = { ...fields, vote: 'outside', lines: '5103 5.00', ...words }
    expect((await press('bookkeeper', whole)).status).toBe(403)
    expect((await press('committee_chair', whole)).status).toBe(303)
    const shown = await world.get(controls.loader, '/controls', 'manager')
    const [waiting] = shown.data.changes as { changeId: string; contentDigest: string }[]
    const decision = { intent: 'confirmed', change: waiting!.changeId, seen: waiting!.contentDigest }
    expect((await press('committee_treasurer', decision)).status).toBe(403)
    expect((await press('manager', decision)).status).toBe(303)
    const { portal, community } = world
    const { adoption } = await readFund(portal, community, period('2025-03'))
    expect(adoption?.basis).toMatchObject({ kind: 'outside', ...words })
  })

  it('left a trace of every act in the audit', async () => {
    expect(await world.audited()).toEqual(
      expect.arrayContaining([
        'bank-line:explain',
        'bank-statement:import',
        'matching-rule:teach',
        'payment:release-committee',
        'payment:release-company',
        'period:close',
        'voucher:draft',
        'voucher:review',
      ]),
    )
  })

  it('left what was before and after each act, and no name of who paid', async () => {
    const acts = (await world.noted()).map(({ act, changes }) => ({ act, ...readChanges(changes) }))
    const corrected = acts.flatMap(({ rows }) => rows).find(row => row.after?.revision === '2')!
    expect(linesOf(corrected)).toContainEqual({
      field: 'content.narration',
      before: '付三月绿化养护费',
      after: '付三月绿化养护费（合同第三期）',
      isSealed: false,
    })
    const closed = acts.find(({ act }) => act === 'period:close')!
    expect(closed.rows).toMatchObject([{ table: 'period_close', after: { period: MARCH } }])
    const payers = await world.payers()
    expect(payers.length).toBeGreaterThan(5)
    const text = JSON.stringify(acts)
    expect(payers.filter(name => text.includes(name))).toEqual([])
  })

  it('held nothing of all the fields that no form has', async () => {
    expect(await world.forged()).toEqual([])
  })
})
