/** The form of a standard of fees, read: every field that is off is named, and what is right comes out to the fen. */
import { describe, expect, it } from 'vitest'
import { translate } from '#i18n'
import { controlErrors, controlStatus, enteredControlChange } from '../../app/routes/office/controls-form.ts'
import { FEE_FIELDS, feeChangeIn } from '../../app/routes/office/fee-form.ts'

const FORM = {
  kind: 'fee-standard',
  from: '2026-01',
  'price-residence': '1.40',
  'price-parking': '50',
  'per-parking': 'unit',
  feePoll: '',
  document: '',
  reason: '合同第六条',
}
const POLLS = [{ pollId: '01POLL' }]

describe('the form of a standard of fees', () => {
  it('gives prices in fen by kind, in one order, and what nobody charges is not there', () => {
    expect(feeChangeIn({ ...FORM, feePoll: '01POLL' }, null, POLLS)).toEqual({
      ok: true,
      value: {
        kind: 'fee-standard',
        reason: '合同第六条',
        before: null,
        standard: {
          from: '2026-01',
          rates: [
            { unitKind: 'residence', per: 'm2', priceFen: 140n },
            { unitKind: 'parking', per: 'unit', priceFen: 5_000n },
          ],
          poll: '01POLL',
          document: '',
        },
      },
    })
    const byArea = feeChangeIn({ ...FORM, 'per-parking': 'm2', 'price-residence': '' }, null, POLLS)
    expect(byArea).toMatchObject({ value: { standard: { rates: [{ unitKind: 'parking', per: 'm2' }] } } })
  })

  it.each<[string, string, Record<string, string>]>([
    ['amount-malformed', 'price-residence', { 'price-residence': '一块四' }],
    ['amount-malformed', 'price-storage', { 'price-storage': '1.405' }],
    ['fee-from-malformed', 'from', { from: '2026-13' }],
    ['fee-from-malformed', 'from', { from: '' }],
    ['fee-poll-unknown', 'feePoll', { feePoll: '01ELSE' }],
  ])('names %s at %s, in words of both languages', (code, name, changes) => {
    const read = feeChangeIn({ ...FORM, ...changes }, null, POLLS)
    if (read.ok) throw new Error('taken')
    expect(read.error).toEqual({ code, name })
    for (const lang of ['zh-CN', 'en'] as const) {
      const [error] = controlErrors(read.error, translate(lang))
      expect(error?.field).toBe(name)
      expect(error?.message.length).toBeGreaterThan(10)
    }
    expect(controlStatus(code)).toBe(422)
  })

  it('is shown again as it was entered, field by field', () => {
    expect(enteredControlChange(FORM)).toMatchObject(FORM)
    expect(Object.keys(enteredControlChange(FORM))).toEqual(expect.arrayContaining([...FEE_FIELDS]))
  })
})
