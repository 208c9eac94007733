/** The minutes of a count as they are typed: all of what the paper needs, or nothing. */
import { describe, expect, it } from 'vitest'
import { enteredMinutes, minutesOf } from '../../app/routes/office/count-minutes.ts'

const TYPED = {
  'minutes-place': ' 小区活动室 ',
  'minutes-day': '2026-04-01',
  'minutes-from': '9:05',
  'minutes-until': '16：30',
  'minutes-persons': '计票人　张丽\r\n\r\n党支部 监票人  王敏',
  'minutes-remarks': '第 12 号票重新核对一次。\r\n没有异议。',
}
const NOW = new Date('2026-04-01T08:30:00Z')
const read = (form: Record<string, string>, now = NOW) => minutesOf(enteredMinutes(form), now)

describe('the minutes of a count', () => {
  it('are read with the time of the place and one person a line', () => {
    expect(read(TYPED)).toEqual({
      ok: true,
      value: {
        place: '小区活动室',
        startedAt: new Date('2026-04-01T01:05:00Z'),
        endedAt: new Date('2026-04-01T08:30:00Z'),
        persons: [
          { office: '计票人', name: '张丽' },
          { office: '党支部 监票人', name: '王敏' },
        ],
        remarks: '第 12 号票重新核对一次。\n没有异议。',
      },
    })
  })

  it('are none when nothing was typed', () => {
    expect(read({})).toEqual({ ok: true, value: null })
    expect(read({ 'minutes-place': ' ', 'minutes-remarks': '' })).toEqual({ ok: true, value: null })
  })

  it('name every field that is missing or cannot be', () => {
    for (const [change, amiss] of [
      [{ 'minutes-place': '' }, ['place']],
      [{ 'minutes-day': '2026-02-30' }, ['day']],
      [{ 'minutes-from': '24:00' }, ['from']],
      [{ 'minutes-until': '9:04' }, ['until']],
      [{ 'minutes-until': '4pm' }, ['until']],
      [{ 'minutes-persons': '张丽' }, ['persons']],
      [{ 'minutes-persons': '' }, ['persons']],
      [{ 'minutes-remarks': '长'.repeat(2001) }, ['remarks']],
    ] as const) {
      expect(read({ ...TYPED, ...change })).toEqual({ ok: false, error: amiss })
    }
    expect(read(TYPED, new Date(NOW.getTime() - 1))).toEqual({ ok: false, error: ['until'] })
    expect(read({ 'minutes-remarks': '只有这句' })).toEqual({
      ok: false,
      error: ['place', 'day', 'from', 'until', 'persons'],
    })
  })
})
