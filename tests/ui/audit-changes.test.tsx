/** What an act changed, as whoever reads the audit is told it: in words, in both languages, behind a fold that needs no script. */
import { describe, expect, it } from 'vitest'
import type { NotedRow } from '#people'
import { AuditTable } from '#ui'
import { CHINESE, ENGLISH, htmlOf, wordsOf } from './render.tsx'

const ID = '3819zegz765k9dk0wvgtkgst63'
const row = (fields: Partial<NotedRow>): NotedRow => ({
  table: 'budget_line',
  op: 'insert',
  key: {},
  before: null,
  after: null,
  sealed: [],
  decides: null,
  concerns: [],
  ...fields,
})
const ROWS = [
  row({ before: { amount_fen: '100000' }, after: { amount_fen: '120000' } }),
  row({
    table: 'unit_record',
    op: 'update',
    key: { unit_id: '1栋-101' },
    before: { area_centi_m2: '8950' },
    after: { area_centi_m2: '9025' },
  }),
  row({
    table: 'office_term',
    after: { user_id: ID, role: 'manager', is_deputy: 'false', term_from: '2026-07-01' },
  }),
  row({ table: 'person_private', after: { person_id: ID }, sealed: ['phone_hash'] }),
  row({ table: 'poll', after: { amount_sign: '-1' } }),
]
const table = (hidesDetail: boolean) => (
  <AuditTable
    caption="x"
    names={{ [ID]: '王经理' }}
    hidesDetail={hidesDetail}
    acts={[
      {
        id: 'a',
        at: new Date('2026-07-01T01:00:00Z'),
        by: 'x',
        act: 'controls:confirm',
        subject: 'controls',
        change: null,
        changes: { rows: ROWS, more: [{ table: 'posting', rows: 7 }] },
        decision: { table: 'control_change', kind: 'add-account', decision: 'confirmed' },
        detail: '{}',
        isReading: false,
        leafIndex: null,
      },
    ]}
  />
)

describe('what an act changed', () => {
  it('is told item by item, before and after, with figures and words and no code', () => {
    const words = wordsOf(table(false), CHINESE)
    expect(words).toContain('同意：加科目')
    expect(words).toContain('管理规则')
    expect(words).not.toContain('controls')
    expect(words).toContain('改了什么（12 处）')
    expect(words).toContain('预算行 · 新增金额原来 ¥1,000.00现在 ¥1,200.00')
    expect(words).toContain(
      '房屋登记 · 改动 1栋-101建筑面积原来 89.50 ㎡现在 90.25 ㎡'.replaceAll(
        ' ㎡',
        words.match(/89\.50(.*?)现在/)![1]!,
      ),
    )
    expect(words).toContain('账号编号现在 王经理岗位现在')
    expect(words).toContain('副职现在 否任期从现在 2026年7月1日')
    expect(words).toContain('电话比对码（写了，内容封存，这里不存）')
    expect(words).toContain('另有 7 行：分录')
    expect(words).not.toContain(ID)
    const english = wordsOf(table(false), ENGLISH)
    expect(english).toContain('confirmed: new account')
    expect(english).toContain('budget line · newamountBefore ¥1,000.00After ¥1,200.00')
    expect(htmlOf(table(false))).toContain('<details class="audit-change"><summary>')
  })

  it('has columns without a word for those who oversee, and not for owners', () => {
    expect(wordsOf(table(false))).toContain('其他：amount_sign现在 -1')
    expect(wordsOf(table(true))).not.toContain('amount_sign')
    expect(wordsOf(table(true))).toContain('¥1,200.00')
  })
})
