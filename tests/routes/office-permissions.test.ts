/** Every page and every action of the officers, asked by every office and by nobody; and every form without its token. */
import { beforeAll, describe, expect, it } from 'vitest'
import { type Action, officesFor } from '#people'
import * as workbench from '../../app/routes/c.$slug.office._index.tsx'
import * as audit from '../../app/routes/c.$slug.office.audit.tsx'
import * as close from '../../app/routes/c.$slug.office.close.tsx'
import * as controls from '../../app/routes/c.$slug.office.controls.tsx'
import * as documents from '../../app/routes/c.$slug.office.documents.$sha.tsx'
import * as draft from '../../app/routes/c.$slug.office.drafts.$id._index.tsx'
import * as edit from '../../app/routes/c.$slug.office.drafts.$id.edit.tsx'
import * as newDraft from '../../app/routes/c.$slug.office.drafts.new.tsx'
import * as imports from '../../app/routes/c.$slug.office.import._index.tsx'
import * as oneImport from '../../app/routes/c.$slug.office.import.$id.tsx'
import * as letters from '../../app/routes/c.$slug.office.letters._index.tsx'
import * as letter from '../../app/routes/c.$slug.office.letters.$batch._index.tsx'
import * as letterFile from '../../app/routes/c.$slug.office.letters.$batch.letters[.]pdf.ts'
import * as lines from '../../app/routes/c.$slug.office.lines._index.tsx'
import * as line from '../../app/routes/c.$slug.office.lines.$line.tsx'
import * as oversight from '../../app/routes/c.$slug.office.oversight.tsx'
import * as people from '../../app/routes/c.$slug.office.people.tsx'
import * as relations from '../../app/routes/c.$slug.office.relations.tsx'
import * as review from '../../app/routes/c.$slug.office.review.tsx'
import * as roll from '../../app/routes/c.$slug.office.roll._index.tsx'
import * as rollImports from '../../app/routes/c.$slug.office.roll.import._index.tsx'
import * as oneRollImport from '../../app/routes/c.$slug.office.roll.import.$id.tsx'
import * as unit from '../../app/routes/c.$slug.office.roll.units.$unit.tsx'
import * as rules from '../../app/routes/c.$slug.office.rules.tsx'
import * as statements from '../../app/routes/c.$slug.office.statements.tsx'
import * as voiceDesk from '../../app/routes/c.$slug.office.voice._index.tsx'
import * as voiceCase from '../../app/routes/c.$slug.office.voice.$case.tsx'
import * as voiceArrange from '../../app/routes/c.$slug.office.voice.arrange.tsx'
import * as voiceNew from '../../app/routes/c.$slug.office.voice.new.tsx'
import * as voiceSheet from '../../app/routes/c.$slug.office.voice.sheet.tsx'
import * as voiceSurveys from '../../app/routes/c.$slug.office.voice.surveys.tsx'
import * as reverse from '../../app/routes/c.$slug.office.vouchers.$key.reverse.tsx'
import * as pack from '../../app/routes/c.$slug.oversight.pack[.]zip.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import { type Fields, type OfficeWorld, openOfficeWorld, type Route, WHO, type Who } from './office-world.ts'

const ID = '0'.repeat(26)
const SHA = '0'.repeat(64)

interface Page {
  readonly name: string
  readonly route: Route
  readonly path: string
  readonly params?: Record<string, string>
  readonly needs: Action
}

const PAGES: readonly Page[] = [
  { name: 'workbench', route: workbench.loader, path: '', needs: 'community:read-full' },
  { name: 'imports', route: imports.loader, path: '/import', needs: 'community:read-full' },
  {
    name: 'one import',
    route: oneImport.loader,
    path: `/import/${ID}`,
    params: { id: ID },
    needs: 'community:read-full',
  },
  { name: 'bench', route: lines.loader, path: '/lines', needs: 'community:read-full' },
  {
    name: 'one line',
    route: line.loader,
    path: `/lines/${ID}`,
    params: { line: ID },
    needs: 'community:read-full',
  },
  { name: 'rules', route: rules.loader, path: '/rules', needs: 'community:read-full' },
  { name: 'new draft', route: newDraft.loader, path: '/drafts/new', needs: 'voucher:draft' },
  {
    name: 'a draft',
    route: draft.loader,
    path: `/drafts/${ID}`,
    params: { id: ID },
    needs: 'community:read-full',
  },
  {
    name: 'revision',
    route: edit.loader,
    path: `/drafts/${ID}/edit`,
    params: { id: ID },
    needs: 'voucher:draft',
  },
  {
    name: 'original document',
    route: documents.loader,
    path: `/documents/${SHA}`,
    params: { sha: SHA },
    needs: 'community:read-full',
  },
  {
    name: 'reversal',
    route: reverse.loader,
    path: '/vouchers/2025-0001/reverse',
    params: { key: '2025-0001' },
    needs: 'voucher:reverse',
  },
  { name: 'review of receipts', route: review.loader, path: '/review', needs: 'voucher:review' },
  { name: 'offices', route: people.loader, path: '/people', needs: 'community:read-full' },
  { name: 'controls', route: controls.loader, path: '/controls', needs: 'community:read-full' },
  { name: 'own marks', route: relations.loader, path: '/relations', needs: 'relation:declare' },
  { name: 'oversight', route: oversight.loader, path: '/oversight', needs: 'community:read-full' },
  { name: 'closing', route: close.loader, path: '/close', needs: 'community:read-full' },
  { name: 'statements', route: statements.loader, path: '/statements', needs: 'community:read-full' },
  { name: 'register', route: roll.loader, path: '/roll', needs: 'roll:read' },
  { name: 'roll imports', route: rollImports.loader, path: '/roll/import', needs: 'roll:import' },
  {
    name: 'one roll import',
    route: oneRollImport.loader,
    path: `/roll/import/${ID}`,
    params: { id: ID },
    needs: 'roll:import',
  },
  {
    name: 'a unit',
    route: unit.loader,
    path: '/roll/units/1-101',
    params: { unit: '1-101' },
    needs: 'roll:read',
  },
  { name: 'audit trail', route: audit.loader, path: '/audit', needs: 'audit:read' },
  { name: 'letters', route: letters.loader, path: '/letters', needs: 'letter:hand-over' },
  {
    name: 'a batch of letters',
    route: letter.loader,
    path: `/letters/${ID}`,
    params: { batch: ID },
    needs: 'letter:hand-over',
  },
  { name: 'voice desk', route: voiceDesk.loader, path: '/voice', needs: 'voice:read' },
  {
    name: 'a case',
    route: voiceCase.loader,
    path: `/voice/${ID}`,
    params: { case: ID },
    needs: 'voice:read',
  },
  { name: 'request on behalf', route: voiceNew.loader, path: '/voice/new', needs: 'request:handle' },
  { name: 'clocks and spots', route: voiceArrange.loader, path: '/voice/arrange', needs: 'voice:arrange' },
  { name: 'codes of spots', route: voiceSheet.loader, path: '/voice/sheet', needs: 'voice:arrange' },
  { name: 'surveys', route: voiceSurveys.loader, path: '/voice/surveys', needs: 'voice:arrange' },
]

const ACTS: readonly (Page & { readonly fields: Fields })[] = [
  {
    name: 'print letters',
    route: letters.action,
    path: '/letters',
    needs: 'letter:print',
    fields: { intent: 'print', building: '1' },
  },
  {
    name: 'choose the proof',
    route: letters.action,
    path: '/letters',
    needs: 'claim-proof:choose',
    fields: { intent: 'proof', proof: 'name' },
  },
  {
    name: 'confirm a code',
    route: letters.action,
    path: '/letters',
    needs: 'owner-code:confirm',
    fields: { intent: 'confirm-code', request: ID },
  },
  {
    name: 'hand letters over',
    route: letter.action,
    path: `/letters/${ID}`,
    params: { batch: ID },
    needs: 'letter:hand-over',
    fields: { intent: 'hand-over', unit: '1-101' },
  },
  {
    name: 'fetch letters',
    route: letterFile.action,
    path: `/letters/${ID}/letters.pdf`,
    params: { batch: ID },
    needs: 'letter:print',
    fields: {},
  },
  {
    name: 'ask for a code',
    route: unit.action,
    path: '/roll/units/1-101',
    params: { unit: '1-101' },
    needs: 'owner-code:request',
    fields: { intent: 'ask-code', person: ID, reason: 'lost' },
  },
  {
    name: 'upload',
    route: imports.action,
    path: '/import',
    needs: 'bank-statement:import',
    fields: { account: '100201' },
  },
  ...['confirm', 'discard', 'map', 'retry', 'propose', 'remap', 'withdrawn'].map(intent => ({
    name: `import ${intent}`,
    route: oneImport.action,
    path: `/import/${ID}`,
    params: { id: ID },
    needs: 'bank-statement:import' as const,
    fields: { intent },
  })),
  ...['confirmed', 'refused'].map(intent => ({
    name: `columns ${intent}`,
    route: oneImport.action,
    path: `/import/${ID}`,
    params: { id: ID },
    needs: 'bookkeeping-change:confirm' as const,
    fields: { intent },
  })),
  {
    name: 'draft receipts',
    route: lines.action,
    path: '/lines',
    needs: 'voucher:draft',
    fields: { intent: 'draft-receipts' },
  },
  {
    name: 'review receipts',
    route: review.action,
    path: '/review',
    needs: 'voucher:review',
    fields: { pick: ID, [`seen-${ID}`]: SHA },
  },
  {
    name: 'explain',
    route: line.action,
    path: `/lines/${ID}`,
    params: { line: ID },
    needs: 'bank-line:explain',
    fields: { intent: 'explain', explanation: 'bank error' },
  },
  {
    name: 'teach from a line',
    route: line.action,
    path: `/lines/${ID}`,
    params: { line: ID },
    needs: 'matching-rule:teach',
    fields: { intent: 'teach' },
  },
  {
    name: 'teach',
    route: rules.action,
    path: '/rules',
    needs: 'matching-rule:teach',
    fields: { intent: 'teach' },
  },
  {
    name: 'retire',
    route: rules.action,
    path: '/rules',
    needs: 'matching-rule:teach',
    fields: { intent: 'retire', rule: ID },
  },
  {
    name: 'draft',
    route: newDraft.action,
    path: '/drafts/new',
    needs: 'voucher:draft',
    fields: { intent: 'save' },
  },
  {
    name: 'revise',
    route: edit.action,
    path: `/drafts/${ID}/edit`,
    params: { id: ID },
    needs: 'voucher:draft',
    fields: { intent: 'save', occurredOn: '2025-03-05' },
  },
  {
    name: 'withdraw',
    route: draft.action,
    path: `/drafts/${ID}`,
    params: { id: ID },
    needs: 'voucher:draft',
    fields: { intent: 'withdraw' },
  },
  {
    name: 'publish a redacted copy',
    route: draft.action,
    path: `/drafts/${ID}`,
    params: { id: ID },
    needs: 'voucher:draft',
    fields: { intent: 'public-copy', original: SHA },
  },
  ...(
    [
      ['review', 'voucher:review'],
      ['release_company', 'payment:release-company'],
      ['release_committee', 'payment:release-committee'],
      ['release_chair', 'payment:release-chair'],
    ] as const
  ).flatMap(([step, needs]) =>
    ['approve', 'refuse'].map(intent => ({
      name: `${intent} as ${step}`,
      route: draft.action,
      path: `/drafts/${ID}`,
      params: { id: ID },
      needs,
      fields: { intent, step, seen: SHA, reason: 'because' },
    })),
  ),
  {
    name: 'reverse',
    route: reverse.action,
    path: '/vouchers/2025-0001/reverse',
    params: { key: '2025-0001' },
    needs: 'voucher:reverse',
    fields: { occurredOn: '2025-03-05', narration: 'wrong' },
  },
  {
    name: 'close',
    route: close.action,
    path: '/close',
    needs: 'period:close',
    fields: { period: '2025-05', confirms: 'yes' },
  },
  {
    name: 'note own marks',
    route: relations.action,
    path: '/relations',
    needs: 'relation:declare',
    fields: { 'mark-phone': '1' },
  },
  ...(
    [
      ['note-marks', 'voucher:draft'],
      ['declare', 'relation:declare'],
      ['answer', 'signal:answer'],
    ] as const
  ).map(([intent, needs]) => ({
    name: intent,
    route: draft.action,
    path: `/drafts/${ID}`,
    params: { id: ID },
    needs,
    fields: { intent, signal: 'weekend', answer: 'because' },
  })),
  {
    name: 'propose a change of the rules',
    route: controls.action,
    path: '/controls',
    needs: 'controls:propose',
    fields: { intent: 'propose', kind: 'controls', reason: '', publishesDetail: 'yes' },
  },
  {
    name: 'propose a standard of fees',
    route: controls.action,
    path: '/controls',
    needs: 'fee-standard:propose',
    fields: { intent: 'propose', kind: 'fee-standard', reason: '' },
  },
  {
    name: 'propose an account',
    route: controls.action,
    path: '/controls',
    needs: 'chart:extend',
    fields: { intent: 'propose', kind: 'add-account', reason: '' },
  },
  {
    name: 'review an emergency',
    route: controls.action,
    path: '/controls',
    needs: 'emergency:review',
    fields: { intent: 'review', change: ID, note: 'looked at' },
  },
  {
    name: 'propose a change of office',
    route: people.action,
    path: '/people',
    needs: 'user:invite',
    fields: { intent: 'propose', kind: 'appoint', role: 'auditor', from: '', name: '', reason: '' },
  },
  ...['confirmed', 'refused'].map(intent => ({
    name: `${intent} a change of office`,
    route: people.action,
    path: '/people',
    needs: 'role-change:decide' as const,
    fields: { intent, change: ID },
  })),
  ...(
    [
      ['comment', 'oversight:comment'],
      ['finding', 'finding:make'],
      ['answer', 'oversight:answer'],
      ['settle', 'oversight:pack'],
      ['insist', 'oversight:pack'],
    ] as const
  ).map(([intent, needs]) => ({
    name: `oversight ${intent}`,
    route: oversight.action,
    path: '/oversight',
    needs,
    fields: { intent, entry: ID, about: '', words: '' },
  })),
  {
    name: 'issue',
    route: statements.action,
    path: '/statements',
    needs: 'statement:issue',
    fields: { intent: 'issue', period: '2025-05' },
  },
  {
    name: 'roll upload',
    route: rollImports.action,
    path: '/roll/import',
    needs: 'roll:import',
    fields: { effectiveOn: '2025-04-01', areaSource: 'register' },
  },
  ...['confirm', 'settle', 'discard', 'map'].map(intent => ({
    name: `roll import ${intent}`,
    route: oneRollImport.action,
    path: `/roll/import/${ID}`,
    params: { id: ID },
    needs: 'roll:import' as const,
    fields: { intent },
  })),
]

function isAllowed(who: Who, action: Action): boolean {
  const role = who === 'reviewer' ? 'bookkeeper' : who
  return role !== 'nobody' && officesFor(action).includes(role)
}

describeOnOneDatabase('the officers’ pages', open => {
  let world: OfficeWorld
  beforeAll(async () => {
    world = await openOfficeWorld(await open())
  })

  describe.each(PAGES)('page $name', page => {
    it.each(WHO)('as %s', async who => {
      const answer = await world.get(page.route, page.path, who, page.params)
      if (who === 'nobody') {
        expect(answer.status).toBe(303)
        expect(answer.location).toMatch(/^\/sign-in\?next=/)
      } else if (isAllowed(who, page.needs)) expect([200, 404]).toContain(answer.status)
      else expect(answer.status).toBe(403)
    })
  })

  describe.each(ACTS)('act $name', act => {
    it.each(WHO)('as %s', async who => {
      const answer = await world.post(act.route, act.path, who, act.fields, act.params)
      if (who === 'nobody') expect([answer.status, answer.location]).toEqual([303, '/sign-in?'])
      else if (isAllowed(who, act.needs)) expect([200, 409, 422]).toContain(answer.status)
      else expect(answer.status).toBe(403)
    })

    it('without the form’s token', async () => {
      const who = WHO.find(each => isAllowed(each, act.needs))!
      const answer = await world.post(act.route, act.path, who, act.fields, act.params, {
        withoutToken: true,
      })
      expect(answer.status).toBe(403)
      expect(answer.data.response).toBeInstanceOf(Response)
    })
  })

  it.each(WHO)('the inspection pack as %s', async who => {
    const answer = await world.get(pack.loader, '/../oversight/pack.zip', who)
    if (who === 'nobody') expect(answer.status).toBe(303)
    else expect(answer.status).toBe(isAllowed(who, 'oversight:pack') ? 404 : 403)
  })

  it('are not there for a community that is not', async () => {
    const answer = await world.get(workbench.loader, '', 'bookkeeper', { slug: 'elsewhere' })
    expect(answer.status).toBe(404)
  })

  it('held nothing of all the fields that no form has', async () => {
    expect(await world.forged()).toEqual([])
  })
})
