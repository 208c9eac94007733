/** What an act changed, as a page tells it: read, narrowed to whom it concerns, and made into lines. */
import { describe, expect, it } from 'vitest'
import {
  byForm,
  CHANGED_FIELDS,
  CHANGED_TABLES,
  CHANGED_VALUES,
  changesAbout,
  concernsIn,
  decisionIn,
  fieldIn,
  formIn,
  isChangedTable,
  isChangedValue,
  joinChanges,
  linesOf,
  type NotedRow,
  officersIn,
  readChanges,
} from '#people'
import { auditChange as en } from '../../app/i18n/en/audit-change.ts'
import { fc } from '../support/properties.ts'

const row = (fields: Partial<NotedRow>): NotedRow => ({
  table: 'unit_record',
  op: 'insert',
  key: {},
  before: null,
  after: {},
  sealed: [],
  decides: null,
  concerns: [],
  ...fields,
})
const stored = (rows: readonly object[], more: object = {}) => JSON.stringify({ v: 1, rows, more })

describe('changes that are stored', () => {
  it('are read with all that is left out where there is none', () => {
    const read = readChanges(
      stored(
        [
          {
            t: 'poll',
            o: 'update',
            k: { poll_id: 'p' },
            b: { state: 'draft' },
            a: { state: 'notice' },
            c: [],
          },
        ],
        {
          unit: 3,
          poll_step: 1,
        },
      ),
    )
    expect(read.rows).toEqual([
      row({
        table: 'poll',
        op: 'update',
        key: { poll_id: 'p' },
        before: { state: 'draft' },
        after: { state: 'notice' },
      }),
    ])
    expect(read.more).toEqual([
      { table: 'poll_step', rows: 1 },
      { table: 'unit', rows: 3 },
    ])
    expect(readChanges(stored([{ t: 'unit', o: 'delete' }])).rows).toEqual([
      row({ table: 'unit', op: 'delete', after: null }),
    ])
    expect(readChanges(null)).toEqual({ rows: [], more: [] })
  })

  it('leave an owner what is about them, and nothing of a neighbour, not even how many', () => {
    fc.assert(
      fc.property(
        fc.array(fc.subarray(['1-101', '1-102', 'p1', 'p2'])),
        fc.subarray(['1-101', 'p1']),
        (all, own) => {
          const changes = { rows: all.map(concerns => row({ concerns })), more: [{ table: 'unit', rows: 9 }] }
          const left = changesAbout(changes, own)
          expect(left.more).toEqual([])
          expect(left.rows).toEqual(changes.rows.filter(each => each.concerns.some(id => own.includes(id))))
          const text = stored(all.map(c => ({ t: 'unit', o: 'insert', c })))
          expect(concernsIn(text)).toEqual([...new Set(all.flat())].sort())
        },
      ),
    )
  })

  it('of two acts are told as of one', () => {
    const [one, two] = [row({ table: 'unit' }), row({ table: 'poll' })]
    const more = [{ table: 'unit', rows: 2 }]
    expect(
      joinChanges([
        { rows: [one], more },
        { rows: [two], more: [] },
      ]),
    ).toEqual({ rows: [one, two], more })
  })
})

describe('acts of one form', () => {
  it('stand together, and only those next to each other', () => {
    const acts = ['a', 'a', null, null, 'b', 'a'].map((form, at) => ({ form, at }))
    expect(byForm(acts).map(group => group.map(({ at }) => at))).toEqual([[0, 1], [2], [3], [4], [5]])
    expect(formIn('{"form":"f","intent":"x"}')).toEqual({ form: 'f', told: '{"intent":"x"}' })
    expect(formIn('{"form":1}')).toEqual({ form: null, told: '{}' })
  })
})

describe('the lines of a row', () => {
  it('are what differs, whatever it was made of', () => {
    expect(
      linesOf(
        row({
          before: { area: '1', kind: 'shop', gone: 'x' },
          after: { area: '2', kind: 'shop', note: null },
        }),
      ),
    ).toEqual([
      { field: 'area', before: '1', after: '2', isSealed: false },
      { field: 'gone', before: 'x', after: null, isSealed: false },
    ])
    expect(linesOf(row({ op: 'delete', before: { a: '1' }, after: null }))).toEqual([
      { field: 'a', before: '1', after: null, isSealed: false },
    ])
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.stringMatching(/^[a-z ]{0,5}$/)),
        values => {
          expect(linesOf(row({ before: values, after: values }))).toEqual([])
          expect(linesOf(row({ after: values })).length).toBe(Object.keys(values).length)
        },
      ),
    )
  })

  it('open what is kept as JSON, member by member, and leave broken JSON as text', () => {
    const content = (fen: string) => JSON.stringify({ kind: 'payment', postings: [{ fen: '1' }, { fen }] })
    expect(linesOf(row({ before: { content: content('5') }, after: { content: content('7') } }))).toEqual([
      { field: 'content.postings.2.fen', before: '5', after: '7', isSealed: false },
    ])
    expect(linesOf(row({ after: { content: '{broken' } }))).toEqual([
      { field: 'content', before: null, after: '{broken', isSealed: false },
    ])
    const long = JSON.stringify(Array.from({ length: 200 }, (_, at) => at))
    expect(linesOf(row({ after: { content: long } }))).toHaveLength(60)
  })

  it('of fees compare each kind of unit with itself, and a first standard with nothing', () => {
    const rate = (kind: string, fen: string, per = 'm2') => ({ kind, per, fen })
    const before = { from: '2025-01', rates: [rate('residence', '130'), rate('commercial', '260')] }
    const standard = { from: '2026-01', rates: [rate('commercial', '260'), rate('residence', '140')] }
    const linesBy = (was: typeof before | null) =>
      linesOf(row({ after: { content: JSON.stringify({ before: was, standard }) } }))
    expect(linesBy(before)).toEqual([
      { field: 'content.standard.from', before: '2025-01', after: '2026-01', isSealed: false },
      { field: 'content.standard.price_residence_fen', before: '130', after: '140', isSealed: false },
    ])
    expect(linesBy(null).map(({ field, before: was, after }) => [field, was, after])).toEqual([
      ['content.standard.from', null, '2026-01'],
      ['content.standard.price_commercial_fen', null, '260'],
      ['content.standard.price_commercial_per', null, 'per_m2'],
      ['content.standard.price_residence_fen', null, '140'],
      ['content.standard.price_residence_per', null, 'per_m2'],
    ])
    expect(linesOf(row({ after: { content: '{"standard":{"rates":1}}' } }))).toEqual([
      { field: 'content.standard.rates', before: null, after: '1', isSealed: false },
    ])
  })

  it('of rules for money are what is in force beside what shall be', () => {
    const content = JSON.stringify({
      reason: 'why',
      before: { chair_from_fen: '100', year_days: 90 },
      controls: { chair_from_fen: '200', year_days: 90 },
    })
    const rule = { field: 'content.controls.chair_from_fen', before: '100', after: '200', isSealed: false }
    const reason = { field: 'content.reason', before: null, after: 'why', isSealed: false }
    expect(linesOf(row({ after: { content } }))).toEqual([reason, rule])
    const decides = { table: 'control_change', values: { kind: 'controls', content } }
    const decision = row({ table: 'control_decision', after: { decision: 'confirmed' }, decides })
    expect(linesOf(decision)).toEqual([
      { field: 'decision', before: null, after: 'confirmed', isSealed: false },
      { field: 'kind', before: null, after: 'controls', isSealed: false },
      reason,
      rule,
    ])
    expect(decisionIn({ rows: [row({}), decision], more: [] })).toEqual({
      table: 'control_change',
      kind: 'controls',
      decision: 'confirmed',
    })
    expect(decisionIn({ rows: [row({ after: { decision: 'confirmed' } })], more: [] })).toBeNull()
  })

  it('say of what is sealed that it was written, and no more', () => {
    expect(linesOf(row({ sealed: ['phone_hash'] }))).toEqual([
      { field: 'phone_hash', before: null, after: null, isSealed: true },
    ])
  })
})

describe('words', () => {
  it('are had by tables, columns and codes; the last name of a path says what it is', () => {
    expect([
      fieldIn('content.postings.2.fen'),
      fieldIn('amount_fen'),
      fieldIn('3'),
      fieldIn('x.toString'),
    ]).toEqual(['fen', 'amount_fen', null, null])
    expect([
      isChangedTable('voucher'),
      isChangedTable('job'),
      isChangedValue('confirmed'),
      isChangedValue(''),
    ]).toEqual([true, false, true, false])
    for (const words of [CHANGED_TABLES, CHANGED_FIELDS, CHANGED_VALUES]) {
      expect(new Set(words).size).toBe(words.length)
    }
    expect(Object.keys(en).filter(key => key.startsWith('table.'))).toHaveLength(CHANGED_TABLES.length)
  })

  it('name officers, and no owner', () => {
    const term = (role: string) => row({ table: 'office_term', after: { role, user_id: `u-${role}` } })
    const rows = ['manager', 'owner', 'tenant'].map(term)
    expect(officersIn({ rows: [...rows, row({ after: { user_id: 'u' } })], more: [] })).toEqual(['u-manager'])
  })
})
