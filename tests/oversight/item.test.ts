/** Things that need eyes: their order, who sees them, and how a day's list is kept; failed rules. */
import { describe, expect, it } from 'vitest'
import { canonicalBytes, utf8 } from '#kernel'
import { ITEM_KINDS, isPublicItem } from '#oversight'
import { failedRules } from '../../app/oversight/failed-rules.ts'
import { decodeItems, encodeItems, inReadingOrder, itemOf, newItems } from '../../app/oversight/item.ts'
import { fc } from '../support/properties.ts'

describe('things that need eyes', () => {
  it('are new when the day before had no such thing, not when they grew or aged', () => {
    const january = itemOf('statement-overdue', 'b', { subject: '2026-01', days: 34 })
    const lines = itemOf('bank-lines-unmatched', 'unmatched', { count: 3, days: 8 })
    const older = [january, lines].map(item => ({ ...item, days: item.days + 1, count: item.count + 2 }))
    const february = itemOf('statement-overdue', 'b', { subject: '2026-02', days: 3 })
    expect(newItems([january, lines], older)).toEqual([])
    expect(newItems([january, lines], [february, ...older])).toEqual([february])
    expect(newItems([], older)).toEqual(older)
    expect(newItems([...older, february], [])).toEqual([])
  })

  it('are read by kind, the oldest first, in whatever order they come', () => {
    const items = [
      itemOf('office-vacant', 'a', { subject: 'manager' }),
      itemOf('statement-overdue', 'b', { subject: '2026-02', days: 3 }),
      itemOf('statement-overdue', 'b', { subject: '2026-01', days: 34 }),
      itemOf('check-failed', 'c', { subject: 'ledger/x', count: 2 }),
    ]
    const order = ['ledger/x', '2026-01', '2026-02', 'manager']
    fc.assert(
      fc.property(fc.shuffledSubarray(items, { minLength: items.length }), shuffled => {
        expect(inReadingOrder(shuffled).map(item => item.subject)).toEqual(order)
      }),
    )
  })

  it('are for everybody, but for drafts that are still written', () => {
    expect(ITEM_KINDS.filter(kind => !isPublicItem({ kind }))).toEqual(['drafts-waiting'])
  })

  it('are kept as bytes and come back; a kind of a later version is left out, other bytes are no list', () => {
    const items = [itemOf('over-budget', 'fund', { subject: '电梯', subjectEn: 'Lifts' })]
    expect(decodeItems(encodeItems(items))).toEqual(items)
    expect(decodeItems(canonicalBytes([{ kind: 'from-the-future', subject: '' }]))).toEqual([])
    expect(() => decodeItems(utf8('{"a": 1}'))).toThrow('not a kept list')
    expect(() => decodeItems(canonicalBytes({ kind: 'over-budget' }))).toThrow('not a kept list')
  })

  it('name each rule that does not hold once, with how many rows', () => {
    const finding = (room: string, invariant: string) => ({ room, invariant })
    const found = [finding('ledger', 'a'), finding('tlog', 'a'), finding('ledger', 'a')]
    expect(failedRules(found).map(item => [item.subject, item.count])).toEqual([
      ['ledger/a', 2],
      ['tlog/a', 1],
    ])
    expect(failedRules([])).toEqual([])
  })
})
