/** The register through its pages: upload, questions, differences, confirmation; names only when asked; a code shown once. */
import { beforeAll, expect, it } from 'vitest'
import type { RollPreviewView } from '#ui/office'
import * as letters from '../../app/routes/c.$slug.office.letters._index.tsx'
import * as roll from '../../app/routes/c.$slug.office.roll._index.tsx'
import * as imports from '../../app/routes/c.$slug.office.roll.import._index.tsx'
import * as oneImport from '../../app/routes/c.$slug.office.roll.import.$id.tsx'
import * as unit from '../../app/routes/c.$slug.office.roll.units.$unit.tsx'
import { ROLL_HEADER } from '../people/roll-world.ts'
import { describeOnOneDatabase } from '../support/database.ts'
import { csvOf } from '../tables/making.ts'
import { type OfficeWorld, openOfficeWorld } from './office-world.ts'

const CHAIR = 'committee_chair'
const ROWS = [
  ['1栋', '1单元', '101', '89.50', '张三甲', '', '', ''],
  ['1栋', '1单元', '102', '60.00', '张三甲', '', '', ''],
  ['2栋', '', '201', '120.05', '', '', '', '未售'],
]
const fileOf = (rows: readonly (readonly string[])[], header: readonly string[] = ROLL_HEADER) =>
  new File([csvOf([header, ...rows])], '名册.csv')

describeOnOneDatabase('the register’s pages', open => {
  let world: OfficeWorld

  beforeAll(async () => {
    world = await openOfficeWorld(await open())
  })

  async function upload(file: File, effectiveOn = '2025-04-01'): Promise<string> {
    const answer = await world.post(imports.action, '/roll/import', CHAIR, {
      file,
      effectiveOn,
      areaSource: 'survey',
    })
    expect(answer.status).toBe(303)
    await world.work()
    return answer.location!.split('/').at(-1)!
  }

  const show = (id: string) => world.get(oneImport.loader, `/roll/import/${id}`, CHAIR, { id })
  const act = (id: string, fields: Record<string, string>) =>
    world.post(oneImport.action, `/roll/import/${id}`, CHAIR, fields, { id })
  const previewOf = async (id: string) => (await show(id)).data.preview as RollPreviewView

  it('refuse a form without a day, and one without a file', async () => {
    const post = (fields: Record<string, string | File>) =>
      world.post(imports.action, '/roll/import', CHAIR, fields)
    const dayless = await post({ file: fileOf(ROWS), effectiveOn: '', areaSource: 'survey' })
    expect([dayless.status, dayless.data.errors]).toMatchObject([422, [{ field: 'effectiveOn' }]])
    const fileless = await post({ effectiveOn: '2025-04-01', areaSource: 'survey' })
    expect([fileless.status, fileless.data.errors]).toMatchObject([422, [{ field: 'file' }]])
    const future = await post({ file: fileOf(ROWS), effectiveOn: '2025-04-11', areaSource: 'survey' })
    expect([future.status, future.data.errors]).toMatchObject([422, [{ field: 'effectiveOn' }]])
  })

  it('ask, show what was answered, and store what was seen', async () => {
    const id = await upload(fileOf(ROWS))
    const first = await previewOf(id)
    expect(first).toMatchObject({
      counts: { new: 3, changed: 0, unchanged: 0 },
      asked: [{ field: 'same-0-1', name: '张三甲', unit: '1栋-1单元-102', answer: '' }],
      stockCount: 1,
      openCount: 2,
    })
    expect((await act(id, { intent: 'confirm', seen: first.digest })).status).toBe(422)
    const settled = await act(id, {
      intent: 'settle',
      'same-0-1': '0',
      developerName: '示例置业有限公司',
    })
    expect(settled.status).toBe(303)
    const second = await previewOf(id)
    expect(second).toMatchObject({
      openCount: 0,
      developerName: '示例置业有限公司',
      asked: [{ answer: '0' }],
    })
    expect((await act(id, { intent: 'confirm', seen: first.digest })).status).toBe(409)
    expect((await act(id, { intent: 'confirm', seen: second.digest })).status).toBe(303)
    expect((await show(id)).data).toMatchObject({ state: 'stored', preview: null, problems: [] })
    expect((await act(id, { intent: 'confirm', seen: second.digest })).status).toBe(409)
  })

  it('show the differences of the next roll', async () => {
    const id = await upload(fileOf([ROWS[0]!.with(3, '90.00'), ROWS[2]!]), '2025-04-02')
    const preview = await previewOf(id)
    expect(preview).toMatchObject({ counts: { new: 0, changed: 1, unchanged: 1 }, missingCount: 1 })
    expect(preview.changed.map(each => [each.row.unitId, each.changed])).toEqual([
      ['1栋-1单元-101', ['area']],
    ])
    expect(preview.missing.map(each => each.unitId)).toEqual(['1栋-1单元-102'])
    expect((await act(id, { intent: 'discard' })).status).toBe(303)
  })

  it('name the columns of an unknown header', async () => {
    const id = await upload(fileOf([['3', '301', '50.00', '周八己']], ['甲', '乙', '丙', '丁']), '2025-04-03')
    expect((await show(id)).data).toMatchObject({ state: 'unknown', head: [['甲', '乙', '丙', '丁'], {}] })
    const unfit = await act(id, { intent: 'map', headerRow: '0', 'role-0': 'building', 'role-1': 'number' })
    expect([unfit.status, unfit.data.errors]).toMatchObject([422, [{ field: 'role-0' }]])
    const roles = { 'role-0': 'building', 'role-1': 'number', 'role-2': 'area', 'role-3': 'owners' }
    expect((await act(id, { intent: 'map', headerRow: '0', kind: 'commercial', ...roles })).status).toBe(303)
    await world.work()
    const { fresh } = await previewOf(id)
    expect(fresh.map(each => [each.row.unitId, each.row.kind])).toEqual([['3栋-301', 'commercial']])
    expect((await act(id, { intent: 'discard' })).status).toBe(303)
  })

  it('show names when asked', async () => {
    const plain = await world.get(roll.loader, '/roll?building=1栋', 'teller')
    expect(plain.data.units).toMatchObject([{ names: null }, { names: null }])
    const named = await world.get(roll.loader, '/roll?building=1栋&why=delivery', 'teller')
    expect(named.data.units).toMatchObject([{ names: ['张三甲'] }, { names: ['张三甲'] }])
  })

  it('issue a code to an owner at the desk: two officers, shown once and to the second alone', async () => {
    const params = { unit: '1栋-1单元-101' }
    const path = '/roll/units/x'
    const page = await world.get(unit.loader, path, CHAIR, params)
    const [owner] = page.data.owners as { personId: string; name: string }[]
    expect(owner!.name).toBe('张三甲')
    const fields = { intent: 'ask-code', person: owner!.personId, reason: 'lost' }
    for (const who of ['teller', 'manager', 'overseer', 'bookkeeper', 'owner', 'tenant'] as const) {
      expect([who, (await world.post(unit.action, path, who, fields, params)).status]).toEqual([who, 403])
    }
    const tokenless = await world.post(unit.action, path, CHAIR, fields, params, { withoutToken: true })
    expect(tokenless.status).toBe(403)
    const asked = await world.post(unit.action, path, CHAIR, fields, params)
    expect(asked.data).toEqual({ done: 'asked', errors: [] })
    const { board } = (await world.get(letters.loader, '/letters', CHAIR)).data as {
      board: { requests: { requestId: string; isOwn: boolean; unitId: string }[] }
    }
    expect(board.requests).toMatchObject([{ isOwn: true, unitId: '1栋-1单元-101', reason: 'lost' }])
    const confirm = { intent: 'confirm-code', request: board.requests[0]!.requestId }
    expect((await world.post(letters.action, '/letters', CHAIR, confirm)).status).toBe(403)
    expect((await world.post(letters.action, '/letters', 'teller', confirm)).status).toBe(403)
    const issued = await world.post(letters.action, '/letters', 'residents_committee', confirm)
    expect(issued.data.slip).toMatchObject({
      url: expect.stringMatching(/\/invite\/[0-9a-z]{26}$/),
      kind: 'owner',
    })
    const again = await world.post(letters.action, '/letters', 'committee_member', confirm)
    expect(again.status).toBe(409)
    const shown = await world.get(letters.loader, '/letters', 'residents_committee')
    const told = JSON.stringify(shown.data, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
    expect(told).not.toContain('/invite/')
  })

  it('held nothing of all the fields that no form has', async () => {
    expect(await world.forged()).toEqual([])
  })
})
